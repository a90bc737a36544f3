package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
)

// TestPack: the new files take the place of the old ones, each with the compressed forms that are
// smaller.
func TestPack(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), t.TempDir()
	script := strings.Repeat("all work and no play; ", 1000)
	put(t, from, "index.html", "short")
	put(t, from, "assets/new.js", script)
	put(t, from, ".vite/manifest.json", "{}")
	put(t, to, ".gitignore", "*")
	put(t, to, "assets/old.js.br", "old")
	if err := pack(from, to); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, name := range list(t, to) {
		got[name] = read(t, filepath.Join(to, name))
	}
	want := map[string]string{".gitignore": "*", "index.html": "short", "assets/new.js": script, "assets/new.js.br": script, "assets/new.js.gz": script}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestPackNothing: what was not built does not take the place of what was.
func TestPackNothing(t *testing.T) {
	t.Parallel()
	to := t.TempDir()
	put(t, to, "index.html", "old")
	if err := pack(t.TempDir(), to); err == nil {
		t.Error("nothing is packed")
	}
	if got := read(t, filepath.Join(to, "index.html")); got != "old" {
		t.Errorf("left is %q", got)
	}
}

func put(t *testing.T, dir, name, content string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// read is what is in a file, or compressed in it.
func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var r io.Reader = bytes.NewReader(content)
	switch filepath.Ext(name) {
	case ".br":
		r = brotli.NewReader(r)
	case ".gz":
		if r, err = gzip.NewReader(r); err != nil {
			t.Fatal(err)
		}
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

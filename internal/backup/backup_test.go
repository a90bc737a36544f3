package backup_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/backup"
	"github.com/hookflow/hookflow/internal/store"
)

func now() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }

// open opens a store, which is closed after the test.
func open(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: path, Clock: now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func set(t *testing.T, s *store.Store, text string) {
	t.Helper()
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.SetMeta("test", text) }); err != nil {
		t.Fatal(err)
	}
}

// made is a backup with a key of a database that is open.
func made(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	source := backup.Source{
		Database: filepath.Join(dir, "hookflow.db"), KeyFile: filepath.Join(dir, "secret.key"), Version: "v1", Clock: now,
	}
	if err := os.WriteFile(source.KeyFile, []byte("the key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, source.Database)
	set(t, s, "before")
	path := filepath.Join(t.TempDir(), "x.backup")
	if err := backup.Write(t.Context(), source, path); err != nil {
		t.Fatal(err)
	}
	set(t, s, "after")
	return path
}

func TestRestore(t *testing.T) {
	t.Parallel()
	path, dir := made(t), filepath.Join(t.TempDir(), "data")
	m, err := backup.Restore(t.Context(), path, dir, false)
	if err != nil || m != (backup.Manifest{Format: 1, Version: "v1", CreatedAt: now(), HasKey: true}) {
		t.Fatal(m, err)
	}
	s := open(t, filepath.Join(dir, "hookflow.db"))
	if text, err := s.Meta(t.Context(), "test"); text != "before" {
		t.Error(text, err)
	}
	if key, err := os.ReadFile(filepath.Join(dir, "secret.key")); string(key) != "the key\n" {
		t.Error(key, err)
	}

	set(t, s, "changed")
	for _, force := range []bool{false, true} { // the store is open
		if _, err := backup.Restore(t.Context(), path, dir, force); err == nil {
			t.Errorf("restored over an open database, force %t", force)
		}
	}
	if text, err := s.Meta(t.Context(), "test"); text != "changed" {
		t.Error(text, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), path, dir, false); err == nil {
		t.Error("restored over a database")
	}
	if _, err := backup.Restore(t.Context(), path, dir, true); err != nil {
		t.Error(err)
	}
	if text, err := open(t, filepath.Join(dir, "hookflow.db")).Meta(t.Context(), "test"); text != "before" {
		t.Error(text, err)
	}
}

// TestDamaged: a backup that is not as it was written restores nothing.
func TestDamaged(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(made(t))
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	newer := repack(t, whole, func(name string, text []byte) []byte {
		return bytes.Replace(text, []byte(`"format":1`), []byte(`"format":2`), 1)
	})
	broken := repack(t, whole, func(name string, text []byte) []byte {
		if name == "hookflow.db" {
			clear(text[8192:16384])
		}
		return text
	})
	foreign := repack(t, whole, func(name string, text []byte) []byte {
		if name == "hookflow.db" {
			return []byte("nothing")
		}
		return text
	})
	tests := map[string]struct {
		content []byte
		want    string
	}{
		"empty":             {nil, "not a whole backup"},
		"cut":               {whole[:len(whole)-5], "not a whole backup"},
		"a flipped bit":     {flipped, ""},
		"a newer form":      {newer, "newer program v1"},
		"a broken database": {broken, "damaged"},
		"no database":       {foreign, "damaged"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, dir := filepath.Join(t.TempDir(), "x.backup"), t.TempDir()
			if err := os.WriteFile(path, test.content, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := backup.Restore(t.Context(), path, dir, false); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error: %v", err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
				t.Errorf("it left %v", left)
			}
		})
	}
}

// repack changes the parts of a backup.
func repack(t *testing.T, whole []byte, change func(name string, text []byte) []byte) []byte {
	t.Helper()
	zipped, err := gzip.NewReader(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zipping := gzip.NewWriter(&out)
	from, to := tar.NewReader(zipped), tar.NewWriter(zipping)
	for header, err := from.Next(); err == nil; header, err = from.Next() {
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		text = change(header.Name, text)
		header.Size = int64(len(text))
		if err := to.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipping.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

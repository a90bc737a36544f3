// Command pack puts a built web interface where package webui embeds it, each
// file beside its compressed forms:
//
//	pack web/dist internal/webui/dist
package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/andybalholm/brotli"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: pack FROM TO")
		os.Exit(2)
	}
	if err := pack(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

// pack replaces what is in to, but for the file that keeps the folder.
func pack(from, to string) error {
	source, err := os.OpenRoot(from)
	if err != nil {
		return err
	}
	defer source.Close() //nolint:errcheck // nothing is written there
	if _, err := source.Stat("index.html"); err != nil {
		return err
	}
	target, err := os.OpenRoot(to)
	if err != nil {
		return err
	}
	return errors.Join(replace(source.FS(), target), target.Close())
}

func replace(source fs.FS, target *os.Root) error {
	old, err := fs.ReadDir(target.FS(), ".")
	for _, entry := range old {
		if entry.Name() != ".gitignore" {
			err = errors.Join(err, target.RemoveAll(entry.Name()))
		}
	}
	if err != nil {
		return err
	}
	return fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir // notes of the build to itself
		case entry.IsDir():
			return nil
		}
		content, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		return write(target, name, content)
	})
}

// write keeps a compressed form only where it saves something.
func write(target *os.Root, name string, content []byte) error {
	if err := target.MkdirAll(path.Dir(name), 0o750); err != nil {
		return err
	}
	if err := target.WriteFile(name, content, 0o600); err != nil {
		return err
	}
	for suffix, compressor := range map[string]func(io.Writer) (io.WriteCloser, error){
		".br": func(to io.Writer) (io.WriteCloser, error) {
			return brotli.NewWriterLevel(to, brotli.BestCompression), nil
		},
		".gz": func(to io.Writer) (io.WriteCloser, error) {
			return gzip.NewWriterLevel(to, gzip.BestCompression)
		},
	} {
		compressed, err := compress(content, compressor)
		if err != nil {
			return err
		}
		if len(compressed) >= len(content)*9/10 {
			continue
		}
		if err := target.WriteFile(name+suffix, compressed, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func compress(content []byte, compressor func(io.Writer) (io.WriteCloser, error)) ([]byte, error) {
	var out bytes.Buffer
	w, err := compressor(&out)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(content)
	err = errors.Join(err, w.Close())
	return out.Bytes(), err
}

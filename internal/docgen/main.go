// Command docgen writes the reference pages that the code knows better than
// any writer, in English and Chinese: settings, node types and
// verification schemes. Its argument is the directory to write to.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// pages are the files by name, without the suffix of their language.
var pages = map[string]func(*language) string{
	"settings": settings,
	"nodes":    nodes,
	"schemes":  schemes,
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: docgen DIRECTORY")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "docgen:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // pages are for everybody to read
		return err
	}
	for name, page := range pages {
		for _, l := range []*language{&english, &chinese} {
			file := filepath.Join(dir, name+l.suffix)
			if err := os.WriteFile(file, []byte(notice+page(l)), 0o644); err != nil { //nolint:gosec // as above
				return err
			}
		}
	}
	return nil
}

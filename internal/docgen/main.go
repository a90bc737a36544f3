// Command docgen writes the reference pages that the code knows better than
// any writer, in English and Chinese: settings, node types,
// triggers, channels, verification schemes, the schemas of all of these, and the
// OpenAPI description. Its argument is the directory to write to.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/hookflow/hookflow/internal/node"
)

// pages are the files by name, without the suffix of their language.
var pages = map[string]func(*language) string{
	"settings": settings,
	"nodes":    nodeTypes,
	"triggers": triggers,
	"channels": channels,
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
	for name, page := range pages {
		if err := writePage(filepath.Join(dir, name), page); err != nil {
			return err
		}
	}
	for _, t := range node.Types() {
		page := func(l *language) string { return nodeType(l, t) }
		if err := writePage(filepath.Join(dir, "nodes", t.Name), page); err != nil {
			return err
		}
	}
	if err := writeSchemas(dir); err != nil {
		return err
	}
	return writeOpenAPI(dir)
}

// writePage writes a page in every language.
func writePage(name string, page func(*language) string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { //nolint:gosec // pages are for everybody to read
		return err
	}
	for _, l := range []*language{&english, &chinese} {
		if err := os.WriteFile(name+l.suffix, []byte(notice+page(l)), 0o644); err != nil { //nolint:gosec // as above
			return err
		}
	}
	return nil
}

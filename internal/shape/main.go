// Command shape prints how long the project's functions and files are, and how
// much test there is. It is a mirror, not a gate: a function over 60 lines or a
// file over 500 deserves a look.
package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// length is how many lines a function or a file has.
type length struct {
	name  string
	lines int
}

type shape struct {
	functions, files  []length
	codeLines, tested int
}

func main() {
	var s shape
	if err := filepath.WalkDir(".", s.visit); err != nil {
		fmt.Fprintln(os.Stderr, "shape:", err)
		os.Exit(1)
	}
	s.print(os.Stdout)
}

func (s *shape) visit(path string, entry fs.DirEntry, err error) error {
	switch {
	case err != nil:
		return err
	case entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "node_modules" || entry.Name() == ".git"):
		return filepath.SkipDir
	case entry.IsDir() || filepath.Ext(path) != ".go":
		return nil
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	lines := set.File(file.FileStart).LineCount()
	if strings.HasSuffix(path, "_test.go") {
		s.tested += lines
		return nil
	}
	if ast.IsGenerated(file) {
		return nil
	}
	s.codeLines += lines
	s.files = append(s.files, length{path, lines})
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
			first, last := set.Position(fn.Pos()), set.Position(fn.End())
			s.functions = append(s.functions, length{first.String() + " " + fn.Name.Name, last.Line - first.Line + 1})
		}
	}
	return nil
}

func (s *shape) print(w io.Writer) {
	distribution(w, "functions", s.functions, 60)
	distribution(w, "files", s.files, 500)
	_, _ = fmt.Fprintf(w, "%d lines of code, %d of tests: %.2f\n", s.codeLines, s.tested, float64(s.tested)/float64(max(s.codeLines, 1)))
}

// distribution prints median, p95 and longest, and names what is over bound.
func distribution(w io.Writer, title string, all []length, bound int) {
	if len(all) == 0 {
		return
	}
	slices.SortFunc(all, func(a, b length) int { return cmp.Compare(b.lines, a.lines) })
	_, _ = fmt.Fprintf(w, "%d %s: median %d, p95 %d, longest %d lines\n",
		len(all), title, all[len(all)/2].lines, all[len(all)/20].lines, all[0].lines)
	for _, l := range all {
		if l.lines > bound {
			_, _ = fmt.Fprintf(w, "  %4d %s\n", l.lines, l.name)
		}
	}
}

// Package lintrules holds the rules of the architecture that a linter cannot
// see: what packages reach through others, where SQL may stand, and what init
// functions may do.
package lintrules

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "github.com/hookflow/hookflow"
	root   = "../.."
)

// TestDependencies holds the import rules over everything a package reaches,
// not only over what it imports itself.
func TestDependencies(t *testing.T) {
	t.Parallel()
	reached := dependencies(t)
	for _, rule := range []struct{ pkg, not, why string }{
		{module, module + "/", "the root package imports nothing of ours"},
		{module, "github.com/", "the root package needs the standard library only"},
		{module, "golang.org/", "the root package needs the standard library only"},
		{module + "/internal/engine", module + "/internal/nodes", "the engine knows node.Type and no concrete node"},
		{module + "/internal/engine", module + "/internal/webhook", "the engine never sees a request"},
		{module + "/internal/engine", module + "/internal/api", "the engine never sees a request"},
		{module + "/internal/node", module + "/internal/store", "nodes reach records through node.Env"},
		{module + "/internal/nodes", module + "/internal/store", "nodes reach records through node.Env"},
		{module + "/internal/nodes", module + "/internal/collection", "nodes reach records through node.Env"},
		{module + "/internal/nodes", module + "/internal/script", "nodes reach the sandbox through node.Env"},
		{module + "/internal/nodes", module + "/internal/secret", "nodes reach secrets through node.Env"},
		{module + "/internal/channel", module + "/internal/store", "channels reach nothing by themselves"},
		{module + "/internal/webhook", module + "/internal/engine", "the front door never runs a node"},
		{module + "/internal/webhook", module + "/internal/nodes", "the front door never runs a node"},
		{module + "/internal/script", module + "/", "the sandbox depends on no other package of ours"},
		{module + "/internal/value", module + "/internal/", "values are below everything"},
		{module + "/internal/verify", module + "/internal/store", "a scheme sees one request and its config"},
		{module + "/cmd/hookflow", "testing", "nothing of the tests is in the binary"},
		{module + "/cmd/hookflow", module + "/internal/pgtest", "nothing of the tests is in the binary"},
	} {
		for _, dependency := range reached[rule.pkg] {
			if dependency != rule.pkg && within(dependency, rule.not) {
				t.Errorf("%s reaches %s: %s", rule.pkg, dependency, rule.why)
			}
		}
	}
}

// within reports whether path is prefix, or below it; a prefix that ends with
// a slash means only what is below.
func within(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, strings.TrimSuffix(prefix, "/")+"/")
}

// dependencies returns what each package of ours reaches.
func dependencies(t *testing.T) map[string][]string {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Deps", "./...")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	reached := map[string][]string{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var pkg struct {
			ImportPath string
			Deps       []string
		}
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			return reached
		} else if err != nil {
			t.Fatal(err)
		}
		reached[pkg.ImportPath] = pkg.Deps
	}
}

var sqlText = regexp.MustCompile(`^\s*(SELECT\s|INSERT (OR \w+ )?INTO\s|UPDATE \S+ SET\s|DELETE FROM\s|CREATE (UNIQUE )?(TABLE|INDEX|DATABASE)\s|ALTER TABLE\s|DROP (TABLE|INDEX)\s|WITH \w+ AS\s|PRAGMA\s)`)

// TestSQLStaysInItsPackages: SQL text stands in store, collection and queue
// (and in pgtest, which makes databases for tests).
func TestSQLStaysInItsPackages(t *testing.T) {
	t.Parallel()
	owners := []string{"internal/store/", "internal/collection/", "internal/queue/", "internal/pgtest/"}
	eachFile(t, func(name string, set *token.FileSet, file *ast.File) {
		if startsWithAny(name, owners) || strings.HasSuffix(name, "_test.go") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			if text, err := strconv.Unquote(literal.Value); err == nil && sqlText.MatchString(text) {
				t.Errorf("%s: SQL belongs to store, collection or queue", set.Position(literal.Pos()))
			}
			return true
		})
	})
}

// TestInitOnlyRegisters: an init function calls Register, MustRegister… and does
// nothing else.
func TestInitOnlyRegisters(t *testing.T) {
	t.Parallel()
	eachFile(t, func(name string, set *token.FileSet, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || fn.Name.Name != "init" {
				continue
			}
			for _, statement := range fn.Body.List {
				if !registers(statement) {
					t.Errorf("%s: init does more than register", set.Position(statement.Pos()))
				}
			}
		}
	})
}

func registers(statement ast.Stmt) bool {
	expression, ok := statement.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := expression.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	name := ""
	switch fn := call.Fun.(type) {
	case *ast.Ident:
		name = fn.Name
	case *ast.SelectorExpr:
		name = fn.Sel.Name
	case *ast.IndexExpr: // an explicit type argument
		if selector, ok := fn.X.(*ast.SelectorExpr); ok {
			name = selector.Sel.Name
		}
	}
	return strings.HasPrefix(strings.TrimPrefix(strings.ToLower(name), "must"), "register")
}

// TestEveryDependencyHasItsReason: docs/adr/0009 lists each direct dependency,
// and nothing else.
func TestEveryDependencyHasItsReason(t *testing.T) {
	t.Parallel()
	listed := firstCells(t, "docs/adr/0009-dependencies.md")
	required := directDependencies(t)
	for _, path := range required {
		if !slices.Contains(listed, path) {
			t.Errorf("%s is in go.mod and not in docs/adr/0009-dependencies.md", path)
		}
	}
	for _, path := range listed {
		if !slices.Contains(required, path) {
			t.Errorf("%s is in docs/adr/0009-dependencies.md and no direct dependency", path)
		}
	}
}

func directDependencies(t *testing.T) []string {
	t.Helper()
	var paths []string
	requirement := regexp.MustCompile(`^(?:require )?\s*(\S+\.\S+/\S+) v\S+$`)
	for text := range strings.Lines(readFile(t, "go.mod")) {
		if match := requirement.FindStringSubmatch(strings.TrimSpace(text)); match != nil {
			paths = append(paths, match[1])
		}
	}
	return paths
}

// firstCells returns the first cell of every row of a page's tables that holds
// a module path.
func firstCells(t *testing.T, page string) []string {
	t.Helper()
	var cells []string
	for _, match := range regexp.MustCompile(`(?m)^\| (\S+\.\S+/\S+) \|`).FindAllStringSubmatch(readFile(t, page), -1) {
		cells = append(cells, match[1])
	}
	return cells
}

// TestReadmesAgree: the two languages have the same commands, sections and
// table rows.
func TestReadmesAgree(t *testing.T) {
	t.Parallel()
	en, zh := readFile(t, "README.md"), readFile(t, "README.zh-CN.md")
	block := regexp.MustCompile("(?s)```\\w+\n.*?```")
	inEnglish, inChinese := block.FindAllString(en, -1), block.FindAllString(zh, -1)
	if len(inEnglish) != len(inChinese) {
		t.Fatalf("%d code blocks in English, %d in Chinese", len(inEnglish), len(inChinese))
	}
	for i := 1; i < len(inEnglish); i++ { // the first has comments, in each language its own
		if inEnglish[i] != inChinese[i] {
			t.Errorf("code block %d differs", i+1)
		}
	}
	for _, mark := range []string{"\n## ", "\n| ", "\n- "} {
		if strings.Count(en, mark) != strings.Count(zh, mark) {
			t.Errorf("%q begins %d lines in English, %d in Chinese", mark, strings.Count(en, mark), strings.Count(zh, mark))
		}
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// eachFile parses every Go file of the project, test data left out; name is
// relative to its root.
func eachFile(t *testing.T, visit func(name string, set *token.FileSet, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".git")) {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(path) != ".go" {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		visit(filepath.ToSlash(name), set, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func startsWithAny(name string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
}

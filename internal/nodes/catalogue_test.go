package nodes_test

import (
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/nodes"
	"github.com/hookflow/hookflow/internal/schema"
	"github.com/hookflow/hookflow/internal/value"
)

// TestResultsFitTheirSchemas: what the examples give is what the catalogue says.
func TestResultsFitTheirSchemas(t *testing.T) {
	t.Parallel()
	for _, e := range examples(t) {
		if e.node == nil || e.node.ResultSchema == "" {
			continue
		}
		described, err := schema.Compile([]byte(e.node.ResultSchema))
		if err != nil {
			t.Fatalf("%s: %v", e.node.Name, err)
		}
		want := e.json(t, "want.json")
		for _, result := range []value.Value{want.Get("result"), want.Get("end", "result")} {
			if result == nil {
				continue
			}
			for _, p := range described.Violations(result) {
				t.Errorf("%s: the result's %q: %s", e.name(), p.Pointer, p.Detail)
			}
		}
	}
}

// TestEveryPartIsNamed: branches and the fields of results have their texts in
// both languages.
func TestEveryPartIsNamed(t *testing.T) {
	t.Parallel()
	for _, n := range node.Types() {
		for _, b := range n.Branches {
			if b.Title.EN == "" || b.Title.ZH == "" {
				t.Errorf("%s: branch %s has no title in one of the languages", n.Name, b.Name)
			}
		}
		for name, field := range value.Value(n.ResultSchema).Get("properties").Members() {
			if field.Get("description").Text() == "" || field.Get("x-zh").Text() == "" {
				t.Errorf("%s: %s of the result is not described in both languages", n.Name, name)
			}
		}
	}
}

// TestExamplesAreInTheProgram: of every type there is one that works, shown
// first, and one that does not.
func TestExamplesAreInTheProgram(t *testing.T) {
	t.Parallel()
	for _, n := range node.Types() {
		shown := nodes.Examples(n.Name)
		if len(shown) < 2 || shown[0].Fails || !shown[len(shown)-1].Fails {
			t.Errorf("%s shows %d examples, not one that works and then one that does not", n.Name, len(shown))
			continue
		}
		for _, e := range shown {
			if e.Title.EN == "" || e.Title.ZH == "" || e.Config == nil || e.Outcome == nil {
				t.Errorf("%s: example %q lacks a part", n.Name, e.Title.EN)
			}
		}
	}
}

// TestBranchesOfAConfig: a config may name branches of its own.
func TestBranchesOfAConfig(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ of, config, want string }{
		{"condition", `{}`, "true false"},
		{"switch", `{"cases":[{"key":"paid"},{"key":"{{paid}}"}]}`, "otherwise paid {{paid}}"},
		{"switch", `{"cases":[{"key":7},{},null]}`, "otherwise"},
		{"switch", `{"cases":{"key":"paid"}}`, "otherwise"},
		{"set", `{"cases":[{"key":"paid"}]}`, ""},
	} {
		config, _ := value.Compile(value.Raw(test.config))
		if got := strings.Join(node.Lookup(test.of).BranchesOf(config), " "); got != test.want {
			t.Errorf("%s %s has the branches %q, want %q", test.of, test.config, got, test.want)
		}
	}
}

package nodes_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

var iconName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// TestEveryTypeIsDescribed: a type has its texts in both languages, and so has
// every field of its config.
func TestEveryTypeIsDescribed(t *testing.T) {
	t.Parallel()
	families := []string{node.FamilyControl, node.FamilyData, node.FamilyOut, node.FamilyCode}
	for _, n := range node.Types() {
		for name, text := range map[string]node.Text{"title": n.Title, "help": n.Help, "result": n.Result} {
			if text.EN == "" || text.ZH == "" {
				t.Errorf("%s has no %s in one of the languages", n.Name, name)
			}
		}
		if !iconName.MatchString(n.Icon) {
			t.Errorf("%s: %q is not the name of an icon", n.Name, n.Icon)
		}
		if !slices.Contains(families, n.Family) {
			t.Errorf("%s: there is no family %q", n.Name, n.Family)
		}
		checkFields(t, n.Name, spec.Fields(n.Config))
	}
}

func checkFields(t *testing.T, at string, fields []spec.Field) {
	t.Helper()
	for _, f := range fields {
		name := at + "." + f.Name
		if f.Doc == "" || f.ZH == "" {
			t.Errorf("%s is not documented in both languages", name)
		}
		checkFields(t, name, f.Fields)
	}
}

var titles = regexp.MustCompile(`^en: \S.*\nzh: \S.*\n`)

// TestEveryTypeHasExamples: at least one that succeeds and one that does not.
func TestEveryTypeHasExamples(t *testing.T) {
	t.Parallel()
	type count struct{ good, bad int }
	counts := map[string]count{}
	for _, e := range examples(t) {
		if !titles.Match(e.archive.Comment) {
			t.Errorf("%s has no title in one of the languages", e.name())
		}
		if e.node == nil {
			continue
		}
		c := counts[e.node.Name]
		if e.succeeds(t) {
			c.good++
		} else {
			c.bad++
		}
		counts[e.node.Name] = c
	}
	for _, n := range node.Types() {
		if c := counts[n.Name]; c.good == 0 || c.bad == 0 {
			t.Errorf("%s has %d examples that succeed and %d that do not", n.Name, c.good, c.bad)
		}
	}
}

func (e *example) succeeds(t *testing.T) bool {
	t.Helper()
	want := e.json(t, "want.json")
	for _, bad := range []value.Segment{"problems", "error", "failed"} {
		if want.Get(bad) != nil {
			return false
		}
	}
	return want.Get("end", "status").Text() != "failed"
}

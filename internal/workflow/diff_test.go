package workflow

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	n := func(key, rest string) string { return `{"key":"` + key + `","type":"set"` + rest + `}` }
	nodes := func(list ...string) string { return `"nodes":[` + strings.Join(list, ",") + `]` }
	tests := []struct {
		name          string
		before, after string // members of the document
		want          []string
	}{
		{"nothing", nodes(n("a", "")), nodes(n("a", "")), nil},
		{"only the spelling", `"options":{"concurrency":1,"timeout":"1m"},"nodes":[]`, `"nodes":[], "options":{"timeout":"1m","concurrency":1.0}`, nil},
		{"the document", `"title":"A","options":{"timeout":"1m"},"nodes":[]`, `"title":"B","options":{"concurrency":2},"nodes":[]`, []string{
			`changed  /title "A" "B"`, `added  /options/concurrency  2`, `removed  /options/timeout "1m" `,
		}},
		{"a config", nodes(n("a", `,"config":{"values":{"x":[1,{"y/z":2}],"gone":1}}`)), nodes(n("a", `,"config":{"values":{"x":[1,{"y/z":3}],"new":null}}`)), []string{
			`changed a /nodes/0/config/values/x/1/y~1z 2 3`, `removed a /nodes/0/config/values/gone 1 `,
		}},
		{"lists of other lengths", nodes(n("a", `,"config":{"values":[1,2]}`)), nodes(n("a", `,"config":{"values":[1]}`)), []string{
			`changed a /nodes/0/config/values [1,2] [1]`,
		}},
		{"a node more", nodes(n("a", "")), nodes(n("b", ""), n("a", "")), []string{`added b /nodes/0  {"key":"b","type":"set"}`}},
		{"a node less", nodes(n("a", ""), n("b", "")), nodes(n("b", "")), []string{`removed a /nodes/0 {"key":"a","type":"set"} `}},
		{"a node around", nodes(n("a", "")), nodes(n("b", `,"branches":{"x/y":[`+n("a", "")+`]}`)), []string{
			`added b /nodes/0  {"key":"b","type":"set"}`, `moved a /nodes/0/branches/x~1y/0 "/nodes/0" "/nodes/0/branches/x~1y/0"`,
		}},
		{"another branch", nodes(n("b", `,"branches":{"x":[`+n("a", "")+`],"y":[]}`)), nodes(n("b", `,"branches":{"x":[],"y":[`+n("a", `,"disabled":true`)+`]}`)), []string{
			`moved a /nodes/0/branches/y/0 "/nodes/0/branches/x/0" "/nodes/0/branches/y/0"`, `added a /nodes/0/branches/y/0/disabled  true`,
		}},
		{
			"the last comes first", nodes(n("a", ""), n("b", ""), n("c", ""), n("d", "")), nodes(n("d", ""), n("a", ""), n("b", ""), n("c", "")),
			[]string{`moved d /nodes/0 "/nodes/3" "/nodes/0"`},
		},
		{"an empty branch", nodes(n("a", "")), nodes(n("a", `,"branches":{"x":[]}`)), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			document := func(members string) twin {
				v := value.Value(`{"key":"k",` + members + `}`)
				return twin{v, v}
			}
			c := comparison{}
			c.documents(document(test.before), document(test.after))
			var got []string
			for _, change := range c.changes {
				got = append(got, fmt.Sprintf("%s %s %s %s %s", change.Kind, change.Node, change.Pointer, change.Before, change.After))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDiffIsBounded(t *testing.T) {
	t.Parallel()
	s := newService(t, store.Options{Path: filepath.Join(t.TempDir(), "db")})
	many := func(v string) string {
		return `{"key":"k","trigger":{"type":"manual"},"nodes":[{"key":"a","type":"set","config":{"values":[` + strings.TrimSuffix(strings.Repeat(v+",", 2*maxChanges), ",") + `]}}]}`
	}
	for _, v := range []string{"1", "2"} {
		if _, err := s.Save(t.Context(), decode(t, many(v)), Replace); err != nil {
			t.Fatal(err)
		}
	}
	diff, err := s.Diff(t.Context(), "k", "1", "published", func(v value.Value) value.Value { return v })
	if err != nil || len(diff.Changes) != maxChanges || !diff.Truncated {
		t.Fatalf("%d changes, truncated: %t, %v", len(diff.Changes), diff.Truncated, err)
	}
	if _, err := s.Diff(t.Context(), "k", "0", "1", nil); hookflow.CodeOf(err) != hookflow.CodeInvalid {
		t.Errorf("revision 0: %v", err)
	}
}

// What differs deep inside is shown whole.
func TestDiffOfDepth(t *testing.T) {
	t.Parallel()
	deep := func(v string) twin {
		nested := value.Value(`{"x":` + strings.Repeat("[", 500) + v + strings.Repeat("]", 500) + `}`)
		return twin{nested, nested}
	}
	c := comparison{}
	c.documents(deep("1"), deep("2"))
	want := "/x" + strings.Repeat("/0", maxSpotDepth-1)
	if len(c.changes) != 1 || c.changes[0].Pointer != want || !strings.Contains(string(c.changes[0].After), "[[2]]") {
		t.Errorf("changes: %+v", c.changes)
	}
}

package value_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/value"
)

func TestParsePath(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, canonical string
		segments        []value.Segment
	}{
		{`$context`, `$context`, nil},
		{`$context.data.commits[0].message`, `$context.data.commits[0].message`, []value.Segment{"data", "commits", "0", "message"}},
		{`$context.data.commits.0`, `$context.data.commits[0]`, []value.Segment{"data", "commits", "0"}},
		{`$context.headers.x-github-event`, `$context.headers.x-github-event`, []value.Segment{"headers", "x-github-event"}},
		{`$a["odd key"]['it\'s']["7"]`, `$a["odd key"]["it's"][7]`, []value.Segment{"odd key", "it's", "7"}},
		{`$a["}}"].b`, `$a["}}"].b`, []value.Segment{"}}", "b"}},
		{`$a[""]["\\\""]`, `$a[""]["\\\""]`, []value.Segment{"", `\"`}},
		{`$jobsMapByNodeKey.n1.@id.#text._x.$y`, `$jobsMapByNodeKey.n1.@id.#text._x.$y`, []value.Segment{"n1", "@id", "#text", "_x", "$y"}},
		{`$context.data.名称.größe.हिन्दी`, `$context.data.名称.größe.हिन्दी`, []value.Segment{"data", "名称", "größe", "हिन्दी"}},
	}
	for _, test := range tests {
		p, err := value.ParsePath(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if diff := cmp.Diff(test.segments, p.Segments); diff != "" || p.String() != test.canonical {
			t.Errorf("%s: %s %s", test.text, p, diff)
		}
		again, err := value.ParsePath(p.String())
		if diff := cmp.Diff(p, again); err != nil || diff != "" {
			t.Errorf("%s read back: %v %s", p, err, diff)
		}
	}
}

func TestParsePathRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		``:                                  "must begin with a name such as $context",
		`context.data`:                      `"context.data" is not a path`,
		`$`:                                 "must begin",
		`$.a`:                               "must begin",
		`$a.`:                               `no name after the dot at "."`,
		`$a..b`:                             `no name after the dot at "..b"`,
		`$a[`:                               "needs a number",
		`$a[-1]`:                            "needs a number",
		`$a[x]`:                             "needs a number",
		`$a["x]`:                            "no closing quote",
		`$a["x"`:                            "no closing bracket",
		`$a b`:                              `expected at " b"`,
		`$a + 1`:                            "expected at",
		`$a.b()`:                            `expected at "()"`,
		"$a.\xff":                           "no name",
		`$a` + strings.Repeat(".b", 101):    "more than 100 steps",
		`$a.` + strings.Repeat("b", 5000):   "longer than 4096 bytes",
		`!` + strings.Repeat("secret", 100): "…",
	}
	for text, want := range tests {
		p, err := value.ParsePath(text)
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 300 {
			t.Errorf("%.60q: %v, %v; want %s", text, p, err, want)
		}
	}
}

func TestGet(t *testing.T) {
	t.Parallel()
	document := `{
		"a": {"b": [10, {"c": "deep"}, [1,2]], "0": "zero"},
		"dup": {"x": 1}, "dup": {"y": 2},
		"\u006bey \"q\"": "escaped",
		"n": null, "s": "text",
		"commits": [
			{"id": "1", "author": {"email": "a@x"}, "added": ["p", "q"]},
			{"id": 2.0, "added": [], "author": null},
			{"id": "3", "author": {"email": "b@x"}, "added": [["r"], "s" ]},
			7
		]
	}`
	tests := map[string]string{
		`$.`:                          document,
		`$.a.b[0]`:                    `10`,
		`$.a.b.0`:                     `10`,
		`$.a.b[1].c`:                  `"deep"`,
		`$.a.b[2][1]`:                 `2`,
		`$.a.b[3]`:                    ``,
		`$.a.b[007]`:                  ``,
		`$.a.b[99999999999999999999]`: ``,
		`$.a[0]`:                      `"zero"`,
		`$.dup.y`:                     `2`,
		`$.dup.x`:                     ``,
		`$["key \"q\""]`:              `"escaped"`,
		`$.n`:                         `null`,
		`$.n.x`:                       ``,
		`$.s.x`:                       ``,
		`$.s[0]`:                      ``,
		`$.missing.x`:                 ``,
		`$.commits.id`:                `["1",2.0,"3",null]`,
		`$.commits.author.email`:      `["a@x",null,"b@x",null]`,
		`$.commits.added`:             `["p", "q",["r"], "s",null]`,
		`$.commits.added[2]`:          `["r"]`,
		`$.commits.added.x`:           `[null,null,null,null,null]`,
		`$.commits.nope`:              `[null,null,null,null]`,
	}
	long := value.NewDoc(value.Raw(`{"before":[` + strings.Repeat(`{"x":["]"]},`, 1000) + `[]], "doc":` + document + `, "after":{}}`))
	for path, want := range tests {
		p, err := value.ParsePath("$r" + strings.TrimSuffix(strings.TrimPrefix(path, "$"), "."))
		if err != nil {
			t.Fatal(err)
		}
		if got := value.Raw(document).Get(p.Segments...); string(got) != want || (got == nil) != (want == "") {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
		if got := long.Get(append([]value.Segment{"doc"}, p.Segments...)...); string(got) != want || (got == nil) != (want == "") {
			t.Errorf("%s in a long document: got %s, want %s", path, got, want)
		}
	}
}

func TestMappingNestedArraysStaysSmall(t *testing.T) {
	t.Parallel()
	v := value.Raw(strings.Repeat("[", 5000) + "[1,1,1,1]" + strings.Repeat("]", 5000))
	segments := make([]value.Segment, 100)
	for i := range segments {
		segments[i] = "name"
	}
	if got := v.Get(segments...); string(got) != "[null]" {
		t.Errorf("got %.100s", got)
	}
}

func TestDocIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	d := value.NewDoc(value.Raw(`{"filler":[` + strings.Repeat(`[],`, 3000) + `0],"a":1}`))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := d.Get("a"); string(got) != "1" {
				t.Errorf("got %s", got)
			}
		})
	}
	group.Wait()
}

package request_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
)

func TestPatternMatch(t *testing.T) {
	t.Parallel()
	none := hookflow.Params(nil)
	tests := []struct {
		pattern, path string
		want          hookflow.Params
		ok            bool
	}{
		{"github-push", "github-push", none, true},
		{"/a/b/", "a/b", none, true},
		{"a", "a/", none, true},
		{"a", "A", none, false},
		{"a", "a/b", none, false},
		{"a/b", "a", none, false},
		{"订单/:id", "%E8%AE%A2%E5%8D%95/7", hookflow.Params{{Name: "id", Value: "7"}}, true},
		{"orders/:id/events", "orders/a%2Fb%20c/events", hookflow.Params{{Name: "id", Value: "a/b c"}}, true},
		{"orders/:id", "orders//", none, false},
		{"orders/:id", "orders/%zz", none, false},
		{":a/*rest", "x/y/z%20", hookflow.Params{{Name: "a", Value: "x"}, {Name: "rest", Value: "y/z "}}, true},
		{"files/*rest", "files", none, false},
	}
	for _, test := range tests {
		pattern, err := request.ParsePattern(test.pattern)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := pattern.Match(test.path)
		if diff := cmp.Diff(test.want, got); ok != test.ok || ok && diff != "" {
			t.Errorf("%s on %s = %v (-want +got):\n%s", test.pattern, test.path, ok, diff)
		}
	}
}

func TestParsePatternRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "a//b", "a/../b", "a?b", "a%20b", ":", ":1", "*", "*rest/a", ":a/:a", ":a/*a", "a\nb", strings.Repeat("a", 513), strings.Repeat("a/", 20) + "a",
	} {
		if p, err := request.ParsePattern(text); err == nil {
			t.Errorf("%q is %v", text, p.Parts)
		}
	}
}

func TestClaim(t *testing.T) {
	t.Parallel()
	pattern, err := request.ParsePattern("/a/:b/*c")
	if err != nil || pattern.Claim() != "a/:/*" || pattern.String() != "a/:b/*c" {
		t.Errorf("claim of %v = %q, %v", pattern, pattern.Claim(), err)
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("orders/:id/*rest", "orders/a%2Fb/c/d")
	f.Add("a", "a/")
	f.Add("/:x", "%")
	f.Fuzz(func(t *testing.T, text, path string) {
		pattern, err := request.ParsePattern(text)
		if err != nil {
			return
		}
		again, err := request.ParsePattern(pattern.String())
		if err != nil || again.Claim() != pattern.Claim() {
			t.Fatalf("%q is read back as %q, %v", pattern, again, err)
		}
		params, ok := pattern.Match(path)
		for _, p := range params {
			if ok && p.Value == "" {
				t.Errorf("%q matches %q with an empty %s", text, path, p.Name)
			}
		}
	})
}

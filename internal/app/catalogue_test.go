package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/schema"
	"github.com/hookflow/hookflow/internal/value"
)

// TestNodeTypesNeedNoCode: an editor finds in the catalogue where a type's
// branches are, what it does and what it gives.
func TestNodeTypesNeedNoCode(t *testing.T) {
	t.Parallel()
	types := map[string]value.Value{}
	for _, described := range nodeTypes().Items() {
		types[described.Get("type").Text()] = described
	}
	tests := []struct {
		of   string
		path []value.Segment
		want string
	}{
		{"switch", []value.Segment{"branches"}, `[{"name":"otherwise","title":{"en":"Otherwise","zh":"其他"}}]`},
		{"switch", []value.Segment{"branchesFrom"}, `"/cases/*/key"`},
		{"switch", []value.Segment{"any"}, `false`},
		{"switch", []value.Segment{"result", "schema"}, `{"type":["string","null"]}`},
		{"switch", []value.Segment{"examples", "0", "given"}, `{"$context":{"data":{"status":"refunded"}}}`},
		{"switch", []value.Segment{"examples", "0", "outcome"}, `{"enter":{"branch":"refunded"}}`},
		{"parallel", []value.Segment{"any"}, `true`},
		{"parallel", []value.Segment{"rests"}, `true`},
		{"transaction", []value.Segment{"atomic"}, `"run"`},
		{"set", []value.Segment{"branches"}, `[]`},
		{"set", []value.Segment{"result", "schema"}, `{}`},
		{"create", []value.Segment{"effect"}, `"database"`},
		{"request", []value.Segment{"effect"}, `"external"`},
		{"request", []value.Segment{"schema", "properties", "url", "title"}, `"URL"`},
		{"request", []value.Segment{"schema", "properties", "url", "x-zh-title"}, `"地址"`},
		{"request", []value.Segment{"schema", "properties", "auth", "properties", "token", "x-secret"}, `true`},
		{"javascript", []value.Segment{"schema", "properties", "code", "x-ui"}, `"code"`},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, string(types[test.of].Get(test.path...))); diff != "" {
			t.Errorf("%s %v: %s", test.of, test.path, diff)
		}
	}
}

// TestSchemasOfTheCatalogues: every schema can be used.
func TestSchemasOfTheCatalogues(t *testing.T) {
	t.Parallel()
	check := func(of, text value.Value) {
		if _, err := schema.Compile(text); err != nil {
			t.Errorf("%s: %v", of, err)
		}
	}
	for _, list := range []value.Value{nodeTypes(), triggerTypes(), schemes(), channelTypes()} {
		for _, described := range list.Items() {
			check(described.Get("title"), described.Get("schema"))
		}
	}
	for _, described := range nodeTypes().Items() {
		check(described.Get("title"), described.Get("result", "schema"))
	}
	check(value.String("every node"), nodeCommon().Get("schema"))
}

// TestWhatEveryNodeHas beside its type and config.
func TestWhatEveryNodeHas(t *testing.T) {
	t.Parallel()
	var names []string
	for name, described := range nodeCommon().Get("schema", "properties").Members() {
		names = append(names, name)
		if described.Get("x-zh").Text() == "" {
			t.Errorf("%s is not described", name)
		}
	}
	if diff := cmp.Diff([]string{"title", "disabled", "timeout", "retry", "onError"}, names); diff != "" {
		t.Error(diff)
	}
	want := `[{"name":"error","title":{"en":"On error","zh":"出错时"}}]`
	if diff := cmp.Diff(want, string(nodeCommon().Get("branches"))); diff != "" {
		t.Error(diff)
	}
}

package nodes_test

import (
	"testing"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// TestScriptsThatFetchAreExternal: what a script may do outside is known from
// its code, and decides when its step is committed.
func TestScriptsThatFetchAreExternal(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]node.Effect{
		`{"code": "return 1"}`:                                               node.Pure,
		`{"code": "return (await fetch('http://h/')).ok"}`:                   node.External,
		`{"code": "const {fetch: get} = globalThis; get()"}`:                 node.External,
		`{"code": "return params.a", "params": {"a": "{{$context.fetch}}"}}`: node.Pure,
	} {
		tree, _ := value.Compile(value.Raw(config))
		if got := node.Lookup("javascript").Of(tree).Effect; got != want {
			t.Errorf("%s: effect %d, want %d", config, got, want)
		}
	}
}

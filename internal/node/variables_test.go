package node_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func TestVariables(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][]node.Variable{
		`{"a":"{{$env.A}} {{$context.b}} {{ $env[\"B c\"].d }}"}`: {{"/a", "A"}, {"/a", "B c"}},
		`{"a/b":[{"c":"{{$\u0065nv.\u0041}}"}],"d":"{{$env}}"}`:   {{"/a~1b/0/c", "A"}},
		`{"env":["A",1,"B"],"a":{"env":["C"]}}`:                   {{"/env/0", "A"}, {"/env/2", "B"}},
		`{"env":"{{$env.A}}","a":"$env.B"}`:                       {{"/env", "A"}},
		`{"a":1}`:                                                 nil,
	} {
		config, _ := value.Compile(value.Raw(source))
		if diff := cmp.Diff(want, node.Variables(config)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", source, diff)
		}
	}
}

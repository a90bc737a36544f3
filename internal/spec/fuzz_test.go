package spec_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// FuzzDecode wants the check at save and the run to agree on a document without templates, and what
// was decoded to be read back the same.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"url":"u","tries":2,"to":["a"],"auth":{"user":"x"},"when":{"all":[{"left":1.0}]},"body":{"a":null}}`))
	f.Add([]byte(`{"url":"{{$a.s}}","tries":"{{$a.n}}","headers":{"A":"{{$a.nope}}"},"code":"{{"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := value.Parse(text)
		if err != nil {
			return
		}
		tree, _ := value.Compile(v)
		var checked, resolved, strict, want config
		atSave := spec.Decode(tree, nil, &checked)
		atRun := spec.Decode(tree, testScope, &resolved)
		if tree.IsStatic() {
			if diff := cmp.Diff(atSave, atRun) + cmp.Diff(checked, resolved); diff != "" {
				t.Fatalf("%s: the check and the run differ: %s", v, diff)
			}
		}
		if problems := spec.DecodeJSON(v, &strict); len(problems) > 0 {
			return
		}
		if again := spec.DecodeJSON(encode(t, strict), &want); again != nil {
			t.Fatalf("%s: what was decoded is refused when written again: %v", v, again)
		}
		if diff := cmp.Diff(encode(t, strict), encode(t, want)); diff != "" {
			t.Fatalf("%s: %s", v, diff)
		}
	})
}

func encode(t *testing.T, c config) value.Value {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

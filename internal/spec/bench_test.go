package spec_test

import (
	"testing"

	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

func BenchmarkDecode(b *testing.B) {
	type create struct {
		Collection string      `json:"collection" required:"true"`
		Values     value.Value `json:"values" required:"true"`
		Limit      int         `json:"limit" min:"1" default:"10"`
		Title      string      `json:"title"`
	}
	tree, _ := value.Compile(value.Raw(`{"collection":"pushes","values":{"sha":"{{$a.s}}"},"limit":5,"title":"by {{$a.n}}"}`))
	b.ReportAllocs()
	for b.Loop() {
		var c create
		if problems := spec.Decode(tree, testScope, &c); problems != nil {
			b.Fatal(problems)
		}
	}
}

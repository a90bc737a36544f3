package request_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/value"
)

// BenchmarkLookups is what a workflow of a few nodes asks of a body of 24 KB,
// which is parsed anew each time.
func BenchmarkLookups(b *testing.B) {
	body, err := os.ReadFile("../value/testdata/pull_request.closed.json")
	if err != nil {
		b.Fatal(err)
	}
	raw := request.Raw{Headers: []hookflow.Header{{Name: "Content-Type", Value: "application/json"}}, Body: body}
	paths := [][]value.Segment{
		{"data", "action"},
		{"data", "pull_request", "title"},
		{"data", "repository", "full_name"},
		{"data", "sender", "login"},
		{"data", "number"},
		{"data", "pull_request", "head", "sha"},
		{"data", "pull_request", "merged"},
		{"data", "pull_request", "user", "login"},
	}
	for _, lookups := range []int{2, 8, 16} {
		b.Run(fmt.Sprint(lookups), func(b *testing.B) {
			for b.Loop() {
				c, err := request.Parse(raw)
				if err != nil {
					b.Fatal(err)
				}
				for i := range lookups {
					if c.Lookup(paths[i%len(paths)]...) == nil {
						b.Fatal("nothing is there")
					}
				}
			}
		})
	}
}

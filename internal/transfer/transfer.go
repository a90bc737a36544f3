// Package transfer moves records in and out of collections as files: CSV (RFC 4180), a JSON list, or
// JSON lines.
package transfer

import (
	"slices"

	"github.com/hookflow/hookflow"
)

// The formats of files.
const (
	CSV   = "csv"   // the first row names the fields
	JSON  = "json"  // a list of objects
	JSONL = "jsonl" // an object per line
)

// own are the fields that the server sets. A file may hold them, since exports do.
var own = []string{"id", "createdAt", "updatedAt"}

// settable finds the field that a file may fill: not those that the server sets, and not those that
// stand for other records.
func settable(c *hookflow.Collection, name string) *hookflow.Field {
	at := slices.IndexFunc(c.Fields, func(f hookflow.Field) bool { return f.Name == name })
	if at < 0 || isMany(&c.Fields[at]) {
		return nil
	}
	return &c.Fields[at]
}

// passedOver reports whether a file may name a field that nothing is done with.
func passedOver(c *hookflow.Collection, name string) bool {
	return slices.Contains(own, name) ||
		slices.ContainsFunc(c.Fields, func(f hookflow.Field) bool { return f.Name == name && isMany(&f) })
}

func isMany(f *hookflow.Field) bool {
	return f.Type == "relation" && f.Options != nil && f.Options.Kind == "many"
}

// structured reports whether a cell of the field holds JSON.
func structured(f *hookflow.Field) bool { return f.Type == "json" || f.Type == "file" }

package document

import (
	"iter"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// readOnly are the members that a server adds to a workflow.
var readOnly = append([]string{"id", "revision", "hasDraft"}, timestamps...)

// normal is a document as it is written: without what a server adds to it, its first members in
// their usual order.
func (d Document) normal() (value.Value, error) {
	switch d.Kind {
	case Collection:
		c, err := d.collection()
		return normalCollection(c), err
	case Channel:
		c, err := d.channel()
		var out value.Object
		out.Set("kind", value.String(string(Channel))).Set("key", value.String(c.Key))
		if c.Title != "" {
			out.Set("title", value.String(c.Title))
		}
		return out.Set("type", value.String(c.Type)).Set("config", c.Config).Value(), err
	default:
		return ordered(d.Text, "kind", "key", "title", "enabled"), nil
	}
}

func normalCollection(c hookflow.Collection) value.Value {
	c.PreviousName = ""
	c.Fields = slices.Clone(c.Fields)
	for i := range c.Fields {
		c.Fields[i].ID, c.Fields[i].PreviousName = "", ""
	}
	text, err := value.Of(c)
	if err != nil { // a default that is not JSON, in a document that was JSON
		panic(err)
	}
	return text
}

// ordered puts some members first.
func ordered(v value.Value, first ...string) value.Value {
	var out value.Object
	for _, name := range first {
		if member := v.Get(value.Segment(name)); member != nil {
			out.Set(name, member)
		}
	}
	for name, member := range v.Members() {
		if !slices.Contains(readOnly, name) {
			out.Set(name, member)
		}
	}
	return out.Value()
}

// says reports whether what is kept is as the document says. A workflow that does not say whether
// it is enabled leaves that as it is.
func (d Document) says(kept Document) (bool, error) {
	want, err := d.normal()
	if err != nil {
		return false, err
	}
	have, err := kept.normal()
	if err != nil {
		return false, err
	}
	if d.Kind == Workflow {
		if kept.Text.Get("revision").Text() == "0" {
			return false, nil // a draft that was never published
		}
		if d.Text.Get("enabled") == nil {
			have = without(have, "enabled")
		}
	}
	return identical(want, have), nil
}

// version is what differs after a Put that changed something.
func (d Document) version() string {
	if d.Kind != Workflow {
		return d.Text.Get("updatedAt").Text()
	}
	return d.Text.Get("revision").Text() + " " + d.Text.Get("enabled").Text()
}

// identical compares what two texts say with the order of members and the spelling of numbers,
// which are kept, and without escapes and space, which are not.
func identical(a, b value.Value) bool {
	if a.Kind() != b.Kind() {
		return a.IsNull() && b.IsNull()
	}
	switch a.Kind() {
	case value.KindArray:
		return pairwise(a.Items(), b.Items(), func(_, _ int) bool { return true })
	case value.KindObject:
		return pairwise(a.Members(), b.Members(), func(a, b string) bool { return a == b })
	default:
		return a.Text() == b.Text()
	}
}

func pairwise[K any](a, b iter.Seq2[K, value.Value], same func(K, K) bool) bool {
	next, stop := iter.Pull2(b)
	defer stop()
	for name, member := range a {
		other, v, more := next()
		if !more || !same(name, other) || !identical(member, v) {
			return false
		}
	}
	_, _, more := next()
	return !more
}

package workflow

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// readOnly are the members that an answer adds to a document; sent back they are ignored.
var readOnly = []string{"id", "revision", "hasDraft", "createdAt", "updatedAt"}

// Document is a workflow's text with what it says. The text keeps the order of members and the
// spelling of numbers; enabled is not in it, since it belongs to the workflow and not to one
// revision of it.
type Document struct {
	Text       value.Value
	Workflow   hookflow.Workflow
	hasEnabled bool
	kept       []hookflow.Problem // the places in nodes whose secrets it leaves as they are
	origin     hookflow.ID        // of the revision that it was taken from; 0 when it came from outside
}

// Decode reads a document strictly. A document without a key gets the one given; with one, the two
// must be the same unless the one given is "".
func Decode(text []byte, key string) (*Document, error) {
	if len(text) > hookflow.MaxDocument {
		return nil, hookflow.Errorf(hookflow.CodeTooLarge, "a workflow document may have at most %d bytes", hookflow.MaxDocument)
	}
	parsed, err := value.Parse(text)
	if err != nil {
		return nil, hookflow.Invalid("the body is not JSON: " + err.Error())
	}
	whole, d := withoutReadOnly(parsed, key), &Document{}
	problems := spec.DecodeJSON(whole, &d.Workflow)
	if whole.Kind() == value.KindObject && len(problems) == 0 {
		problems = d.Workflow.Validate()
		if key != "" && d.Workflow.Key != key {
			problems = append(problems, hookflow.Problem{Pointer: "/key", Detail: "is not the key in the address; a workflow keeps its key"})
		}
	}
	if len(problems) > 0 {
		return nil, hookflow.Invalid("the workflow cannot be saved", problems...)
	}
	d.Text, d.hasEnabled = stored(whole)
	return d, nil
}

// withoutReadOnly leaves members given twice in place, for the strict decoder to refuse.
func withoutReadOnly(v value.Value, key string) value.Value {
	if v.Kind() != value.KindObject {
		return v
	}
	out := []byte{'{'}
	add := func(name string, member value.Value) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, value.String(name)...), ':'), member...)
	}
	if key != "" && v.Get("key") == nil {
		add("key", value.String(key))
	}
	for name, member := range v.Members() {
		if !slices.Contains(readOnly, name) {
			add(name, member)
		}
	}
	return append(out, '}')
}

// stored is the text that a revision keeps.
func stored(whole value.Value) (text value.Value, hasEnabled bool) {
	var out value.Object
	for name, member := range whole.Members() {
		if name == "enabled" {
			hasEnabled = true
			continue
		}
		out.Set(name, member)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, out.Value()); err != nil {
		return out.Value(), hasEnabled // not reached: the text was parsed
	}
	return compact.Bytes(), hasEnabled
}

// whole is a stored text as a document again.
func whole(text value.Value, key string, enabled bool) *value.Object {
	var out value.Object
	out.Set("kind", value.String("Workflow")).Set("key", value.String(key))
	if title := text.Get("title"); title != nil {
		out.Set("title", title)
	}
	out.Set("enabled", value.Bool(enabled))
	for name, member := range text.Members() {
		if name != "kind" && name != "key" {
			out.Set(name, member)
		}
	}
	return &out
}

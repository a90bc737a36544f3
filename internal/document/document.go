// Package document keeps workflows, collections and channels as files: it reads them, makes a
// server or a database be as they say, and writes them from there.
package document

import (
	"fmt"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/notify"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// Kind is what a document describes; it stands in its member kind.
type Kind string

// The kinds.
const (
	Workflow   Kind = "Workflow"
	Collection Kind = "Collection"
	Channel    Kind = "Channel"
	Test       Kind = "Test" // of a workflow; no server keeps any
)

// kinds are those that are kept, each before those that may need it.
var kinds = []Kind{Collection, Channel, Workflow}

// timestamps are the members that a server adds to every document.
var timestamps = []string{"createdAt", "updatedAt"}

// plurals name the kinds in addresses and directories.
var plurals = map[Kind]string{Workflow: "workflows", Collection: "collections", Channel: "channels"}

// noun names the kind in a sentence.
func (k Kind) noun() string {
	switch k {
	case Workflow:
		return "workflow"
	case Collection:
		return "collection"
	case Channel:
		return "channel"
	default:
		return "test"
	}
}

// identifier is the member that holds a document's name.
func (k Kind) identifier() string {
	if k == Collection {
		return "name"
	}
	return "key"
}

// Document is one document of a file.
type Document struct {
	Kind Kind
	Name string      // key or name, unique among those of its kind; "" for a test
	Text value.Value // a JSON object
	From string      // file:line
}

// String names what is described, such as workflow/github-push.
func (d Document) String() string { return d.Kind.noun() + "/" + d.Name }

// failed says which document an error is of.
func (d Document) failed(err error) error { return fmt.Errorf("%s: %s: %w", d.From, d, err) }

// Check finds what is wrong with documents themselves, without what they refer to: compile finds
// it in a workflow. The error joins one for each document that has problems.
func Check(documents []Document, compile func(hookflow.Workflow) []hookflow.Problem) error {
	var failures failures
	for _, d := range documents {
		if err := d.check(compile); err != nil {
			failures.add(d.failed(err))
		}
	}
	return failures.err()
}

func (d Document) check(compile func(hookflow.Workflow) []hookflow.Problem) error {
	switch d.Kind {
	case Workflow:
		decoded, err := workflow.Decode(d.Text, d.Name)
		if err != nil || d.masked() {
			return err // what stands behind a mask is known where it is kept
		}
		return invalid(compile(decoded.Workflow))
	case Collection:
		_, err := d.collection()
		return err
	case Channel:
		return d.checkChannel()
	default:
		return nil
	}
}

func (d Document) checkChannel() error {
	c, err := d.channel()
	if err != nil {
		return err
	}
	typ := channel.Lookup(c.Type)
	switch {
	case typ == nil:
		return invalid([]hookflow.Problem{{Pointer: "/type", Detail: fmt.Sprintf("there is no channel type %.40q", c.Type)}})
	case d.masked():
		return nil
	}
	problems := typ.Check(c.Config)
	value.Under("config", problems)
	return invalid(problems)
}

// masked reports whether a secret is left as it is.
func (d Document) masked() bool {
	found := false
	walk(d.Text, func(v value.Value) { found = found || v.Text() == secret.Mask })
	return found
}

// walk visits every value that is no object or array.
func walk(v value.Value, visit func(value.Value)) {
	switch v.Kind() {
	case value.KindObject:
		for _, member := range v.Members() {
			walk(member, visit)
		}
	case value.KindArray:
		for _, item := range v.Items() {
			walk(item, visit)
		}
	default:
		visit(v)
	}
}

func (d Document) collection() (hookflow.Collection, error) {
	var c hookflow.Collection
	return c, invalid(spec.DecodeJSON(without(d.Text, timestamps...), &c))
}

func (d Document) channel() (notify.Channel, error) {
	var c notify.Channel
	return c, invalid(spec.DecodeJSON(without(d.Text, timestamps...), &c))
}

func invalid(problems []hookflow.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return hookflow.Invalid("the document is not valid", problems...)
}

// without leaves members out that an answer adds to a document; those given twice stay in place,
// for the strict decoder to refuse.
func without(v value.Value, names ...string) value.Value {
	left := map[string]bool{}
	for _, name := range names {
		left[name] = true
	}
	out := []byte{'{'}
	for name, member := range v.Members() {
		if left[name] {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, value.String(name)...), ':'), member...)
	}
	return append(out, '}')
}

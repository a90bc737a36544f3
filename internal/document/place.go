package document

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Place is where documents are kept, a server or a database. Their texts are as the admin API has
// them.
type Place interface {
	// Names lists the documents of a kind.
	Names(ctx context.Context, kind Kind) ([]string, error)
	// Get returns one, or CodeNotFound.
	Get(ctx context.Context, kind Kind, name string) (value.Value, error)
	// Put creates or replaces one, and returns what is kept then.
	Put(ctx context.Context, kind Kind, name string, text value.Value) (value.Value, error)
	Delete(ctx context.Context, kind Kind, name string) error
}

// Action is what Apply has done to an object.
type Action string

// The actions.
const (
	Created   Action = "created"
	Updated   Action = "updated"
	Unchanged Action = "unchanged"
	Deleted   Action = "deleted"
)

// Options of Apply.
type Options struct {
	DryRun bool // only tell what would be done
	Prune  bool // delete what no document describes
	Tell   func(action Action, object string)
}

// Apply makes a place be as the documents say, one after the other; each is changed whole or not at
// all, and what needs another one is tried again once that is there. With errors nothing is pruned.
func Apply(ctx context.Context, to Place, documents []Document, o Options) error {
	a := applier{to: to, Options: o, created: map[string]bool{}}
	var failures failures
	for _, kind := range kinds {
		pending := slices.DeleteFunc(slices.Clone(documents), func(d Document) bool { return d.Kind != kind })
		failures = append(failures, a.all(ctx, pending)...)
	}
	if len(failures) > 0 || !o.Prune {
		return failures.err()
	}
	return a.prune(ctx, documents)
}

type applier struct {
	Options
	to      Place
	created map[string]bool // objects of which only a part was made so far
}

// all goes through what is left as long as that gets anywhere.
func (a *applier) all(ctx context.Context, pending []Document) []error {
	for {
		var left []Document
		var failures []error
		for _, d := range pending {
			if err := a.one(ctx, d); err != nil {
				left, failures = append(left, d), append(failures, d.failed(err))
			}
		}
		if len(left) == len(pending) && !a.begin(ctx, left) || len(left) == 0 {
			return failures
		}
		pending = left
	}
}

func (a *applier) one(ctx context.Context, d Document) error {
	before, err := a.to.Get(ctx, d.Kind, d.Name)
	isNew := hookflow.CodeOf(err) == hookflow.CodeNotFound
	if err != nil && !isNew {
		return err
	}
	action := Created
	if !isNew {
		if action, err = a.replace(ctx, d, before); err != nil {
			return err
		}
	} else if err := a.put(ctx, d); err != nil {
		return err
	}
	if a.created[d.String()] {
		action = Created
	}
	a.Tell(action, d.String())
	return nil
}

func (a *applier) replace(ctx context.Context, d Document, before value.Value) (Action, error) {
	kept := Document{Kind: d.Kind, Name: d.Name, Text: before}
	same, err := d.says(kept)
	switch {
	case err != nil:
		return "", err
	case same:
		return Unchanged, nil
	case a.DryRun:
		return Updated, nil
	}
	after, err := a.to.Put(ctx, d.Kind, d.Name, without(d.Text, timestamps...))
	if err == nil && kept.version() == (Document{Kind: d.Kind, Text: after}).version() {
		return Unchanged, nil
	}
	return Updated, err
}

func (a *applier) put(ctx context.Context, d Document) error {
	if a.DryRun {
		return nil
	}
	_, err := a.to.Put(ctx, d.Kind, d.Name, without(d.Text, timestamps...))
	return err
}

// begin makes one of the collections that lead to each other in a circle, without the fields that
// do so, and reports whether it could.
func (a *applier) begin(ctx context.Context, left []Document) bool {
	waiting := map[string]bool{}
	for _, d := range left {
		waiting[d.Name] = true
	}
	for _, d := range left {
		if d.Kind != Collection || a.created[d.String()] {
			continue
		}
		if _, err := a.to.Get(ctx, d.Kind, d.Name); hookflow.CodeOf(err) != hookflow.CodeNotFound {
			continue
		}
		part, isPart := d.apart(waiting)
		if isPart && a.put(ctx, part) == nil {
			a.created[d.String()] = true
			return true
		}
	}
	return false
}

// apart is a collection without the fields that lead to others that wait.
func (d Document) apart(waiting map[string]bool) (part Document, isPart bool) {
	var fields value.Array
	for _, field := range d.Text.Get("fields").Items() {
		if target := field.Get("options", "collection").Text(); target != d.Name && waiting[target] {
			isPart = true
			continue
		}
		fields.Append(field)
	}
	var text value.Object
	for name, member := range d.Text.Members() {
		text.Set(name, member)
	}
	d.Text = text.Set("fields", fields.Value()).Value()
	return d, isPart
}

// prune deletes what no document describes, in the reverse order of making it.
func (a *applier) prune(ctx context.Context, documents []Document) error {
	described := map[string]bool{}
	for _, d := range documents {
		described[d.String()] = true
	}
	for _, kind := range slices.Backward(kinds) {
		names, err := a.to.Names(ctx, kind)
		if err != nil {
			return err
		}
		names = slices.DeleteFunc(names, func(name string) bool { return described[Document{Kind: kind, Name: name}.String()] })
		if err := a.delete(ctx, kind, names); err != nil {
			return err
		}
	}
	return nil
}

// delete tries again what others lead to, once those are gone.
func (a *applier) delete(ctx context.Context, kind Kind, names []string) error {
	for {
		var left []string
		var failures []error
		for _, name := range names {
			d := Document{Kind: kind, Name: name}
			if err := a.drop(ctx, d); err != nil {
				left, failures = append(left, name), append(failures, fmt.Errorf("delete %s: %w", d, err))
				continue
			}
			a.Tell(Deleted, d.String())
		}
		if len(left) == 0 || len(left) == len(names) {
			return errors.Join(failures...)
		}
		names = left
	}
}

func (a *applier) drop(ctx context.Context, d Document) error {
	if a.DryRun {
		return nil
	}
	return a.to.Delete(ctx, d.Kind, d.Name)
}

package app

import (
	"context"
	"fmt"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/document"
	"github.com/hookflow/hookflow/internal/engine"
	"github.com/hookflow/hookflow/internal/notify"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/webhook"
	"github.com/hookflow/hookflow/internal/workflow"
)

// CheckWorkflow finds what is wrong with a workflow as far as the document alone can tell.
func CheckWorkflow(w hookflow.Workflow) []hookflow.Problem {
	_, problems := webhook.Compile(w)
	_, found := engine.Compile(&w)
	return append(problems, found...)
}

// Documents is the database as the place of documents.
func (a *App) Documents() document.Place { return documents{a} }

type documents struct{ app *App }

func (d documents) Names(ctx context.Context, kind document.Kind) ([]string, error) {
	switch kind {
	case document.Collection:
		found, err := d.app.Collections.List(ctx)
		return namesOf(found, func(c hookflow.Collection) string { return c.Name }), err
	case document.Channel:
		found, err := d.app.channels.List(ctx)
		return namesOf(found, func(c notify.Channel) string { return c.Key }), err
	default:
		return d.workflows(ctx)
	}
}

func namesOf[T any](list []T, name func(T) string) []string {
	names := make([]string, len(list))
	for i, item := range list {
		names[i] = name(item)
	}
	return names
}

func (d documents) workflows(ctx context.Context) ([]string, error) {
	var keys []string
	page := store.Page{Limit: store.MaxLimit}
	for {
		rows, next, err := d.app.Store.Workflows(ctx, page)
		if err != nil {
			return nil, err
		}
		keys = append(keys, namesOf(rows, func(w store.WorkflowRow) string { return w.Key })...)
		if next == "" {
			return keys, nil
		}
		page.Cursor = next
	}
}

func (d documents) Get(ctx context.Context, kind document.Kind, name string) (value.Value, error) {
	switch kind {
	case document.Collection:
		c, err := d.app.Collections.Get(ctx, name)
		if err != nil {
			return nil, err
		}
		return value.Of(c)
	case document.Channel:
		c, err := d.app.channels.Get(ctx, name)
		if err != nil {
			return nil, err
		}
		return textOfChannel(c)
	default:
		w, err := d.app.Workflows.Get(ctx, name)
		if err != nil {
			return nil, err
		}
		return d.app.Workflows.JSON(w), nil
	}
}

func textOfChannel(c notify.Channel) (value.Value, error) {
	text, err := value.Of(c)
	if err != nil {
		return nil, fmt.Errorf("write the channel %s: %w", c.Key, err)
	}
	var out value.Object
	for name, member := range text.Members() {
		out.Set(name, member)
	}
	updated, err := value.Of(c.UpdatedAt.UTC())
	return out.Set("updatedAt", updated).Value(), err
}

func (d documents) Put(ctx context.Context, kind document.Kind, name string, text value.Value) (value.Value, error) {
	var err error
	switch kind {
	case document.Collection:
		err = d.putCollection(ctx, text)
	case document.Channel:
		err = d.putChannel(ctx, text)
	default:
		err = d.putWorkflow(ctx, name, text)
	}
	if err != nil {
		return nil, err
	}
	return d.Get(ctx, kind, name)
}

func (d documents) putWorkflow(ctx context.Context, key string, text value.Value) error {
	decoded, err := workflow.Decode(text, key)
	if err == nil {
		_, err = d.app.Workflows.Save(ctx, decoded, workflow.Replace)
	}
	return err
}

func (d documents) putChannel(ctx context.Context, text value.Value) error {
	var c notify.Channel
	if problems := spec.DecodeJSON(text, &c); len(problems) > 0 {
		return hookflow.Invalid("the channel cannot be saved", problems...)
	}
	_, err := d.app.channels.Put(ctx, c)
	return err
}

func (d documents) putCollection(ctx context.Context, text value.Value) error {
	var c hookflow.Collection
	if problems := spec.DecodeJSON(text, &c); len(problems) > 0 {
		return hookflow.Invalid("the collection cannot be saved", problems...)
	}
	created, err := d.app.Collections.Save(ctx, c)
	if err != nil {
		return err
	}
	action := "update"
	if created {
		action = "create"
	}
	return d.record(ctx, action, c.Name)
}

func (d documents) Delete(ctx context.Context, kind document.Kind, name string) error {
	switch kind {
	case document.Collection:
		if err := d.app.Collections.Drop(ctx, name); err != nil {
			return err
		}
		return d.record(ctx, "delete", name)
	case document.Channel:
		return d.app.channels.Delete(ctx, name)
	default:
		return d.app.Workflows.Delete(ctx, name)
	}
}

// record notes a change of a collection, which is the one kind whose service does not.
func (d documents) record(ctx context.Context, action, name string) error {
	return d.app.Store.Write(ctx, func(tx *store.Tx) error {
		return auth.Record(tx, auth.Change{
			ID: d.app.Store.IDs().Next(), At: d.app.options.Clock(), Action: action, Kind: "collection", Object: name,
		})
	})
}

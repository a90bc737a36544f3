package collection

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Create is CreateIn in a write of its own. What this and the methods below write is audited.
func (s *Service) Create(ctx context.Context, collection string, values value.Value) (created value.Value, err error) {
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		if created, err = s.CreateIn(tx, Writer{}, collection, values); err != nil {
			return err
		}
		return s.auditCreated(tx, collection, created)
	})
	return created, err
}

// Record returns one record, or an error of CodeNotFound.
func (s *Service) Record(ctx context.Context, collection, id string) (found value.Value, err error) {
	err = s.view(ctx, func(r store.Reader) error {
		t, err := s.table(r, collection)
		if err == nil {
			found, err = t.one(r, id)
		}
		return err
	})
	return found, err
}

// Replace gives a record new values for all its fields, as if it were made now, and returns it. The
// id and the times may be sent along; they are passed over.
func (s *Service) Replace(ctx context.Context, collection, id string, values value.Value) (value.Value, error) {
	return s.rewrite(ctx, "replace", collection, id, func(t *table) ([]change, error) {
		r, problems := t.newRow(values, "", true)
		if err := invalid(badRecord, problems); err != nil {
			return nil, err
		}
		var all []change
		for _, c := range t.fields() {
			all = append(all, change{c, r[c.position]})
		}
		return all, nil
	})
}

// Patch gives a record new values for some of its fields and returns all of it. The id and the times
// may be sent along; they are passed over.
func (s *Service) Patch(ctx context.Context, collection, id string, values value.Value) (value.Value, error) {
	return s.rewrite(ctx, "update", collection, id, func(t *table) ([]change, error) {
		all, problems := t.changes(values, true)
		return all, invalid(badRecord, problems)
	})
}

func (s *Service) rewrite(ctx context.Context, action, collection, id string, values func(*table) ([]change, error)) (changed value.Value, err error) {
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		t, err := s.table(tx, collection)
		if err != nil {
			return err
		}
		all, err := values(t)
		if err != nil {
			return err
		}
		was, where, err := t.lookup(tx, id)
		if err != nil {
			return err
		}
		if _, err := s.update(tx, Writer{}, t, where, all); err != nil {
			return err
		}
		if changed, err = t.one(tx, id); err != nil {
			return err
		}
		return s.auditRecord(tx, action, collection, was, changed)
	})
	return changed, err
}

// Delete deletes one record; there being none is an error of CodeNotFound.
func (s *Service) Delete(ctx context.Context, collection, id string) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		t, err := s.table(tx, collection)
		if err != nil {
			return err
		}
		was, where, err := t.lookup(tx, id)
		if err != nil {
			return err
		}
		deleted, err := s.destroy(tx, Writer{}, t, where)
		switch {
		case err != nil:
			return err
		case deleted == 0: // it is gone since it was looked up
			return t.noRecord(id)
		default:
			return s.auditRecord(tx, "delete", collection, was, nil)
		}
	})
}

// lookup reads the record that is to be written, keeps others from writing it, and returns the
// condition that it alone meets.
func (t *table) lookup(tx *store.Tx, id string) (value.Value, condition, error) {
	where, err := t.withID(id)
	if err != nil {
		return nil, never, err
	}
	if _, _, err := t.touch(tx, where, nil); err != nil {
		return nil, never, err
	}
	was, err := t.one(tx, id)
	return was, where, err
}

// one reads one record.
func (t *table) one(r store.Reader, id string) (value.Value, error) {
	where, err := t.withID(id)
	if err != nil {
		return nil, err
	}
	p := plan{table: t, shown: t.columns, where: where, order: []sortKey{{t.columns[0], false}}}
	stored, into := scanner(len(t.columns))
	err = r.QueryRow(p.statement(t.columns), append(where.args, 1, 0)...).Scan(into...)
	switch {
	case errors.Is(err, store.ErrNoRows):
		return nil, t.noRecord(id)
	case err != nil:
		return nil, fmt.Errorf("read a record: %w", err)
	}
	return record(t.columns, stored), nil
}

// withID is met by the record of an id. What is no id is not worth asking the database.
func (t *table) withID(id string) (condition, error) {
	if parsed, err := hookflow.ParseID(id); err != nil || parsed == 0 {
		return never, t.noRecord(id)
	}
	return condition{"id = ?", []any{id}}, nil
}

func (t *table) noRecord(id string) error {
	return hookflow.Errorf(hookflow.CodeNotFound, "there is no record %s in %s", quote(id), t.collection.Name)
}

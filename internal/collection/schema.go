package collection

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Save creates the collection of a name, or changes it to what c says. Fields are known by their
// names; times in c are ignored. New fields, titles, defaults, options, order, indexes, unique and
// required can change; a field's type cannot yet, and a field that is left out is refused instead
// of losing its data: RenameField and DropField say what is meant. The tables and the catalogue
// change in one transaction, together or not at all.
func (s *Service) Save(ctx context.Context, c hookflow.Collection) (created bool, err error) {
	if err := invalid("the collection is not valid", check(&c)); err != nil {
		return false, err
	}
	err = s.change(ctx, func(e *edit) error {
		t := e.known.byName[c.Name]
		if created = t == nil; created {
			return e.create(&c)
		}
		return e.alter(t, &c)
	})
	if errors.Is(err, errUnchanged) {
		return false, nil
	}
	return created && err == nil, err
}

// SaveNew creates a collection; a name that is in use, case aside, is CodeConflict.
func (s *Service) SaveNew(ctx context.Context, c hookflow.Collection) error {
	if err := invalid("the collection is not valid", check(&c)); err != nil {
		return err
	}
	return s.change(ctx, func(e *edit) error { return e.create(&c) })
}

// errUnchanged takes back a change that is none.
var errUnchanged = errors.New("nothing to change")

// AddField adds a field at the end of a collection. Where it is required and records exist, they
// get its default.
func (s *Service) AddField(ctx context.Context, collection string, field hookflow.Field) error {
	return s.change(ctx, func(e *edit) error {
		t, err := e.known.table(collection)
		if err != nil {
			return err
		}
		c := t.document()
		c.Fields = append(c.Fields, field)
		if err := invalid("the field is not valid", check(&c)); err != nil {
			return err
		}
		return e.alter(t, &c)
	})
}

// Rename gives a collection another name.
func (s *Service) Rename(ctx context.Context, from, to string) error {
	return s.change(ctx, func(e *edit) error {
		t, err := e.known.table(from)
		if err != nil {
			return err
		}
		if !namePattern.MatchString(to) {
			return hookflow.Invalid("the name is not valid", hookflow.Problem{Pointer: "/name", Detail: badName})
		}
		if err := e.free(to, t); err != nil {
			return err
		}
		e.tx.Queue(`UPDATE hf_collections SET name = ?, updated_at = ? WHERE id = ?`, to, e.now, t.id)
		return nil
	})
}

// RenameField gives a field another name; its data stays.
func (s *Service) RenameField(ctx context.Context, collection, from, to string) error {
	return s.change(ctx, func(e *edit) error {
		t, column, err := e.field(collection, from)
		if err != nil {
			return err
		}
		c := t.document()
		renamed := &c.Fields[column.position-1]
		renamed.Name = to
		if err := invalid("the name is not valid", check(&c)); err != nil {
			return err
		}
		e.writeField(t, column, renamed, column.position-1)
		e.touch(t)
		return nil
	})
}

// DropField deletes a field and its data.
func (s *Service) DropField(ctx context.Context, collection, field string) error {
	return s.change(ctx, func(e *edit) error {
		t, column, err := e.field(collection, field)
		if err != nil {
			return err
		}
		return e.dropField(t, column)
	})
}

// Drop deletes a collection and its records.
func (s *Service) Drop(ctx context.Context, collection string) error {
	return s.change(ctx, func(e *edit) error {
		t, err := e.known.table(collection)
		if err != nil {
			return err
		}
		e.tx.Queue(`DELETE FROM hf_fields WHERE collection_id = ?`, t.id)
		e.tx.Queue(`DELETE FROM hf_collections WHERE id = ?`, t.id)
		return e.ddl("DROP TABLE " + t.physical)
	})
}

// edit is one change of the schema, in its transaction.
type edit struct {
	tx    *store.Tx
	ids   *hookflow.IDs
	known *catalogue
	now   int64
}

// change runs do on the newest catalogue and makes the outcome known.
func (s *Service) change(ctx context.Context, do func(*edit) error) error {
	return s.store.Schema(ctx, func(tx *store.Tx) error {
		before, err := load(tx, s.postgres())
		if err != nil {
			return err
		}
		if err := do(&edit{tx, s.store.IDs(), before, s.clock().UnixMicro()}); err != nil {
			return err
		}
		after, err := load(tx, s.postgres())
		if err != nil {
			return err
		}
		tx.OnCommit(func() { s.known.Store(after) })
		tx.Notify(topic)
		return nil
	})
}

func (e *edit) field(collection, name string) (*table, *column, error) {
	t, err := e.known.table(collection)
	if err != nil {
		return nil, nil, err
	}
	c := t.byName[name]
	if c == nil || c.system {
		return nil, nil, hookflow.Errorf(hookflow.CodeNotFound, "%s has no field %s", collection, quote(name))
	}
	return t, c, nil
}

// free makes sure that no other collection has a name, case aside.
func (e *edit) free(name string, but *table) error {
	for _, t := range e.known.tables {
		if t != but && strings.EqualFold(t.collection.Name, name) {
			return hookflow.Errorf(hookflow.CodeConflict, "there is a collection %s already", t.collection.Name)
		}
	}
	return nil
}

func (e *edit) create(c *hookflow.Collection) error {
	if err := e.free(c.Name, nil); err != nil {
		return err
	}
	if len(e.known.tables) >= MaxCollections {
		return hookflow.Errorf(hookflow.CodeTooLarge, "there are %d collections already, which is the most", MaxCollections)
	}
	t := newTable(e.ids.Next())
	t.postgres = e.postgres()
	e.tx.Queue(`INSERT INTO hf_collections (id, name, document, created_at, updated_at) VALUES (?, ?, ?, ?, ?)`,
		t.id, c.Name, document(c), e.now, e.now)
	if err := e.ddl(t.createTable()); err != nil {
		return err
	}
	for i := range c.Fields {
		if err := e.addField(t, &c.Fields[i], i); err != nil {
			return err
		}
	}
	return nil
}

// alter makes t what c says, by the smallest change.
func (e *edit) alter(t *table, c *hookflow.Collection) error {
	if problems := t.refused(c); len(problems) > 0 {
		return invalid("the collection cannot change so", problems)
	}
	if t.is(c) {
		return errUnchanged
	}
	for i := range c.Fields {
		wanted := &c.Fields[i]
		var err error
		if column := t.byName[wanted.Name]; column == nil {
			err = e.addField(t, wanted, i)
		} else {
			err = e.alterField(t, column, wanted, i)
		}
		if err != nil {
			return err
		}
	}
	e.tx.Queue(`UPDATE hf_collections SET document = ?, updated_at = ? WHERE id = ?`, document(c), e.now, t.id)
	return nil
}

// is reports whether the collection is what c says.
func (t *table) is(c *hookflow.Collection) bool {
	same := func(column *column, f hookflow.Field) bool { return document(&column.Field) == document(&f) }
	return t.collection.Title == c.Title && slices.EqualFunc(t.fields(), c.Fields, same)
}

// refused are the changes that need more than Save can do.
func (t *table) refused(c *hookflow.Collection) []hookflow.Problem {
	var problems []hookflow.Problem
	left := map[string]bool{}
	for i := range c.Fields {
		wanted := &c.Fields[i]
		left[wanted.Name] = true
		if column := t.byName[wanted.Name]; column != nil && column.Type != wanted.Type {
			problems = append(problems, hookflow.Problem{
				Pointer: "/fields" + item(i) + "/type",
				Detail:  fmt.Sprintf("changing a field's type is not available yet: it is %s", column.Type),
			})
		}
	}
	for _, column := range t.fields() {
		if !left[column.Name] {
			problems = append(problems, hookflow.Problem{
				Pointer: "/fields",
				Detail:  fmt.Sprintf("field %s is missing: leaving a field out does not delete it; delete or rename it expressly", column.Name),
			})
		}
	}
	return problems
}

// addField makes a column. Records that exist get the default only where the field is required: a
// default is for new records.
func (e *edit) addField(t *table, f *hookflow.Field, position int) error {
	c := &column{Field: *f, id: e.ids.Next(), typ: types[f.Type]}
	c.physical = "c_" + c.id.String()
	if err := e.ddl("ALTER TABLE " + t.physical + " ADD COLUMN " + c.physical + " " + c.columnType(t.postgres)); err != nil {
		return err
	}
	e.tx.Queue(`INSERT INTO hf_fields (id, collection_id, name, physical, position, document) VALUES (?, ?, ?, ?, ?, ?)`,
		c.id, t.id, f.Name, c.physical, position, document(f))
	if err := e.require(t, c, position); err != nil {
		return err
	}
	return e.index(t, c, position)
}

// require fills what is missing in a required column, or refuses. From then on records are checked
// before they are written; PostgreSQL checks too, since a process that has not heard of the change
// may still write.
func (e *edit) require(t *table, c *column, position int) error {
	if !c.Required {
		return nil
	}
	var missing int64
	if err := e.tx.QueryRow("SELECT COUNT(*) FROM " + t.physical + " WHERE " + c.physical + " IS NULL").Scan(&missing); err != nil {
		return fmt.Errorf("look for records without %s: %w", c.Name, err)
	}
	if missing > 0 {
		fallback, err := c.accept(value.Value(c.Default))
		if err != nil {
			return err
		}
		if fallback == nil {
			return hookflow.Invalid("the collection cannot change so", hookflow.Problem{
				Pointer: "/fields" + item(position) + "/required",
				Detail:  fmt.Sprintf("%d records have no value: give them one, or the field a default", missing),
			})
		}
		if _, err := e.tx.Exec("UPDATE "+t.physical+" SET "+c.physical+" = ? WHERE "+c.physical+" IS NULL", fallback); err != nil {
			return t.failed(err, "/fields"+item(position))
		}
	}
	return e.notNull(t, c, true)
}

func (e *edit) alterField(t *table, c *column, wanted *hookflow.Field, position int) error {
	next := *c
	next.Field = *wanted
	if c.Required && !wanted.Required {
		if err := e.notNull(t, c, false); err != nil {
			return err
		}
	}
	if !c.Required {
		if err := e.require(t, &next, position); err != nil {
			return err
		}
	}
	if c.indexKind() != next.indexKind() {
		if err := e.dropIndex(c); err != nil {
			return err
		}
		if err := e.index(t, &next, position); err != nil {
			return err
		}
	}
	e.writeField(t, c, wanted, position)
	return nil
}

func (e *edit) dropField(t *table, c *column) error {
	if err := e.dropIndex(c); err != nil {
		return err
	}
	if err := e.ddl("ALTER TABLE " + t.physical + " DROP COLUMN " + c.physical); err != nil {
		return err
	}
	e.tx.Queue(`DELETE FROM hf_fields WHERE id = ?`, c.id)
	e.tx.Queue(`UPDATE hf_fields SET position = position - 1 WHERE collection_id = ? AND position >= ?`, t.id, c.position)
	e.touch(t)
	return nil
}

func (e *edit) writeField(t *table, c *column, f *hookflow.Field, position int) {
	e.tx.Queue(`UPDATE hf_fields SET name = ?, position = ?, document = ? WHERE id = ? AND collection_id = ?`,
		f.Name, position, document(f), c.id, t.id)
}

func (e *edit) touch(t *table) {
	e.tx.Queue(`UPDATE hf_collections SET updated_at = ? WHERE id = ?`, e.now, t.id)
}

// document is what the catalogue keeps of a collection or a field, as JSON.
func document(of any) string {
	if c, ok := of.(*hookflow.Collection); ok {
		of = struct {
			Title string `json:"title,omitempty"`
		}{c.Title}
	}
	text, err := value.Of(of)
	if err != nil { // a default that is not JSON, which check has refused
		panic(err)
	}
	return string(text)
}

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

// Options of a Change.
type Options struct {
	Drop   bool // fields that are left out are deleted with what they hold
	DryRun bool // everything is tried and told, and then taken back
}

// SchemaChange is what a Change does, or would do.
type SchemaChange struct {
	Created  bool               `json:"created" doc:"The collection is new" zh:"是否新建数据表"`
	Changes  []SchemaStep       `json:"changes" doc:"In their order" zh:"变更步骤，按顺序"`
	Problems []hookflow.Problem `json:"problems,omitempty" doc:"Why it cannot be done" zh:"无法执行的原因"`
}

// SchemaStep is one part of a Change.
type SchemaStep struct {
	Action  string `json:"action" enum:"create,rename,add,retype,set,drop,reorder,title" doc:"What is done" zh:"操作"`
	Field   string `json:"field,omitempty" doc:"Name of the field; none: the collection" zh:"字段名；为空表示数据表本身"`
	From    string `json:"from,omitempty" doc:"Name or type before" zh:"原名称或类型"`
	To      string `json:"to,omitempty" doc:"Name or type after" zh:"新名称或类型"`
	Records int64  `json:"records" doc:"How many records' values are converted, filled in or lost" zh:"值被转换、填充或丢失的记录数"`
}

// Actions of a SchemaStep.
const (
	ActionCreate  = "create"  // the collection
	ActionRename  = "rename"  // the collection, or a field
	ActionAdd     = "add"     // a field
	ActionRetype  = "retype"  // a field, with its values
	ActionSet     = "set"     // other settings of a field
	ActionDrop    = "drop"    // a field with its values
	ActionReorder = "reorder" // the fields
	ActionTitle   = "title"   // of the collection
)

// Change creates the collection of a name, or makes it what c says. A field is known by its id, else
// by its name, else by its previous name. Values are converted to a new type as they are, or the
// change is refused with examples of those that cannot be; a field that is left out is refused too
// unless Options say what is meant. Records, tables and catalogue change in one transaction, together
// or not at all, while others wait with their writes to the collection.
func (s *Service) Change(ctx context.Context, c hookflow.Collection, o Options) (SchemaChange, error) {
	done := SchemaChange{Changes: []SchemaStep{}}
	problems := check(&c)
	if len(problems) == 0 {
		err := s.change(ctx, func(e *edit) error {
			e.Options = o
			err := e.save(&c)
			if done = e.outcome; err == nil && (o.DryRun || len(done.Changes) == 0) {
				err = errTakenBack
			}
			return err
		})
		switch {
		case err == nil || errors.Is(err, errTakenBack):
			return done, nil
		case !o.DryRun || !refusal(err, &problems):
			return SchemaChange{}, err
		}
	}
	if !o.DryRun {
		return SchemaChange{}, invalid("the collection is not valid", problems)
	}
	done.Problems = problems
	return done, nil
}

// refusal takes the problems of an error that has some.
func refusal(err error, problems *[]hookflow.Problem) bool {
	var e *hookflow.Error
	if !errors.As(err, &e) || e.Code != hookflow.CodeInvalid && e.Code != hookflow.CodeConflict && e.Code != hookflow.CodeTooLarge {
		return false
	}
	if *problems = e.Problems; len(e.Problems) == 0 {
		*problems = []hookflow.Problem{{Detail: e.Message}}
	}
	return true
}

// Save is Change that loses nothing.
func (s *Service) Save(ctx context.Context, c hookflow.Collection) (created bool, err error) {
	done, err := s.Change(ctx, c, Options{})
	return done.Created, err
}

// SaveNew creates a collection; a name that is in use, case aside, is CodeConflict.
func (s *Service) SaveNew(ctx context.Context, c hookflow.Collection) error {
	if err := invalid("the collection is not valid", check(&c)); err != nil {
		return err
	}
	return s.change(ctx, func(e *edit) error { return e.create(&c) })
}

// errTakenBack takes back a change that is none, or that was only tried.
var errTakenBack = errors.New("taken back")

// Drop deletes a collection and its records. While fields of others lead to it, that is CodeConflict.
func (s *Service) Drop(ctx context.Context, collection string) error {
	return s.change(ctx, func(e *edit) error {
		t, err := e.known.table(collection)
		if err != nil {
			return err
		}
		for _, c := range e.known.leadingTo(t) {
			if c.table != t {
				return hookflow.Errorf(hookflow.CodeConflict, "field %s of %s leads to %s: delete it first", c.Name, c.table.collection.Name, collection)
			}
		}
		e.table = t.id
		e.tx.Queue(`DELETE FROM hf_fields WHERE collection_id = ?`, t.id)
		e.tx.Queue(`DELETE FROM hf_collections WHERE id = ?`, t.id)
		e.tx.Queue(`DELETE FROM hf_record_history WHERE collection_id = ?`, t.id)
		return e.ddl("DROP TABLE " + t.physical)
	})
}

// edit is one change of the schema, in its transaction.
type edit struct {
	Options
	tx       *store.Tx
	ids      *hookflow.IDs
	known    *catalogue
	now      int64
	name     string // that the collection will have
	table    hookflow.ID
	outcome  SchemaChange
	problems []hookflow.Problem
	clashes  int // of the problems, those that are conflicts between records
}

// change runs do on the newest catalogue and makes the outcome known.
func (s *Service) change(ctx context.Context, do func(*edit) error) error {
	return s.store.Schema(ctx, func(tx *store.Tx) error {
		before, err := load(tx, s.postgres())
		if err != nil {
			return err
		}
		e := &edit{tx: tx, ids: s.store.IDs(), known: before, now: s.clock().UnixMicro(), outcome: SchemaChange{Changes: []SchemaStep{}}}
		if err := do(e); err != nil {
			return err
		}
		after, err := load(tx, s.postgres())
		if err != nil {
			return err
		}
		if err := s.auditSchema(tx, before.byID(e.table), after.byID(e.table)); err != nil {
			return err
		}
		tx.OnCommit(func() { s.known.Store(after) })
		tx.Notify(topic)
		return nil
	})
}

func (e *edit) step(action, field, from, to string, records int64) {
	e.outcome.Changes = append(e.outcome.Changes, SchemaStep{action, field, from, to, records})
}

func (e *edit) refuse(at, format string, args ...any) {
	e.problems = append(e.problems, hookflow.Problem{Pointer: at, Detail: fmt.Sprintf(format, args...)})
}

// verdict is the error of the problems so far.
func (e *edit) verdict() error {
	err := invalid("the collection cannot change so", e.problems)
	var refused *hookflow.Error
	if errors.As(err, &refused) && e.clashes == len(e.problems) {
		refused.Code = hookflow.CodeConflict
	}
	return err
}

// save creates or alters the collection that c describes.
func (e *edit) save(c *hookflow.Collection) error {
	t := e.known.byName[c.Name]
	if t == nil && c.PreviousName != "" {
		t = e.known.byName[c.PreviousName]
	}
	if t == nil {
		return e.create(c)
	}
	return e.alter(t, c)
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
	e.table = t.id
	t.postgres, t.collection.Name = e.postgres(), c.Name
	e.checkTargets(t, c)
	if err := e.verdict(); err != nil {
		return err
	}
	e.outcome.Created = true
	e.step(ActionCreate, "", "", c.Name, 0)
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
	return e.verdict()
}

// document is what the catalogue keeps of a collection or a field, as JSON: what has no column there.
func document(of any) string {
	switch known := of.(type) {
	case *hookflow.Collection:
		of = struct {
			Title string `json:"title,omitempty"`
		}{known.Title}
	case *hookflow.Field:
		kept := *known
		kept.ID, kept.PreviousName = "", ""
		of = kept
	}
	text, err := value.Of(of)
	if err != nil { // a default that is not JSON, which check has refused
		panic(err)
	}
	return string(text)
}

// checkTargets refuses relations that lead to nothing. t is the collection that c is to become.
func (e *edit) checkTargets(t *table, c *hookflow.Collection) {
	e.name = c.Name
	for i := range c.Fields {
		f := &c.Fields[i]
		if f.Type != relationType.name {
			continue
		}
		at := "/fields" + item(i) + "/options"
		target := e.target(t, f)
		switch {
		case target == nil:
			e.refuse(at+"/collection", "there is no collection %s", quote(f.Options.Collection))
		case f.Options.Kind == kindMany && !leadsBack(target, f.Options.Field, t, c):
			e.refuse(at+"/field", "must be a relation of kind one in %s that leads to this collection", f.Options.Collection)
		}
	}
}

// target is the table that a relation of t leads to, when t has the name that it is to have.
func (e *edit) target(t *table, f *hookflow.Field) *table {
	if f.Options.Collection == e.name {
		return t
	}
	if known := e.known.byName[f.Options.Collection]; known != t {
		return known
	}
	return nil
}

func leadsBack(target *table, field string, t *table, c *hookflow.Collection) bool {
	if target != t {
		back := target.byName[field]
		return back != nil && back.target == t
	}
	return slices.ContainsFunc(c.Fields, func(f hookflow.Field) bool {
		return f.Name == field && f.Type == relationType.name && f.Options != nil && f.Options.Kind != kindMany && f.Options.Collection == c.Name
	})
}

// leading is a relation with the table that it stands in.
type leading struct {
	*column
	table *table
}

// leadingTo are the relations that lead to a table.
func (c *catalogue) leadingTo(target *table) []leading {
	var all []leading
	for _, t := range c.tables {
		for _, field := range t.all {
			if field.target == target {
				all = append(all, leading{field, t})
			}
		}
	}
	return all
}

package collection

import (
	"fmt"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const badRecord = "the record does not fit its collection"

// Everything is the filter that all records meet. Updates and deletions refuse a missing filter, so
// that a variable without a value never means every record.
var Everything = value.Raw(`{"all":[]}`)

// CreateIn adds a record, or a list of at most MaxList of them, and returns it as it is stored. An
// error is of CodeNotFound (no such collection), CodeInvalid (with all problems, nothing is written)
// or CodeConflict (a unique value exists, the transaction must fail).
func (s *Service) CreateIn(tx *store.Tx, by Writer, collection string, values value.Value) (value.Value, error) {
	t, err := s.table(tx, collection)
	if err != nil {
		return nil, err
	}
	return s.create(tx, by, t, values)
}

// UpsertIn is CreateIn that changes the record which has the same value in a unique field, where
// there is one: the fields that are given get their values, the others keep theirs.
func (s *Service) UpsertIn(tx *store.Tx, by Writer, collection string, values value.Value, fields []string) (value.Value, error) {
	t, err := s.table(tx, collection)
	if err != nil {
		return nil, err
	}
	key, err := t.upsertKey(fields)
	if err != nil {
		return nil, err
	}
	return s.write(tx, t, values, func(r newRow, at string) (value.Value, error) {
		return s.upsert(tx, by, t, key, r, at)
	})
}

// newRow is a checked row, with the record that it was made of.
type newRow struct {
	row
	given value.Value
}

func (s *Service) create(tx *store.Tx, by Writer, t *table, values value.Value) (value.Value, error) {
	return s.write(tx, t, values, func(r newRow, at string) (value.Value, error) {
		return s.insert(tx, by, t, r, at)
	})
}

// write checks a record or a list, and writes each.
func (s *Service) write(tx *store.Tx, t *table, values value.Value, write func(r newRow, at string) (value.Value, error)) (value.Value, error) {
	listed := values.Kind() == value.KindArray
	at := func(i int) string {
		if !listed {
			return ""
		}
		return item(i)
	}
	rows, err := t.newRows(tx, values, at)
	if err != nil {
		return nil, err
	}
	var created value.Array
	for i, r := range rows {
		one, err := write(r, at(i))
		if err != nil || !listed {
			return one, err
		}
		created.Append(one)
	}
	return created.Value(), nil
}

// newRows checks a record or a list; each stands at a pointer.
func (t *table) newRows(reader store.Reader, values value.Value, at func(int) string) ([]newRow, error) {
	all := []value.Value{values}
	if values.Kind() == value.KindArray {
		all = nil
		for i, v := range values.Items() {
			if i == MaxList {
				return nil, hookflow.Errorf(hookflow.CodeTooLarge, "a list of more than %d records", MaxList)
			}
			all = append(all, v)
		}
	}
	var rows []newRow
	var problems []hookflow.Problem
	for i, v := range all {
		r, wrong := t.newRow(v, at(i), false)
		rows, problems = append(rows, newRow{r, v}), append(problems, wrong...)
		if len(problems) >= maxProblems {
			break
		}
	}
	if len(problems) == 0 {
		var err error
		if problems, err = t.dangling(reader, rows, at); err != nil {
			return nil, err
		}
	}
	message := badRecord
	if values.Kind() == value.KindArray {
		message = "records do not fit their collection"
	}
	return rows, invalid(message, problems)
}

// insert writes a checked row. Only where the database may refuse it is it asked for the outcome at
// once: elsewhere nothing is expected to fail, and PostgreSQL gets the statement with the next ones.
func (s *Service) insert(tx *store.Tx, by Writer, t *table, r newRow, at string) (value.Value, error) {
	if err := s.complete(tx, t, r.row, at); err != nil {
		return nil, err
	}
	if !t.fallible {
		tx.Queue(t.insert, r.row...)
	} else if _, err := tx.Exec(t.insert, r.row...); err != nil {
		return nil, t.failed(err, at)
	}
	s.created(tx, by, t, r.row)
	return record(t.columns, r.row), nil
}

// complete gives a row its id, its times and its files.
func (s *Service) complete(tx *store.Tx, t *table, r row, at string) error {
	now := s.clock().UnixMicro()
	last := len(r) - 1
	r[0], r[last-1], r[last] = s.store.IDs().Next().String(), now, now
	return s.keepFiles(tx, t, r, at)
}

// upsertKey is the field that tells which record to change.
func (t *table) upsertKey(by []string) (*column, error) {
	refuse := func(format string, args ...any) error {
		return hookflow.Invalid("the records cannot be told apart", hookflow.Problem{Pointer: "/upsertBy", Detail: fmt.Sprintf(format, args...)})
	}
	if len(by) != 1 {
		return nil, refuse("must name one unique field: nothing keeps two records from having the same values in several")
	}
	switch c := t.byName[by[0]]; {
	case c == nil:
		return nil, refuse("there is no field %s", quote(by[0]))
	case !c.Unique:
		return nil, refuse("field %s is not unique: make it so, or query and update", c.Name)
	default:
		return c, nil
	}
}

// upsert lets the database decide, in one statement, whether the record is new.
func (s *Service) upsert(tx *store.Tx, by Writer, t *table, key *column, r newRow, at string) (value.Value, error) {
	if r.row[key.position] == nil {
		return nil, hookflow.Invalid(badRecord, problem(at, key.Name, errRequired))
	}
	if err := s.complete(tx, t, r.row, at); err != nil {
		return nil, err
	}
	changes := t.upserted(key, r, at)
	there, _, err := t.touch(tx, condition{key.physical + " = ?", []any{r.row[key.position]}}, changes)
	if err != nil {
		return nil, err
	}
	sql := t.insert + " ON CONFLICT (" + key.physical + ") DO UPDATE SET "
	for _, c := range changes {
		sql += c.column.physical + " = excluded." + c.column.physical + ", "
	}
	sql += "updated_at = excluded.updated_at RETURNING " + t.selected(t.columns)
	stored, into := scanner(len(t.columns))
	if err := tx.ExecRow(sql, r.row...).Scan(into...); err != nil {
		return nil, t.failed(err, at)
	}
	switch {
	case stored[0] == r.row[0]:
		s.created(tx, by, t, r.row)
	case len(there) == 0: // it was created in between, so nobody has seen it as it was
		there = []touched{{record: recordID(stored)}}
		fallthrough
	default:
		s.wrote(tx, by, t, ActionUpdated, there)
	}
	return record(t.columns, stored), nil
}

// upserted is what an upsert changes of a record that is there.
func (t *table) upserted(key *column, r newRow, at string) (all []change) {
	given, _ := t.given(r.given, at, false)
	for _, c := range t.fields() {
		if given[c.position].Kind() != value.KindMissing && c != key {
			all = append(all, change{c, r.row[c.position]})
		}
	}
	return all
}

// UpdateIn changes the records that meet a filter, and returns how many did.
func (s *Service) UpdateIn(tx *store.Tx, by Writer, collection string, filter, values value.Value) (int64, error) {
	t, err := s.table(tx, collection)
	if err != nil {
		return 0, err
	}
	where, err := t.required(filter)
	if err != nil {
		return 0, err
	}
	changes, problems := t.changes(values, false)
	if err := invalid(badRecord, problems); err != nil {
		return 0, err
	}
	return s.update(tx, by, t, where, changes)
}

func (s *Service) update(tx *store.Tx, by Writer, t *table, where condition, changes []change) (count int64, err error) {
	if err := t.leads(tx, changes); err != nil {
		return 0, err
	}
	for i, c := range changes {
		if changes[i].stored, err = s.keepFile(tx, c.column, c.stored, ""); err != nil {
			return 0, err
		}
	}
	return s.rewriting(tx, by, t, ActionUpdated, where, changes, func(where condition) (int64, error) {
		count, err := tx.Exec(t.updating(changes)+where.sql, s.updated(changes, where)...)
		if err != nil {
			return 0, t.failed(err, "")
		}
		return count, nil
	})
}

// updating is an UPDATE without its condition.
func (t *table) updating(changes []change) string {
	var sql strings.Builder
	sql.WriteString("UPDATE " + t.physical + " SET ")
	for _, c := range changes {
		sql.WriteString(c.column.physical + " = ?, ")
	}
	sql.WriteString("updated_at = ? WHERE ")
	return sql.String()
}

func (s *Service) updated(changes []change, where condition) []any {
	args := make([]any, 0, len(changes)+1+len(where.args))
	for _, c := range changes {
		args = append(args, c.stored)
	}
	return append(append(args, s.clock().UnixMicro()), where.args...)
}

// rewriting changes or deletes the records that meet a condition by write, which is given those that
// are to be written, and notes it.
func (s *Service) rewriting(tx *store.Tx, by Writer, t *table, action string, where condition, changes []change, write func(condition) (int64, error)) (count int64, err error) {
	found, more, err := t.touch(tx, where, changes)
	if err != nil {
		return 0, err
	}
	parts := chunks(found)
	if more {
		parts = []condition{where}
	}
	for _, part := range parts {
		written, err := write(part)
		if err != nil {
			return 0, err
		}
		count += written
	}
	s.wrote(tx, by, t, action, found)
	return count, nil
}

// leads makes sure that changed relations lead to records.
func (t *table) leads(r store.Reader, changes []change) error {
	changed := newRow{row: make(row, len(t.columns))}
	for _, c := range changes {
		changed.row[c.column.position] = c.stored
	}
	problems, err := t.dangling(r, []newRow{changed}, func(int) string { return "" })
	if err != nil {
		return err
	}
	return invalid(badRecord, problems)
}

// DestroyIn deletes the records that meet a filter, and returns how many did. Those that relations
// delete along with them do not count.
func (s *Service) DestroyIn(tx *store.Tx, by Writer, collection string, filter value.Value) (int64, error) {
	t, err := s.table(tx, collection)
	if err != nil {
		return 0, err
	}
	where, err := t.required(filter)
	if err != nil {
		return 0, err
	}
	return s.destroy(tx, by, t, where)
}

func (s *Service) destroy(tx *store.Tx, by Writer, t *table, where condition) (int64, error) {
	emptied := make([]change, 0, len(t.fields()))
	for _, c := range t.fields() {
		emptied = append(emptied, change{column: c})
	}
	return s.rewriting(tx, by, t, ActionDeleted, where, emptied, func(where condition) (int64, error) {
		count, err := tx.Exec("DELETE FROM "+t.physical+" WHERE "+where.sql, where.args...)
		switch {
		case store.IsForeign(err):
			return 0, conflict(err, "a record of %s cannot be deleted: other records lead to it", t.collection.Name)
		case err != nil:
			return 0, fmt.Errorf("delete records: %w", err)
		default:
			return count, nil
		}
	})
}

// required compiles the filter of a write.
func (t *table) required(filter value.Value) (condition, error) {
	if filter.IsNull() {
		return condition{}, hookflow.Invalid("a filter is needed", hookflow.Problem{Pointer: "/filter", Detail: errRequired.Error()})
	}
	return t.filter(filter, "/filter")
}

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
func (s *Service) CreateIn(tx *store.Tx, collection string, values value.Value) (value.Value, error) {
	t, err := s.table(tx, collection)
	if err != nil {
		return nil, err
	}
	if values.Kind() == value.KindArray {
		return s.createAll(tx, t, values)
	}
	r, problems := t.newRow(values, "", false)
	if err := invalid(badRecord, problems); err != nil {
		return nil, err
	}
	return s.insert(tx, t, r, "")
}

func (s *Service) createAll(tx *store.Tx, t *table, values value.Value) (value.Value, error) {
	var rows []row
	var problems []hookflow.Problem
	for i, v := range values.Items() {
		if i == MaxList {
			return nil, hookflow.Errorf(hookflow.CodeTooLarge, "a list of more than %d records", MaxList)
		}
		r, wrong := t.newRow(v, item(i), false)
		rows, problems = append(rows, r), append(problems, wrong...)
		if len(problems) >= maxProblems {
			break
		}
	}
	if err := invalid("records do not fit their collection", problems); err != nil {
		return nil, err
	}
	var created value.Array
	for i, r := range rows {
		one, err := s.insert(tx, t, r, item(i))
		if err != nil {
			return nil, err
		}
		created.Append(one)
	}
	return created.Value(), nil
}

// insert writes a checked row. Only a table with unique fields is asked for the outcome at once:
// elsewhere nothing is expected to fail, and PostgreSQL gets the statement with the next ones.
func (s *Service) insert(tx *store.Tx, t *table, r row, at string) (value.Value, error) {
	now := s.clock().UnixMicro()
	last := len(r) - 1
	r[0], r[last-1], r[last] = s.store.IDs().Next().String(), now, now
	if !t.unique {
		tx.Queue(t.insert, r...)
		return record(t.columns, r), nil
	}
	if _, err := tx.Exec(t.insert, r...); err != nil {
		return nil, t.failed(err, at)
	}
	return record(t.columns, r), nil
}

// UpdateIn changes the records that meet a filter, and returns how many did.
func (s *Service) UpdateIn(tx *store.Tx, collection string, filter, values value.Value) (int64, error) {
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
	return s.update(tx, t, where, changes)
}

func (s *Service) update(tx *store.Tx, t *table, where condition, changes []change) (int64, error) {
	var sql strings.Builder
	args := make([]any, 0, len(changes)+1+len(where.args))
	sql.WriteString("UPDATE " + t.physical + " SET ")
	for _, c := range changes {
		sql.WriteString(c.column.physical + " = ?, ")
		args = append(args, c.stored)
	}
	sql.WriteString("updated_at = ? WHERE " + where.sql)
	args = append(append(args, s.clock().UnixMicro()), where.args...)
	count, err := tx.Exec(sql.String(), args...)
	if err != nil {
		return 0, t.failed(err, "")
	}
	return count, nil
}

// DestroyIn deletes the records that meet a filter, and returns how many did.
func (s *Service) DestroyIn(tx *store.Tx, collection string, filter value.Value) (int64, error) {
	t, err := s.table(tx, collection)
	if err != nil {
		return 0, err
	}
	where, err := t.required(filter)
	if err != nil {
		return 0, err
	}
	count, err := tx.Exec("DELETE FROM "+t.physical+" WHERE "+where.sql, where.args...)
	if err != nil {
		return 0, fmt.Errorf("delete records: %w", err)
	}
	return count, nil
}

// required compiles the filter of a write.
func (t *table) required(filter value.Value) (condition, error) {
	if filter.IsNull() {
		return condition{}, hookflow.Invalid("a filter is needed", hookflow.Problem{Pointer: "/filter", Detail: errRequired.Error()})
	}
	return t.filter(filter, "/filter")
}

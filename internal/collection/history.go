package collection

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Bounds of what is kept of the writes of records.
const (
	MaxHistory  = 100                 // changes of one record, beside its creation and its end
	HistoryLife = 30 * 24 * time.Hour // of the history of a record that was deleted
	maxTraced   = MaxList             // records of one update or deletion that get an entry
	maxChange   = 4 << 10             // bytes of one value in an entry; longer ones are cut
	maxChanges  = 16 << 20            // bytes of the values that one update or deletion keeps
)

// What was done to a record.
const (
	ActionCreated = "created"
	ActionUpdated = "updated"
	ActionDeleted = "deleted"
)

// Writer is who writes records: a node of an execution. The zero Writer is whoever acts in the
// context of the transaction.
type Writer struct {
	Workflow  hookflow.ID
	Execution hookflow.ID
	Node      string // key
}

// Entry is one write of a record. Who wrote is either the execution with its node and workflow, or
// the actor.
type Entry struct {
	ID        hookflow.ID // of a creation, that of the record
	Record    hookflow.ID
	At        time.Time
	Action    string // created, updated or deleted
	Workflow  string // key
	Execution hookflow.ID
	Node      string // key
	Actor     auth.Principal
	Changes   value.Value // [before, after] by field, long values cut to {truncated, bytes, head}; missing when it is not known
}

// The statements of entries: one by a node, the other by an actor.
const (
	insertByNode = `
		INSERT INTO hf_record_history (collection_id, record_id, id, at, action, workflow_id, execution_id, node, changes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertByActor = `
		INSERT INTO hf_record_history (collection_id, record_id, id, at, action, actor_type, actor_id, actor_name, changes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

// created notes a new record. What it holds is not kept a second time: History finds it.
func (s *Service) created(tx *store.Tx, by Writer, t *table, r row) {
	record := recordID(r)
	s.note(tx, by, t, record, record, ActionCreated, nil)
}

// recordID is the id of a row that begins with it.
func recordID(r row) hookflow.ID {
	text, _ := r[0].(string)
	id, _ := hookflow.ParseID(text) // only complete makes them
	return id
}

func (s *Service) note(tx *store.Tx, by Writer, t *table, record, entry hookflow.ID, action string, changes value.Value) {
	var kept any // NULL
	if changes != nil {
		kept = []byte(changes)
	}
	at := s.clock().UnixMicro()
	if by.Execution != 0 {
		tx.Queue(insertByNode, int64(t.id), int64(record), int64(entry), at, action, int64(by.Workflow), int64(by.Execution), by.Node, kept)
		return
	}
	actor := auth.Actor(tx.Context())
	tx.Queue(insertByActor, int64(t.id), int64(record), int64(entry), at, action, actor.Type, actor.ID, actor.Name, kept)
}

// wrote notes updates or deletions, and forgets the oldest changes of records that change often.
func (s *Service) wrote(tx *store.Tx, by Writer, t *table, action string, all []touched) {
	for _, one := range all {
		s.note(tx, by, t, one.record, s.store.IDs().Next(), action, one.changes)
		if action == ActionUpdated {
			tx.Queue(`
				DELETE FROM hf_record_history WHERE collection_id = ? AND record_id = ? AND action = 'updated' AND id <= (
					SELECT h.id FROM hf_record_history h WHERE h.collection_id = ? AND h.record_id = ? AND h.action = 'updated'
					ORDER BY h.id DESC LIMIT 1 OFFSET ?)`,
				t.id, one.record, t.id, one.record, MaxHistory)
		}
	}
}

// touched is a record that a write is about to change.
type touched struct {
	record  hookflow.ID
	changes value.Value
}

// touch finds the records that meet a condition and keeps others from changing them before the
// transaction is over, with what the changes will be of each. When there are more than maxTraced it
// says so, and returns the first.
func (t *table) touch(tx *store.Tx, where condition, changes []change) (found []touched, more bool, err error) {
	query := "SELECT " + t.selected(columnsOf(t.columns[0], changes)) + " FROM " + t.physical + " WHERE " + where.sql + " ORDER BY id LIMIT ?"
	if t.postgres {
		query += " FOR UPDATE"
	}
	rows, err := tx.Query(query, append(slices.Clip(where.args), maxTraced+1)...)
	if err != nil {
		return nil, false, fmt.Errorf("find the records to write: %w", err)
	}
	defer rows.Close()
	stored, into := scanner(1 + len(changes))
	after, size := afterwards(changes), 0
	for rows.Next() {
		if len(found) == maxTraced {
			return found, true, nil
		}
		if err := rows.Scan(into...); err != nil {
			return nil, false, fmt.Errorf("find the records to write: %w", err)
		}
		one := touched{record: recordID(stored)}
		if size < maxChanges {
			one.changes = differences(changes, stored[1:], after)
			size += len(one.changes)
		}
		found = append(found, one)
	}
	return found, false, rows.Err()
}

func columnsOf(id *column, changes []change) []*column {
	all := append(make([]*column, 0, 1+len(changes)), id)
	for _, c := range changes {
		all = append(all, c.column)
	}
	return all
}

// afterwards is what columns will hold, as JSON.
func afterwards(changes []change) []value.Value {
	after := make([]value.Value, len(changes))
	for i, c := range changes {
		after[i] = c.column.appendJSON(nil, c.stored)
	}
	return after
}

// differences are the [before, after] of the columns that will hold something else.
func differences(changes []change, before []any, after []value.Value) value.Value {
	var all value.Object
	for i, c := range changes {
		if was := value.Value(c.column.appendJSON(nil, before[i])); !bytes.Equal(was, after[i]) {
			all.Set(c.column.Name, pair(was, after[i]))
		}
	}
	return all.Value()
}

func pair(before, after value.Value) value.Value {
	var both value.Array
	both.Append(shortened(before))
	both.Append(shortened(after))
	return both.Value()
}

// shortened is a value as an entry keeps it.
func shortened(v value.Value) value.Value {
	if len(v) <= maxChange {
		return v
	}
	return node.Cut(v[:maxChange/2], int64(len(v)))
}

// chunks are conditions that are met by the records found, each by as many as one statement may name.
func chunks(found []touched) []condition {
	var all []condition
	for len(found) > 0 {
		part := found[:min(len(found), maxIn)]
		ids := make([]any, len(part))
		for i, one := range part {
			ids[i] = one.record.String()
		}
		where := among(idField, &ids)
		all, found = append(all, condition{where, ids}), found[len(part):]
	}
	return all
}

// History returns what was done to a record, newest first, also after its end; an error of
// CodeNotFound when there is neither the record nor a trace of it. Of writes through SQL there are
// entries like of any other; what the deletion of a related record did to this one has none.
func (s *Service) History(ctx context.Context, collection, id string) (all []Entry, err error) {
	err = s.view(ctx, func(r store.Reader) error {
		all, err = s.history(r, collection, id)
		return err
	})
	return all, err
}

func (s *Service) history(r store.Reader, collection, id string) ([]Entry, error) {
	t, err := s.table(r, collection)
	if err != nil {
		return nil, err
	}
	record, err := hookflow.ParseID(id)
	if err != nil || record == 0 {
		return nil, t.noRecord(id)
	}
	all, err := entries(r, "h.collection_id = ? AND h.record_id = ?", t.id, record)
	if err != nil {
		return nil, err
	}
	now, err := t.one(r, id)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound && len(all) > 0 {
		now, err = nil, nil
	}
	if err == nil && len(all) <= MaxHistory {
		t.unfold(all, now)
	}
	return all, err
}

func entries(r store.Reader, where string, args ...any) ([]Entry, error) {
	rows, err := r.Query(`
		SELECT h.id, h.record_id, h.at, h.action, COALESCE(w.key, ''), h.execution_id, COALESCE(h.node, ''),
			COALESCE(h.actor_type, ''), h.actor_id, COALESCE(h.actor_name, ''), h.changes
		FROM hf_record_history h LEFT JOIN hf_workflows w ON w.id = h.workflow_id
		WHERE `+where+` ORDER BY h.id DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the history: %w", err)
	}
	defer rows.Close()
	all := []Entry{}
	for rows.Next() {
		var e Entry
		var at int64
		err := rows.Scan(&e.ID, &e.Record, &at, &e.Action, &e.Workflow, &e.Execution, &e.Node,
			&e.Actor.Type, &e.Actor.ID, &e.Actor.Name, (*[]byte)(&e.Changes))
		if err != nil {
			return nil, fmt.Errorf("read the history: %w", err)
		}
		e.At = fromMicro(at)
		all = append(all, e)
	}
	return all, rows.Err()
}

// unfold gives the creation its values: what the record holds now, or held at its end, with every
// later change taken back.
func (t *table) unfold(all []Entry, now value.Value) {
	held := map[string]value.Value{}
	for name, v := range now.Members() {
		held[name] = shortened(v)
	}
	for i := range all {
		if all[i].Action != ActionCreated {
			if len(all[i].Changes) == 0 {
				return
			}
			for name, both := range all[i].Changes.Members() {
				held[name] = both.Get("0")
			}
			continue
		}
		var made value.Object
		for _, c := range t.fields() {
			if v := held[c.Name]; !v.IsNull() {
				made.Set(c.Name, pair(value.Null, v))
			}
		}
		all[i].Changes = made.Value()
	}
}

// Writers returns the last write of each of at most MaxLimit records, by their ids; those of which
// nothing is known are left out.
func (s *Service) Writers(ctx context.Context, collection string, ids []string) (map[string]Entry, error) {
	last := map[string]Entry{}
	var records []any
	for _, id := range ids {
		if record, err := hookflow.ParseID(id); err == nil && record != 0 && len(records) < MaxLimit {
			records = append(records, record)
		}
	}
	if len(records) == 0 {
		return last, nil
	}
	err := s.view(ctx, func(r store.Reader) error {
		t, err := s.table(r, collection)
		if err != nil {
			return err
		}
		where := "h.collection_id = ? AND " + among("h.record_id", &records) + " AND h.id = (" +
			"SELECT MAX(m.id) FROM hf_record_history m WHERE m.collection_id = h.collection_id AND m.record_id = h.record_id)"
		all, err := entries(r, where, slices.Concat([]any{t.id}, records)...)
		for _, e := range all {
			last[e.Record.String()] = e
		}
		return err
	})
	return last, err
}

// Forget deletes the history of at most limit records that were deleted HistoryLife ago, and returns
// how many entries it had.
func (s *Service) Forget(ctx context.Context, limit int) (entries int64, err error) {
	before := s.clock().Add(-HistoryLife).UnixMicro()
	err = s.store.Write(ctx, func(tx *store.Tx) (err error) {
		entries, err = tx.Exec(`
			DELETE FROM hf_record_history WHERE (collection_id, record_id) IN (
				SELECT h.collection_id, h.record_id FROM hf_record_history h WHERE h.action = 'deleted' AND h.at < ? ORDER BY h.at LIMIT ?)`, before, limit)
		return err
	})
	return entries, err
}

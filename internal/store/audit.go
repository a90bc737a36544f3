package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
)

// AuditEntry says who changed what. Before and After hold no secrets.
type AuditEntry struct {
	ID         hookflow.ID
	At         time.Time
	ActorType  string
	ActorID    string
	ActorName  string
	Action     string
	ObjectKind string
	ObjectID   string
	Before     json.RawMessage
	After      json.RawMessage
	IP         string
}

// AuditFilter narrows a list of audit entries; zero members do not.
type AuditFilter struct {
	Actor      string // id or name
	Action     string
	ObjectKind string
	ObjectID   string
	From       time.Time // of the entries
	To         time.Time // before it
}

// InsertAudit adds an entry.
func (tx *Tx) InsertAudit(e AuditEntry) error {
	return tx.put(`
		INSERT INTO hf_audit (id, at, actor_type, actor_id, actor_name, action, object_kind, object_id, before, after, ip)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.ID, micros(e.At), e.ActorType, e.ActorID, e.ActorName, e.Action, e.ObjectKind, e.ObjectID, []byte(e.Before), []byte(e.After), e.IP)
}

// Audit lists entries, newest first.
func (s *Store) Audit(ctx context.Context, filter AuditFilter, page Page) ([]AuditEntry, string, error) {
	c := filter.conditions()
	tail, err := c.page(page, "id")
	if err != nil {
		return nil, "", err
	}
	scan := func(row Row) (e AuditEntry, err error) {
		err = row.Scan(&e.ID, (*stamp)(&e.At), &e.ActorType, &e.ActorID, &e.ActorName, &e.Action, &e.ObjectKind, &e.ObjectID,
			(*[]byte)(&e.Before), (*[]byte)(&e.After), &e.IP)
		return e, err
	}
	items, err := collect(s.backend.reader(ctx), scan,
		"SELECT id, at, actor_type, actor_id, actor_name, action, object_kind, object_id, before, after, ip FROM hf_audit"+tail, c.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list the audit log: %w", err)
	}
	items, next := cut(page, items, func(e AuditEntry) hookflow.ID { return e.ID })
	return items, next, nil
}

// CountAudit counts what Audit lists.
func (s *Store) CountAudit(ctx context.Context, filter AuditFilter) (int64, error) {
	c := filter.conditions()
	return count(s.backend.reader(ctx), "SELECT count(*) FROM hf_audit"+c.where(), c.args...)
}

func (f AuditFilter) conditions() *conditions {
	c := &conditions{}
	for _, equal := range []struct{ column, value string }{
		{"action", f.Action}, {"object_kind", f.ObjectKind}, {"object_id", f.ObjectID},
	} {
		if equal.value != "" {
			c.add(equal.column+" = ?", text(equal.value))
		}
	}
	if f.Actor != "" {
		c.add("(actor_id = ? OR actor_name = ?)", text(f.Actor), text(f.Actor))
	}
	if !f.From.IsZero() {
		c.add("at >= ?", micros(f.From))
	}
	if !f.To.IsZero() {
		c.add("at < ?", micros(f.To))
	}
	return c
}

package auth

import (
	"encoding/json"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Change is something that was changed, for the audit log.
type Change struct {
	ID            hookflow.ID
	At            time.Time
	Action        string      // create, update, delete, publish …
	Kind          string      // of the object: workflow, user …
	Object        string      // its key, name or id
	Before, After value.Value // what of it changed, without secrets; missing when there is nothing to show
}

// Record adds an audit entry in the transaction that makes the change, so that there is none without
// the other. Every change that somebody can ask for is recorded once, by the service that makes it.
// Who did it is in the transaction's context; nobody there is the system. What is described holds
// names, roles and flags: no secret, no password, no document that may hold one.
func Record(tx *store.Tx, c Change) error {
	by := Actor(tx.Context())
	return tx.InsertAudit(store.AuditEntry{
		ID: c.ID, At: c.At,
		ActorType: by.Type, ActorID: by.ID.String(), ActorName: by.Name, IP: by.IP,
		Action: c.Action, ObjectKind: c.Kind, ObjectID: c.Object,
		Before: json.RawMessage(c.Before), After: json.RawMessage(c.After),
	})
}

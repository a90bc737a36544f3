package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
)

type auditEntry struct {
	ID    hookflow.ID `json:"id"`
	At    time.Time   `json:"at"`
	Actor struct {
		Type string `json:"type" enum:"user,api_key,system,nobody"`
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"actor"`
	Action string `json:"action" doc:"create, update, delete …"`
	Object struct {
		Kind string `json:"kind" doc:"workflow, collection, record, env, user, api_key …"`
		ID   string `json:"id" doc:"Key, name or id"`
	} `json:"object"`
	Before json.RawMessage `json:"before" doc:"What it was; null when there is nothing to show"`
	After  json.RawMessage `json:"after"`
	IP     string          `json:"ip"`
}

// auditOf masks the secrets in what records held.
func (a *api) auditOf(row store.AuditEntry) auditEntry {
	e := auditEntry{
		ID: row.ID, At: row.At.UTC(), Action: row.Action,
		Before: a.masked(row.Before), After: a.masked(row.After), IP: row.IP,
	}
	e.Actor.Type, e.Actor.ID, e.Actor.Name = row.ActorType, row.ActorID, row.ActorName
	e.Object.Kind, e.Object.ID = row.ObjectKind, row.ObjectID
	return e
}

func orNull(text []byte) json.RawMessage {
	if len(text) == 0 {
		return json.RawMessage("null")
	}
	return text
}

func (a *api) registerAudit() {
	register(a, operation{
		id: "list-audit", method: http.MethodGet, path: under("audit"), tag: "audit", role: auth.Admin,
		summary: "List who changed what", zh: "审计日志",
	}, a.listAudit)
}

func (a *api) listAudit(ctx context.Context, in *struct {
	Page
	Actor  string    `query:"actor" doc:"Id or name of who did it"`
	Action string    `query:"action"`
	Kind   string    `query:"kind" doc:"Kind of the object"`
	Object string    `query:"object" doc:"Key, name or id of the object"`
	From   time.Time `query:"from"`
	To     time.Time `query:"to"`
},
) (*listOf[auditEntry], error) {
	filter := store.AuditFilter{
		Actor: in.Actor, Action: in.Action, ObjectKind: in.Kind, ObjectID: in.Object, From: in.From, To: in.To,
	}
	rows, next, err := a.Store.Audit(ctx, filter, in.store())
	if err != nil {
		return nil, err
	}
	return listed(&in.Page, rows, next, a.auditOf, func() (int64, error) { return a.Store.CountAudit(ctx, filter) })
}

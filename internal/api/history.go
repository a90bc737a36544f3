package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/value"
)

// Writing says when and how a record was written, and by whom: a node of an execution, or an actor.
type Writing struct {
	At        time.Time    `json:"at"`
	Action    string       `json:"action" enum:"created,updated,deleted"`
	Execution *hookflow.ID `json:"execution" doc:"That wrote; null when somebody did by the API"`
	Workflow  string       `json:"workflow,omitempty" doc:"Key of the execution's workflow"`
	NodeKey   string       `json:"nodeKey,omitempty" doc:"Of the node that wrote"`
	Actor     *actor       `json:"actor" doc:"Who wrote by the API; null when an execution did"`
}

type actor struct {
	Type string `json:"type" enum:"user,api_key,system"`
	ID   string `json:"id"`
	Name string `json:"name" doc:"E-mail address of a user, name of a key"`
}

type historyEntry struct {
	Record     hookflow.ID `json:"record"`
	Collection string      `json:"collection"`
	Writing
	Changes map[string]change `json:"changes" doc:"What each field held before and holds after: [before, after]. Long values are cut to {truncated, bytes, head}; empty when nothing changed or it is not known"`
}

// change is [before, after].
type change [2]json.RawMessage

func writingOf(e collection.Entry) Writing {
	w := Writing{At: e.At, Action: e.Action, Execution: idOrNil(e.Execution), Workflow: e.Workflow, NodeKey: e.Node}
	if e.Execution == 0 {
		w.Actor = &actor{e.Actor.Type, e.Actor.ID.String(), e.Actor.Name}
	}
	return w
}

func (a *api) registerHistory() {
	register(a, operation{
		id: "get-record-history", method: http.MethodGet, path: under("collections", "{name}", "records", "{id}", "history"), tag: "records", role: auth.Viewer,
		summary: "List who wrote a record and what changed, also after its deletion", zh: "记录的修改历史（删除后仍可查看）",
	}, a.recordHistory)
}

func (a *api) recordHistory(ctx context.Context, in *struct {
	ByRecord
	Page
},
) (*listOf[historyEntry], error) {
	found, err := a.Collections.History(ctx, in.Name, in.ID)
	if err != nil {
		return nil, err
	}
	return paged(&in.Page, found, func(e collection.Entry) historyEntry {
		return historyEntry{Record: e.Record, Collection: in.Name, Writing: writingOf(e), Changes: a.shownChanges(e.Changes)}
	})
}

// shownChanges masks the secrets in values.
func (a *api) shownChanges(changes value.Value) map[string]change {
	masker, shown := a.Env.Masker(), map[string]change{}
	for name, both := range changes.Members() {
		shown[name] = change{json.RawMessage(masker.JSON(both.Get("0"))), json.RawMessage(masker.JSON(both.Get("1")))}
	}
	return shown
}

// withWriters gives records writtenBy, null where it is not known.
func (a *api) withWriters(ctx context.Context, collection string, records []json.RawMessage) error {
	ids := make([]string, len(records))
	for i, r := range records {
		ids[i] = value.Value(r).Get("id").Text()
	}
	last, err := a.Collections.Writers(ctx, collection, ids)
	if err != nil {
		return err
	}
	for i, r := range records {
		by := value.Null
		if e, known := last[ids[i]]; known {
			if by, err = value.Of(writingOf(e)); err != nil {
				return err
			}
		}
		var out value.Object
		for name, v := range value.Value(r).Members() {
			out.Set(name, v)
		}
		records[i] = json.RawMessage(out.Set("writtenBy", by).Value())
	}
	return nil
}

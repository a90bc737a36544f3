package api

import (
	"encoding/json"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
)

// order is a request with a credential, a secret and a number that floats lose.
var order = hookflow.Delivery{
	Method: "POST", URL: "https://h.example/api/webhooks/shops/7?a=1&access_token=letmein", Path: "shops/7", Pattern: "shops/:shop", IP: "203.0.113.7",
	Headers: []hookflow.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "X-Api-Key", Value: "letmein"}, {Name: "X-Many", Value: "1"}, {Name: "X-Many", Value: "2"}},
	Outcome: hookflow.OutcomeRejected, Reason: hookflow.ReasonVerification, Detail: "signature: hush-hush", Status: 401,
	Report: &hookflow.Report{Scheme: "github", Checks: []hookflow.Check{{Check: "signature", Code: "signature_mismatch"}}},
}

const orderBody = `{"total":1.50,"token":"hush-hush"}`

func TestSamples(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			s.hush(t)
			w := s.workflowID(t, "orders")
			other := s.workflowID(t, "others")
			d := order
			d.WorkflowID = w.ID
			id := s.deliver(t, d, orderBody).String()
			d.Outcome, d.Reason = hookflow.OutcomeHandshake, ""
			handshake := s.deliver(t, d, "").String()
			d.Outcome, d.Reason = hookflow.OutcomeRejected, hookflow.ReasonMethod
			unread := s.deliver(t, d, "").String()
			d.Reason = hookflow.ReasonMalformed
			malformed := s.deliver(t, d, "{").String()
			path := "/api/workflows/orders/sample"
			put := func(name, body string, status int, want ...string) call {
				return call{name: name, as: auth.Editor, method: "PUT", path: path, body: body, status: status, want: want, wantNot: []string{"hush-hush", "letmein"}}
			}
			one := func(member, id string) string { return `{"` + member + `":"` + id + `"}` }
			s.checkAll(t, []call{
				{name: "none yet", as: auth.Viewer, method: "GET", path: path, status: 404},
				{name: "no workflow", as: auth.Viewer, method: "GET", path: "/api/workflows/none/sample", status: 404},
				{name: "a viewer", as: auth.Viewer, method: "PUT", path: path, body: `{"context":1}`, status: 403},
				put("nothing", `{}`, 422, "give one of"),
				put("two", `{"context":1,"delivery":"x"}`, 422, "give one of"),
				put("no id", `{"delivery":"x"}`, 422, `"pointer":"/delivery"`),
				put("no such delivery", one("delivery", w.ID.String()), 404),
				put("a handshake", one("delivery", handshake), 409, "handshake"),
				put("one without its body", one("delivery", unread), 409, "(method) before its body was read"),
				put("one that cannot be parsed", one("delivery", malformed), 409, "cannot be read"),
				{name: "another workflow's", as: auth.Editor, method: "PUT", path: "/api/workflows/others/sample", body: one("delivery", id), status: 409, want: []string{"not one of the workflow"}},
				{name: "no such execution", as: auth.Editor, method: "PUT", path: path, body: one("execution", other.ID.String()), status: 404},
				put("a delivery", one("delivery", id), 200,
					`"from":"delivery"`, `"takenAt":"2026-03-01T12:00:00Z"`, `"takenBy":"editor"`, `"delivery":"`+id+`"`, `"execution":null`, `"steps":null`,
					`"outcome":"rejected","reason":"verification"`, `"verified":false`, `"code":"signature_mismatch"`,
					`"request":{"method":"POST","url":"https://h.example/api/webhooks/shops/7?a=1&access_token=••••"`,
					`"X-Many":"1, 2"`, `"params":{"shop":"7"}`, `"body":{"total":1.50,"token":"••••"}`,
					`"context":{"data":{"total":1.50,"token":"••••"}`, `"x-api-key":"••••"`, `"access_token":"••••"`),
				{name: "to administrators", as: auth.Admin, method: "GET", path: path, status: 200, want: []string{`"x-api-key":"letmein"`, `"access_token":"letmein"`}, wantNot: []string{"hush-hush"}},
				put("a context", `{"context":{"n":1.50,"t":"hush-hush"}}`, 200, `"from":"manual"`, `"delivery":null`, `"request":null`, `"context":{"n":1.50,"t":"••••"}`),
				put("a request", `{"request":{"headers":{"X-Api-Key":"letmein","X-Plain":"hush-hush"},"query":{"token":"letmein","b":"2"},"body":{"n":1.50,"t":"hush-hush"},"params":{"shop":"8"}}}`, 200,
					`"from":"manual"`, `"outcome":null`, `"verification":null`, `"query":"token=••••&b=2"`, `"params":{"shop":"8"}`, `"body":{"n":1.50,"t":"••••"}`, `"shop":"8"`, `"x-plain":"••••"`),
				{name: "credentials of a request by hand are not kept", as: auth.Admin, method: "GET", path: path, status: 200, wantNot: []string{"letmein", "hush-hush"}},
				put("not a request", `{"request":{"headers":{"Content-Type":"application/xml"},"body":"<a>"}}`, 422, `"pointer":"/request/body"`),
				{name: "a viewer deletes", as: auth.Viewer, method: "DELETE", path: path, status: 403},
				{name: "delete", as: auth.Editor, method: "DELETE", path: path, status: 204},
				{name: "delete again", as: auth.Editor, method: "DELETE", path: path, status: 404},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=sample&object=orders&count=true", status: 200, want: []string{`"total":4`, `"action":"delete"`, `"after":{"from":"delivery","delivery":"` + id + `"}`}, wantNot: []string{"letmein"}},
			})
		})
	}
}

// An execution's sample brings the results of its nodes, to be pinned.
func TestSampleOfExecution(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.hush(t)
	w := s.workflowID(t, "orders")
	d := order
	d.WorkflowID = w.ID
	delivery := s.deliver(t, d, orderBody)
	start := func(delivery hookflow.ID, input string) string {
		e := hookflow.Execution{
			ID: s.store.IDs().Next(), WorkflowID: w.ID, RevisionID: w.Published, DeliveryID: delivery, Input: []byte(input), StartedBy: "webhook",
			Status: hookflow.StatusQueued, CreatedAt: s.clock(),
		}
		steps := []hookflow.Step{
			{NodeKey: "a", Path: "l[0].a", Status: hookflow.StatusSucceeded, Output: json.RawMessage(`1`)},
			{NodeKey: "a", Path: "l[1].a", Status: hookflow.StatusSucceeded, Output: json.RawMessage(`"hush-hush"`)},
			{NodeKey: "b", Path: "b", Status: hookflow.StatusSucceeded, Assign: map[string]json.RawMessage{"kept": json.RawMessage(`2.50`)}},
			{NodeKey: "c", Path: "c", Status: hookflow.StatusError, Error: "no"},
		}
		err := s.store.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.InsertExecution(&e); err != nil {
				return err
			}
			return tx.CommitExecution(&store.Commit{Execution: e.ID, Status: hookflow.StatusError, Steps: steps, FinishedAt: s.clock()})
		})
		if err != nil {
			t.Fatal(err)
		}
		return e.ID.String()
	}
	sent, given, nothing := start(delivery, ""), start(delivery, `{"n":3}`), start(0, "")
	take := func(name, id string, status int, want ...string) call {
		return call{name: name, as: auth.Editor, method: "PUT", path: "/api/workflows/orders/sample", body: `{"execution":"` + id + `"}`, status: status, want: want, wantNot: []string{"hush-hush"}}
	}
	steps := `"steps":{"a":"••••","b":null,"kept":2.50}`
	s.checkAll(t, []call{
		take("a request's", sent, 200, `"from":"execution"`, `"execution":"`+sent+`"`, `"delivery":"`+delivery.String()+`"`, `"context":{"data":{"total":1.50`, steps),
		{name: "later", as: auth.Viewer, method: "GET", path: "/api/workflows/orders/sample", status: 200, want: []string{steps}},
		take("one with another context", given, 200, `"request":null`, `"context":{"n":3}`, steps),
		take("one with none", nothing, 200, `"context":null`),
		take("a request's again", sent, 200),
	})
	s.workflowID(t, "others")
	s.check(t, call{name: "another workflow's", as: auth.Editor, method: "PUT", path: "/api/workflows/others/sample", body: `{"execution":"` + sent + `"}`, status: 409})
	if err := s.store.Write(t.Context(), func(tx *store.Tx) error { tx.PruneDelivery(delivery); return nil }); err != nil {
		t.Fatal(err)
	}
	s.checkAll(t, []call{
		{name: "the request is gone, not the sample", as: auth.Viewer, method: "GET", path: "/api/workflows/orders/sample", status: 200, want: []string{`"data":{"total":1.50`, steps}},
		take("the request is gone", sent, 409, "has been deleted"),
	})
}

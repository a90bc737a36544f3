package api

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

func TestEnv(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			put := func(name, variable, body string, status int, want ...string) call {
				return call{name: name, as: auth.Admin, method: "PUT", path: "/api/env/" + variable, body: body, status: status, want: want}
			}
			s.checkAll(t, []call{
				put("plain", "REGION", `{"value":"eu"}`, 201, `"value":"eu","secret":false`),
				put("secret", "TOKEN", `{"value":"hush-hush","secret":true}`, 201, `"value":null,"secret":true`),
				put("again", "TOKEN", `{"value":"hush-again","secret":true}`, 200),
				put("name", "A-B", `{"value":"x"}`, 422, `"/name"`),
				put("no value", "A", `{"secret":true}`, 422, `"/value"`),
				put("number", "A", `{"value":1}`, 422, `"/value"`),
				put("unknown", "A", `{"value":"1","secrets":true}`, 422, `"/secrets"`),
				{name: "list", as: auth.Viewer, method: "GET", path: "/api/env", status: 200, want: []string{`"name":"REGION"`, `"name":"TOKEN","value":null`}, wantNot: []string{"hush"}},
				{name: "get", as: auth.Admin, method: "GET", path: "/api/env/TOKEN", status: 200, wantNot: []string{"hush"}},
				{name: "none", as: auth.Admin, method: "GET", path: "/api/env/NONE", status: 404},
				{name: "delete", as: auth.Admin, method: "DELETE", path: "/api/env/REGION", status: 204},
				{name: "delete again", as: auth.Admin, method: "DELETE", path: "/api/env/REGION", status: 404},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=env", status: 200, want: []string{`"id":"TOKEN"`}, wantNot: []string{"hush"}},
			})
		})
	}
}

// deliver stores what a webhook would have.
func (s *server) deliver(t *testing.T, d hookflow.Delivery, body string) hookflow.ID {
	t.Helper()
	d.ID, d.ReceivedAt, d.BodySize = s.store.IDs().Next(), s.clock(), int64(len(body))
	packed, err := store.PackDelivery(&d, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	err = s.store.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertDelivery(packed) })
	if err != nil {
		t.Fatal(err)
	}
	return d.ID
}

func (s *server) workflowID(t *testing.T, key string) store.WorkflowRow {
	t.Helper()
	s.check(t, call{name: "workflow", as: auth.Editor, method: "PUT", path: "/api/workflows/" + key, body: `{"enabled":true,"trigger":{"type":"manual"},"nodes":[]}`, status: 201})
	row, err := s.store.Workflow(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func TestDeliveries(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			w := s.workflowID(t, "orders")
			s.check(t, call{name: "secret", as: auth.Admin, method: "PUT", path: "/api/env/TOKEN", body: `{"value":"hush-hush","secret":true}`, status: 201})
			accepted := s.deliver(t, hookflow.Delivery{
				WorkflowID: w.ID, Method: "POST", URL: "https://h.example/api/webhooks/orders?a=1&access_token=letmein&b=hush-hush", Path: "orders", Pattern: "orders", IP: "203.0.113.7",
				Headers: []hookflow.Header{{Name: "Authorization", Value: "Bearer letmein"}, {Name: "X-Hub-Signature-256", Value: "sha256=letmein"}, {Name: "X-Plain", Value: "shown"}},
				Outcome: hookflow.OutcomeAccepted, Status: 200, Answer: &hookflow.Response{Status: 201, Headers: map[string]string{"Content-Type": "application/json"}, Body: []byte(`{"n":1.50,"t":"hush-hush"}`)},
				Report: &hookflow.Report{Scheme: "github", OK: true, Checks: []hookflow.Check{{Check: "signature", OK: true}}},
			}, `{"token":"hush-hush","n":1.50}`)
			s.deliver(t, hookflow.Delivery{
				Method: "GET", URL: "/api/webhooks/nothing", Path: "nothing", IP: "203.0.113.8", Outcome: hookflow.OutcomeRejected, Reason: hookflow.ReasonNoSuchPath, Status: 404,
			}, "\xff\x00")
			one := "/api/deliveries/" + accepted.String()
			s.checkAll(t, []call{
				{name: "list", as: auth.Viewer, method: "GET", path: "/api/deliveries?count=true", status: 200, want: []string{`"workflow":"orders"`, `"workflow":null`, `"total":2`, `"execution":null`}, wantNot: []string{"letmein", "hush"}},
				{name: "filter", as: auth.Viewer, method: "GET", path: "/api/deliveries?outcome=rejected&reason=no_such_path&from=2026-03-01T00:00:00Z&count=true", status: 200, want: []string{`"total":1`, `"path":"nothing"`}},
				{name: "workflow", as: auth.Viewer, method: "GET", path: "/api/deliveries?workflow=orders&q=webhooks&count=true", status: 200, want: []string{`"total":1`, accepted.String()}},
				{name: "later", as: auth.Viewer, method: "GET", path: "/api/deliveries?from=2026-03-02T00:00:00Z&count=true", status: 200, want: []string{`"total":0`}},
				{name: "wrong outcome", as: auth.Viewer, method: "GET", path: "/api/deliveries?outcome=lost", status: 422, want: []string{"query.outcome"}},
				{name: "wrong time", as: auth.Viewer, method: "GET", path: "/api/deliveries?from=yesterday", status: 422, want: []string{"query.from"}},
				{
					name: "viewer", as: auth.Viewer, method: "GET", path: one, status: 200,
					want: []string{
						`"name":"Authorization","value":"••••"`, `"name":"X-Hub-Signature-256","value":"••••"`, `"name":"X-Plain","value":"shown"`,
						`access_token=••••`, `"body":"{\"token\":\"••••\",\"n\":1.50}"`, `"answer":{"status":201,"headers":{"Content-Type":"application/json"},"body":{"n":1.50,"t":"••••"}}`, `"scheme":"github"`,
					}, wantNot: []string{"letmein", "hush"},
				},
				{name: "editor", as: auth.Editor, method: "GET", path: one, status: 200, wantNot: []string{"letmein", "hush"}},
				{name: "admin", as: auth.Admin, method: "GET", path: one, status: 200, want: []string{`Bearer letmein`, `access_token=letmein`}, wantNot: []string{"hush"}},
				{name: "none", as: auth.Admin, method: "GET", path: "/api/deliveries/0000000000001", status: 404},
				{name: "stats", as: auth.Viewer, method: "GET", path: "/api/stats", status: 200, want: []string{`"workflows":1`, `"rejected":1`}},
			})
		})
	}
}

func TestExecutions(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			w := s.workflowID(t, "orders")
			s.check(t, call{name: "secret", as: auth.Admin, method: "PUT", path: "/api/env/TOKEN", body: `{"value":"hush-hush","secret":true}`, status: 201})
			e := hookflow.Execution{
				ID: s.store.IDs().Next(), WorkflowID: w.ID, RevisionID: w.Published, StartedBy: hookflow.StartedByManual,
				Status: hookflow.StatusQueued, CreatedAt: s.clock(), DueAt: s.clock(), Input: []byte(`{"b":1.0,"a":2}`),
			}
			done := e
			done.ID = s.store.IDs().Next()
			err := s.store.Write(t.Context(), func(tx *store.Tx) error {
				for _, e := range []*hookflow.Execution{&e, &done} {
					if err := tx.InsertExecution(e); err != nil {
						return err
					}
				}
				return tx.CommitExecution(&store.Commit{
					Execution: done.ID, Status: hookflow.StatusError, Error: "no hush-hush", StartedAt: s.clock(), FinishedAt: s.clock().Add(time.Second),
					Steps: []hookflow.Step{
						{NodeKey: "a", Type: "set", Path: "a", Status: hookflow.StatusSucceeded, StartedAt: s.clock(), DurationMS: 1.5, Attempt: 1, Output: []byte(`{"t":"hush-hush","n":1.50}`)},
						{NodeKey: "b", Type: "set", Path: "each[0].b", Status: hookflow.StatusFailed, StartedAt: s.clock(), Attempt: 1, Error: "hm hush-hush", Logs: []hookflow.Log{{Level: "info", Text: "saw hush-hush", At: s.clock()}}},
					},
					Response: []byte(`{"status":418,"headers":{"X":"1"},"body":"dGVhcG90"}`), Output: []byte(`[1.50]`),
				})
			})
			if err != nil {
				t.Fatal(err)
			}
			open, ended := "/api/executions/"+e.ID.String(), "/api/executions/"+done.ID.String()
			s.checkAll(t, []call{
				{name: "list", as: auth.Viewer, method: "GET", path: "/api/executions?workflow=orders&count=true", status: 200, want: []string{`"total":2`, `"workflow":"orders","revision":1`}, wantNot: []string{"hush"}},
				{name: "status", as: auth.Viewer, method: "GET", path: "/api/executions?status=error&count=true", status: 200, want: []string{`"total":1`, done.ID.String()}},
				{name: "wrong status", as: auth.Viewer, method: "GET", path: "/api/executions?status=lost", status: 422},
				{name: "queued", as: auth.Viewer, method: "GET", path: open, status: 200, want: []string{`"status":"queued"`, `"input":{"b":1.0,"a":2}`, `"steps":[]`, `"output":null`, `"startedAt":null`}},
				{name: "ended", as: auth.Viewer, method: "GET", path: ended, status: 200, want: []string{
					`"error":"no ••••"`, `"nodeKey":"a"`, `"durationMs":1.5`, `"output":{"t":"••••","n":1.50}`, `"response":{"status":418,"headers":{"X":"1"},"body":"teapot"}`, `"output":[1.50]`, `"finishedAt":"2026-03-01T12:00:01Z"`,
				}, wantNot: []string{"hush"}},
				{name: "none", as: auth.Viewer, method: "GET", path: "/api/executions/0000000000001", status: 404},
				{name: "error", as: auth.Viewer, method: "GET", path: "/api/executions?error=NO&count=true", status: 200, want: []string{`"total":1`, done.ID.String()}},
				{name: "another error", as: auth.Viewer, method: "GET", path: "/api/executions?error=yes&count=true", status: 200, want: []string{`"total":0`}},
				{name: "started by", as: auth.Viewer, method: "GET", path: "/api/executions?startedBy=manual&count=true", status: 200, want: []string{`"total":2`}},
				{name: "retries", as: auth.Viewer, method: "GET", path: "/api/executions?retryOf=" + done.ID.String(), status: 200, want: []string{`"items":[]`}},
				{name: "called", as: auth.Viewer, method: "GET", path: "/api/executions?parent=" + done.ID.String(), status: 200, want: []string{`"items":[]`}},
				{name: "without steps", as: auth.Viewer, method: "GET", path: ended + "?steps=false", status: 200, want: []string{`"steps":[]`, `"status":418`}},
				{name: "steps", as: auth.Viewer, method: "GET", path: ended + "/steps?count=true", status: 200, want: []string{`"total":2`, `"output":{"t":"••••","n":1.50}`, `"path":"each[0].b"`}, wantNot: []string{"hush"}},
				{name: "steps without data", as: auth.Viewer, method: "GET", path: ended + "/steps?data=false", status: 200, want: []string{`"path":"a"`, `"error":"hm ••••"`}, wantNot: []string{"output", "logs", "hush"}},
				{name: "steps of a node", as: auth.Viewer, method: "GET", path: ended + "/steps?node=b", status: 200, want: []string{`"nodeKey":"b"`, `"text":"saw ••••"`}, wantNot: []string{`"nodeKey":"a"`}},
				{name: "one step", as: auth.Viewer, method: "GET", path: ended + "/steps?path=each%5B0%5D.b&status=failed", status: 200, want: []string{`"nodeKey":"b"`}, wantNot: []string{`"nodeKey":"a"`}},
				{name: "no such step", as: auth.Viewer, method: "GET", path: ended + "/steps?path=b", status: 200, want: []string{`"items":[]`}},
				{name: "first page", as: auth.Viewer, method: "GET", path: ended + "/steps?limit=1", status: 200, want: []string{`"nodeKey":"a"`, `"nextCursor":"1"`}, wantNot: []string{`"nodeKey":"b"`}},
				{name: "last page", as: auth.Viewer, method: "GET", path: ended + "/steps?limit=1&cursor=1", status: 200, want: []string{`"nodeKey":"b"`, `"nextCursor":null`}, wantNot: []string{`"nodeKey":"a"`}},
				{name: "steps of none", as: auth.Viewer, method: "GET", path: "/api/executions/0000000000001/steps", status: 404},
				{name: "context", as: auth.Viewer, method: "GET", path: open + "/context", status: 200, want: []string{`{"b":1.0,"a":2}`}},
				{name: "its workflow", as: auth.Viewer, method: "GET", path: open + "/workflow", status: 200, want: []string{`"kind":"Workflow","key":"orders"`, `"nodes":`}},
				{name: "cancel", as: auth.Editor, method: "POST", path: open + "/cancel", status: 200},
				{name: "cancel none", as: auth.Editor, method: "POST", path: "/api/executions/0000000000001/cancel", status: 404},
				{name: "retry", as: auth.Editor, method: "POST", path: ended + "/retry", status: 202, want: []string{`"execution":"` + (done.ID + 1).String()}, header: map[string]string{"Location": "/api/executions/" + (done.ID + 1).String()}},
				{name: "retry from", as: auth.Editor, method: "POST", path: ended + "/retry", body: `{"from":"a"}`, status: 202},
				{name: "retry wrong", as: auth.Editor, method: "POST", path: ended + "/retry", body: `{"node":"a"}`, status: 422, want: []string{`"/node"`}},
			})
			s.runner.running = e.ID
			s.check(t, call{name: "running here", as: auth.Viewer, method: "GET", path: open, status: 200, want: []string{`"status":"running"`}})
			if diff := cmp.Diff([]hookflow.ID{e.ID}, s.runner.cancelled); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{done.ID.String() + " ", done.ID.String() + " a"}, s.runner.retried); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	tests := []struct {
		name, query, body string
		draft             bool
		wait              time.Duration
		lookup, want      string // in the $context that the runner gets
	}{
		{"nothing", "", ``, false, 30 * time.Second, "", `null`},
		{"empty", "", `{}`, false, 30 * time.Second, "", `null`},
		{"context", "?wait=5s", `{"context": {"b":1.0,  "a":[1e2]}}`, false, 5 * time.Second, "", `{"b":1.0,  "a":[1e2]}`},
		{"null context", "?wait=0", `{"context":null}`, false, 0, "", `null`},
		{"draft", "?revision=draft&wait=1h", `{"context":1}`, true, 5 * time.Minute, "", `1`},
		{"request", "", `{"request":{"body":{"b":1.50,"a":1}}}`, false, 30 * time.Second, "data", `{"b":1.50,"a":1}`},
		{"a string as JSON", "", `{"request":{"body":"x"}}`, false, 30 * time.Second, "data", `"x"`},
		{"a form", "", `{"request":{"headers":{"Content-Type":"application/x-www-form-urlencoded"},"body":"a=1&b=2"}}`, false, 30 * time.Second, "data", `{"a":"1","b":"2"}`},
		{"query", "", `{"request":{"query":{"q":"a b","n":[1,2]}}}`, false, 30 * time.Second, "query", `{"q":"a b","n":["1","2"]}`},
		{"query string", "", `{"request":{"query":"q=a%20b"}}`, false, 30 * time.Second, "query", `{"q":"a b"}`},
		{"params", "", `{"request":{"params":{"id":"7"}}}`, false, 30 * time.Second, "params", `{"id":"7"}`},
		{"headers", "", `{"request":{"headers":{"X-Event":"push"},"method":"PUT"}}`, false, 30 * time.Second, "headers", `{"x-event":"push"}`},
		{"method", "", `{"request":{}}`, false, 30 * time.Second, "method", `"POST"`},
	}
	id := s.store.IDs().Next()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s.runner.requests = nil
			s.runner.result = RunResult{Execution: id, Status: hookflow.StatusSucceeded, Output: value.Raw(`{"n":1.50}`), Ended: true}
			s.check(t, call{
				name: tt.name, as: auth.Editor, method: "POST", path: "/api/workflows/first/run" + tt.query, body: tt.body, status: 200,
				want: []string{`{"execution":"` + id.String() + `","status":"succeeded","response":null,"output":{"n":1.50}}`},
			})
			got := s.runner.requests[0]
			input := got.Context
			if tt.lookup != "" {
				input = input.Get(value.Segment(tt.lookup))
			}
			if string(input) != tt.want || got.Draft != tt.draft || got.Wait != tt.wait || got.WorkflowKey != "first" || got.By.Name != "editor" {
				t.Errorf("the runner got %+v with %s", got, got.Context)
			}
		})
	}
	s.runner.requests = nil
	s.runner.result = RunResult{Execution: id, Status: hookflow.StatusRunning}
	s.checkAll(t, []call{
		{name: "goes on", as: auth.Editor, method: "POST", path: "/api/workflows/first/run", status: 202, want: []string{`"status":"running"`}, header: map[string]string{"Location": "/api/executions/" + id.String()}},
		{name: "both", as: auth.Editor, method: "POST", path: "/api/workflows/first/run", body: `{"context":1,"request":{}}`, status: 422, want: []string{`"/context"`}},
		{name: "unknown", as: auth.Editor, method: "POST", path: "/api/workflows/first/run", body: `{"request":{"url":"x"}}`, status: 422, want: []string{`"/request/url"`}},
		{name: "body", as: auth.Editor, method: "POST", path: "/api/workflows/first/run", body: `{"request":{"headers":{"content-type":"application/xml"},"body":"<a>"}}`, status: 422, want: []string{`"/request/body"`}},
		{name: "wait", as: auth.Editor, method: "POST", path: "/api/workflows/first/run?wait=soon", status: 400, want: []string{"soon"}},
		{name: "revision", as: auth.Editor, method: "POST", path: "/api/workflows/first/run?revision=7", status: 422},
	})
	if len(s.runner.requests) != 1 {
		t.Errorf("%d requests reached the runner, want 1", len(s.runner.requests))
	}
}

func TestCollections(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			const fields = `"fields":[{"name":"email","type":"email","unique":true},{"name":"total","type":"decimal"},{"name":"extra","type":"json"}]`
			s.checkAll(t, []call{
				{name: "create", as: auth.Editor, method: "POST", path: "/api/collections", body: `{"kind":"Collection","name":"customers",` + fields + `}`, status: 201, want: []string{`"name":"customers"`, `"type":"decimal"`}},
				{name: "again", as: auth.Editor, method: "POST", path: "/api/collections", body: `{"name":"customers",` + fields + `}`, status: 409},
				{name: "put", as: auth.Editor, method: "PUT", path: "/api/collections/customers", body: `{"title":"Customers","createdAt":"2020-01-01T00:00:00Z",` + fields + `}`, status: 200, want: []string{`"title":"Customers"`}, wantNot: []string{"2020-"}},
				{name: "put new", as: auth.Editor, method: "PUT", path: "/api/collections/others", body: "fields:\n- {name: a, type: string}\n", headers: map[string]string{"Content-Type": "text/yaml"}, status: 201},
				{name: "another name", as: auth.Editor, method: "PUT", path: "/api/collections/others", body: `{"name":"x",` + fields + `}`, status: 422, want: []string{`"/name"`}},
				{name: "unknown", as: auth.Editor, method: "PUT", path: "/api/collections/others", body: `{"fields":[{"name":"a","type":"string","uniq":true}]}`, status: 422, want: []string{`"/fields/0/uniq"`}},
				{name: "type", as: auth.Editor, method: "PUT", path: "/api/collections/third", body: `{"fields":[{"name":"a","type":"strng"}]}`, status: 422, want: []string{`"/fields/0/type"`}},
				{name: "list", as: auth.Viewer, method: "GET", path: "/api/collections", status: 200, want: []string{`"customers"`, `"others"`}, wantNot: []string{"third"}},
				{name: "rename", as: auth.Editor, method: "PUT", path: "/api/collections/others?dryRun=true", body: `{"fields":[{"name":"b","previousName":"a","type":"integer"}]}`, status: 200, want: []string{`"action":"rename","field":"b","from":"a","to":"b"`, `"action":"retype"`}, wantNot: []string{`"problems"`}},
				{name: "only tried", as: auth.Viewer, method: "GET", path: "/api/collections/others", status: 200, want: []string{`"name":"a","type":"string"`, `"id":"`}, wantNot: []string{"preview"}},
				{name: "a lost field", as: auth.Editor, method: "PUT", path: "/api/collections/others", body: `{"fields":[]}`, status: 422, want: []string{`drop=true`}},
				{name: "a lost field, tried", as: auth.Editor, method: "PUT", path: "/api/collections/others?dryRun=true", body: `{"fields":[]}`, status: 200, want: []string{`"action":"drop"`, `"problems":[`}},
				{name: "a dropped field", as: auth.Editor, method: "PUT", path: "/api/collections/others?drop=true", body: `{"fields":[{"name":"customer","type":"relation","options":{"collection":"customers"}}]}`, status: 200, wantNot: []string{`"name":"a"`}},
				{name: "a target", as: auth.Editor, method: "DELETE", path: "/api/collections/customers", status: 409, want: []string{"field customer of others"}},
				{name: "with", as: auth.Viewer, method: "GET", path: "/api/collections/others/records?with=customer", status: 200},
				{name: "with what is none", as: auth.Viewer, method: "GET", path: "/api/collections/others/records?with=nope", status: 422, want: []string{`"/with/0"`}},
				{name: "drop", as: auth.Editor, method: "DELETE", path: "/api/collections/others", status: 204},
				{name: "gone", as: auth.Viewer, method: "GET", path: "/api/collections/others", status: 404},
			})
			records := "/api/collections/customers/records"
			made := s.check(t, call{name: "record", as: auth.Editor, method: "POST", path: records, body: `{"email":"a@example.org","total":1.10,"extra":{"b":1.0,"a":[]}}`, status: 201, want: []string{`"total":1.10`, `{"b":1.0,"a":[]}`}})
			one := records + "/" + member(t, made, "id")
			filter := func(json string) string { return records + "?filter=" + url.QueryEscape(json) + "&count=true" }
			s.checkAll(t, []call{
				{name: "many", as: auth.Editor, method: "POST", path: records, body: `[{"email":"b@example.org","total":5},{"email":"c@example.org"}]`, status: 201, want: []string{`[{"id"`, "c@example.org"}},
				{name: "taken", as: auth.Editor, method: "POST", path: records, body: `{"email":"a@example.org"}`, status: 409, want: []string{`"/email"`}},
				{name: "wrong", as: auth.Editor, method: "POST", path: records, body: `{"email":"a","total":"x","other":1}`, status: 422, want: []string{`"/email"`, `"/total"`, `"/other"`}},
				{name: "filter", as: auth.Viewer, method: "GET", path: filter(`{"field":"total","op":"gt","value":1}`), status: 200, want: []string{`"total":2`}},
				{name: "fields and sort", as: auth.Viewer, method: "GET", path: records + "?sort=-email&fields=email&limit=1", status: 200, want: []string{"c@example.org"}, wantNot: []string{"total", "b@example.org", `"nextCursor":null`}},
				{name: "bad filter", as: auth.Viewer, method: "GET", path: filter(`{"field":"nope","op":"gt","value":1}`), status: 422},
				{name: "no JSON", as: auth.Viewer, method: "GET", path: filter(`{`), status: 400},
				{name: "patch", as: auth.Editor, method: "PATCH", path: one, body: `{"total":2.50}`, status: 200, want: []string{`"email":"a@example.org"`, `"total":2.50`}},
				{name: "replace", as: auth.Editor, method: "PUT", path: one, body: `{"email":"z@example.org"}`, status: 200, want: []string{`"email":"z@example.org"`, `"total":null`}},
				{name: "secret", as: auth.Admin, method: "PUT", path: "/api/env/T", body: `{"value":"z@example.org","secret":true}`, status: 201},
				{name: "masked", as: auth.Viewer, method: "GET", path: one, status: 200, want: []string{`"email":"••••"`}},
				{name: "delete", as: auth.Editor, method: "DELETE", path: one, status: 204},
				{name: "gone", as: auth.Viewer, method: "GET", path: one, status: 404},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=record", status: 200, want: []string{`"action":"delete"`, `"action":"update"`}},
			})
		})
	}
}

func TestDocs(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	body := s.check(t, call{
		name: "openapi", method: "GET", path: "/api/openapi.json", status: 200, want: []string{`"openapi":"3.1.0"`, `"/api/workflows/{key}"`, `"x-zh"`},
		header: map[string]string{"X-Content-Type-Options": "nosniff", "Content-Type": "application/json"},
	})
	document := value.Value(body)
	if _, err := value.Parse([]byte(body)); err != nil {
		t.Fatal(err)
	}
	references := 0
	for _, part := range strings.Split(body, `"$ref": "#`)[1:] {
		references++
		pointer, _, _ := strings.Cut(part, `"`)
		v := document
		for _, segment := range strings.Split(pointer, "/")[1:] {
			v = v.Get(value.Segment(strings.NewReplacer("~1", "/", "~0", "~").Replace(segment)))
		}
		if v == nil {
			t.Errorf("nothing at #%s", pointer)
		}
	}
	if references < 50 {
		t.Errorf("%d references", references)
	}
	for path, methods := range document.Get("paths").Members() {
		for method, operation := range methods.Members() {
			for _, want := range []value.Segment{"summary", "x-zh", "operationId", "responses"} {
				if operation.Get(want).Text() == "" {
					t.Errorf("%s %s has no %s", method, path, want)
				}
			}
		}
	}
	csp := s.do(t, call{method: "GET", path: "/api/docs"}).Header().Get("Content-Security-Policy")
	if !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
	s.checkAll(t, []call{
		{name: "English", method: "GET", path: "/api/docs", status: 200, want: []string{"Create or replace a workflow", `id="schema-Workflow"`}, wantNot: []string{"<script", "工作流列表"}},
		{name: "Chinese", method: "GET", path: "/api/docs?lang=zh", status: 200, want: []string{"工作流列表"}, wantNot: []string{"List the workflows"}},
		{name: "browser", method: "GET", path: "/api/docs", headers: map[string]string{"Accept-Language": "fr, zh-CN;q=0.9, en;q=0.8"}, status: 200, want: []string{"工作流列表"}},
	})
}

// deadlines notes the read deadlines of its connection.
type deadlines struct {
	*httptest.ResponseRecorder
	set []time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error {
	d.set = append(d.set, at)
	return nil
}

// TestRunOutlivesTheBody: the deadline for the body must not end a call that waits for longer.
func TestRunOutlivesTheBody(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/workflows/first/run", strings.NewReader(`{"context":1}`))
	r.Header.Set("Authorization", "Bearer "+s.keys[auth.Editor])
	w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
	s.runner.onRun = func() {
		if n := len(w.set); n != 2 || w.set[0].IsZero() || !w.set[1].IsZero() {
			t.Errorf("deadlines while it runs: %v", w.set)
		}
	}
	s.ServeHTTP(w, r)
	if len(s.runner.requests) != 1 {
		t.Errorf("nothing ran: %s", w.Body)
	}
}

// TestPanic: a broken part answers as every error does, and says nothing of itself.
func TestPanic(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.runner.onRun = func() { panic("inner details") }
	s.check(t, call{name: "a broken part", as: auth.Editor, method: "POST", path: "/api/workflows/first/run", status: 500, wantNot: []string{"inner"}})
}

package api

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/replay"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/webhook"
)

// fakeReplayer replays nothing, and remembers.
type fakeReplayer struct {
	store   *store.Store
	env     *secret.Env
	clock   hookflow.Clock
	asked   []any
	outcome hookflow.Outcome
}

func (f *fakeReplayer) Replay(_ context.Context, one replay.One) (*hookflow.Delivery, error) {
	f.asked = append(f.asked, one)
	return &hookflow.Delivery{ID: 99, ReplayOf: one.Delivery, Outcome: f.outcome, ExecutionID: 98}, nil
}

func (f *fakeReplayer) Count(_ context.Context, many replay.Many) (int64, error) {
	f.asked = append(f.asked, many)
	return 7, nil
}

func (f *fakeReplayer) Start(ctx context.Context, many replay.Many, also func(*store.Tx, hookflow.ID) error) (store.Replay, error) {
	f.asked = append(f.asked, many)
	r := store.Replay{
		ID: f.store.IDs().Next(), Filter: []byte(`{"workflow":"orders"}`), Revision: many.Revision, Status: hookflow.StatusRunning, Total: 7,
		CreatedAt: f.clock(), CreatedBy: many.By, Failures: []store.ReplayFailure{{Delivery: 5, Reason: "no hush-hush"}},
	}
	err := f.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.InsertReplay(&r); err != nil {
			return err
		}
		return also(tx, r.ID)
	})
	return r, err
}

func (s *server) hush(t *testing.T) {
	t.Helper()
	s.check(t, call{name: "secret", as: auth.Admin, method: "PUT", path: "/api/env/TOKEN", body: `{"value":"hush-hush","secret":true}`, status: 201})
}

func TestDeliverySearch(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.hush(t)
	id := s.deliver(t, hookflow.Delivery{
		Method: "POST", URL: "/api/webhooks/a?access_token=letmein", Headers: []hookflow.Header{{Name: "X-Api-Key", Value: "letmein"}, {Name: "X-Event", Value: "push"}, {Name: "Content-Type", Value: "application/json"}},
		Outcome: hookflow.OutcomeAccepted, Status: 202,
	}, `{"order":{"id":42},"token":"hush-hush"}`).String()
	find := func(name, query string, as auth.Role, found bool) call {
		c := call{name: name, as: as, method: "GET", path: "/api/deliveries?count=true&" + query, status: 200, wantNot: []string{"hush"}}
		if found {
			c.want = []string{id, `"total":1`}
		} else {
			c.want = []string{`"items":[]`, `"total":0`}
		}
		return c
	}
	s.checkAll(t, []call{
		find("text", "q=PUSH", auth.Viewer, true),
		find("header", "header=x-event:pus", auth.Viewer, true),
		find("body", "body="+url.QueryEscape("order.id:42"), auth.Viewer, true),
		find("status", "status=202", auth.Viewer, true),
		find("another status", "status=200", auth.Viewer, false),
		find("method", "method=post", auth.Viewer, true),
		find("replays", "replayOf="+id, auth.Viewer, false),
		find("any replay", "replay=true", auth.Viewer, false),
		find("no replay", "replay=false", auth.Viewer, true),
		find("what a viewer may not see", "q=letmein", auth.Viewer, false),
		find("what an administrator sees", "q=letmein", auth.Admin, true),
		find("what nobody sees", "q=hush-hush", auth.Admin, false),
		{name: "scanned", as: auth.Viewer, method: "GET", path: "/api/deliveries?q=nothing", status: 200, want: []string{`"scanned":1`, `"nextCursor":null`}},
		{name: "no id", as: auth.Viewer, method: "GET", path: "/api/deliveries?execution=x", status: 422, want: []string{`"/execution"`}},
		{name: "no path", as: auth.Viewer, method: "GET", path: "/api/deliveries?body=a..b", status: 422, want: []string{`"/body"`}},
	})
}

func TestRawCredentials(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	plain, err := webhook.Credentials{Headers: map[int]string{0: "Bearer letmein"}, Query: "key=letmein&a=1"}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := s.replayer.env.Seal(plain)
	if err != nil {
		t.Fatal(err)
	}
	d := hookflow.Delivery{
		Method: "POST", URL: "/api/webhooks/a?key=••••&a=1", Headers: []hookflow.Header{{Name: "Authorization", Value: "••••"}},
		Outcome: hookflow.OutcomeAccepted, Status: 200, Sealed: sealed,
	}
	id := s.deliver(t, d, "")
	one := "/api/deliveries/" + id.String()
	audited := func(n string) call {
		return call{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?count=true&action=read_credentials", status: 200, want: []string{`"total":` + n}}
	}
	s.checkAll(t, []call{
		{name: "admin, unasked", as: auth.Admin, method: "GET", path: one, status: 200, want: []string{"••••"}, wantNot: []string{"letmein"}},
		{name: "viewer", as: auth.Viewer, method: "GET", path: one + "?credentials=true", status: 200, want: []string{"••••"}, wantNot: []string{"letmein"}},
		{name: "editor", as: auth.Editor, method: "GET", path: one + "?credentials=true", status: 200, wantNot: []string{"letmein"}},
		audited("0"),
		{name: "admin", as: auth.Admin, method: "GET", path: one + "?credentials=true", status: 200, want: []string{`"value":"Bearer letmein"`, `key=letmein`}},
		audited("1"),
	})
	d.Sealed = []byte("from another key")
	lost := s.deliver(t, d, "")
	s.check(t, call{name: "lost", as: auth.Admin, method: "GET", path: "/api/deliveries/" + lost.String() + "?credentials=true", status: 409})
}

func TestReplayDelivery(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.replayer.outcome = hookflow.OutcomeAccepted
	id := s.deliver(t, hookflow.Delivery{Outcome: hookflow.OutcomeAccepted}, "")
	path := "/api/deliveries/" + id.String() + "/replay"
	again := hookflow.ID(99).String()
	s.checkAll(t, []call{
		{name: "viewer", as: auth.Viewer, method: "POST", path: path, status: 403},
		{name: "plain", as: auth.Editor, method: "POST", path: path, status: 202, want: []string{`"id":"` + again + `"`, `"replayOf":"` + id.String() + `"`, `"execution":`}, header: map[string]string{"Location": "/api/deliveries/" + again}},
		{name: "revision", as: auth.Editor, method: "POST", path: path, body: `{"revision":"original"}`, status: 202},
		{name: "wrong revision", as: auth.Editor, method: "POST", path: path, body: `{"revision":"last"}`, status: 422, want: []string{`"/revision"`}},
		{name: "force", as: auth.Editor, method: "POST", path: path, body: `{"force":true}`, status: 403},
		{name: "admin forces", as: auth.Admin, method: "POST", path: path, body: `{"force":true}`, status: 202},
		{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=delivery&count=true", status: 200, want: []string{`"total":3`, `"action":"replay"`, `"action":"admit"`}},
	})
	s.replayer.outcome = hookflow.OutcomeRejected
	s.check(t, call{name: "rejected again", as: auth.Editor, method: "POST", path: path, status: 200, want: []string{`"outcome":"rejected"`}})
	want := []any{
		replay.One{Delivery: id, Revision: ""},
		replay.One{Delivery: id, Revision: "original"},
		replay.One{Delivery: id, Revision: "current", Force: true},
		replay.One{Delivery: id, Revision: ""},
	}
	if diff := cmp.Diff(want, s.replayer.asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

func TestReplays(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			s.hush(t)
			const body = `{"filter":{"workflow":"orders","outcome":"rejected","from":"2026-03-01T00:00:00Z","q":"x"}`
			s.checkAll(t, []call{
				{name: "viewer", as: auth.Viewer, method: "POST", path: "/api/replays", body: body + "}", status: 403},
				{name: "count", as: auth.Editor, method: "POST", path: "/api/replays", body: body + `,"dryRun":true}`, status: 200, want: []string{`{"count":7}`}},
				{name: "no filter", as: auth.Editor, method: "POST", path: "/api/replays", body: `{}`, status: 422, want: []string{`"/filter"`}},
				{name: "wrong filter", as: auth.Editor, method: "POST", path: "/api/replays", body: `{"filter":{"outcome":"lost"}}`, status: 422, want: []string{`"/filter/outcome"`}},
			})
			started := s.check(t, call{name: "start", as: auth.Editor, method: "POST", path: "/api/replays", body: body + `,"revision":"draft"}`, status: 202, want: []string{`"status":"running","total":7,"done":0,"failed":0`, `"reason":"no ••••"`}})
			one := "/api/replays/" + member(t, started, "id")
			s.checkAll(t, []call{
				{name: "get", as: auth.Viewer, method: "GET", path: one, status: 200, want: []string{`"filter":{"workflow":"orders"}`, `"finishedAt":null`, `"createdBy":"editor"`}},
				{name: "list", as: auth.Viewer, method: "GET", path: "/api/replays?count=true", status: 200, want: []string{`"total":1`}},
				{name: "abort as viewer", as: auth.Viewer, method: "DELETE", path: one, status: 403},
				{name: "abort", as: auth.Editor, method: "DELETE", path: one, status: 200, want: []string{`"status":"aborted"`, `"finishedAt":"2026-03-01T12:00:00Z"`}},
				{name: "abort again", as: auth.Editor, method: "DELETE", path: one, status: 409},
				{name: "none", as: auth.Viewer, method: "GET", path: "/api/replays/0000000000001", status: 404},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=replay&count=true", status: 200, want: []string{`"total":2`, `"action":"start"`, `"action":"abort"`}},
			})
			asked := s.replayer.asked[1].(replay.Many)
			if asked.Revision != "draft" || asked.Filter.Workflow != "orders" || !asked.Filter.From.Equal(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)) {
				t.Errorf("asked %+v", asked)
			}
		})
	}
}

func TestExecutionsOfDelivery(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	w := s.workflowID(t, "orders")
	run := s.store.IDs().Next()
	delivery := s.deliver(t, hookflow.Delivery{WorkflowID: w.ID, Outcome: hookflow.OutcomeAccepted, ExecutionID: run}, "")
	err := s.store.Write(t.Context(), func(tx *store.Tx) error {
		return tx.InsertExecution(&hookflow.Execution{
			ID: run, WorkflowID: w.ID, RevisionID: w.Published, DeliveryID: delivery, Status: hookflow.StatusError, CreatedAt: s.clock(), FinishedAt: s.clock(),
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	s.checkAll(t, []call{
		{name: "delivery", as: auth.Viewer, method: "GET", path: "/api/executions?count=true&delivery=" + delivery.String(), status: 200, want: []string{`"total":1`, run.String()}},
		{name: "from", as: auth.Viewer, method: "GET", path: "/api/executions?count=true&from=2026-03-01T12:00:00Z", status: 200, want: []string{`"total":1`}},
		{name: "to", as: auth.Viewer, method: "GET", path: "/api/executions?count=true&to=2026-03-01T12:00:00Z", status: 200, want: []string{`"total":0`}},
	})
	if err := s.store.Write(t.Context(), func(tx *store.Tx) error { tx.PruneDelivery(delivery); return nil }); err != nil {
		t.Fatal(err)
	}
	s.check(t, call{name: "retry without its request", as: auth.Editor, method: "POST", path: "/api/executions/" + run.String() + "/retry", status: 409})
}

func TestStream(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.hush(t)
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	accepted := hookflow.Delivery{Method: "POST", URL: "/api/webhooks/a?access_token=letmein&b=hush-hush", Path: "hush-hush", Outcome: hookflow.OutcomeAccepted}
	first := s.deliver(t, accepted, "")
	events := s.stream(t, web.URL+"/api/deliveries/stream?outcome=accepted", "Last-Event-ID", (first - 1).String())
	rejected := accepted
	rejected.Outcome = hookflow.OutcomeRejected
	s.deliver(t, rejected, "")
	second := s.deliver(t, accepted, "")
	for _, want := range []hookflow.ID{first, second} {
		event := events()
		for _, part := range []string{"event: delivery\nid: " + want.String() + "\ndata: {", `"access_token=••••&b=••••"`, `"path":"••••"`} {
			if part = strings.TrimPrefix(strings.TrimSuffix(part, `"`), `"`); !strings.Contains(event, part) {
				t.Errorf("no %q in the event %q", part, event)
			}
		}
	}
	s.check(t, call{name: "nobody", method: "GET", path: "/api/deliveries/stream", status: 401})
	s.check(t, call{name: "wrong filter", as: auth.Viewer, method: "GET", path: "/api/deliveries/stream?outcome=lost", status: 422})
}

// A stream ends with the key that opened it.
func TestStreamOfRevokedKey(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, web.URL+"/api/deliveries/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.keys[auth.Viewer])
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	keys, err := s.auth.APIKeys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		if key.Role == auth.Viewer {
			s.check(t, call{name: "revoke", as: auth.Admin, method: "DELETE", path: "/api/api-keys/" + key.ID.String(), status: 204})
		}
	}
	s.advance(recheck)
	s.deliver(t, hookflow.Delivery{Method: "POST", URL: "/api/webhooks/a", Outcome: hookflow.OutcomeAccepted}, "")
	all, err := io.ReadAll(answer.Body)
	if err != nil || strings.Contains(string(all), "delivery") {
		t.Errorf("after the key was revoked came %q, %v", all, err)
	}
}

// stream opens a stream as a viewer; each call of what it returns reads an event.
func (s *server) stream(t *testing.T, address string, headers ...string) func() string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.keys[auth.Viewer])
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("answer = %d %v", answer.StatusCode, answer.Header)
	}
	lines := bufio.NewScanner(answer.Body)
	return func() string {
		t.Helper()
		var event strings.Builder
		for lines.Scan() {
			switch line := lines.Text(); {
			case line != "":
				event.WriteString(line + "\n")
			case strings.HasPrefix(event.String(), "event:"):
				return event.String()
			default:
				event.Reset()
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return ""
	}
}

package replay_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/accept"
	"github.com/hookflow/hookflow/internal/engine"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/queue/local"
	"github.com/hookflow/hookflow/internal/replay"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/webhook"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// env is $env.
type env map[string]string

func (e env) Lookup(name string) (text string, secret, ok bool) {
	text, ok = e[name]
	return text, true, ok
}

// vault encrypts nothing.
type vault struct{ engine.Vault }

func (vault) Open(sealed []byte) ([]byte, error) {
	if string(sealed) == "lost" {
		return nil, errors.New("another key")
	}
	return sealed, nil
}

func (vault) OpenDocument(document []byte) []byte { return document }

// world is what a replay needs. No worker runs: executions stay queued.
type world struct {
	t        *testing.T
	store    *store.Store
	env      env
	deps     replay.Deps
	workflow store.WorkflowRow
}

func databases(t *testing.T, run func(*testing.T, *world)) {
	t.Helper()
	for name, options := range map[string]func() store.Options{
		"sqlite":   func() store.Options { return store.Options{Path: t.TempDir() + "/hookflow.db"} },
		"postgres": func() store.Options { return store.Options{URL: pgtest.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, newWorld(t, options()))
		})
	}
}

func newWorld(t *testing.T, o store.Options) *world {
	t.Helper()
	log, clock := slog.New(slog.DiscardHandler), func() time.Time { return noon.Add(time.Hour) }
	o.Clock, o.Logger = time.Now, log
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{t: t, store: s, env: env{"SECRET": "wrong"}}
	q := local.New(s, queue.Options{Clock: clock, Logger: log})
	service := accept.New(s, q, engine.New(engine.Deps{Store: s, Queue: q, Clock: clock, Logger: log, Vault: vault{}}), clock, 1000)
	same := func(text string) string { return text }
	w.deps = replay.Deps{
		Store: s, Accept: service, Clock: clock, Logger: log,
		Door:  webhook.New(webhook.Options{Env: w.env, Clock: clock, Logger: log, MaxBody: 1 << 20}),
		Vault: vault{},
		View:  search.View{URL: same, Text: same, Headers: func(h []hookflow.Header) []hookflow.Header { return h }},
		Tick:  func(time.Duration) <-chan time.Time { return time.After(time.Millisecond) },
	}
	w.workflow = store.WorkflowRow{ID: s.IDs().Next(), Key: "orders", Enabled: true, CreatedAt: noon, UpdatedAt: noon}
	return w
}

// publish gives the workflow a revision with this verification.
func (w *world) publish(number int, at time.Time, trigger string) hookflow.ID {
	w.t.Helper()
	r := hookflow.Revision{
		ID: w.store.IDs().Next(), WorkflowID: w.workflow.ID, Number: number, CreatedAt: at,
		Document: []byte(`{"key":"orders","enabled":true,"trigger":{"type":"webhook","config":` + trigger + `},"nodes":[]}`),
	}
	w.write(func(tx *store.Tx) error {
		if number == 0 {
			w.workflow.Draft = r.ID
		} else {
			w.workflow.Published = r.ID
		}
		save := tx.UpdateWorkflow
		if number == 1 {
			save = tx.InsertWorkflow
		}
		return errors.Join(save(w.workflow), tx.InsertRevision(r))
	})
	return r.ID
}

func (w *world) write(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.store.Write(w.t.Context(), fn); err != nil {
		w.t.Fatal(err)
	}
}

// deliver stores what came at noon.
func (w *world) deliver(body string, change func(*hookflow.Delivery)) *hookflow.Delivery {
	w.t.Helper()
	d := &hookflow.Delivery{
		ID: w.store.IDs().Next(), WorkflowID: w.workflow.ID, WorkflowKey: "orders", ReceivedAt: noon, Method: "POST",
		URL: "https://h.example/api/webhooks/orders?a=1", Path: "orders", Pattern: "orders", IP: "192.0.2.1",
		Headers:  []hookflow.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "X-Token", Value: "••••"}},
		BodySize: int64(len(body)), Outcome: hookflow.OutcomeAccepted, Status: 200,
	}
	if change != nil {
		change(d)
	}
	packed, err := store.PackDelivery(d, []byte(body))
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *store.Tx) error { return tx.InsertDelivery(packed) })
	return d
}

func rejected(reason hookflow.Reason) func(*hookflow.Delivery) {
	return func(d *hookflow.Delivery) {
		d.Outcome, d.Reason, d.Status = hookflow.OutcomeRejected, reason, 401
	}
}

func (w *world) replay(one replay.One) (*hookflow.Delivery, error) {
	w.t.Helper()
	d, err := replay.New(w.deps).Replay(w.t.Context(), one)
	if err != nil {
		return nil, err
	}
	stored, err := w.store.Delivery(w.t.Context(), d.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	if stored.ReplayOf != one.Delivery || stored.Status != 0 || !strings.HasPrefix(stored.Detail, "replay of "+one.Delivery.String()) {
		w.t.Errorf("the replay of %s is stored as %+v", one.Delivery, stored)
	}
	return stored, nil
}

func TestAccepted(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		first := w.publish(1, noon.Add(-time.Hour), `{"path":"orders"}`)
		e := &hookflow.Execution{
			ID: w.store.IDs().Next(), WorkflowID: w.workflow.ID, RevisionID: first, StartedBy: hookflow.StartedByWebhook,
			Status: hookflow.StatusSucceeded, CreatedAt: noon, FinishedAt: noon,
		}
		w.write(func(tx *store.Tx) error { return tx.InsertExecution(e) })
		old := w.deliver(`{"n":1}`, func(d *hookflow.Delivery) { d.ExecutionID, d.Sealed = e.ID, []byte("{}") })
		second := w.publish(2, noon.Add(-time.Minute), `{"path":"elsewhere"}`)
		draft := w.publish(0, noon, `{"path":"orders"}`)
		gone := w.deliver(`{"n":1}`, func(d *hookflow.Delivery) { d.ExecutionID = 7 }) // its execution was deleted
		for _, test := range []struct {
			of       *hookflow.Delivery
			revision string
			want     hookflow.ID
		}{
			{old, "", second}, {old, replay.Current, second}, {old, replay.Original, first}, {old, replay.Draft, draft}, {gone, replay.Original, second},
		} {
			d, err := w.replay(replay.One{Delivery: test.of.ID, Revision: test.revision})
			if err != nil {
				t.Fatal(err)
			}
			if d.Outcome != hookflow.OutcomeAccepted || !d.ReceivedAt.Equal(noon.Add(time.Hour)) || d.IP != old.IP || string(d.Sealed) != string(test.of.Sealed) {
				t.Errorf("delivery = %+v", d)
			}
			if diff := cmp.Diff(old.Headers, d.Headers); diff != "" {
				t.Error(diff)
			}
			run, err := w.store.Execution(t.Context(), d.ExecutionID)
			if err != nil || run.RevisionID != test.want || run.StartedBy != hookflow.StartedByReplay || run.DeliveryID != d.ID || run.Status != hookflow.StatusQueued {
				t.Errorf("%q: execution = %+v, %v", test.revision, run, err)
			}
			body, err := w.store.DeliveryBody(t.Context(), d.ID)
			if err != nil || string(body) != `{"n":1}` {
				t.Errorf("body = %q, %v", body, err)
			}
		}
	})
}

func TestRejected(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		w.publish(1, noon.Add(-time.Hour), `{"verification":{"scheme":"token","header":"X-Token","value":"{{$env.SECRET}}"},"allowIPs":["192.0.2.0/24"],"schema":{"type":"object"},
			"filter":{"left":"{{$context.data.n}}","op":"equals","right":1}}`)
		sealed, err := webhook.Credentials{Headers: map[int]string{1: "right"}}.Encode()
		if err != nil {
			t.Fatal(err)
		}
		refuse := func(body string, change func(*hookflow.Delivery)) hookflow.ID {
			return w.deliver(body, func(d *hookflow.Delivery) {
				rejected(hookflow.ReasonVerification)(d)
				d.Sealed, d.Report = sealed, &hookflow.Report{Scheme: "token", Checks: []hookflow.Check{{Check: "token"}}}
				if change != nil {
					change(d)
				}
			}).ID
		}
		fine := refuse(`{"n":1}`, nil)
		again, err := w.replay(replay.One{Delivery: fine})
		if err != nil || again.Outcome != hookflow.OutcomeRejected || again.Reason != hookflow.ReasonVerification || again.ExecutionID != 0 {
			t.Errorf("with the wrong secret: %+v, %v", again, err)
		}
		forced, err := w.replay(replay.One{Delivery: fine, Force: true})
		if err != nil || forced.Outcome != hookflow.OutcomeAccepted || forced.ExecutionID == 0 || forced.Report.OK ||
			!strings.Contains(forced.Detail, "admitted by an administrator") || forced.Report.Checks[1].Check != "admitted" {
			t.Errorf("admitted: %+v, %v", forced, err)
		}
		w.env["SECRET"] = "right"
		for name, test := range map[string]struct {
			id      hookflow.ID
			outcome hookflow.Outcome
			reason  hookflow.Reason
		}{
			"fine":                {fine, hookflow.OutcomeAccepted, ""},
			"a replay of it":      {again.ID, hookflow.OutcomeAccepted, ""},
			"no JSON":             {refuse(`{`, nil), hookflow.OutcomeRejected, hookflow.ReasonMalformed},
			"not by the schema":   {refuse(`[1]`, nil), hookflow.OutcomeRejected, hookflow.ReasonSchema},
			"filtered":            {refuse(`{"n":2}`, nil), hookflow.OutcomeFiltered, ""},
			"no longer allowed":   {refuse(`{"n":1}`, func(d *hookflow.Delivery) { d.IP = "198.51.100.1" }), hookflow.OutcomeRejected, hookflow.ReasonIP},
			"another method":      {refuse(`{"n":1}`, func(d *hookflow.Delivery) { d.Method = "PUT" }), hookflow.OutcomeRejected, hookflow.ReasonMethod},
			"another token":       {refuse(`{"n":1}`, func(d *hookflow.Delivery) { d.Sealed = nil }), hookflow.OutcomeRejected, hookflow.ReasonVerification},
			"verified already":    {refuse(`{"n":1}`, func(d *hookflow.Delivery) { d.Sealed, d.Report.OK, d.Reason = nil, true, hookflow.ReasonSchema }), hookflow.OutcomeAccepted, ""},
			"cut off by overload": {refuse(`{"n":1}`, func(d *hookflow.Delivery) { d.Reason = hookflow.ReasonOverloaded }), hookflow.OutcomeAccepted, ""},
		} {
			d, err := w.replay(replay.One{Delivery: test.id})
			if err != nil || d.Outcome != test.outcome || d.Reason != test.reason || (d.ExecutionID != 0) != (test.outcome == hookflow.OutcomeAccepted) {
				t.Errorf("%s: %+v, %v", name, d, err)
			}
			if strings.Contains(d.Detail, "right") {
				t.Errorf("%s: the secret is told: %s", name, d.Detail)
			}
		}
	})
}

// A signature that was right, but late, is let in; one that was never right is not.
func TestTimeWindow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.Options{Path: t.TempDir() + "/hookflow.db"})
	w.publish(1, noon.Add(-time.Hour), `{"verification":{"scheme":"hmac","secret":"s3cret","header":"X-Sig","content":"{ts}.{body}","timestamp":{"header":"X-Ts","tolerance":"5m"}}}`)
	for name, test := range map[string]struct {
		at      time.Time
		secret  string
		outcome hookflow.Outcome
	}{
		"in time":        {noon, "s3cret", hookflow.OutcomeAccepted},
		"late":           {noon.Add(-24 * time.Hour), "s3cret", hookflow.OutcomeAccepted},
		"wrong":          {noon, "wrong", hookflow.OutcomeRejected},
		"late and wrong": {noon.Add(-24 * time.Hour), "wrong", hookflow.OutcomeRejected},
	} {
		const body = `{"n":1}`
		ts := strconv.FormatInt(test.at.Unix(), 10)
		mac := hmac.New(sha256.New, []byte(test.secret))
		mac.Write([]byte(ts + "." + body))
		old := w.deliver(body, func(d *hookflow.Delivery) {
			rejected(hookflow.ReasonVerification)(d)
			d.Headers = append(d.Headers, hookflow.Header{Name: "X-Ts", Value: ts}, hookflow.Header{Name: "X-Sig", Value: hex.EncodeToString(mac.Sum(nil))})
		})
		d, err := w.replay(replay.One{Delivery: old.ID})
		if err != nil || d.Outcome != test.outcome {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
}

func TestNotReplayable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.Options{Path: t.TempDir() + "/hookflow.db"})
	w.publish(1, noon, `{}`)
	length := func(n string) func(*hookflow.Delivery) {
		return func(d *hookflow.Delivery) {
			rejected(hookflow.ReasonRateLimited)(d)
			d.Headers = append(d.Headers, hookflow.Header{Name: "Content-Length", Value: n})
		}
	}
	for name, test := range map[string]struct {
		delivery *hookflow.Delivery
		force    bool
		want     string
	}{
		"no path":            {w.deliver("", func(d *hookflow.Delivery) { d.WorkflowID, d.Outcome = 0, hookflow.OutcomeRejected }), true, "no workflow had the path"},
		"handshake":          {w.deliver("{}", func(d *hookflow.Delivery) { d.Outcome = hookflow.OutcomeHandshake }), false, "handshake"},
		"too large":          {w.deliver("", rejected(hookflow.ReasonTooLarge)), true, "before its body was kept"},
		"one of a flood":     {w.deliver("", func(d *hookflow.Delivery) { rejected(hookflow.ReasonVerification)(d); d.Headers = nil }), true, "not kept whole"},
		"limited":            {w.deliver("", length("12")), true, "before its body was kept"},
		"lost credentials":   {w.deliver("{}", func(d *hookflow.Delivery) { rejected(hookflow.ReasonVerification)(d); d.Sealed = []byte("lost") }), false, "cannot be decrypted"},
		"admitted no JSON":   {w.deliver("{", rejected(hookflow.ReasonMalformed)), true, "cannot be read"},
		"before any version": {w.deliver("{}", func(d *hookflow.Delivery) { d.ReceivedAt = noon.Add(-time.Minute) }), false, "no published revision when"},
	} {
		_, err := w.replay(replay.One{Delivery: test.delivery.ID, Force: test.force, Revision: replay.Original})
		if hookflow.CodeOf(err) != hookflow.CodeConflict || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if d, err := w.replay(replay.One{Delivery: w.deliver("", length("0")).ID}); err != nil || d.Outcome != hookflow.OutcomeAccepted {
		t.Errorf("without a body: %+v, %v", d, err)
	}
	if _, err := w.replay(replay.One{Delivery: 7}); hookflow.CodeOf(err) != hookflow.CodeNotFound {
		t.Errorf("no such delivery: %v", err)
	}
	left := w.deliver("{}", nil)
	w.write(func(tx *store.Tx) error { return tx.DeleteWorkflow(w.workflow.ID, noon) })
	w.workflow.ID = w.store.IDs().Next()
	w.publish(1, noon, `{}`) // another one of the same key
	if _, err := w.replay(replay.One{Delivery: left.ID}); hookflow.CodeOf(err) != hookflow.CodeConflict || !strings.Contains(err.Error(), "has been deleted") {
		t.Errorf("deleted workflow: %v", err)
	}
}

// run works until no replay runs any more.
func (w *world) run() {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), time.Minute)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		replay.New(w.deps).Run(ctx)
	}()
	for running := 1; running > 0 && ctx.Err() == nil; {
		err := w.store.QueryRow(ctx, "SELECT count(*) FROM hf_replays WHERE status = 'running'").Scan(&running)
		if err != nil {
			w.t.Error(err)
			break
		}
		<-time.After(time.Millisecond)
	}
	stop()
	<-ended
}

func (w *world) start(filter search.Filter) store.Replay {
	w.t.Helper()
	service := replay.New(w.deps)
	many := replay.Many{Filter: filter, Revision: replay.Current, By: "ada"}
	n, err := service.Count(w.t.Context(), many)
	if err != nil {
		w.t.Fatal(err)
	}
	r, err := service.Start(w.t.Context(), many, func(*store.Tx, hookflow.ID) error { return nil })
	if err != nil || r.Total != n || r.Status != hookflow.StatusRunning {
		w.t.Fatalf("started %+v of %d, %v", r, n, err)
	}
	return r
}

func (w *world) ended(r store.Replay) store.Replay {
	w.t.Helper()
	r, err := w.store.Replay(w.t.Context(), r.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// replays counts the deliveries that repeat others.
func (w *world) replays() (n int) {
	w.t.Helper()
	if err := w.store.QueryRow(w.t.Context(), "SELECT count(*) FROM hf_deliveries WHERE replay_of IS NOT NULL").Scan(&n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestMany(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		w.publish(1, noon, `{}`)
		for range 90 { // no worker runs, and a replay waits when 200 are queued
			w.deliver(`{"n":1}`, nil)
		}
		w.deliver("", rejected(hookflow.ReasonTooLarge))
		other := w.deliver(`{"n":2}`, nil)
		r := w.start(search.Filter{Workflow: "orders", InBody: "n:1"})
		all := w.start(search.Filter{Workflow: "orders"})
		w.deliver(`{"n":1}`, nil) // too late to be part of either
		w.run()
		r, all = w.ended(r), w.ended(all)
		if r.Status != hookflow.StatusSucceeded || r.Total != 90 || r.Done != 90 || r.Failed != 0 || r.FinishedAt.IsZero() {
			t.Errorf("by body: %+v", r)
		}
		if all.Total != 92 || all.Done != 91 || all.Failed != 1 || len(all.Failures) != 1 || !strings.Contains(all.Failures[0].Reason, "body") {
			t.Errorf("all: %+v", all)
		}
		if n := w.replays(); n != 181 {
			t.Errorf("%d replays", n)
		}
		found, _, err := w.store.Deliveries(t.Context(), store.DeliveryFilter{ReplayOf: other.ID}, store.Page{})
		if err != nil || len(found) != 1 {
			t.Errorf("replays of one: %v, %v", found, err)
		}
	})
}

// A replay whose process died goes on where it was; nothing is replayed twice.
func TestManyResumes(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		w.publish(1, noon, `{}`)
		var all []*hookflow.Delivery
		for range 5 {
			all = append(all, w.deliver(`{}`, nil))
		}
		r := w.start(search.Filter{})
		w.write(func(tx *store.Tx) error {
			_, err := tx.Exec("UPDATE hf_replays SET owner = 'dead', done = 2, position = ? WHERE id = ?", all[1].ID, r.ID)
			return err
		})
		w.run()
		if r = w.ended(r); r.Done != 5 || r.Status != hookflow.StatusSucceeded || w.replays() != 3 {
			t.Errorf("%+v, %d replays", r, w.replays())
		}
	})
}

func TestManyAborted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.Options{Path: t.TempDir() + "/hookflow.db"})
	w.publish(1, noon, `{}`)
	for range 300 {
		w.deliver(`{}`, nil)
	}
	r := w.start(search.Filter{})
	w.deps.Tick = func(time.Duration) <-chan time.Time { // asked for when so many wait that the replay does, too
		w.write(func(tx *store.Tx) error {
			_, err := tx.AbortReplay(r.ID, noon)
			return err
		})
		return time.After(time.Millisecond)
	}
	w.run()
	if r = w.ended(r); r.Status != hookflow.StatusAborted || r.Done == 0 || r.Done > 250 || int(r.Done) != w.replays() {
		t.Errorf("%+v, %d replays", r, w.replays())
	}
}

func TestBadFilter(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.Options{Path: t.TempDir() + "/hookflow.db"})
	_, err := replay.New(w.deps).Count(t.Context(), replay.Many{Filter: search.Filter{Execution: "x"}})
	var e *hookflow.Error
	if !errors.As(err, &e) || len(e.Problems) != 1 || e.Problems[0].Pointer != "/filter/execution" {
		t.Errorf("%v", err)
	}
}

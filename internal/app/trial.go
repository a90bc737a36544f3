package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/accept"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/document"
	"github.com/hookflow/hookflow/internal/fixture"
	"github.com/hookflow/hookflow/internal/notify"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/queue/local"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// trial is a test of a workflow on a database of its own, without a network.
type trial struct {
	*App
	test    *fixture.Test
	clock   *fixture.Clock
	outside *fixture.Outside
	began   hookflow.ID // the execution, once it is known
	outcome fixture.Outcome
}

const (
	// trialTime bounds a test, by the real clock.
	trialTime = 60 * time.Second
	// trialTick is how often a test looks what it waits for.
	trialTick = 2 * time.Millisecond
)

// RunTest runs a test on what the documents describe, in a directory that is removed again. Delays
// pass at once. The error is of a test that cannot be run.
func RunTest(ctx context.Context, cfg config.Config, test *fixture.Test, documents []document.Document) (_ *fixture.Outcome, err error) {
	if cfg.DataDir, err = os.MkdirTemp("", "hookflow-test-*"); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(cfg.DataDir)) }()
	start := test.Now
	if start.IsZero() {
		start = time.Now()
	}
	t := &trial{test: test, clock: fixture.NewClock(start, time.Now), outside: fixture.NewOutside(test.HTTP)}
	t.App, err = OpenOffline(ctx, cfg, Options{Stdout: io.Discard, Logger: slog.New(slog.DiscardHandler), Clock: t.clock.Now}, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	t.cutOff()
	ctx, cancel := context.WithTimeoutCause(ctx, trialTime, fmt.Errorf("it has not ended after %s", trialTime))
	defer cancel()
	if err := t.prepare(ctx, documents); err != nil {
		return nil, err
	}
	return &t.outcome, t.run(ctx)
}

// cutOff puts the test's outside and clock in the place of the real ones.
func (t *trial) cutOff() {
	t.channels = notify.New(t.Store, t.env, channel.Env{HTTP: t.outside, Dialer: t.outside, Clock: t.clock.Now})
	t.queue = local.New(t.Store, queue.Options{Workers: t.cfg.Workers, Clock: t.clock.Now, At: t.clock.At})
	t.engine.Env.HTTP, t.engine.Env.Channels, t.engine.Queue = t.outside, t.channels, t.queue
	t.accept = accept.New(t.Store, t.queue, t.engine, t.clock.Now, t.cfg.MaxQueued)
}

func (t *trial) prepare(ctx context.Context, documents []document.Document) error {
	for _, name := range slices.Sorted(maps.Keys(t.test.Env)) {
		text, secret := fixture.Variable(t.test.Env[name])
		if _, err := t.env.Put(ctx, name, text, secret); err != nil {
			return fmt.Errorf("env.%s: %w", name, err)
		}
	}
	if err := document.Apply(ctx, t.Documents(), documents, document.Options{Tell: func(document.Action, string) {}}); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(t.test.Records)) {
		for i, values := range t.test.Records[name] {
			if _, err := t.Collections.Create(ctx, name, values); err != nil {
				return fmt.Errorf("records.%s[%d]: %w", name, i, err)
			}
		}
	}
	return nil
}

func (t *trial) run(ctx context.Context) error {
	working, stop := context.WithCancel(ctx)
	worked := make(chan error, 1)
	go func() { worked <- t.queue.Run(working, t.engine.Work) }()
	begun := make(chan error, 1)
	go func() { begun <- t.begin(ctx) }()
	err := t.await(ctx, begun)
	stop()
	if failure := <-worked; !errors.Is(failure, context.Canceled) {
		err = errors.Join(err, failure)
	}
	if err != nil {
		return err
	}
	return t.collect(ctx)
}

// await waits until everything has ended that the test began. When all that is left waits for a
// time, that comes at once.
func (t *trial) await(ctx context.Context, begun <-chan error) error {
	tick := time.NewTicker(trialTick)
	defer tick.Stop()
	served := false
	for {
		select {
		case err := <-begun:
			if err != nil {
				return err
			}
			served = true
		case <-tick.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		busy, due, err := t.left(ctx)
		switch {
		case err != nil:
			return err
		case busy || due.IsZero() && !served:
			t.clock.Tick(t.clock.Now())
		case !due.IsZero():
			t.clock.Tick(due)
		default:
			return nil
		}
	}
}

// left tells whether an execution has something to do, and when the first of the others will.
func (t *trial) left(ctx context.Context) (busy bool, due time.Time, err error) {
	for _, status := range []hookflow.Status{hookflow.StatusQueued, hookflow.StatusRunning} {
		found, _, err := t.Store.Executions(ctx, store.ExecutionFilter{Status: status}, store.Page{Limit: 1})
		if err != nil || len(found) > 0 {
			return true, due, err
		}
	}
	waiting, _, err := t.Store.Executions(ctx, store.ExecutionFilter{Status: hookflow.StatusWaiting}, store.Page{Limit: store.MaxLimit})
	for _, e := range waiting {
		if !e.DueAt.IsZero() && (due.IsZero() || e.DueAt.Before(due)) {
			due = e.DueAt
		}
	}
	return len(waiting) > 0 && due.IsZero(), due, err
}

// begin sends the request, or runs the workflow by hand.
func (t *trial) begin(ctx context.Context) error {
	if t.test.Request == nil {
		result, err := t.accept.Run(ctx, accept.Manual{Workflow: t.test.Workflow, Context: t.test.Context, Wait: trialTime})
		t.began = result.Execution
		if result.Response != nil {
			t.outcome.Response = responseOf(result.Response)
		}
		return err
	}
	request, err := t.request(ctx)
	if err != nil {
		return err
	}
	answer := &answerWriter{header: http.Header{}}
	t.handler().ServeHTTP(answer, request)
	t.outcome.Response = responseOf(&hookflow.Response{Status: answer.status, Headers: single(answer.header), Body: answer.body.Bytes()})
	id, err := hookflow.ParseID(answer.header.Get("X-Hookflow-Delivery"))
	if err != nil {
		return nil // it was not recorded, which the answer tells
	}
	return t.delivered(ctx, id)
}

func (t *trial) request(ctx context.Context) (*http.Request, error) {
	r := t.test.Request
	body, isJSON := fixture.Bytes(r.Body)
	method := r.Method
	if method == "" {
		method = http.MethodPost
	}
	path := r.Path
	if path == "" {
		path = t.path(ctx)
	}
	request, err := http.NewRequestWithContext(ctx, method, "http://127.0.0.1/api/webhooks/"+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	request.URL.RawQuery = r.Query
	request.RemoteAddr = "[" + r.IP + "]:1"
	if isJSON {
		request.Header.Set("Content-Type", "application/json")
	}
	for name, text := range r.Headers {
		request.Header.Set(name, text)
	}
	return request, nil
}

// path is the workflow's own.
func (t *trial) path(ctx context.Context) string {
	if saved, err := t.Workflows.Get(ctx, t.test.Workflow); err == nil {
		if path := value.Value(saved.Revision.Document).Get("trigger", "config", "path").Text(); path != "" {
			return path
		}
	}
	return t.test.Workflow
}

func (t *trial) delivered(ctx context.Context, id hookflow.ID) error {
	d, err := t.Store.Delivery(ctx, id)
	if err != nil {
		return err
	}
	t.outcome.Outcome, t.outcome.Reason, t.outcome.Detail = string(d.Outcome), string(d.Reason), d.Detail
	t.began = d.ExecutionID
	return nil
}

func (t *trial) collect(ctx context.Context) error {
	o := &t.outcome
	o.Calls, o.Strange = t.outside.Seen()
	o.Records = map[string][]value.Value{}
	for name := range t.test.Expect.Records {
		page, err := t.Collections.Records(ctx, name, collection.Query{Sort: []string{"id"}, Limit: collection.MaxLimit})
		if err != nil {
			return err
		}
		o.Records[name] = page.Records
	}
	if t.began == 0 {
		return nil
	}
	e, err := t.Store.Execution(ctx, t.began)
	if err != nil {
		return err
	}
	o.Status, o.Error, o.Output = string(e.Status), e.Error, e.Output
	steps, err := t.Store.Journal(ctx, t.began)
	if err != nil {
		return err
	}
	o.Nodes = map[string]value.Value{}
	for _, step := range steps {
		o.Nodes[step.NodeKey] = value.Value(step.Output)
		for key, assigned := range step.Assign {
			o.Nodes[key] = value.Value(assigned)
		}
	}
	return nil
}

func responseOf(r *hookflow.Response) *fixture.Response {
	return &fixture.Response{Status: r.Status, Headers: r.Headers, Body: fixture.Body(r.Body)}
}

func single(header http.Header) map[string]string {
	out := make(map[string]string, len(header))
	for name := range header {
		out[name] = header.Get(name)
	}
	return out
}

// answerWriter keeps an answer.
type answerWriter struct {
	header http.Header
	status int
	body   bytes.Buffer
}

var _ http.ResponseWriter = (*answerWriter)(nil)

func (a *answerWriter) Header() http.Header { return a.header }

func (a *answerWriter) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answerWriter) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

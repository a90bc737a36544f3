package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/engine"
	"github.com/hookflow/hookflow/internal/node"
	_ "github.com/hookflow/hookflow/internal/nodes"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/queue/local"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// probe is a node type of the tests: it does what its config says and notes
// that it ran.
type probeConfig struct {
	Result value.Value `json:"result,omitempty" doc:"-"`
	Fail   string      `json:"fail,omitempty" doc:"-"`
	Wait   bool        `json:"wait,omitempty" doc:"-"`
	Hang   bool        `json:"hang,omitempty" doc:"-"`
}

var ran sync.Map // name of a world -> *calls

type calls struct {
	mu   sync.Mutex
	list []string
}

func (c *calls) add(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, key)
	times := 0
	for _, k := range c.list {
		if k == key {
			times++
		}
	}
	return times
}

// await returns when n nodes have run.
func (c *calls) await(t *testing.T, n int) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for c.count() < n {
		select {
		case <-deadline:
			t.Fatalf("%d nodes ran, want %d: %s", c.count(), n, c)
		case <-time.After(time.Millisecond):
		}
	}
}

func (c *calls) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.list)
}

func (c *calls) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return strings.Join(c.list, " ")
}

func callsOf(test string) *calls {
	c, _ := ran.LoadOrStore(test, &calls{})
	return c.(*calls)
}

func init() {
	for name, effect := range map[string]node.Effect{"probe": node.Pure, "probe_out": node.External} {
		node.Register(node.Def[probeConfig]{Type: name, Effect: effect, Run: runProbe})
	}
}

func runProbe(ctx context.Context, call *node.Call[probeConfig]) (node.Outcome, error) {
	test, _ := call.Scope.Lookup(value.Path{Root: "$context", Segments: []value.Segment{"test"}}).Str()
	_, place, _ := strings.Cut(call.IdemKey, "/")
	times := callsOf(test).add(place)
	c := call.Config
	switch {
	case c.Fail == "panic":
		panic("probe")
	case c.Hang:
		<-ctx.Done()
		return nil, ctx.Err()
	case c.Wait && call.State == nil:
		return node.Wait{Until: call.Now.Add(time.Hour), State: value.Raw(`{"waited":true}`)}, nil
	case c.Fail == "once" && times > 1, c.Fail == "":
		return node.Done{Result: c.Result}, nil
	case c.Fail == "condition":
		return nil, &node.Failure{Reason: "not met"}
	default:
		return nil, errors.New("probe fails")
	}
}

// vault masks the text "hush" and seals by reversing.
type vault struct{}

func (vault) Mask(b []byte) ([]byte, bool) {
	masked := strings.ReplaceAll(string(b), "hush", "••••")
	if b == nil {
		return nil, false
	}
	return []byte(masked), masked != string(b)
}

// IsSecret takes CLOSED for the only one: no revision here is granted any.
func (vault) IsSecret(name string) bool { return name == "CLOSED" }

func (vault) Hide(values []string) func([]byte) []byte {
	return func(b []byte) []byte {
		for _, v := range values {
			b = bytes.ReplaceAll(b, []byte(v), []byte("••••"))
		}
		return b
	}
}

func (vault) OpenDocument(b []byte) []byte { return b }

func (vault) Seal(b []byte) ([]byte, error) { return reversed(b), nil }
func (vault) Open(b []byte) ([]byte, error) { return reversed(b), nil }

func reversed(b []byte) []byte {
	out := make([]byte, len(b))
	for i := range b {
		out[len(b)-1-i] = b[i]
	}
	return out
}

type world struct {
	t      *testing.T
	store  *store.Store
	engine *engine.Engine
	queue  *local.Queue
	clock  *clock
	path   string
	stop   func()

	workflows int
	calls     *calls
	parked    func(hookflow.ID) // is called when an execution has just been parked
}

// watched is the queue, and tells of executions that are put back.
type watched struct {
	queue.Queue
	w *world
}

func (q watched) Enqueue(tx *store.Tx, j queue.Job) error {
	if q.w.parked != nil {
		tx.OnCommit(func() { q.w.parked(j.ID) })
	}
	return q.Queue.Enqueue(tx, j)
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db") // also the name of this world
	w := &world{t: t, path: path, calls: callsOf(path), clock: &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}}
	w.start()
	t.Cleanup(func() { w.stop() })
	return w
}

func (w *world) start() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := store.Open(ctx, store.Options{Path: w.path, Clock: w.clock.Now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		w.t.Fatal(err)
	}
	w.store = s
	w.queue = local.New(s, queue.Options{Workers: 4, Clock: w.clock.Now, Logger: slog.New(slog.DiscardHandler)})
	w.engine = engine.New(engine.Deps{
		Store: s, Queue: watched{w.queue, w}, Clock: w.clock.Now, Logger: slog.New(slog.DiscardHandler),
		Env: node.Env{Variable: func(name string) (value.Value, bool) { return value.String("hush " + name), true }},
		LoadInput: func(_ context.Context, e *hookflow.Execution) (engine.Input, error) {
			return input{e.Input}, nil
		},
		RecordsIn: func(*store.Tx, engine.Writer) node.Records { return nil },
		Vault:     vault{}, Instance: "test",
	})
	done := make(chan error, 1)
	go func() { done <- w.queue.Run(ctx, w.engine.Work) }()
	w.stop = func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			w.t.Error(err)
		}
		if err := s.Close(); err != nil {
			w.t.Error(err)
		}
	}
}

// restart stops this process's part and starts another on the same file.
func (w *world) restart() {
	w.stop()
	w.start()
}

type input struct{ whole value.Value }

func (i input) Lookup(s ...value.Segment) value.Value { return i.whole.Get(s...) }
func (i input) JSON() value.Value                     { return i.whole }

// begin stores a workflow with the nodes and starts an execution of it.
func (w *world) begin(options, nodes string) hookflow.ID {
	w.t.Helper()
	w.workflows++
	key := fmt.Sprintf("test-%d", w.workflows)
	document := `{"key":"` + key + `","options":` + options + `,"trigger":{"type":"manual"},"nodes":` + nodes + `}`
	ids, now := w.store.IDs(), w.clock.Now()
	revision := hookflow.Revision{ID: ids.Next(), WorkflowID: ids.Next(), Number: 1, Document: []byte(document), CreatedAt: now}
	e := &hookflow.Execution{
		ID: ids.Next(), WorkflowID: revision.WorkflowID, RevisionID: revision.ID, StartedBy: hookflow.StartedByManual,
		Status: hookflow.StatusQueued, CreatedAt: now, Input: []byte(`{"test":"` + w.path + `"}`),
	}
	err := w.store.Write(context.Background(), func(tx *store.Tx) error {
		row := store.WorkflowRow{ID: revision.WorkflowID, Key: key, Published: revision.ID, Number: 1, CreatedAt: now, UpdatedAt: now}
		if err := tx.InsertWorkflow(row); err != nil {
			return err
		}
		if err := tx.InsertRevision(revision); err != nil {
			return err
		}
		if err := tx.InsertExecution(e); err != nil {
			return err
		}
		return w.queue.Enqueue(tx, queue.Job{ID: e.ID, Workflow: e.WorkflowID})
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return e.ID
}

// await returns the execution once it has one of the statuses.
func (w *world) await(id hookflow.ID, statuses ...hookflow.Status) *hookflow.Execution {
	w.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		e, err := w.store.Execution(context.Background(), id)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, s := range statuses {
			if e.Status == s && !w.engine.Running(id) {
				return e
			}
		}
		select {
		case <-deadline:
			w.t.Fatalf("execution is %s (%s), want %s", e.Status, e.Error, statuses)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// story is the steps as "path status" with results, for comparison.
func (w *world) story(id hookflow.ID) string {
	w.t.Helper()
	steps, err := w.store.Journal(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	var lines []string
	for _, s := range hookflow.ShownSteps(steps) {
		line := s.Path + " " + string(s.Status)
		if len(s.Output) > 0 && string(s.Output) != "null" {
			line += " " + string(s.Output)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestWalk(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, nodes string
		status      hookflow.Status
		reason      string
		story       string
	}{
		{
			name:   "nothing to do",
			nodes:  `[]`,
			status: hookflow.StatusSucceeded,
		},
		{
			name: "branch, loop and results",
			nodes: `[
				{"key":"a","type":"set","config":{"values":{"n":1.10,"list":["x","y"]}}},
				{"key":"c","type":"condition","config":{"left":"{{$steps.a.n}}","op":"equals","right":1.1},"branches":{"true":[
					{"key":"l","type":"loop","config":{"over":"{{$steps.a.list}}"},"branches":{"body":[
						{"key":"s","type":"set","config":{"values":"{{$scopes.l.index}}-{{$scopes.l.item}}"}}
					]}}
				]}},
				{"key":"z","type":"set","config":{"values":["{{$steps.s}}","{{$steps.l}}","{{$steps.nope}}","{{$steps.a.n}}"]}}
			]`,
			status: hookflow.StatusSucceeded,
			story: `a succeeded {"n":1.10,"list":["x","y"]}
l[0].s succeeded "0-x"
l[1].s succeeded "1-y"
l succeeded 2
c succeeded true
z succeeded ["1-y",2,null,1.10]`,
		},
		{
			name: "assign changes an earlier result",
			nodes: `[
				{"key":"a","type":"set","config":{"values":1}},
				{"key":"b","type":"set","config":{"assign":{"node":"a","value":"{{$system.workflowKey}}"}}},
				{"key":"c","type":"set","config":{"values":"{{$steps.a}}"}}
			]`,
			status: hookflow.StatusSucceeded,
			story:  "a succeeded 1\nb succeeded\nc succeeded \"test-1\"",
		},
		{
			name:   "a condition that must hold",
			nodes:  `[{"key":"c","type":"condition","config":{"left":1,"op":"gt","right":2,"mode":"continue"}},{"key":"x","type":"probe"}]`,
			status: hookflow.StatusFailed, reason: "the condition is not met",
			story: "c failed",
		},
		{
			name:   "an error ends the execution and the nodes around it",
			nodes:  `[{"key":"l","type":"loop","config":{"over":2},"branches":{"body":[{"key":"x","type":"probe","config":{"fail":"always"}}]}},{"key":"y","type":"probe"}]`,
			status: hookflow.StatusError, reason: "probe fails",
			story: "l[0].x error\nl error",
		},
		{
			name:   "a loop that goes on after errors",
			nodes:  `[{"key":"l","type":"loop","config":{"over":2,"onError":"continue"},"branches":{"body":[{"key":"x","type":"probe","config":{"fail":"always"}}]}}]`,
			status: hookflow.StatusSucceeded,
			story:  "l[0].x error\nl[1].x error\nl succeeded 2",
		},
		{
			name:   "a loop that breaks",
			nodes:  `[{"key":"l","type":"loop","config":{"over":9,"onError":"break"},"branches":{"body":[{"key":"x","type":"probe","config":{"fail":"always"}}]}}]`,
			status: hookflow.StatusSucceeded,
			story:  "l[0].x error\nl succeeded 1",
		},
		{
			name:   "onError continue and branch",
			nodes:  `[{"key":"x","type":"probe","onError":"continue","config":{"fail":"always"}},{"key":"y","type":"probe","onError":"branch","config":{"fail":"always"},"branches":{"error":[{"key":"z","type":"set","config":{"values":"{{$scopes.y.error}}"}}]}}]`,
			status: hookflow.StatusSucceeded,
			story:  "x error\nz succeeded \"probe fails\"\ny error",
		},
		{
			name:   "an error inside an error branch",
			nodes:  `[{"key":"y","type":"probe","onError":"branch","config":{"fail":"always"},"branches":{"error":[{"key":"z","type":"probe","config":{"fail":"condition"}}]}}]`,
			status: hookflow.StatusFailed, reason: "not met",
			story: "z failed\ny error",
		},
		{
			name:   "end inside a loop ends all",
			nodes:  `[{"key":"l","type":"loop","config":{"over":3},"branches":{"body":[{"key":"e","type":"end","config":{"status":"succeeded"}}]}},{"key":"y","type":"probe"}]`,
			status: hookflow.StatusSucceeded,
			story:  "l[0].e succeeded\nl succeeded",
		},
		{
			name:   "a disabled node",
			nodes:  `[{"key":"x","type":"probe","disabled":true,"config":{"fail":"always"}},{"key":"y","type":"set","config":{"values":"{{$steps.x}}"}}]`,
			status: hookflow.StatusSucceeded,
			story:  "x skipped\ny succeeded",
		},
		{
			name:   "a node's timeout",
			nodes:  `[{"key":"x","type":"probe_out","timeout":"20ms","config":{"hang":true}}]`,
			status: hookflow.StatusError, reason: "the node's timeout of 20ms has passed",
			story: "x error",
		},
		{
			name:   "a resolved config that does not fit",
			nodes:  `[{"key":"x","type":"probe","config":{"hang":"{{$context.test}}"}}]`,
			status: hookflow.StatusError, reason: "config/hang",
			story: "x error",
		},
		{
			name:   "a node type that panics",
			nodes:  `[{"key":"x","type":"probe","onError":"continue","config":{"fail":"panic"}},{"key":"y","type":"probe_out","config":{"fail":"panic"}}]`,
			status: hookflow.StatusError, reason: "the probe_out node broke: probe",
			story: "x error\ny error",
		},
		{
			name:   "a secret is masked however its path is spelt",
			nodes:  `[{"key":"x","type":"set","config":{"values":"{{$\u0065nv.KEY}}"}}]`,
			status: hookflow.StatusSucceeded,
			story:  "x succeeded \"•••• KEY\"",
		},
		{
			name:   "a secret is masked in what is kept",
			nodes:  `[{"key":"x","type":"set","config":{"values":"{{$env.KEY}}"}},{"key":"p","type":"probe_out"},{"key":"c","type":"condition","config":{"left":"{{$steps.x}}","op":"equals","right":"hush KEY","mode":"continue"}}]`,
			status: hookflow.StatusSucceeded,
			story:  "x succeeded \"•••• KEY\"\np succeeded\nc succeeded true",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.begin(`{}`, c.nodes)
			e := w.await(id, hookflow.StatusSucceeded, hookflow.StatusFailed, hookflow.StatusError, hookflow.StatusAborted)
			if e.Status != c.status || !strings.Contains(e.Error, c.reason) {
				t.Errorf("ended as %s (%s), want %s (%s)", e.Status, e.Error, c.status, c.reason)
			}
			if got := w.story(id); got != c.story {
				t.Errorf("steps:\n%s\nwant:\n%s", got, c.story)
			}
			if len(e.State) != 0 {
				t.Errorf("an ended execution has state %s", e.State)
			}
		})
	}
}

func TestWaitSurvivesRestart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[
		{"key":"s","type":"set","config":{"values":"{{$env.KEY}}"}},
		{"key":"l","type":"loop","config":{"over":["a","{{$env.KEY}}","c"]},"branches":{"body":[
			{"key":"out","type":"probe_out"},
			{"key":"w","type":"probe","config":{"wait":true,"result":"{{$scopes.l.item}}"}}
		]}},
		{"key":"end","type":"set","config":{"values":"{{$steps.s}} {{$steps.w}}"}}
	]`)
	for round := range 3 {
		w.calls.await(t, 3*round+2)
		w.await(id, hookflow.StatusWaiting)
		w.restart()
		w.clock.advance(2 * time.Hour)
		w.restart()
	}
	e := w.await(id, hookflow.StatusSucceeded)
	if got, want := w.calls.String(),
		"l[0].out l[0].w l[0].w l[1].out l[1].w l[1].w l[2].out l[2].w l[2].w"; got != want {
		t.Errorf("ran %s, want %s", got, want)
	}
	story := w.story(id)
	if !strings.Contains(story, `end succeeded "•••• KEY c"`) || !strings.Contains(story, `l[1].w succeeded "•••• KEY"`) {
		t.Errorf("steps:\n%s", story)
	}
	if len(e.State) > 0 {
		t.Error("state is kept after the end")
	}
}

// TestStoppedWhileParking: a stop that comes between the commit that parks an execution and the end of
// its worker is not lost.
func TestStoppedWhileParking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.parked = func(id hookflow.ID) {
		if err := w.engine.Stop(context.Background(), id, hookflow.StatusCancelled, "enough"); err != nil {
			t.Error(err)
		}
	}
	id := w.begin(`{}`, `[{"key":"w","type":"probe","config":{"wait":true}}]`)
	if e := w.await(id, hookflow.StatusCancelled); e.Error != "enough" {
		t.Errorf("it ended with %q", e.Error)
	}
}

func TestRetryOfANode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[{"key":"x","type":"probe_out","retry":{"attempts":3,"interval":"10m"},"config":{"fail":"once","result":7}}]`)
	w.await(id, hookflow.StatusWaiting)
	w.restart()
	w.clock.advance(11 * time.Minute)
	w.restart()
	w.await(id, hookflow.StatusSucceeded)
	steps, err := w.store.Journal(context.Background(), id)
	if err != nil || len(steps) != 1 {
		t.Fatal(steps, err)
	}
	if steps[0].Attempt != 2 || len(steps[0].Logs) != 1 || !strings.Contains(steps[0].Logs[0].Text, "attempt 1: probe fails") {
		t.Errorf("step: %+v", steps[0])
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	hanging := w.begin(`{}`, `[{"key":"a","type":"set","config":{"values":1}},{"key":"x","type":"probe_out","config":{"hang":true}}]`)
	w.calls.await(t, 1)
	waiting := w.begin(`{}`, `[{"key":"x","type":"probe","config":{"wait":true}}]`)
	w.await(waiting, hookflow.StatusWaiting)
	w.calls.await(t, 2)
	for _, id := range []hookflow.ID{hanging, waiting} {
		if err := w.engine.Stop(ctx, id, hookflow.StatusCancelled, "by hand"); err != nil {
			t.Fatal(err)
		}
		if e := w.await(id, hookflow.StatusCancelled); e.Error != "by hand" {
			t.Errorf("reason %q", e.Error)
		}
		if err := w.engine.Stop(ctx, id, hookflow.StatusCancelled, "again"); hookflow.CodeOf(err) != hookflow.CodeConflict {
			t.Errorf("a second stop: %v", err)
		}
	}
	if got, want := w.story(hanging), "a succeeded 1\nx cancelled"; got != want {
		t.Errorf("steps %q, want %q", got, want)
	}
}

func TestWorkflowTimeout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{"timeout":"30m"}`, `[{"key":"x","type":"probe","config":{"wait":true}},{"key":"y","type":"probe"}]`)
	w.await(id, hookflow.StatusWaiting)
	w.restart()
	w.clock.advance(31 * time.Minute)
	w.restart()
	if e := w.await(id, hookflow.StatusAborted); !strings.Contains(e.Error, "timeout of 30m") {
		t.Errorf("reason %q", e.Error)
	}
}

func TestShutdownGoesOnLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[{"key":"a","type":"probe_out"},{"key":"x","type":"probe_out","retry":{"attempts":1,"onCrash":"retry"},"config":{"hang":true}}]`)
	w.calls.await(t, 2)
	w.restart()
	w.calls.await(t, 3)
	if got := w.calls.String(); got != "a x x" {
		t.Errorf("ran %s, want a once and x again", got)
	}
	if err := w.engine.Stop(context.Background(), id, hookflow.StatusCancelled, ""); err != nil {
		t.Fatal(err)
	}
	w.await(id, hookflow.StatusCancelled)
}

func TestRetryOfAnExecution(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[
		{"key":"a","type":"probe_out","config":{"result":{"n":1}}},
		{"key":"c","type":"condition","config":{"left":1,"op":"equals","right":1},"branches":{"true":[
			{"key":"x","type":"probe_out","config":{"fail":"once","result":"{{$steps.a.n}}"}},
			{"key":"y","type":"probe_out"}
		]}},
		{"key":"z","type":"set","config":{"values":["{{$steps.x}}","{{$steps.c}}"]}}
	]`)
	w.await(id, hookflow.StatusError)
	again, err := w.engine.Retry(context.Background(), id, engine.Again{})
	if err != nil {
		t.Fatal(err)
	}
	e := w.await(again, hookflow.StatusSucceeded)
	if e.RetryOf != id || e.StartedBy != hookflow.StartedByRetry {
		t.Errorf("execution %+v", e)
	}
	want := "a succeeded {\"n\":1}\nx succeeded 1\ny succeeded\nc succeeded true\nz succeeded [1,true]"
	if got := w.story(again); got != want {
		t.Errorf("steps:\n%s\nwant:\n%s", got, want)
	}
	if got := w.calls.String(); got != "a x x y" {
		t.Errorf("ran %s", got)
	}
	if _, err := w.engine.Retry(context.Background(), id, engine.Again{From: "nope"}); hookflow.CodeOf(err) != hookflow.CodeInvalid {
		t.Errorf("a retry from a node that is not there: %v", err)
	}
	if _, err := w.engine.Retry(context.Background(), id, engine.Again{From: "z"}); hookflow.CodeOf(err) != hookflow.CodeInvalid {
		t.Errorf("a retry from a node that did not run: %v", err)
	}
}

func TestCompileProblems(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		`[{"key":"x","type":"nope"}]`:                                                                    "/nodes/0/type",
		`[{"key":"x","type":"set","config":{"nope":1}}]`:                                                 "/nodes/0/config/nope",
		`[{"key":"x","type":"set","branches":{"body":[]}}]`:                                              "/nodes/0/branches/body",
		`[{"key":"x","type":"loop","config":{"over":1},"branches":{"a/b":[]}}]`:                          "/nodes/0/branches/a~1b",
		`[{"key":"x","type":"condition","config":{"left":1,"op":"is"}}]`:                                 "/nodes/0/config/op",
		`[{"key":"x","type":"set","config":{"values":{"a":["{{ 1 + 1 }}"]}}}]`:                           "/nodes/0/config/values/a/0",
		`[{"key":"x","type":"loop","config":{"over":1},"branches":{"body":[{"key":"y","type":"zzz"}]}}]`: "/nodes/0/branches/body/0/type",
		`[{"key":"x","type":"set","config":{"values":{"a/b":[1,"{{$context.a}} {{$nope.x}}"]}}}]`:        "/nodes/0/config/values/a~1b/1",
		`[{"key":"x","type":"loop","config":{"over":"{{$context}}"},"branches":{"body":[
			{"key":"y","type":"condition","config":{"left":"{{$step.x}}","op":"empty"}}]}}]`: "/nodes/0/branches/body/0/config/left",
	}
	for nodes, pointer := range cases {
		problems := problemsOf(t, nodes)
		if len(problems) != 1 || problems[0].Pointer != pointer {
			t.Errorf("%s: problems %v, want one at %s", nodes, problems, pointer)
		}
	}
}

func problemsOf(t *testing.T, nodes string) []hookflow.Problem {
	t.Helper()
	var w hookflow.Workflow
	if err := json.Unmarshal([]byte(`{"key":"k","nodes":`+nodes+`}`), &w); err != nil {
		t.Fatal(err)
	}
	_, problems := engine.Compile(&w)
	return problems
}

func TestCompileKnowsTheVariables(t *testing.T) {
	t.Parallel()
	for _, nodes := range []string{
		`[{"key":"x","type":"set","config":{"values":{"a":"{{$context.a}} {{$env.A}} {{$system.now}}","b":["{{$scopes.l.item}}","{{$steps.x}}","{{$jobsMapByNodeKey.x}}"]}}}]`,
		`[{"key":"x","type":"javascript","config":{"code":"return '{{$nope}}'","params":{"a":"{{$context.a}}"}}}]`,
	} {
		if problems := problemsOf(t, nodes); len(problems) > 0 {
			t.Errorf("%s: %v", nodes, problems)
		}
	}
}

func TestRevisionThatDoesNotCompile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[{"key":"x","type":"of_the_future"}]`)
	if e := w.await(id, hookflow.StatusError); !strings.Contains(e.Error, "of_the_future") {
		t.Errorf("reason %q", e.Error)
	}
}

func TestResponseIsRecordedWithoutSecrets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[{"key":"r","type":"response","config":{"headers":{"X-Key":"{{$env.KEY}}"},"body":"it is {{$env.KEY}}, hush"}}]`)
	e := w.await(id, hookflow.StatusSucceeded)
	var got hookflow.Response
	if err := json.Unmarshal(e.Response, &got); err != nil {
		t.Fatalf("the recorded response cannot be read: %v", err)
	}
	if string(got.Body) != "it is •••• KEY, ••••" || got.Headers["X-Key"] != "•••• KEY" {
		t.Errorf("recorded %s with %v", got.Body, got.Headers)
	}
}

func TestJournalIsBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	fat := strings.Repeat("x", 4<<20)
	id := w.begin(`{}`, `[{"key":"l","type":"loop","config":{"over":100},"branches":{"body":[{"key":"x","type":"set","config":{"values":"`+fat+`"}}]}}]`)
	e := w.await(id, hookflow.StatusError)
	if !strings.Contains(e.Error, "more than 64 MiB") {
		t.Errorf("ended with %q", e.Error)
	}
	steps, err := w.store.Journal(context.Background(), id)
	if err != nil || len(steps) > 30 {
		t.Errorf("%d steps are recorded (%v)", len(steps), err)
	}
}

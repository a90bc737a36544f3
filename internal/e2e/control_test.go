package e2e_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// outside is a server that request nodes call. A path that begins with /hold/ is answered once it is
// released, one that begins with /fail/ with 500 and every other at once.
type outside struct {
	*httptest.Server
	mu    sync.Mutex
	calls []string
	held  map[string]chan struct{}
	left  []string // callers of /hold/ that went away
}

func newOutside(t *testing.T) *outside {
	t.Helper()
	o := &outside{held: map[string]chan struct{}{}}
	o.Server = httptest.NewServer(o)
	t.Cleanup(func() {
		o.CloseClientConnections()
		o.Close()
	})
	return o
}

func (o *outside) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	o.mu.Lock()
	o.calls = append(o.calls, r.URL.Path)
	gate := o.gate(r.URL.Path)
	o.mu.Unlock()
	switch {
	case strings.HasPrefix(r.URL.Path, "/fail/"):
		w.WriteHeader(http.StatusInternalServerError)
	case strings.HasPrefix(r.URL.Path, "/hold/"):
		select {
		case <-gate:
		case <-r.Context().Done():
			o.mu.Lock()
			o.left = append(o.left, r.URL.Path)
			o.mu.Unlock()
		}
	}
}

func (o *outside) gate(path string) chan struct{} {
	if o.held[path] == nil {
		o.held[path] = make(chan struct{})
	}
	return o.held[path]
}

func (o *outside) release(path string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.gate(path))
}

func (o *outside) called() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.calls)
}

func (o *outside) count(path string) (n int) {
	for _, c := range o.called() {
		if c == path {
			n++
		}
	}
	return n
}

func (o *outside) gone(path string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Contains(o.left, path)
}

func (o *outside) call(key, path string) string {
	return fmt.Sprintf(`{key: %s, type: request, config: {method: POST, url: "%s%s"}}`, key, o.URL, path)
}

// TestParallelRunsAtOnce: twenty branches are all at a receiver that answers none before it has seen
// them all.
func TestParallelRunsAtOnce(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	var branches []string
	for i := range 20 {
		branches = append(branches, fmt.Sprintf("b%d: [%s]", i, o.call(fmt.Sprintf("n%d", i), fmt.Sprintf("/hold/%d", i))))
	}
	key := save(t, s, webhook("", `{key: all, type: parallel, branches: {`+strings.Join(branches, ", ")+`}},
		{key: after, type: set, config: {values: "{{$steps.all.b7.status}} {{$steps.all.b7.result.status}}"}}`))
	r := post(t, s, key, "{}")
	hookflowtest.Eventually(t, "all branches wait at the receiver", func() bool { return len(o.called()) == 20 })
	for i := range 20 {
		o.release(fmt.Sprintf("/hold/%d", i))
	}
	e := executionOf(t, s, r)
	if e.Status != "succeeded" {
		t.Fatalf("the execution ended as %s: %s", e.Status, e.Error)
	}
	wantJSON(t, "what a branch came to", `"succeeded 200"`, string(e.step(t, "after").Output))
	if at := e.step(t, "n3").Path; at != "all[b3].n3" {
		t.Errorf("the step of a branch has the path %s", at)
	}
}

// TestParallelModes: any goes on with the first success and race with the first end; the calls of the
// other branches are hung up.
func TestParallelModes(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	key := save(t, s, webhook("{mode: sync}", `{key: p, type: parallel, config: {mode: any}, branches: {
			bad: [`+o.call("bad", "/fail/any")+`], good: [`+o.call("good", "/any")+`], slow: [`+o.call("slow", "/hold/any")+`]}},
		{key: q, type: parallel, config: {mode: race}, branches: {quick: [`+o.call("quick", "/race")+`], late: [`+o.call("late", "/hold/race")+`]}},
		{key: r, type: response, config: {body: ["{{$steps.p}}", "{{$steps.q}}"]}}`))
	r := post(t, s, key, "{}")
	if r.Status != http.StatusOK || !strings.Contains(r.Body, `"slow":{"status":"cancelled"}`) || !strings.Contains(r.Body, `"late":{"status":"cancelled"}`) ||
		!strings.Contains(r.Body, `"good":{"status":"succeeded"`) {
		t.Errorf("answered %d %s", r.Status, r.Body)
	}
	for _, path := range []string{"/hold/any", "/hold/race"} {
		if o.count(path) > 0 {
			hookflowtest.Eventually(t, path+" is hung up", func() bool { return o.gone(path) })
		}
	}
	all := run(t, s, saveAs(t, s, "all-fails", manual(`{key: p, type: parallel, branches: {bad: [`+o.call("bad", "/fail/all")+`], good: [`+o.call("good", "/all")+`]}}`)), "{}")
	if all.Status != "error" || o.count("/all") != 1 {
		t.Errorf("mode all ended as %s, and the other branch called %d times", all.Status, o.count("/all"))
	}
}

// startedBy is the execution that an answer's delivery has started.
func startedBy(t *testing.T, s *hookflowtest.Server, r reply) string {
	t.Helper()
	d := deliveryOf(t, s, r)
	if d.Execution == nil {
		t.Fatalf("the delivery started nothing: %+v", d)
	}
	return *d.Execution
}

func saveAs(t *testing.T, s *hookflowtest.Server, key, document string) string {
	t.Helper()
	if r := put(t, s, key, document); r.Status >= 300 {
		t.Fatalf("PUT %s answered %d %s", key, r.Status, r.Body)
	}
	return key
}

// TestParallelDelays: branches that wait hold nothing, and go on after a kill without a call made twice.
func TestParallelDelays(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	key := save(t, s, webhook("", `{key: p, type: parallel, branches: {
			a: [`+o.call("a1", "/a1")+`, {key: a2, type: delay, config: {for: 2s}}, `+o.call("a3", "/a3")+`],
			b: [`+o.call("b1", "/b1")+`, {key: b2, type: delay, config: {for: 3s}}, `+o.call("b3", "/b3")+`]}},
		`+o.call("end", "/end")))
	r := post(t, s, key, "{}")
	hookflowtest.Eventually(t, "both branches wait", func() bool {
		var e execution
		s.Into(&e, http.MethodGet, "/api/executions/"+startedBy(t, s, r), "")
		return e.Status == "waiting"
	})
	s.Kill()
	s.Restart()
	e := executionOf(t, s, r)
	if e.Status != "succeeded" {
		t.Fatalf("the execution ended as %s: %s", e.Status, e.Error)
	}
	got := o.called()
	if len(got) == 5 {
		slices.Sort(got[:2])
		slices.Sort(got[2:4])
	}
	if want := "/a1 /b1 /a3 /b3 /end"; strings.Join(got, " ") != want {
		t.Errorf("called %v, want %s", got, want)
	}
}

const stockCollection = `{"kind": "Collection", "fields": [{"name": "sku", "type": "string", "unique": true}, {"name": "count", "type": "integer"}]}`

// TestTransaction: a failure takes back what the branch has written, and only that.
func TestTransaction(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/collections/stock", stockCollection)
	create := func(key, sku, count string) string {
		return fmt.Sprintf(`{key: %s, type: create, config: {collection: stock, values: {sku: "%s", count: "%s"}}}`, key, sku, count)
	}
	key := save(t, s, webhook("{mode: sync}", create("before", "before-{{$context.data.n}}", "1")+`,
		{key: tx, type: transaction, onError: continue, branches: {
			run: [`+create("one", "one-{{$context.data.n}}", "1")+`,
				{key: seen, type: query, config: {collection: stock, filter: {field: sku, op: equals, value: "one-{{$context.data.n}}"}}},
				{key: many, type: loop, config: {over: 3}, branches: {body: [`+create("in", "in-{{$context.data.n}}-{{$scopes.many.index}}", "2")+`]}},
				`+create("bad", "bad-{{$context.data.n}}", "{{$context.data.count}}")+`],
			rollback: [`+create("undo", "undo-{{$context.data.n}}", "0")+`, {key: why, type: set, config: {values: "{{$scopes.tx.error}}"}}]}},
		{key: r, type: response, config: {body: {one: "{{$steps.one}}", seen: "{{$steps.seen}}", why: "{{$steps.why}}"}}}`))
	bad := post(t, s, key, `{"n": 1, "count": "none"}`, asJSON)
	if !strings.Contains(bad.Body, `"one":null`) || strings.Contains(bad.Body, `"why":null`) {
		t.Errorf("after the rollback the answer is %s", bad.Body)
	}
	good := post(t, s, key, `{"n": 2, "count": 5}`, asJSON)
	if !strings.Contains(good.Body, `"sku":"one-2"`) || !strings.Contains(good.Body, `"why":null`) {
		t.Errorf("after the commit the answer is %s", good.Body)
	}
	var skus []string
	for _, record := range records(t, s, "stock") {
		skus = append(skus, text(t, record["sku"]))
	}
	slices.Sort(skus)
	want := "bad-2 before-1 before-2 in-2-0 in-2-1 in-2-2 one-2 undo-1"
	if got := strings.Join(skus, " "); got != want {
		t.Errorf("the records are %s, want %s", got, want)
	}
	if got := executionOf(t, s, bad).step(t, "one"); got.Status != "cancelled" {
		t.Errorf("the step that was taken back is shown as %s", got.Status)
	}
	ended := run(t, s, saveAs(t, s, "tx-ended", manual(`{key: tx, type: transaction, branches: {run: [`+create("gone", "gone", "1")+`, {key: e, type: end, config: {status: failed}}]}}`)), "{}")
	if ended.Status != "failed" || len(records(t, s, "stock")) != len(skus) {
		t.Errorf("a transaction that ends as failed ended as %s and left a record", ended.Status)
	}
	refused := put(t, s, "tx-outside", manual(`{key: tx, type: transaction, branches: {run: [{key: d, type: delay, config: {for: 1s}}]}}`))
	wantReply(t, "a delay in a transaction", refused, http.StatusUnprocessableEntity, "/nodes/0/branches/run/0/type")
}

// TestCall: a workflow runs another one, waits for it whatever happens to the process, and takes over its
// output or its failure.
func TestCall(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	saveAs(t, s, "inner", manual(o.call("ask", "/hold/inner")+`, {key: out, type: output, config: {value: {twice: ["{{$context.n}}", "{{$context.n}}"]}}}`))
	saveAs(t, s, "broken", manual(`{key: e, type: end, config: {status: failed}}`))
	key := save(t, s, webhook("", o.call("first", "/first")+`, {key: sub, type: call, config: {workflow: inner, input: {n: "{{$context.data.n}}"}}},
		{key: no, type: call, onError: continue, config: {workflow: broken}}, `+o.call("last", "/last")))
	r := post(t, s, key, `{"n": 4}`, asJSON)
	hookflowtest.Eventually(t, "the called workflow is at the receiver", func() bool { return o.count("/hold/inner") == 1 })
	s.Kill()
	o.release("/hold/inner")
	s.Restart()
	e := executionOf(t, s, r)
	if e.Status != "succeeded" || o.count("/first") != 1 || o.count("/last") != 1 {
		t.Fatalf("the execution ended as %s: %s, after %v", e.Status, e.Error, o.called())
	}
	wantJSON(t, "the output", `{"twice":[4,4]}`, string(e.step(t, "sub").Output))
	if got := e.step(t, "no"); got.Status != "failed" || !strings.Contains(got.Error, "broken") {
		t.Errorf("the call of a workflow that fails is %+v", got)
	}
	saveAs(t, s, "ping", manual(`{key: c, type: call, config: {workflow: pong}}`))
	circle := put(t, s, "pong", manual(`{key: c, type: call, config: {workflow: ping}}`))
	wantReply(t, "a circle of calls", circle, http.StatusUnprocessableEntity, "ping")
}

// TestCancelReachesCalled: whoever cancels an execution cancels what it waits for.
func TestCancelReachesCalled(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	saveAs(t, s, "slow", manual(o.call("ask", "/hold/slow")))
	key := save(t, s, webhook("", `{key: sub, type: call, config: {workflow: slow}}`))
	r := post(t, s, key, "{}")
	hookflowtest.Eventually(t, "the called workflow is at the receiver", func() bool { return o.count("/hold/slow") == 1 })
	id := startedBy(t, s, r)
	s.Must(http.MethodPost, "/api/executions/"+id+"/cancel", "")
	if e := ended(t, s, id); e.Status != "cancelled" {
		t.Errorf("the caller ended as %s", e.Status)
	}
	hookflowtest.Eventually(t, "the call is hung up", func() bool { return o.gone("/hold/slow") })
}

// TestAbandonedCallIsStopped: a called workflow is stopped once its caller's node is, whatever the rest of
// the caller does.
func TestAbandonedCallIsStopped(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	for name, nodes := range map[string]string{
		"overtaken": `{key: p, type: parallel, config: {mode: race}, branches: {a: [{key: sub, type: call, config: {workflow: slow-overtaken}}], b: [` + o.call("go", "/hold/go-overtaken") + `]}}`,
		"ended":     `{key: p, type: parallel, branches: {a: [{key: sub, type: call, config: {workflow: slow-ended}}], b: [` + o.call("go", "/hold/go-ended") + `, {key: r, type: response}]}}`,
		"late":      `{key: sub, type: call, timeout: 300ms, onError: continue, config: {workflow: slow-late}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, slow := s.For(t), "/hold/slow-"+name
			saveAs(t, s, "slow-"+name, manual(o.call("ask", slow)))
			id := startedBy(t, s, post(t, s, save(t, s, webhook("", nodes)), "{}"))
			hookflowtest.Eventually(t, "the called workflow is at the receiver", func() bool { return o.count(slow) == 1 })
			o.release("/hold/go-" + name)
			if e := ended(t, s, id); e.Status != "succeeded" {
				t.Errorf("the caller ended as %s: %s", e.Status, e.Error)
			}
			hookflowtest.Eventually(t, "the call is hung up", func() bool { return o.gone(slow) })
		})
	}
}

// TestCancelWhileWaiting: what was under way has ended with the execution.
func TestCancelWhileWaiting(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	key := save(t, s, webhook("", `{key: p, type: parallel, branches: {a: [`+o.call("a", "/a")+`, {key: d, type: delay, config: {for: 1h}}]}}`))
	id := startedBy(t, s, post(t, s, key, "{}"))
	hookflowtest.Eventually(t, "it waits", func() bool {
		var e execution
		s.Into(&e, http.MethodGet, "/api/executions/"+id, "")
		return e.Status == "waiting"
	})
	s.Must(http.MethodPost, "/api/executions/"+id+"/cancel", "")
	if got := ended(t, s, id).step(t, "p").Status; got != "cancelled" {
		t.Errorf("the node is %s", got)
	}
}

// TestOnErrorWorkflow: a failed execution starts the workflow that looks after failures, once.
func TestOnErrorWorkflow(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/collections/stock", stockCollection)
	saveAs(t, s, "ops", `{options: {onError: ops}, trigger: {type: manual}, nodes: [
		{key: note, type: create, config: {collection: stock, values: {sku: "{{$context.workflow}} {{$context.status}} {{$context.context.data.n}}"}}},
		{key: e, type: end, config: {status: failed}}]}`)
	key := save(t, s, `{enabled: true, options: {onError: ops}, trigger: {type: webhook}, nodes: [{key: e, type: end, config: {status: failed}}]}`)
	executionOf(t, s, post(t, s, key, `{"n": 8}`, asJSON))
	hookflowtest.Eventually(t, "the failure is noted", func() bool { return len(records(t, s, "stock")) == 1 })
	if got := text(t, records(t, s, "stock")[0]["sku"]); got != key+" failed 8" {
		t.Errorf("noted %q", got)
	}
}

// TestTimeoutOfAControlNode: the timeout of a loop is over all its rounds, and that of a parallel node over all
// its branches; the calls under way are hung up.
func TestTimeoutOfAControlNode(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	key := save(t, s, webhook("{mode: sync}", `{key: p, type: parallel, timeout: 300ms, onError: continue, branches: {a: [`+o.call("a", "/hold/a")+`], b: [`+o.call("b", "/b")+`]}},
		{key: l, type: loop, timeout: 300ms, onError: continue, config: {over: 1000}, branches: {body: [{key: d, type: delay, config: {for: 50ms}}]}},
		{key: r, type: response, config: {body: done}}`))
	r := post(t, s, key, "{}")
	if r.Status != http.StatusOK {
		t.Fatalf("answered %d %s", r.Status, r.Body)
	}
	e := executionOf(t, s, r)
	if o.count("/hold/a") > 0 { // on a busy machine the time may be over before the call
		hookflowtest.Eventually(t, "the call is hung up", func() bool { return o.gone("/hold/a") })
	}
	for _, key := range []string{"p", "l"} {
		if got := e.step(t, key); got.Status != "error" || !strings.Contains(got.Error, "timeout of 300ms") {
			t.Errorf("%s is %s: %s", key, got.Status, got.Error)
		}
	}
}

// TestBackoff: attempts are further and further apart, as the receiver sees it.
func TestBackoff(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	var mu sync.Mutex
	var at []time.Time
	remote := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		at = append(at, time.Now())
		if len(at) < 4 {
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	t.Cleanup(remote.Close)
	key := save(t, s, manual(`{key: ask, type: request, retry: {attempts: 5, backoff: exponential, interval: 200ms}, config: {url: "`+remote.URL+`"}}`))
	if e := run(t, s, key, "{}"); e.Status != "succeeded" {
		t.Fatalf("ended as %s: %s", e.Status, e.Error)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(at) != 4 {
		t.Fatalf("%d attempts", len(at))
	}
	for i, atLeast := range []time.Duration{100, 200, 400} { // half of 200 ms doubled: the rest is jitter
		if gap := at[i+1].Sub(at[i]); gap < atLeast*time.Millisecond {
			t.Errorf("attempt %d came after %s, sooner than %dms", i+2, gap, atLeast)
		}
	}
}

// TestTrial: a part of a workflow runs with given results, and without its effects unless they are asked for.
func TestTrial(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	key := save(t, s, manual(o.call("ask", "/ask")+`, {key: name, type: set, config: {values: "{{$steps.ask.data.name}} {{$context.n}}"}},
		{key: each, type: loop, config: {over: 2}, branches: {body: [`+o.call("tell", "/tell")+`]}}, {key: out, type: output, config: {value: "{{$steps.name}}"}}`))
	trial := func(body string) execution {
		var made struct{ Execution string }
		s.Into(&made, http.MethodPost, "/api/workflows/"+key+"/run", body)
		return ended(t, s, made.Execution)
	}
	keys := func(e execution) string {
		var told []string
		for _, s := range e.Steps {
			told = append(told, s.Path+" "+s.Status)
		}
		return strings.Join(told, ", ")
	}
	for _, test := range []struct{ name, body, steps, output string }{
		{"one node", `{"context": {"n": 1}, "node": "name", "pins": {"ask": {"data": {"name": "Ada"}}}}`, "name succeeded", ""},
		{"up to a node", `{"context": {"n": 1}, "until": "name"}`, "ask skipped, name succeeded", ""},
		{"pinned", `{"context": {"n": 1}, "pins": {"ask": {"data": {"name": "Ada"}}, "each": 2}}`, "ask succeeded, name succeeded, each succeeded, out succeeded", `"Ada 1"`},
		{"dry", `{"context": {"n": 1}, "dryRun": true}`, "ask skipped, name succeeded, each[0].tell skipped, each[1].tell skipped, each succeeded, out succeeded", `" 1"`},
	} {
		e := trial(test.body)
		if got := keys(e); got != test.steps || e.Status != "succeeded" || string(e.Output) != test.output && test.output != "" {
			t.Errorf("%s: %s (%s), output %s", test.name, got, e.Status, e.Output)
		}
	}
	if calls := o.called(); len(calls) > 0 {
		t.Errorf("the outside saw %v", calls)
	}
	trial(`{"until": "ask", "dryRun": false}`)
	if calls := o.called(); len(calls) != 1 {
		t.Errorf("asked for, the outside saw %v", calls)
	}
	broken := manual(`{key: l, type: loop, config: {over: 2}, branches: {body: [{key: "no", type: javascript, config: {code: "throw 1"}}]}}`)
	saveAs(t, s, "broken", broken)
	if key = "broken"; trial(`{"until": "no"}`).Status != "error" {
		t.Error("a node that fails is not told from one that succeeds")
	}
	unknown := admin(t, s, http.MethodPost, "/api/workflows/"+key+"/run", `{"until": "nowhere"}`)
	wantReply(t, "a node that is not there", unknown, http.StatusUnprocessableEntity, "/until")
}

// TestRetryWithOtherInput: a retry goes on from a node with results and a request that were corrected.
func TestRetryWithOtherInput(t *testing.T) {
	t.Parallel()
	s, o := hookflowtest.Start(t), newOutside(t)
	key := save(t, s, webhook("", o.call("ask", "/ask")+`, {key: name, type: set, config: {values: {name: "{{$context.data.name}}"}}},
		{key: is, type: condition, config: {mode: continue, left: "{{$steps.name.name}}{{$context.n}}", op: equals, right: "Ada2"}}, `+o.call("tell", "/tell")))
	first := executionOf(t, s, post(t, s, key, `{"name": "Bob"}`, asJSON))
	if first.Status != "failed" {
		t.Fatalf("ended as %s", first.Status)
	}
	var made struct{ Execution string }
	s.Into(&made, http.MethodPost, "/api/executions/"+first.ID+"/retry", `{"from": "is", "results": {"name": {"name": "Ada"}}, "context": {"n": 2}}`)
	if again := ended(t, s, made.Execution); again.Status != "succeeded" {
		t.Errorf("the retry ended as %s: %s", again.Status, again.Error)
	}
	if o.count("/ask") != 1 || o.count("/tell") != 1 {
		t.Errorf("the outside saw %v", o.called())
	}
	bad := admin(t, s, http.MethodPost, "/api/executions/"+first.ID+"/retry", `{"from": "ask", "results": {"name": 1}}`)
	wantReply(t, "a result that is not kept", bad, http.StatusUnprocessableEntity, "/results/name")
}

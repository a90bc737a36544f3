package crashtest

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// patience bounds the waits of this package's own.
const patience = 60 * time.Second

// world is a server, the receiver that its workflows call, and what its callers
// were promised.
type world struct {
	*hookflowtest.Server
	outside *receiver

	ids  atomic.Int64
	mu   sync.Mutex
	kept map[string]string // id of every acknowledged request, and its delivery

	finished map[string]int // Idempotency-Keys whose steps were on disk when a process died, and how often they had been used
}

// start starts a server with the workflows that are named.
func start(t *testing.T, workflows []string, env ...string) *world {
	t.Helper()
	return startIn(t, t.TempDir(), workflows, env...)
}

func startIn(t *testing.T, dir string, workflows []string, env ...string) *world {
	t.Helper()
	return begin(t, hookflowtest.StartIn(t, dir, env...), workflows)
}

func begin(t *testing.T, s *hookflowtest.Server, workflows []string) *world {
	t.Helper()
	w := &world{Server: s, outside: newReceiver(t), kept: map[string]string{}, finished: map[string]int{}}
	for _, name := range []string{"begun", "done"} {
		w.Must(http.MethodPut, "/api/collections/"+name, fmt.Sprintf(collection, name))
	}
	for _, key := range workflows {
		w.Must(http.MethodPut, "/api/workflows/"+key, fmt.Sprintf(`{"key": %q, "enabled": true, %s}`, key, w.document(key)))
	}
	return w
}

const collection = `{"name": %q, "fields": [
	{"name": "ref", "type": "string", "required": true},
	{"name": "round", "type": "integer"},
	{"name": "state", "type": "string"}
]}`

// document is a workflow without its key. {begin} and {end} each write a record,
// {tell} and {hold} each call the receiver. All commit something, but for the
// script of thinking, which takes very long in the process that made the call.
func (w *world) document(key string) string {
	const async, sync = `"trigger": {"type": "webhook", "config": {"methods": ["POST"]}}`, `"trigger": {"type": "webhook", "config": {"methods": ["POST"], "mode": "sync"}}`
	var (
		begin = `{"key": "begin", "type": "create", "config": {"collection": "begun", "values": {"ref": "{{$context.data.id}}", "state": "begun"}}}`
		mark  = `{"key": "mark", "type": "update", "config": {"collection": "begun", "filter": {"field": "ref", "op": "equals", "value": "{{$context.data.id}}"}, "values": {"state": "told"}}}`
		end   = `{"key": "end", "type": "create", "config": {"collection": "done", "values": {"ref": "{{$context.data.id}}"}}}`
		tell  = w.request("tell", "")
		hold  = w.request("hold", "")
	)
	switch key {
	case "load":
		return async + `, "nodes": [{"key": "wanted", "type": "condition", "config": {"left": "{{$context.data.id}}", "op": "notEmpty"}, "branches": {"true": [` +
			begin + `, ` + tell + `, ` + mark + `, ` + end + `]}}]`
	case "held":
		return async + `, "nodes": [` + begin + `, ` + tell + `, ` + hold + `, ` + end + `]`
	case "once":
		return async + `, "nodes": [` + begin + `, ` + w.request("hold", `"retry": {"attempts": 1, "onCrash": "fail"}, `) + `, ` + end + `]`
	case "once-of-three":
		return async + `, "nodes": [` + begin + `, ` + w.request("hold", `"retry": {"attempts": 3, "onCrash": "fail"}, `) + `, ` + end + `]`
	case "rounds":
		return async + `, "nodes": [{"key": "loop", "type": "loop", "config": {"over": 20}, "branches": {"body": [` +
			tell + `, {"key": "end", "type": "create", "config": {"collection": "done", "values": {"ref": "{{$context.data.id}}", "round": "{{$scopes.loop.index}}"}}}]}}]`
	case "thinking":
		return async + `, "nodes": [` + tell + `, {"key": "think", "type": "javascript", "config": {"timeout": "1m", ` +
			`"params": {"asked": "{{$steps.tell.data.process}}", "here": "{{$system.instance}}"}, ` +
			`"code": "if (params.asked === params.here) await new Promise(resolve => setTimeout(resolve, 50000));"}}, ` + end + `]`
	case "long":
		return async + `, "nodes": [` + w.long() + `]`
	case "who":
		return sync + `, "nodes": [{"key": "me", "type": "response", "config": {"body": "{{$system.instance}}"}}]`
	default:
		panic("there is no workflow " + key)
	}
}

func (w *world) request(path, retry string) string {
	return fmt.Sprintf(`{"key": %q, "type": "request", %s"config": {
		"method": "POST", "url": %q, "headers": {"X-Process": "{{$system.instance}}"}, "timeout": "5m",
		"body": {"id": "{{$context.data.id}}", "round": "{{$scopes.loop.index}}"}
	}}`, path, retry, w.outside.url+"/"+path)
}

// send posts one request with a new id, and notes it when it was acknowledged.
func (w *world) send(s *hookflowtest.Server, workflow string) (status int, header http.Header, err error) {
	id := fmt.Sprintf("%s-%d", workflow, w.ids.Add(1))
	answer, _, err := s.Do(http.MethodPost, "/api/webhooks/"+workflow, fmt.Sprintf(`{"id": %q}`, id), "Content-Type: application/json")
	if err != nil {
		return 0, nil, err
	}
	if answer.StatusCode/100 == 2 {
		w.mu.Lock()
		w.kept[id] = answer.Header.Get("X-Hookflow-Delivery")
		w.mu.Unlock()
		w.outside.tick()
	}
	return answer.StatusCode, answer.Header, nil
}

// sendAll posts n requests that must be acknowledged.
func (w *world) sendAll(t *testing.T, s *hookflowtest.Server, workflow string, n int) {
	t.Helper()
	for range n {
		if status, _, err := w.send(s, workflow); err != nil || status/100 != 2 {
			t.Fatalf("%s: %d, %v", workflow, status, err)
		}
	}
}

// load posts requests from several callers until stop is called or the server
// is gone. A server that goes may refuse with 503 before.
func (w *world) load(t *testing.T, s *hookflowtest.Server, callers int) (stop func()) {
	var running sync.WaitGroup
	var stopped atomic.Bool
	for range callers {
		running.Go(func() {
			for !stopped.Load() {
				status, header, err := w.send(s, "load")
				switch {
				case err != nil:
					return
				case status == http.StatusServiceUnavailable && header.Get("Retry-After") != "":
				case status/100 != 2:
					t.Errorf("a caller got %d with %v", status, header)
					return
				}
			}
		})
	}
	return func() {
		stopped.Store(true)
		running.Wait()
	}
}

// await waits for a channel to be closed.
func await(t *testing.T, what string, reached <-chan struct{}) {
	t.Helper()
	select {
	case <-reached:
	case <-time.After(patience):
		t.Fatalf("it never came about that %s", what)
	}
}

// acknowledged returns what the callers were promised.
func (w *world) acknowledged() map[string]string {
	w.mu.Lock()
	defer w.mu.Unlock()
	kept := make(map[string]string, len(w.kept))
	for id, delivery := range w.kept {
		kept[id] = delivery
	}
	return kept
}

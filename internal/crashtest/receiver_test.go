package crashtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
)

// call is one request that a workflow has sent.
type call struct {
	Path    string
	Key     string // Idempotency-Key: execution and path of the node
	Process string // that sent it
	ID      string `json:"id"`
	Round   int    `json:"round"`
}

// receiver is the world outside: it writes down every call. It answers /tell at
// once, and /hold when the gate of the process is opened.
type receiver struct {
	url string
	progress

	mu     sync.Mutex
	calls  []call
	gates  map[string]chan struct{} // by process
	opened bool                     // all of them
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{gates: map[string]chan struct{}{}}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	t.Cleanup(r.open)
	r.url = server.URL
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	c := call{
		Path: request.URL.Path, Key: request.Header.Get("Idempotency-Key"), Process: request.Header.Get("X-Process"),
	}
	if err := json.NewDecoder(request.Body).Decode(&c); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	gate := r.note(c)
	r.tick()
	if c.Path == "/hold" {
		select {
		case <-gate:
		case <-request.Context().Done():
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"process": c.Process}) // a caller that is gone needs no answer
}

func (r *receiver) note(c call) (gate chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls = append(r.calls, c)
	return r.gate(c.Process)
}

func (r *receiver) gate(process string) chan struct{} {
	gate := r.gates[process]
	if gate == nil {
		gate = make(chan struct{})
		r.gates[process] = gate
		if r.opened {
			close(gate)
		}
	}
	return gate
}

// openFor answers what one process waits for, now and later.
func (r *receiver) openFor(process string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	shut(r.gate(process))
}

// open answers everything that is held, now and later.
func (r *receiver) open() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.opened = true
	for _, gate := range r.gates {
		shut(gate)
	}
}

// shut closes a channel that may be closed already.
func shut(c chan struct{}) {
	select {
	case <-c:
	default:
		close(c)
	}
}

// all returns the calls so far, oldest first.
func (r *receiver) all() []call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.calls)
}

// seen is all the calls of a path.
func (r *receiver) seen(path string) []call {
	return slices.DeleteFunc(r.all(), func(c call) bool { return c.Path != path })
}

// heldBy counts the calls to /hold that a process has sent.
func (r *receiver) heldBy(process string) int {
	n := 0
	for _, c := range r.seen("/hold") {
		if c.Process == process {
			n++
		}
	}
	return n
}

// by groups calls.
func by(calls []call, group func(call) string) map[string][]call {
	groups := map[string][]call{}
	for _, c := range calls {
		groups[group(c)] = append(groups[group(c)], c)
	}
	return groups
}

func byID(c call) string  { return c.ID }
func byKey(c call) string { return c.Key }

// progress counts what happens, so that a kill can be aimed.
type progress struct {
	counting sync.Mutex
	count    int
	targets  map[int]chan struct{}
}

func (p *progress) tick() {
	p.counting.Lock()
	defer p.counting.Unlock()
	p.count++
	if reached := p.targets[p.count]; reached != nil {
		close(reached)
	}
}

// after returns a channel that is closed when n more things have happened.
func (p *progress) after(n int) <-chan struct{} {
	p.counting.Lock()
	defer p.counting.Unlock()
	if p.targets == nil {
		p.targets = map[int]chan struct{}{}
	}
	reached := make(chan struct{})
	p.targets[p.count+n] = reached
	return reached
}

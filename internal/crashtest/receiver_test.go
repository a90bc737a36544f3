package crashtest

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// call is one request that a workflow has sent.
type call struct {
	Path    string
	Key     string // Idempotency-Key: execution and path of the node
	Process string // that sent it
	Life    int    // how many processes had died before
	ID      string `json:"id"`
	Round   int    `json:"round"`
}

// receiver is the world outside: it writes down every call. It answers /tell at
// once, and /hold when the gate is opened.
type receiver struct {
	url string
	progress

	mu          sync.Mutex
	calls       []call
	life        int
	connections map[net.Conn]bool
	gate        chan struct{}
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{connections: map[net.Conn]bool{}, gate: make(chan struct{})}
	server := httptest.NewUnstartedServer(r)
	server.Config.ConnState = r.connection
	server.Start()
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
	w.WriteHeader(http.StatusNoContent)
}

func (r *receiver) note(c call) (gate chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c.Life = r.life
	r.calls = append(r.calls, c)
	return r.gate
}

// open lets everything that is held go on, now and later.
func (r *receiver) open() {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-r.gate:
	default:
		close(r.gate)
	}
}

func (r *receiver) connection(c net.Conn, state http.ConnState) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if state == http.StateClosed {
		delete(r.connections, c)
		return
	}
	r.connections[c] = true
}

// nextLife waits until everything that the dead process had sent is written
// down. What comes after that is another process's.
func (r *receiver) nextLife(t *testing.T) {
	t.Helper()
	hookflowtest.Eventually(t, "the connections of the dead process are closed", func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		return len(r.connections) == 0
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	r.life++
}

// seen returns the calls of a path so far, oldest first.
func (r *receiver) seen(path string) []call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.calls), func(c call) bool { return c.Path != path })
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

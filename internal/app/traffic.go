package app

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// drainRetry is when a caller may hope for the next server in our place.
const drainRetry = 5 * time.Second

const drainProblem = `{"title":"Service Unavailable","status":503,"detail":"the server is shutting down, try again in a moment"}`

// traffic counts the requests under way. Once it is drained, it keeps answering
// so that nobody is met by a closed door while others are still being served:
// webhooks say that there is no room, and are recorded; probes and metrics go
// on; the API is closed.
type traffic struct {
	next http.Handler

	mu       sync.Mutex
	running  int
	draining bool
	idle     chan struct{} // closed when drained and nothing is left
}

func newTraffic(next http.Handler) *traffic {
	return &traffic{next: next, idle: make(chan struct{})}
}

func (t *traffic) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !t.enter(r) {
		w.Header().Set("Connection", "close") // the next request finds the next server
		if isAPI(r.URL.Path) {
			refuse(w)
			return
		}
	} else if !isView(r) {
		defer t.leave()
	}
	t.next.ServeHTTP(w, r)
}

// enter reports whether a request came before the end.
func (t *traffic) enter(r *http.Request) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.draining && !isView(r) {
		t.running++
	}
	return !t.draining
}

func (t *traffic) leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.running--
	t.settle()
}

func (t *traffic) settle() {
	if t.draining && t.running == 0 {
		close(t.idle)
	}
}

// drain begins the end, and waits for the requests that came before it as long
// as ctx.
func (t *traffic) drain(ctx context.Context) {
	t.mu.Lock()
	t.draining = true
	t.settle()
	t.mu.Unlock()
	select {
	case <-t.idle:
	case <-ctx.Done():
	}
}

// isView tells requests that only look: nobody waits for them, since streams
// among them do not end by themselves.
func isView(r *http.Request) bool {
	return r.Method == http.MethodGet && !isHook(r.URL.Path)
}

func isAPI(path string) bool { return strings.HasPrefix(path, "/api/") && !isHook(path) }

func isHook(path string) bool {
	return strings.HasPrefix(path, "/api/webhooks/") || strings.HasPrefix(path, "/api/webhook:trigger/") || strings.HasPrefix(path, "/api/webhooks-test/")
}

func refuse(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Retry-After", strconv.Itoa(int(drainRetry.Seconds())))
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte(drainProblem))
}

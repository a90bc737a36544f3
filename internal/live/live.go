// Package live tells those who watch of the deliveries that are recorded, in this process or another.
//
// Nobody announces a delivery: that would cost every one of them something. While somebody watches,
// the database is asked what is new, once for all who look for the same. An ID is made when a request
// begins and its row is seen when it is committed, which a slow body puts off: so that what is asked
// for is not only what comes after the newest ID, but also what has turned up among the latest ones.
package live

import (
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/store"
)

const (
	// interval is the time between two questions.
	interval = 400 * time.Millisecond
	// lookBack is how long after its ID was made a delivery may be recorded and still be told, unless
	// there are more than maxLatest after it by then.
	lookBack  = time.Minute
	maxLatest = 5000
	// maxTold is how many deliveries a feed remembers for those who come back.
	maxTold = 2000
	// linger is for how many intervals a feed that nobody watches waits for somebody to come back.
	linger = int(lookBack / interval)
	// batch is how many deliveries are told at once, buffer how many a viewer may be behind before it
	// is left.
	batch, buffer = 256, 1024
	// maxViewers and maxFeeds bound those who watch, in this process, and what for.
	maxViewers, maxFeeds = 500, 100
)

// Options are what a Tail needs.
type Options struct {
	Store  *store.Store
	Logger *slog.Logger
	// Tick returns a channel that gets a value after a time. When nil, that is a timer.
	Tick func(time.Duration) <-chan time.Time
}

// Tail tells viewers.
type Tail struct {
	Options
	mu      sync.Mutex
	feeds   map[string]*feed
	viewers int
	closed  chan struct{}
	running sync.WaitGroup
}

// New returns a Tail that nobody watches.
func New(o Options) *Tail {
	if o.Tick == nil {
		o.Tick = time.After
	}
	return &Tail{Options: o, feeds: map[string]*feed{}, closed: make(chan struct{})}
}

// Close ends all viewers, and keeps others from coming.
func (t *Tail) Close() {
	t.mu.Lock()
	if !t.isClosed() {
		close(t.closed)
	}
	for _, f := range t.feeds {
		for v := range f.viewers {
			v.leave()
		}
	}
	t.mu.Unlock()
	t.running.Wait()
}

// Watch begins to watch for what the query finds after an ID, zero being from now on. Queries of the
// same key are the same.
func (t *Tail) Watch(key string, q search.Query, after hookflow.ID) (*Viewer, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.feeds[key]
	if t.isClosed() || t.viewers >= maxViewers || f == nil && len(t.feeds) >= maxFeeds {
		return nil, hookflow.Errorf(hookflow.CodeOverloaded, "nobody more can watch now, try again later")
	}
	if f == nil {
		f = newFeed(t, key, q)
		t.feeds[key] = f
		t.running.Go(f.follow)
	}
	v := &Viewer{tail: t, feed: f, events: make(chan *hookflow.Delivery, buffer)}
	v.start(after)
	f.viewers[v] = true
	t.viewers++
	return v, nil
}

func (t *Tail) isClosed() bool {
	select {
	case <-t.closed:
		return true
	default:
		return false
	}
}

// start finds where the viewer begins. It is called with the lock held.
func (v *Viewer) start(after hookflow.ID) {
	told := v.feed.told
	at := slices.IndexFunc(told, func(d *hookflow.Delivery) bool { return d.ID == after })
	switch {
	case after == 0:
		v.floor = v.tail.Store.IDs().Next()
	case at >= 0:
		v.backlog = slices.Clone(told[at+1:])
	default:
		v.after, v.joined = after, v.feed.last
	}
}

package live

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/store"
)

// feed is what several viewers look for.
type feed struct {
	tail  *Tail
	key   string
	query search.Query
	ready chan struct{} // closed once it knows what there is already
	seen  map[hookflow.ID]bool

	// With the lock of the tail:
	viewers map[*Viewer]bool
	last    hookflow.ID          // all up to it have been looked at, but for those that turn up late
	told    []*hookflow.Delivery // the latest, in the order in which they were told
	idle    int                  // intervals without a viewer
}

func newFeed(t *Tail, key string, q search.Query) *feed {
	return &feed{
		tail: t, key: key, query: q, last: t.Store.IDs().Next(), ready: make(chan struct{}), viewers: map[*Viewer]bool{},
	}
}

// follow asks for what is new until nobody has watched for a while.
func (f *feed) follow() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	f.report(f.begin(ctx))
	close(f.ready)
	for {
		select {
		case <-f.tail.closed:
			return
		case <-f.tail.Tick(interval):
		}
		watched, over := f.watched()
		if over {
			return
		}
		if watched {
			f.report(f.look(ctx))
		}
	}
}

func (f *feed) report(err error) {
	if err != nil && !f.tail.isClosed() {
		f.tail.Logger.Warn("new deliveries could not be read", "error", err)
	}
}

func (f *feed) watched() (watched, over bool) {
	f.tail.mu.Lock()
	defer f.tail.mu.Unlock()
	if len(f.viewers) > 0 {
		f.idle = 0
		return true, false
	}
	f.idle++
	if f.idle > linger {
		delete(f.tail.feeds, f.key)
		return false, true
	}
	return false, false
}

// begin notes what is there already.
func (f *feed) begin(ctx context.Context) error {
	latest, err := f.latest(ctx)
	f.remember(latest)
	return err
}

// look tells what has come since the last time.
func (f *feed) look(ctx context.Context) error {
	if err := f.tellNew(ctx); err != nil {
		return err
	}
	latest, err := f.latest(ctx)
	if err != nil {
		return err
	}
	for i := len(latest) - 1; i >= 0; i-- {
		if id := latest[i]; !f.seen[id] {
			if err := f.tellLate(ctx, id); err != nil {
				return err
			}
		}
	}
	f.remember(latest)
	return nil
}

// latest are the deliveries up to the last, newest first, among which late ones may turn up.
func (f *feed) latest(ctx context.Context) ([]hookflow.ID, error) {
	from := store.FirstID(f.tail.Store.IDs().Next().Time().Add(-lookBack))
	return f.query.Latest(ctx, f.tail.Store, from, f.last+1, maxLatest)
}

func (f *feed) remember(latest []hookflow.ID) {
	f.seen = make(map[hookflow.ID]bool, len(latest))
	for _, id := range latest {
		f.seen[id] = true
	}
}

func (f *feed) tellNew(ctx context.Context) error {
	for done := false; !done; {
		var found []*hookflow.Delivery
		last := f.last
		var err error
		_, done, err = f.query.Each(ctx, f.tail.Store, last, 0, func(d *hookflow.Delivery, matches bool) bool {
			f.seen[d.ID], last = true, d.ID
			if matches {
				found = append(found, d)
			}
			return len(found) < batch
		})
		if err != nil {
			return err
		}
		f.tell(found, last)
	}
	return nil
}

func (f *feed) tellLate(ctx context.Context, id hookflow.ID) error {
	var found []*hookflow.Delivery
	_, _, err := f.query.Each(ctx, f.tail.Store, id-1, id+1, func(d *hookflow.Delivery, matches bool) bool {
		if matches {
			found = append(found, d)
		}
		return true
	})
	f.seen[id] = err == nil
	f.tell(found, f.last)
	return err
}

// tell tells all viewers. Who cannot keep up is left.
func (f *feed) tell(found []*hookflow.Delivery, last hookflow.ID) {
	f.tail.mu.Lock()
	defer f.tail.mu.Unlock()
	f.last = last
	f.told = append(f.told, found...)
	if len(f.told) > 2*maxTold {
		f.told = append([]*hookflow.Delivery(nil), f.told[len(f.told)-maxTold:]...)
	}
	for v := range f.viewers {
		for _, d := range found {
			if !v.tell(d) {
				break
			}
		}
	}
}

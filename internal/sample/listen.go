package sample

import (
	"context"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/live"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/store"
)

const (
	// topic is what the store announces when somebody begins to listen, goes on or ends.
	topic = "listeners"
	// lease is how long a listener lasts that is not renewed: that of a process that has died.
	lease = time.Minute
	// closeTimeout bounds how long the end of a listener may wait for the database.
	closeTimeout = 5 * time.Second
)

// Listening tells whether somebody, in this process or another, waits for the next request to a
// workflow.
func (s *Service) Listening(ctx context.Context, workflow hookflow.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.changed:
		s.stale = true
	default:
	}
	if s.stale {
		if err := s.refresh(ctx); err != nil {
			s.Logger.Error("who listens could not be read", "error", err)
		}
	}
	return s.Clock().Before(s.until[workflow])
}

// refresh is called with the lock held.
func (s *Service) refresh(ctx context.Context) error {
	listeners, err := s.Store.Listeners(ctx, s.Clock())
	if err != nil {
		return err
	}
	s.until, s.stale = make(map[hookflow.ID]time.Time, len(listeners)), false
	for _, l := range listeners {
		if l.Expires.After(s.until[l.WorkflowID]) {
			s.until[l.WorkflowID] = l.Expires
		}
	}
	return nil
}

// Listener waits for the next request to one workflow. It must be waited for or closed.
type Listener struct {
	service *Service
	row     store.WorkflowRow
	id      hookflow.ID
	viewer  *live.Viewer
}

// Listen begins to wait for the next request to the workflow with the key, whether it is enabled,
// disabled or only a draft. CodeConflict and CodeInvalid say why none can come, CodeOverloaded that
// too many wait already.
func (s *Service) Listen(ctx context.Context, key string) (*Listener, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	if err := s.Reachable(ctx, key); err != nil {
		return nil, err
	}
	filter := search.Filter{Workflow: key}
	query, problems := filter.Query(search.View{})
	if len(problems) > 0 {
		return nil, hookflow.Invalid("the workflow cannot be listened to", problems...)
	}
	viewer, err := s.Live.Watch("sample of "+row.ID.String(), query, 0)
	if err != nil {
		return nil, err
	}
	l := &Listener{service: s, row: row, id: s.Store.IDs().Next(), viewer: viewer}
	if err := l.renew(ctx); err != nil {
		viewer.Close()
		return nil, err
	}
	return l, nil
}

func (l *Listener) renew(ctx context.Context) error {
	now := l.service.Clock()
	return l.announce(ctx, func(tx *store.Tx) error {
		return tx.PutListener(store.Listener{ID: l.id, WorkflowID: l.row.ID, Expires: now.Add(lease)}, now)
	})
}

// announce changes who listens. This process knows at once.
func (l *Listener) announce(ctx context.Context, fn func(*store.Tx) error) error {
	err := l.service.Store.Write(ctx, func(tx *store.Tx) error {
		tx.Notify(topic)
		return fn(tx)
	})
	l.service.mu.Lock()
	l.service.stale = true
	l.service.mu.Unlock()
	return err
}

// Close ends listening.
func (l *Listener) Close() {
	l.viewer.Close()
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	err := l.announce(ctx, func(tx *store.Tx) error { return tx.DeleteListener(l.id) })
	if err != nil {
		l.service.Logger.Warn("a listener could not be removed; it expires by itself", "workflow", l.row.Key, "error", err)
	}
}

// Told is told of what happens while a Listener waits. Answering false ends the wait.
type Told struct {
	// Passed is told of a request that makes no sample, and why.
	Passed func(d *hookflow.Delivery, why error) bool
	// Beat is told of every beat.
	Beat func() bool
}

// Wait keeps the next request that makes a sample as the workflow's, and returns it. It returns nil
// when ctx is done, when somebody that is told wants no more and when the server stops. Every beat
// renews the listener, and must come more often than once a minute. When Wait returns nobody listens
// any more.
func (l *Listener) Wait(ctx context.Context, beat <-chan time.Time, told Told) (taken *store.Sample, err error) {
	defer l.Close()
	watch := func(d *hookflow.Delivery) (goOn bool) {
		taken, goOn, err = l.take(ctx, d.ID, told)
		return goOn
	}
	renew := func() bool {
		if err := l.renew(ctx); err != nil && ctx.Err() == nil {
			l.service.Logger.Warn("a listener could not be renewed", "workflow", l.row.Key, "error", err)
		}
		return told.Beat()
	}
	if followed := l.viewer.Follow(ctx, beat, watch, renew); err == nil {
		err = followed
	}
	return taken, err
}

// take makes a request the sample, or tells why not.
func (l *Listener) take(ctx context.Context, id hookflow.ID, told Told) (taken *store.Sample, goOn bool, err error) {
	d, body, err := l.service.delivery(ctx, id)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound || err == nil && d.ReplayOf != 0 {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	taken, why := of(d, body)
	if why != nil {
		return nil, told.Passed(d, why), nil
	}
	taken.Source = FromListen
	taken, err = l.service.keep(ctx, l.row, taken)
	return taken, false, err
}

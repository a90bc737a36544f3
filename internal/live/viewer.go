package live

import (
	"context"
	"time"

	"github.com/hookflow/hookflow"
)

// Viewer is one who watches. It must be closed.
type Viewer struct {
	tail   *Tail
	feed   *feed
	events chan *hookflow.Delivery
	gone   bool

	// Where it begins: from now on,
	floor hookflow.ID
	// or after what the feed told last,
	backlog []*hookflow.Delivery
	// or after an ID, and then with what the feed tells after another.
	after, joined hookflow.ID
}

// Close ends watching.
func (v *Viewer) Close() {
	v.tail.mu.Lock()
	defer v.tail.mu.Unlock()
	v.leave()
}

// leave is called with the lock held.
func (v *Viewer) leave() {
	if v.gone {
		return
	}
	v.gone = true
	close(v.events)
	delete(v.feed.viewers, v)
	v.tail.viewers--
}

// tell is called with the lock held.
func (v *Viewer) tell(d *hookflow.Delivery) bool {
	if d.ID <= v.floor {
		return true
	}
	select {
	case v.events <- d:
		return true
	default:
		v.leave()
		return false
	}
}

// Follow sends deliveries, without headers, report and answer, and each beat, until a send answers
// false or ctx is done. It also ends when the viewer was left behind or the server stops: to watch
// again after the last ID then misses nothing and repeats nothing.
func (v *Viewer) Follow(ctx context.Context, beat <-chan time.Time, send func(*hookflow.Delivery) bool, sendBeat func() bool) error {
	sent, goOn, err := v.resume(ctx, send)
	for goOn && err == nil {
		select {
		case <-ctx.Done():
			return nil
		case <-beat:
			goOn = sendBeat()
		case d, open := <-v.events:
			goOn = open && (sent[d.ID] || send(d))
		}
	}
	return err
}

// resume sends what the viewer has missed. What it read itself the feed may tell once more.
func (v *Viewer) resume(ctx context.Context, send func(*hookflow.Delivery) bool) (sent map[hookflow.ID]bool, goOn bool, err error) {
	for _, d := range v.backlog {
		if !send(d) {
			return nil, false, nil
		}
	}
	v.backlog = nil
	if v.after == 0 || v.after >= v.joined {
		return nil, true, nil
	}
	select {
	case <-v.feed.ready:
	case <-ctx.Done():
		return nil, false, nil
	}
	sent, goOn = map[hookflow.ID]bool{}, true
	for after, done := v.after, false; !done && goOn && err == nil; {
		after, done, err = v.feed.query.Each(ctx, v.tail.Store, after, v.joined+1, func(d *hookflow.Delivery, matches bool) bool {
			if matches {
				sent[d.ID] = true
				goOn = send(d)
			}
			return goOn
		})
	}
	return sent, goOn, err
}

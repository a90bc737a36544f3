package auth

import (
	"fmt"
	"sync"
	"time"

	"github.com/hookflow/hookflow"
)

const (
	limitAttempts = 10
	limitWindow   = 10 * time.Minute
	maxLimited    = 20_000 // accounts and addresses remembered
)

// RateLimitError refuses a log-in after too many wrong ones.
type RateLimitError struct{ RetryAfter time.Duration }

func (e *RateLimitError) Error() string {
	return fmt.Sprintf("too many wrong log-ins; try again in %s", e.RetryAfter.Round(time.Second))
}

// limiter counts the wrong log-ins of accounts and addresses in windows that begin with the first
// one. Each process counts for itself.
type limiter struct {
	clock hookflow.Clock

	mu      sync.Mutex
	windows map[string]*window
}

type window struct {
	ends     time.Time
	attempts int
}

func newLimiter(clock hookflow.Clock) *limiter {
	return &limiter{clock: clock, windows: map[string]*window{}}
}

// begin counts an attempt as a wrong one before it is looked at, so that many at once cannot slip
// through; forgive takes it back.
func (l *limiter) begin(names ...string) error {
	now := l.clock()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, name := range names {
		if w := l.windows[name]; w != nil && now.Before(w.ends) && w.attempts >= limitAttempts {
			return &RateLimitError{w.ends.Sub(now)}
		}
	}
	for _, name := range names {
		l.count(name, now)
	}
	return nil
}

func (l *limiter) count(name string, now time.Time) {
	w := l.windows[name]
	if w == nil || !now.Before(w.ends) {
		l.makeRoom(now)
		w = &window{ends: now.Add(limitWindow)}
		l.windows[name] = w
	}
	w.attempts++
}

func (l *limiter) forgive(names ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, name := range names {
		if w := l.windows[name]; w != nil && w.attempts > 0 {
			w.attempts--
		}
	}
}

// makeRoom drops the windows that ended and, if that is not enough, any one.
func (l *limiter) makeRoom(now time.Time) {
	if len(l.windows) < maxLimited {
		return
	}
	for name, w := range l.windows {
		if !now.Before(w.ends) {
			delete(l.windows, name)
		}
	}
	for name := range l.windows {
		if len(l.windows) < maxLimited {
			return
		}
		delete(l.windows, name)
	}
}

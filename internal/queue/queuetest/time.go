package queuetest

import (
	"slices"
	"sync"
	"time"
)

// Time passes only when a test says so.
type Time struct {
	mu     sync.Mutex
	now    time.Time
	alarms []alarm
}

type alarm struct {
	at   time.Time
	ring chan time.Time
}

// NewTime returns a time that stands still.
func NewTime() *Time {
	return &Time{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
}

// Now is a hookflow.Clock.
func (t *Time) Now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now
}

// At is for queue.Options.
func (t *Time) At(at time.Time) <-chan time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	ring := make(chan time.Time, 1)
	t.alarms = append(t.alarms, alarm{at, ring})
	t.ring()
	return ring
}

// Advance lets d pass.
func (t *Time) Advance(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now = t.now.Add(d)
	t.ring()
}

func (t *Time) ring() {
	t.alarms = slices.DeleteFunc(t.alarms, func(a alarm) bool {
		due := !a.at.After(t.now)
		if due {
			a.ring <- t.now
		}
		return due
	})
}

package store

import (
	"context"
	"sync"
)

// hub wakes those who watch a topic. The zero hub is ready.
type hub struct {
	mu       sync.Mutex
	watchers map[string]map[chan struct{}]bool
}

func (h *hub) watch(ctx context.Context, topic string) <-chan struct{} {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watchers == nil {
		h.watchers = map[string]map[chan struct{}]bool{}
	}
	if h.watchers[topic] == nil {
		h.watchers[topic] = map[chan struct{}]bool{}
	}
	h.watchers[topic][c] = true
	context.AfterFunc(ctx, func() { h.forget(topic, c) })
	return c
}

func (h *hub) forget(topic string, c chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.watchers[topic], c)
	if len(h.watchers[topic]) == 0 {
		delete(h.watchers, topic)
	}
}

func (h *hub) wake(topic string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.watchers[topic] {
		nudge(c)
	}
}

func (h *hub) wakeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, watchers := range h.watchers {
		for c := range watchers {
			nudge(c)
		}
	}
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

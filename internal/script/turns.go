package script

import (
	"context"
	"slices"
	"sync"
)

// turns hands out places in turns: each group with waiting runs gets one, then
// the next group, and a group alone never gets the last place. So a workflow
// with a hundred slow scripts is in its own way only.
type turns struct {
	mu     sync.Mutex
	free   int // places
	most   int // places that one group may hold
	groups map[string]*group
	line   []*group // those with waiting runs, the next first
}

// group are the runs of one name that wait for a place or hold one.
type group struct {
	held    int
	waiting []chan struct{} // each closed when its run may go
}

func newTurns(places int) *turns {
	return &turns{free: places, most: max(places-1, 1), groups: map[string]*group{}}
}

// take waits for a place, which must be given back, or for the end of ctx.
func (t *turns) take(ctx context.Context, name string) error {
	turn := t.ask(name)
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		if !t.leave(name, turn) { // the place came at the same moment
			t.give(name)
		}
		return context.Cause(ctx)
	}
}

func (t *turns) ask(name string) chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := t.groups[name]
	if g == nil {
		g = &group{}
		t.groups[name] = g
	}
	turn := make(chan struct{})
	g.waiting = append(g.waiting, turn)
	if len(g.waiting) == 1 {
		t.line = append(t.line, g)
	}
	t.call()
	return turn
}

// leave gives up waiting; it reports false when there is nothing to give up.
func (t *turns) leave(name string, turn chan struct{}) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := t.groups[name]
	i := slices.Index(g.waiting, turn)
	if i < 0 {
		return false
	}
	g.waiting = slices.Delete(g.waiting, i, i+1)
	if len(g.waiting) == 0 {
		t.line = slices.DeleteFunc(t.line, func(other *group) bool { return other == g })
	}
	t.forget(name, g)
	return true
}

// give gives a place back.
func (t *turns) give(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := t.groups[name]
	g.held--
	t.free++
	t.forget(name, g)
	t.call()
}

func (t *turns) forget(name string, g *group) {
	if g.held == 0 && len(g.waiting) == 0 {
		delete(t.groups, name)
	}
}

// call lets runs go while there are places for them.
func (t *turns) call() {
	for t.free > 0 {
		i := slices.IndexFunc(t.line, func(g *group) bool { return g.held < t.most })
		if i < 0 {
			return
		}
		g := t.line[i]
		t.line = slices.Delete(t.line, i, i+1)
		close(g.waiting[0])
		g.waiting = g.waiting[1:]
		g.held++
		t.free--
		if len(g.waiting) > 0 {
			t.line = append(t.line, g)
		}
	}
}

package script

import (
	"context"
	"slices"
	"sync"
)

// turns hands out places in turns: each group with waiting runs gets one, then
// the next group, and a group alone never gets all of them. So a workflow with
// a hundred slow scripts is in its own way only.
type turns struct {
	mu     sync.Mutex
	free   int // places
	share  share
	groups map[string]*group
	line   []*group // those with waiting runs, the next first
}

// group are the runs of one name that wait for a place or hold one.
type group struct {
	held    int
	waiting []chan struct{} // each closed when its run may go
}

// A share says whether a group that holds some places may have one more of
// those that are free.
type share func(held, free int) bool

// allBut leaves the last of some places to other groups.
func allBut(places int) share {
	most := max(places-1, 1)
	return func(held, _ int) bool { return held < most }
}

// halfOfTheRest lets each group hold half as many places as it leaves: the next
// group finds some, however many there were before it.
func halfOfTheRest(held, free int) bool { return 2*held < free }

func newTurns(places int, s share) *turns {
	return &turns{free: places, share: s, groups: map[string]*group{}}
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
		i := slices.IndexFunc(t.line, func(g *group) bool { return t.share(g.held, t.free) })
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

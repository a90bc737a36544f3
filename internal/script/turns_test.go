package script

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// asked is a run that has asked for a place.
type asked struct {
	group string
	turn  chan struct{}
}

func isCalled(turn chan struct{}) bool {
	select {
	case <-turn:
		return true
	default:
		return false
	}
}

func TestTurns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		places int
		ask    string // groups, in their order
		want   string // the groups in the order in which they got their places
	}{
		{"one group goes in its order", 1, "aaa", "aaa"},
		{"groups take turns", 1, "aaaabbc", "aabcaba"},
		{"the last place is for another group", 2, "aaab", "abaa"},
		{"two groups share three places", 3, "aaaaabb", "aababaa"},
	} {
		turns := newTurns(c.places, allBut(c.places))
		var waiting []asked
		for _, group := range strings.Split(c.ask, "") {
			waiting = append(waiting, asked{group, turns.ask(group)})
		}
		if got := serveAll(turns, waiting); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
		if len(turns.groups) > 0 || len(turns.line) > 0 || turns.free != c.places {
			t.Errorf("%s: %d groups, %d in line and %d places are left", c.name, len(turns.groups), len(turns.line), turns.free)
		}
	}
}

// serveAll gives the places back one after the other, the oldest first, and
// returns who held them.
func serveAll(turns *turns, waiting []asked) string {
	var holding, order []string
	for {
		var still []asked
		for _, run := range waiting {
			if isCalled(run.turn) {
				holding, order = append(holding, run.group), append(order, run.group)
			} else {
				still = append(still, run)
			}
		}
		waiting = still
		if len(holding) == 0 {
			return strings.Join(order, "")
		}
		turns.give(holding[0])
		holding = holding[1:]
	}
}

// TestEveryGroupFindsASeat: groups that never give anything back leave some for
// the ones after them.
func TestEveryGroupFindsASeat(t *testing.T) {
	t.Parallel()
	turns := newTurns(24, halfOfTheRest)
	for _, c := range []struct {
		group string
		want  int
	}{{"a", 8}, {"b", 6}, {"c", 4}, {"d", 2}, {"e", 2}, {"f", 1}, {"g", 1}} {
		got := 0
		for range 30 {
			if isCalled(turns.ask(c.group)) {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%s got %d seats, want %d", c.group, got, c.want)
		}
	}
}

func TestWhoLeavesTheLineTakesNoPlace(t *testing.T) {
	t.Parallel()
	turns := newTurns(1, allBut(1))
	first := turns.ask("a")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, group := range []string{"a", "b"} {
		if err := turns.take(ctx, group); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", group, err)
		}
	}
	last := turns.ask("b")
	if !isCalled(first) || isCalled(last) {
		t.Error("the place is not the first one's")
	}
	turns.give("a")
	if !isCalled(last) {
		t.Error("the place is lost")
	}
}

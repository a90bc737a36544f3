package crashtest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/hookflowtest"
)

const (
	callers = 8
	workers = "HOOKFLOW_WORKERS=16" // however many processors there are
)

// Killed again and again under load, the server does everything that it had
// acknowledged, each write once and each call once, but for the calls that were
// in flight when it died.
func TestKilledUnderLoad(t *testing.T) {
	t.Parallel()
	for _, seed := range []uint64{1, 2, 3} {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			const kills = 4
			w, chance := start(t, []string{"load"}, workers), rand.New(rand.NewPCG(seed, 0))
			for range kills {
				point := w.outside.after(1 + chance.IntN(300))
				stop := w.load(t, w.Server, callers)
				await(t, "the point of the kill is reached", point)
				w.kill(t)
				stop()
				w.Restart()
			}
			stop := w.load(t, w.Server, callers)
			await(t, "the last process works", w.outside.after(100))
			stop()
			w.ended(t, w.Server)
			w.prove(t, w.Server)
			w.Kill()
			w.proveFile(t)
		})
	}
}

// A call in flight when the process dies is made again with the same key after
// every restart, and nothing before it is; with onCrash: fail it is not.
func TestKilledInTheMiddleOfACall(t *testing.T) {
	t.Parallel()
	const kills, executions = 3, 4
	w := start(t, []string{"held", "once", "once-of-three"}, workers)
	for _, workflow := range []string{"held", "once", "once-of-three"} {
		w.sendAll(t, w.Server, workflow, executions)
	}
	holding := 3 * executions
	for range kills {
		hookflowtest.Eventually(t, "every call is in flight", func() bool { return len(w.outside.seen("/hold")) == holding })
		w.kill(t)
		w.Restart()
		holding += executions // those of held
	}
	hookflowtest.Eventually(t, "the calls are made again", func() bool { return len(w.outside.seen("/hold")) == holding })
	w.outside.open()
	w.ended(t, w.Server)
	w.prove(t, w.Server, "once", "once-of-three")
	w.proveCrashed(t)

	told, held := by(w.outside.seen("/tell"), byID), by(w.outside.seen("/hold"), byID)
	for id := range w.acknowledged() {
		want := 1
		if workflowOf(id) == "held" {
			want = 1 + kills
			if len(told[id]) != 1 {
				t.Errorf("%s was told %d times, though that was done before every kill", id, len(told[id]))
			}
		}
		if len(held[id]) != want || len(by(held[id], byKey)) != 1 {
			t.Errorf("the call of %s was made %d times under %d keys, not %d times under one", id, len(held[id]), len(by(held[id], byKey)), want)
		}
	}
	w.Kill()
	w.proveFile(t)
}

// proveCrashed: executions that may not repeat a call ended as error at it.
func (w *world) proveCrashed(t *testing.T) {
	t.Helper()
	for _, e := range list[execution](w.Server, "/api/executions") {
		if e.Workflow == "held" {
			continue
		}
		w.Into(&e, "GET", "/api/executions/"+e.ID, "")
		if last := e.Steps[len(e.Steps)-1]; e.Status != hookflow.StatusError || last.NodeKey != "hold" || last.Status != hookflow.StatusError {
			t.Errorf("%s of %s ended as %s at %s (%s)", e.ID, e.Workflow, e.Status, last.NodeKey, last.Status)
		}
	}
}

// A call's result is on disk as soon as it is there, not only with the next
// commit: killed in a long script after it, the server does not call again.
func TestKilledInAScript(t *testing.T) {
	t.Parallel()
	w := start(t, []string{"thinking"}, workers)
	w.sendAll(t, w.Server, "thinking", 1)
	id := list[execution](w.Server, "/api/executions")[0].ID
	hookflowtest.Eventually(t, "the call is recorded", func() bool {
		var e execution
		w.Into(&e, "GET", "/api/executions/"+id, "")
		return len(e.Steps) > 0
	})
	w.kill(t)
	if _, noted := w.finished[id+"/tell"]; !noted || len(w.finished) != 1 {
		t.Errorf("when the server was killed these had ended: %v", w.finished)
	}
	w.Restart()
	w.ended(t, w.Server)
	w.prove(t, w.Server)
	w.Kill()
	w.proveFile(t)
}

// A loop that is killed between and in its rounds goes on where it was: its
// calls come in order, and only the one in flight is repeated.
func TestKilledInALoop(t *testing.T) {
	t.Parallel()
	for _, seed := range []uint64{1, 2} {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			const kills, executions, rounds = 4, 4, 20
			w, chance := start(t, []string{"rounds"}, workers), rand.New(rand.NewPCG(seed, 0))
			point := w.outside.after(executions + 1 + chance.IntN(rounds)) // the acknowledgements count too
			w.sendAll(t, w.Server, "rounds", executions)
			for range kills - 1 {
				await(t, "the point of the kill is reached", point)
				w.kill(t)
				point = w.outside.after(1 + chance.IntN(rounds/2))
				w.Restart()
			}
			await(t, "the point of the kill is reached", point)
			w.kill(t)
			w.Restart()
			w.ended(t, w.Server)
			w.prove(t, w.Server)
			w.proveRounds(t, rounds)
			w.Kill()
			w.proveFile(t)
		})
	}
}

// proveRounds: the calls of every execution go through the rounds in order; a
// new process may begin with the last one again.
func (w *world) proveRounds(t *testing.T, rounds int) {
	t.Helper()
	told := by(w.outside.seen("/tell"), byID)
	for id := range w.acknowledged() {
		last := call{Round: -1}
		for _, c := range told[id] {
			again := c.Round == last.Round && c.Process != last.Process && c.Key == last.Key
			if c.Round != last.Round+1 && !again {
				t.Errorf("%s: round %d came after round %d, under %s after %s", id, c.Round, last.Round, c.Key, last.Key)
			}
			last = c
		}
		if last.Round != rounds-1 {
			t.Errorf("%s ended after round %d", id, last.Round)
		}
	}
	written := map[string]int{}
	for _, r := range list[record](w.Server, "/api/collections/done/records") {
		written[r.Ref]++
	}
	for id := range w.acknowledged() {
		if written[id] != rounds {
			t.Errorf("%s wrote %d records in %d rounds", id, written[id], rounds)
		}
	}
}

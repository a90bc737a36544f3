package crashtest

import (
	"log/slog"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/hookflowtest"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
)

// startTwo starts two processes on one PostgreSQL database.
func startTwo(t *testing.T, workflows ...string) (w *world, other *hookflowtest.Server, url string) {
	t.Helper()
	url = pgtest.URL(t)
	w = start(t, append(workflows, "who"), workersFlag, "HOOKFLOW_DATABASE_URL="+url)
	return w, w.Beside(), url
}

// nameOf returns what a process calls itself.
func nameOf(t *testing.T, s *hookflowtest.Server) string {
	t.Helper()
	answer, body, err := s.Do(http.MethodPost, "/api/webhooks/who", "{}", "Content-Type: application/json")
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("who: %v, %v", answer, err)
	}
	return string(body)
}

// Two processes under load, of which one is killed and never comes back: the
// other one does what both have acknowledged.
func TestOneOfTwoKilled(t *testing.T) {
	t.Parallel()
	const executions = 6
	w, killed, url := startTwo(t, "load", "held")
	name := nameOf(t, killed)
	w.sendAll(t, w.Server, "held", executions)
	w.sendAll(t, killed, "held", executions)
	hookflowtest.Eventually(t, "every call is in flight", func() bool { return len(w.outside.seen("/hold")) == 2*executions })
	inFlight := w.outside.heldBy(name)

	point := w.outside.after(300)
	stopOne, stopOther := w.load(t, w.Server, callers/2), w.load(t, killed, callers/2)
	await(t, "the point of the kill is reached", point)
	killed.Kill()
	stopOther()
	w.noteFinishedBy(t, url, name)
	await(t, "the other process works", w.outside.after(200))
	stopOne()

	hookflowtest.Eventually(t, "the calls are made again", func() bool { return len(w.outside.seen("/hold")) == 2*executions+inFlight })
	w.outside.open()
	w.ended(t, w.Server)
	w.prove(t, w.Server)
	w.proveTakenOver(t, name)
	for id, calls := range by(w.outside.seen("/tell"), byID) {
		if workflowOf(id) == "held" && len(calls) != 1 {
			t.Errorf("%s was told %d times, though that was done before the kill", id, len(calls))
		}
	}
	if again := w.repeated("/hold"); len(again) != inFlight {
		t.Errorf("%d calls were repeated, %d were in flight in the process that was killed", len(again), inFlight)
	}
}

// noteFinishedBy notes what a dead process has finished of the executions that
// still are its own.
func (w *world) noteFinishedBy(t *testing.T, url, process string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{URL: url, Clock: time.Now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	owned := map[hookflow.ID]bool{}
	for range 2 { // what is its own afterwards too was nobody else's meanwhile
		for id := range owned {
			w.noteFinished(t, s, id)
		}
		owned = ownedBy(t, s, process)
	}
}

package crashtest

import (
	"net/http"
	"slices"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/hookflowtest"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
)

// pair is two processes on one PostgreSQL database; the one that the world has
// lives.
type pair struct {
	*world
	victim *hookflowtest.Server
	name   string // what the victim calls itself
	url    string
}

func startPair(t *testing.T) *pair {
	t.Helper()
	url := pgtest.URL(t)
	w := start(t, []string{"load", "held", "who"}, workers, "HOOKFLOW_DATABASE_URL="+url)
	p := &pair{world: w, victim: w.Beside(), url: url}
	answer, name, err := p.victim.Do(http.MethodPost, "/api/webhooks/who", "{}", "Content-Type: application/json")
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("who: %v, %v", answer, err)
	}
	p.name = string(name)
	return p
}

// hold has calls in flight, so many of them in the victim.
func (p *pair) hold(t *testing.T, inVictim int) (all int) {
	t.Helper()
	for all = 0; p.outside.heldBy(p.name) < inVictim; all++ {
		p.sendAll(t, p.victim, "held", 1)
		hookflowtest.Eventually(t, "the call is in flight", func() bool { return len(p.outside.seen("/hold")) == all+1 })
	}
	return all
}

// Two processes under load, of which one is killed and never comes back: the
// other one does what both have acknowledged.
func TestOneOfTwoKilled(t *testing.T) {
	t.Parallel()
	const inVictim = 3
	p := startPair(t)
	held := p.hold(t, inVictim)

	point := p.outside.after(300)
	stopOne, stopVictim := p.load(t, p.Server, callers/2), p.load(t, p.victim, callers/2)
	await(t, "the point of the kill is reached", point)
	p.victim.Kill()
	p.noteFinished(t)
	stopVictim()
	await(t, "the other process works", p.outside.after(200))
	stopOne()

	p.takenOver(t, held+inVictim)
	p.outside.open()
	p.ended(t, p.Server)
	p.prove(t, p.Server)
	p.proveTakenOver(t, inVictim)
}

// A process that sleeps for longer than its lease and then goes on with what it
// had in hand changes nothing of what is another's now.
func TestOneOfTwoAsleep(t *testing.T) {
	t.Parallel()
	const inVictim = 3
	p := startPair(t)
	held := p.hold(t, inVictim)

	point := p.outside.after(300)
	stopOne, stopVictim := p.load(t, p.Server, callers/2), p.load(t, p.victim, callers/2)
	await(t, "the point of the stop is reached", point)
	p.victim.Signal(syscall.SIGSTOP)
	await(t, "the other process works", p.outside.after(200))
	stopOne()
	p.takenOver(t, held+inVictim)
	p.quiet(t)
	before := p.everything()

	p.victim.Signal(syscall.SIGCONT)
	p.outside.openFor(p.name)
	stopVictim()
	p.sendAll(t, p.victim, "load", 1)
	if err := p.victim.Stop(); err != nil {
		t.Errorf("the process that slept ended with %v\n%s", err, p.victim.Output())
	}
	after := p.everything()
	for id, was := range before {
		if diff := cmp.Diff(was, after[id]); diff != "" {
			t.Errorf("execution %s was another's and was changed:\n%s", id, diff)
		}
	}

	p.outside.open()
	p.ended(t, p.Server)
	p.prove(t, p.Server)
	p.proveTakenOver(t, inVictim)
}

// takenOver waits until so many calls were made in all, those of the victim a
// second time.
func (p *pair) takenOver(t *testing.T, all int) {
	t.Helper()
	hookflowtest.Eventually(t, "the calls are made again", func() bool { return len(p.outside.seen("/hold")) == all })
}

// quiet waits until nothing runs but what is held.
func (p *pair) quiet(t *testing.T) {
	t.Helper()
	hookflowtest.Eventually(t, "the load is done", func() bool {
		return !slices.ContainsFunc(list[execution](p.Server, "/api/executions"), func(e execution) bool {
			return e.Workflow == "load" && !e.Status.Ended()
		})
	})
}

// proveTakenOver: only calls of the victim were repeated, each by the other
// process and once.
func (p *pair) proveTakenOver(t *testing.T, inVictim int) {
	t.Helper()
	if again := p.repeated("/hold"); len(again) != inVictim {
		t.Errorf("%d held calls were repeated, %d were in flight in the other process", len(again), inVictim)
	}
	again := slices.Concat(p.repeated("/tell"), p.repeated("/hold"))
	calls := by(p.outside.all(), byKey)
	for _, key := range again {
		if c := calls[key]; len(c) != 2 || c[0].Process == c[1].Process || c[0].Process != p.name && c[1].Process != p.name {
			t.Errorf("%s was used for %v", key, c)
		}
	}
	for id, calls := range by(p.outside.seen("/tell"), byID) {
		if workflowOf(id) == "held" && len(calls) != 1 {
			t.Errorf("%s was told %d times, though that was on disk before", id, len(calls))
		}
	}
}

// noteFinished notes what the dead victim has finished of the executions that
// still are its own: until its lease is over nobody else may have them.
func (p *pair) noteFinished(t *testing.T) {
	t.Helper()
	s := open(t, store.Options{URL: p.url})
	noted := map[hookflow.ID][]string{}
	for _, id := range p.owned(t, s) {
		noted[id] = finished(t, s, id)
	}
	calls := by(p.outside.all(), byKey)
	for _, id := range p.owned(t, s) {
		for _, key := range noted[id] {
			p.finished[key] = len(calls[key])
		}
	}
}

// owned returns the executions that the victim runs.
func (p *pair) owned(t *testing.T, s *store.Store) (ids []hookflow.ID) {
	t.Helper()
	rows, err := s.Query(t.Context(), `SELECT id FROM hf_executions WHERE owner = ? AND status = 'running'`, p.name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id hookflow.ID
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}

// everything returns every execution as the API tells it.
func (p *pair) everything() map[string]string {
	all := map[string]string{}
	for _, e := range list[execution](p.Server, "/api/executions") {
		all[e.ID] = string(p.Must(http.MethodGet, "/api/executions/"+e.ID, ""))
	}
	return all
}

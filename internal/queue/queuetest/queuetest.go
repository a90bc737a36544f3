// Package queuetest says what every queue.Queue does.
package queuetest

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
)

// Database is an empty database on which processes can be opened. They are
// closed by t.Cleanup, which must bear that they are closed already.
type Database struct {
	Time *Time

	// Open opens the database as a new process.
	Open func(t *testing.T, o queue.Options) (*store.Store, queue.Queue)

	// Shift makes rows due earlier, where due times go by another clock than
	// Time. It may be nil.
	Shift func(t *testing.T, s *store.Store, d time.Duration)

	// Expire makes the other processes believe that one is dead. It is nil
	// where only one process can have the database.
	Expire func(t *testing.T, s *store.Store)
}

func (d *Database) open(t *testing.T, o queue.Options) *process {
	t.Helper()
	o.Clock, o.At, o.Logger = d.Time.Now, d.Time.At, slog.New(slog.NewTextHandler(t.Output(), nil))
	s, q := d.Open(t, o)
	return &process{t: t, time: d.Time, store: s, queue: q, taken: make(chan *claim), gone: make(chan struct{})}
}

func (d *Database) start(t *testing.T, o queue.Options) *process {
	t.Helper()
	p := d.open(t, o)
	p.start()
	return p
}

// kill ends a process without grace.
func (d *Database) kill(t *testing.T, p *process) {
	t.Helper()
	if d.Expire != nil {
		d.Expire(t, p.store)
		return
	}
	p.die()
	p.ended <- <-p.ended
	if err := p.store.Close(); err != nil {
		t.Error(err)
	}
}

// advance lets time pass for a process.
func (d *Database) advance(t *testing.T, p *process, by time.Duration) {
	t.Helper()
	if d.Shift != nil {
		d.Shift(t, p.store, by)
	}
	d.Time.Advance(by)
}

// await lets time pass, no matter how much, until something is handed out.
func (d *Database) await(t *testing.T, p *process) *claim {
	t.Helper()
	for {
		select {
		case c := <-p.taken:
			return c
		case <-t.Context().Done():
			t.Fatal("nothing was handed out")
		default:
			d.advance(t, p, time.Second)
		}
	}
}

// due lets time pass until an execution is due and handed out. A little more may
// have to pass: a query that was under way does not know the new time.
func (d *Database) due(t *testing.T, p *process, in time.Duration, id hookflow.ID) *claim {
	t.Helper()
	for d.advance(t, p, in); ; d.advance(t, p, time.Second) {
		select {
		case c := <-p.taken:
			if c.ID != id {
				t.Fatalf("%s was handed out, not %s", c.ID, id)
			}
			return c
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// Exercise tests a queue; open returns a new, empty database.
func Exercise(t *testing.T, open func(t *testing.T) *Database) {
	for _, behaviour := range []struct {
		name string
		test func(*testing.T, *Database)
	}{
		{"hands out everything once", handsOutOnce},
		{"hands out unfinished work after a crash", survivesCrash},
		{"keeps the parked until they are due", waitsUntilDue},
		{"goes on early when told", resumesEarly},
		{"leaves alone what waits for no time", leavesAlone},
		{"keeps workers free of a hot workflow", isFair},
		{"keeps a limit", keepsLimit},
		{"keeps the order of a workflow with limit 1", keepsOrder},
		{"keeps places over a crash", keepsPlaces},
		{"passes memos", passesMemos},
		{"hands out what memory cannot hold", exceedsMemory},
		{"stops gracefully", stopsGracefully},
		{"cancels work when the grace is over", endsGrace},
		{"hands out again what was broken off", repeatsBrokenOff},
		{"hands out nothing cancelled", skipsCancelled},
		{"tells its depth", tellsDepth},
		{"runs for a caller here", runsHere},
	} {
		t.Run(behaviour.name, func(t *testing.T) {
			t.Parallel()
			behaviour.test(t, open(t))
		})
	}
}

func handsOutOnce(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 8})
	var jobs []queue.Job
	for range 10 {
		jobs = append(jobs, p.jobs(20, 0)...)
	}
	var submitters sync.WaitGroup
	for part := range slices.Chunk(jobs, 10) {
		submitters.Go(func() { p.enqueue(part...) })
	}
	p.endAll(jobs)
	submitters.Wait()
	p.expectNothingElse()
}

// endAll ends what is handed out until it was every job, each once, and returns
// the order.
func (p *process) endAll(jobs []queue.Job) []hookflow.ID {
	p.t.Helper()
	open := map[hookflow.ID]queue.Job{}
	for _, j := range jobs {
		open[j.ID] = j
	}
	var order []hookflow.ID
	for len(open) > 0 {
		c := p.next()
		j, ok := open[c.ID]
		if !ok {
			p.t.Fatalf("%s was handed out again", c.ID)
		}
		delete(open, c.ID)
		order = append(order, c.ID)
		c.end(j)
	}
	return order
}

func survivesCrash(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 4})
	parked, running, begun, queued := p.job(), p.job(), p.job(), p.job()
	p.enqueue(parked)
	p.expect(parked.ID).park(parked, d.Time.Now().Add(time.Hour))
	p.enqueue(running)
	before := p.expect(running.ID)
	p.enqueue(begun)
	p.expect(begun.ID).begin()
	p.enqueue(queued)
	d.kill(t, p)

	next := d.start(t, queue.Options{Workers: 4})
	claims := next.expectAll(running, begun, queued)
	for _, c := range claims {
		if c.Memo != nil {
			t.Errorf("%s has a memo of a dead process", c.ID)
		}
	}
	err := p.store.Write(t.Context(), func(tx *store.Tx) error { return before.commitEnd(tx, running) })
	if err == nil {
		t.Error("a dead process has written")
	}
	for _, j := range []queue.Job{running, begun, queued} {
		claims[j.ID].end(j)
	}
	d.due(t, next, time.Hour, parked.ID).end(parked)
	next.expectNothingElse()
}

func waitsUntilDue(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 4})
	jobs := []queue.Job{p.job(), p.job()}
	for i, j := range jobs {
		p.enqueue(j)
		p.expect(j.ID).park(j, d.Time.Now().Add(time.Duration(2-i)*time.Hour))
	}
	p.expectNothingElse()
	d.due(t, p, time.Hour, jobs[1].ID).end(jobs[1])
	p.expectNothingElse()
	d.due(t, p, time.Hour, jobs[0].ID).end(jobs[0])
	p.expectNothingElse()
}

func resumesEarly(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 4})
	j := p.job()
	p.enqueue(j)
	p.expect(j.ID).park(j, d.Time.Now().Add(time.Hour))
	p.resume(j)
	p.expect(j.ID).end(j)
	d.advance(t, p, 2*time.Hour)
	p.expectNothingElse()
}

func leavesAlone(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 4})
	jobs := p.jobs(2, 1)
	p.enqueue(jobs...)
	p.expect(jobs[0].ID).park(jobs[0], time.Time{})
	for range 3 {
		d.advance(t, p, time.Minute)
		p.expectNothingElse()
	}
	p.resume(jobs[0])
	p.expect(jobs[0].ID).end(jobs[0])
	p.expect(jobs[1].ID).end(jobs[1])
}

func isFair(t *testing.T, d *Database) {
	const workers = 8
	p := d.start(t, queue.Options{Workers: workers})
	hot := p.jobs(10_000, 0)
	for part := range slices.Chunk(hot, 2_000) {
		p.enqueue(part...)
	}
	for range workers * queue.Share / (queue.Share + 1) {
		if c := p.next(); !slices.ContainsFunc(hot, func(j queue.Job) bool { return j.ID == c.ID }) {
			t.Fatalf("%s was handed out", c.ID)
		}
	}
	p.expectNothingElse() // which is the other workflow, with every hot worker still busy
}

func keepsLimit(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 8})
	jobs := p.jobs(4, 2)
	p.enqueue(jobs...)
	started := p.expectAll(jobs[:2]...)
	first, second := started[jobs[0].ID], started[jobs[1].ID]
	p.expectNothingElse()

	first.park(jobs[0], d.Time.Now().Add(time.Hour))
	p.expectNothingElse()
	second.end(jobs[1])
	third := p.expect(jobs[2].ID)
	p.expectNothingElse()

	d.due(t, p, time.Hour, jobs[0].ID).end(jobs[0])
	fourth := p.expect(jobs[3].ID)
	third.end(jobs[2])
	fourth.end(jobs[3])
}

func keepsOrder(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 4})
	jobs := p.jobs(20, 1)
	p.enqueue(jobs[0])
	first := p.expect(jobs[0].ID)
	shuffled := slices.Clone(jobs[1:])
	rand.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
	p.enqueue(shuffled...)

	first.park(jobs[0], d.Time.Now().Add(time.Hour))
	p.expectNothingElse()
	d.advance(t, p, time.Hour)
	order := p.endAll(jobs)
	if diff := cmp.Diff(ids(jobs), order); diff != "" {
		t.Error(diff)
	}
}

func ids(jobs []queue.Job) []hookflow.ID {
	var all []hookflow.ID
	for _, j := range jobs {
		all = append(all, j.ID)
	}
	return all
}

func keepsPlaces(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 4})
	jobs := p.jobs(3, 2)
	p.enqueue(jobs...)
	started := p.expectAll(jobs[:2]...)
	started[jobs[0].ID].park(jobs[0], d.Time.Now().Add(time.Hour))
	started[jobs[1].ID].begin()
	d.kill(t, p)

	next := d.start(t, queue.Options{Workers: 4})
	second := next.expect(jobs[1].ID)
	next.expectNothingElse()
	second.end(jobs[1])
	next.expect(jobs[2].ID).end(jobs[2])
}

func passesMemos(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 1})
	j := p.job()
	j.Memo = "what we know"
	p.enqueue(j)
	c := p.expect(j.ID)
	if c.Memo != j.Memo {
		t.Errorf("the memo is %v", c.Memo)
	}
	c.end(j)
}

func exceedsMemory(t *testing.T, d *Database) {
	p := d.open(t, queue.Options{Workers: 4, Memory: 20})
	hot, ordered := p.jobs(2_500, 0), p.jobs(100, 1)
	p.enqueue(hot[:1_000]...)
	p.enqueue(ordered[:50]...)
	p.start()
	p.enqueue(ordered[50:]...)
	p.enqueue(hot[1_000:]...)

	parked := p.jobs(100, 0)
	p.enqueue(parked...)
	var order []hookflow.ID
	for left := len(hot) + len(ordered) + 2*len(parked); left > 0; left-- {
		c := p.next()
		at, _ := slices.BinarySearchFunc(parked, c.ID, byID)
		switch {
		case at == len(parked) || parked[at].ID != c.ID:
			order = append(order, c.ID)
			c.end(queue.Job{ID: c.ID, Workflow: workflowOf(c.ID, hot, ordered), Limit: limitOf(c.ID, ordered)})
		case parked[at].Memo == nil:
			parked[at].Memo = "parked once"
			c.park(parked[at], d.Time.Now())
		default:
			c.end(parked[at])
		}
	}
	p.expectNothingElse()
	inOrder := slices.DeleteFunc(slices.Clone(order), func(id hookflow.ID) bool { return limitOf(id, ordered) == 0 })
	if diff := cmp.Diff(ids(ordered), inOrder); diff != "" {
		t.Error("limit 1: ", diff)
	}
	slices.Sort(order)
	if diff := cmp.Diff(append(ids(hot), ids(ordered)...), order); diff != "" {
		t.Error(diff)
	}
}

func byID(j queue.Job, id hookflow.ID) int { return int(j.ID - id) }

func limitOf(id hookflow.ID, limited []queue.Job) int {
	if id >= limited[0].ID && id <= limited[len(limited)-1].ID {
		return limited[0].Limit
	}
	return 0
}

func workflowOf(id hookflow.ID, hot, ordered []queue.Job) hookflow.ID {
	if limitOf(id, ordered) > 0 {
		return ordered[0].Workflow
	}
	return hot[0].Workflow
}

func stopsGracefully(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 1, Grace: time.Minute})
	jobs := p.jobs(3, 0)
	p.enqueue(jobs...)
	c := p.next()
	p.cancel()
	if c.ctx.Err() != nil {
		t.Error("the work in flight was cancelled")
	}
	c.end(jobs[0])
	p.stop()
	if err := p.store.Close(); err != nil {
		t.Error(err)
	}

	next := d.start(t, queue.Options{Workers: 1})
	next.endAll(jobs[1:])
}

func endsGrace(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 1, Grace: time.Minute})
	j := p.job()
	p.enqueue(j)
	c := p.next()
	p.cancel()
	for c.ctx.Err() == nil {
		d.Time.Advance(time.Minute)
	}
	c.end(j)
	p.stop()
}

func repeatsBrokenOff(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 4})
	jobs := p.jobs(3, 1)
	p.enqueue(jobs...)
	p.expect(jobs[0].ID).release()
	again := d.await(t, p)
	if again.ID != jobs[0].ID {
		t.Fatalf("%s was handed out, not %s", again.ID, jobs[0].ID)
	}
	again.end(jobs[0])
	p.expect(jobs[1].ID).end(jobs[1])
	p.expect(jobs[2].ID).end(jobs[2])
}

func skipsCancelled(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 4})
	jobs := p.jobs(3, 1)
	p.enqueue(jobs...)
	running := p.expect(jobs[0].ID)
	cancel := func(j queue.Job) {
		p.write(func(tx *store.Tx) error {
			if _, err := tx.EndExecution(j.ID, hookflow.StatusCancelled, "", d.Time.Now()); err != nil {
				return err
			}
			return p.queue.Ended(tx, j)
		})
	}
	cancel(jobs[1])
	cancel(jobs[0])
	err := p.store.Write(t.Context(), func(tx *store.Tx) error { return running.commitEnd(tx, jobs[0]) })
	if err == nil {
		t.Error("a cancelled execution was written")
	}
	running.release()
	p.expect(jobs[2].ID).end(jobs[2])
	p.expectNothingElse()
}

func tellsDepth(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 1})
	busy := p.job()
	p.enqueue(busy)
	c := p.expect(busy.ID)
	jobs := p.jobs(5, 0)
	p.enqueue(jobs...)
	if depth := p.queue.Depth(); depth != len(jobs) {
		t.Errorf("the depth is %d, not %d", depth, len(jobs))
	}
	c.end(busy)
	p.endAll(jobs)
}

func runsHere(t *testing.T, d *Database) {
	p := d.start(t, queue.Options{Workers: 4})
	if d.Expire != nil {
		other := d.start(t, queue.Options{Workers: 4})
		j := other.job()
		j.Here = true
		other.enqueue(j)
		other.expect(j.ID).end(j) // it is up, and idle
	}
	for _, limit := range []int{0, 1} {
		j := p.job()
		j.Here, j.Limit = true, limit
		p.enqueue(j)
		p.expect(j.ID).park(j, d.Time.Now().Add(time.Second))
		d.due(t, p, time.Second, j.ID).end(j)
	}
}

// Together tests queues on a database that several processes share.
func Together(t *testing.T, open func(t *testing.T) *Database) {
	for _, behaviour := range []struct {
		name string
		test func(*testing.T, *Database)
	}{
		{"share the work", sharesWork},
		{"wake each other", wakesOthers},
		{"keep one limit", keepsLimitTogether},
		{"take over from the dead", takesOver},
	} {
		t.Run(behaviour.name, func(t *testing.T) {
			t.Parallel()
			behaviour.test(t, open(t))
		})
	}
}

// pair starts two processes.
func (d *Database) pair(t *testing.T, workers int) (one, two *process) {
	return d.start(t, queue.Options{Workers: workers}), d.start(t, queue.Options{Workers: workers})
}

func sharesWork(t *testing.T, d *Database) {
	one, two := d.pair(t, 4)
	jobs := one.jobs(300, 0)
	one.enqueue(jobs[:150]...)
	two.enqueue(jobs[150:]...)
	seen := map[hookflow.ID]int{}
	for range jobs {
		var c *claim
		select {
		case c = <-one.taken:
		case c = <-two.taken:
		}
		seen[c.ID]++
		c.end(queue.Job{ID: c.ID, Workflow: jobs[0].Workflow})
	}
	if len(seen) != len(jobs) {
		t.Errorf("%d of %d executions were handed out", len(seen), len(jobs))
	}
}

// wakesOthers relies on Time standing still: no poll can find the job.
func wakesOthers(t *testing.T, d *Database) {
	one, two := d.pair(t, 1)
	busy, j := one.job(), one.job()
	busy.Here = true
	one.enqueue(busy)
	one.expect(busy.ID)
	one.enqueue(j)
	two.expect(j.ID).end(j)
}

func keepsLimitTogether(t *testing.T, d *Database) {
	one, two := d.pair(t, 4)
	jobs := one.jobs(40, 1)
	for i, j := range jobs {
		[]*process{one, two}[i%2].enqueue(j)
	}
	var order []hookflow.ID
	for range jobs {
		var c *claim
		select {
		case c = <-one.taken:
		case c = <-two.taken:
		}
		select {
		case other := <-one.taken:
			t.Fatalf("%s runs beside %s", other.ID, c.ID)
		case other := <-two.taken:
			t.Fatalf("%s runs beside %s", other.ID, c.ID)
		default:
		}
		order = append(order, c.ID)
		c.end(queue.Job{ID: c.ID, Workflow: jobs[0].Workflow, Limit: 1})
	}
	if diff := cmp.Diff(ids(jobs), order); diff != "" {
		t.Error(diff)
	}
}

func takesOver(t *testing.T, d *Database) {
	one, two := d.pair(t, 2)
	running, parked := one.job(), one.job()
	running.Here, parked.Here = true, true
	one.enqueue(parked)
	one.expect(parked.ID).park(parked, d.Time.Now().Add(1000*time.Hour))
	one.enqueue(running)
	before := one.expect(running.ID)
	d.Expire(t, one.store)

	after := d.await(t, two)
	if after.ID != running.ID || after.Epoch <= before.Epoch {
		t.Errorf("handed out %s with epoch %d after %s with epoch %d", after.ID, after.Epoch, before.ID, before.Epoch)
	}
	err := one.store.Write(context.WithoutCancel(t.Context()), func(tx *store.Tx) error { return before.commitEnd(tx, running) })
	if err == nil {
		t.Error("the old owner has written")
	}
	after.end(running)
	d.due(t, two, 1000*time.Hour, parked.ID).end(parked)
}

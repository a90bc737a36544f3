// Package local is the queue of a process that has its database for itself.
// After the commit it hands executions to workers in memory; what memory does
// not hold is read from the rows. It polls nothing.
package local

import (
	"context"
	"sync"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
)

// Queue is a queue.Queue.
type Queue struct {
	store   *store.Store
	options queue.Options

	mu       sync.Mutex
	wake     *sync.Cond // a worker may find something in the ring
	known    map[hookflow.ID]*entry
	flows    map[hookflow.ID]*flow
	ring     []*flow // those with something to run, next first
	busy     int     // workers
	resting  int     // claims without one
	memos    queue.Memos
	loads    []*window // to be filled from the database
	doubtful []*entry  // whose work returned without a word

	alarm   chan struct{} // something is due earlier than was known
	errands chan struct{} // there are loads or doubts
}

var _ queue.Queue = (*Queue)(nil)

// New returns the queue of the database.
func New(s *store.Store, o queue.Options) *Queue {
	q := &Queue{
		store:   s,
		options: o.Filled(),
		known:   map[hookflow.ID]*entry{},
		flows:   map[hookflow.ID]*flow{},
		alarm:   make(chan struct{}, 1),
		errands: make(chan struct{}, 1),
	}
	q.wake = sync.NewCond(&q.mu)
	return q
}

// Enqueue implements queue.Queue.
func (q *Queue) Enqueue(tx *store.Tx, j queue.Job) error {
	tx.OnCommit(func() { q.enqueued(j) })
	return nil
}

// Ended implements queue.Queue.
func (q *Queue) Ended(tx *store.Tx, j queue.Job) error {
	tx.OnCommit(func() { q.ended(j) })
	return nil
}

// Depth implements queue.Queue.
func (q *Queue) Depth() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	depth := 0
	for _, f := range q.ring {
		depth += len(f.fresh.rows) + f.fresh.beyond
	}
	return depth
}

// Run implements queue.Queue.
func (q *Queue) Run(ctx context.Context, work func(context.Context, queue.Claim)) error {
	if err := q.recall(ctx); err != nil {
		return err
	}
	defer context.AfterFunc(ctx, q.wakeAll)()
	workContext, stop := q.options.Work(ctx)
	defer stop()

	var running sync.WaitGroup
	running.Go(func() { q.watchTime(ctx) })
	running.Go(func() { q.runErrands(ctx) })
	for range q.options.Workers * (2 + queue.Resting) {
		running.Go(func() {
			for e, memo := q.take(ctx); e != nil; e, memo = q.take(ctx) {
				rest := func(wait func()) { q.rest(e.flow, wait) }
				work(workContext, queue.Claim{ID: e.id, Epoch: e.epoch, Memo: memo, Rest: rest})
				q.finish(e)
			}
		})
	}
	running.Wait()
	return nil
}

func (q *Queue) wakeAll() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.wake.Broadcast()
}

// take waits for an execution to run. It returns nil when ctx is done.
func (q *Queue) take(ctx context.Context) (*entry, any) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for ctx.Err() == nil {
		if e, memo := q.pick(); e != nil {
			if len(q.ring) > 0 {
				q.wake.Signal() // there may be more
			}
			return e, memo
		}
		q.wake.Wait()
	}
	return nil, nil
}

// pick gives every workflow of the ring its turn, when a worker is free.
func (q *Queue) pick() (*entry, any) {
	free := q.options.Workers - q.busy
	if free <= 0 {
		return nil, nil
	}
	for range len(q.ring) {
		f := q.ring[0]
		q.ring, f.ringed = q.ring[1:], false
		switch e := f.next(q.now()); {
		case e == nil:
			q.tidy(f)
		case !queue.Admits(f.running, free) || !q.mayRest(f):
			q.enring(f)
		default:
			memo := q.start(e)
			q.enring(f)
			return e, memo
		}
	}
	return nil, nil
}

// start moves an execution from its window to a worker and returns its memo.
func (q *Queue) start(e *entry) any {
	f, w, memo := e.flow, e.within, e.memo
	w.remove(e)
	q.setMemo(e, nil)
	e.settled, e.ended = false, false
	if e.limit > 0 {
		f.started[e.id] = true
	}
	f.running++
	q.busy++
	q.fill(w)
	return memo
}

// rest leaves the worker of one of the flow's executions to another while wait
// waits.
func (q *Queue) rest(f *flow, wait func()) {
	q.mu.Lock()
	q.busy--
	q.resting++
	f.running--
	f.resting++
	if len(q.ring) > 0 {
		q.wake.Signal()
	}
	q.mu.Unlock()
	wait()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.busy++
	q.resting--
	f.running++
	f.resting--
}

// mayRest reports whether one more of the flow's executions could rest. One that
// could not would hold its worker while it waits, so it is not begun.
func (q *Queue) mayRest(f *flow) bool {
	return f.resting == 0 || queue.Admits(f.resting, queue.Resting*q.options.Workers-q.resting)
}

// finish takes an execution back from its worker.
func (q *Queue) finish(e *entry) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.busy--
	e.flow.running--
	q.conclude(e)
	q.offer(e.flow)
	q.tidy(e.flow)
}

// conclude acts on what has become of an execution that no worker has.
func (q *Queue) conclude(e *entry) {
	switch {
	case e.ended:
		delete(e.flow.started, e.id)
		q.forget(e)
	case !e.settled:
		q.doubtful = append(q.doubtful, e)
		nudge(q.errands)
	case q.hasRoom(e.flow.parked):
		q.wait(e, e.flow.parked)
	default:
		q.refuse(e.flow.parked, e)
		q.forget(e)
	}
}

// enqueued is called after the commit.
func (q *Queue) enqueued(j queue.Job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if e := q.known[j.ID]; e != nil {
		q.renew(e, j)
		return
	}
	f := q.flow(j.Workflow)
	w, e := f.fresh, &entry{flow: f, id: j.ID, limit: j.Limit}
	if !j.Due.IsZero() {
		w, e.due = f.parked, j.Due.UnixMicro()
	}
	if !q.hasRoom(w) {
		q.refuse(w, e)
		return
	}
	q.setMemo(e, j.Memo)
	q.wait(e, w)
}

// renew takes news of an execution in memory: it was parked, is to go on
// earlier, or a scan found its row before its commit was announced.
func (q *Queue) renew(e *entry, j queue.Job) {
	q.setMemo(e, j.Memo)
	e.settled = true
	waits := e.within != nil
	if waits && j.Due.IsZero() {
		return
	}
	e.due = j.Due.UnixMicro()
	if waits {
		e.within.remove(e)
		q.wait(e, e.flow.parked)
	}
}

// ended is called after the commit.
func (q *Queue) ended(j queue.Job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	f, e := q.flows[j.Workflow], q.known[j.ID]
	switch {
	case f == nil:
		return
	case e == nil:
		f.leave(j.ID)
	case e.within == nil:
		e.settled, e.ended = true, true // the worker has the place until it returns
		return
	default:
		e.within.remove(e)
		q.forget(e)
	}
	delete(f.started, j.ID)
	q.offer(f)
	q.tidy(f)
}

func (q *Queue) flow(id hookflow.ID) *flow {
	f := q.flows[id]
	if f == nil {
		f = newFlow(id)
		q.flows[id] = f
	}
	return f
}

// tidy drops a flow that holds nothing.
func (q *Queue) tidy(f *flow) {
	if f.idle() {
		delete(q.flows, f.id)
	}
}

// wait puts an execution into a window.
func (q *Queue) wait(e *entry, w *window) {
	q.known[e.id] = e
	w.add(e)
	q.offer(e.flow)
	if w.parked && w.rows[0] == e {
		nudge(q.alarm)
	}
}

// refuse leaves an execution to the database.
func (q *Queue) refuse(w *window, e *entry) {
	w.refuse(w.key(e))
	q.fill(w)
}

// forget drops what memory has of an execution.
func (q *Queue) forget(e *entry) {
	q.setMemo(e, nil)
	delete(q.known, e.id)
	e.flow.leave(e.id)
}

// enring gives a workflow with something to run its place in the ring.
func (q *Queue) enring(f *flow) {
	if !f.ringed && f.next(q.now()) != nil {
		f.ringed = true
		q.ring = append(q.ring, f)
	}
}

// offer wakes a worker for a workflow that may have something to run now.
func (q *Queue) offer(f *flow) {
	if q.enring(f); f.ringed {
		q.wake.Signal()
	}
}

func (q *Queue) setMemo(e *entry, memo any) {
	q.memos.Drop(e.memo)
	e.memo = q.memos.Keep(memo)
}

func (q *Queue) now() int64 { return q.options.Clock().UnixMicro() }

// nudge wakes the reader of a channel of capacity 1.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

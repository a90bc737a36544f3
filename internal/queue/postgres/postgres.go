// Package postgres is the queue of processes that share a PostgreSQL database.
// The rows of hf_executions are claimed with SKIP LOCKED and an epoch that
// fences off former owners; a process keeps its claims while its lease lasts,
// by the clock of the database.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
)

const (
	// topic wakes the processes that have free workers.
	topic = "executions"

	poll  = time.Second     // when nobody wakes us
	pulse = 5 * time.Second // between renewals of the lease
	lease = 20 * time.Second

	patience    = 10 * time.Second // with one query
	connections = 3

	// ahead bounds how many claims wait for each worker.
	ahead = 4
)

var errNotNew = errors.New("only a new execution can be run here at once")

// Queue is a queue.Queue.
type Queue struct {
	store   *store.Store
	url     string
	options queue.Options
	process string

	mu         sync.Mutex
	open       bool // while Run claims
	closed     bool // after that
	work       func(claim)
	held       map[hookflow.ID]bool // claims of this process
	running    map[hookflow.ID]int  // claims on workers, by workflow
	restingAll int
	resting    map[hookflow.ID]int // claims without a worker, by workflow
	busy       int                 // workers
	freed      int                 // how often one got free since the last query
	mine       []claim             // claims that wait for a worker
	more       bool                // a worker who gets free may find something
	depth      int
	memos      memos
	lost       map[hookflow.ID]bool // rows that say they are ours, and are not held

	news    chan struct{} // there may be something to claim
	working sync.WaitGroup
}

var _ queue.Queue = (*Queue)(nil)

// claim is a queue.Claim with its workflow.
type claim struct {
	queue.Claim
	workflow hookflow.ID
	here     bool // a caller waits in this process
}

// New returns the queue of the database that s has open and url names. It has
// connections of its own, so that a lease never waits for other work.
func New(s *store.Store, url string, o queue.Options) *Queue {
	o = o.Filled()
	return &Queue{
		store:   s,
		url:     url,
		options: o,
		process: s.ProcessID(),
		held:    map[hookflow.ID]bool{},
		running: map[hookflow.ID]int{},
		resting: map[hookflow.ID]int{},
		memos:   newMemos(o.Memory),
		lost:    map[hookflow.ID]bool{},
		news:    make(chan struct{}, 1),
	}
}

// Enqueue implements queue.Queue.
func (q *Queue) Enqueue(tx *store.Tx, j queue.Job) error {
	s := q.stand(j.ID)
	here := j.Here && !s.closed
	wait := j.Due.Sub(q.options.Clock()).Microseconds()
	switch {
	case here && j.Due.IsZero() && j.Limit == 0 && s.open:
		tx.QueueExpect(1, errNotNew, claimRow, q.process, j.ID)
		tx.OnCommit(func() { q.claimedHere(j) })
		return nil
	case here && j.Due.IsZero():
		tx.Queue(reserveRow, q.process, j.ID)
	case j.Due.IsZero() && s.saturated:
		tx.Notify(topic)
	case j.Due.IsZero():
	case here:
		tx.Queue(parkRow, q.process, wait, j.ID)
	case s.held:
		tx.Queue(parkRow, nil, wait, j.ID)
	default: // resumed by somebody else, and perhaps to be run by another process
		tx.Queue(resumeRow, wait, j.ID)
		tx.Notify(topic)
	}
	q.remember(j) // before the commit: the row may be claimed right after it
	tx.OnCommit(func() { q.enqueued(j) })
	return nil
}

// remember keeps a job's memo. That of a transaction that is rolled back makes
// room in its turn.
func (q *Queue) remember(j queue.Job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.memos.keep(j.ID, j.Memo)
}

// Ended implements queue.Queue. The next execution of the workflow may have to
// be run by another process.
func (q *Queue) Ended(tx *store.Tx, j queue.Job) error {
	if j.Limit > 0 {
		tx.Notify(topic)
	}
	return nil
}

// Depth implements queue.Queue.
func (q *Queue) Depth() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return max(q.depth, 0) + len(q.mine)
}

// standing is what Enqueue must know of this process.
type standing struct {
	open      bool // it claims
	closed    bool // it will claim no more
	saturated bool // others had better be woken
	held      bool // it runs the execution
}

func (q *Queue) stand(id hookflow.ID) standing {
	q.mu.Lock()
	defer q.mu.Unlock()
	return standing{
		open: q.open, closed: q.closed, held: q.held[id],
		saturated: !q.open || q.busy >= q.options.Workers,
	}
}

// enqueued is called after the commit.
func (q *Queue) enqueued(j queue.Job) {
	q.mu.Lock()
	if j.Due.IsZero() {
		q.depth++
	}
	q.mu.Unlock()
	nudge(q.news)
}

// claimedHere is called after the commit that claimed a new execution.
func (q *Queue) claimedHere(j queue.Job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.open {
		return // Run has just ended: the row goes back with the others
	}
	q.held[j.ID] = true
	q.mine = append(q.mine, claim{queue.Claim{ID: j.ID, Epoch: 1, Memo: j.Memo}, j.Workflow, true})
	q.startMine()
}

// startMine starts the oldest claims whose workflows may have another worker.
func (q *Queue) startMine() {
	for q.busy < q.options.Workers {
		i := slices.IndexFunc(q.mine, func(c claim) bool { return q.hasShare(c.workflow) })
		if i < 0 {
			return
		}
		c := q.mine[i]
		q.mine = slices.Delete(q.mine, i, i+1)
		q.busy++
		q.start(c)
	}
}

func (q *Queue) hasShare(workflow hookflow.ID) bool {
	return queue.Admits(q.running[workflow], q.options.Workers-q.busy) && q.mayRest(workflow)
}

// mayRest reports whether one more of the workflow's executions could rest. One
// that could not would hold its worker while it waits, so it is not begun.
func (q *Queue) mayRest(workflow hookflow.ID) bool {
	return q.resting[workflow] == 0 || queue.Admits(q.resting[workflow], queue.Resting*q.options.Workers-q.restingAll)
}

// start gives a claim to a worker, who is counted in busy already.
func (q *Queue) start(c claim) {
	q.running[c.workflow]++
	c.Rest = func(wait func()) { q.rest(c.workflow, wait) }
	q.working.Go(func() {
		q.work(c)
		q.finish(c)
	})
}

func (q *Queue) finish(c claim) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.held, c.ID)
	q.vacate(c.workflow)
}

// rest leaves the worker of one of the workflow's executions to another while
// wait waits.
func (q *Queue) rest(workflow hookflow.ID, wait func()) {
	q.mu.Lock()
	q.restingAll++
	q.resting[workflow]++
	q.vacate(workflow)
	q.mu.Unlock()
	wait()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.restingAll--
	if q.resting[workflow]--; q.resting[workflow] == 0 {
		delete(q.resting, workflow)
	}
	q.running[workflow]++
	q.busy++
}

// vacate frees a worker.
func (q *Queue) vacate(workflow hookflow.ID) {
	if q.running[workflow]--; q.running[workflow] == 0 {
		delete(q.running, workflow)
	}
	q.busy--
	q.freed++
	q.startMine()
	if q.more {
		nudge(q.news)
	}
}

// Run implements queue.Queue.
func (q *Queue) Run(ctx context.Context, work func(context.Context, queue.Claim)) error {
	db, err := q.connect(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.beat(ctx); err != nil {
		return err
	}
	workContext, stop := q.options.Work(ctx)
	defer stop()
	q.work = func(c claim) { work(workContext, c.Claim) }

	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	beating, stopBeating := context.WithCancel(context.WithoutCancel(ctx))
	var heart sync.WaitGroup
	heart.Go(func() { fail(q.keepAlive(beating, db)) })

	q.claimAll(ctx, db)
	q.working.Wait()
	stopBeating()
	heart.Wait()
	err = db.release(context.WithoutCancel(ctx))
	if cause := context.Cause(ctx); errors.Is(cause, errDisowned) {
		return cause
	}
	return err
}

func (q *Queue) connect(ctx context.Context) (*database, error) {
	config, err := pgxpool.ParseConfig(q.url)
	if err != nil {
		return nil, hookflow.Errorf(hookflow.CodeInvalid, "the database URL cannot be read: %w", err)
	}
	config.MaxConns = connections
	config.AfterConnect = store.PreferIndexes
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect the queue: %w", err)
	}
	return &database{Pool: pool, process: q.process}, nil
}

// claimAll claims and starts executions until ctx is done.
func (q *Queue) claimAll(ctx context.Context, db *database) {
	q.setOpen(true)
	defer q.setOpen(false)
	woken := q.store.Watch(ctx, topic)
	for ctx.Err() == nil {
		nap := poll
		if want := q.want(); want > 0 {
			found, next, err := db.claim(ctx, want, q.load())
			if err != nil {
				q.options.Logger.Error("the queue cannot claim executions", "error", err)
			}
			q.accept(found, want)
			nap = min(nap, next)
		}
		select {
		case <-q.news:
		case <-woken:
		case <-q.options.In(nap):
		case <-ctx.Done():
		}
	}
}

// setOpen lets callers here claim for themselves. When it ends, those who have
// and wait for a worker keep their turn; what was claimed ahead goes back with
// the others.
func (q *Queue) setOpen(open bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.open, q.closed = open, !open
	if open {
		return
	}
	for _, c := range q.mine {
		if !c.here {
			delete(q.held, c.ID)
		}
	}
	q.mine = slices.DeleteFunc(q.mine, func(c claim) bool { return !c.here })
}

// want is how many executions to claim: for the workers that are free, and as
// many more as are likely to get free during the query. Where executions take
// long that is none, so that none waits here for what another process could do.
func (q *Queue) want() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.more = true
	free := max(0, q.options.Workers-q.busy)
	soon := min(q.freed, ahead*q.options.Workers)
	if q.freed = 0; soon < len(q.mine) {
		soon = len(q.mine)
	}
	return free + soon - len(q.mine)
}

// load is how many claims of every workflow are at hand.
func (q *Queue) load() map[hookflow.ID]int {
	q.mu.Lock()
	defer q.mu.Unlock()
	load := maps.Clone(q.running)
	for workflow, n := range q.resting {
		load[workflow] += n
	}
	for _, c := range q.mine {
		load[c.workflow]++
	}
	return load
}

// accept takes what a query found.
func (q *Queue) accept(found []claim, want int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, c := range found {
		c.Memo = q.memos.take(c.ID)
		q.held[c.ID] = true
		q.mine = append(q.mine, c)
	}
	q.depth -= len(found) // below 0 when a row was found before its commit was announced
	q.startMine()
	q.more = len(found) == want
	for workflow := range q.running {
		q.more = q.more || !q.hasShare(workflow)
	}
}

// keepAlive renews the lease until ctx is done. It returns an error when the
// process must not go on.
func (q *Queue) keepAlive(ctx context.Context, db *database) error {
	for {
		select {
		case <-q.options.In(pulse):
		case <-ctx.Done():
			return nil
		}
		err := q.beat(ctx, db)
		if errors.Is(err, errDisowned) {
			return err
		}
		if err != nil && ctx.Err() == nil {
			q.options.Logger.Error("the queue cannot renew its lease", "error", err)
		}
	}
}

// beat also gives back what this process owns without knowing: a claim whose
// answer was lost, or one that was broken off. Only what was seen twice: a
// claim made by Enqueue is held a moment after it is committed.
func (q *Queue) beat(ctx context.Context, db *database) error {
	if err := db.beat(ctx); err != nil {
		return err
	}
	owned, err := db.owned(ctx)
	if err != nil {
		return err
	}
	if err := db.giveBack(ctx, q.lostTwice(owned)); err != nil {
		return err
	}
	depth, err := db.depth(ctx)
	if err != nil {
		return err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.depth = depth
	nudge(q.news)
	return nil
}

func (q *Queue) lostTwice(owned []hookflow.ID) (twice []hookflow.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	before := q.lost
	q.lost = map[hookflow.ID]bool{}
	for _, id := range owned {
		switch {
		case q.held[id]:
		case before[id]:
			twice = append(twice, id)
		default:
			q.lost[id] = true
		}
	}
	return twice
}

// nudge wakes the reader of a channel of capacity 1.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

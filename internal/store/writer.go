package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/hookflow/hookflow"
)

const (
	// maxWaiting bounds the writes that wait for a writer.
	maxWaiting = 4096
	// maxSchemas bounds the schema changes that wait.
	maxSchemas = 16
	// maxBatch bounds the writes of one commit.
	maxBatch = 512
	// maxAttempts bounds how often a write that lost against another
	// process's is tried.
	maxAttempts = 4
)

// op is one Write on its way.
type op struct {
	ctx    context.Context // it travels with the op through the queue
	fn     func(*Tx) error
	schema bool
	state  atomic.Int32
	again  bool
	tx     Tx // of the newest run
	err    error
	done   chan error
}

// The states of an op: it waits until a writer takes it or its caller gives up.
const (
	opWaiting = iota
	opTaken
	opGivenUp
)

func (o *op) take() bool   { return o.state.CompareAndSwap(opWaiting, opTaken) }
func (o *op) giveUp() bool { return o.state.CompareAndSwap(opWaiting, opGivenUp) }

// run runs the op's function from a clean start; a panic is its error.
func (o *op) run(c writeConn) (err error) {
	o.tx = Tx{conn: c, ctx: o.ctx, dialect: c.dialect(), again: o.again}
	defer func() {
		if r := recover(); r != nil {
			o.tx.touched = true
			err = fmt.Errorf("panic in a write: %v\n%s", r, debug.Stack())
		}
		if err == nil {
			err = o.tx.err
		}
	}()
	return o.fn(&o.tx)
}

func (s *Store) submit(ctx context.Context, o *op) error {
	if err := s.refusal(ctx); err != nil {
		return err
	}
	queue := s.writes
	if o.schema {
		queue = s.schemas
	}
	select {
	case queue <- o:
	default:
		return hookflow.Errorf(hookflow.CodeOverloaded, "too many writes are waiting, try again later")
	}
	select {
	case err := <-o.done:
		return err
	case <-ctx.Done():
		if o.giveUp() {
			return ctx.Err()
		}
	case <-s.stopped:
		if o.giveUp() {
			return errClosed
		}
	}
	return <-o.done
}

func (s *Store) refusal(ctx context.Context) error {
	select {
	case <-s.closing:
		return errClosed
	default:
	}
	if broken := s.broken.Load(); broken != nil {
		return broken
	}
	return ctx.Err()
}

// writeConn is a writer's connection: at most one transaction at a time.
type writeConn interface {
	dialect() Dialect
	begin() error
	// beginSchema begins a transaction that may change tables.
	beginSchema() error
	exec(query string, args []any) (int64, error)
	query(query string, args []any) (Rows, error)
	// queryWithin is query with a bound of its time.
	queryWithin(limit time.Duration, query string, args []any) (Rows, error)
	queue(s statement) error
	flush() error
	// notify announces topics with the transaction.
	notify(topics map[string]bool)
	commit() error
	// rollback ends the transaction, if there is one. It has no error: a
	// connection it fails on is not used again.
	rollback()
	// diagnose says what a failed statement or commit means.
	diagnose(err error) diagnosis
	// tidy runs between batches, after their callers have been answered.
	tidy() error
	close()
}

// diagnosis is what an error means for the other writes of its batch.
type diagnosis int

const (
	ownFault diagnosis = iota // of the op alone
	lostRace                  // against another transaction: worth another try
	noRoom                    // the disk is full, or the database out of reach
	noTrust                   // what is on disk is unknown
)

// writer turns waiting ops into commits. While one commit waits for the disk
// the next batch gathers: that is all the delay that grouping costs.
type writer struct {
	store *Store
	conn  writeConn
}

func (w *writer) run() {
	defer w.conn.close()
	for {
		select {
		case o := <-w.store.writes:
			w.write(w.gather(o))
		case o := <-w.store.schemas:
			w.changeSchema(o)
		case <-w.store.closing:
			w.finish()
			return
		}
		if err := w.conn.tidy(); err != nil {
			w.store.log.Warn("cannot tidy up the database", "error", w.verdict(err))
		}
	}
}

// finish writes what still waits when the store closes.
func (w *writer) finish() {
	for {
		select {
		case o := <-w.store.writes:
			w.write(w.gather(o))
		default:
			return
		}
	}
}

// gather takes what waits, after giving those who are about to submit the
// chance to.
func (w *writer) gather(first *op) []*op {
	runtime.Gosched()
	var batch []*op
	for o := first; ; {
		if o.take() {
			batch = append(batch, o)
		}
		if len(batch) == maxBatch {
			return batch
		}
		select {
		case o = <-w.store.writes:
		default:
			return batch
		}
	}
}

// write commits a batch and answers every op. Savepoints cost time, so they are
// only used once an op has failed.
func (w *writer) write(batch []*op) {
	if len(batch) == 0 {
		return
	}
	if broken := w.store.broken.Load(); broken != nil {
		w.answer(batch, broken)
		return
	}
	err := w.together(batch)
	if errors.Is(err, errApart) {
		err = w.apart(batch)
	}
	w.answer(batch, err)
}

// errApart says that one op must be kept from failing the others.
var errApart = errors.New("an op of the batch failed")

// together tries a batch as one. It returns errApart when an op failed, and
// any other error when no op can be done.
func (w *writer) together(batch []*op) error {
	if err := w.conn.begin(); err != nil {
		return w.abandon(err)
	}
	for _, o := range batch {
		o.err = o.run(w.conn)
		if o.err != nil && o.tx.touched {
			return w.separate(batch, o.err)
		}
	}
	if err := w.settle(batch); err != nil {
		return w.separate(batch, err)
	}
	return w.commit()
}

// separate rolls back a batch in which an op failed. Where it is the only one
// there is nothing to keep apart.
func (w *writer) separate(batch []*op, err error) error {
	d := w.conn.diagnose(err)
	if d >= noRoom {
		return w.abandon(err)
	}
	w.conn.rollback()
	if d == ownFault && len(batch) == 1 && !batch[0].outdated(err) {
		batch[0].err = err
		return nil
	}
	return errApart
}

// apart tries a batch with a savepoint for each op, then those that lost a race
// alone.
func (w *writer) apart(batch []*op) error {
	if err := w.conn.begin(); err != nil {
		return w.abandon(err)
	}
	for _, o := range batch {
		if err := w.guarded(o); err != nil {
			return w.abandon(err)
		}
	}
	if err := w.settle(batch); err != nil {
		return w.abandon(err)
	}
	if err := w.commit(); err != nil {
		return err
	}
	for _, o := range batch {
		for attempt := 1; attempt < maxAttempts && w.lost(o); attempt++ {
			if err := w.alone(o); err != nil {
				o.err = err
			}
		}
	}
	return nil
}

func (w *writer) lost(o *op) bool {
	return o.err != nil && (w.conn.diagnose(o.err) == lostRace || o.outdated(o.err))
}

// outdated reports whether an op failed because a table has changed.
func (o *op) outdated(err error) bool { return o.tx.assumes && IsOutdated(err) }

// guarded runs an op in a savepoint. It returns an error when the whole
// transaction is lost.
func (w *writer) guarded(o *op) error {
	if _, err := w.conn.exec("SAVEPOINT op", nil); err != nil {
		return err
	}
	o.err = o.run(w.conn)
	if err := w.conn.flush(); o.err == nil {
		o.err = err
	}
	if o.err == nil {
		return w.conn.queue(statement{query: "RELEASE SAVEPOINT op", want: anyRows})
	}
	if w.conn.diagnose(o.err) >= noRoom {
		return o.err
	}
	if _, err := w.conn.exec("ROLLBACK TO SAVEPOINT op", nil); err != nil {
		return err
	}
	_, err := w.conn.exec("RELEASE SAVEPOINT op", nil)
	return err
}

// alone runs an op in a transaction of its own.
func (w *writer) alone(o *op) error {
	o.again = true
	if err := w.conn.begin(); err != nil {
		return w.abandon(err)
	}
	return w.single(o)
}

// single runs an op in the open transaction and commits.
func (w *writer) single(o *op) error {
	if o.err = o.run(w.conn); o.err == nil {
		o.err = w.settle([]*op{o})
	}
	if o.err != nil {
		return w.abandon(o.err)
	}
	return w.commit()
}

func (w *writer) changeSchema(o *op) {
	if !o.take() {
		return
	}
	w.answer([]*op{o}, w.schema(o))
}

func (w *writer) schema(o *op) error {
	if broken := w.store.broken.Load(); broken != nil {
		return broken
	}
	if err := w.conn.beginSchema(); err != nil {
		return w.abandon(err)
	}
	return w.single(o)
}

// settle announces the topics of the ops that succeeded and sees all
// statements done.
func (w *writer) settle(batch []*op) error {
	w.conn.notify(topics(batch))
	return w.conn.flush()
}

func (w *writer) commit() error {
	if err := w.conn.commit(); err != nil {
		return w.abandon(err)
	}
	return nil
}

func topics(batch []*op) map[string]bool {
	var all map[string]bool
	for _, o := range batch {
		if o.err != nil || len(o.tx.topics) == 0 {
			continue
		}
		if all == nil {
			all = map[string]bool{}
		}
		for _, topic := range o.tx.topics {
			all[topic] = true
		}
	}
	return all
}

// abandon rolls back and returns what the callers are told.
func (w *writer) abandon(err error) error {
	told := w.verdict(err)
	w.conn.rollback()
	return told
}

// verdict turns the failures of the database, as against those of an op, into
// what callers are told, and stops all writing when the disk cannot be trusted.
func (w *writer) verdict(err error) error {
	switch w.conn.diagnose(err) {
	case lostRace:
		return hookflow.Errorf(hookflow.CodeOverloaded, "others changed the same rows at the same time, try again: %w", err)
	case noRoom:
		return hookflow.Errorf(hookflow.CodeOverloaded, "the database cannot take writes now: %w", err)
	case noTrust:
		w.store.log.Error("the disk failed: no more writes until a restart", "error", err)
		refusal := hookflow.Errorf(hookflow.CodeOverloaded, "the disk failed, the server must be restarted: %w", err)
		w.store.broken.CompareAndSwap(nil, refusal)
		return refusal
	default:
		return err
	}
}

// answer runs the hooks of the ops that are durable and wakes every caller.
func (w *writer) answer(batch []*op, err error) {
	for _, o := range batch {
		if err != nil {
			o.err = err
		}
		if o.err == nil {
			for _, hook := range o.tx.hooks {
				hook()
			}
			for _, topic := range o.tx.topics {
				w.store.hub.wake(topic)
			}
		}
		o.done <- o.err
	}
}

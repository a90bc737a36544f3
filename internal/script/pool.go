package script

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"sync"
)

// ErrClosed answers a run on a closed [Pool].
var ErrClosed = errors.New("script pool is closed")

// Options set up a [Pool]. The zero value is ready for use.
type Options struct {
	// Workers is how many scripts compute at once, each in a process of its
	// own. Those of one [Run.Group] get all but one, so that another group's
	// script finds a free worker. Scripts that only wait, for an answer or a
	// timer, do not count: for each worker there may be 8 processes of scripts
	// with a network and 2 of others, of which a group may hold half as many
	// as it leaves. 0 is one more than the number of CPUs, at least 3.
	Workers int
	// Queue is how many runs may wait for a worker before the next one is
	// refused as overloaded. 0 is 1,000.
	Queue int
	// Command makes the command of a worker process, which calls [Worker]
	// on its standard input and output. nil is this program with the one
	// argument "js-worker".
	Command func() *exec.Cmd
	// Logger hears of workers that died or could not start. nil is silence.
	Logger *slog.Logger
}

// Pool runs scripts in worker processes, which it starts when they are first
// needed, keeps warm, and replaces when they are killed or worn. It is safe
// for concurrent use.
type Pool struct {
	launcher launcher

	// A run holds one admission, then a seat, which is the right to a process,
	// and while it computes a turn. What it sits on is a warm worker, or the
	// right to start one.
	admission chan struct{}
	seats     *turns
	connected *turns // seats of those with a network
	turns     *turns
	warm      chan *worker // no more than compute at once
	cold      chan struct{}

	life  context.Context // done when the pool is closed
	close func()
}

const (
	defaultQueue = 1000
	minWorkers   = 3

	seatsPerWorker     = 2
	connectedPerWorker = 8
)

// NewPool returns a pool. It starts no process yet.
func NewPool(o Options) *Pool {
	if o.Command == nil {
		o.Command = ownWorker
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	workers := orDefault(o.Workers, max(minWorkers, runtime.NumCPU()+1))
	seats, connected := seatsPerWorker*workers, connectedPerWorker*workers
	life, end := context.WithCancel(context.Background())
	p := &Pool{
		launcher:  launcher{command: o.Command, logger: o.Logger},
		admission: make(chan struct{}, workers+orDefault(o.Queue, defaultQueue)),
		seats:     newTurns(seats, halfOfTheRest),
		connected: newTurns(connected, halfOfTheRest),
		turns:     newTurns(workers, allBut(workers)),
		warm:      make(chan *worker, workers),
		cold:      make(chan struct{}, seats+connected),
		life:      life,
	}
	p.close = sync.OnceFunc(func() {
		end()
		p.takeAllPlaces()
	})
	for range cap(p.cold) {
		p.cold <- struct{}{}
	}
	return p
}

func ownWorker() *exec.Cmd {
	program, err := os.Executable()
	if err != nil {
		program = os.Args[0]
	}
	return exec.Command(program, "js-worker") //nolint:gosec,noctx // our own program; a worker outlives the run that starts it
}

// Run runs a script and waits for its end. A script's failure is an [*Error];
// Logs and Duration are filled then too, as far as they are known. When ctx
// ends first the script is killed and the error is ctx's.
func (p *Pool) Run(ctx context.Context, r Run) (Result, error) {
	r, err := r.withDefaults()
	if err != nil {
		return Result{}, err
	}
	return p.do(ctx, r, false)
}

// Check reports whether code can be parsed: nil, or an [*Error] of kind syntax.
// It does not run the code.
func (p *Pool) Check(ctx context.Context, engine Engine, code string) error {
	r, err := Run{Code: code, Engine: engine}.withDefaults()
	if err != nil {
		return err
	}
	_, err = p.do(ctx, r, true)
	return err
}

func (p *Pool) do(ctx context.Context, r Run, check bool) (Result, error) {
	select {
	case p.admission <- struct{}{}:
		defer func() { <-p.admission }()
	default:
		return Result{}, failure(KindOverloaded, "too many scripts are waiting to run")
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(p.life, func() { cancel(ErrClosed) })()
	if err := p.seatsFor(r).take(ctx, r.Group); err != nil {
		return Result{}, err
	}
	s := newSession(ctx, p.turns, r)
	w, err := p.seated(ctx, s)
	if err != nil {
		p.leave(s)
		return Result{}, err
	}
	defer func() {
		go func() {
			p.release(w)
			p.leave(s)
		}()
	}()
	return w.run(ctx, s, request{Timeout: r.Timeout, Memory: r.Memory, Check: check, Engine: r.Engine})
}

// seated waits for a run's turn and returns a worker that is ready for it.
func (p *Pool) seated(ctx context.Context, s *session) (*worker, error) {
	if err := s.take(); err != nil {
		return nil, err
	}
	return p.acquire(ctx)
}

// leave gives back what a run holds.
func (p *Pool) leave(s *session) {
	s.end()
	s.give()
	p.seatsFor(s.run).give(s.run.Group)
}

// seatsFor keeps those who may wait for others apart from those who need not:
// no receiver, however slow, makes them wait.
func (p *Pool) seatsFor(r Run) *turns {
	if r.Fetch != nil {
		return p.connected
	}
	return p.seats
}

// acquire takes a place and returns a worker that is ready for a run, a warm
// one if there is.
func (p *Pool) acquire(ctx context.Context) (*worker, error) {
	if p.life.Err() != nil {
		return nil, ErrClosed
	}
	select {
	case w := <-p.warm:
		return w, nil
	default:
	}
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case w := <-p.warm:
		return w, nil
	case <-p.cold:
	}
	w, err := p.launcher.launch(ctx)
	if err != nil {
		p.cold <- struct{}{}
		return nil, err
	}
	return w, nil
}

// release gives the place back: with the worker once it is ready again, or
// for a new one when it is not, or when enough are kept.
func (p *Pool) release(w *worker) {
	if w.alive() && w.awaitReady() {
		select {
		case p.warm <- w:
			return
		default:
		}
	}
	w.stop()
	p.cold <- struct{}{}
}

// Close kills the workers, waits until they are gone and makes further runs
// fail with [ErrClosed], as it does those in progress. It always returns nil.
func (p *Pool) Close() error {
	p.close()
	return nil
}

func (p *Pool) takeAllPlaces() {
	for range cap(p.cold) {
		select {
		case w := <-p.warm:
			w.stop()
		case <-p.cold:
		}
	}
}

var _ io.Closer = (*Pool)(nil)

package script

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"sync/atomic"
	"time"
)

// A worker is the server's side of a worker process. One goroutine at a time
// uses it.
type worker struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr said
	logger *slog.Logger

	reaped sync.Once
	gone   atomic.Bool // killed, or about to be
}

const (
	killGrace  = 250 * time.Millisecond // what a machine gets to interrupt itself
	readyLimit = 10 * time.Second       // to clean up after a run and make the next machine
	loadLimit  = 20 * time.Second       // to load an engine
	pollEvery  = 100 * time.Millisecond
	rssFactor  = 3 // the engine's own limit is exceeded by up to 2.2 times
	rssBase    = 64 << 20
)

// answer is what a worker said during a run.
type answer struct {
	logs  []Log
	end   end
	value json.RawMessage
	err   error // it said something wrong, or nothing more
}

// run sends a run to a worker that is ready and supervises it to its end.
func (w *worker) run(ctx context.Context, s *session, q request) (Result, error) {
	var a answer
	clock := newStopwatch()
	done := make(chan struct{})
	s.worker = w
	go func() {
		defer close(done)
		a = w.exchange(s, q)
		s.finish()
	}()
	killed := w.supervise(ctx, q, s.loaded, done)
	if killed != nil {
		w.kill()
		<-done
		return Result{Logs: a.logs, Duration: clock.elapsed()}, killed
	}
	result := Result{Value: a.value, Logs: a.logs, Duration: a.end.Duration}
	switch {
	case a.err != nil:
		return result, w.lost(q, a.err)
	case a.end.Error != nil:
		return result, a.end.Error
	}
	return result, nil
}

// supervise waits for done. It returns why the worker has to be killed first,
// if it has.
func (w *worker) supervise(ctx context.Context, q request, loaded, done <-chan struct{}) error {
	deadline := time.NewTimer(q.Timeout + killGrace)
	if q.Engine.isSlow() {
		deadline.Reset(loadLimit)
	}
	defer deadline.Stop()
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		select {
		case <-done:
			return nil
		case <-loaded:
			deadline.Reset(q.Timeout + killGrace)
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-deadline.C:
			return timeoutError(q.Timeout)
		case <-poll.C:
			if residentBytes(w.cmd.Process.Pid) > rssBase+rssFactor*q.Memory {
				return memoryError(q.Memory)
			}
		}
	}
}

// exchange writes the run, then reads and does what the worker says until the
// run's end.
func (w *worker) exchange(s *session, q request) (a answer) {
	r := s.run
	a.err = writeFrame(w.in, message{Run: &q}, []byte(r.Code), r.Context, r.Steps, r.Env, r.Params)
	for over := false; a.err == nil && !over; {
		var said reply
		var texts [][]byte
		if texts, a.err = readFrame(w.out, maxReply, &said); a.err == nil {
			over, a.err = a.take(s, said, texts)
		}
	}
	return a
}

// take does what a worker says and reports whether the run is over.
func (a *answer) take(s *session, r reply, texts [][]byte) (over bool, err error) {
	switch {
	case r.End != nil:
		a.end = *r.End
		if len(texts) > 0 {
			a.value = texts[0]
		}
		return true, nil
	case r.Log != nil && len(a.logs) < MaxLogLines:
		a.logs = append(a.logs, *r.Log)
	case r.Fetch != nil && len(texts) == 1:
		return false, s.fetch(r.Fetch, texts[0])
	case r.Abort > 0:
		s.abort(r.Abort)
	case r.Idle != nil:
		s.rest(*r.Idle)
	case r.Wake:
		s.wake()
	case r.Begun:
		s.engineIsThere()
	default:
		return false, errFrame
	}
	return false, nil
}

// outOfMemoryText is what the Go runtime and the engine's allocator say when
// the kernel refuses them memory.
var outOfMemoryText = regexp.MustCompile(`out of memory|cannot allocate memory|OOM`)

// lost says how a worker ended that did not answer.
func (w *worker) lost(q request, cause error) error {
	w.stop()
	last := w.stderr.text()
	w.logger.Warn("script worker died", "error", cause, "state", w.cmd.ProcessState.String(), "stderr", last)
	if outOfMemoryText.MatchString(last) {
		return memoryError(q.Memory)
	}
	return failure(KindLost, "script worker died")
}

// awaitReady reports whether the worker says in time that it is ready.
func (w *worker) awaitReady() bool {
	overdue := time.AfterFunc(readyLimit, w.kill)
	defer overdue.Stop()
	var r reply
	_, err := readFrame(w.out, maxReply, &r)
	return err == nil && r == reply{}
}

func (w *worker) alive() bool { return !w.gone.Load() }

// kill ends the process at once. A process that has ended already is no
// error.
func (w *worker) kill() {
	w.gone.Store(true)
	if err := w.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		w.logger.Error("script worker cannot be killed", "error", err)
	}
}

// stop kills the process and takes its remains away.
func (w *worker) stop() {
	w.kill()
	w.reaped.Do(func() { _ = w.cmd.Wait() }) // its exit status is that of a kill
}

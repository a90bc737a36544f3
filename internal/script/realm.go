package script

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"modernc.org/quickjs"
)

// A realm is one virtual machine with our globals, made for one run.
type realm struct {
	vm                           *quickjs.VM
	begin, fire, answer, prepare quickjs.Value
	wire                         *wire

	open     int   // requests without an answer
	peak     int64 // of the process before the script ran
	clock    stopwatch
	deadline time.Duration
	logged   logQuota
	outcome  *outcome // nil while the script runs
}

// outcome is how a script ended, as the runtime reported it.
type outcome struct {
	value    string
	hasValue bool
	err      *Error
}

// newRealm prepares a machine that talks over a wire.
func newRealm(p *prelude, wire *wire) (*realm, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("create machine: %w", err)
	}
	r := &realm{vm: vm, wire: wire, clock: newStopwatch(), peak: peakBytes()}
	if err := r.install(p); err != nil {
		return nil, errors.Join(err, vm.Close())
	}
	return r, nil
}

// install evaluates the runtime and gives it the host's two functions, which
// leave the global object at once.
func (r *realm) install(p *prelude) error {
	if err := r.vm.RegisterHostFunc("host", r.host); err != nil {
		return err
	}
	// A module of ours does not load only when memory or time ran out.
	load := func(name string) quickjs.Value {
		module, err := p.module(r.vm, name)
		if err != nil {
			return quickjs.UndefinedValue
		}
		return module
	}
	if err := r.vm.RegisterFunc("load", load, false); err != nil {
		return err
	}
	runtime, err := p.runtime(r.vm)
	if err != nil {
		return err
	}
	defer runtime.Free()
	start, err := r.vm.EvalValue("(start) => { const { host, load } = globalThis; delete globalThis.host; delete globalThis.load; return start(host, load); }", quickjs.EvalGlobal)
	if err != nil {
		return err
	}
	defer start.Free()
	entries, err := start.CallValue(quickjs.UndefinedValue, runtime)
	if err != nil {
		return fmt.Errorf("start runtime: %w", err)
	}
	defer entries.Free()
	return r.keep(entries)
}

// keep takes the runtime's entry points out of the array it returned.
func (r *realm) keep(entries quickjs.Value) error {
	for i, entry := range []*quickjs.Value{&r.begin, &r.fire, &r.answer, &r.prepare} {
		index, err := r.vm.NewAtom(strconv.Itoa(i))
		if err != nil {
			return err
		}
		if *entry, err = entries.GetPropertyValue(index); err != nil {
			return err
		}
	}
	return nil
}

func (r *realm) close() error {
	r.begin.Free()
	r.fire.Free()
	r.answer.Free()
	r.prepare.Free()
	return r.vm.Close()
}

// load prepares an engine, outside any run's time.
func (r *realm) load(e Engine) error {
	if err := r.vm.SetEvalTimeout(loadLimit); err != nil {
		return err
	}
	_, err := r.prepare.Call(quickjs.UndefinedValue, string(e))
	return err
}

// run runs one script to its end or its deadline.
func (r *realm) run(q request, code, context, steps, env, params string) (end, *string) {
	r.clock, r.deadline = newStopwatch(), q.Timeout
	r.outcome, r.logged, r.open = nil, logQuota{}, 0
	r.vm.SetMemoryLimit(uintptr(q.Memory)) //nolint:gosec // clamped by the server
	fault := r.enter(func() error {
		_, err := r.begin.Call(quickjs.UndefinedValue, code, context, steps, env, params, q.Check, string(q.Engine))
		return err
	})
	if fault == nil {
		fault = r.turn()
	}
	return r.verdict(q, fault)
}

// turn is the event loop: microtasks, then the next timer or answer, until the
// script has ended or nothing is left that could end it.
func (r *realm) turn() error {
	for {
		drained := r.enter(func() error {
			_, err := r.vm.ExecutePendingJobs()
			return err
		})
		if r.outcome != nil || r.remaining() <= 0 || isOutOfMemory(drained) {
			return drained
		}
		var wait any
		if err := r.enter(func() (err error) {
			wait, err = r.fire.Call(quickjs.UndefinedValue)
			return err
		}); err != nil {
			return err
		}
		if r.outcome != nil {
			return nil
		}
		if drained != nil {
			continue // the engine drains a bounded number of jobs at a time
		}
		pause, pending := milliseconds(wait)
		if !pending && r.open == 0 {
			return nil
		}
		if !pending {
			pause = r.remaining()
		}
		if err := r.await(min(pause, r.remaining())); err != nil {
			return err
		}
	}
}

// shortPause is what is not worth a word.
const shortPause = 5 * time.Millisecond

// await lets an answer in that comes before the pause is over. In a long pause
// others may compute; this script goes on when the server lets it.
func (r *realm) await(pause time.Duration) error {
	if pause <= shortPause {
		_, err := r.listen(pause)
		return err
	}
	r.wire.say(reply{Idle: &idle{r.wire.seen}})
	if came, err := r.listen(pause); came || err != nil {
		return err
	}
	r.wire.say(reply{Wake: true})
	_, err := r.listen(r.remaining())
	return err
}

// listen waits for a message no longer than a pause.
func (r *realm) listen(pause time.Duration) (came bool, err error) {
	timer := time.NewTimer(max(pause, 0))
	defer timer.Stop()
	select {
	case h := <-r.wire.listen():
		r.wire.took()
		r.wire.seen++
		if h.err != nil || h.Answer == nil {
			return true, h.err
		}
		return true, r.receive(h)
	case <-timer.C:
		return false, nil
	}
}

func milliseconds(wait any) (d time.Duration, pending bool) {
	switch ms := wait.(type) {
	case int:
		return time.Duration(ms) * time.Millisecond, ms >= 0
	case float64:
		return time.Duration(ms * float64(time.Millisecond)), ms >= 0
	}
	return 0, false
}

// enter calls into the machine with what is left of the run's time.
func (r *realm) enter(call func() error) error {
	left := r.remaining()
	if left <= 0 {
		return nil
	}
	if err := r.vm.SetEvalTimeout(left); err != nil {
		return err
	}
	return call()
}

func (r *realm) remaining() time.Duration { return r.deadline - r.clock.elapsed() }

// verdict turns what happened into what is reported. Time comes first: an
// interrupted script may look like one that threw, or like one that waits.
func (r *realm) verdict(q request, fault error) (end, *string) {
	e := end{Duration: r.clock.elapsed()}
	o := r.outcome
	switch {
	case e.Duration >= q.Timeout:
		e.Error = timeoutError(q.Timeout)
	case o == nil && isOutOfMemory(fault):
		e.Error = memoryError(q.Memory)
	case o == nil && fault != nil:
		e.Error = failure(KindError, "%v", fault)
	case o == nil:
		e.Error = failure(KindTimeout, "script waits for something that cannot happen: no timer or promise is left to settle")
	case o.err != nil:
		e.Error = r.thrown(o.err, q)
	case len(o.value) > MaxResult:
		e.Error = failure(KindTooLarge, "result is %d bytes, the limit is %d", len(o.value), MaxResult)
	case o.hasValue:
		return e, &o.value
	}
	return e, nil
}

func (r *realm) thrown(e *Error, q request) *Error {
	exhausted := e.isBare("null") && r.peak < q.Memory && peakBytes() >= q.Memory
	if exhausted || e.Name == "InternalError" && e.Message == outOfMemory {
		return memoryError(q.Memory)
	}
	e.Stack = userStack(e, q.Engine)
	return e
}

func timeoutError(limit time.Duration) *Error {
	return failure(KindTimeout, "script ran longer than %s", limit)
}

func memoryError(limit int64) *Error {
	return failure(KindMemory, "script used more than %d MB of memory", limit>>20)
}

const outOfMemory = "out of memory"

// isBare reports whether a value was thrown that is no error. The engine throws
// null when there is no memory left to make an error; a script may, too.
func (e *Error) isBare(text string) bool { return e.Name == "" && e.Stack == "" && e.Message == text }

// isOutOfMemory looks at what our own runtime threw, which never is null of its
// own will.
func isOutOfMemory(err error) bool {
	var thrown *quickjs.Error
	return errors.As(err, &thrown) && (thrown.Message == outOfMemory || thrown.Name == "" && thrown.Error() == "null")
}

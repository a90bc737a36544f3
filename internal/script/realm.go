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
	vm          *quickjs.VM
	begin, fire quickjs.Value
	log         func(Log)

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

// newRealm prepares a machine whose console writes to log.
func newRealm(p *prelude, log func(Log)) (*realm, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("create machine: %w", err)
	}
	r := &realm{vm: vm, log: log, clock: newStopwatch(), peak: peakBytes()}
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
	pair, err := start.CallValue(quickjs.UndefinedValue, runtime)
	if err != nil {
		return fmt.Errorf("start runtime: %w", err)
	}
	defer pair.Free()
	return r.keep(pair)
}

// keep takes the runtime's two entry points out of the array it returned.
func (r *realm) keep(pair quickjs.Value) error {
	for i, entry := range []*quickjs.Value{&r.begin, &r.fire} {
		index, err := r.vm.NewAtom(strconv.Itoa(i))
		if err != nil {
			return err
		}
		if *entry, err = pair.GetPropertyValue(index); err != nil {
			return err
		}
	}
	return nil
}

func (r *realm) close() error {
	r.begin.Free()
	r.fire.Free()
	return r.vm.Close()
}

// run runs one script to its end or its deadline.
func (r *realm) run(q request, code, context, steps, env, params string) (end, *string) {
	r.clock = newStopwatch()
	r.deadline = q.Timeout
	r.vm.SetMemoryLimit(uintptr(q.Memory)) //nolint:gosec // clamped by the server
	fault := r.enter(func() error {
		_, err := r.begin.Call(quickjs.UndefinedValue, code, context, steps, env, params, q.Check)
		return err
	})
	if fault == nil {
		fault = r.turn()
	}
	return r.verdict(q, fault)
}

// turn is the event loop: microtasks, then the next timer, until the script
// has ended or nothing is left that could end it.
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
		pause, pending := milliseconds(wait)
		if !pending {
			if drained == nil {
				return nil
			}
			continue // the engine drains a bounded number of jobs at a time
		}
		time.Sleep(min(pause, r.remaining()))
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
	e.Stack = userStack(e)
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

func isOutOfMemory(err error) bool {
	var thrown *quickjs.Error
	return errors.As(err, &thrown) && thrown.Message == outOfMemory
}

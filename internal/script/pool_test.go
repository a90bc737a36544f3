package script

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const forever = "for (;;) {}"

// long bounds scripts that a test ends by other means than their timeout.
const long = 30 * time.Second

func kindOf(err error) Kind {
	var failed *Error
	if errors.As(err, &failed) {
		return failed.Kind
	}
	return ""
}

func TestInputs(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	result, err := pool.Run(t.Context(), Run{
		Code:    "return [context.b, steps.save.id, env.KEY, params.n, n, JSON.stringify(context)]",
		Context: json.RawMessage(`{"b":1.50,"a":"<é>"}`),
		Steps:   json.RawMessage(`{"save":{"id":7}}`),
		Env:     json.RawMessage(`{"KEY":"secret"}`),
		Params:  json.RawMessage(`{"n":[1,2]}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `[1.5,7,"secret",[1,2],[1,2],"{\"b\":1.5,\"a\":\"<é>\"}"]`
	if got := string(result.Value); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMissingInputsAreEmptyObjects(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	result, err := pool.Run(t.Context(), Run{Code: "return [context, steps, env, params]"})
	if err != nil || string(result.Value) != "[{},{},{},{}]" {
		t.Errorf("got %s, %v", result.Value, err)
	}
}

func TestSizeLimits(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	text := func(size int) json.RawMessage {
		return json.RawMessage(`"` + strings.Repeat("x", size-2) + `"`)
	}
	for _, c := range []struct {
		name string
		run  Run
		want Kind
	}{
		{"context at the limit", Run{Code: "return context.length", Context: text(MaxInput)}, ""},
		{"context over it", Run{Code: "return 1", Context: text(MaxInput + 1)}, KindTooLarge},
		{"params over it", Run{Code: "return 1", Params: text(MaxInput + 1)}, KindTooLarge},
		{"code at the limit", Run{Code: "/*" + strings.Repeat(" ", MaxCode-4) + "*/"}, ""},
		{"code over it", Run{Code: strings.Repeat(" ", MaxCode+1)}, KindTooLarge},
		{"result at the limit", Run{Code: "return 'x'.repeat(2**20-2)"}, ""},
		{"result over it", Run{Code: "return 'x'.repeat(2**20-1)"}, KindTooLarge},
	} {
		c.run.Timeout = long
		if _, err := pool.Run(t.Context(), c.run); kindOf(err) != c.want || (c.want == "" && err != nil) {
			t.Errorf("%s: got %v, want kind %q", c.name, err, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	for _, c := range []struct {
		code string
		want Error
	}{
		{"\n\nnull.x", Error{
			KindError, "TypeError", "cannot read property 'x' of null",
			"TypeError: cannot read property 'x' of null\n    at script:3:5",
		}},
		{"function f() { throw new RangeError('no') }\nf()", Error{
			KindError, "RangeError", "no",
			"RangeError: no\n    at f script:1:36\n    at script:2:2",
		}},
		{"throw 'plain'", Error{KindError, "", "plain", ""}},
		{"throw null", Error{KindError, "", "null", ""}},
		{"throw {message: 'm'}", Error{KindError, "", "m", ""}},
		{"setTimeout(() => { throw new Error('late') }); await new Promise(() => {})", Error{
			KindError, "Error", "late", "Error: late\n    at <anonymous> script:1:35",
		}},
		{"return 1 +", Error{
			KindSyntax, "SyntaxError", "unexpected token in expression: '}'",
			"SyntaxError: unexpected token in expression: '}'\n    at script:2:1",
		}},
		{"}, async function () {", Error{KindSyntax, "SyntaxError", "Unexpected token '}'", "SyntaxError: Unexpected token '}'"}},
		{"await new Promise(() => {})", Error{
			KindTimeout, "", "script waits for something that cannot happen: no timer or promise is left to settle", "",
		}},
	} {
		_, err := pool.Run(t.Context(), Run{Code: c.code})
		var got *Error
		if !errors.As(err, &got) {
			t.Errorf("%s: got %v", c.code, err)
			continue
		}
		if diff := cmp.Diff(c.want, *got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.code, diff)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	for code, want := range map[string]Kind{
		"return await 1":                  "",
		"throw new Error('not run')":      "",
		"return 1 +":                      KindSyntax,
		"}); (async function () {":        KindSyntax,
		"}, async function () {":          KindSyntax,
		"} [0] = function () {":           KindSyntax,
		"/* open":                         KindSyntax,
		strings.Repeat("x", MaxCode+1):    KindTooLarge,
		"// a comment ends with the line": "",
	} {
		err := pool.Check(t.Context(), Script, code)
		if kindOf(err) != want || (want == "" && err != nil) {
			t.Errorf("%.40s: got %v, want kind %q", code, err, want)
		}
	}
}

func TestLogs(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	result, err := pool.Run(t.Context(), Run{Code: `
		console.log('a', 1, {b: [2]});
		console.warn('%s!', 'x');
		console.error(new Error('e'));
		console.debug();
		throw 'end'`})
	if kindOf(err) != KindError {
		t.Errorf("got %v", err)
	}
	for i := range result.Logs {
		result.Logs[i].At = 0
	}
	want := []Log{
		{Level: "log", Text: "a 1 { b: [ 2 ] }"},
		{Level: "warn", Text: "x!"},
		{Level: "error", Text: "Error: e\n    at script:4:26"},
		{Level: "debug"},
	}
	if diff := cmp.Diff(want, result.Logs); diff != "" {
		t.Errorf("logs (-want +got):\n%s", diff)
	}
}

func TestLogsAreBounded(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	for _, code := range []string{
		"for (let i = 0; i < 5000; i++) console.log(i)",
		"for (let i = 0; i < 5000; i++) console.log('é'.repeat(1000))",
		"console.log('é'.repeat(1e6))",
		"console.log('x'.repeat(2 ** 16)); console.log('more')",
	} {
		result, err := pool.Run(t.Context(), Run{Code: code + "; return 'ok'", Timeout: long})
		if err != nil || string(result.Value) != `"ok"` {
			t.Errorf("%s: got %s, %v", code, result.Value, err)
			continue
		}
		size := 0
		for _, line := range result.Logs {
			size += len(line.Text)
		}
		last := result.Logs[len(result.Logs)-1].Text
		if len(result.Logs) > MaxLogLines || size > MaxLogBytes+len(logStopped) {
			t.Errorf("%s: %d lines of %d bytes", code, len(result.Logs), size)
		}
		if !strings.HasSuffix(last, logCut) && last != logStopped {
			t.Errorf("%s: the last line %.80q does not say that some are missing", code, last)
		}
	}
}

func TestLogsOfAKilledScript(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	result, err := pool.Run(t.Context(), Run{
		Code:    "console.log('before'); [].indexOf.call({length: 2 ** 53 - 1}, 1)",
		Timeout: 200 * time.Millisecond,
	})
	if kindOf(err) != KindTimeout || len(result.Logs) != 1 || result.Logs[0].Text != "before" {
		t.Errorf("got %v, %v", result.Logs, err)
	}
}

func TestNothingLeaksIntoTheNextRun(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	pollute := `globalThis.leak = 1; Object.prototype.polluted = 1; JSON.parse = () => 'forged';
		require('util').inspect = null; Buffer.from = null; Promise.prototype.then = null; console.log = null;
		Array.prototype.map = null; return 1`
	probe := `return [typeof leak, {}.polluted === undefined, context.a, [1].map(String), typeof require('util').inspect,
		Buffer.from('a').length, typeof params.secret, await Promise.resolve(2)]`
	if _, err := pool.Run(t.Context(), Run{Code: pollute, Params: json.RawMessage(`{"secret":1}`)}); err != nil {
		t.Fatal(err)
	}
	result, err := pool.Run(t.Context(), Run{Code: probe, Context: json.RawMessage(`{"a":1}`)})
	if want := `["undefined",true,1,["1"],"function",1,"undefined",2]`; err != nil || string(result.Value) != want {
		t.Errorf("got %s, %v, want %s", result.Value, err, want)
	}
}

// onlyWorker returns the worker of a pool of one that is at rest.
func onlyWorker(t *testing.T, p *Pool) *worker {
	t.Helper()
	mustServe(t, p)
	w := <-p.warm
	p.warm <- w
	return w
}

func TestKilledWorkerIsLostAndReplaced(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	w := onlyWorker(t, pool)
	lost := make(chan error, 1)
	go func() {
		_, err := pool.Run(t.Context(), Run{Code: forever, Timeout: long})
		lost <- err
	}()
	for len(pool.warm) > 0 {
		runtime.Gosched()
	}
	if err := w.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-lost; kindOf(err) != KindLost {
		t.Errorf("got %v", err)
	}
	mustServe(t, pool)
}

func TestCancelKillsTheScript(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	for _, code := range []string{forever, "[].indexOf.call({length: 2 ** 53 - 1}, 1)"} {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		_, err := pool.Run(ctx, Run{Code: code, Timeout: long})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: got %v", code, err)
		}
		mustServe(t, pool)
	}
}

func TestOneSlowScriptHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 2})
	ctx, cancel := context.WithCancel(t.Context())
	slow := make(chan error, 1)
	go func() {
		_, err := pool.Run(ctx, Run{Code: forever, Group: "slow", Timeout: long})
		slow <- err
	}()
	var others sync.WaitGroup
	for range 100 {
		others.Go(func() { mustServe(t, pool) })
	}
	others.Wait()
	cancel()
	if err := <-slow; !errors.Is(err, context.Canceled) {
		t.Errorf("the slow script ended before the others: %v", err)
	}
}

func TestManySlowScriptsHoldNoOtherGroupUp(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 2})
	ctx, cancel := context.WithCancel(t.Context())
	var slow sync.WaitGroup
	for range 100 {
		slow.Go(func() {
			if _, err := pool.Run(ctx, Run{Code: forever, Group: "slow", Timeout: long}); !errors.Is(err, context.Canceled) {
				t.Errorf("a slow script ended before the others: %v", err)
			}
		})
	}
	for len(pool.admission) < 100 {
		runtime.Gosched()
	}
	for range 10 {
		mustServe(t, pool)
	}
	cancel()
	slow.Wait()
}

func TestFullQueueRefuses(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1, Queue: 1})
	ctx, cancel := context.WithCancel(t.Context())
	var held sync.WaitGroup
	for range 2 {
		held.Go(func() { _, _ = pool.Run(ctx, Run{Code: forever, Timeout: long}) })
	}
	for len(pool.admission) < 2 {
		runtime.Gosched()
	}
	if _, err := pool.Run(t.Context(), Run{Code: "return 1"}); kindOf(err) != KindOverloaded {
		t.Errorf("got %v", err)
	}
	cancel()
	held.Wait()
	mustServe(t, pool)
}

func TestCloseEndsRuns(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	ended := make(chan error, 1)
	go func() {
		_, err := pool.Run(t.Context(), Run{Code: forever, Timeout: long})
		ended <- err
	}()
	for len(pool.admission) == 0 {
		runtime.Gosched()
	}
	if err := pool.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; !errors.Is(err, ErrClosed) {
		t.Errorf("the run in progress: %v", err)
	}
	if _, err := pool.Run(t.Context(), Run{Code: "return 1"}); !errors.Is(err, ErrClosed) {
		t.Errorf("the next run: %v", err)
	}
}

func TestWornWorkerIsReplaced(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	first := onlyWorker(t, pool)
	for range runsPerWorker {
		mustServe(t, pool)
	}
	if onlyWorker(t, pool) == first {
		t.Errorf("one worker served %d runs", runsPerWorker+2)
	}
}

func TestWorkerThatCannotStart(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1, Command: missingProgram})
	for range 2 {
		if _, err := pool.Run(t.Context(), Run{Code: "return 1"}); err == nil || kindOf(err) != "" {
			t.Errorf("got %v", err)
		}
	}
}

func TestMemoryBeyondTheEnginesLimit(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	// Random bytes are made by the host, outside the engine's heap.
	for _, code := range []string{
		"const all = []; for (;;) all.push(require('crypto').randomBytes(2 ** 23))",
		"const all = []; for (;;) all.push(new Uint8Array(2 ** 23).fill(1))",
	} {
		_, err := pool.Run(t.Context(), Run{Code: code, Memory: 32 << 20, Timeout: long})
		if kind := kindOf(err); kind != KindMemory && kind != KindError {
			t.Errorf("%s: got %v", code, err)
		}
		mustServe(t, pool)
	}
}

func BenchmarkTrivial(b *testing.B) { benchmark(b, Run{Code: "return 1"}) }

func BenchmarkHMAC20KB(b *testing.B) {
	body, err := json.Marshal(map[string]any{"data": strings.Repeat("0123456789", 2048)})
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, Run{Context: body, Code: `
		const crypto = require('crypto');
		return crypto.createHmac('sha256', 'secret').update(JSON.stringify(context.data)).digest('hex')`})
}

func benchmark(b *testing.B, r Run) {
	pool := NewPool(Options{})
	defer func() { _ = pool.Close() }()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := pool.Run(b.Context(), r); err != nil {
				b.Error(err)
			}
		}
	})
}

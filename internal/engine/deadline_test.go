package engine_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
)

// later has the clock go on while nothing runs.
func (w *world) later(d time.Duration) {
	w.t.Helper()
	w.restart()
	w.clock.advance(d)
	w.restart()
}

// awaitDue returns when an execution is to go on that has been put off anew.
func (w *world) awaitDue(id hookflow.ID, before time.Time) time.Time {
	w.t.Helper()
	for patience := time.After(20 * time.Second); ; {
		e := w.await(id, hookflow.StatusWaiting)
		if !e.DueAt.Equal(before) {
			return e.DueAt
		}
		select {
		case <-patience:
			w.t.Fatalf("it is still due at %s", before)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// TestTimeoutWhileWaiting: a node that waits is late as well as one that works, however deep it stands.
func TestTimeoutWhileWaiting(t *testing.T) {
	t.Parallel()
	const waiting = `{"key":"w","type":"probe","config":{"wait":true}}`
	for name, nodes := range map[string]string{
		"the node itself":             `[{"key":"w","type":"probe","timeout":"1m","config":{"wait":true}}]`,
		"the node itself in a branch": `[{"key":"p","type":"parallel","branches":{"a":[{"key":"w","type":"probe","timeout":"1m","config":{"wait":true}}]}}]`,
		"a loop in a branch":          `[{"key":"p","type":"parallel","branches":{"a":[{"key":"l","type":"loop","timeout":"1m","config":{"over":1},"branches":{"body":[` + waiting + `]}}]}}]`,
		"branches in a branch":        `[{"key":"p","type":"parallel","branches":{"a":[{"key":"q","type":"parallel","timeout":"1m","branches":{"b":[` + waiting + `]}}]}}]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.begin(`{}`, nodes)
			w.calls.await(t, 1)
			w.await(id, hookflow.StatusWaiting)
			w.later(2 * time.Minute)
			if e := w.await(id, hookflow.StatusError); e.Error != "the node's timeout of 1m has passed" {
				t.Errorf("it ended with %q", e.Error)
			}
		})
	}
}

// TestTimeoutLeavesTheErrorBranch: what runs after the timeout has time of its own.
func TestTimeoutLeavesTheErrorBranch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[{"key":"l","type":"loop","timeout":"1m","onError":"branch","config":{"over":1},"branches":{
		"body":[{"key":"w","type":"probe","config":{"wait":true}}],
		"error":[{"key":"x","type":"probe","config":{"wait":true,"result":"{{$scopes.l.error}}"}}]
	}}]`)
	w.calls.await(t, 1)
	w.await(id, hookflow.StatusWaiting)
	w.later(2 * time.Minute)
	w.calls.await(t, 2)
	w.await(id, hookflow.StatusWaiting)
	w.later(2 * time.Hour)
	w.await(id, hookflow.StatusSucceeded)
	if got, want := w.story(id), "l[0].w aborted\nx succeeded \"the node's timeout of 1m has passed\"\nl error"; got != want {
		t.Errorf("steps:\n%s\nwant:\n%s", got, want)
	}
}

// TestTimeoutIsPerAttempt: a control node that was late is really tried again.
func TestTimeoutIsPerAttempt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[{"key":"l","type":"loop","timeout":"1m","retry":{"attempts":2,"interval":"1m"},"config":{"over":1},"branches":{
		"body":[{"key":"w","type":"probe","config":{"wait":true}}]}}]`)
	w.calls.await(t, 1)
	due := w.awaitDue(id, time.Time{})
	w.later(2 * time.Minute) // it is late
	w.awaitDue(id, due)
	w.later(2 * time.Minute) // it is tried again
	w.calls.await(t, 2)
	w.await(id, hookflow.StatusWaiting)
	w.later(2 * time.Minute) // and late again
	w.await(id, hookflow.StatusError)
	if got := w.calls.String(); got != "l[0].w l[0].w" {
		t.Errorf("ran %s, want the body once an attempt", got)
	}
	if got, want := w.story(id), "l[0].w aborted\nl[0].w aborted\nl error"; got != want {
		t.Errorf("steps:\n%s\nwant:\n%s", got, want)
	}
}

// TestEndStopsTheOtherBranches: a node that was stopped half-way has not succeeded.
func TestEndStopsTheOtherBranches(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[{"key":"p","type":"parallel","branches":{
		"a":[{"key":"h","type":"probe","config":{"hang":true}}],
		"b":[{"key":"w","type":"probe","config":{"wait":true}},{"key":"e","type":"end"}],
		"c":[{"key":"x","type":"probe","config":{"wait":true}},{"key":"y","type":"probe","config":{"wait":true}}]}}]`)
	w.calls.await(t, 3)
	w.later(61 * time.Minute)
	w.await(id, hookflow.StatusSucceeded)
	story := w.story(id)
	for _, want := range []string{"p[a].h cancelled", "p[b].e succeeded", "p succeeded"} {
		if !strings.Contains(story, want) {
			t.Errorf("no %q in the steps:\n%s", want, story)
		}
	}
}

// TestResultBesideAnError: it is that of the node, and not of those around it.
func TestResultBesideAnError(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.begin(`{}`, `[{"key":"p","type":"parallel","onError":"continue","branches":{"a":[
		{"key":"l","type":"loop","config":{"over":1},"branches":{"body":[{"key":"v","type":"validate","config":{"schema":{"type":"string"},"source":1}}]}}]}}]`)
	w.await(id, hookflow.StatusSucceeded)
	const reason = `the data does not match the schema: \"\": got number, want string`
	want := `p[a].l[0].v failed {"valid":false,"errors":[{"pointer":"","detail":"got number, want string"}]}
p[a].l failed
p failed {"a":{"status":"failed","error":"` + reason + `"}}`
	if got := w.story(id); got != want {
		t.Errorf("steps:\n%s\nwant:\n%s", got, want)
	}
}

// TestErrorBranchOfAParallelNode: it is none of those that run at once.
func TestErrorBranchOfAParallelNode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const branch = `"error":[{"key":"x","type":"probe"}]`
	good := w.begin(`{}`, `[{"key":"p","type":"parallel","onError":"branch","branches":{"a":[{"key":"y","type":"probe"}],`+branch+`}}]`)
	w.await(good, hookflow.StatusSucceeded)
	if got := w.calls.String(); got != "p[a].y" {
		t.Errorf("ran %s", got)
	}
	bad := w.begin(`{}`, `[{"key":"p","type":"parallel","onError":"branch","branches":{"a":[{"key":"y","type":"probe","config":{"fail":"always"}}],`+branch+`}}]`)
	w.await(bad, hookflow.StatusSucceeded)
	if got := w.calls.String(); got != "p[a].y p[a].y x" {
		t.Errorf("ran %s", got)
	}
}

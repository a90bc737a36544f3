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
	for attempt := range 2 {
		w.calls.await(t, attempt+1)
		w.await(id, hookflow.StatusWaiting)
		w.later(2 * time.Minute) // it is late
		w.later(2 * time.Minute) // and tried again
	}
	w.await(id, hookflow.StatusError)
	if got := w.calls.String(); got != "l[0].w l[0].w" {
		t.Errorf("ran %s, want the body once an attempt", got)
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

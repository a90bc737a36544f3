package engine_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/engine"
)

// TestCircleOfCalls: two who save at the same moment can make one. Nobody waits for himself in it.
func TestCircleOfCalls(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	call := func(key string) string {
		return `{"key":"c","type":"call","config":{"workflow":"` + key + `","input":{"test":"{{$context.test}}"}}}`
	}
	first := w.begin(`{}`, `[{"key":"w","type":"probe","config":{"wait":true}},`+call("test-2")+`]`)
	w.await(first, hookflow.StatusWaiting)
	second := w.begin(`{}`, `[`+call("test-1")+`]`)
	w.calls.await(t, 2)
	w.await(second, hookflow.StatusWaiting)
	w.later(2 * time.Hour)
	for _, id := range []hookflow.ID{first, second} {
		if e := w.await(id, hookflow.StatusError); !strings.Contains(e.Error, "in a circle") {
			t.Errorf("it ended with %q", e.Error)
		}
	}
}

// TestRetryOfOneThatWaited: what had ended before it was cancelled is not run again.
func TestRetryOfOneThatWaited(t *testing.T) {
	t.Parallel()
	const waits = `{"key":"w","type":"probe","config":{"wait":true}}`
	for name, test := range map[string]struct{ nodes, first, again string }{
		"at the top":            {`[{"key":"a","type":"probe_out"},` + waits + `]`, "a w", "a w w"},
		"in a branch":           {`[{"key":"a","type":"probe_out"},{"key":"c","type":"condition","config":{"left":1,"op":"equals","right":1},"branches":{"true":[{"key":"b","type":"probe_out"},` + waits + `]}}]`, "a b w", "a b w w"},
		"in a loop in a branch": {`[{"key":"c","type":"condition","config":{"left":1,"op":"equals","right":1},"branches":{"true":[{"key":"a","type":"probe_out"},{"key":"l","type":"loop","config":{"over":2},"branches":{"body":[` + waits + `]}}]}}]`, "a l[0].w", "a l[0].w l[0].w"},
		"in a loop":             {`[{"key":"a","type":"probe_out"},{"key":"l","type":"loop","config":{"over":2},"branches":{"body":[{"key":"b","type":"probe_out"},` + waits + `]}}]`, "a l[0].b l[0].w", "a l[0].b l[0].w l[0].b l[0].w"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.begin(`{}`, test.nodes)
			w.calls.await(t, len(strings.Fields(test.first)))
			w.await(id, hookflow.StatusWaiting)
			if err := w.engine.Stop(t.Context(), id, hookflow.StatusCancelled, "by hand"); err != nil {
				t.Fatal(err)
			}
			again, err := w.engine.Retry(t.Context(), id, engine.Again{})
			if err != nil {
				t.Fatal(err)
			}
			w.calls.await(t, len(strings.Fields(test.again)))
			w.await(again, hookflow.StatusWaiting)
			if got := w.calls.String(); got != test.again {
				t.Errorf("ran %s, want %s", got, test.again)
			}
		})
	}
}

package engine_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

type laterConfig struct {
	After hookflow.Duration `json:"after,omitempty" doc:"-"`
	Never bool              `json:"never,omitempty" doc:"-"`
}

func init() {
	node.Register(node.Def[laterConfig]{Type: "probe_later", Run: func(_ context.Context, call *node.Call[laterConfig]) (node.Outcome, error) {
		return nil, &node.RetryError{Err: errors.New("busy"), After: call.Config.After.Std(), Never: call.Config.Never}
	}})
}

// TestRetryAfter: a retry comes no sooner than the error asks for, and within an
// hour.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, config string
		status       hookflow.Status
		wait         time.Duration
	}{
		{"longer than the interval", `{"after":"30m"}`, hookflow.StatusWaiting, 30 * time.Minute},
		{"shorter", `{"after":"1s"}`, hookflow.StatusWaiting, time.Minute},
		{"not said", `{}`, hookflow.StatusWaiting, time.Minute},
		{"too long", `{"after":"3d"}`, hookflow.StatusWaiting, time.Hour},
		{"of no use", `{"after":"30m","never":true}`, hookflow.StatusError, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			e := w.await(w.begin(`{}`, `[{"key":"x","type":"probe_later","retry":{"attempts":3,"interval":"1m"},"config":`+test.config+`}]`), test.status)
			if wait := e.DueAt.Sub(w.clock.Now()); test.status == hookflow.StatusWaiting && wait != test.wait {
				t.Errorf("tries again after %s, want %s", wait, test.wait)
			}
		})
	}
}

// TestLargeResultsAreCut: with a mark, and the workflow goes on.
func TestLargeResultsAreCut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	fat := strings.Repeat("x", node.MaxResult)
	id := w.begin(`{}`, `[
		{"key":"fits","type":"set","config":{"values":"`+fat[2:]+`"}},
		{"key":"fat","type":"set","config":{"values":"`+fat[1:]+`"}},
		{"key":"after","type":"set","config":{"values":["{{$steps.fat.truncated}}","{{$steps.fat.bytes}}"]}}
	]`)
	w.await(id, hookflow.StatusSucceeded)
	steps, err := w.store.Journal(context.Background(), id)
	if err != nil || len(steps) != 3 {
		t.Fatalf("%d steps, %v", len(steps), err)
	}
	if got := len(steps[0].Output); got != node.MaxResult {
		t.Errorf("the result that fits has %d bytes", got)
	}
	cut := value.Value(steps[1].Output)
	if head := cut.Get("head").Text(); !strings.HasPrefix(head, `"xxx`) || len(head) != 64<<10 {
		t.Errorf("the head has %d bytes", len(head))
	}
	if got := string(steps[2].Output); got != `[true,5242881]` {
		t.Errorf("the next node saw %s", got)
	}
}

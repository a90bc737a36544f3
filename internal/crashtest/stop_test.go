package crashtest

import (
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// SIGTERM under load, with calls in flight that will never be answered, ends
// the server in time and in order; the next one does the rest.
func TestStoppedUnderLoad(t *testing.T) {
	t.Parallel()
	const timeout, slack, executions = 8 * time.Second, 10 * time.Second, 4
	w := start(t, []string{"load", "held"}, workers, "HOOKFLOW_SHUTDOWN_TIMEOUT="+timeout.String())
	w.sendAll(t, w.Server, "held", executions)
	hookflowtest.Eventually(t, "every call is in flight", func() bool { return len(w.outside.seen("/hold")) == executions })
	point := w.outside.after(200)
	stop := w.load(t, w.Server, callers)
	await(t, "the point of the signal is reached", point)

	stopped := make(chan error, 1)
	go func() { stopped <- w.Stop() }()
	select {
	case err := <-stopped:
		if err != nil {
			t.Errorf("the server ended with %v\n%s", err, w.Output())
		}
	case <-time.After(timeout + slack):
		t.Fatalf("the server goes on %s after its shutdown timeout", slack)
	}
	w.noteLeft(t)
	stop()
	w.Restart()

	hookflowtest.Eventually(t, "the calls are made again", func() bool { return len(w.outside.seen("/hold")) == 2*executions })
	w.outside.open()
	w.ended(t, w.Server)
	w.prove(t, w.Server)
	if again := w.repeated("/tell"); len(again) > 0 {
		t.Errorf("%d calls were repeated though there was time to end them", len(again))
	}
	if again := w.repeated("/hold"); len(again) != executions {
		t.Errorf("%d of %d calls kept their key", len(again), executions)
	}
	if err := w.Stop(); err != nil {
		t.Errorf("the idle server ended with %v", err)
	}
	w.proveFile(t)
}

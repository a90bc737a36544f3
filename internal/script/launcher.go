package script

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os/exec"
	"sync"
	"time"
)

// A launcher starts workers, the slower the more often that failed of late.
type launcher struct {
	command func() *exec.Cmd
	logger  *slog.Logger

	mu       sync.Mutex
	failures int  // starts that failed since the last that did not
	shared   bool // the kernel refused namespaces: workers share the server's
}

const (
	minBackoff = 100 * time.Millisecond
	maxBackoff = 5 * time.Second
)

// launch starts a worker and waits until it is ready.
func (l *launcher) launch(ctx context.Context) (*worker, error) {
	pause := time.NewTimer(l.backoff())
	defer pause.Stop()
	select {
	case <-pause.C:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	w, err := l.start()
	l.note(err)
	if err != nil {
		l.logger.Error("script worker did not start", "error", err)
		return nil, fmt.Errorf("start script worker: %w", err)
	}
	return w, nil
}

func (l *launcher) backoff() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failures == 0 {
		return 0
	}
	const doublings = 6
	return min(minBackoff<<min(l.failures-1, doublings), maxBackoff)
}

func (l *launcher) note(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failures++
	if err == nil {
		l.failures = 0
	}
}

func (l *launcher) start() (*worker, error) {
	w, err := l.spawn()
	if err != nil {
		return nil, err
	}
	if !w.awaitReady() {
		w.stop()
		return nil, fmt.Errorf("not ready: %s", w.stderr.text())
	}
	return w, nil
}

// spawn starts the process in namespaces of its own, or where the kernel does
// not allow that, without.
func (l *launcher) spawn() (*worker, error) {
	l.mu.Lock()
	namespaces := canIsolate && !l.shared
	l.mu.Unlock()
	w, err := l.process(namespaces)
	if err == nil || !namespaces {
		return w, err
	}
	w, second := l.process(false)
	if second != nil {
		return nil, errors.Join(err, second)
	}
	l.mu.Lock()
	l.shared = true
	l.mu.Unlock()
	l.logger.Warn("script workers run without namespaces of their own", "error", err)
	return w, nil
}

func (l *launcher) process(namespaces bool) (*worker, error) {
	cmd := l.command()
	cmd.Env = []string{} // not nil: nil is the server's own
	isolate(cmd, namespaces)
	w := &worker{cmd: cmd, logger: l.logger}
	cmd.Stderr = &w.stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if w.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	w.out = bufio.NewReader(out)
	return w, cmd.Start()
}

// said keeps the first of what a worker says on standard error: that is where
// the Go runtime says why it gives up.
type said struct {
	mu   sync.Mutex
	kept []byte
}

const saidBytes = 2 << 10

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = append(s.kept, p[:min(len(p), saidBytes-len(s.kept))]...)
	return len(p), nil
}

func (s *said) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.kept)
}

var _ io.Writer = (*said)(nil)

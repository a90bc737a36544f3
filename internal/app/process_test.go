package app_test

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/workflow"
)

// databases are new ones of each kind, and how many processes may share one.
var databases = map[string]struct {
	url  func(testing.TB) string
	many int
}{
	"sqlite":   {func(testing.TB) string { return "" }, 1},
	"postgres": {pgtest.URL, 2},
}

// process is the program, running.
type process struct {
	*app.App
	stop func()
}

func settings(t *testing.T, databaseURL string) config.Config {
	t.Helper()
	return config.Config{
		Addr: "127.0.0.1:0", DataDir: t.TempDir(), DatabaseURL: databaseURL, SecretKey: strings.Repeat("01", 32),
		MaxBodyBytes: 1 << 20, Workers: 4, MaxQueued: 1000, ShutdownTimeout: 10 * time.Second,
	}
}

func start(t *testing.T, cfg config.Config) *process {
	t.Helper()
	a, err := app.Open(t.Context(), cfg, app.Options{Stdout: io.Discard, Logger: slog.New(slog.DiscardHandler), Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	p := &process{App: a, stop: sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})}
	t.Cleanup(p.stop)
	return p
}

func (p *process) save(t *testing.T, document string, mode workflow.Mode) {
	t.Helper()
	text, err := workflow.FromYAML([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	d, err := workflow.Decode(text, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Workflows.Save(t.Context(), d, mode); err != nil {
		t.Fatal(err)
	}
}

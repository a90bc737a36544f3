package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/config"
)

func (p *program) serve(ctx context.Context, args []string) error {
	set := newFlags("serve")
	settings := config.Bind(set)
	if done, err := p.parse(set, args); done || err != nil {
		return err
	}
	cfg, err := p.load(settings)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once

	server, err := app.Open(ctx, cfg, app.Options{
		Stdout:   p.stdout,
		Logger:   newLogger(p.stderr, cfg),
		Clock:    time.Now,
		Settings: settings.Effective(),
	})
	if err != nil {
		return err
	}
	return errors.Join(server.Run(ctx), server.Close())
}

func newLogger(w io.Writer, cfg config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

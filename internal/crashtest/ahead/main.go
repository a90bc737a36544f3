// Command ahead is the program with a clock that is ahead by the duration in
// AHEAD, so that a test need not wait for days.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/cli"
	"github.com/hookflow/hookflow/internal/config"
)

func main() {
	if len(os.Args) < 2 || os.Args[1] != "serve" {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Environ()))
	}
	if err := serve(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(ctx context.Context) error {
	ahead, err := time.ParseDuration(os.Getenv("AHEAD"))
	if err != nil {
		return err
	}
	cfg, _, err := config.Bind(flag.NewFlagSet("serve", flag.ContinueOnError)).Load(os.Environ(), os.ReadFile)
	if err != nil {
		return err
	}
	server, err := app.Open(ctx, cfg, app.Options{
		Stdout: os.Stdout,
		Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Clock:  func() time.Time { return time.Now().Add(ahead) },
	})
	if err != nil {
		return err
	}
	return errors.Join(server.Run(ctx), server.Close())
}

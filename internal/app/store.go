package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/store"
)

// databaseFile is the SQLite file in the data directory.
const databaseFile = "hookflow.db"

// OpenStore opens and migrates the database of the settings for a command that
// works beside a running server.
func OpenStore(ctx context.Context, cfg config.Config) (*store.Store, error) {
	return openStore(ctx, cfg, store.Options{Clock: time.Now, Logger: slog.New(slog.DiscardHandler), Beside: true})
}

func openStore(ctx context.Context, cfg config.Config, options store.Options) (*store.Store, error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	options.URL, options.Path = cfg.DatabaseURL, filepath.Join(cfg.DataDir, databaseFile)
	s, err := store.Open(ctx, options)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return s, nil
}

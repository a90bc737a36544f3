package app

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/ipset"
	"github.com/hookflow/hookflow/internal/store"
)

// OpenOffline opens the services for a command: it listens nowhere, makes no sample and runs
// nothing. With beside a server may have the database open as well, which does not learn of
// changes unless it is PostgreSQL.
func OpenOffline(ctx context.Context, cfg config.Config, o Options, beside bool) (_ *App, err error) {
	a := &App{cfg: cfg, options: o}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if a.Store, err = openStore(ctx, cfg, store.Options{Clock: o.Clock, Logger: o.Logger, Beside: beside}); err != nil {
		return nil, err
	}
	if err := a.openSecrets(ctx); err != nil {
		return nil, err
	}
	if a.sets, err = ipset.New(ctx, a.Store, o.Clock, o.Logger); err != nil {
		return nil, err
	}
	a.openEngine()
	a.openServices()
	return a, nil
}

// DatabaseFile is the SQLite file of the settings.
func DatabaseFile(cfg config.Config) string { return filepath.Join(cfg.DataDir, databaseFile) }

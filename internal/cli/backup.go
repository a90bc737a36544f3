package cli

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/backup"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/secret"
)

func (p *program) backup(ctx context.Context, args []string) error {
	set := newFlags("backup")
	withKey := set.Bool("with-key", false, "")
	settings := config.Bind(set)
	file, done, err := p.parseFile(set, args)
	if done || err != nil {
		return err
	}
	cfg, err := p.load(settings)
	switch {
	case err != nil:
		return err
	case cfg.DatabaseURL != "":
		return usagef(`the database is PostgreSQL; use its own tool: pg_dump --format=custom --file=%s "$HOOKFLOW_DATABASE_URL"`, file)
	case *withKey && cfg.SecretKey != "":
		return usagef("--with-key is for a key file; the key of HOOKFLOW_SECRET_KEY is yours to keep")
	}
	source := backup.Source{Database: app.DatabaseFile(cfg), Version: app.Version(), Clock: time.Now}
	note := "the secret key is not in it: keep it elsewhere, or the secrets are lost"
	if *withKey {
		source.KeyFile = filepath.Join(cfg.DataDir, secret.KeyFile)
		note = "the secret key is in it: whoever has this file can read the secrets"
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	if err := backup.Write(ctx, source, file); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stderr, "wrote %s; %s\n", file, note)
	return err
}

func (p *program) restore(ctx context.Context, args []string) error {
	set := newFlags("restore")
	force := set.Bool("force", false, "")
	settings := config.Bind(set)
	file, done, err := p.parseFile(set, args)
	if done || err != nil {
		return err
	}
	cfg, err := p.load(settings)
	switch {
	case err != nil:
		return err
	case cfg.DatabaseURL != "":
		return usagef(`the database is PostgreSQL; use its own tool: pg_restore --clean --if-exists --dbname="$HOOKFLOW_DATABASE_URL" %s`, file)
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	made, err := backup.Restore(ctx, file, cfg.DataDir, *force)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(p.stdout, "restored the backup of %s into %s\n", made.CreatedAt.Format(time.RFC3339), cfg.DataDir); err != nil {
		return err
	}
	if made.HasKey || cfg.SecretKey != "" {
		return nil
	}
	_, err = fmt.Fprintf(p.stderr, "the backup holds no secret key: before the server starts, put the one that belongs to it into %s\n",
		filepath.Join(cfg.DataDir, secret.KeyFile))
	return err
}

// interruptible returns a context that ends with the first signal, so that what was begun is
// cleaned up; a second one ends the process.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// parseFile is parse for a command that takes a file, before its flags or behind them.
func (p *program) parseFile(set *flag.FlagSet, args []string) (file string, done bool, err error) {
	if set.Parse(args) == nil && set.NArg() > 0 {
		file, args = set.Arg(0), set.Args()[1:]
	}
	done, err = p.parse(set, args)
	if err == nil && !done && file == "" {
		err = usagef("the file is missing; hookflow %s --help shows how", set.Name())
	}
	return file, done, err
}

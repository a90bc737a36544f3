package cli

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/store"
)

func (p *program) userCreate(ctx context.Context, args []string) error {
	set := newFlags("user create")
	email := set.String("email", "", "")
	role := set.String("role", "", "")
	password := set.String("password", "", "")
	fromStdin := set.Bool("password-stdin", false, "")
	settings := config.Bind(set)
	if done, err := p.parse(set, args); done || err != nil {
		return err
	}
	if err := errors.Join(required(set, "email", "role"), p.choosePassword(password, *fromStdin)); err != nil {
		return err
	}
	return p.withAccounts(ctx, settings, func(accounts *auth.Service) error {
		user, err := accounts.CreateUser(ctx, *email, *password, auth.Role(*role))
		if err != nil {
			return wrongInput(err)
		}
		_, err = fmt.Fprintf(p.stdout, "created %s %s\n", user.Role, user.Email)
		return err
	})
}

// choosePassword makes sure that there is exactly one, and reads it when it is
// on standard input.
func (p *program) choosePassword(password *string, fromStdin bool) error {
	switch {
	case *password != "" && fromStdin:
		return usagef("--password and --password-stdin exclude each other")
	case *password == "" && !fromStdin:
		return usagef("--password or --password-stdin is missing")
	case !fromStdin:
		return nil
	}
	line, err := bufio.NewReader(io.LimitReader(p.stdin, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the password from standard input: %w", err)
	}
	*password = strings.TrimRight(line, "\r\n")
	return nil
}

func (p *program) apiKeyCreate(ctx context.Context, args []string) error {
	set := newFlags("api-key create")
	name := set.String("name", "", "")
	role := set.String("role", "", "")
	settings := config.Bind(set)
	if done, err := p.parse(set, args); done || err != nil {
		return err
	}
	if err := required(set, "name", "role"); err != nil {
		return err
	}
	return p.withAccounts(ctx, settings, func(accounts *auth.Service) error {
		_, key, err := accounts.CreateAPIKey(ctx, *name, auth.Role(*role), time.Time{})
		if err != nil {
			return wrongInput(err)
		}
		_, err = fmt.Fprintln(p.stdout, key)
		return err
	})
}

func (p *program) migrate(ctx context.Context, args []string) error {
	set := newFlags("migrate")
	settings := config.Bind(set)
	if done, err := p.parse(set, args); done || err != nil {
		return err
	}
	return p.withStore(ctx, settings, func(config.Config, *store.Store) error {
		_, err := fmt.Fprintln(p.stdout, "the database is up to date")
		return err
	})
}

func (p *program) withAccounts(ctx context.Context, settings *config.Flags, do func(*auth.Service) error) error {
	return p.withStore(ctx, settings, func(cfg config.Config, s *store.Store) error {
		return do(auth.New(s, time.Now, newLogger(p.stderr, cfg)))
	})
}

// withStore runs do over the database of the settings, migrated.
func (p *program) withStore(ctx context.Context, settings *config.Flags, do func(config.Config, *store.Store) error) error {
	cfg, err := p.load(settings)
	if err != nil {
		return err
	}
	s, err := app.OpenStore(ctx, cfg)
	if err != nil {
		return err
	}
	return errors.Join(do(cfg, s), s.Close())
}

// required refuses a command line that lacks one of the flags.
func required(set *flag.FlagSet, names ...string) error {
	for _, name := range names {
		if set.Lookup(name).Value.String() == "" {
			return usagef("--%s is missing; hookflow %s --help shows how", name, set.Name())
		}
	}
	return nil
}

// wrongInput makes refused input a wrong command line.
func wrongInput(err error) error {
	if hookflow.CodeOf(err) == hookflow.CodeInvalid {
		return usageError{err}
	}
	return err
}

package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
)

// newKeyVariable is where a new key comes from when the present one is a setting.
const newKeyVariable = "HOOKFLOW_NEW_SECRET_KEY"

func (p *program) keyRotate(ctx context.Context, args []string) error {
	set := newFlags("secret-key rotate")
	settings := config.Bind(set)
	if done, err := p.parse(set, args); done || err != nil {
		return err
	}
	given := p.take(newKeyVariable)
	return p.withStore(ctx, settings, func(cfg config.Config, s *store.Store) error {
		if cfg.SecretKey != "" {
			return p.rotateSetting(ctx, s, cfg.SecretKey, given)
		}
		if err := secret.RotateFile(ctx, s, cfg.DataDir, time.Now, newLogger(p.stderr, cfg)); err != nil {
			return err
		}
		_, err := fmt.Fprintln(p.stdout, "the secret key file holds a new key; restart the server if it runs")
		return err
	})
}

// take removes a variable that is no setting from the environment and returns it.
func (p *program) take(name string) (text string) {
	p.env = slices.DeleteFunc(p.env, func(line string) bool {
		rest, found := strings.CutPrefix(line, name+"=")
		if found {
			text = rest
		}
		return found
	})
	return text
}

// rotateSetting rotates a key that the operator keeps. One that is made here is shown before
// anything is sealed with it.
func (p *program) rotateSetting(ctx context.Context, s *store.Store, present, given string) error {
	old, err := secret.ParseKey(present)
	if err != nil {
		return usageError{fmt.Errorf("HOOKFLOW_SECRET_KEY: %w", err)}
	}
	next := secret.NewKey()
	if given != "" {
		if next, err = secret.ParseKey(given); err != nil {
			return usageError{fmt.Errorf("%s: %w", newKeyVariable, err)}
		}
	} else if err := p.showKey(ctx, s, old, next); err != nil {
		return err
	}
	if err := secret.Rotate(ctx, s, old, next, time.Now); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stderr, "done: set HOOKFLOW_SECRET_KEY to the new key and restart the servers of this database")
	return err
}

func (p *program) showKey(ctx context.Context, s *store.Store, old, next *secret.Key) error {
	if err := secret.Check(ctx, s, old); err != nil {
		return err
	}
	_, err := fmt.Fprintln(p.stdout, next.Reveal())
	return err
}

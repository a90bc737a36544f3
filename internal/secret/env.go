package secret

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	// MaxValue bounds one variable's value, in bytes.
	MaxValue = 64 << 10

	envTopic = "env"
	// stateName is the name under which all is sealed that is no variable. It is no name of one.
	stateName = "$state"
)

var namePattern = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

// Variable is one entry of $env. The value of a secret one is left empty in everything but Lookup.
type Variable struct {
	Name      string
	Value     string
	Secret    bool
	UpdatedAt time.Time
}

// Env holds the variables and secrets of $env: in the database, secrets sealed, and in memory, where
// Lookup finds them. It also masks the secrets in what others store or send.
type Env struct {
	store *store.Store
	ring  *ring
	clock hookflow.Clock
	log   *slog.Logger

	refresh sync.Mutex // at most one reads the table, so that an older reading never replaces a newer
	current atomic.Pointer[snapshot]
}

type snapshot struct {
	variables map[string]Variable // values included
	previous  map[string]string   // of secrets that were changed
	masker    *Masker
}

// NewEnv reads the variables. It fails when a secret was sealed with another key.
func NewEnv(ctx context.Context, s *store.Store, key *Key, clock hookflow.Clock, log *slog.Logger) (*Env, error) {
	ring, err := openRing(ctx, s, key)
	if err != nil {
		return nil, err
	}
	e := &Env{store: s, ring: ring, clock: clock, log: log}
	return e, e.Refresh(ctx)
}

// Watch follows the changes that other processes make, until ctx is done.
func (e *Env) Watch(ctx context.Context) {
	for changed := e.store.Watch(ctx, envTopic); ; {
		select {
		case <-ctx.Done():
			return
		case <-changed:
			if err := e.Refresh(ctx); err != nil && ctx.Err() == nil {
				e.log.Error("variables could not be read again; the old values stay in use", "error", err)
			}
		}
	}
}

// Refresh reads the table into memory.
func (e *Env) Refresh(ctx context.Context) error {
	e.refresh.Lock()
	defer e.refresh.Unlock()
	rows, err := e.store.EnvVars(ctx)
	if err != nil {
		return fmt.Errorf("read variables: %w", err)
	}
	next := &snapshot{variables: make(map[string]Variable, len(rows)), previous: map[string]string{}}
	var secrets []string
	for _, row := range rows {
		plain := row.Value
		if row.Secret {
			if plain, err = e.ring.master.Open(row.Name, row.Value); err != nil {
				return err
			}
			secrets = append(secrets, string(plain))
		}
		if len(row.Previous) > 0 {
			previous, err := e.ring.master.Open(row.Name, row.Previous)
			if err != nil {
				return err
			}
			secrets = append(secrets, string(previous))
			next.previous[row.Name] = string(previous)
		}
		next.variables[row.Name] = Variable{row.Name, string(plain), row.Secret, row.UpdatedAt}
	}
	next.masker = NewMasker(secrets...)
	e.current.Store(next)
	return nil
}

// Lookup returns a variable's value, secret or not. It reads no database.
func (e *Env) Lookup(name string) (value string, secret, ok bool) {
	v, ok := e.current.Load().variables[name]
	return v.Value, v.Secret, ok
}

// Previous returns the value that a secret had before its last change, "" when
// there was none.
func (e *Env) Previous(name string) string { return e.current.Load().previous[name] }

// IsSecret reports whether there is a secret of this name.
func (e *Env) IsSecret(name string) bool {
	isSecret, _ := e.Known(name)
	return isSecret
}

// Known tells whether there is a variable of this name, and whether it is a secret.
func (e *Env) Known(name string) (isSecret, known bool) {
	v, known := e.current.Load().variables[name]
	return v.Secret, known
}

// List returns all variables by name, the values of secrets left out.
func (e *Env) List() []Variable {
	variables := e.current.Load().variables
	list := make([]Variable, 0, len(variables))
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		list = append(list, variables[name].shown())
	}
	return list
}

// Get returns one variable, a secret's value left out.
func (e *Env) Get(name string) (Variable, error) {
	v, ok := e.current.Load().variables[name]
	if !ok {
		return Variable{}, notFound(name)
	}
	return v.shown(), nil
}

func (v Variable) shown() Variable {
	if v.Secret {
		v.Value = ""
	}
	return v
}

func notFound(name string) error {
	return hookflow.Errorf(hookflow.CodeNotFound, "there is no variable %q", name)
}

// Put sets a variable and reports whether it is new. Anything may be a value up to 64 KiB but text
// that is not UTF-8 or holds NUL.
func (e *Env) Put(ctx context.Context, name, value string, secret bool) (created bool, err error) {
	if problems := check(name, value, secret); len(problems) > 0 {
		return false, hookflow.Invalid("the variable cannot be saved", problems...)
	}
	row := store.EnvVar{Name: name, Value: []byte(value), Secret: secret, UpdatedAt: e.clock()}
	if secret {
		row.Value = e.ring.master.Seal(name, row.Value)
	}
	err = e.change(ctx, "put", name, e.describe(row, value), func(tx *store.Tx, was *store.EnvVar) error {
		created = was == nil
		if was != nil {
			row.Previous = e.previous(was, value)
		}
		return tx.PutEnvVar(row)
	})
	return created, err
}

// previous is the secret that stays masked after a change: executions may still hold it. One that the
// new value tells anyway does not.
func (e *Env) previous(was *store.EnvVar, value string) []byte {
	if !was.Secret {
		return was.Previous
	}
	if plain, err := e.ring.master.Open(was.Name, was.Value); err == nil && string(plain) == value {
		return nil
	}
	return was.Value
}

func check(name, value string, secret bool) []hookflow.Problem {
	var problems []hookflow.Problem
	if !namePattern.MatchString(name) {
		problems = append(problems, hookflow.Problem{Pointer: "/name", Detail: "must begin with a letter or _ and hold at most 64 letters, digits and _"})
	}
	switch {
	case len(value) > MaxValue:
		problems = append(problems, hookflow.Problem{Pointer: "/value", Detail: "is longer than 64 KiB"})
	case strings.ContainsRune(value, 0) || strings.ToValidUTF8(value, "") != value:
		problems = append(problems, hookflow.Problem{Pointer: "/value", Detail: "must be text without NUL characters"})
	case secret && value == "":
		problems = append(problems, hookflow.Problem{Pointer: "/value", Detail: "a secret must not be empty"})
	}
	return problems
}

// Delete removes a variable.
func (e *Env) Delete(ctx context.Context, name string) error {
	return e.change(ctx, "delete", name, nil, func(tx *store.Tx, was *store.EnvVar) error {
		if was == nil {
			return notFound(name)
		}
		return tx.DeleteEnvVar(name)
	})
}

var errRotated = hookflow.Errorf(hookflow.CodeConflict, "the secret key was rotated; restart this server, so that it uses the new one")

// change writes with its audit entry, which never holds a secret's value, and makes the change seen
// here before it returns. Write gets the variable as it was, nil for none.
func (e *Env) change(ctx context.Context, action, name string, after value.Value, write func(*store.Tx, *store.EnvVar) error) error {
	err := e.store.Write(ctx, func(tx *store.Tx) error {
		if current, err := tx.Meta(ringMeta); err != nil || current != e.ring.text {
			return errors.Join(err, errRotated)
		}
		was, before, err := e.before(tx, name)
		if err != nil {
			return err
		}
		if err := write(tx, was); err != nil {
			return err
		}
		tx.Notify(envTopic)
		return auth.Record(tx, auth.Change{
			ID: e.store.IDs().Next(), At: e.clock(), Action: action, Kind: "env", Object: name, Before: before, After: after,
		})
	})
	if err != nil {
		return err
	}
	return e.Refresh(context.WithoutCancel(ctx))
}

func (e *Env) before(tx *store.Tx, name string) (*store.EnvVar, value.Value, error) {
	was, err := tx.EnvVar(name)
	switch {
	case hookflow.CodeOf(err) == hookflow.CodeNotFound:
		return nil, nil, nil
	case err != nil:
		return nil, nil, err
	}
	return &was, e.describe(was, string(was.Value)), nil
}

// describe says what an audit entry shows of a variable.
func (e *Env) describe(row store.EnvVar, text string) value.Value {
	shown := (&value.Object{}).Set("secret", value.Bool(row.Secret))
	if !row.Secret {
		shown.Set("value", value.String(e.Masker().String(text)))
	}
	return shown.Value()
}

// Masker masks the secrets of this moment.
func (e *Env) Masker() *Masker { return e.current.Load().masker }

// Mask returns text with every secret in it masked, JSON staying valid, and whether there was one.
func (e *Env) Mask(text []byte) ([]byte, bool) {
	masked := e.Masker().JSON(text)
	return masked, !bytes.Equal(masked, text)
}

// Hides reports whether a text holds a secret.
func (e *Env) Hides(text string) bool { return e.Masker().String(text) != text }

// Hide returns what masks the values, as Mask does.
func (*Env) Hide(values []string) func([]byte) []byte { return NewMasker(values...).JSON }

// Seal encrypts what must be found again whole.
func (e *Env) Seal(plain []byte) ([]byte, error) { return e.seal(plain), nil }

func (e *Env) seal(plain []byte) []byte { return e.ring.keys[0].Seal(stateName, plain) }

// Open decrypts what Seal returned.
func (e *Env) Open(sealed []byte) (plain []byte, err error) { return e.ring.open(sealed) }

package secret

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
)

// Check fails unless key is the secret key of the database.
func Check(ctx context.Context, s *store.Store, key *Key) error {
	_, err := openRing(ctx, s, key)
	return err
}

// Rotate makes next the secret key of a database whose key is old, in one transaction: the variables
// and the data keys are sealed again, and what is sealed from now on gets a data key of its own. It
// does nothing when next is the key already.
//
// A server that runs meanwhile goes on with what it knows, but changes no variable until it is
// started again.
func Rotate(ctx context.Context, s *store.Store, old, next *Key, clock hookflow.Clock) error {
	if err := Check(ctx, s, &Key{raw: next.raw, aead: next.aead, before: old}); err != nil {
		return err
	}
	return s.Write(ctx, func(tx *store.Tx) error {
		text, err := tx.Meta(ringMeta)
		if err != nil {
			return err
		}
		if _, err := unsealRing(next, text); err == nil {
			return nil
		}
		keys, err := unsealRing(old, text)
		if err != nil {
			return err
		}
		if err := resealVariables(tx, old, next); err != nil {
			return err
		}
		return errors.Join(
			tx.SetMeta(ringMeta, sealRing(next, append([]*Key{NewKey()}, keys...))),
			auth.Record(tx, auth.Change{ID: s.IDs().Next(), At: clock(), Action: "rotate", Kind: "secret_key"}))
	})
}

func resealVariables(tx *store.Tx, old, next *Key) error {
	rows, err := tx.EnvVars()
	if err != nil {
		return err
	}
	reseal := func(row *store.EnvVar, sealed *[]byte) error {
		plain, err := old.Open(row.Name, *sealed)
		if err == nil {
			*sealed = next.Seal(row.Name, plain)
		}
		return err
	}
	for _, row := range rows {
		if row.Secret {
			err = errors.Join(err, reseal(&row, &row.Value))
		}
		if len(row.Previous) > 0 {
			err = errors.Join(err, reseal(&row, &row.Previous))
		}
		if err = errors.Join(err, tx.PutEnvVar(row)); err != nil {
			return err
		}
	}
	return nil
}

// RotateFile rotates to a new key in the key file. The file holds both keys until the database has
// changed, so that a crash loses nothing; the next call ends what another has begun.
func RotateFile(ctx context.Context, s *store.Store, dir string, clock hookflow.Clock, log *slog.Logger) error {
	path := filepath.Join(dir, KeyFile)
	lock := flock.New(path + ".lock")
	switch locked, err := lock.TryLock(); {
	case err != nil:
		return fmt.Errorf("lock the secret key file: %w", err)
	case !locked:
		return hookflow.Errorf(hookflow.CodeConflict, "another rotation of this key is running")
	}
	defer lock.Unlock() //nolint:errcheck // the end of the process gives it back as well
	next, err := LoadKey("", dir, log)
	if err != nil {
		return err
	}
	old := next.before
	if old == nil {
		next, old = NewKey(), next
		if err := replaceKeyFile(path, next, old); err != nil {
			return fmt.Errorf("write the secret key file: %w", err)
		}
	}
	if err := Rotate(ctx, s, old, next, clock); err != nil {
		return err
	}
	if err := replaceKeyFile(path, next); err != nil {
		return fmt.Errorf("write the secret key file: %w", err)
	}
	return nil
}

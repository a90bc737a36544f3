package secret

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hookflow/hookflow/internal/store"
)

const (
	// ringMeta is where the database keeps the data keys, sealed with the secret key.
	ringMeta = "data_keys"
	ringName = "$keys"
)

// ring is what the secret key opens. The secret key itself, master, seals the variables and the data
// keys; these seal all else. So a new secret key is a matter of few rows, however much was sealed.
type ring struct {
	master *Key
	keys   []*Key // the first one seals, any may open; with the master that they began with among them
	text   string // as the database has it
}

// openRing reads the data keys, and makes the first ones. It fails when the secret key is not the one
// of this database.
func openRing(ctx context.Context, s *store.Store, key *Key) (*ring, error) {
	text, err := s.Meta(ctx, ringMeta)
	if err != nil {
		return nil, fmt.Errorf("read the data keys: %w", err)
	}
	if text == "" {
		if text, err = firstRing(ctx, s, key); err != nil {
			return nil, err
		}
	}
	return chooseRing(text, key)
}

// firstRing makes a data key, and keeps the secret key as another: it sealed all that there is.
func firstRing(ctx context.Context, s *store.Store, key *Key) (string, error) {
	rows, err := s.EnvVars(ctx)
	if err != nil {
		return "", fmt.Errorf("read variables: %w", err)
	}
	master, keys := key, []*Key{NewKey(), key}
	if key.before != nil {
		keys = append(keys, key.before)
	}
	if err = opensAll(key, rows); err != nil && key.before != nil {
		master, err = key.before, opensAll(key.before, rows)
	}
	if err != nil {
		return "", err
	}
	text := sealRing(master, keys)
	if err := s.Write(ctx, func(tx *store.Tx) error { return tx.AddMeta(ringMeta, text) }); err != nil {
		return "", fmt.Errorf("keep the data keys: %w", err)
	}
	return s.Meta(ctx, ringMeta)
}

func opensAll(key *Key, rows []store.EnvVar) error {
	for _, row := range rows {
		if row.Secret {
			if _, err := key.Open(row.Name, row.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

// chooseRing opens the data keys with the secret key or, when its rotation has not come so far, with
// the one before.
func chooseRing(text string, key *Key) (*ring, error) {
	keys, err := unsealRing(key, text)
	if err != nil && key.before != nil {
		key = key.before
		keys, err = unsealRing(key, text)
	}
	if err != nil {
		return nil, fmt.Errorf("this is not the secret key of this database: %w", err)
	}
	return &ring{master: key, keys: keys, text: text}, nil
}

func sealRing(master *Key, keys []*Key) string {
	raw := make([][]byte, len(keys))
	for i, key := range keys {
		raw[i] = key.raw
	}
	plain, err := json.Marshal(raw)
	if err != nil {
		panic(err) // bytes always encode
	}
	return base64.StdEncoding.EncodeToString(master.Seal(ringName, plain))
}

func unsealRing(master *Key, text string) ([]*Key, error) {
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("read the data keys: %w", err)
	}
	plain, err := master.Open(ringName, sealed)
	if err != nil {
		return nil, err
	}
	var raw [][]byte
	if err := json.Unmarshal(plain, &raw); err != nil {
		return nil, fmt.Errorf("read the data keys: %w", err)
	}
	keys := make([]*Key, len(raw))
	for i := range raw {
		if keys[i], err = newKey(raw[i]); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

func (r *ring) open(sealed []byte) (plain []byte, err error) {
	for _, key := range r.keys {
		if plain, err = key.Open(stateName, sealed); err == nil {
			return plain, nil
		}
	}
	return nil, errors.Join(err, ErrSealed)
}

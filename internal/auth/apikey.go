package auth

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	keyPrefix  = "hfk_"
	maxKeyName = 100 // bytes
	// touchEvery is how exactly the last use of a key or session is known.
	touchEvery = time.Minute
)

// APIKey is a key as it may be shown: the key itself is known only to who was given it.
type APIKey struct {
	ID         hookflow.ID `json:"id"`
	Name       string      `json:"name"`
	Role       Role        `json:"role"`
	CreatedAt  time.Time   `json:"createdAt"`
	ExpiresAt  *time.Time  `json:"expiresAt"`
	LastUsedAt *time.Time  `json:"lastUsedAt"`
	RevokedAt  *time.Time  `json:"revokedAt"`
}

func apiKeyOf(row store.APIKey) APIKey {
	return APIKey{
		row.ID, row.Name, Role(row.Role), row.CreatedAt.UTC(),
		orNil(row.ExpiresAt), orNil(row.LastUsedAt), orNil(row.RevokedAt),
	}
}

func orNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// APIKeys lists all keys, newest first, revoked ones included.
func (s *Service) APIKeys(ctx context.Context) ([]APIKey, error) {
	rows, err := s.store.APIKeys(ctx)
	if err != nil {
		return nil, err
	}
	keys := make([]APIKey, len(rows))
	for i, row := range rows {
		keys[i] = apiKeyOf(row)
	}
	return keys, nil
}

// CreateAPIKey makes a key and returns it this one time; only a digest is kept. The zero expiry is
// never.
func (s *Service) CreateAPIKey(ctx context.Context, name string, role Role, expires time.Time) (APIKey, string, error) {
	name = strings.TrimSpace(name)
	var problems []hookflow.Problem
	if name == "" || len(name) > maxKeyName || strings.ContainsRune(name, 0) {
		problems = append(problems, hookflow.Problem{Pointer: "/name", Detail: "must have 1 to 100 bytes"})
	}
	problems = append(problems, roleProblems(role)...)
	if role.Valid() && !Actor(ctx).Role.Allows(role) {
		problems = append(problems, hookflow.Problem{Pointer: "/role", Detail: "must not be higher than your own"})
	}
	if !expires.IsZero() && !expires.After(s.clock()) {
		problems = append(problems, hookflow.Problem{Pointer: "/expiresAt", Detail: "must be in the future"})
	}
	if len(problems) > 0 {
		return APIKey{}, "", hookflow.Invalid("the API key cannot be made", problems...)
	}
	key, digest := newToken(keyPrefix)
	row := store.APIKey{
		ID: s.store.IDs().Next(), Name: name, Role: string(role), Hash: digest, CreatedAt: s.clock(), ExpiresAt: expires,
	}
	err := s.store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.InsertAPIKey(row), s.record(tx, "create", "api_key", row.ID.String(), nil, describeKey(row)))
	})
	return apiKeyOf(row), key, err
}

// RevokeAPIKey ends a key.
func (s *Service) RevokeAPIKey(ctx context.Context, id hookflow.ID) error {
	rows, err := s.store.APIKeys(ctx)
	if err != nil {
		return err
	}
	var before value.Value
	for _, row := range rows {
		if row.ID == id {
			before = describeKey(row)
		}
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.RevokeAPIKey(id, s.clock()), s.record(tx, "revoke", "api_key", id.String(), before, nil))
	})
}

func describeKey(row store.APIKey) value.Value {
	expires := value.Null
	if !row.ExpiresAt.IsZero() {
		expires = value.String(row.ExpiresAt.UTC().Format(time.RFC3339))
	}
	return (&value.Object{}).Set("name", value.String(row.Name)).Set("role", value.String(row.Role)).Set("expiresAt", expires).Value()
}

// byKey recognises a key that is neither revoked nor expired.
func (s *Service) byKey(ctx context.Context, key string) (Principal, error) {
	row, err := s.store.APIKeyByHash(ctx, digestOf(key))
	now := s.clock()
	switch {
	case hookflow.CodeOf(err) == hookflow.CodeNotFound:
		return Principal{}, errUnknownKey
	case err != nil:
		return Principal{}, err
	case !works(row, now):
		return Principal{}, errUnknownKey
	}
	if now.Sub(row.LastUsedAt) >= touchEvery {
		s.touch(ctx, "an API key", func(tx *store.Tx) error { return tx.TouchAPIKey(row.ID, now) })
	}
	return Principal{Type: TypeAPIKey, ID: row.ID, Name: row.Name, Role: Role(row.Role)}, nil
}

func works(key store.APIKey, now time.Time) bool {
	return key.RevokedAt.IsZero() && (key.ExpiresAt.IsZero() || now.Before(key.ExpiresAt))
}

var errUnknownKey = hookflow.Errorf(hookflow.CodeUnauthorized, "the API key is unknown, expired or revoked")

// touch notes a last use. A full disk must not keep anybody out, so its error is only logged.
func (s *Service) touch(ctx context.Context, what string, write func(*store.Tx) error) {
	if err := s.store.Write(ctx, write); err != nil && ctx.Err() == nil {
		s.log.Warn("a last use was not noted", "of", what, "error", err)
	}
}

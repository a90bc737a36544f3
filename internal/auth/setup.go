package auth

import (
	"context"
	"crypto/subtle"
	"encoding/hex"
	"errors"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

const setupMeta = "setup_token" // the digest of the set-up token, in hex

// NeedsSetup reports whether there is no user yet.
func (s *Service) NeedsSetup(ctx context.Context) (bool, error) {
	n, err := s.store.CountUsers(ctx, "")
	return n == 0, err
}

// NewSetupToken makes the one-time token with which Setup makes the first administrator; it replaces
// an older one. With a user there already it is "".
func (s *Service) NewSetupToken(ctx context.Context) (string, error) {
	if needed, err := s.NeedsSetup(ctx); err != nil || !needed {
		return "", err
	}
	token, digest := newToken("")
	kept := hex.EncodeToString(digest)
	err := s.store.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta(setupMeta, kept) })
	return token, err
}

// Setup makes the first administrator and logs it in. It works once, with the token, and only while
// there is no user.
func (s *Service) Setup(ctx context.Context, token, email, password string, from Client) (User, string, error) {
	counted := address(from.IP)
	if err := s.limiter().begin(ctx, counted); err != nil {
		return User{}, "", err
	}
	kept, err := s.store.Meta(ctx, setupMeta)
	if err != nil {
		return User{}, "", err
	}
	if subtle.ConstantTimeCompare([]byte(hex.EncodeToString(digestOf(token))), []byte(kept)) != 1 {
		return User{}, "", errNoSetup
	}
	if err := s.store.Write(ctx, func(tx *store.Tx) error { return forgive(tx, counted) }); err != nil {
		return User{}, "", err
	}
	row, err := s.newUser(ctx, email, password, Admin)
	if err != nil {
		return User{}, "", err
	}
	by := With(ctx, Principal{Type: TypeUser, ID: row.ID, Name: row.Email, Role: Admin, IP: from.IP})
	if err := s.store.Write(by, func(tx *store.Tx) error { return s.insertFirst(tx, row) }); err != nil {
		return User{}, "", err
	}
	session, err := s.newSession(by, row.ID, from, nil)
	return userOf(row), session, err
}

var errNoSetup = hookflow.Errorf(hookflow.CodeForbidden, "the set-up token is wrong or was used already; restart the server for a new one while there is no user")

func (s *Service) insertFirst(tx *store.Tx, row store.User) error {
	tx.LockUsers()
	n, err := tx.CountUsers("")
	switch {
	case err != nil:
		return err
	case n > 0:
		return errNoSetup
	}
	return errors.Join(tx.SetMeta(setupMeta, ""), s.insertUser(tx, row))
}

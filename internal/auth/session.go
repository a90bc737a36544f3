package auth

import (
	"context"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

const (
	// SessionLife is how long a log-in lasts.
	SessionLife = 7 * 24 * time.Hour

	setupMeta = "setup_token" // the digest of the set-up token, in hex
)

var errWrongLogin = hookflow.Errorf(hookflow.CodeUnauthorized, "the e-mail address or the password is wrong")

// Login checks a password and returns the token of a new session. After ten wrong attempts for the
// account or from the address within ten minutes it refuses with a RateLimitError. An unknown
// account takes as long and answers the same as a wrong password.
func (s *Service) Login(ctx context.Context, email, password, ip string) (User, string, error) {
	if email = strings.ToLower(strings.TrimSpace(email)); len(email) > maxEmail {
		email = "" // nobody's, and not worth remembering
	}
	account, address := "account "+email, "address "+ip
	if err := s.limiter.begin(account, address); err != nil {
		return User{}, "", err
	}
	row, known, err := s.userByEmail(ctx, email)
	if err != nil {
		return User{}, "", err
	}
	right, err := s.hasher.verify(ctx, password, row.PasswordHash)
	if err != nil {
		return User{}, "", err
	}
	if !right || !known {
		return User{}, "", errWrongLogin
	}
	s.limiter.forgive(account, address)
	by := Principal{Type: TypeUser, ID: row.ID, Name: row.Email, Role: Role(row.Role), IP: ip}
	token, err := s.newSession(With(ctx, by), row.ID)
	return userOf(row), token, err
}

func (s *Service) userByEmail(ctx context.Context, email string) (row store.User, known bool, err error) {
	row, err = s.store.UserByEmail(ctx, email)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return store.User{PasswordHash: s.hasher.dummy}, false, nil
	}
	return row, true, err
}

func (s *Service) newSession(ctx context.Context, user hookflow.ID) (string, error) {
	token, digest := newToken("")
	now := s.clock()
	row := store.Session{Hash: digest, UserID: user, CreatedAt: now, ExpiresAt: now.Add(SessionLife)}
	err := s.store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(
			tx.DeleteExpiredSessions(now), tx.InsertSession(row),
			s.record(tx, "login", "user", user.String(), nil, nil))
	})
	return token, err
}

// Logout ends a session; an unknown token is none.
func (s *Service) Logout(ctx context.Context, token string) error {
	return s.store.Write(ctx, func(tx *store.Tx) error { return tx.DeleteSession(digestOf(token)) })
}

var errNoSession = hookflow.Errorf(hookflow.CodeUnauthorized, "the session is unknown or has expired; log in again")

// bySession recognises a session and the role that its user has now.
func (s *Service) bySession(ctx context.Context, token string) (Principal, error) {
	session, err := s.store.SessionByHash(ctx, digestOf(token))
	if err == nil && !s.clock().Before(session.ExpiresAt) {
		err = errNoSession
	}
	var user store.User
	if err == nil {
		user, err = s.store.User(ctx, session.UserID)
	}
	switch {
	case hookflow.CodeOf(err) == hookflow.CodeNotFound:
		return Principal{}, errNoSession
	case err != nil:
		return Principal{}, err
	}
	return Principal{Type: TypeUser, ID: user.ID, Name: user.Email, Role: Role(user.Role)}, nil
}

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
func (s *Service) Setup(ctx context.Context, token, email, password, ip string) (User, string, error) {
	address := "address " + ip
	if err := s.limiter.begin(address); err != nil {
		return User{}, "", err
	}
	kept, err := s.store.Meta(ctx, setupMeta)
	if err != nil {
		return User{}, "", err
	}
	if subtle.ConstantTimeCompare([]byte(hex.EncodeToString(digestOf(token))), []byte(kept)) != 1 {
		return User{}, "", errNoSetup
	}
	s.limiter.forgive(address)
	row, err := s.newUser(ctx, email, password, Admin)
	if err != nil {
		return User{}, "", err
	}
	by := With(ctx, Principal{Type: TypeUser, ID: row.ID, Name: row.Email, Role: Admin, IP: ip})
	if err := s.store.Write(by, func(tx *store.Tx) error { return s.insertFirst(tx, row) }); err != nil {
		return User{}, "", err
	}
	session, err := s.newSession(by, row.ID)
	return userOf(row), session, err
}

var errNoSetup = hookflow.Errorf(hookflow.CodeForbidden, "the set-up token is wrong or was used already; restart the server for a new one while there is no user")

func (s *Service) insertFirst(tx *store.Tx, row store.User) error {
	n, err := tx.CountUsers("")
	switch {
	case err != nil:
		return err
	case n > 0:
		return errNoSetup
	}
	return errors.Join(tx.SetMeta(setupMeta, ""), s.insertUser(tx, row))
}

package auth

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	// SessionLife is how long a log-in lasts at most.
	SessionLife = 7 * 24 * time.Hour
	// SessionIdle is how long it lasts unused.
	SessionIdle = 24 * time.Hour

	maxUserAgent = 300 // bytes
	sessionIDLen = 12  // bytes of the token's digest
)

// Client is who sends a log-in.
type Client struct {
	IP        string
	UserAgent string
	Token     string // of the session that it has already and that ends now; "" for none
}

// Session is a log-in as its user sees it.
type Session struct {
	ID         string    `json:"id"`
	CreatedAt  time.Time `json:"createdAt"`
	LastUsedAt time.Time `json:"lastUsedAt"`
	ExpiresAt  time.Time `json:"expiresAt"`
	IP         string    `json:"ip"`
	UserAgent  string    `json:"userAgent"`
	Current    bool      `json:"current"`
}

var errWrongLogin = hookflow.Errorf(hookflow.CodeUnauthorized, "the e-mail address or the password is wrong")

// Login checks a password and returns the token of a new session. After ten wrong attempts for the
// account or from the address within ten minutes it refuses with a RateLimitError. An unknown
// account takes as long and answers the same as a wrong password.
func (s *Service) Login(ctx context.Context, email, password string, from Client) (User, string, error) {
	if email = strings.ToLower(strings.TrimSpace(email)); len(email) > maxEmail {
		email = "" // nobody's, and not worth remembering
	}
	counted := []string{account(email), address(from.IP)}
	if err := s.limiter().begin(ctx, counted...); err != nil {
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
		return User{}, "", errors.Join(errWrongLogin, s.recordWrong(ctx, row, email, from.IP))
	}
	by := Principal{Type: TypeUser, ID: row.ID, Name: row.Email, Role: Role(row.Role), IP: from.IP}
	token, err := s.newSession(With(ctx, by), row.ID, from, counted)
	return userOf(row), token, err
}

func (s *Service) limiter() limiter { return limiter{s} }

func (s *Service) userByEmail(ctx context.Context, email string) (row store.User, known bool, err error) {
	row, err = s.store.UserByEmail(ctx, email)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return store.User{PasswordHash: s.hasher.dummy}, false, nil
	}
	return row, true, err
}

// recordWrong notes a wrong log-in. What was typed for an address is told only when it is one.
func (s *Service) recordWrong(ctx context.Context, row store.User, email, ip string) error {
	object := ""
	if row.ID != 0 {
		object = row.ID.String()
	}
	tried := &value.Object{}
	if isEmail(email) {
		tried.Set("email", value.String(email))
	}
	return s.store.Write(With(ctx, Principal{Type: TypeNobody, IP: ip}), func(tx *store.Tx) error {
		return s.record(tx, "login_failed", "user", object, nil, tried.Value())
	})
}

func (s *Service) newSession(ctx context.Context, user hookflow.ID, from Client, counted []string) (string, error) {
	token, digest := newToken("")
	now := s.clock()
	row := store.Session{
		Hash: digest, UserID: user, CreatedAt: now, ExpiresAt: now.Add(SessionLife), IP: from.IP,
		UserAgent: from.UserAgent[:min(len(from.UserAgent), maxUserAgent)],
	}
	err := s.store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(
			forgive(tx, counted...), tx.DeleteSession(digestOf(from.Token)),
			tx.DeleteExpiredSessions(now, now.Add(-SessionIdle)), tx.InsertSession(row),
			s.record(tx, "login", "user", user.String(), nil, nil))
	})
	return token, err
}

// Logout ends a session; an unknown token is none.
func (s *Service) Logout(ctx context.Context, token, ip string) error {
	who, err := s.bySession(ctx, digestOf(token))
	if err != nil {
		if hookflow.CodeOf(err) == hookflow.CodeUnauthorized {
			return nil
		}
		return err
	}
	who.IP = ip
	return s.store.Write(With(ctx, who), func(tx *store.Tx) error {
		return errors.Join(tx.DeleteSession(digestOf(token)), s.record(tx, "logout", "user", who.ID.String(), nil, nil))
	})
}

var errNoSession = hookflow.Errorf(hookflow.CodeUnauthorized, "the session is unknown or has expired; log in again")

// bySession recognises a session and the role that its user has now.
func (s *Service) bySession(ctx context.Context, digest []byte) (Principal, error) {
	session, err := s.store.SessionByHash(ctx, digest)
	now := s.clock()
	if err == nil && !alive(session, now) {
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
	if now.Sub(lastUse(session)) >= touchEvery {
		s.touch(ctx, "a session", func(tx *store.Tx) error { return tx.TouchSession(session.Hash, now) })
	}
	return Principal{
		Type: TypeUser, ID: user.ID, Name: user.Email, Role: Role(user.Role), Session: hex.EncodeToString(session.Hash),
	}, nil
}

func alive(session store.Session, now time.Time) bool {
	return now.Before(session.ExpiresAt) && now.Before(lastUse(session).Add(SessionIdle))
}

func lastUse(session store.Session) time.Time {
	if session.LastUsedAt.IsZero() {
		return session.CreatedAt
	}
	return session.LastUsedAt
}

// Sessions lists the log-ins of the user who acts, newest first.
func (s *Service) Sessions(ctx context.Context) ([]Session, error) {
	by := From(ctx)
	rows, err := s.store.Sessions(ctx, by.ID)
	if err != nil {
		return nil, err
	}
	sessions := []Session{}
	for _, row := range rows {
		if by.Type != TypeUser || !alive(row, s.clock()) {
			continue
		}
		sessions = append(sessions, Session{
			ID: sessionID(row.Hash), CreatedAt: row.CreatedAt.UTC(), LastUsedAt: lastUse(row).UTC(), ExpiresAt: row.ExpiresAt.UTC(),
			IP: row.IP, UserAgent: row.UserAgent, Current: bytes.Equal(row.Hash, by.session()),
		})
	}
	return sessions, nil
}

// sessionID names a session without telling what would open it.
func sessionID(hash []byte) string { return hex.EncodeToString(hash[:min(len(hash), sessionIDLen)]) }

// EndSession ends one log-in of the user who acts.
func (s *Service) EndSession(ctx context.Context, id string) error {
	by := From(ctx)
	rows, err := s.store.Sessions(ctx, by.ID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if by.Type == TypeUser && sessionID(row.Hash) == id {
			return s.endSessions(ctx, by.ID, func(tx *store.Tx) error { return tx.DeleteSession(row.Hash) })
		}
	}
	return hookflow.Errorf(hookflow.CodeNotFound, "there is no such session")
}

// EndOtherSessions ends all log-ins of the user who acts but the one by which it acts.
func (s *Service) EndOtherSessions(ctx context.Context) error {
	by := From(ctx)
	if by.Type != TypeUser {
		return errNoUser
	}
	return s.endSessions(ctx, by.ID, func(tx *store.Tx) error { return tx.DeleteOtherSessions(by.ID, by.session()) })
}

// EndSessionsOf ends all log-ins of a user.
func (s *Service) EndSessionsOf(ctx context.Context, user hookflow.ID) error {
	if _, err := s.store.User(ctx, user); err != nil {
		return err
	}
	return s.endSessions(ctx, user, func(tx *store.Tx) error { return tx.DeleteSessions(user) })
}

func (s *Service) endSessions(ctx context.Context, user hookflow.ID, end func(*store.Tx) error) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(end(tx), s.record(tx, "end_sessions", "user", user.String(), nil, nil))
	})
}

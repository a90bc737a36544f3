package store

import (
	"context"
	"errors"
	"time"

	"github.com/hookflow/hookflow"
)

// User is somebody who can log in.
type User struct {
	ID           hookflow.ID
	Email        string
	PasswordHash string
	Role         string
	CreatedAt    time.Time
}

const selectUser = "SELECT id, email, password_hash, role, created_at FROM hf_users"

func scanUser(row Row) (u User, err error) {
	err = row.Scan(&u.ID, &u.Email, &u.PasswordHash, &u.Role, (*stamp)(&u.CreatedAt))
	return u, err
}

// Users returns all users, newest first.
func (s *Store) Users(ctx context.Context) ([]User, error) {
	return collect(s.backend.reader(ctx), scanUser, selectUser+" ORDER BY id DESC")
}

// User returns one user, or CodeNotFound.
func (s *Store) User(ctx context.Context, id hookflow.ID) (User, error) {
	return user(s.backend.reader(ctx), id)
}

// User returns one user, or CodeNotFound.
func (tx *Tx) User(id hookflow.ID) (User, error) { return user(tx, id) }

func user(r Reader, id hookflow.ID) (User, error) {
	return one(r, scanUser, "user", selectUser+" WHERE id = ?", id)
}

// UserByEmail returns the user with the address as it is stored, or
// CodeNotFound.
func (s *Store) UserByEmail(ctx context.Context, email string) (User, error) {
	return one(s.backend.reader(ctx), scanUser, "user", selectUser+" WHERE email = ?", email)
}

// CountUsers counts the users of a role, or all when it is "".
func (s *Store) CountUsers(ctx context.Context, role string) (int64, error) {
	return countUsers(s.backend.reader(ctx), role)
}

// CountUsers counts the users of a role, or all when it is "".
func (tx *Tx) CountUsers(role string) (int64, error) { return countUsers(tx, role) }

func countUsers(r Reader, role string) (int64, error) {
	c := &conditions{}
	if role != "" {
		c.add("role = ?", role)
	}
	return count(r, "SELECT count(*) FROM hf_users"+c.where(), c.args...)
}

// InsertUser adds a user; an address in use is CodeConflict.
func (tx *Tx) InsertUser(u User) error {
	_, err := tx.Exec("INSERT INTO hf_users (id, email, password_hash, role, created_at) VALUES (?, ?, ?, ?, ?)",
		u.ID, u.Email, u.PasswordHash, u.Role, micros(u.CreatedAt))
	return emailTaken(err)
}

// UpdateUser changes all but the ID and the time of creation; an address in use
// is CodeConflict.
func (tx *Tx) UpdateUser(u User) error {
	rows, err := tx.Exec("UPDATE hf_users SET email = ?, password_hash = ?, role = ? WHERE id = ?", u.Email, u.PasswordHash, u.Role, u.ID)
	if err == nil && rows == 0 {
		return notFound("user")
	}
	return emailTaken(err)
}

func emailTaken(err error) error {
	if _, ok := IsUnique(err); ok {
		return hookflow.Errorf(hookflow.CodeConflict, "there is a user with this e-mail address already: %w", err)
	}
	return err
}

// DeleteUser removes a user and their sessions; CodeNotFound when there is none.
func (tx *Tx) DeleteUser(id hookflow.ID) error {
	return tx.putOne(notFound("user"), "DELETE FROM hf_users WHERE id = ?", id)
}

// LockUsers lets nobody else change users before this transaction ends.
func (tx *Tx) LockUsers() {
	if tx.dialect == Postgres {
		tx.Queue("LOCK TABLE hf_users IN SHARE ROW EXCLUSIVE MODE")
	}
}

// Session is a log-in, known by the hash of its token.
type Session struct {
	Hash       []byte
	UserID     hookflow.ID
	CreatedAt  time.Time
	LastUsedAt time.Time // coarse; zero: not since it was made
	ExpiresAt  time.Time
	IP         string
	UserAgent  string
}

// InsertSession adds a session.
func (tx *Tx) InsertSession(s Session) error {
	return tx.put("INSERT INTO hf_sessions (hash, user_id, created_at, expires_at, ip, user_agent) VALUES (?, ?, ?, ?, ?, ?)",
		s.Hash, s.UserID, micros(s.CreatedAt), micros(s.ExpiresAt), s.IP, text(s.UserAgent))
}

const selectSession = "SELECT hash, user_id, created_at, last_used_at, expires_at, ip, user_agent FROM hf_sessions"

func scanSession(row Row) (s Session, err error) {
	err = row.Scan(&s.Hash, &s.UserID, (*stamp)(&s.CreatedAt), (*stamp)(&s.LastUsedAt), (*stamp)(&s.ExpiresAt), &s.IP, &s.UserAgent)
	return s, err
}

// SessionByHash returns a session, expired or not, or CodeNotFound.
func (s *Store) SessionByHash(ctx context.Context, hash []byte) (Session, error) {
	return one(s.backend.reader(ctx), scanSession, "session", selectSession+" WHERE hash = ?", hash)
}

// Sessions returns a user's sessions, expired or not, newest first.
func (s *Store) Sessions(ctx context.Context, user hookflow.ID) ([]Session, error) {
	return collect(s.backend.reader(ctx), scanSession, selectSession+" WHERE user_id = ? ORDER BY created_at DESC, hash", user)
}

// TouchSession notes when a session was last used.
func (tx *Tx) TouchSession(hash []byte, at time.Time) error {
	return tx.put("UPDATE hf_sessions SET last_used_at = ? WHERE hash = ?", micros(at), hash)
}

// DeleteSession ends a session, if there is one.
func (tx *Tx) DeleteSession(hash []byte) error {
	return tx.put("DELETE FROM hf_sessions WHERE hash = ?", hash)
}

// DeleteSessions ends all sessions of a user.
func (tx *Tx) DeleteSessions(user hookflow.ID) error {
	return tx.put("DELETE FROM hf_sessions WHERE user_id = ?", user)
}

// DeleteOtherSessions ends all sessions of a user but one.
func (tx *Tx) DeleteOtherSessions(user hookflow.ID, kept []byte) error {
	return tx.put("DELETE FROM hf_sessions WHERE user_id = ? AND hash <> ?", user, kept)
}

// DeleteExpiredSessions removes the sessions that had expired by then, or were
// not used since idle.
func (tx *Tx) DeleteExpiredSessions(then, idle time.Time) error {
	return tx.put("DELETE FROM hf_sessions WHERE expires_at <= ? OR COALESCE(last_used_at, created_at) <= ?", micros(then), micros(idle))
}

// LoginAttempts returns how many wrong log-ins there were of who inside the
// window that ends after now, and when it ends.
func (s *Store) LoginAttempts(ctx context.Context, who string, now time.Time) (attempts int, ends time.Time, err error) {
	return loginAttempts(s.backend.reader(ctx), who, now)
}

// CountLogin counts a wrong log-in of who and returns how many there are; the
// first one begins a window, and so does one after DeleteExpiredLogins. No other
// transaction counts for who meanwhile.
func (tx *Tx) CountLogin(who string, now, ends time.Time) (attempts int, until time.Time, err error) {
	tx.Queue(`
		INSERT INTO hf_login_attempts (who, ends_at, attempts) VALUES (?, ?, 1)
		ON CONFLICT (who) DO UPDATE SET attempts = hf_login_attempts.attempts + 1`, who, micros(ends))
	return loginAttempts(tx, who, now)
}

// DeleteExpiredLogins forgets the windows that had ended by then. It comes
// before CountLogin in a transaction: so none waits for another in a circle.
func (tx *Tx) DeleteExpiredLogins(then time.Time) {
	tx.Queue("DELETE FROM hf_login_attempts WHERE ends_at <= ?", micros(then))
}

func loginAttempts(r Reader, who string, now time.Time) (attempts int, ends time.Time, err error) {
	err = r.QueryRow("SELECT attempts, ends_at FROM hf_login_attempts WHERE who = ? AND ends_at > ?", who, micros(now)).
		Scan(&attempts, (*stamp)(&ends))
	if errors.Is(err, ErrNoRows) {
		err = nil
	}
	return attempts, ends, err
}

// ForgiveLogin takes one of the counted log-ins back.
func (tx *Tx) ForgiveLogin(who string) error {
	return tx.put("UPDATE hf_login_attempts SET attempts = attempts - 1 WHERE who = ? AND attempts > 0", who)
}

// APIKey is a key of a program, known by its hash.
type APIKey struct {
	ID         hookflow.ID
	Name       string
	Role       string
	Hash       []byte
	CreatedAt  time.Time
	ExpiresAt  time.Time // zero: never
	LastUsedAt time.Time
	RevokedAt  time.Time
}

const selectAPIKey = "SELECT id, name, role, hash, created_at, expires_at, last_used_at, revoked_at FROM hf_api_keys" //nolint:gosec // a statement about keys, no key

func scanAPIKey(row Row) (k APIKey, err error) {
	err = row.Scan(&k.ID, &k.Name, &k.Role, &k.Hash, (*stamp)(&k.CreatedAt), (*stamp)(&k.ExpiresAt), (*stamp)(&k.LastUsedAt), (*stamp)(&k.RevokedAt))
	return k, err
}

// APIKeys returns all keys, newest first.
func (s *Store) APIKeys(ctx context.Context) ([]APIKey, error) {
	return collect(s.backend.reader(ctx), scanAPIKey, selectAPIKey+" ORDER BY id DESC")
}

// APIKeyByHash returns a key, expired or revoked or not, or CodeNotFound.
func (s *Store) APIKeyByHash(ctx context.Context, hash []byte) (APIKey, error) {
	return one(s.backend.reader(ctx), scanAPIKey, "API key", selectAPIKey+" WHERE hash = ?", hash)
}

// InsertAPIKey adds a key.
func (tx *Tx) InsertAPIKey(k APIKey) error {
	return tx.put("INSERT INTO hf_api_keys (id, name, role, hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
		k.ID, k.Name, k.Role, k.Hash, micros(k.CreatedAt), micros(k.ExpiresAt))
}

// RevokeAPIKey ends a key; CodeNotFound when there is none that works.
func (tx *Tx) RevokeAPIKey(id hookflow.ID, at time.Time) error {
	return tx.putOne(notFound("API key"), "UPDATE hf_api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", micros(at), id)
}

// TouchAPIKey notes when a key was last used.
func (tx *Tx) TouchAPIKey(id hookflow.ID, at time.Time) error {
	return tx.put("UPDATE hf_api_keys SET last_used_at = ? WHERE id = ?", micros(at), id)
}

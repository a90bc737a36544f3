package auth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/mail"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const maxEmail = 254 // bytes

// Service keeps users, sessions and API keys, and recognises who sends a request.
type Service struct {
	store  *store.Store
	clock  hookflow.Clock
	log    *slog.Logger
	hasher *hasher
}

// New returns the service over a store.
func New(s *store.Store, clock hookflow.Clock, log *slog.Logger) *Service {
	stored := func() time.Time { return clock().Truncate(time.Microsecond) } // as exactly as the database
	return &Service{store: s, clock: stored, log: log, hasher: newHasher()}
}

// User is an account.
type User struct {
	ID        hookflow.ID `json:"id"`
	Email     string      `json:"email"`
	Role      Role        `json:"role"`
	CreatedAt time.Time   `json:"createdAt"`
}

func userOf(row store.User) User {
	return User{row.ID, row.Email, Role(row.Role), row.CreatedAt.UTC()}
}

// Users lists all accounts, newest first.
func (s *Service) Users(ctx context.Context) ([]User, error) {
	rows, err := s.store.Users(ctx)
	if err != nil {
		return nil, err
	}
	users := make([]User, len(rows))
	for i, row := range rows {
		users[i] = userOf(row)
	}
	return users, nil
}

// User returns one account.
func (s *Service) User(ctx context.Context, id hookflow.ID) (User, error) {
	row, err := s.store.User(ctx, id)
	return userOf(row), err
}

// CreateUser adds an account.
func (s *Service) CreateUser(ctx context.Context, email, password string, role Role) (User, error) {
	row, err := s.newUser(ctx, email, password, role)
	if err != nil {
		return User{}, err
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error { return s.insertUser(tx, row) })
	return userOf(row), err
}

func (s *Service) newUser(ctx context.Context, email, password string, role Role) (store.User, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	var problems []hookflow.Problem
	if !isEmail(email) {
		problems = append(problems, hookflow.Problem{Pointer: "/email", Detail: "is not an e-mail address"})
	}
	if detail := passwordProblem(password); detail != "" {
		problems = append(problems, hookflow.Problem{Pointer: "/password", Detail: detail})
	}
	problems = append(problems, roleProblems(role)...)
	if len(problems) > 0 {
		return store.User{}, hookflow.Invalid("the user cannot be saved", problems...)
	}
	hash, err := s.hasher.hash(ctx, password)
	return store.User{
		ID: s.store.IDs().Next(), Email: email, PasswordHash: hash, Role: string(role), CreatedAt: s.clock(),
	}, err
}

func isEmail(text string) bool {
	parsed, err := mail.ParseAddress(text)
	return err == nil && parsed.Address == text && len(text) <= maxEmail
}

func roleProblems(role Role) []hookflow.Problem {
	if role.Valid() {
		return nil
	}
	return []hookflow.Problem{{Pointer: "/role", Detail: "must be viewer, editor or admin"}}
}

func (s *Service) insertUser(tx *store.Tx, row store.User) error {
	err := tx.InsertUser(row)
	if hookflow.CodeOf(err) == hookflow.CodeConflict {
		return &hookflow.Error{
			Code: hookflow.CodeConflict, Message: "there is already a user with this e-mail address",
			Problems: []hookflow.Problem{{Pointer: "/email", Detail: "is taken"}}, Cause: err,
		}
	}
	return errors.Join(err, s.record(tx, "create", "user", row.ID.String(), nil, describeUser(row)))
}

// UserChange is what UpdateUser changes; empty members stay as they are.
type UserChange struct {
	Password string
	Role     Role
}

// UpdateUser changes an account. A new password ends the account's sessions. The last administrator
// stays one.
func (s *Service) UpdateUser(ctx context.Context, id hookflow.ID, change UserChange) (User, error) {
	problems := newPasswordProblems(change.Password)
	if change.Role != "" {
		problems = append(problems, roleProblems(change.Role)...)
	}
	if len(problems) > 0 {
		return User{}, hookflow.Invalid("the user cannot be saved", problems...)
	}
	hash, err := s.newHash(ctx, change.Password)
	if err != nil {
		return User{}, err
	}
	return s.changeUser(ctx, id, func(tx *store.Tx, row *store.User) error {
		if change.Role != "" {
			row.Role = string(change.Role)
		}
		if hash == "" {
			return nil
		}
		row.PasswordHash = hash
		return tx.DeleteSessions(id)
	})
}

func newPasswordProblems(password string) []hookflow.Problem {
	if detail := passwordProblem(password); password != "" && detail != "" {
		return []hookflow.Problem{{Pointer: "/password", Detail: detail}}
	}
	return nil
}

// newHash is the hash of a new password, "" for none.
func (s *Service) newHash(ctx context.Context, password string) (string, error) {
	if password == "" {
		return "", nil
	}
	return s.hasher.hash(ctx, password)
}

// changeUser changes an account as it is now.
func (s *Service) changeUser(ctx context.Context, id hookflow.ID, change func(*store.Tx, *store.User) error) (User, error) {
	var row store.User
	err := s.store.Write(ctx, func(tx *store.Tx) (err error) {
		tx.LockUsers()
		if row, err = tx.User(id); err != nil {
			return err
		}
		was := row
		if err := change(tx, &row); err != nil {
			return err
		}
		after := describeUser(row)
		if row.PasswordHash != was.PasswordHash {
			after = (&value.Object{}).Set("email", value.String(row.Email)).Set("role", value.String(row.Role)).Set("password", value.String("changed")).Value()
		}
		return errors.Join(tx.UpdateUser(row), s.keepAdmin(tx, Role(was.Role)),
			s.record(tx, "update", "user", id.String(), describeUser(was), after))
	})
	return userOf(row), err
}

var (
	errNoUser        = hookflow.Errorf(hookflow.CodeForbidden, "an API key is no user; log in for this")
	errWrongPassword = hookflow.Errorf(hookflow.CodeForbidden, "the current password is wrong")
)

// ChangePassword gives the user who acts a new password and ends its other sessions. Wrong current
// passwords count as wrong log-ins.
func (s *Service) ChangePassword(ctx context.Context, current, password string) (User, error) {
	by := From(ctx)
	if by.Type != TypeUser {
		return User{}, errNoUser
	}
	if detail := passwordProblem(password); detail != "" {
		return User{}, hookflow.Invalid("the password cannot be changed", hookflow.Problem{Pointer: "/password", Detail: detail})
	}
	counted := account(by.Name)
	if err := s.limiter().begin(ctx, counted); err != nil {
		return User{}, err
	}
	row, err := s.store.User(ctx, by.ID)
	if err != nil {
		return User{}, err
	}
	switch right, err := s.hasher.verify(ctx, current, row.PasswordHash); {
	case err != nil:
		return User{}, err
	case !right:
		return User{}, errWrongPassword
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return User{}, err
	}
	return s.changeUser(ctx, by.ID, func(tx *store.Tx, row *store.User) error {
		row.PasswordHash = hash
		return errors.Join(forgive(tx, counted), tx.DeleteOtherSessions(by.ID, by.session()))
	})
}

// DeleteUser removes an account with its sessions. The last administrator stays.
func (s *Service) DeleteUser(ctx context.Context, id hookflow.ID) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		tx.LockUsers()
		row, err := tx.User(id)
		if err != nil {
			return err
		}
		return errors.Join(tx.DeleteUser(id), s.keepAdmin(tx, Role(row.Role)),
			s.record(tx, "delete", "user", id.String(), describeUser(row), nil))
	})
}

// keepAdmin refuses a change to an account that was an administrator, when it leaves none.
func (s *Service) keepAdmin(tx *store.Tx, was Role) error {
	if was != Admin {
		return nil
	}
	admins, err := tx.CountUsers(string(Admin))
	if err == nil && admins == 0 {
		return hookflow.Errorf(hookflow.CodeConflict, "this is the last administrator; make another one first")
	}
	return err
}

func describeUser(row store.User) value.Value {
	return (&value.Object{}).Set("email", value.String(row.Email)).Set("role", value.String(row.Role)).Value()
}

func (s *Service) record(tx *store.Tx, action, kind, object string, before, after value.Value) error {
	return Record(tx, Change{s.store.IDs().Next(), s.clock(), action, kind, object, before, after})
}

// newToken makes a token of 256 random bits and the digest that is kept of it. A token is no
// password: it cannot be guessed, so a plain SHA-256 is enough.
func newToken(prefix string) (token string, digest []byte) {
	token = prefix + base64.RawURLEncoding.EncodeToString(randomBytes(32))
	return token, digestOf(token)
}

func digestOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

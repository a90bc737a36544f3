package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// databases open the service on each of the two.
var databases = map[string]func(*testing.T) *Service{
	"sqlite": func(t *testing.T) *Service {
		t.Helper()
		return newService(t, store.Options{Path: filepath.Join(t.TempDir(), "db")})
	},
	"postgres": func(t *testing.T) *Service {
		t.Helper()
		return newService(t, store.Options{URL: pgtest.URL(t)})
	},
}

func newService(t *testing.T, options store.Options) *Service {
	t.Helper()
	options.Clock, options.Logger = func() time.Time { return start }, slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return New(s, options.Clock, options.Logger)
}

func TestRoles(t *testing.T) {
	t.Parallel()
	tests := []struct {
		role, need Role
		want       bool
	}{
		{Viewer, Viewer, true},
		{Viewer, Editor, false},
		{Viewer, Admin, false},
		{Editor, Viewer, true},
		{Editor, Editor, true},
		{Editor, Admin, false},
		{Admin, Viewer, true},
		{Admin, Editor, true},
		{Admin, Admin, true},
		{"", Viewer, false},
		{"", "", false},
		{"root", Viewer, false},
	}
	for _, tt := range tests {
		if got := tt.role.Allows(tt.need); got != tt.want {
			t.Errorf("%q.Allows(%q) = %t", tt.role, tt.need, got)
		}
	}
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	h := newHasher()
	ctx := t.Context()
	hash, err := h.hash(ctx, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(hash, "correct") {
		t.Errorf("hash %q", hash)
	}
	again, err := h.hash(ctx, "correct horse")
	if err != nil || again == hash {
		t.Errorf("two hashes are alike: %v", err)
	}
	for password, want := range map[string]bool{"correct horse": true, "Correct horse": false, "": false} {
		if got, err := h.verify(ctx, password, hash); got != want || err != nil {
			t.Errorf("verify(%q) = %t, %v", password, got, err)
		}
	}
	if ok, err := h.verify(ctx, "correct horse", h.dummy); ok || err != nil {
		t.Errorf("the dummy: %t, %v", ok, err)
	}
	for _, broken := range []string{"", "x", "$argon2i$" + hash[10:], strings.Replace(hash, "v=19", "v=16", 1), hash[:len(hash)-4], hash + "$"} {
		if ok, err := h.verify(ctx, "correct horse", broken); ok || err == nil {
			t.Errorf("%q: %t, %v", broken, ok, err)
		}
	}
}

// TestLimit: two processes on one database count together.
func TestLimit(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			now := start
			s.clock = func() time.Time { return now }
			other := New(s.store, s.clock, s.log)
			limited := func(l limiter, names ...string) bool {
				err := l.begin(t.Context(), names...)
				var e *RateLimitError
				if err != nil && !errors.As(err, &e) {
					t.Fatal(err)
				}
				return err != nil
			}
			for i := range limitAttempts {
				if limited(s.limiter(), "account a", fmt.Sprintf("address %d", i)) {
					t.Fatalf("attempt %d is refused", i)
				}
			}
			if !limited(other.limiter(), "account a", "address new") {
				t.Error("an account past the limit is let in")
			}
			if attempts, _, err := s.store.LoginAttempts(t.Context(), "address new", now); attempts != 0 || err != nil {
				t.Errorf("a refused attempt counted for its address: %d, %v", attempts, err)
			}
			if err := s.store.Write(t.Context(), func(tx *store.Tx) error { return forgive(tx, "account a") }); err != nil {
				t.Fatal(err)
			}
			if limited(other.limiter(), "account a") {
				t.Error("what was forgiven counts")
			}
			now = now.Add(limitWindow)
			if limited(s.limiter(), "account a") {
				t.Error("the window does not end")
			}
		})
	}
}

func TestAddressesOfOneCaller(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::2", true},
		{"2001:db8:1:2::1", "2001:db8:1:3::1", false},
		{"192.0.2.1", "192.0.2.2", false},
		{"nonsense", "nonsense", true},
	} {
		if got := address(tt.a) == address(tt.b); got != tt.same {
			t.Errorf("%s and %s count together: %t", tt.a, tt.b, got)
		}
	}
}

// TestLoginsAtOnce has more wrong log-ins run at the same time than the limit allows.
func TestLoginsAtOnce(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			if _, err := s.CreateUser(t.Context(), "a@example.org", "correct horse", Viewer); err != nil {
				t.Fatal(err)
			}
			var running sync.WaitGroup
			var mu sync.Mutex
			looked := 0
			for i := range 3 * limitAttempts {
				running.Go(func() {
					_, _, err := s.Login(t.Context(), "a@example.org", "wrong horses", Client{IP: fmt.Sprintf("192.0.2.%d", i)})
					mu.Lock()
					defer mu.Unlock()
					if errors.Is(err, errWrongLogin) {
						looked++
					}
				})
			}
			running.Wait()
			if looked != limitAttempts {
				t.Errorf("%d passwords were looked at, want %d", looked, limitAttempts)
			}
		})
	}
}

// TestSystemIsRecorded has nobody in the context, as on the command line.
func TestSystemIsRecorded(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			ctx := t.Context()
			if _, err := s.CreateUser(ctx, "a@example.org", "correct horse", Admin); err != nil {
				t.Fatal(err)
			}
			by := Principal{Type: TypeUser, ID: 7, Name: "b@example.org", Role: Admin, IP: "192.0.2.7"}
			key, token, err := s.CreateAPIKey(With(ctx, by), "ci", Editor, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			entries, _, err := s.store.Audit(ctx, store.AuditFilter{}, store.Page{})
			if err != nil || len(entries) != 2 {
				t.Fatalf("%d entries, %v", len(entries), err)
			}
			if e := entries[0]; e.ActorName != by.Name || e.ActorID != by.ID.String() || e.IP != by.IP || e.Action != "create" || e.ObjectID != key.ID.String() || strings.Contains(string(e.After), token) {
				t.Errorf("the key: %+v", e)
			}
			if e := entries[1]; e.ActorType != TypeSystem || e.ObjectKind != "user" {
				t.Errorf("the user: %+v", e)
			}
		})
	}
}

func TestLastAdministrator(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			ctx := t.Context()
			add := func(email string, role Role) hookflow.ID {
				user, err := s.CreateUser(ctx, email, "correct horse", role)
				if err != nil {
					t.Fatal(err)
				}
				return user.ID
			}
			viewer := add("v@example.org", Viewer)
			if _, err := s.UpdateUser(ctx, viewer, UserChange{Role: Editor}); err != nil {
				t.Errorf("promote a viewer where nobody is an administrator: %v", err)
			}
			admin := add("a@example.org", Admin)
			if _, err := s.UpdateUser(ctx, admin, UserChange{Role: Editor}); hookflow.CodeOf(err) != hookflow.CodeConflict {
				t.Errorf("demote the last administrator: %v", err)
			}
			if err := s.DeleteUser(ctx, admin); hookflow.CodeOf(err) != hookflow.CodeConflict {
				t.Errorf("delete the last administrator: %v", err)
			}
			if err := s.DeleteUser(ctx, viewer); err != nil {
				t.Errorf("delete another: %v", err)
			}
			other := add("b@example.org", Admin)
			var running sync.WaitGroup
			for _, id := range []hookflow.ID{admin, other} {
				running.Go(func() {
					if _, err := s.UpdateUser(ctx, id, UserChange{Role: Viewer}); err != nil && hookflow.CodeOf(err) != hookflow.CodeConflict {
						t.Error(err)
					}
				})
			}
			running.Wait()
			if n, err := s.store.CountUsers(ctx, string(Admin)); n != 1 || err != nil {
				t.Errorf("two who demote each other at once leave %d administrators, %v", n, err)
			}
		})
	}
}

func TestSetupOnce(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			ctx := t.Context()
			old, err := s.NewSetupToken(ctx)
			if err != nil {
				t.Fatal(err)
			}
			token, err := s.NewSetupToken(ctx)
			if err != nil || token == old {
				t.Fatalf("a second token: %v", err)
			}
			setup := func(token string) error {
				_, _, err := s.Setup(context.WithoutCancel(ctx), token, "a@example.org", "correct horse", Client{IP: "192.0.2.1"})
				return err
			}
			for name, tt := range map[string]string{"an older token": old, "none": "", "another": "x"} {
				if err := setup(tt); hookflow.CodeOf(err) != hookflow.CodeForbidden {
					t.Errorf("%s: %v", name, err)
				}
			}
			if err := setup(token); err != nil {
				t.Fatal(err)
			}
			if err := setup(token); hookflow.CodeOf(err) != hookflow.CodeForbidden {
				t.Errorf("again: %v", err)
			}
		})
	}
}

// Who was let in stays in only as long as the key or the session and the role last.
func TestHolds(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			ctx := t.Context()
			now := start
			s.clock = func() time.Time { return now }
			user, err := s.CreateUser(ctx, "a@example.org", "correct horse", Editor)
			if err != nil {
				t.Fatal(err)
			}
			logIn := func() context.Context {
				t.Helper()
				_, token, err := s.Login(ctx, "a@example.org", "correct horse", Client{IP: "192.0.2.1"})
				if err != nil {
					t.Fatal(err)
				}
				who, err := s.bySession(ctx, digestOf(token))
				if err != nil {
					t.Fatal(err)
				}
				return With(ctx, who)
			}
			demoted, loggedOut := logIn(), logIn()
			_, key, err := s.CreateAPIKey(ctx, "k", Viewer, start.Add(time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			who, err := s.byKey(ctx, key)
			if err != nil {
				t.Fatal(err)
			}
			expired := With(ctx, who)
			for name, by := range map[string]context.Context{"session": demoted, "another session": loggedOut, "key": expired} {
				if !s.Holds(by) {
					t.Errorf("the %s does not hold", name)
				}
			}
			if err := s.EndSession(loggedOut, sessionID(From(loggedOut).session())); err != nil {
				t.Fatal(err)
			}
			if _, err := s.UpdateUser(ctx, user.ID, UserChange{Role: Viewer}); err != nil {
				t.Fatal(err)
			}
			now = start.Add(time.Hour)
			for name, by := range map[string]context.Context{"session of another role": demoted, "ended session": loggedOut, "expired key": expired} {
				if s.Holds(by) {
					t.Errorf("the %s holds", name)
				}
			}
		})
	}
}

package secret

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

func open(t *testing.T, options store.Options) *store.Store {
	t.Helper()
	options.Clock, options.Logger = clock, slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func newTestEnv(t *testing.T, s *store.Store, digit string) (*Env, error) {
	t.Helper()
	key, err := ParseKey(strings.Repeat(digit, keySize))
	if err != nil {
		t.Fatal(err)
	}
	return NewEnv(t.Context(), s, key, clock, slog.New(slog.DiscardHandler))
}

func TestEnv(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		testEnv(t, open(t, store.Options{Path: filepath.Join(t.TempDir(), "db")}))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		testEnv(t, open(t, store.Options{URL: pgtest.URL(t)}))
	})
}

func testEnv(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := t.Context()
	env, err := newTestEnv(t, s, "01")
	if err != nil {
		t.Fatal(err)
	}
	put := func(name, value string, secret, wantCreated bool) {
		t.Helper()
		if created, err := env.Put(ctx, name, value, secret); err != nil || created != wantCreated {
			t.Fatalf("Put(%s) = %t, %v", name, created, err)
		}
	}
	put("REGION", "eu", false, true)
	put("TOKEN", "hush-hush", true, true)
	put("TOKEN", "hush-again", true, false)
	put("EMPTY", "", false, true)

	want := []Variable{{"EMPTY", "", false, now}, {"REGION", "eu", false, now}, {"TOKEN", "", true, now}}
	if diff := cmp.Diff(want, env.List()); diff != "" {
		t.Errorf("List: %s", diff)
	}
	if v, secret, ok := env.Lookup("TOKEN"); v != "hush-again" || !secret || !ok {
		t.Errorf("Lookup = %q, %t, %t", v, secret, ok)
	}
	if _, _, ok := env.Lookup("NONE"); ok {
		t.Error("Lookup found what is not there")
	}
	if masked, found := env.Mask([]byte(`{"a":"hush-again"}`)); !found || string(masked) != `{"a":"••••"}` {
		t.Errorf("Mask = %s, %t", masked, found)
	}
	row, err := s.EnvVar(ctx, "TOKEN")
	if err != nil || strings.Contains(string(row.Value), "hush") {
		t.Errorf("the database holds %q, %v", row.Value, err)
	}
	entries, _, err := s.Audit(ctx, store.AuditFilter{ObjectKind: "env"}, store.Page{})
	if err != nil || len(entries) != 4 {
		t.Fatalf("audit: %d entries, %v", len(entries), err)
	}
	for i, want := range []string{`{"secret":false,"value":""}`, `{"secret":true}`, `{"secret":true}`, `{"secret":false,"value":"eu"}`} {
		if got := string(entries[i].After); got != want {
			t.Errorf("audit: after is %s, want %s", got, want)
		}
	}
	if got := string(entries[1].Before); got != `{"secret":true}` {
		t.Errorf("audit: before is %s", got)
	}

	if _, err := newTestEnv(t, s, "02"); !errors.Is(err, ErrSealed) || !strings.Contains(err.Error(), "not the secret key of this database") {
		t.Errorf("with another key: %v", err)
	}
	again, err := newTestEnv(t, s, "01")
	if err != nil {
		t.Fatal(err)
	}
	if v, _, _ := again.Lookup("TOKEN"); v != "hush-again" {
		t.Errorf("after a restart TOKEN is %q", v)
	}

	if err := env.Delete(ctx, "TOKEN"); err != nil {
		t.Fatal(err)
	}
	if _, err := env.Get("TOKEN"); hookflow.CodeOf(err) != hookflow.CodeNotFound {
		t.Errorf("Get after Delete: %v", err)
	}
	if err := env.Delete(ctx, "TOKEN"); hookflow.CodeOf(err) != hookflow.CodeNotFound {
		t.Errorf("Delete again: %v", err)
	}
}

func TestEnvWatch(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Path: filepath.Join(t.TempDir(), "db")})
	env, err := newTestEnv(t, s, "01")
	if err != nil {
		t.Fatal(err)
	}
	other, err := newTestEnv(t, s, "01")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended, changed := make(chan struct{}), s.Watch(ctx, envTopic)
	go func() {
		defer close(ended)
		env.Watch(ctx)
	}()
	for seen := ""; seen != "x"; seen, _, _ = env.Lookup("A") {
		if _, err := other.Put(ctx, "A", "x", false); err != nil { // again, until the watch has begun
			t.Fatal(err)
		}
		<-changed
	}
	stop()
	<-ended
}

func TestEnvRefuses(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Path: filepath.Join(t.TempDir(), "db")})
	env, err := newTestEnv(t, s, "01")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		name, value string
		secret      bool
		pointers    []string
	}{
		"digit first":     {"1A", "x", false, []string{"/name"}},
		"dash":            {"A-B", "x", false, []string{"/name"}},
		"no name":         {"", "x", false, []string{"/name"}},
		"65 characters":   {strings.Repeat("A", 65), "x", false, []string{"/name"}},
		"too long":        {"A", strings.Repeat("x", MaxValue+1), false, []string{"/value"}},
		"NUL":             {"A", "a\x00b", false, []string{"/value"}},
		"not UTF-8":       {"A", "a\xff", false, []string{"/value"}},
		"an empty secret": {"A", "", true, []string{"/value"}},
		"everything":      {"é", "\x00", true, []string{"/name", "/value"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := env.Put(t.Context(), tt.name, tt.value, tt.secret)
			var e *hookflow.Error
			if !errors.As(err, &e) {
				t.Fatalf("Put: %v", err)
			}
			var pointers []string
			for _, p := range e.Problems {
				pointers = append(pointers, p.Pointer)
			}
			if diff := cmp.Diff(tt.pointers, pointers); diff != "" {
				t.Error(diff)
			}
		})
	}
	if list := env.List(); len(list) != 0 {
		t.Errorf("something was saved: %v", list)
	}
}

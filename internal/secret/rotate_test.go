package secret

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

func envWith(t *testing.T, s *store.Store, key *Key) *Env {
	t.Helper()
	e, err := NewEnv(t.Context(), s, key, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func put(t *testing.T, e *Env, name, text string) {
	t.Helper()
	if _, err := e.Put(t.Context(), name, text, true); err != nil {
		t.Fatal(err)
	}
}

// sealedByAll is something of each kind that is sealed.
type sealedByAll struct{ state, document []byte }

func seal(t *testing.T, e *Env) sealedByAll {
	t.Helper()
	put(t, e, "TOKEN", "first-value")
	put(t, e, "TOKEN", "second-value")
	state, err := e.Seal([]byte("a state"))
	if err != nil {
		t.Fatal(err)
	}
	return sealedByAll{state, []byte(`{"a":` + string(e.SealValue(value.String(`it "is"`))) + `}`)}
}

func wantOpen(t *testing.T, e *Env, sealed sealedByAll) {
	t.Helper()
	if v, _, _ := e.Lookup("TOKEN"); v != "second-value" {
		t.Errorf("the variable is %q", v)
	}
	if shown, _ := e.Mask([]byte("first-value second-value")); string(shown) != Mask+" "+Mask {
		t.Errorf("masked: %s", shown)
	}
	if plain, err := e.Open(sealed.state); err != nil || string(plain) != "a state" {
		t.Errorf("the state is %q, %v", plain, err)
	}
	if plain := e.OpenDocument(sealed.document); string(plain) != `{"a":"it \"is\""}` {
		t.Errorf("the document is %s", plain)
	}
}

func TestRotate(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) *store.Store{
		"sqlite": func(t *testing.T) *store.Store {
			t.Helper()
			return open(t, store.Options{Path: filepath.Join(t.TempDir(), "db")})
		},
		"postgres": func(t *testing.T) *store.Store { t.Helper(); return open(t, store.Options{URL: pgtest.URL(t)}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, old, next := open(t), NewKey(), NewKey()
			running := envWith(t, s, old)
			sealed := seal(t, running)
			for range 2 { // again, it does nothing
				if err := Rotate(t.Context(), s, old, next, clock); err != nil {
					t.Fatal(err)
				}
			}
			again := envWith(t, s, next)
			wantOpen(t, again, sealed)
			if _, err := NewEnv(t.Context(), s, old, clock, slog.New(slog.DiscardHandler)); !errors.Is(err, ErrSealed) {
				t.Errorf("the old key: %v", err)
			}

			later, err := running.Seal([]byte("sealed meanwhile"))
			if err != nil {
				t.Fatal(err)
			}
			if plain, err := again.Open(later); err != nil || string(plain) != "sealed meanwhile" {
				t.Errorf("what a running server seals: %q, %v", plain, err)
			}
			if _, err := running.Put(t.Context(), "OTHER", "with the old key", true); hookflow.CodeOf(err) != hookflow.CodeConflict {
				t.Errorf("a running server changes a variable: %v", err)
			}
			put(t, again, "OTHER", "with the new key")

			mine, err := again.Seal([]byte("new"))
			if err != nil {
				t.Fatal(err)
			}
			if plain, err := running.Open(mine); err == nil {
				t.Errorf("what is sealed from now on opens with an older data key: %q", plain)
			}
		})
	}
}

// TestRotateFile stops a rotation at every place where a crash could.
func TestRotateFile(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	load := func(t *testing.T, dir string) *Key {
		t.Helper()
		key, err := LoadKey("", dir, log)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	for name, stop := range map[string]func(t *testing.T, s *store.Store, path string, old, next *Key){
		"nowhere": func(*testing.T, *store.Store, string, *Key, *Key) {},
		"before the database": func(t *testing.T, _ *store.Store, path string, old, next *Key) {
			t.Helper()
			if err := replaceKeyFile(path, next, old); err != nil {
				t.Fatal(err)
			}
		},
		"after the database": func(t *testing.T, s *store.Store, path string, old, next *Key) {
			t.Helper()
			if err := errors.Join(replaceKeyFile(path, next, old), Rotate(t.Context(), s, old, next, clock)); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, KeyFile)
			s, old, next := open(t, store.Options{Path: filepath.Join(dir, "db")}), load(t, dir), NewKey()
			sealed := seal(t, envWith(t, s, old))
			stop(t, s, path, old, next)
			wantOpen(t, envWith(t, s, load(t, dir)), sealed)
			if err := RotateFile(t.Context(), s, dir, clock, log); err != nil {
				t.Fatal(err)
			}
			key := load(t, dir)
			wantOpen(t, envWith(t, s, key), sealed)
			if name != "nowhere" && key.Reveal() != next.Reveal() {
				t.Error("it took another key than the one that it had begun with")
			}
			info, err := os.Stat(path)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("key file: %v, %v", info, err)
			}
			if text, err := os.ReadFile(path); err != nil || strings.Count(string(text), "\n") != 1 || strings.Contains(string(text), old.Reveal()) {
				t.Errorf("the file still holds the old key, %v", err)
			}
		})
	}
}

// TestOlderSeals: what was sealed before there were data keys opens after a rotation, too.
func TestOlderSeals(t *testing.T) {
	t.Parallel()
	s, old, next := open(t, store.Options{Path: filepath.Join(t.TempDir(), "db")}), NewKey(), NewKey()
	state := old.Seal(stateName, []byte("older"))
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutEnvVar(store.EnvVar{Name: "A", Value: old.Seal("A", []byte("older value")), Secret: true, UpdatedAt: now})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := Rotate(t.Context(), s, old, next, clock); err != nil {
		t.Fatal(err)
	}
	e := envWith(t, s, next)
	if v, _, _ := e.Lookup("A"); v != "older value" {
		t.Errorf("the variable is %q", v)
	}
	if plain, err := e.Open(state); err != nil || string(plain) != "older" {
		t.Errorf("the state is %q, %v", plain, err)
	}
}

func TestOpenDocumentLeavesOthers(t *testing.T) {
	t.Parallel()
	e := envWith(t, open(t, store.Options{Path: filepath.Join(t.TempDir(), "db")}), NewKey())
	for _, document := range []string{
		`{"a":{"$sealed":"bm90IG91cnM"}}`, `{"a":{"$sealed":"!"}}`, `{"a":"{\"$sealed\":\"bm90IG91cnM\"}"}`, `[1.10]`,
	} {
		if got := e.OpenDocument([]byte(document)); string(got) != document {
			t.Errorf("%s became %s", document, got)
		}
	}
}

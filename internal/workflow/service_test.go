package workflow

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
)

// ownEndpoint claims POST on the workflow's key.
type ownEndpoint struct{}

func (ownEndpoint) Endpoints(w hookflow.Workflow) []store.Endpoint {
	return []store.Endpoint{{Method: "POST", Pattern: w.Key}}
}

func newService(t *testing.T, options store.Options) *Service {
	t.Helper()
	options.Clock = func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	options.Logger = slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return New(Deps{Store: s, Clock: options.Clock, Endpoints: ownEndpoint{}, Types: testTypes{}, Vault: testVault{}, Variable: variables})
}

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

func decode(t *testing.T, text string) *Document {
	t.Helper()
	d, err := Decode([]byte(text), "")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestSaveAtOnce has several save the same workflow: each change is a revision of its own, and none
// is lost.
func TestSaveAtOnce(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			const writers = 8
			ctx := auth.With(t.Context(), auth.Principal{Type: auth.TypeUser, Name: "a@example.org"})
			if _, err := s.Save(ctx, decode(t, `{"key":"first","enabled":true,"trigger":{"type":"manual"},"nodes":[]}`), Create); err != nil {
				t.Fatal(err)
			}
			var running sync.WaitGroup
			results := make([]error, writers)
			for i := range writers {
				d := decode(t, fmt.Sprintf(`{"key":"first","title":"%d","trigger":{"type":"manual"},"nodes":[]}`, i))
				running.Go(func() { _, results[i] = s.Save(ctx, d, Replace) })
				running.Go(func() {
					if _, err := s.SetEnabled(ctx, "first", true); err != nil {
						t.Error(err)
					}
				})
			}
			running.Wait()
			for _, err := range results {
				if err != nil {
					t.Error(err)
				}
			}
			const saved = 1 + writers
			revisions, err := s.Revisions(ctx, "first")
			if err != nil || len(revisions) != saved {
				t.Fatalf("%d revisions of %d saves, %v", len(revisions), saved, err)
			}
			newest := revisions[0]
			w, err := s.Get(ctx, "first")
			if err != nil || newest.Number != saved || w.Published != newest.ID || newest.CreatedBy != "a@example.org" {
				t.Errorf("published is %+v, the newest of %d is %+v, %v", w, saved, newest, err)
			}
		})
	}
}

// TestCreateAtOnce has several save a workflow that is not there yet: one creates it, and the others
// change it unless they meant to create it.
func TestCreateAtOnce(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			for mode, want := range map[Mode]int{Replace: 8, Create: 1} {
				key := fmt.Sprintf("w%d", mode)
				var running sync.WaitGroup
				results := make([]error, 8)
				for i := range results {
					d := decode(t, fmt.Sprintf(`{"key":"%s","title":"%d","trigger":{"type":"manual"},"nodes":[]}`, key, i))
					running.Go(func() { _, results[i] = s.Save(t.Context(), d, mode) })
				}
				running.Wait()
				saved := 0
				for _, err := range results {
					switch {
					case err == nil:
						saved++
					case mode != Create || hookflow.CodeOf(err) != hookflow.CodeConflict:
						t.Error(err)
					}
				}
				if revisions, err := s.Revisions(t.Context(), key); saved != want || len(revisions) != want || err != nil {
					t.Errorf("mode %d: %d saves and %d revisions, want %d, %v", mode, saved, len(revisions), want, err)
				}
			}
		})
	}
}

// TestConditionAtOnce has several save and publish on the condition that nobody else did: one does.
func TestConditionAtOnce(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			draft, err := s.Save(t.Context(), decode(t, `{"key":"first","trigger":{"type":"manual"},"nodes":[]}`), Draft)
			if err != nil {
				t.Fatal(err)
			}
			stale := errors.New("somebody else was first")
			unchanged := func(version string) error {
				if version != Version(draft.Row) {
					return stale
				}
				return nil
			}
			var running sync.WaitGroup
			results := make([]error, 8)
			for i := range results {
				d := decode(t, fmt.Sprintf(`{"key":"first","title":"%d","trigger":{"type":"manual"},"nodes":[]}`, i))
				running.Go(func() {
					switch i % 3 {
					case 0:
						_, results[i] = s.Publish(t.Context(), "first", unchanged)
					case 1:
						_, results[i] = s.Save(t.Context(), d, Draft, unchanged)
					default:
						_, results[i] = s.Save(t.Context(), d, Replace, unchanged)
					}
				})
			}
			running.Wait()
			won := 0
			for i, err := range results {
				// Who comes to publish after another one did finds no draft.
				late := i%3 == 0 && hookflow.CodeOf(err) == hookflow.CodeConflict
				if err == nil {
					won++
				} else if !errors.Is(err, stale) && !late {
					t.Error(err)
				}
			}
			if won != 1 {
				t.Errorf("%d of %d changes were made, want 1", won, len(results))
			}
		})
	}
}

// TestVersion: a change that others could see makes another version.
func TestVersion(t *testing.T) {
	t.Parallel()
	row := Row{ID: 1, Published: 2, Draft: 3, Enabled: true, UpdatedAt: time.UnixMicro(4)}
	versions := map[string]bool{Version(row): true}
	for _, change := range []func(*Row){
		func(r *Row) { r.ID++ },
		func(r *Row) { r.Published++ },
		func(r *Row) { r.Draft = 0 },
		func(r *Row) { r.Enabled = false },
		func(r *Row) { r.UpdatedAt = time.UnixMicro(5) },
	} {
		changed := row
		change(&changed)
		versions[Version(changed)] = true
	}
	if len(versions) != 6 {
		t.Errorf("6 states have %d versions", len(versions))
	}
	row.UpdatedAt = row.UpdatedAt.Add(time.Nanosecond)
	if !versions[Version(row)] {
		t.Error("a part of a microsecond, which no database keeps, makes another version")
	}
}

func TestDocumentText(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ in, want string }{
		"order and numbers":    {`{"nodes":[],"trigger":{"type":"manual","config":{"b":1.0,"a":1e2}},"key":"k"}`, `{"nodes":[],"trigger":{"type":"manual","config":{"b":1.0,"a":1e2}},"key":"k"}`},
		"without space":        {` {"key" : "k", "trigger":{"type" :"manual"}, "nodes":[ ] } `, `{"key":"k","trigger":{"type":"manual"},"nodes":[]}`},
		"enabled is the row's": {`{"key":"k","enabled":true,"trigger":{"type":"manual"},"nodes":[]}`, `{"key":"k","trigger":{"type":"manual"},"nodes":[]}`},
		"read-only members":    {`{"id":"x","revision":"x","hasDraft":1,"createdAt":0,"updatedAt":[],"key":"k","trigger":{"type":"manual"},"nodes":[]}`, `{"key":"k","trigger":{"type":"manual"},"nodes":[]}`},
		"escapes":              {`{"key":"k","title":"\u00e9\ud800<","trigger":{"type":"manual"},"nodes":[]}`, `{"key":"k","title":"\u00e9\ud800<","trigger":{"type":"manual"},"nodes":[]}`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, string(decode(t, tt.in).Text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecodeNamesEveryProblem(t *testing.T) {
	t.Parallel()
	_, err := Decode([]byte(`{"key":"k","bogus":1,"trigger":{"type":"carrier pigeon"},"nodes":[{"key":"a"}]}`), "k")
	var e *hookflow.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	var pointers []string
	for _, p := range e.Problems {
		pointers = append(pointers, p.Pointer)
	}
	if diff := cmp.Diff([]string{"/bogus", "/trigger/type", "/nodes/0/type"}, pointers); diff != "" {
		t.Error(diff)
	}
}

package collection_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

func TestSQLite(t *testing.T) {
	t.Parallel()
	exercise(t, func(t testing.TB) store.Options {
		return store.Options{Path: filepath.Join(t.TempDir(), "test.db")}
	})
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	exercise(t, func(t testing.TB) store.Options { return store.Options{URL: pgtest.URL(t)} })
}

// exercise runs every behaviour on one kind of database.
func exercise(t *testing.T, options func(testing.TB) store.Options) {
	behaviours := []struct {
		name string
		run  func(*testing.T, fixture)
	}{
		{"types", testTypes},
		{"hostile values", testHostileValues},
		{"records", testRecords},
		{"lists", testLists},
		{"refused records", testRefusedRecords},
		{"unique", testUnique},
		{"concurrent unique", testConcurrentUnique},
		{"filters", testFilters},
		{"conditions", testConditions},
		{"refused filters", testRefusedFilters},
		{"patterns", testPatterns},
		{"updates and deletions", testUpdatesAndDeletions},
		{"search", testSearch},
		{"pages", testPages},
		{"refused queries", testRefusedQueries},
		{"schema", testSchema},
		{"new at once", testSaveNewAtOnce},
		{"schema changes", testSchemaChanges},
		{"refused schemas", testRefusedSchemas},
		{"renames", testRenames},
		{"drops", testDrops},
		{"two services", testTwoServices},
		{"conversions", testConversions},
		{"refused conversions", testRefusedConversions},
		{"previews", testPreviews},
		{"changes under load", testChangesUnderLoad},
		{"relations", testRelations},
		{"deletions of related records", testRelatedDeletions},
		{"refused relations", testRefusedRelations},
		{"upserts", testUpserts},
		{"aggregates", testAggregates},
		{"sql", testSQL},
		{"sql parameters", testSQLParams},
		{"sql attacks", testSQLAttacks},
		{"sql writes", testSQLWrites},
		{"refused sql writes", testRefusedSQLWrites},
		{"sql bounds", testSQLBounds},
		{"history", testHistory},
		{"history of nodes", testHistoryOfNodes},
		{"bounds of the history", testHistoryBounds},
		{"forgotten history", testForgottenHistory},
		{"checks", testChecks},
		{"audit", testAudit},
		{"stats", testStats},
	}
	for _, b := range behaviours {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			b.run(t, open(t, options(t)))
		})
	}
}

// fixture is a service on an empty database.
type fixture struct {
	*collection.Service
	store *store.Store
}

func open(t testing.TB, o store.Options) fixture {
	t.Helper()
	o.Clock, o.Logger = ticking(), slog.New(slog.DiscardHandler)
	st, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("open the store: %v", err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return fixture{collection.New(st, ticking()), st}
}

// ticking is a clock that moves a second at every look.
func ticking() hookflow.Clock {
	var seconds atomic.Int64
	start := time.Date(2026, 1, 2, 3, 4, 5, 678_901_000, time.UTC)
	return func() time.Time { return start.Add(time.Duration(seconds.Add(1)) * time.Second) }
}

func (f fixture) save(t testing.TB, name string, fields ...hookflow.Field) {
	t.Helper()
	if _, err := f.Save(t.Context(), hookflow.Collection{Name: name, Fields: fields}); err != nil {
		t.Fatalf("save %s: %v", name, err)
	}
}

func (f fixture) create(t testing.TB, name, record string) value.Value {
	t.Helper()
	created, err := f.Create(t.Context(), name, value.Raw(record))
	if err != nil {
		t.Fatalf("create %s: %v", record, err)
	}
	return created
}

func (f fixture) find(t testing.TB, name string, q collection.Query) []value.Value {
	t.Helper()
	page, err := f.Records(t.Context(), name, q)
	if err != nil {
		t.Fatalf("find %s: %v", q.Filter, err)
	}
	return page.Records
}

// names are the values of the field "name" of records.
func names(records []value.Value) string {
	var all []string
	for _, r := range records {
		all = append(all, r.Get("name").Text())
	}
	return strings.Join(all, " ")
}

// fails checks an error's code and that it has a problem at pointer whose text holds detail.
func fails(t testing.TB, err error, code hookflow.Code, pointer, detail string) {
	t.Helper()
	if got := hookflow.CodeOf(err); err == nil || got != code {
		t.Errorf("error %v has code %q, want %q", err, got, code)
		return
	}
	var e *hookflow.Error
	errors.As(err, &e)
	for _, p := range e.Problems {
		if p.Pointer == pointer && strings.Contains(p.Detail, detail) {
			return
		}
	}
	t.Errorf("error %v has no problem at %q that says %q", err, pointer, detail)
}

func equal[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// count counts the records that meet a filter; "" is none.
func (f fixture) count(t testing.TB, name, filter string) int64 {
	t.Helper()
	var count int64
	err := f.store.View(t.Context(), func(r store.Reader) (err error) {
		count, err = f.Count(r, name, value.Raw(filter), "")
		return err
	})
	if err != nil {
		t.Fatalf("count %s: %v", filter, err)
	}
	return count
}

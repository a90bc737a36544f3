package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

func openFile(t testing.TB) (s *store.Store, path string) {
	path = filepath.Join(t.TempDir(), "hookflow.db")
	return open(t, store.Options{Path: path}), path
}

func wantCode(t *testing.T, err error, code hookflow.Code) {
	t.Helper()
	if err == nil || hookflow.CodeOf(err) != code {
		t.Errorf("got error %v, want code %s", err, code)
	}
}

func setMeta(t *testing.T, s *store.Store, key, value string) error {
	t.Helper()
	return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SetMeta(key, value) })
}

func TestASecondOpenIsRefused(t *testing.T) {
	t.Parallel()
	s, path := openFile(t)
	_, err := store.Open(t.Context(), store.Options{Path: path, Clock: time.Now})
	wantCode(t, err, hookflow.CodeConflict)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, store.Options{Path: path})
}

// What a returned Write wrote is in the files: a copy of them, made while the
// store runs, has it, as the disk of a machine that loses power would.
func TestWritesAreInTheFilesWhenTheyReturn(t *testing.T) {
	t.Parallel()
	s, path := openFile(t)
	if err := setMeta(t, s, "k", "v"); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + suffix)
		if err == nil {
			err = os.WriteFile(copied+suffix, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := open(t, store.Options{Path: copied}).Meta(t.Context(), "k")
	if got != "v" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestReopenedIDsAreNewer(t *testing.T) {
	t.Parallel()
	s, path := openFile(t)
	id := s.IDs().Next() + 1<<40 // a clock that was ahead
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.InsertWorkflow(store.WorkflowRow{ID: id, Key: "a", CreatedAt: time.Now(), UpdatedAt: time.Now()})
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	if next := open(t, store.Options{Path: path}).IDs().Next(); next <= id {
		t.Errorf("%v is not newer than %v", next, id)
	}
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	s, path := openFile(t)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec("INSERT INTO hf_migrations (version_id, is_applied) VALUES (9999, 1)")
		return err
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	_, err = store.Open(t.Context(), store.Options{Path: path, Clock: time.Now})
	wantCode(t, err, hookflow.CodeConflict)
	if _, again := store.Open(t.Context(), store.Options{Path: path, Clock: time.Now}); again == nil || again.Error() != err.Error() {
		t.Errorf("a refused database stays locked: %v", again)
	}
}

func TestReadersCannotWrite(t *testing.T) {
	t.Parallel()
	s, _ := openFile(t)
	var v string
	if err := s.QueryRow(t.Context(), "INSERT INTO hf_meta (key, value) VALUES ('a', 'b') RETURNING key").Scan(&v); err == nil {
		t.Error("a reader wrote")
	}
}

// Close lets a view end that has begun, refuses reads that have not, and leaves
// no files of readers behind.
func TestCloseWaitsForViews(t *testing.T) {
	t.Parallel()
	s, path := openFile(t)
	if err := setMeta(t, s, "k", "v"); err != nil {
		t.Fatal(err)
	}
	closed := make(chan error, 1)
	err := s.View(t.Context(), func(r store.Reader) error {
		go func() { closed <- s.Close() }()
		for refused := false; !refused; { // until Close has got to the readers
			_, err := s.Meta(t.Context(), "k")
			refused = err != nil
		}
		for range 100 {
			var v string
			if err := r.QueryRow("SELECT value FROM hf_meta WHERE key = 'k'").Scan(&v); v != "v" || err != nil {
				t.Fatalf("the view read %q, %v while the store closed", v, err)
			}
		}
		if len(closed) > 0 {
			t.Error("Close did not wait for the view")
		}
		return nil
	})
	if err := errors.Join(err, <-closed); err != nil {
		t.Fatal(err)
	}
	wantCode(t, s.View(t.Context(), func(store.Reader) error { return nil }), hookflow.CodeOverloaded)
	for _, suffix := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(path + suffix); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s was left behind: %v", suffix, err)
		}
	}
}

// A full disk refuses writes without reporting any as done, keeps reads going,
// and is over when there is room again.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	s, _ := openFile(t)
	const room = 400 // pages; the rest of the test would need thousands
	limitPages(t, s, room)
	value := strings.Repeat("x", 10_000)
	var mu sync.Mutex
	var done, refused []string
	var callers sync.WaitGroup
	for caller := range 20 {
		callers.Go(func() {
			for i := range room { // until the disk is full
				key := fmt.Sprint(caller, i)
				err := setMeta(t, s, key, value)
				mu.Lock()
				if err == nil {
					done = append(done, key)
				} else {
					wantCode(t, err, hookflow.CodeOverloaded)
					refused = append(refused, key)
				}
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	callers.Wait()
	if len(done) == 0 || len(refused) != 20 {
		t.Fatalf("%d writes were done and %d refused", len(done), len(refused))
	}
	limitPages(t, s, 1<<30)
	for _, key := range done {
		if got, err := s.Meta(t.Context(), key); got != value || err != nil {
			t.Errorf("%s was reported as done and is not there: %v", key, err)
		}
	}
	for _, key := range refused {
		if got, err := s.Meta(t.Context(), key); got != "" || err != nil {
			t.Errorf("%s was refused and is there: %v", key, err)
		}
		if err := setMeta(t, s, key, value); err != nil {
			t.Errorf("with room again: %v", err)
		}
	}
}

// limitPages makes a disk of so many pages.
func limitPages(t *testing.T, s *store.Store, pages int) {
	t.Helper()
	var limit int
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRow(fmt.Sprintf("PRAGMA max_page_count = %d", pages)).Scan(&limit)
	})
	if limit != pages || err != nil {
		t.Fatalf("the limit is %d pages, not %d: %v", limit, pages, err)
	}
}

// A table that others refer to can be built anew, and rows that would refer to
// nothing are refused.
func TestRebuildOfATable(t *testing.T) {
	t.Parallel()
	s, _ := openFile(t)
	change := func(statements ...string) error {
		return s.Schema(t.Context(), func(tx *store.Tx) error {
			for _, statement := range statements {
				if _, err := tx.Exec(statement); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := change("CREATE TABLE parent (id BIGINT PRIMARY KEY)", "CREATE TABLE child (parent BIGINT REFERENCES parent (id))",
		"INSERT INTO parent VALUES (1)", "INSERT INTO child VALUES (1)")
	if err != nil {
		t.Fatal(err)
	}
	rebuild := []string{
		"CREATE TABLE parent2 (id BIGINT PRIMARY KEY, name TEXT)", "INSERT INTO parent2 (id) SELECT id FROM parent",
		"DROP TABLE parent", "ALTER TABLE parent2 RENAME TO parent",
	}
	if err := change(rebuild...); err != nil {
		t.Errorf("rebuild: %v", err)
	}
	wantCode(t, change("DELETE FROM parent"), hookflow.CodeConflict)
	err = s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec("DELETE FROM parent")
		return err
	})
	if err == nil {
		t.Error("foreign keys are off after a schema change")
	}
}

func TestTheLogStaysSmall(t *testing.T) {
	t.Parallel()
	s, path := openFile(t)
	value := strings.Repeat("x", 1<<20)
	for i := range 64 {
		if err := setMeta(t, s, fmt.Sprint(i%4), value); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(path + "-wal")
	if err != nil || info.Size() > 32<<20 {
		t.Errorf("the log has %d bytes, %v", info.Size(), err)
	}
}

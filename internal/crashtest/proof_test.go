package crashtest

import (
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/hookflowtest"
	"github.com/hookflow/hookflow/internal/store"
)

// kill kills the server and notes what it has finished.
func (w *world) kill(t *testing.T) {
	t.Helper()
	w.Kill()
	w.noteLeft(t)
}

// noteLeft notes what the dead process has finished, from a copy of what it
// left on disk.
func (w *world) noteLeft(t *testing.T) {
	t.Helper()
	left := t.TempDir()
	if err := os.CopyFS(left, os.DirFS(w.Dir)); err != nil {
		t.Fatal(err)
	}
	s := open(t, store.Options{Path: filepath.Join(left, "hookflow.db")})
	calls := by(w.outside.all(), byKey)
	for _, id := range everyID(t, s) {
		for _, key := range finished(t, s, id) {
			w.finished[key] = len(calls[key])
		}
	}
}

func open(t *testing.T, o store.Options) *store.Store {
	t.Helper()
	o.Clock, o.Logger = time.Now, slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("open the database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// finished returns the Idempotency-Keys of the nodes of an execution that have
// ended.
func finished(t *testing.T, s *store.Store, id hookflow.ID) (keys []string) {
	t.Helper()
	steps, err := s.Journal(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		if step.Status.Ended() {
			keys = append(keys, id.String()+"/"+step.Path)
		}
	}
	return keys
}

func everyID(t *testing.T, s *store.Store) (ids []hookflow.ID) {
	t.Helper()
	for cursor := ""; ; {
		page, next, err := s.Executions(t.Context(), store.ExecutionFilter{}, store.Page{Limit: 1000, Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page {
			ids = append(ids, e.ID)
		}
		if cursor = next; cursor == "" {
			return ids
		}
	}
}

// ended waits until every execution has ended.
func (w *world) ended(t *testing.T, s *hookflowtest.Server) {
	t.Helper()
	hookflowtest.Eventually(t, "every execution has ended", func() bool {
		for _, status := range []hookflow.Status{hookflow.StatusQueued, hookflow.StatusWaiting, hookflow.StatusRunning} {
			var some page[execution]
			s.Into(&some, "GET", "/api/executions?limit=1&status="+string(status), "")
			if len(some.Items) > 0 {
				return false
			}
		}
		// One may have changed its status between two of these looks.
		return !slices.ContainsFunc(list[execution](s, "/api/executions"), func(e execution) bool { return !e.Status.Ended() })
	})
}

// page is one answer of a list.
type page[T any] struct {
	Items      []T
	NextCursor *string
}

func list[T any](s *hookflowtest.Server, path string) (items []T) {
	for query := "?limit=1000"; ; {
		var p page[T]
		s.Into(&p, "GET", path+query, "")
		items = append(items, p.Items...)
		if p.NextCursor == nil {
			return items
		}
		query = "?limit=1000&cursor=" + url.QueryEscape(*p.NextCursor)
	}
}

type execution struct {
	ID, Delivery, Workflow, Error string
	Status                        hookflow.Status
	Steps                         []hookflow.Step
}

type record struct {
	Ref, State string
	Round      int
}

// prove holds everything against the promises: what was acknowledged was done,
// and what was done was done once. Executions of the workflows named may have
// ended as error.
func (w *world) prove(t *testing.T, s *hookflowtest.Server, mayFail ...string) {
	t.Helper()
	executions := list[execution](s, "/api/executions")
	w.proveAccepted(t, executions)
	for _, e := range executions {
		if e.Status != hookflow.StatusSucceeded && !slices.Contains(mayFail, e.Workflow) {
			t.Errorf("execution %s of %s ended as %s: %s", e.ID, e.Workflow, e.Status, e.Error)
		}
		proveJournal(t, s, e.ID)
	}
	w.proveRecords(t, s, mayFail)
	w.proveCalls(t)
}

func (w *world) proveAccepted(t *testing.T, executions []execution) {
	t.Helper()
	of := map[string]int{}
	for _, e := range executions {
		of[e.Delivery]++
	}
	for id, delivery := range w.acknowledged() {
		if of[delivery] != 1 {
			t.Errorf("%s was acknowledged and has %d executions", id, of[delivery])
		}
	}
}

// proveJournal: every node of an execution ended once.
func proveJournal(t *testing.T, s *hookflowtest.Server, id string) {
	t.Helper()
	var e execution
	s.Into(&e, "GET", "/api/executions/"+id, "")
	ended := map[string]bool{}
	for _, step := range e.Steps {
		if step.Status.Ended() && ended[step.Path] {
			t.Errorf("node %s of execution %s ended twice", step.Path, id)
		}
		ended[step.Path] = ended[step.Path] || step.Status.Ended()
	}
}

// proveRecords: every write was done once, and every acknowledged one was done.
func (w *world) proveRecords(t *testing.T, s *hookflowtest.Server, mayFail []string) {
	t.Helper()
	for _, name := range []string{"begun", "done"} {
		count := map[string]int{}
		for _, r := range list[record](s, "/api/collections/"+name+"/records") {
			at := fmt.Sprintf("%s/%d", r.Ref, r.Round)
			if count[at]++; count[at] > 1 {
				t.Errorf("%s has %s %d times", name, at, count[at])
			}
			if workflowOf(r.Ref) == "load" && name == "begun" && r.State != "told" {
				t.Errorf("the record of %s is %s, and its execution has ended", r.Ref, r.State)
			}
		}
		for id := range w.acknowledged() {
			unwritten := slices.Contains(mayFail, workflowOf(id)) || name == "begun" && slices.Contains([]string{"rounds", "thinking", "long"}, workflowOf(id))
			if !unwritten && count[id+"/0"] != 1 {
				t.Errorf("%s was acknowledged and is %d times in %s", id, count[id+"/0"], name)
			}
		}
	}
}

// proveCalls: an execution keeps its Idempotency-Key, and a call whose step was
// on disk when a process died is not made again.
func (w *world) proveCalls(t *testing.T) {
	t.Helper()
	told := by(w.outside.seen("/tell"), byID)
	for id := range w.acknowledged() {
		if workflow := workflowOf(id); workflow != "once" && workflow != "once-of-three" && len(told[id]) == 0 {
			t.Errorf("%s was acknowledged and the receiver never saw it", id)
		}
	}
	for id, calls := range told {
		if keys := by(calls, byKey); workflowOf(id) != "rounds" && workflowOf(id) != "long" && len(keys) != 1 {
			t.Errorf("%s was told under %d keys", id, len(keys))
		}
	}
	calls := by(w.outside.all(), byKey)
	for key, before := range w.finished {
		if len(calls[key]) != before {
			t.Errorf("%s was on disk when a process died, after %d calls; %d were made in the end", key, before, len(calls[key]))
		}
	}
}

// repeated returns the keys of a path that were used more than once.
func (w *world) repeated(path string) (keys []string) {
	for key, calls := range by(w.outside.seen(path), byKey) {
		if len(calls) > 1 {
			keys = append(keys, key)
		}
	}
	return keys
}

// workflowOf returns the workflow that an id was sent to.
func workflowOf(id string) string {
	for i := len(id) - 1; i >= 0; i-- {
		if id[i] == '-' {
			return id[:i]
		}
	}
	return ""
}

// proveFile has SQLite check the file that a server has left.
func (w *world) proveFile(t *testing.T) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(w.Dir, "hookflow.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // it was only read
	var verdict string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity_check says %q, %v", verdict, err)
	}
}

package store

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
)

var errLost = errors.New("the connection broke after COMMIT had been sent")

// forgetful is a backend that commits and then loses the answer, as a database does whose connection
// breaks at the wrong moment.
type forgetful struct {
	backend
	loses atomic.Bool
}

func (f *forgetful) connect() writeConn { return &forgetfulConn{f.backend.connect(), f} }

type forgetfulConn struct {
	writeConn
	of *forgetful
}

func (c *forgetfulConn) commit() error {
	if err := c.writeConn.commit(); err != nil || !c.of.loses.CompareAndSwap(true, false) {
		return err
	}
	return errLost
}

func (c *forgetfulConn) diagnose(err error) diagnosis {
	if errors.Is(err, errLost) {
		return noRoom
	}
	return c.writeConn.diagnose(err)
}

// TestCommitWhoseAnswerGotLost: an execution's commit that took effect although its writer heard of an
// error is refused when it is repeated, with all that it would write again.
func TestCommitWhoseAnswerGotLost(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	step := []hookflow.Step{{NodeKey: "a", Path: "a", Status: hookflow.StatusSucceeded}}
	for name, commit := range map[string]Commit{
		"of a step":  {Status: hookflow.StatusRunning, StartedAt: now, Steps: step},
		"of the end": {Status: hookflow.StatusSucceeded, StartedAt: now, FinishedAt: now, Steps: step},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := openSQLite(t.Context(), filepath.Join(t.TempDir(), "test.db"), false)
			if err != nil {
				t.Fatal(err)
			}
			f := &forgetful{backend: b}
			s := &Store{
				backend: f, process: "test", log: slog.New(slog.DiscardHandler), writes: make(chan *op, maxWaiting),
				schemas: make(chan *op, maxSchemas), closing: make(chan struct{}), stopped: make(chan struct{}),
			}
			if err := s.prepareIDs(t.Context(), func() time.Time { return now }); err != nil {
				t.Fatal(err)
			}
			s.start()
			t.Cleanup(func() { _ = s.Close() })
			checkLostAnswer(t, s, f, commit)
		})
	}
}

func checkLostAnswer(t *testing.T, s *Store, f *forgetful, commit Commit) {
	t.Helper()
	now := commit.StartedAt
	e := &hookflow.Execution{ID: s.IDs().Next(), WorkflowID: s.IDs().Next(), RevisionID: s.IDs().Next(), StartedBy: hookflow.StartedByManual, Status: hookflow.StatusRunning, CreatedAt: now}
	if err := s.Write(t.Context(), func(tx *Tx) error { return tx.InsertExecution(e) }); err != nil {
		t.Fatal(err)
	}
	commit.Execution = e.ID
	// The audit entry stands for a record that a node writes in the same transaction.
	write := func() error {
		return s.Write(context.Background(), func(tx *Tx) error {
			if err := tx.InsertAudit(AuditEntry{ID: s.IDs().Next(), At: now, Action: "written"}); err != nil {
				return err
			}
			return tx.CommitExecution(&commit)
		})
	}
	f.loses.Store(true)
	if err := write(); hookflow.CodeOf(err) != hookflow.CodeOverloaded {
		t.Fatalf("a lost answer is %v, want one that is tried again", err)
	}
	if err := write(); err == nil || hookflow.CodeOf(err) == hookflow.CodeOverloaded {
		t.Fatalf("the commit was repeated: %v", err)
	}
	written, _, err := s.Audit(t.Context(), AuditFilter{}, Page{Limit: 10})
	if err != nil || len(written) != 1 {
		t.Fatalf("written %d times, %v; want once", len(written), err)
	}
	steps, err := s.Journal(t.Context(), e.ID)
	if err != nil || len(steps) != 1 {
		t.Fatalf("%d steps, %v; want one", len(steps), err)
	}
}

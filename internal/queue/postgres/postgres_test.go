package postgres_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/queue/postgres"
	"github.com/hookflow/hookflow/internal/queue/queuetest"
	"github.com/hookflow/hookflow/internal/store"
)

func TestQueue(t *testing.T) {
	t.Parallel()
	queuetest.Exercise(t, open)
	queuetest.Together(t, open)
}

func open(t *testing.T) *queuetest.Database {
	url, clock := pgtest.URL(t), queuetest.NewTime()
	return &queuetest.Database{
		Time: clock,
		Open: func(t *testing.T, o queue.Options) (*store.Store, queue.Queue) {
			s, err := store.Open(t.Context(), store.Options{URL: url, Clock: clock.Now, Logger: o.Logger})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			return s, postgres.New(s, url, o)
		},
		Shift: func(t *testing.T, s *store.Store, d time.Duration) {
			write(t, s, func(tx *store.Tx) {
				tx.Queue(`UPDATE hf_executions SET due_at = due_at - ? WHERE status = 'waiting'`, d.Microseconds())
				tx.Notify("executions")
			})
		},
		Expire: func(t *testing.T, s *store.Store) {
			write(t, s, func(tx *store.Tx) {
				tx.Queue(`DELETE FROM hf_processes WHERE id = ?`, s.ProcessID())
			})
		},
	}
}

func write(t *testing.T, s *store.Store, fn func(*store.Tx)) {
	t.Helper()
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		fn(tx)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A dead process may have been in the middle of a transaction: what it has
// locked must not keep the rest from being taken over.
func TestLockedRowsHinderNoTakeOver(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	s, err := store.Open(t.Context(), store.Options{URL: url, Clock: time.Now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	locked, free := s.IDs().Next(), s.IDs().Next()
	write(t, s, func(tx *store.Tx) {
		for _, id := range []hookflow.ID{locked, free} {
			e := &hookflow.Execution{ID: id, WorkflowID: 1, RevisionID: 1, Status: hookflow.StatusRunning, CreatedAt: time.Now()}
			if err := tx.InsertExecution(e); err != nil {
				t.Error(err)
			}
		}
		tx.Queue(`UPDATE hf_executions SET owner = 'dead'`)
	})
	sleeper, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sleeper.Close(context.WithoutCancel(t.Context())) })
	if _, err := sleeper.Exec(t.Context(), `BEGIN`); err != nil {
		t.Fatal(err)
	}
	if _, err := sleeper.Exec(t.Context(), `UPDATE hf_executions SET error = '' WHERE id = $1`, locked); err != nil {
		t.Fatal(err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	taken := make(chan hookflow.ID, 2)
	ended := make(chan error, 1)
	go func() {
		ended <- postgres.New(s, url, queue.Options{Workers: 1, Clock: time.Now}).Run(ctx, func(_ context.Context, c queue.Claim) {
			taken <- c.ID
			cancel()
		})
	}()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if id := <-taken; id != free {
		t.Errorf("%s was handed out, not %s", id, free)
	}
}

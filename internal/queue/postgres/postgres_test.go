package postgres_test

import (
	"testing"
	"time"

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

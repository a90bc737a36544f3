package local_test

import (
	"path/filepath"
	"testing"

	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/queue/local"
	"github.com/hookflow/hookflow/internal/queue/queuetest"
	"github.com/hookflow/hookflow/internal/store"
)

func TestQueue(t *testing.T) {
	t.Parallel()
	queuetest.Exercise(t, func(t *testing.T) *queuetest.Database {
		path, time := filepath.Join(t.TempDir(), "test.db"), queuetest.NewTime()
		return &queuetest.Database{Time: time, Open: func(t *testing.T, o queue.Options) (*store.Store, queue.Queue) {
			s, err := store.Open(t.Context(), store.Options{Path: path, Clock: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			return s, local.New(s, o)
		}}
	})
}

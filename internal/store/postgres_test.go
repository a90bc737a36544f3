package store_test

import (
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
)

// openTwo opens two processes on one new database.
func openTwo(t *testing.T) (a, b *store.Store) {
	t.Helper()
	url := pgtest.URL(t)
	return open(t, store.Options{URL: url}), open(t, store.Options{URL: url})
}

func TestProcessesShareADatabase(t *testing.T) {
	t.Parallel()
	a, b := openTwo(t)
	changed := b.Watch(t.Context(), "topic")
	for range 2 { // the first may tell that b listens from now on
		err := a.Write(t.Context(), func(tx *store.Tx) error {
			tx.Notify("topic")
			return tx.SetMeta("k", "v")
		})
		if err != nil {
			t.Fatal(err)
		}
		<-changed
	}
	if got, err := b.Meta(t.Context(), "k"); got != "v" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	const slots = hookflow.MaxSlot << 12
	if a.IDs().Next()&slots == b.IDs().Next()&slots {
		t.Error("two processes make ids in one slot")
	}
}

func TestProcessesStartTogether(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	var starting sync.WaitGroup
	for range 3 {
		starting.Go(func() {
			s, err := store.Open(t.Context(), store.Options{URL: url, Clock: time.Now, Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			if err := s.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	}
	starting.Wait()
}

func TestAProcessLeavesItsSlot(t *testing.T) {
	t.Parallel()
	a, b := openTwo(t)
	processes := func() (n int) {
		if err := b.QueryRow(t.Context(), "SELECT count(*) FROM hf_processes").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := processes(); n != 2 {
		t.Errorf("%d processes, want 2", n)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if n := processes(); n != 1 {
		t.Errorf("%d processes, want 1", n)
	}
}

// Two processes that take the same rows in opposite order deadlock; both get
// their way, one after the other.
func TestDeadlocksAreTriedAgain(t *testing.T) {
	t.Parallel()
	a, b := openTwo(t)
	if err := errors.Join(setMeta(t, a, "x", ""), setMeta(t, a, "y", "")); err != nil {
		t.Fatal(err)
	}
	var both sync.WaitGroup
	both.Add(2)
	meet := func() { both.Done(); both.Wait() }
	change := func(s *store.Store, first, second string) error {
		meets := sync.OnceFunc(meet)
		return s.Write(t.Context(), func(tx *store.Tx) error {
			for _, key := range []string{first, second} {
				if _, err := tx.Exec("UPDATE hf_meta SET value = value || ? WHERE key = ?", first, key); err != nil {
					return err
				}
				meets()
			}
			return nil
		})
	}
	results := make(chan error, 2)
	go func() { results <- change(a, "x", "y") }()
	go func() { results <- change(b, "y", "x") }()
	if err := errors.Join(<-results, <-results); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"x", "y"} {
		if got, err := a.Meta(t.Context(), key); len(got) != 2 || err != nil {
			t.Errorf("%s is %q, %v", key, got, err)
		}
	}
}

// A server that drops all connections costs refusals, and then works again.
func TestLostConnections(t *testing.T) {
	t.Parallel()
	a, b := openTwo(t)
	changed := a.Watch(t.Context(), "topic")
	err := b.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if err = setMeta(t, a, "k", "v"); err == nil {
			break
		}
		wantCode(t, err, hookflow.CodeOverloaded)
	}
	if err != nil {
		t.Fatalf("it does not work again: %v", err)
	}
	<-changed // it listens again and tells that something may have been missed
}

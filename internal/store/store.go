// Package store keeps what the product must not lose: it turns many small
// writes into few durable commits, on SQLite or PostgreSQL, and holds the
// system tables.
package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/hookflow/hookflow"
)

// Options say which database to open.
type Options struct {
	URL    string // postgres://…; when empty, Path
	Path   string // the SQLite file; its directory must exist
	Clock  hookflow.Clock
	Logger *slog.Logger
	// Beside opens a SQLite file for small changes while a server may have it
	// open: the two wait for each other's commits.
	Beside bool
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	backend backend
	ids     *hookflow.IDs
	process string
	log     *slog.Logger
	hub     hub

	writes  chan *op
	schemas chan *op
	closing chan struct{} // closed when no more writes are taken
	stopped chan struct{} // closed when the last writer has returned
	close   sync.Once
	broken  atomic.Pointer[hookflow.Error] // why no write can be trusted any more
}

// backend is what the two databases do differently.
type backend interface {
	dialect() Dialect
	// connect returns the connection of one writer.
	connect() writeConn
	writers() int
	view(ctx context.Context, fn func(Reader) error) error
	reader(ctx context.Context) Reader
	// slot claims a number for this process's IDs.
	slot(ctx context.Context, process string) (int, error)
	// watch wakes the topics that other processes announce until ctx is done.
	watch(ctx context.Context, wake func(topic string), wakeAll func())
	close() error
}

var errClosed = hookflow.Errorf(hookflow.CodeOverloaded, "the store is closed")

// Open opens the database, keeps other processes out (SQLite), migrates it and
// starts its writers. It refuses a database that a newer version has migrated.
func Open(ctx context.Context, o Options) (*Store, error) {
	b, err := openBackend(ctx, o)
	if err != nil {
		return nil, err
	}
	s := &Store{
		backend: b,
		process: rand.Text(),
		log:     o.Logger,
		writes:  make(chan *op, maxWaiting),
		schemas: make(chan *op, maxSchemas),
		closing: make(chan struct{}),
		stopped: make(chan struct{}),
	}
	if err := s.prepareIDs(ctx, o.Clock); err != nil {
		return nil, errors.Join(err, b.close())
	}
	s.start()
	return s, nil
}

func openBackend(ctx context.Context, o Options) (backend, error) {
	if o.URL != "" {
		return openPostgres(ctx, o.URL, o.Logger)
	}
	return openSQLite(ctx, o.Path, o.Beside)
}

func (s *Store) prepareIDs(ctx context.Context, clock hookflow.Clock) error {
	slot, err := s.backend.slot(ctx, s.process)
	if err != nil {
		return fmt.Errorf("claim a slot for ids: %w", err)
	}
	floor, err := s.newestID(ctx)
	if err != nil {
		return err
	}
	s.ids = hookflow.NewIDs(slot, floor, clock)
	return nil
}

// start runs the writers and the watcher until Close.
func (s *Store) start() {
	var running sync.WaitGroup
	for range s.backend.writers() {
		w := &writer{store: s, conn: s.backend.connect()}
		running.Go(w.run)
	}
	watching, stopWatching := context.WithCancel(context.Background())
	running.Go(func() { s.backend.watch(watching, s.hub.wake, s.hub.wakeAll) })
	go func() {
		<-s.closing
		stopWatching()
		running.Wait()
		close(s.stopped)
	}()
}

// Close finishes the writes that wait and the reads that have begun, refuses
// new ones, and closes the database. Rows that nobody closes keep it waiting.
func (s *Store) Close() error {
	err := error(nil)
	s.close.Do(func() {
		close(s.closing)
		<-s.stopped
		err = s.backend.close()
	})
	return err
}

// Dialect tells the database.
func (s *Store) Dialect() Dialect { return s.backend.dialect() }

// IDs makes the IDs of this process.
func (s *Store) IDs() *hookflow.IDs { return s.ids }

// ProcessID names this process among those on the database; every Open makes a
// new one.
func (s *Store) ProcessID() string { return s.process }

// Write runs fn in a transaction that it shares with other writers, and returns
// when the commit that holds fn's writes is durable. fn may run more than once:
// it must have no effect but through tx and must not wait for anything. Its
// error takes back its own writes only and is returned as it is. A done ctx
// gives up while fn waits for its turn; after that the outcome is awaited.
//
// Too many waiting writers, a full disk and a database that cannot be reached
// are CodeOverloaded. After a failed fsync nobody knows what is on disk, so the
// store refuses every further write until it is opened again.
func (s *Store) Write(ctx context.Context, fn func(tx *Tx) error) error {
	return s.submit(ctx, &op{ctx: ctx, fn: fn, done: make(chan error, 1)})
}

// Schema runs fn in a transaction of its own in which tables may change. On
// SQLite no other write runs meanwhile and foreign keys are checked at the end
// instead of by statement; on PostgreSQL one Schema runs at a time and a lock
// is waited for ten seconds at most.
func (s *Store) Schema(ctx context.Context, fn func(tx *Tx) error) error {
	return s.submit(ctx, &op{ctx: ctx, fn: fn, done: make(chan error, 1), schema: true})
}

// Query reads what is committed, every returned Write included. The Rows must
// be closed.
func (s *Store) Query(ctx context.Context, query string, args ...any) (Rows, error) {
	return s.backend.reader(ctx).Query(query, args...)
}

// QueryRow reads one row as Query does.
func (s *Store) QueryRow(ctx context.Context, query string, args ...any) Row {
	return s.backend.reader(ctx).QueryRow(query, args...)
}

// View runs fn on one consistent state of the database.
func (s *Store) View(ctx context.Context, fn func(r Reader) error) error {
	return s.backend.view(ctx, fn)
}

// Watch returns a channel that gets a value after the topic was announced by
// Tx.Notify, in this process or another, and when announcements may have been
// lost. Several announcements may become one. It works until ctx is done.
func (s *Store) Watch(ctx context.Context, topic string) <-chan struct{} {
	return s.hub.watch(ctx, topic)
}

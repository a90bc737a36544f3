// Package collection keeps the users' tables: collections with typed fields, and their records.
//
// Every collection is a real table with a typed column per field, on SQLite and on PostgreSQL. Its
// physical names are made from ids (ut_<id>, c_<id>), so that text from outside never becomes an
// identifier and a new name is a write to the catalogue, not to the schema. All values travel as
// arguments of a statement.
package collection

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// Bounds of what one collection and one call may hold.
const (
	MaxCollections = 1000
	MaxFields      = 200
	MaxList        = 10_000   // records of one CreateIn
	MaxLimit       = 1000     // records of one Find
	MaxOffset      = 1 << 20  // records that one Find skips
	MaxText        = 16 << 20 // bytes of one text or json value
	MaxIndexed     = 2000     // bytes of one value in an indexed or unique field
	MaxAnswer      = 64 << 20 // bytes of the records of one Find
	maxProblems    = 50
)

const (
	// topic is announced when the catalogue has changed.
	topic         = "collections"
	reloadTimeout = 10 * time.Second
	maxRetries    = 4 // of a read that schema changes have overtaken
)

// Service reads and writes collections and their records. It is safe for concurrent use. It knows
// the catalogue by heart: its own changes at once, those of other processes when they are announced.
type Service struct {
	store   *store.Store
	clock   hookflow.Clock
	changed <-chan struct{}
	stale   atomic.Bool
	reading sync.Mutex // one reload at a time, so that the newest is the last
	known   atomic.Pointer[catalogue]
}

// New returns the service of a store. It listens for changes until the store is closed.
func New(st *store.Store, clock hookflow.Clock) *Service {
	return &Service{store: st, clock: clock, changed: st.Watch(context.Background(), topic)}
}

// List returns all collections by name.
func (s *Service) List(ctx context.Context) ([]hookflow.Collection, error) {
	var all []hookflow.Collection
	err := s.store.View(ctx, func(r store.Reader) error {
		known, err := s.catalogue(r)
		if err != nil {
			return err
		}
		all = make([]hookflow.Collection, len(known.tables))
		for i, t := range known.tables {
			all[i] = t.document()
		}
		return nil
	})
	return all, err
}

// Get returns one collection, or an error of CodeNotFound.
func (s *Service) Get(ctx context.Context, name string) (hookflow.Collection, error) {
	var found hookflow.Collection
	err := s.store.View(ctx, func(r store.Reader) error {
		t, err := s.table(r, name)
		if err == nil {
			found = t.document()
		}
		return err
	})
	return found, err
}

// table looks a collection up, or returns an error of CodeNotFound.
func (s *Service) table(r store.Reader, name string) (*table, error) {
	known, err := s.catalogue(r)
	if err != nil {
		return nil, err
	}
	return known.table(name)
}

// catalogue never waits for a reload: a caller may hold the connection that it would need.
func (s *Service) catalogue(r store.Reader) (*catalogue, error) {
	switch r := r.(type) {
	case sure:
		return r.known, nil
	case *store.Tx:
		if r.Assume(); r.Again() {
			return load(r, s.postgres())
		}
	}
	select {
	case <-s.changed:
		s.stale.Store(true)
	default:
	}
	if s.stale.CompareAndSwap(true, false) {
		go s.reload()
	}
	if known := s.known.Load(); known != nil {
		return known, nil
	}
	known, err := load(r, s.postgres())
	if err != nil {
		return nil, err
	}
	s.known.CompareAndSwap(nil, known)
	return known, nil
}

// reload reads the catalogue. When somebody else has set it meanwhile, nobody knows which one is
// newer, and it is read once more.
func (s *Service) reload() {
	s.reading.Lock()
	defer s.reading.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), reloadTimeout)
	defer cancel()
	before := s.known.Load()
	err := s.store.View(ctx, func(r store.Reader) error {
		known, err := load(r, s.postgres())
		if err == nil && !s.known.CompareAndSwap(before, known) {
			s.stale.Store(true)
		}
		return err
	})
	if err != nil {
		s.stale.Store(true)
	}
}

// view runs fn on what is committed; again, with a catalogue that was just read, when the schema has
// changed since it was looked up.
func (s *Service) view(ctx context.Context, fn func(store.Reader) error) error {
	err := s.store.View(ctx, fn)
	for range maxRetries {
		if !store.IsOutdated(err) {
			break
		}
		err = s.store.View(ctx, func(r store.Reader) error {
			known, err := load(r, s.postgres())
			if err != nil {
				return err
			}
			return fn(sure{r, known})
		})
	}
	return err
}

// sure is a reader with the catalogue as it is there.
type sure struct {
	store.Reader
	known *catalogue
}

func (s *Service) postgres() bool { return s.store.Dialect() == store.Postgres }

func notFound(name string) error {
	return hookflow.Errorf(hookflow.CodeNotFound, "there is no collection %s", quote(name))
}

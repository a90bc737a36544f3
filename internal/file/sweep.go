package file

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/hookflow/hookflow/internal/store"
)

const (
	// interval is the time between two sweeps.
	interval = 6 * time.Hour
	// grace is how long a file is kept that nothing refers to: records that are
	// being written may.
	grace = 24 * time.Hour
	// page is how many files are looked for at once among all that records hold.
	page = 50_000
	// batch is how many files one transaction removes at most.
	batch = 20
)

// Uses visits the ids of all files that records hold.
type Uses func(ctx context.Context, visit func(id string)) error

// Run removes files that nothing refers to, now and then, until ctx is done.
func (s *Service) Run(ctx context.Context, uses Uses, log *slog.Logger) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.Sweep(ctx, uses); err != nil && ctx.Err() == nil {
			log.Error("files that nothing refers to could not be removed; the next sweep tries again", "error", err)
		}
	}
}

// Sweep removes the files that nobody uploaded and nothing has referred to for a
// day. A record that takes one while it is looked for keeps it.
func (s *Service) Sweep(ctx context.Context, uses Uses) error {
	since := s.clock().Add(-grace)
	for after := ""; ; {
		idle, err := s.store.IdleFiles(ctx, since, after, page)
		if err != nil || len(idle) == 0 {
			return err
		}
		after = idle[len(idle)-1]
		unused := make(map[string]bool, len(idle))
		for _, id := range idle {
			unused[id] = true
		}
		if err := uses(ctx, func(id string) { delete(unused, id) }); err != nil {
			return fmt.Errorf("look for the files of records: %w", err)
		}
		if err := s.remove(ctx, unused, since); err != nil {
			return err
		}
	}
}

func (s *Service) remove(ctx context.Context, ids map[string]bool, since time.Time) error {
	for len(ids) > 0 {
		var some []string
		for id := range ids {
			if some = append(some, id); len(some) == batch {
				break
			}
		}
		err := s.store.Write(ctx, func(tx *store.Tx) error {
			for _, id := range some {
				tx.PruneFile(id, since)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, id := range some {
			delete(ids, id)
		}
	}
	return nil
}

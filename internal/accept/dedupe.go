package accept

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// ErrDuplicate says that another accepted delivery has the key.
var ErrDuplicate = errors.New("the same event was accepted before")

// Key recognises an event until it expires.
type Key struct {
	Hash    [sha256.Size]byte
	Expires time.Time
}

// First is the accepted delivery that has a key. Delivery and Execution are nil
// when they were removed; the execution is only looked for while the delivery has
// no answer on record.
type First struct {
	ID        hookflow.ID
	Delivery  *hookflow.Delivery
	Execution *hookflow.Execution
	Response  *hookflow.Response // what the workflow answered
}

// First returns the accepted delivery of the workflow that has the key at now,
// nil when none does.
func (s *Service) First(ctx context.Context, workflow hookflow.ID, hash [sha256.Size]byte, now time.Time) (*First, error) {
	id, err := s.store.Claimed(ctx, workflow, hash[:], now)
	if err != nil || id == 0 {
		return nil, err
	}
	first := &First{ID: id}
	if first.Delivery, err = found(s.store.Delivery(ctx, id)); err != nil || first.Delivery == nil || first.Delivery.Status != 0 {
		return first, err
	}
	if first.Execution, err = found(s.store.Execution(ctx, first.Delivery.ExecutionID)); err != nil || first.Execution == nil {
		return first, err
	}
	if response := first.Execution.Response; len(response) > 0 {
		if err := json.Unmarshal(response, &first.Response); err != nil {
			return nil, fmt.Errorf("read the response of an execution: %w", err)
		}
	}
	return first, nil
}

// found makes what is not there nil.
func found[T any](v *T, err error) (*T, error) {
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return nil, nil
	}
	return v, err
}

const (
	// forgetEvery is how often expired keys are looked for.
	forgetEvery = time.Minute
	// forgetBatch bounds the keys that one transaction removes.
	forgetBatch = 500
)

// Forget removes expired keys, until ctx is done.
func (s *Service) Forget(ctx context.Context) {
	tick := time.NewTicker(forgetEvery)
	defer tick.Stop()
	for {
		if err := s.forget(ctx); err != nil && ctx.Err() == nil {
			s.engine.Logger.Warn("expired keys of deliveries could not be removed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (s *Service) forget(ctx context.Context) error {
	for removed := int64(forgetBatch); removed == forgetBatch; {
		err := s.store.Write(ctx, func(tx *store.Tx) (err error) {
			removed, err = tx.PruneClaims(s.clock(), forgetBatch)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

package store_test

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
)

// BenchmarkAccept measures the durable write of a delivery with a body of 1 KB
// and its execution, for several callers at once.
func BenchmarkAccept(b *testing.B) {
	for name, options := range map[string]func(testing.TB) store.Options{
		"sqlite":   func(t testing.TB) store.Options { return store.Options{Path: t.TempDir() + "/hookflow.db"} },
		"postgres": func(t testing.TB) store.Options { return store.Options{URL: pgtest.URL(t)} },
	} {
		for _, callers := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s/callers=%d", name, callers), func(b *testing.B) {
				s := open(b, options(b))
				b.ReportAllocs()
				b.ResetTimer()
				each(b, callers, func() { accept(b, s) })
			})
		}
	}
}

// BenchmarkExecution adds the commit that ends the execution with three steps.
func BenchmarkExecution(b *testing.B) {
	s := open(b, store.Options{Path: b.TempDir() + "/hookflow.db"})
	b.ReportAllocs()
	b.ResetTimer()
	each(b, 64, func() { finish(b, s, accept(b, s)) })
	b.StopTimer()
	var pages, size float64
	err := s.View(b.Context(), func(r store.Reader) error {
		if err := r.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
			return err
		}
		return r.QueryRow("PRAGMA page_size").Scan(&size)
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(pages*size/float64(b.N), "disk-B/op")
}

func each(b *testing.B, callers int, fn func()) {
	var done atomic.Int64
	var running sync.WaitGroup
	for range callers {
		running.Go(func() {
			for done.Add(1) <= int64(b.N) {
				fn()
			}
		})
	}
	running.Wait()
}

var (
	body    = bytes.Repeat([]byte(`{"event":"order.created","n":12}`), 32)
	headers = []hookflow.Header{
		{Name: "Content-Type", Value: "application/json"},
		{Name: "User-Agent", Value: "Sender/1.0 (+https://example.test)"},
		{Name: "X-Signature-256", Value: "sha256=4fcc06915b43d8a49aff193441e9e18654e6a27c2c428b02e8fcc41ccc2299f9"},
		{Name: "X-Event", Value: "order.created"},
		{Name: "X-Delivery", Value: "72d3162e-cc78-11e3-81ab-4c9367dc0958"},
		{Name: "Content-Length", Value: "1024"},
		{Name: "Accept-Encoding", Value: "gzip"},
	}
)

func accept(b *testing.B, s *store.Store) hookflow.ID {
	now := time.Now()
	d := &hookflow.Delivery{
		ID: s.IDs().Next(), WorkflowID: 1, ReceivedAt: now, Method: "POST", URL: "https://hooks.example.test/api/webhooks/orders",
		Path: "orders", Pattern: "orders", IP: "192.0.2.1", Headers: headers, BodySize: int64(len(body)),
		Outcome: hookflow.OutcomeAccepted, Status: 200, ExecutionID: s.IDs().Next(),
	}
	e := &hookflow.Execution{
		ID: d.ExecutionID, WorkflowID: 1, RevisionID: 2, DeliveryID: d.ID, StartedBy: hookflow.StartedByWebhook,
		Status: hookflow.StatusQueued, CreatedAt: now,
	}
	packed, err := store.PackDelivery(d, body)
	if err != nil {
		b.Error(err)
		return e.ID
	}
	err = s.Write(b.Context(), func(tx *store.Tx) error {
		if err := tx.InsertDelivery(packed); err != nil {
			return err
		}
		return tx.InsertExecution(e)
	})
	if err != nil {
		b.Error(err)
	}
	return e.ID
}

func finish(b *testing.B, s *store.Store, id hookflow.ID) {
	now := time.Now()
	step := hookflow.Step{Type: "condition", Status: hookflow.StatusSucceeded, StartedAt: now, DurationMS: 0.125, Attempt: 1, Output: []byte("true")}
	c := &store.Commit{Execution: id, Status: hookflow.StatusSucceeded, StartedAt: now, FinishedAt: now, Output: []byte(`{"id":"0samamcdc0000"}`)}
	for _, key := range []string{"is_main", "shape", "save"} {
		step.NodeKey, step.Path = key, key
		c.Steps = append(c.Steps, step)
	}
	if err := s.Write(b.Context(), func(tx *store.Tx) error { return tx.CommitExecution(c) }); err != nil {
		b.Error(err)
	}
}

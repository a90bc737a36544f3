package storetest

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// Log says how much Seed writes.
type Log struct {
	Workflows  int
	Deliveries int           // in turns to the workflows
	End        time.Time     // the first moment without any
	Span       time.Duration // how long before it they begin
}

// seedBatch is how many deliveries share a transaction.
const seedBatch = 500

// Seed fills a store with a log as a busy server has it: of every hundred requests ten are rejected,
// two duplicates, two filtered and one is a handshake; of the executions of the others one in twenty
// failed. The keys of the workflows are w0, w1 and so on.
func Seed(t testing.TB, s *store.Store, log Log) {
	t.Helper()
	seed := func(fn func(*store.Tx) error) {
		if err := s.Write(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	begin := log.End.Add(-log.Span)
	seed(func(tx *store.Tx) error {
		for i := range log.Workflows {
			id := hookflow.ID(i + 1)
			key := fmt.Sprintf("w%d", i)
			if err := tx.InsertWorkflow(store.WorkflowRow{ID: id, Key: key, Title: key, Enabled: true, CreatedAt: begin, UpdatedAt: begin}); err != nil {
				return err
			}
		}
		return nil
	})
	for first := 0; first < log.Deliveries; first += seedBatch {
		seed(func(tx *store.Tx) error {
			for i := first; i < min(first+seedBatch, log.Deliveries); i++ {
				at := begin.Add(log.Span * time.Duration(i) / time.Duration(log.Deliveries))
				if err := seedOne(tx, i, hookflow.ID((i+i/100)%log.Workflows+1), at); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func seedOne(tx *store.Tx, i int, workflow hookflow.ID, at time.Time) error {
	id := store.FirstID(at) + 2*hookflow.ID(i%1000)
	body := fmt.Appendf(nil, `{"event":"order.created","n":%d,"pad":%q}`, i, bytes.Repeat([]byte("line of an order; "), 40))
	d := &hookflow.Delivery{
		ID: id, WorkflowID: workflow, ReceivedAt: at, Method: "POST", URL: "https://hooks.example/api/webhooks/orders",
		Path: "orders", Pattern: "orders", IP: fmt.Sprintf("192.0.2.%d", i%200), BodySize: int64(len(body)), Status: 200,
		Headers: []hookflow.Header{
			{Name: "Content-Type", Value: "application/json"},
			{Name: "User-Agent", Value: "Sender/1.0 (+https://example.test)"},
			{Name: "X-Signature-256", Value: "sha256=4fcc06915b43d8a49aff193441e9e18654e6a27c2c428b02e8fcc41ccc2299f9"},
			{Name: "X-Event", Value: "order.created"},
			{Name: "X-Delivery", Value: fmt.Sprintf("72d3162e-%d", i)},
		},
	}
	seedOutcome(d, i%100)
	if d.Outcome == hookflow.OutcomeAccepted {
		d.ExecutionID = id + 1
	}
	packed, err := store.PackDelivery(d, body)
	if err != nil {
		return err
	}
	if err := tx.InsertDelivery(packed); err != nil || d.ExecutionID == 0 {
		return err
	}
	return seedExecution(tx, d, i)
}

func seedOutcome(d *hookflow.Delivery, n int) {
	switch {
	case n < 10:
		d.Outcome, d.Reason, d.Status = hookflow.OutcomeRejected, hookflow.ReasonVerification, 401
	case n < 12:
		d.Outcome = hookflow.OutcomeDuplicate
	case n < 14:
		d.Outcome = hookflow.OutcomeFiltered
	case n < 15:
		d.Outcome = hookflow.OutcomeHandshake
	default:
		d.Outcome = hookflow.OutcomeAccepted
	}
}

func seedExecution(tx *store.Tx, d *hookflow.Delivery, i int) error {
	e := &hookflow.Execution{
		ID: d.ExecutionID, WorkflowID: d.WorkflowID, RevisionID: 1, DeliveryID: d.ID, StartedBy: hookflow.StartedByWebhook,
		Status: hookflow.StatusSucceeded, CreatedAt: d.ReceivedAt, StartedAt: d.ReceivedAt,
		FinishedAt: d.ReceivedAt.Add(time.Duration(i%100+1) * time.Millisecond), Output: fmt.Appendf(nil, `{"id":"0samamcdc0000","pad":%q}`, bytes.Repeat([]byte("x"), 400)),
	}
	if i%20 == 19 {
		e.Status, e.Error = hookflow.StatusFailed, "node save: the order is not complete"
	}
	return tx.InsertExecution(e)
}

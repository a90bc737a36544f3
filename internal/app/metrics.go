package app

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/api"
	"github.com/hookflow/hookflow/internal/metrics"
	"github.com/hookflow/hookflow/internal/webhook"
)

func (a *App) newMetrics() *metrics.Metrics {
	return metrics.New(metrics.Source{
		Depth: a.queue.Depth,
		Executions: func(ctx context.Context) (map[hookflow.Status]int64, error) {
			return api.CountExecutions(ctx, a.Store)
		},
	})
}

// counting counts what it records.
type counting struct {
	webhook.Acceptor
	metrics *metrics.Metrics
}

func (c counting) Accept(ctx context.Context, in webhook.Accepted) (webhook.Ticket, error) {
	ticket, err := c.Acceptor.Accept(ctx, in)
	if err == nil {
		c.metrics.Delivery(in.Delivery)
	}
	return ticket, err
}

func (c counting) Record(ctx context.Context, d *hookflow.Delivery, body []byte) error {
	err := c.Acceptor.Record(ctx, d, body)
	if err == nil {
		c.metrics.Delivery(d)
	}
	return err
}

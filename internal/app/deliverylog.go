package app

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/api"
	"github.com/hookflow/hookflow/internal/replay"
	"github.com/hookflow/hookflow/internal/retention"
	"github.com/hookflow/hookflow/internal/transfer"
	"github.com/hookflow/hookflow/internal/webhook"
)

// deliveryLog is what works in the background: on what the door has recorded, and on imports.
type deliveryLog struct {
	replays   *replay.Service
	retention *retention.Service
	imports   *transfer.Service
}

func (a *App) openDeliveryLog(door *webhook.Handler) {
	clock, log := a.options.Clock, a.options.Logger
	a.log = deliveryLog{
		imports: transfer.New(transfer.Deps{Store: a.Store, Records: a.Collections, Clock: clock, Logger: log}),
		replays: replay.New(replay.Deps{
			Store: a.Store, Accept: a.accept, Door: door, Vault: a.env, View: api.MaskedView(a.env), Clock: clock, Logger: log,
		}),
		retention: retention.New(retention.Options{Store: a.Store, Default: hookflow.Retain{
			Succeeded:  hookflow.Duration(a.cfg.RetainSucceeded),
			Failed:     hookflow.Duration(a.cfg.RetainFailed),
			Deliveries: hookflow.Duration(a.cfg.RetainDeliveries),
		}, History: a.Collections.Forget, Clock: clock, Logger: log}),
	}
}

func (l *deliveryLog) run(ctx context.Context) {
	go l.replays.Run(ctx)
	go l.imports.Run(ctx)
	go l.retention.Run(ctx)
}

package app

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/api"
	"github.com/hookflow/hookflow/internal/replay"
	"github.com/hookflow/hookflow/internal/retention"
	"github.com/hookflow/hookflow/internal/webhook"
)

// deliveryLog is what works with what the door has recorded.
type deliveryLog struct {
	replays   *replay.Service
	retention *retention.Service
}

func (a *App) openDeliveryLog(door *webhook.Handler) {
	clock, log := a.options.Clock, a.options.Logger
	a.log = deliveryLog{
		replays: replay.New(replay.Deps{
			Store: a.Store, Accept: a.accept, Door: door, Vault: a.env, View: api.MaskedView(a.env), Clock: clock, Logger: log,
		}),
		retention: retention.New(retention.Options{Store: a.Store, Default: hookflow.Retain{
			Succeeded:  hookflow.Duration(a.cfg.RetainSucceeded),
			Failed:     hookflow.Duration(a.cfg.RetainFailed),
			Deliveries: hookflow.Duration(a.cfg.RetainDeliveries),
		}, Clock: clock, Logger: log}),
	}
}

func (l *deliveryLog) run(ctx context.Context) {
	go l.replays.Run(ctx)
	go l.retention.Run(ctx)
}

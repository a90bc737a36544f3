package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/replay"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/store"
)

// Replayer runs stored deliveries again.
type Replayer interface {
	Replay(ctx context.Context, one replay.One) (*hookflow.Delivery, error)
	Count(ctx context.Context, many replay.Many) (int64, error)
	// Start also does something in the transaction that begins the replay.
	Start(ctx context.Context, many replay.Many, also func(*store.Tx, hookflow.ID) error) (store.Replay, error)
}

var _ Replayer = (*replay.Service)(nil)

type replayBody struct {
	Revision string `json:"revision" enum:"original,current,draft" default:"current" doc:"What runs: the revision of the first run, the published one, or the draft" zh:"运行的版本：首次运行的版本、已发布版本或草稿"`
	Force    bool   `json:"force" doc:"Let a rejected request in unverified; administrators only" zh:"不经验证放行被拒绝的请求；仅管理员"`
}

type replayed struct {
	Status   int
	Location string `header:"Location"`
	Body     DeliveryItem
}

func (a *api) replayDelivery(ctx context.Context, in *struct {
	ByID
	Raw
},
) (*replayed, error) {
	var body replayBody
	if len(in.RawBody) > 0 {
		var err error
		if body, err = decode[replayBody](&in.Raw); err != nil {
			return nil, err
		}
	}
	if body.Force && !auth.From(ctx).Role.Allows(auth.Admin) {
		return nil, hookflow.Errorf(hookflow.CodeForbidden, "only an administrator may admit a request unverified")
	}
	d, err := a.Replays.Replay(ctx, replay.One{Delivery: in.ID.ID, Revision: body.Revision, Force: body.Force})
	if err != nil {
		return nil, err
	}
	action := "replay"
	if body.Force {
		action = "admit"
	}
	a.auditStarted(ctx, action, "delivery", in.ID.String(), d.ExecutionID)
	out := &replayed{Status: http.StatusAccepted, Location: under("deliveries", d.ID.String()), Body: a.deliveryItem(ctx, d)}
	if d.Outcome != hookflow.OutcomeAccepted {
		out.Status = http.StatusOK
	}
	return out, nil
}

type manyBody struct {
	Filter   search.Filter `json:"filter" required:"true" doc:"Which deliveries" zh:"选择哪些请求"`
	Revision string        `json:"revision" enum:"original,current,draft" default:"current" doc:"What runs: the revision of the first run, the published one, or the draft" zh:"运行的版本：首次运行的版本、已发布版本或草稿"`
	DryRun   bool          `json:"dryRun" doc:"Only count" zh:"仅计数"`
}

type replayItem struct {
	ID         hookflow.ID     `json:"id"`
	Status     hookflow.Status `json:"status" enum:"running,succeeded,aborted"`
	Total      int64           `json:"total" doc:"Deliveries found at the start"`
	Done       int64           `json:"done" doc:"Those that run again"`
	Failed     int64           `json:"failed" doc:"Those that could not, or were rejected again"`
	Failures   []replayFailure `json:"failures" nullable:"false" doc:"The first of these"`
	Filter     any             `json:"filter" doc:"As it was given"`
	Revision   string          `json:"revision" enum:"original,current,draft"`
	CreatedAt  time.Time       `json:"createdAt"`
	CreatedBy  string          `json:"createdBy"`
	FinishedAt *time.Time      `json:"finishedAt"`
}

type replayFailure struct {
	Delivery hookflow.ID `json:"delivery"`
	Reason   string      `json:"reason"`
}

// manyResult is a count or a replay that has begun.
type manyResult struct {
	Status   int
	Location string `header:"Location"`
	Body     any
}

type oneReplay struct{ Body replayItem }

func (a *api) registerReplays() {
	const tag = "replays"
	path := under("replays")
	register(a, operation{
		id: "start-replay", method: http.MethodPost, path: path, tag: tag, role: auth.Editor, body: manyBody{},
		summary: "Run all stored requests again that a filter finds; with dryRun only count them", zh: "按条件批量重放请求；dryRun 仅计数",
	}, a.startReplay)
	register(a, operation{
		id: "list-replays", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List the replays of many requests", zh: "批量重放列表",
	}, a.listReplays)
	register(a, operation{
		id: "get-replay", method: http.MethodGet, path: path + "/{id}", tag: tag, role: auth.Viewer,
		summary: "Read how far a replay has come", zh: "查看重放进度",
	}, a.getReplay)
	register(a, operation{
		id: "abort-replay", method: http.MethodDelete, path: path + "/{id}", tag: tag, role: auth.Editor,
		summary: "Abort a replay; what it has started goes on", zh: "中止重放；已启动的执行继续",
	}, a.abortReplay)
}

func (a *api) startReplay(ctx context.Context, in *Raw) (*manyResult, error) {
	body, err := decode[manyBody](in)
	if err != nil {
		return nil, err
	}
	many := replay.Many{Filter: body.Filter, Revision: body.Revision, By: auth.From(ctx).Name}
	if body.DryRun {
		n, err := a.Replays.Count(ctx, many)
		return &manyResult{Status: http.StatusOK, Body: map[string]int64{"count": n}}, err
	}
	r, err := a.Replays.Start(ctx, many, func(tx *store.Tx, id hookflow.ID) error {
		return a.record(tx, "start", "replay", id.String())
	})
	if err != nil {
		return nil, err
	}
	return &manyResult{Status: http.StatusAccepted, Location: under("replays", r.ID.String()), Body: a.replayItem(r)}, nil
}

func (a *api) replayItem(r store.Replay) replayItem {
	item := replayItem{
		ID: r.ID, Status: r.Status, Total: r.Total, Done: r.Done, Failed: r.Failed, Failures: []replayFailure{},
		Filter: r.Filter, Revision: r.Revision, CreatedAt: r.CreatedAt.UTC(), CreatedBy: r.CreatedBy, FinishedAt: timeOrNil(r.FinishedAt),
	}
	for _, f := range r.Failures {
		item.Failures = append(item.Failures, replayFailure{f.Delivery, a.Env.Masker().String(f.Reason)})
	}
	return item
}

func (a *api) listReplays(ctx context.Context, in *Page) (*listOf[replayItem], error) {
	rows, next, err := a.Store.Replays(ctx, in.store())
	if err != nil {
		return nil, err
	}
	return listed(in, rows, next, a.replayItem, func() (int64, error) { return a.Store.CountReplays(ctx) })
}

func (a *api) getReplay(ctx context.Context, in *ByID) (*oneReplay, error) {
	r, err := a.Store.Replay(ctx, in.ID.ID)
	return &oneReplay{a.replayItem(r)}, err
}

func (a *api) abortReplay(ctx context.Context, in *ByID) (*oneReplay, error) {
	if _, err := a.Store.Replay(ctx, in.ID.ID); err != nil {
		return nil, err
	}
	err := a.Store.Write(ctx, func(tx *store.Tx) error {
		aborted, err := tx.AbortReplay(in.ID.ID, a.Clock())
		if err == nil && !aborted {
			err = hookflow.Errorf(hookflow.CodeConflict, "the replay %s has already ended", in.ID)
		}
		return errors.Join(err, a.record(tx, "abort", "replay", in.ID.String()))
	})
	if err != nil {
		return nil, err
	}
	return a.getReplay(ctx, in)
}

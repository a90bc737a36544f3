package api

import (
	"context"
	"net/http"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/retention"
	"github.com/hookflow/hookflow/internal/store"
)

// counts are those that an index answers, however many rows there are: what still goes on and what
// went wrong.
type counts struct {
	Body struct {
		Workflows  int64                      `json:"workflows"`
		Executions map[hookflow.Status]int64  `json:"executions" doc:"Executions that go on or did not succeed, by status"`
		Deliveries map[hookflow.Outcome]int64 `json:"deliveries" doc:"Requests that were not accepted, by outcome"`
		Retention  *retention.Tally           `json:"retention" doc:"What was deleted because of its age; null before the first sweep"`
	}
}

var (
	countedStatuses = []hookflow.Status{
		hookflow.StatusQueued, hookflow.StatusRunning, hookflow.StatusWaiting, hookflow.StatusFailed,
		hookflow.StatusError, hookflow.StatusAborted, hookflow.StatusCancelled, hookflow.StatusRejected,
	}
	countedOutcomes = []hookflow.Outcome{
		hookflow.OutcomeRejected, hookflow.OutcomeDuplicate, hookflow.OutcomeFiltered, hookflow.OutcomeHandshake,
	}
)

func (a *api) registerStats() {
	register(a, operation{
		id: "get-stats", method: http.MethodGet, path: under("stats"), tag: "stats", role: auth.Viewer,
		summary: "Count what goes on and what went wrong", zh: "统计进行中与异常的数量",
	}, a.stats)
	register(a, operation{
		id: "get-stats-series", method: http.MethodGet, path: under("stats", "series"), tag: "stats", role: auth.Viewer,
		summary: "Count the requests and failures of a time, and how long executions took, in steps", zh: "按时间段统计请求、失败与执行耗时",
	}, a.statsSeries)
	register(a, operation{
		id: "get-stats-health", method: http.MethodGet, path: under("stats", "health"), tag: "stats", role: auth.Viewer,
		summary: "Tell how the server does: what waits, its database and its version", zh: "服务器状况：积压、数据库与版本",
	}, a.statsHealth)
	register(a, operation{
		id: "get-stats-failing", method: http.MethodGet, path: under("stats", "failing"), tag: "stats", role: auth.Viewer,
		summary: "List the workflows with the most failed executions", zh: "失败执行最多的工作流",
	}, a.statsFailing)
}

func (a *api) stats(ctx context.Context, _ *empty) (_ *counts, err error) {
	out := &counts{}
	if out.Body.Workflows, err = a.Store.CountWorkflows(ctx); err != nil {
		return nil, err
	}
	if out.Body.Executions, err = CountExecutions(ctx, a.Store); err != nil {
		return nil, err
	}
	out.Body.Deliveries = map[hookflow.Outcome]int64{}
	for _, outcome := range countedOutcomes {
		if out.Body.Deliveries[outcome], err = a.Store.CountDeliveries(ctx, store.DeliveryFilter{Outcome: outcome}); err != nil {
			return nil, err
		}
	}
	swept, err := retention.Last(ctx, a.Store)
	if err == nil && !swept.At.IsZero() {
		out.Body.Retention = &swept
	}
	return out, err
}

// CountExecutions counts the executions that go on or did not succeed, by status.
func CountExecutions(ctx context.Context, s *store.Store) (map[hookflow.Status]int64, error) {
	counts := map[hookflow.Status]int64{}
	for _, status := range countedStatuses {
		n, err := s.CountExecutions(ctx, store.ExecutionFilter{Status: status})
		if err != nil {
			return nil, err
		}
		counts[status] = n
	}
	return counts, nil
}

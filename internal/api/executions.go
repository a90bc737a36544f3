package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// ExecutionItem is an execution in lists; exported as ChannelView is.
type ExecutionItem struct {
	ID         hookflow.ID     `json:"id"`
	Workflow   string          `json:"workflow" doc:"Key"`
	Revision   int             `json:"revision" doc:"Number; 0 for a draft"`
	Delivery   *hookflow.ID    `json:"delivery" doc:"The request that started it"`
	StartedBy  string          `json:"startedBy" enum:"webhook,manual,retry,replay,call,error"`
	RetryOf    *hookflow.ID    `json:"retryOf"`
	Parent     *hookflow.ID    `json:"parent" doc:"The execution that waits for this one"`
	Status     hookflow.Status `json:"status" enum:"queued,running,waiting,succeeded,failed,error,aborted,cancelled,rejected"`
	Error      string          `json:"error" doc:"Why it did not succeed"`
	CreatedAt  time.Time       `json:"createdAt"`
	StartedAt  *time.Time      `json:"startedAt"`
	FinishedAt *time.Time      `json:"finishedAt"`
}

type execution struct {
	ExecutionItem
	Steps    []hookflow.Step `json:"steps" nullable:"false"`
	Input    json.RawMessage `json:"input" doc:"$context of a run without a delivery"`
	Response *shownResponse  `json:"response" doc:"What a response node answered"`
	Output   json.RawMessage `json:"output"`
}

type oneExecution struct{ Body execution }

type retryBody struct {
	From    string      `json:"from" doc:"Key of the node to begin at; the results before it are kept. Default: the first node that did not succeed" zh:"从该节点开始重试，保留之前的结果；省略则从第一个未成功的节点开始"`
	Context value.Value `json:"context" doc:"Another $context; default the same" zh:"替换 $context；省略则不变"`
	Results value.Value `json:"results" doc:"Other results of the nodes before, by key" zh:"按 key 替换之前节点的结果"`
}

func (b *retryBody) again() (Again, error) {
	results, err := byNode("/results", b.Results)
	return Again{From: b.From, Context: b.Context, Results: results}, err
}

// byNode reads an object of results by node key.
func byNode(pointer string, object value.Value) (map[string]value.Value, error) {
	if object == nil {
		return nil, nil
	}
	if object.Kind() != value.KindObject {
		return nil, hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: pointer, Detail: "must be an object of results by node key"})
	}
	results := map[string]value.Value{}
	for key, result := range object.Members() {
		results[key] = result
	}
	return results, nil
}

type started struct {
	Location string `header:"Location"`
	Body     struct {
		Execution hookflow.ID `json:"execution"`
	}
}

func (a *api) registerExecutions() {
	const tag = "executions"
	path := under("executions")
	register(a, operation{
		id: "list-executions", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List the executions", zh: "执行列表",
	}, a.listExecutions)
	register(a, operation{
		id: "get-execution", method: http.MethodGet, path: path + "/{id}", tag: tag, role: auth.Viewer,
		summary: "Read an execution with its steps", zh: "查看执行及其步骤",
	}, a.getExecution)
	a.registerSteps()
	register(a, operation{
		id: "cancel-execution", method: http.MethodPost, path: path + "/{id}/cancel", tag: tag, role: auth.Editor,
		summary: "Cancel an execution", zh: "取消执行",
	}, a.cancelExecution)
	register(a, operation{
		id: "retry-execution", method: http.MethodPost, path: path + "/{id}/retry", tag: tag, role: auth.Editor, body: retryBody{}, optional: true,
		status: http.StatusAccepted, summary: "Run an execution again from a node", zh: "从某个节点开始重试执行",
	}, a.retryExecution)
	register(a, operation{
		id: "delete-execution", method: http.MethodDelete, path: path + "/{id}", tag: tag, role: auth.Editor,
		status: http.StatusNoContent, summary: "Delete an execution that has ended", zh: "删除已结束的执行",
	}, a.deleteExecution)
}

func (a *api) listExecutions(ctx context.Context, in *struct {
	Page
	Workflow  string          `query:"workflow" doc:"Key"`
	Status    hookflow.Status `query:"status" enum:"queued,running,waiting,succeeded,failed,error,aborted,cancelled,rejected"`
	Error     string          `query:"error" maxLength:"200" doc:"In the reason why it did not succeed, in any case"`
	StartedBy string          `query:"startedBy" enum:"webhook,manual,retry,replay,call,error"`
	Delivery  textID          `query:"delivery" doc:"Id of the request that started it, retries included"`
	RetryOf   textID          `query:"retryOf" doc:"Id of the execution that it repeats"`
	Parent    textID          `query:"parent" doc:"Id of the execution that waits for it"`
	From      time.Time       `query:"from" doc:"Not created before"`
	To        time.Time       `query:"to" doc:"Created before"`
},
) (*listOf[ExecutionItem], error) {
	filter := store.ExecutionFilter{
		Workflow: in.Workflow, Status: in.Status, Error: in.Error, StartedBy: in.StartedBy,
		Delivery: in.Delivery.ID, RetryOf: in.RetryOf.ID, Parent: in.Parent.ID, From: in.From, To: in.To,
	}
	rows, next, err := a.Store.Executions(ctx, filter, in.store())
	if err != nil {
		return nil, err
	}
	item := func(e hookflow.Execution) ExecutionItem { return a.executionItem(&e) }
	return listed(&in.Page, rows, next, item, func() (int64, error) { return a.Store.CountExecutions(ctx, filter) })
}

func (a *api) executionItem(e *hookflow.Execution) ExecutionItem {
	item := ExecutionItem{
		ID: e.ID, Workflow: e.WorkflowKey, Revision: e.Revision, Delivery: idOrNil(e.DeliveryID),
		StartedBy: e.StartedBy, RetryOf: idOrNil(e.RetryOf), Parent: idOrNil(e.ParentID), Status: e.Status, Error: a.Env.Masker().String(e.Error),
		CreatedAt: e.CreatedAt.UTC(), StartedAt: timeOrNil(e.StartedAt), FinishedAt: timeOrNil(e.FinishedAt),
	}
	if e.Status == hookflow.StatusQueued && a.Runner.Running(e.ID) {
		item.Status = hookflow.StatusRunning
	}
	return item
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func (a *api) getExecution(ctx context.Context, in *struct {
	ByID
	Steps bool `query:"steps" default:"true" doc:"False leaves the steps out: they have a list of their own"`
},
) (*oneExecution, error) {
	return a.executionOf(ctx, in.ID.ID, in.Steps)
}

func (a *api) executionOf(ctx context.Context, id hookflow.ID, whole bool) (*oneExecution, error) {
	e, err := a.Store.Execution(ctx, id)
	if err != nil {
		return nil, err
	}
	var steps []hookflow.Step
	if whole {
		if steps, err = a.Store.Journal(ctx, id); err != nil {
			return nil, err
		}
	}
	out := &oneExecution{execution{
		ExecutionItem: a.executionItem(e), Steps: closed(e.Status, a.shownSteps(steps)), Input: a.masked(e.Input), Output: a.masked(e.Output),
	}}
	if len(e.Response) > 0 {
		var response hookflow.Response
		if err := json.Unmarshal(e.Response, &response); err != nil {
			return nil, err
		}
		out.Body.Response = a.shownResponse(&response)
	}
	return out, nil
}

// closed ends the steps that an execution was in when it was stopped while it waited.
func closed(status hookflow.Status, steps []hookflow.Step) []hookflow.Step {
	for i := range steps {
		if steps[i].Status == hookflow.StatusRunning && status.Ended() {
			steps[i].Status = status
		}
	}
	return steps
}

// shownSteps masks secrets that became known after the steps were recorded.
func (a *api) shownSteps(steps []hookflow.Step) []hookflow.Step {
	masker := a.Env.Masker()
	out := hookflow.ShownSteps(steps)
	for i, s := range out {
		s.StartedAt, s.Error = s.StartedAt.UTC(), masker.String(s.Error)
		s.Input, s.Output = masker.JSON(s.Input), masker.JSON(s.Output)
		for j := range s.Logs {
			s.Logs[j].Text = masker.String(s.Logs[j].Text)
		}
		out[i] = s
	}
	return out
}

func (a *api) deleteExecution(ctx context.Context, in *ByID) (*empty, error) {
	e, err := a.Store.Execution(ctx, in.ID.ID)
	if err != nil {
		return nil, err
	}
	if !e.Status.Ended() {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "execution %s has not ended; cancel it first", in.ID)
	}
	return nil, a.Store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.DeleteExecution(in.ID.ID), a.record(tx, "delete", "execution", in.ID.String()))
	})
}

func (a *api) cancelExecution(ctx context.Context, in *ByID) (*oneExecution, error) {
	if _, err := a.Store.Execution(ctx, in.ID.ID); err != nil {
		return nil, err
	}
	if err := a.Runner.Cancel(ctx, in.ID.ID); err != nil {
		return nil, err
	}
	a.audit(ctx, "cancel", "execution", in.ID.String())
	return a.executionOf(ctx, in.ID.ID, true)
}

func (a *api) retryExecution(ctx context.Context, in *struct {
	ByID
	Raw
},
) (*started, error) {
	var body retryBody
	if len(in.RawBody) > 0 {
		var err error
		if body, err = decode[retryBody](&in.Raw); err != nil {
			return nil, err
		}
	}
	if err := a.hasInput(ctx, in.ID.ID); err != nil {
		return nil, err
	}
	again, err := body.again()
	if err != nil {
		return nil, err
	}
	id, err := a.Runner.Retry(ctx, in.ID.ID, again)
	if err != nil {
		return nil, err
	}
	a.auditStarted(ctx, "retry", "execution", in.ID.String(), id)
	out := &started{Location: under("executions", id.String())}
	out.Body.Execution = id
	return out, nil
}

// hasInput refuses to run again what retention has taken the request from.
func (a *api) hasInput(ctx context.Context, id hookflow.ID) error {
	e, err := a.Store.Execution(ctx, id)
	if err != nil || e.DeliveryID == 0 {
		return err
	}
	_, err = a.Store.Delivery(ctx, e.DeliveryID)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return hookflow.Errorf(hookflow.CodeConflict, "the request that started execution %s has been deleted, so that it cannot run again", id)
	}
	return err
}

// record adds an audit entry in the transaction that makes the change.
func (a *api) record(tx *store.Tx, action, kind, object string) error {
	return auth.Record(tx, auth.Change{ID: a.Store.IDs().Next(), At: a.Clock(), Action: action, Kind: kind, Object: object})
}

// audit notes a change that another package has committed already; it cannot be taken back, so that
// a failure is only logged.
func (a *api) audit(ctx context.Context, action, kind, object string) {
	a.auditChange(ctx, auth.Change{Action: action, Kind: kind, Object: object})
}

// auditStarted is audit of what has started an execution.
func (a *api) auditStarted(ctx context.Context, action, kind, object string, execution hookflow.ID) {
	after := new(value.Object).Set("execution", value.String(execution.String())).Value()
	a.auditChange(ctx, auth.Change{Action: action, Kind: kind, Object: object, After: after})
}

func (a *api) auditChange(ctx context.Context, c auth.Change) {
	c.ID, c.At = a.Store.IDs().Next(), a.Clock()
	err := a.Store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return auth.Record(tx, c) })
	if err != nil {
		a.Logger.ErrorContext(ctx, "a change was not noted in the audit log", "action", c.Action, "kind", c.Kind, "object", c.Object, "error", err)
	}
}

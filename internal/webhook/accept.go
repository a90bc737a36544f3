package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/hookflow/hookflow"
)

// retryAfter is what an overloaded server asks for, in seconds.
const retryAfter = "5"

// accept hands the request over and answers once it is durable, or, when the endpoint is sync, once
// the workflow has ended.
func (in *inbound) accept() {
	if in.found.sync {
		in.acceptSync()
		return
	}
	answer, problem := in.acknowledge()
	d := in.delivery
	d.Outcome, d.Detail, d.Status, d.Answer = hookflow.OutcomeAccepted, in.detail(problem), answer.Status, recorded(answer)
	if _, ok := in.handOver(); !ok {
		return
	}
	in.answer(in.enveloped(answer))
}

// handOver makes the request durable, or answers that it is a duplicate or that there is no room.
func (in *inbound) handOver() (Ticket, bool) {
	e := in.found
	ticket, err := in.Acceptor.Accept(in.ctx, Accepted{
		Delivery: in.delivery, Body: in.body, Context: in.context,
		Revision: e.Revision, Number: e.Number, Limit: e.concurrency, Sync: e.sync, Key: in.key,
	})
	if err == nil {
		in.recorded = true
		return ticket, true
	}
	in.delivery.ExecutionID = 0
	if errors.Is(err, ErrDuplicate) {
		in.settle(in.raced())
		return nil, false
	}
	detail := "the request could not be stored"
	if hookflow.CodeOf(err) == hookflow.CodeOverloaded {
		detail = err.Error()
	} else {
		in.Logger.Error("a request could not be accepted", "workflow", in.delivery.WorkflowKey, "error", err)
	}
	in.settle(refuse(http.StatusServiceUnavailable, hookflow.ReasonOverloaded, "overloaded, try again later", detail, "Retry-After", retryAfter))
	return nil, false
}

func (in *inbound) acceptSync() {
	in.delivery.Outcome, in.delivery.Detail = hookflow.OutcomeAccepted, in.detail("")
	ticket, ok := in.handOver()
	if !ok {
		return
	}
	answer := in.await(ticket)
	if answer == nil {
		return
	}
	in.answer(in.enveloped(answer))
	_ = http.NewResponseController(in.w).Flush() // what cannot be flushed is sent at the end
	answered := *in.delivery
	answered.Status, answered.Answer = answer.Status, answer
	if err := in.Acceptor.Answered(in.ctx, &answered); err != nil {
		in.Logger.Warn("the answer of a delivery could not be recorded", "delivery", answered.ID, "error", err)
	}
}

// await waits for the workflow, as long as the endpoint allows and the caller is there; the answer
// is nil when the caller has left. Leaving does not stop the workflow.
func (in *inbound) await(ticket Ticket) *hookflow.Response {
	ctx, cancel := in.r.Context(), context.CancelFunc(func() {})
	wait := in.found.wait
	if wait.Timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, wait.Timeout.Std())
	}
	defer cancel()
	result, err := ticket.Wait(ctx)
	switch {
	case err == nil && result.Response != nil:
		return fromWorkflow(result.Response)
	case err == nil:
		return ended(ticket.Execution(), result.Status)
	case in.r.Context().Err() != nil:
		return nil
	case wait.OnTimeout == "continue":
		answer := state(http.StatusAccepted, ticket.Execution(), hookflow.StatusRunning)
		answer.Headers["Location"] = "/api/executions/" + ticket.Execution().String()
		return answer
	default:
		ticket.Abort("the caller's wait of " + wait.Timeout.String() + " was over")
		return state(http.StatusGatewayTimeout, ticket.Execution(), hookflow.StatusAborted)
	}
}

// ended is the answer of a workflow that says nothing itself.
func ended(execution hookflow.ID, status hookflow.Status) *hookflow.Response {
	if status == hookflow.StatusSucceeded {
		return state(http.StatusOK, execution, status)
	}
	return state(http.StatusInternalServerError, execution, status)
}

func state(code int, execution hookflow.ID, status hookflow.Status) *hookflow.Response {
	body, err := json.Marshal(struct {
		Execution hookflow.ID     `json:"execution"`
		Status    hookflow.Status `json:"status"`
	}{execution, status})
	if err != nil {
		return text(code, string(status))
	}
	return &hookflow.Response{Status: code, Headers: map[string]string{"Content-Type": "application/json"}, Body: body}
}

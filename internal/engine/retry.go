package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Again says how an execution is run again.
type Again struct {
	From    string                 // key of the node to begin at, "" for the first that did not succeed
	Context value.Value            // another $context, nil for the same
	Results map[string]value.Value // other results of the nodes before, by key
}

// edit puts other results into the steps that are kept.
func (a *Again) edit(kept []hookflow.Step) error {
	var problems []hookflow.Problem
	for _, key := range slices.Sorted(maps.Keys(a.Results)) {
		last := -1
		for i := range kept {
			if kept[i].NodeKey == key {
				last = i
			}
		}
		if last < 0 {
			problems = append(problems, hookflow.Problem{Pointer: "/results/" + hookflow.EscapePointer(key), Detail: "no result of this node is kept"})
			continue
		}
		step := &kept[last]
		step.Output, step.Sealed = jsonText(a.Results[key]), nil
		step.Logs = append(slices.Clip(step.Logs), hookflow.Log{Level: "info", Text: "the result was edited for the retry", At: step.StartedAt})
	}
	if len(problems) > 0 {
		return hookflow.Invalid("cannot retry so", problems...)
	}
	return nil
}

// Retry starts a new execution that keeps the results of an ended one up to a
// node, and goes on from there: by default from the first node that did not
// succeed. A node inside a loop, a parallel node or a transaction means the
// outermost one around it.
func (e *Engine) Retry(ctx context.Context, id hookflow.ID, how Again) (hookflow.ID, error) {
	old, err := e.Store.Execution(ctx, id)
	if err != nil {
		return 0, err
	}
	if !old.Status.Ended() {
		return 0, hookflow.Errorf(hookflow.CodeConflict, "execution %s has not ended; cancel it first", id)
	}
	plan, err := e.Plan(ctx, old.RevisionID)
	if err != nil {
		return 0, err
	}
	steps, err := e.Store.Journal(ctx, id)
	if err != nil {
		return 0, fmt.Errorf("read the journal: %w", err)
	}
	from, err := plan.retryFrom(how.From, old.Status, steps)
	if err != nil {
		return 0, err
	}
	kept, frames := plan.resumeAt(steps, from)
	if err := how.edit(kept); err != nil {
		return 0, err
	}
	if how.Context != nil {
		old.Input = how.Context
	}
	return e.startAgain(ctx, old, kept, frames)
}

func (e *Engine) startAgain(ctx context.Context, old *hookflow.Execution, kept []hookflow.Step, frames []savedFrame) (hookflow.ID, error) {
	now := e.Clock()
	again := &hookflow.Execution{
		ID: e.Store.IDs().Next(), WorkflowID: old.WorkflowID, WorkflowKey: old.WorkflowKey,
		RevisionID: old.RevisionID, Revision: old.Revision, DeliveryID: old.DeliveryID,
		StartedBy: hookflow.StartedByRetry, RetryOf: old.ID, Status: hookflow.StatusQueued,
		Limit: old.Limit, CreatedAt: now, DueAt: now, Input: old.Input,
	}
	commit := store.Commit{Execution: again.ID, Status: hookflow.StatusQueued, Steps: kept, DueAt: now}
	if len(frames) > 0 {
		state := savedState{Seq: 1, Steps: len(kept), Frames: frames}
		for i := range kept {
			state.Recorded += size(&kept[i])
		}
		plain, err := json.Marshal(state)
		if err != nil {
			return 0, fmt.Errorf("encode the state: %w", err)
		}
		if commit.State, err = e.protect(plain); err != nil {
			return 0, err
		}
	}
	err := e.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.InsertExecution(again); err != nil {
			return err
		}
		if len(frames) > 0 {
			if err := tx.CommitExecution(&commit); err != nil {
				return err
			}
		}
		return e.Queue.Enqueue(tx, queue.Job{ID: again.ID, Workflow: again.WorkflowID, Limit: again.Limit})
	})
	if err != nil {
		return 0, fmt.Errorf("start the retry: %w", err)
	}
	return again.ID, nil
}

// retryFrom is the node of a key or, without one, the first that did not
// succeed: nil when there is none. An execution that was stopped while it waited
// has no step of where it stood.
func (p *Plan) retryFrom(key string, status hookflow.Status, steps []hookflow.Step) (*vertex, error) {
	if key == "" {
		key = firstUnsuccessful(steps)
	}
	stopped := status == hookflow.StatusCancelled || status == hookflow.StatusAborted
	v := p.vertices[key]
	switch {
	case key == "" && stopped:
		return p.unfinished(p.Root, steps), nil
	case key == "":
		return nil, nil
	case v == nil:
		return nil, notFrom(fmt.Sprintf("the revision of this execution has no node %q", key))
	case !slices.ContainsFunc(steps, func(s hookflow.Step) bool { return s.NodeKey == key }):
		return nil, notFrom(fmt.Sprintf("node %q did not run in this execution", key))
	}
	return v, nil
}

func notFrom(why string) error {
	return hookflow.Invalid("cannot retry from there", hookflow.Problem{Pointer: "/from", Detail: why})
}

// resumeAt returns the steps to keep and the walk that stands at a node; no
// frames mean from the beginning.
func (p *Plan) resumeAt(steps []hookflow.Step, v *vertex) ([]hookflow.Step, []savedFrame) {
	if v == nil {
		return nil, nil
	}
	if at := slices.IndexFunc(steps, func(s hookflow.Step) bool { return s.NodeKey == v.Key }); at >= 0 {
		if loop, _, inside := strings.Cut(steps[at].Path, "["); inside {
			v = p.vertices[loop]
		}
	}
	for around := v.parent; around != nil; around = around.parent {
		if around.typ.Atomic != "" {
			v = around
		}
	}
	var kept []hookflow.Step
	for i := range steps {
		if p.within(steps[i].NodeKey, v) {
			break
		}
		if steps[i].Status != hookflow.StatusRunning {
			kept = append(kept, steps[i])
		}
	}
	return kept, v.frames(steps)
}

// unfinished is the first node in a block, or in a branch that was entered, that
// has not ended. Rounds and branches that run at once are begun anew as a whole.
func (p *Plan) unfinished(block []*vertex, steps []hookflow.Step) *vertex {
	for _, v := range block {
		ended := func(s hookflow.Step) bool { return s.NodeKey == v.Key && s.Status != hookflow.StatusRunning }
		if slices.ContainsFunc(steps, ended) {
			continue
		}
		if inner := p.unfinished(p.entered(v, steps), steps); inner != nil {
			return inner
		}
		return v
	}
	return nil
}

// entered is the branch of v in which a node has run, when there is but one.
func (p *Plan) entered(v *vertex, steps []hookflow.Step) (block []*vertex) {
	for i := range steps {
		if steps[i].NodeKey == v.Key || !p.within(steps[i].NodeKey, v) {
			continue
		}
		if strings.HasPrefix(steps[i].Path, v.Key+"[") {
			return nil
		}
		block = v.branches[p.branchUnder(steps[i].NodeKey, v)]
	}
	return block
}

// branchUnder is the branch of v under which the node of key stands.
func (p *Plan) branchUnder(key string, v *vertex) string {
	n := p.vertices[key]
	for n.parent != v {
		n = n.parent
	}
	return n.branch
}

func firstUnsuccessful(steps []hookflow.Step) string {
	for i := range steps {
		switch steps[i].Status {
		case hookflow.StatusSucceeded, hookflow.StatusSkipped, hookflow.StatusRunning:
		default:
			return steps[i].NodeKey
		}
	}
	return ""
}

// within reports whether the node of key is v or stands under it.
func (p *Plan) within(key string, v *vertex) bool {
	for n := p.vertices[key]; n != nil; n = n.parent {
		if n == v {
			return true
		}
	}
	return false
}

// frames is the walk that is about to run v.
func (v *vertex) frames(steps []hookflow.Step) []savedFrame {
	f := savedFrame{Branch: v.branch, Next: v.index}
	if v.parent == nil {
		return []savedFrame{f}
	}
	f.Owner = v.parent.Key
	outer := v.parent.frames(steps)
	active := &savedActivity{Attempt: 1}
	for i := range steps {
		if steps[i].NodeKey == v.parent.Key {
			active.Started = steps[i].StartedAt
			if v.branch == node.BranchError {
				active.Catching = saveError(errors.New(steps[i].Error))
			}
		}
	}
	outer[len(outer)-1].Active = active
	return append(outer, f)
}

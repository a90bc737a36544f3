package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

type jsonText = json.RawMessage

// maxInput bounds what a step records of its config, in bytes.
const maxInput = 64 << 10

// record adds a step that has ended to the next commit.
func (r *run) record(step hookflow.Step) {
	r.pending = append(r.pending, step)
	r.steps++
	r.recorded += size(&step)
	r.keep(&step)
}

// size is about what a step takes in the journal, in bytes.
func size(step *hookflow.Step) int {
	total := min(len(step.Input), maxInput) + len(step.Output)
	for _, line := range step.Logs {
		total += len(line.Text)
	}
	for _, changed := range step.Assign {
		total += len(changed)
	}
	return total
}

// ended is the step of a node that is through.
func (r *run) ended(v *vertex, a *activity, status hookflow.Status, output value.Value, reason string) hookflow.Step {
	return hookflow.Step{
		NodeKey: v.Key, Type: v.Type, Path: r.here(), Status: status, Attempt: a.attempt,
		StartedAt: a.started, DurationMS: float64(r.Clock().Sub(a.started).Microseconds()) / 1000,
		Input: jsonText(a.input), Output: jsonText(output), Error: reason, Logs: a.logs,
	}
}

// begun is the journal's word that a node has been started and with what.
func (r *run) begun(v *vertex, a *activity, path string) hookflow.Step {
	return hookflow.Step{
		NodeKey: v.Key, Type: v.Type, Path: path, Status: hookflow.StatusRunning, Attempt: a.attempt,
		StartedAt: a.started, Input: jsonText(a.input),
	}
}

func (r *run) pendingBytes() int {
	total := 0
	for i := range r.pending {
		total += len(r.pending[i].Input) + len(r.pending[i].Output)
	}
	return total
}

// flush commits what has ended so far.
func (r *run) flush(ctx context.Context) error {
	return r.persist(ctx, func(tx *store.Tx) error {
		return r.commit(tx, &store.Commit{Status: hookflow.StatusRunning, DueAt: r.execution.DueAt})
	})
}

// park commits, and gives the worker free until a time.
func (r *run) park(ctx context.Context, until time.Time) error {
	if limit := r.plan.Options.Timeout.Std(); limit > 0 {
		if deadline := r.execution.StartedAt.Add(limit); deadline.Before(until) {
			until = deadline
		}
	}
	return r.putBack(ctx, until)
}

// release commits, and leaves the execution to whoever claims it next. It waits
// rather than queues: so it keeps its place in a workflow with a limit.
func (r *run) release(ctx context.Context) error { return r.putBack(ctx, r.Clock()) }

func (r *run) putBack(ctx context.Context, due time.Time) error {
	return r.persist(ctx, func(tx *store.Tx) error {
		if err := r.commit(tx, &store.Commit{Status: hookflow.StatusWaiting, DueAt: due}); err != nil {
			return err
		}
		return r.Queue.Enqueue(tx, r.job(due))
	})
}

// finish commits the end.
func (r *run) finish(ctx context.Context, end node.End) error {
	return r.persist(ctx, func(tx *store.Tx) error {
		r.close(end.Status)
		commit := store.Commit{Status: end.Status, Error: r.mask(end.Error), FinishedAt: r.Clock()}
		if end.Response != nil {
			shown := end.Response
			if r.plan.usesEnv {
				shown = r.MaskResponse(shown)
			}
			response, err := json.Marshal(shown)
			if err != nil {
				return fmt.Errorf("encode the response: %w", err)
			}
			commit.Response = response
		}
		if err := r.commit(tx, &commit); err != nil {
			return err
		}
		tx.OnCommit(func() {
			r.announce(Result{Execution: r.execution.ID, Status: end.Status, Error: commit.Error, Response: end.Response})
		})
		return r.Queue.Ended(tx, r.job(time.Time{}))
	})
}

// close ends the nodes that are still begun: those around an end node, or in
// flight when the execution was stopped. One whose error branch this was has
// failed all the same.
func (r *run) close(status hookflow.Status) {
	for depth := len(r.frames) - 1; depth >= 0; depth-- {
		f := r.frames[depth]
		r.frames = r.frames[:depth+1]
		if f.active == nil {
			continue
		}
		ending, reason := status, ""
		if err := f.active.catching; err != nil {
			ending, reason = node.StatusOf(err), err.Error()
		}
		r.record(r.ended(f.block[f.next], f.active, ending, nil, reason))
		f.active = nil
	}
}

func (r *run) job(due time.Time) queue.Job {
	return queue.Job{ID: r.execution.ID, Workflow: r.execution.WorkflowID, Limit: r.execution.Limit, Due: due}
}

// commit writes the pending steps and where the walk stands.
func (r *run) commit(tx *store.Tx, c *store.Commit) error {
	if !c.Status.Ended() {
		r.recordOpen()
	}
	c.Execution, c.Epoch, c.Seq, c.StartedAt = r.execution.ID, r.execution.Epoch, r.seq, r.execution.StartedAt
	for i := range r.pending {
		step, err := r.sealed(r.pending[i])
		if err != nil {
			return err
		}
		c.Steps = append(c.Steps, step)
	}
	if len(c.Steps) > 0 {
		r.seq++
	}
	if !c.Status.Ended() {
		state, err := r.state()
		if err != nil {
			return err
		}
		c.State = state
	}
	r.pending = nil
	return tx.CommitExecution(c)
}

// recordOpen notes control nodes whose branch is being walked, with the config
// as it was resolved when they began.
func (r *run) recordOpen() {
	for depth, f := range r.frames[:len(r.frames)-1] {
		if a := f.active; a != nil && !a.recorded {
			a.recorded = true
			r.pending = append(r.pending, r.begun(f.block[f.next], a, r.path(depth)))
		}
	}
}

func (r *run) state() ([]byte, error) {
	state := savedState{Seq: r.seq, Steps: r.steps, Recorded: r.recorded}
	for _, f := range r.frames {
		state.Frames = append(state.Frames, saveFrame(f))
	}
	plain, err := json.Marshal(state)
	if err != nil {
		return nil, fmt.Errorf("encode the state: %w", err)
	}
	if !r.plan.usesEnv {
		return append([]byte{plainState}, plain...), nil
	}
	return r.protect(plain)
}

// Every stored state says in its first byte whether it is sealed.
const (
	plainState  = 'p'
	sealedState = 's'
)

// protect seals a state that holds a secret.
func (e *Engine) protect(plain []byte) ([]byte, error) {
	if _, secret := e.Vault.Mask(plain); !secret {
		return append([]byte{plainState}, plain...), nil
	}
	sealed, err := e.Vault.Seal(plain)
	if err != nil {
		return nil, fmt.Errorf("seal the state: %w", err)
	}
	return append([]byte{sealedState}, sealed...), nil
}

func (e *Engine) unprotect(stored []byte) ([]byte, error) {
	if stored[0] == plainState {
		return stored[1:], nil
	}
	plain, err := e.Vault.Open(stored[1:])
	if err != nil {
		return nil, fmt.Errorf("open the stored state: %w", err)
	}
	return plain, nil
}

// original is what of a step must come back whole though it holds a secret.
type original struct {
	Input  jsonText            `json:"input,omitempty"`
	Output jsonText            `json:"output,omitempty"`
	Assign map[string]jsonText `json:"assign,omitempty"`
}

// sealed is a step as it is stored: secrets masked, their originals encrypted,
// long inputs cut.
func (r *run) sealed(step hookflow.Step) (hookflow.Step, error) {
	whole := original{Output: step.Output}
	if step.Status == hookflow.StatusRunning {
		whole.Input = step.Input
	} else {
		step.Input = cut(step.Input)
	}
	var inInput, inOutput, inAssign bool
	step.Input, inInput = r.masked(step.Input)
	step.Output, inOutput = r.masked(step.Output)
	step.Error = r.mask(step.Error)
	step.Logs, step.Assign, inAssign = r.maskRest(step, &whole)
	if !inOutput && !inAssign && (!inInput || whole.Input == nil) {
		return step, nil
	}
	plain, err := json.Marshal(whole)
	if err != nil {
		return step, fmt.Errorf("encode a result: %w", err)
	}
	if step.Sealed, err = r.Vault.Seal(plain); err != nil {
		return step, fmt.Errorf("seal a result: %w", err)
	}
	return step, nil
}

func (r *run) maskRest(step hookflow.Step, whole *original) ([]hookflow.Log, map[string]jsonText, bool) {
	if !r.plan.usesEnv {
		return step.Logs, step.Assign, false
	}
	logs := make([]hookflow.Log, len(step.Logs))
	for i, line := range step.Logs {
		line.Text = r.mask(line.Text)
		logs[i] = line
	}
	if len(step.Assign) == 0 {
		return logs, nil, false
	}
	whole.Assign = step.Assign
	masked, found := map[string]jsonText{}, false
	for key, text := range step.Assign {
		shown, secret := r.masked(text)
		masked[key], found = shown, found || secret
	}
	return logs, masked, found
}

// masked replaces the secrets in what is to be stored. Only a workflow that
// uses $env can have any.
func (r *run) masked(text []byte) ([]byte, bool) {
	if !r.plan.usesEnv {
		return text, false
	}
	return r.Vault.Mask(text)
}

// MaskResponse is a response as it may be recorded. Its parts are masked and
// not its JSON: there the body is base64, which a mask inside would break.
func (e *Engine) MaskResponse(response *hookflow.Response) *hookflow.Response {
	if response == nil {
		return nil
	}
	shown := &hookflow.Response{Status: response.Status}
	shown.Body, _ = e.Vault.Mask(response.Body)
	if response.Headers != nil {
		shown.Headers = make(map[string]string, len(response.Headers))
	}
	for name, text := range response.Headers {
		masked, _ := e.Vault.Mask([]byte(text))
		shown.Headers[name] = string(masked)
	}
	return shown
}

func (r *run) mask(text string) string {
	masked, _ := r.masked([]byte(text))
	return string(masked)
}

// cut shortens what is recorded for people only.
func cut(input jsonText) jsonText {
	if len(input) <= maxInput {
		return input
	}
	head, _ := value.Of(string(input[:maxInput/8]))
	return jsonText((&value.Object{}).
		Set("truncated", value.Bool(true)).
		Set("bytes", value.Int(int64(len(input)))).
		Set("head", head).Value())
}

// unseal gives a step read from the journal its originals back.
func (r *run) unseal(step *hookflow.Step) error {
	if len(step.Sealed) == 0 {
		return nil
	}
	plain, err := r.Vault.Open(step.Sealed)
	if err != nil {
		return fmt.Errorf("open the stored result of %s: %w", step.Path, err)
	}
	var whole original
	if err := json.Unmarshal(plain, &whole); err != nil {
		return fmt.Errorf("decode the stored result of %s: %w", step.Path, err)
	}
	step.Output, step.Assign = whole.Output, whole.Assign
	if whole.Input != nil {
		step.Input = whole.Input
	}
	return nil
}

// persist runs fn in a durable transaction, and again when the transaction has
// to be repeated: fn starts from the same run each time. While the database
// cannot be reached it keeps trying until ctx is done.
func (r *run) persist(ctx context.Context, fn func(*store.Tx) error) error {
	if r.tx != nil {
		return fn(r.tx)
	}
	before, again := r.mark(), false
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		err := r.write(ctx, func(tx *store.Tx) error {
			if again {
				r.reset(before)
			}
			again, r.tx = true, tx
			defer func() { r.tx = nil }()
			return fn(tx)
		})
		if err == nil {
			return nil
		}
		r.reset(before)
		if hookflow.CodeOf(err) != hookflow.CodeOverloaded || errors.Is(err, errNode) {
			return err
		}
		r.Logger.Warn("an execution waits for the database", "execution", r.execution.ID, "error", err)
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

// write leaves the worker to others until the commit is durable.
func (r *run) write(ctx context.Context, fn func(*store.Tx) error) (err error) {
	r.rest(func() { err = r.Store.Write(context.WithoutCancel(ctx), fn) })
	return err
}

// mark is what of a run a transaction may change.
type mark struct {
	frames   []*frame
	pending  []hookflow.Step
	seq      int
	steps    int
	recorded int
}

func (r *run) mark() mark {
	return mark{frames: copyFrames(r.frames), pending: r.pending, seq: r.seq, steps: r.steps, recorded: r.recorded}
}

func (r *run) reset(m mark) {
	r.frames, r.pending = copyFrames(m.frames), slices.Clip(m.pending)
	r.seq, r.steps, r.recorded = m.seq, m.steps, m.recorded
}

func copyFrames(frames []*frame) []*frame {
	copies := make([]*frame, len(frames))
	for i, f := range frames {
		copied := *f
		if f.active != nil {
			active := *f.active
			active.logs = slices.Clip(active.logs)
			copied.active = &active
		}
		copies[i] = &copied
	}
	return copies
}

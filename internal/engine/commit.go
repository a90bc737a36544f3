package engine

import (
	"bytes"
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
func (s *strand) record(step hookflow.Step) {
	s.pending = append(s.pending, step)
	s.steps++
	if step.Status == hookflow.StatusSucceeded || step.Status == hookflow.StatusSkipped {
		s.pass(step.NodeKey)
	}
	s.recorded += size(&step)
	s.keep(&step)
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

// stepOf is the step of a node that is through.
func (s *strand) stepOf(v *vertex, a *activity, status hookflow.Status, output value.Value, reason string) hookflow.Step {
	return hookflow.Step{
		NodeKey: v.Key, Type: v.Type, Path: s.here(), Status: status, Attempt: a.attempt,
		StartedAt: a.started, DurationMS: float64(s.Clock().Sub(a.started).Microseconds()) / 1000,
		Input: jsonText(a.input), Output: jsonText(output), Error: reason, Logs: a.logs,
	}
}

// begun is the journal's word that a node has been started and with what.
func (s *strand) begun(v *vertex, a *activity, path string) hookflow.Step {
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
func (s *strand) flush(ctx context.Context) error {
	return s.persist(ctx, func(tx *store.Tx) error {
		return s.commit(tx, &store.Commit{Status: hookflow.StatusRunning, DueAt: s.execution.DueAt})
	})
}

// park commits. The root gives the worker free until a time.
func (s *strand) park(ctx context.Context, until time.Time) error {
	if deadline, _ := s.deadline(); !deadline.IsZero() && deadline.Before(until) {
		until = deadline
	}
	if s.parent != nil {
		s.due = until
		return s.flush(ctx)
	}
	if limit := s.plan.Options.Timeout.Std(); limit > 0 {
		if deadline := s.execution.StartedAt.Add(limit); deadline.Before(until) {
			until = deadline
		}
	}
	return s.putBack(ctx, until)
}

// release commits, and leaves the execution to whoever claims it next. It waits
// rather than queues: so it keeps its place in a workflow with a limit.
func (s *strand) release(ctx context.Context) error { return s.putBack(ctx, s.Clock()) }

func (s *strand) putBack(ctx context.Context, due time.Time) error {
	return s.persist(ctx, func(tx *store.Tx) error {
		if err := s.commit(tx, &store.Commit{Status: hookflow.StatusWaiting, DueAt: due}); err != nil {
			return err
		}
		tx.OnCommit(func() { s.over = true })
		return s.Queue.Enqueue(tx, s.job(due))
	})
}

// finish commits the end.
func (s *strand) finish(ctx context.Context, end node.End) error {
	return s.persist(ctx, func(tx *store.Tx) error { return s.end(ctx, tx, end) })
}

func (s *strand) end(ctx context.Context, tx *store.Tx, end node.End) error {
	s.closeBeside()
	s.root.closeAbove(-1, end.Status, "")
	commit := store.Commit{Status: end.Status, Error: s.mask(end.Error), FinishedAt: s.Clock()}
	if end.Response != nil {
		shown := end.Response
		if s.plan.usesEnv {
			shown = s.MaskResponse(shown)
		}
		response, err := json.Marshal(shown)
		if err != nil {
			return fmt.Errorf("encode the response: %w", err)
		}
		commit.Response = response
	}
	if s.output != nil {
		output, _ := s.masked(s.output)
		commit.Output = output
	}
	if err := s.commit(tx, &commit); err != nil {
		return err
	}
	if err := errors.Join(s.wakeCaller(tx, s.execution), s.handleFailure(ctx, tx, end.Status, commit.Error)); err != nil {
		return err
	}
	tx.OnCommit(func() {
		s.over = true
		s.announce(Result{
			Execution: s.execution.ID, Status: end.Status, Error: commit.Error, Response: end.Response, Output: commit.Output,
		})
	})
	return s.Queue.Ended(tx, s.job(time.Time{}))
}

var errEndedBeside = errors.New("stopped: another branch has ended the workflow")

// closeBeside ends what runs in branches beside the strand's own.
func (s *strand) closeBeside() {
	for ; s.parent != nil; s = s.parent {
		for _, other := range s.parent.top().active.strands {
			if other != s {
				other.closeAbove(-1, hookflow.StatusCancelled, errEndedBeside.Error())
			}
		}
	}
}

// closeAbove ends the nodes that are still begun in the frames that lie higher
// than depth: those around an end node, or in flight when the execution was
// stopped. One whose error branch this was has failed all the same.
func (s *strand) closeAbove(depth int, status hookflow.Status, reason string) {
	for top := len(s.frames) - 1; top > depth; top-- {
		f := s.frames[top]
		s.frames = s.frames[:top+1]
		if f.active == nil {
			continue
		}
		for _, child := range f.active.strands {
			child.closeAbove(-1, status, reason)
		}
		ending, why := status, reason
		if err := f.active.catching; err != nil {
			ending, why = node.StatusOf(err), err.Error()
		}
		s.record(s.stepOf(f.block[f.next], f.active, ending, nil, why))
		s.leaveBehind(f.active, status)
		f.active = nil
	}
}

func (r *run) job(due time.Time) queue.Job {
	return queue.Job{ID: r.execution.ID, Workflow: r.execution.WorkflowID, Limit: r.execution.Limit, Due: due}
}

// commit writes the pending steps and where the walk stands.
func (r *run) commit(tx *store.Tx, c *store.Commit) error {
	if !c.Status.Ended() {
		r.root.each((*strand).recordOpen)
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
func (s *strand) recordOpen() {
	for depth, f := range s.frames {
		if a := f.active; a != nil && !a.recorded && (depth < len(s.frames)-1 || a.strands != nil) {
			a.recorded = true
			s.pending = append(s.pending, s.begun(f.block[f.next], a, s.path(depth)))
		}
	}
}

func (r *run) state() ([]byte, error) {
	state := savedState{Seq: r.seq, Steps: r.steps, Recorded: r.recorded, Output: r.output, Trial: r.trial, Frames: saveFrames(r.root.frames)}
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
	shown, found := r.Vault.Mask(text)
	if r.plan.hide == nil {
		return shown, found
	}
	hidden := r.plan.hide(shown)
	return hidden, found || !bytes.Equal(hidden, shown)
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
	return jsonText(node.Cut(input[:maxInput/8], int64(len(input))))
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
func (s *strand) persist(ctx context.Context, fn func(*store.Tx) error) error {
	if s.tx != nil {
		return fn(s.tx)
	}
	before, again := s.mark(), false
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		err := s.write(ctx, func(tx *store.Tx) error {
			if again {
				s.reset(before)
			}
			again, s.tx = true, tx
			defer func() { s.tx = nil }()
			return fn(tx)
		})
		if err == nil {
			s.stopOrphans(ctx)
			return nil
		}
		s.reset(before)
		if hookflow.CodeOf(err) != hookflow.CodeOverloaded || errors.Is(err, errNode) {
			return err
		}
		s.Logger.Warn("an execution waits for the database", "execution", s.execution.ID, "error", err)
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

// write leaves the worker to others until the commit is durable.
func (s *strand) write(ctx context.Context, fn func(*store.Tx) error) (err error) {
	s.outside(func() { err = s.Store.Write(context.WithoutCancel(ctx), fn) })
	return err
}

// mark is what of a run a transaction may change.
type mark struct {
	strands  []markedStrand
	pending  []hookflow.Step
	seq      int
	steps    int
	recorded int
	output   value.Value
	orphans  []orphan
}

type markedStrand struct {
	*strand
	ended *node.Ended
	were  []markedFrame
}

type markedFrame struct {
	*frame
	was      frame
	activity activity
}

// mark covers all strands: one that ends the execution closes the others.
func (r *run) mark() mark {
	m := mark{nil, r.pending, r.seq, r.steps, r.recorded, r.output, r.orphans}
	r.root.each(func(s *strand) { m.strands = append(m.strands, markedStrand{s, s.ended, markFrames(s.frames)}) })
	return m
}

func markFrames(frames []*frame) []markedFrame {
	marked := make([]markedFrame, len(frames))
	for i, f := range frames {
		marked[i] = markedFrame{frame: f, was: *f}
		if f.active != nil {
			marked[i].activity = *f.active
		}
	}
	return marked
}

func (r *run) reset(m mark) {
	for _, s := range m.strands {
		s.reset()
	}
	r.pending, r.seq, r.steps, r.recorded = slices.Clip(m.pending), m.seq, m.steps, m.recorded
	r.output, r.orphans = m.output, slices.Clip(m.orphans)
}

func (m *markedStrand) reset() {
	m.strand.ended, m.frames = m.ended, make([]*frame, len(m.were))
	for i := range m.were {
		f := &m.were[i]
		*f.frame = f.was
		if f.was.active != nil {
			*f.was.active = f.activity
			f.was.active.logs = slices.Clip(f.activity.logs)
		}
		m.frames[i] = f.frame
	}
}

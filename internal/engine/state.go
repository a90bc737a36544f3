package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// frame is a block of nodes being walked: the top of the plan, or a branch of
// the node that is active in the frame below.
type frame struct {
	owner  *vertex // nil at the top
	branch string
	label  string      // path of the round, "loop[3]"; "" when the owner adds none
	scope  value.Value // $scopes.<owner>
	block  []*vertex
	next   int // index of the node to run
	active *activity
}

// activity is the node at next, once it has been begun.
type activity struct {
	config   *value.Tree // resolved when the node was first called
	input    value.Value // the same, as its step records it
	state    value.Value
	attempt  int
	started  time.Time
	logs     []hookflow.Log
	ended    *node.Ended // the branch that has just ended
	resolved bool        // config holds values, not templates
	recorded bool        // the journal says that it has begun
	catching error       // its error branch runs because of this
}

// savedFrame is a frame as a row keeps it.
type savedFrame struct {
	Owner  string         `json:"owner,omitempty"`
	Branch string         `json:"branch,omitempty"`
	Label  string         `json:"label,omitempty"`
	Scope  value.Value    `json:"scope,omitempty"`
	Next   int            `json:"next"`
	Active *savedActivity `json:"active,omitempty"`
}

type savedActivity struct {
	State    value.Value    `json:"state,omitempty"`
	Attempt  int            `json:"attempt"`
	Started  time.Time      `json:"started"`
	Logs     []hookflow.Log `json:"logs,omitempty"`
	Ended    *savedEnded    `json:"ended,omitempty"`
	Catching *savedError    `json:"catching,omitempty"`
}

type savedEnded struct {
	Branch string      `json:"branch"`
	Err    *savedError `json:"error,omitempty"`
}

type savedError struct {
	Text    string `json:"text"`
	Failure bool   `json:"failure,omitempty"`
}

func saveError(err error) *savedError {
	if err == nil {
		return nil
	}
	return &savedError{Text: err.Error(), Failure: node.StatusOf(err) == hookflow.StatusFailed}
}

func (s *savedError) restore() error {
	switch {
	case s == nil:
		return nil
	case s.Failure:
		return &node.Failure{Reason: s.Text}
	default:
		return errors.New(s.Text)
	}
}

// savedState is the walk as a row keeps it.
type savedState struct {
	Seq      int          `json:"seq"`      // number of the next journal chunk
	Steps    int          `json:"steps"`    // that have ended
	Recorded int          `json:"recorded"` // bytes of their results, inputs and logs
	Frames   []savedFrame `json:"frames"`
}

func saveFrame(f *frame) savedFrame {
	saved := savedFrame{Branch: f.branch, Label: f.label, Scope: f.scope, Next: f.next}
	if f.owner != nil {
		saved.Owner = f.owner.Key
	}
	if a := f.active; a != nil {
		saved.Active = &savedActivity{
			State: a.state, Attempt: a.attempt, Started: a.started, Logs: a.logs, Catching: saveError(a.catching),
		}
		if a.ended != nil {
			saved.Active.Ended = &savedEnded{Branch: a.ended.Branch, Err: saveError(a.ended.Err)}
		}
	}
	return saved
}

func (s *savedFrame) restore(plan *Plan) (*frame, error) {
	f := &frame{branch: s.Branch, label: s.Label, scope: s.Scope, next: s.Next}
	if s.Owner != "" {
		if f.owner = plan.vertices[s.Owner]; f.owner == nil {
			return nil, fmt.Errorf("the revision has no node %q", s.Owner)
		}
	}
	f.block = plan.block(f.owner, f.branch)
	if f.next > len(f.block) {
		return nil, fmt.Errorf("branch %q of %q has no node %d", s.Branch, s.Owner, s.Next)
	}
	if a := s.Active; a != nil {
		if f.next == len(f.block) {
			return nil, fmt.Errorf("branch %q of %q has no node %d", s.Branch, s.Owner, s.Next)
		}
		f.active = &activity{
			config: f.block[f.next].config, state: a.State, attempt: a.Attempt, started: a.Started,
			logs: a.Logs, catching: a.Catching.restore(),
		}
		if a.Ended != nil {
			f.active.ended = &node.Ended{Branch: a.Ended.Branch, Err: a.Ended.Err.restore()}
		}
	}
	return f, nil
}

func decodeState(data []byte) (savedState, error) {
	var s savedState
	if err := json.Unmarshal(data, &s); err != nil {
		return s, fmt.Errorf("decode the stored state: %w", err)
	}
	return s, nil
}

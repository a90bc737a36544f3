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
	deadline time.Time // of its timeout, once it waits or has entered a branch
	logs     []hookflow.Log
	ended    *node.Ended  // the branch that has just ended
	resolved bool         // config holds values, not templates
	recorded bool         // the journal says that it has begun
	catching error        // its error branch runs because of this
	strands  []*strand    // of its branches that run at once
	join     node.Join    // when they have done enough
	branches []node.Ended // how they ended
	called   hookflow.ID  // the execution that it waits for
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
	Deadline time.Time      `json:"deadline,omitzero"`
	Logs     []hookflow.Log `json:"logs,omitempty"`
	Ended    *savedEnded    `json:"ended,omitempty"`
	Catching *savedError    `json:"catching,omitempty"`
	Strands  []savedStrand  `json:"strands,omitempty"`
	Join     node.Join      `json:"join,omitempty"`
	Called   hookflow.ID    `json:"called,omitempty"`
}

type savedStrand struct {
	Frames  []savedFrame `json:"frames"`
	Due     time.Time    `json:"due,omitzero"`
	Calling bool         `json:"calling,omitempty"`
	Ended   *savedEnded  `json:"ended,omitempty"`
}

type savedEnded struct {
	Branch string      `json:"branch"`
	Err    *savedError `json:"error,omitempty"`
	Result value.Value `json:"result,omitempty"`
}

func saveEnded(e *node.Ended) *savedEnded {
	if e == nil {
		return nil
	}
	return &savedEnded{Branch: e.Branch, Err: saveError(e.Err), Result: e.Result}
}

func (s *savedEnded) restore() *node.Ended {
	if s == nil {
		return nil
	}
	return &node.Ended{Branch: s.Branch, Err: s.Err.restore(), Result: s.Result}
}

type savedError struct {
	Text    string      `json:"text"`
	Failure bool        `json:"failure,omitempty"`
	Result  value.Value `json:"result,omitempty"`
}

func saveError(err error) *savedError {
	if err == nil {
		return nil
	}
	return &savedError{Text: err.Error(), Failure: node.StatusOf(err) == hookflow.StatusFailed, Result: node.ResultOf(err)}
}

func (s *savedError) restore() (err error) {
	switch {
	case s == nil:
		return nil
	case s.Failure:
		err = &node.Failure{Reason: s.Text}
	default:
		err = errors.New(s.Text)
	}
	if s.Result != nil {
		err = &node.Partial{Err: err, Result: s.Result}
	}
	return err
}

// savedState is the walk as a row keeps it.
type savedState struct {
	Seq      int          `json:"seq"`      // number of the next journal chunk
	Steps    int          `json:"steps"`    // that have ended
	Recorded int          `json:"recorded"` // bytes of their results, inputs and logs
	Output   value.Value  `json:"output,omitempty"`
	Trial    *Trial       `json:"trial,omitempty"`
	Frames   []savedFrame `json:"frames"`
}

func saveFrame(f *frame) savedFrame {
	saved := savedFrame{Branch: f.branch, Label: f.label, Scope: f.scope, Next: f.next}
	if f.owner != nil {
		saved.Owner = f.owner.Key
	}
	if a := f.active; a != nil {
		saved.Active = &savedActivity{
			State: a.state, Attempt: a.attempt, Started: a.started, Deadline: a.deadline, Logs: a.logs,
			Catching: saveError(a.catching), Ended: saveEnded(a.ended), Join: a.join, Called: a.called,
		}
		for _, s := range a.strands {
			saved.Active.Strands = append(saved.Active.Strands, savedStrand{saveFrames(s.frames), s.due, s.calling, saveEnded(s.ended)})
		}
	}
	return saved
}

func saveFrames(frames []*frame) []savedFrame {
	saved := make([]savedFrame, len(frames))
	for i, f := range frames {
		saved[i] = saveFrame(f)
	}
	return saved
}

// restore sets the strand to where saved frames stand.
func (s *strand) restore(frames []savedFrame) error {
	for i := range frames {
		f, err := frames[i].restore(s.plan)
		if err != nil {
			return err
		}
		s.frames = append(s.frames, f)
		if a := frames[i].Active; a != nil {
			if err := s.restoreStrands(f, a.Strands); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *strand) restoreStrands(f *frame, strands []savedStrand) error {
	for i := range strands {
		saved := &strands[i]
		child := &strand{run: s.run, parent: s, at: s.prefix(len(s.frames) - 1), due: saved.Due, ended: saved.Ended.restore()}
		if saved.Calling {
			child.due = time.Time{} // what it called may have ended
		}
		if err := child.restore(saved.Frames); err != nil {
			return err
		}
		f.active.strands = append(f.active.strands, child)
	}
	return nil
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
			config: f.block[f.next].config, state: a.State, attempt: a.Attempt, started: a.Started, deadline: a.Deadline,
			logs: a.Logs, catching: a.Catching.restore(), ended: a.Ended.restore(), join: a.Join, called: a.Called,
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

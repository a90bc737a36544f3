package engine

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// Trial has an execution run only a part of its workflow, or spare the outside,
// to see what nodes do.
type Trial struct {
	Node   string                 `json:"node,omitempty"`   // run this node alone
	Until  string                 `json:"until,omitempty"`  // end after this node
	Pins   map[string]value.Value `json:"pins,omitempty"`   // results of nodes that are not to run
	DryRun bool                   `json:"dryRun,omitempty"` // run no node that writes, calls or waits
}

// Check reports keys that the plan has no node of.
func (t *Trial) Check(p *Plan) []hookflow.Problem {
	var problems []hookflow.Problem
	check := func(pointer, key string) {
		if key != "" && p.vertices[key] == nil {
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: fmt.Sprintf("the workflow has no node %q", key)})
		}
	}
	check("/node", t.Node)
	check("/until", t.Until)
	for _, key := range slices.Sorted(maps.Keys(t.Pins)) {
		check("/pins/"+hookflow.EscapePointer(key), key)
	}
	return problems
}

// State is what an execution begins with that is a trial.
func (e *Engine) State(t *Trial) ([]byte, error) {
	plain, err := json.Marshal(savedState{Trial: t})
	if err != nil {
		return nil, fmt.Errorf("encode the trial: %w", err)
	}
	return e.protect(plain)
}

// try prepares the run for its trial.
func (r *run) try(t *Trial) {
	r.trial = t
	if t == nil {
		return
	}
	for key, pin := range t.Pins {
		r.results.set(key, pin)
	}
	if v := r.plan.vertices[t.Node]; v != nil {
		alone := *r.plan
		alone.Root = []*vertex{v}
		r.plan = &alone
	}
}

// spare records a node that the trial does not run, and reports whether it is
// one.
func (s *strand) spare(v *vertex) bool {
	if s.trial == nil {
		return false
	}
	step := hookflow.Step{NodeKey: v.Key, Type: v.Type, Path: s.here(), StartedAt: s.Clock(), Attempt: 1}
	say := func(text string) { step.Logs = []hookflow.Log{{Level: "info", Text: text, At: s.Clock()}} }
	if pin, pinned := s.trial.Pins[v.Key]; pinned {
		step.Status, step.Output = hookflow.StatusSucceeded, jsonText(pin)
		say("pinned: the node did not run")
		s.record(step)
		return true
	}
	if s.trial.DryRun && v.acts() {
		step.Status = hookflow.StatusSkipped
		say("dry run: the node did not run")
		s.record(step)
		return true
	}
	return false
}

// acts reports whether the node writes, calls or waits itself.
func (v *vertex) acts() bool { return v.typ.Effect != node.Pure || v.typ.Rests && !v.typ.Any }

// pass notes that a node is done with: its error, if there was one, goes no further.
func (r *run) pass(key string) { r.passed = r.passed || r.trial != nil && r.trial.Until == key }

// through reports whether the trial ends here.
func (r *run) through() bool { return r.trial != nil && r.trial.Until != "" && r.passed }

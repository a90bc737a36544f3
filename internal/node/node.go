// Package node is the contract between the engine and the node types: what a
// type declares about itself, what a run of it is given and what it may answer.
//
// A type is one Def, registered by the file that defines it. The tags of its
// config struct (package spec) give the strict decoder, the JSON Schema, the
// form and the documentation page.
//
// The life of a node: the engine decodes the config, its {{variables}}
// resolved, and calls Run. Run answers with an Outcome. After Enter the engine
// runs the branch and calls Run again, with State as it was returned and Branch
// saying how the branch ended; after Wait it calls again when the time has
// come, in any process. So a control node is a small function of (config,
// state, what came back), and nothing of an execution lives on a goroutine's
// stack.
package node

import (
	"context"
	"errors"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Text is a text in both languages of the product.
type Text struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

// Effect says what a run of a node changes, and so when it is committed.
type Effect uint8

const (
	// Pure nodes change nothing outside the execution; their results ride
	// along with the next commit.
	Pure Effect = iota
	// Database nodes write records; their writes and their step commit together.
	Database
	// External nodes act on the outside; what ran before them is committed
	// first, and their step as soon as it ends.
	External
)

// Families group the types in the palette.
const (
	FamilyControl = "control"
	FamilyData    = "data"
	FamilyOut     = "out"
	FamilyCode    = "code"
)

// Branch is a list of nodes under a node.
type Branch struct {
	Name  string `json:"name"`
	Title Text   `json:"title"`
}

// BranchError is the branch that any node may have for its error.
const BranchError = "error"

// Settings names the members of a node in a document that every type has, beside
// its key, type, config and branches.
func Settings() []string { return []string{"title", "disabled", "timeout", "retry", "onError"} }

// Def defines a node type whose config is a C.
type Def[C any] struct {
	Type     string // as documents name it
	Title    Text
	Help     Text // one paragraph
	Icon     string
	Family   string
	Effect   Effect
	Branches []Branch // those that it always has, besides BranchError
	// BranchesFrom is where a config names further branches: a JSON pointer in
	// which * is any item, such as "/cases/*/key".
	BranchesFrom string
	// Any says that a document may give it branches of any name.
	Any bool
	// Atomic is the branch whose nodes commit together. Nodes that Rest, or act
	// on the outside, cannot stand in it.
	Atomic string
	// Calls is the key of the workflow that a config has the node run, "" when
	// that is not known yet.
	Calls func(*C) string
	// Rests says that the node may wait, or enter several branches at once.
	Rests  bool
	Result Text // what $steps.<key> holds
	// ResultSchema is its JSON Schema; "" when it may be anything. Descriptions
	// have their Chinese beside them, as x-zh.
	ResultSchema string
	// Outside reports of a pure type's config that its node acts on the outside.
	Outside func(*C) bool
	// Writes reports of a pure type's config that its node writes records.
	Writes func(*C) bool
	// Sources are the expressions in a config, to be parsed at save.
	Sources func(*C) []Source
	// Check reports what the tags cannot say, at save; pointers begin below
	// the config. Values that a template will give are still unset.
	Check func(*C) []hookflow.Problem
	Run   func(context.Context, *Call[C]) (Outcome, error)
}

// Source is a script and where it stands, below the config.
type Source struct {
	Pointer      string
	Engine, Code string // as of Script
}

// Call is one call of a node's Run.
type Call[C any] struct {
	Config C
	*Run
}

// Run is what a call knows besides its config.
type Run struct {
	Workflow string // key
	NodeKey  string
	Attempt  int         // counts from 1
	Now      time.Time   // when this call began
	IdemKey  string      // the same whenever this node runs again in this place
	State    value.Value // as the node last returned it; missing at the first call
	Branch   *Ended      // the branch that has ended; nil unless Enter came before
	Branches []Ended     // how all branches ended; nil unless EnterAll came before
	Scope    value.Scope // resolves paths, for nodes that look up their own
	Names    []string    // of the branches that the document gives the node, sorted, without BranchError
	// Unresolved is a member of the config as it was written, for nodes that
	// resolve it anew in Scope: after the first Enter the config stays what it
	// was then. Nil when the config has no such member.
	Unresolved func(member string) *value.Tree
	Context    func() value.Value
	Steps      func() value.Value
	Env        *Env
	LogLines   []hookflow.Log
}

// Ended says how a branch ended.
type Ended struct {
	Branch string
	Err    error       // nil when its last node was done
	Result value.Value // of its last node; only after EnterAll
}

// ErrOvertaken is how a branch ended that was stopped because others had decided.
var ErrOvertaken = errors.New("stopped: the other branches have decided")

// Log keeps a line with the step.
func (r *Run) Log(level, text string) {
	r.LogLines = append(r.LogLines, hookflow.Log{Level: level, Text: text, At: r.Now})
}

// Outcome is one of Done, Enter, EnterAll, Wait and End.
type Outcome interface{ outcome() }

// Done ends the node.
type Done struct {
	Result value.Value            // missing means null
	Output value.Value            // what the workflow gives to who called it, unless a later node gives something else
	Assign map[string]value.Value // results of earlier nodes that it changed
}

// Enter runs the nodes of a branch, then calls the node again with State.
type Enter struct {
	Branch string
	Label  string      // distinguishes the rounds of a branch, as "[3]"; goes into the path of its steps
	Scope  value.Value // what $scopes.<key> holds inside
	State  value.Value
	Atomic bool // all that its nodes write is committed at its end, or not at all
}

// EnterAll runs several branches at once, then calls the node again with State.
type EnterAll struct {
	Branches []Enter // their State is not used
	Until    Join
	State    value.Value
}

// Join says when branches that run at once have done enough; those that are
// still running then are stopped.
type Join string

// The joins.
const (
	JoinAll  Join = "all"  // all have ended
	JoinAny  Join = "any"  // one has succeeded, or all have ended
	JoinRace Join = "race" // one has ended
)

// Wait parks the execution until a time, then calls the node again with State.
// No goroutine is kept, and a restart changes nothing.
type Wait struct {
	Until  time.Time
	Called hookflow.ID // or until this execution that it started has ended, which is stopped together with the node
	State  value.Value
}

// End ends the whole execution.
type End struct {
	Status   hookflow.Status
	Error    string             // why it failed, when it did
	Response *hookflow.Response // what the caller is answered, when there is one
	Result   value.Value
}

func (Done) outcome()     {}
func (Enter) outcome()    {}
func (EnterAll) outcome() {}
func (Wait) outcome()     {}
func (End) outcome()      {}

// Failure is the error of a node that works but whose condition was not met:
// the execution ends as failed, not as error, and the node is not retried.
type Failure struct{ Reason string }

func (f *Failure) Error() string { return f.Reason }

// Partial is the error of a node that has a result all the same.
type Partial struct {
	Err    error
	Result value.Value
}

func (p *Partial) Error() string { return p.Err.Error() }

func (p *Partial) Unwrap() error { return p.Err }

// ResultOf returns the result of a node that ended with err.
func ResultOf(err error) value.Value {
	if partial, ok := errors.AsType[*Partial](err); ok {
		return partial.Result
	}
	return nil
}

// StatusOf returns the status of a step that ended with err.
func StatusOf(err error) hookflow.Status {
	var failure *Failure
	switch {
	case err == nil:
		return hookflow.StatusSucceeded
	case errors.As(err, &failure):
		return hookflow.StatusFailed
	default:
		return hookflow.StatusError
	}
}

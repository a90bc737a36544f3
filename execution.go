package hookflow

import (
	"encoding/json"
	"time"
)

// Status is where an execution or a step stands.
type Status string

// The statuses. Failed: a node's condition was not met; Error: a node broke;
// Aborted: timeout, or lost beyond retry.
const (
	StatusQueued    Status = "queued"
	StatusRunning   Status = "running"
	StatusWaiting   Status = "waiting"
	StatusSucceeded Status = "succeeded"
	StatusFailed    Status = "failed"
	StatusError     Status = "error"
	StatusAborted   Status = "aborted"
	StatusCancelled Status = "cancelled"
	StatusRejected  Status = "rejected"
	StatusSkipped   Status = "skipped" // steps only
)

// Ended reports whether nothing more will happen.
func (s Status) Ended() bool {
	return s != StatusQueued && s != StatusRunning && s != StatusWaiting
}

// What started an execution.
const (
	StartedByWebhook = "webhook"
	StartedByManual  = "manual"
	StartedByRetry   = "retry"
	StartedByReplay  = "replay"
	StartedByCall    = "call"
	StartedByError   = "error" // options.onError of a workflow that failed
)

// Execution is one run of one revision.
type Execution struct {
	ID          ID
	WorkflowID  ID
	WorkflowKey string
	RevisionID  ID
	Revision    int
	DeliveryID  ID     // 0 for manual runs
	StartedBy   string // webhook, manual, retry, replay, call or error
	RetryOf     ID     // the execution whose results a retry kept
	ParentID    ID     // the execution that waits for the end of this one; 0 when none does
	Depth       int    // how many called each other down to this one; 0 when it was not called
	Status      Status
	Error       string // why it did not succeed, for people
	Epoch       int64  // counts take-overs; a write of an older epoch is refused
	Limit       int    // the workflow's concurrency when it was accepted
	CreatedAt   time.Time
	DueAt       time.Time // when a worker should look at it next
	StartedAt   time.Time // zero until a worker took it
	FinishedAt  time.Time // zero until it ended
	Input       []byte    // $context as JSON when there is no delivery to read it from
	State       []byte    // where the walk stands; empty before the first commit and after the end
	Response    []byte    // what a response node answered, as JSON
	Output      []byte    // the workflow's output, as JSON
}

// Step is one node's run inside an execution.
type Step struct {
	NodeKey    string          `json:"nodeKey"`
	Type       string          `json:"type"`
	Path       string          `json:"path"`
	Status     Status          `json:"status"`
	StartedAt  time.Time       `json:"startedAt"`
	DurationMS float64         `json:"durationMs"`
	Attempt    int             `json:"attempt"`
	Input      json.RawMessage `json:"input,omitempty"`
	Output     json.RawMessage `json:"output,omitempty"`
	Error      string          `json:"error,omitempty"`
	Logs       []Log           `json:"logs,omitempty"`

	// Assign are results of earlier nodes that this step changed.
	Assign map[string]json.RawMessage `json:"assign,omitempty"`
	// Sealed is the encrypted original of what holds a secret and is masked
	// above. The engine resumes with it; nobody is shown it.
	Sealed []byte `json:"sealed,omitempty"`
}

// Log is one line that a node wrote.
type Log struct {
	Level string    `json:"level"`
	Text  string    `json:"text"`
	At    time.Time `json:"at"`
}

// Response is what a workflow answers its caller.
type Response struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    []byte            `json:"body,omitempty"`
}

// ShownSteps is the journal as people see it: without the word that a node has
// begun where the journal also says how it ended or that it was tried again, and
// without sealed originals.
func ShownSteps(journal []Step) []Step {
	type place struct {
		path    string
		attempt int
	}
	ended, last := map[place]bool{}, map[string]int{}
	for i := range journal {
		last[journal[i].Path] = max(last[journal[i].Path], journal[i].Attempt)
		if journal[i].Status != StatusRunning {
			ended[place{journal[i].Path, journal[i].Attempt}] = true
		}
	}
	shown := make([]Step, 0, len(journal))
	for _, step := range journal {
		if step.Status == StatusRunning && (ended[place{step.Path, step.Attempt}] || step.Attempt < last[step.Path]) {
			continue
		}
		step.Sealed = nil
		shown = append(shown, step)
	}
	return shown
}

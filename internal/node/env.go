package node

import (
	"context"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Env is all that a node can reach.
type Env struct {
	Records Records
	HTTP    HTTP
	Scripts Scripts
	// Variable returns a value of $env.
	Variable func(name string) (value.Value, bool)
}

// Records reads and writes collections. For a Database node its writes belong
// to the transaction that commits the node's step.
type Records interface {
	Create(ctx context.Context, collection string, values value.Value) (value.Value, error)
	// Update changes what the filter finds, or everything when it is missing.
	Update(ctx context.Context, collection string, filter, values value.Value) (int64, error)
	Find(ctx context.Context, q Query) ([]value.Value, error)
}

// Query asks for records.
type Query struct {
	Collection string
	Filter     value.Value // missing: all
	Sort       []string    // field names, "-" in front for descending
	Fields     []string    // empty: all
	Limit      int
	Offset     int
}

// HTTP sends requests under the egress policy.
type HTTP interface {
	Do(ctx context.Context, r HTTPRequest) (*HTTPResponse, error)
}

// HTTPRequest is one outgoing request.
type HTTPRequest struct {
	Method          string
	URL             string
	Headers         []hookflow.Header
	Body            []byte
	Timeout         time.Duration
	FollowRedirects bool
	MaxResponse     int64 // bytes; a larger body is an error
}

// HTTPResponse is the answer to one.
type HTTPResponse struct {
	Status  int
	Headers []hookflow.Header
	Body    []byte
}

// Scripts runs JavaScript in the sandbox.
type Scripts interface {
	Run(ctx context.Context, s Script) (ScriptResult, error)
	Check(ctx context.Context, code string) error
}

// Script is one run of a script; every value is passed as its JSON text.
type Script struct {
	Code    string
	Group   string // groups take turns when scripts have to wait
	Context value.Value
	Steps   value.Value
	Env     value.Value
	Params  value.Value
	Timeout time.Duration
}

// ScriptResult is what a script returned and logged; Logs are there also when
// it failed.
type ScriptResult struct {
	Value value.Value
	Logs  []hookflow.Log
}

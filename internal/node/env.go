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
	// Workflows starts other workflows; only Database nodes have it.
	Workflows Workflows
	Channels  Channels
	Files     Files
	Tokens    *Tokens
	// Variable returns a value of $env.
	Variable func(name string) (value.Value, bool)
}

// Records reads and writes collections. For a Database node its writes belong
// to the transaction that commits the node's step.
type Records interface {
	Create(ctx context.Context, collection string, values value.Value) (value.Value, error)
	// Upsert is Create that changes the records which have the same values in
	// these fields, where there are some.
	Upsert(ctx context.Context, collection string, values value.Value, by []string) (value.Value, error)
	// Update changes what the filter finds, or everything when it is missing.
	Update(ctx context.Context, collection string, filter, values value.Value) (int64, error)
	// Destroy deletes what the filter finds, or everything when it is missing.
	Destroy(ctx context.Context, collection string, filter value.Value) (int64, error)
	Find(ctx context.Context, q Query) ([]value.Value, error)
	Aggregate(ctx context.Context, a Aggregate) (value.Value, error)
	// SQL runs one statement on collections: a query gives rows, what writes {count}.
	SQL(ctx context.Context, s SQL) (value.Value, error)
}

// Query asks for records.
type Query struct {
	Collection string
	Filter     value.Value // missing: all
	Sort       []string    // field names, "-" in front for descending
	Fields     []string    // empty: all
	With       []string    // relations to load
	Limit      int
	Offset     int
}

// Aggregate asks for one figure over records.
type Aggregate struct {
	Collection string
	Function   string // count, sum, avg, min or max
	Field      string
	Distinct   bool
	Filter     value.Value // missing: all
}

// SQL is one statement with the values of its :names.
type SQL struct {
	Text   string
	Params value.Value
	Write  bool // other records may be written
}

// Workflows starts workflows for a call node. What it starts belongs to the
// transaction that commits the node's step.
type Workflows interface {
	// Start begins the published revision of a workflow. With wait the node is
	// called again when it has ended, and stopped together with it.
	Start(ctx context.Context, key string, input value.Value, wait bool) (hookflow.ID, error)
	// Ended says how an execution ended; false while it goes on.
	Ended(ctx context.Context, id hookflow.ID) (Called, bool, error)
}

// Called is how an execution ended that a node has started.
type Called struct {
	Status hookflow.Status
	Error  string
	Output value.Value
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
	MaxResponse     int64 // bytes; a larger body is an error, or cut there with Cut
	Cut             bool
	TLS             *TLSOptions // nil: the system's roots and no client certificate
	Proxy           string      // URL of an HTTP, HTTPS or SOCKS5 proxy; "": none, whatever the environment says
}

// TLSOptions are what one request has to prove and believe, in PEM. There is no
// way not to verify the server's certificate.
type TLSOptions struct {
	CA        []byte // roots instead of the system's; empty: the system's
	Cert, Key []byte // client certificate with its chain, and its key; both or none
}

// HTTPResponse is the answer to one.
type HTTPResponse struct {
	Status  int
	Headers []hookflow.Header
	Body    []byte
	Cut     bool   // there was more of the body
	URL     string // that answered, after redirects
}

// Scripts runs JavaScript in the sandbox.
type Scripts interface {
	Run(ctx context.Context, s Script) (ScriptResult, error)
}

// Script is one run of a script; every value is passed as its JSON text.
type Script struct {
	// Engine is the language of an expression, as the calculate node names it;
	// "" is a whole script.
	Engine  string
	Code    string
	Group   string // groups take turns when scripts have to wait
	Context value.Value
	Steps   value.Value
	Env     value.Value
	Params  value.Value
	Timeout time.Duration
	HTTP    HTTP   // sends what the script fetches; nil is no network
	IdemKey string // begins the Idempotency-Key of what it sends
}

// ScriptResult is what a script returned and logged; Logs are there also when
// it failed.
type ScriptResult struct {
	Value value.Value
	Logs  []hookflow.Log
}

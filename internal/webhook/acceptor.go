package webhook

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
)

// Acceptor makes things durable.
type Acceptor interface {
	// Accept makes a delivery, its body, its execution and the queue entry durable. CodeOverloaded
	// says that there is no room.
	Accept(ctx context.Context, in Accepted) (Ticket, error)
	// Record makes a delivery durable that runs nothing.
	Record(ctx context.Context, d *hookflow.Delivery, body []byte) error
	// Answered keeps Status and Answer of an accepted delivery whose caller waited. It need not be
	// durable when it returns.
	Answered(ctx context.Context, d *hookflow.Delivery) error
	// NewID makes the ID of a delivery.
	NewID() hookflow.ID
}

// Accepted is a request that passed every guard.
type Accepted struct {
	Delivery *hookflow.Delivery
	Body     []byte // after content decoding
	Context  *request.Context
	Revision hookflow.ID
	Number   int  // of the revision
	Limit    int  // the workflow's concurrency
	Sync     bool // the caller waits for the Ticket
}

// Ticket is an accepted execution. A sync one must be waited for.
type Ticket interface {
	Execution() hookflow.ID
	// Wait returns how the execution ended, or ctx's error; the execution goes on either way.
	Wait(ctx context.Context) (Result, error)
	// Abort ends the execution.
	Abort(reason string)
}

// Result is how an execution ended.
type Result struct {
	Execution hookflow.ID
	Status    hookflow.Status
	Error     string
	Response  *hookflow.Response // what the workflow answers; nil when it says nothing
}

// Env is the server's variables and secrets.
type Env interface {
	Lookup(name string) (value string, secret, ok bool)
}

package webhook

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
)

// Acceptor makes things durable.
type Acceptor interface {
	// Accept makes a delivery, its body, its execution and the queue entry durable, and with them its
	// key. CodeOverloaded says that there is no room, ErrDuplicate that another delivery has the key:
	// then nothing is kept.
	Accept(ctx context.Context, in Accepted) (Ticket, error)
	// Record makes a delivery durable that runs nothing.
	Record(ctx context.Context, d *hookflow.Delivery, body []byte) error
	// Answered keeps Status and Answer of an accepted delivery whose caller waited. It need not be
	// durable when it returns.
	Answered(ctx context.Context, d *hookflow.Delivery) error
	// First returns the accepted delivery of the workflow whose key has this hash and has not expired,
	// nil when there is none.
	First(ctx context.Context, workflow hookflow.ID, hash [sha256.Size]byte, now time.Time) (*First, error)
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
	Key      *Key // nil: a request like no other
}

// ErrDuplicate says that another accepted delivery has the key.
var ErrDuplicate = errors.New("the same event was accepted before")

// Key recognises an event until it expires.
type Key struct {
	Hash    [sha256.Size]byte
	Expires time.Time
}

// First is the accepted delivery that a duplicate is one of, and what its caller was answered.
type First struct {
	Delivery  hookflow.ID
	Gone      bool               // what was answered is no longer kept
	Status    int                // 0 while no answer is on record
	Answer    *hookflow.Response // nil for a plain acknowledgement
	Execution hookflow.ID
	Ended     hookflow.Status    // how the execution ended, "" while it goes on
	Response  *hookflow.Response // what the workflow answered; nil when it said nothing
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

// Package webhook is the front door: it takes the requests of /api/webhooks/, /api/webhook:trigger/
// and /api/webhooks-test/ through the guards of their endpoint, one after the other, records what
// became of each, and hands over the ones that pass.
package webhook

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/time/rate"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

// Options are what a Handler needs. Those before Trusted are required.
type Options struct {
	Acceptor  Acceptor
	Env       Env
	Clock     hookflow.Clock
	Logger    *slog.Logger
	MaxBody   int64          // the largest body of any endpoint, in bytes
	Trusted   []netip.Prefix // proxies whose forwarding headers are believed
	PublicURL string         // base of our URLs, without a last slash; "" takes it from each request
	// Seal encrypts [Credentials]; nil loses them.
	Seal func(plain []byte) ([]byte, error)
	// Previous is the value that a secret of $env had before its last change; nil: not known.
	Previous func(name string) string
	// Hides tells whether a text holds a secret of $env; nil: none does.
	Hides func(text string) bool
	// Capture keeps the secret that a provider chose in its handshake as the variable; nil refuses
	// such handshakes.
	Capture func(ctx context.Context, variable, secret string) error
	// Remote is what schemes fetch the keys of providers through; nil for none.
	Remote verify.Remote
	// Sets are the named sets of addresses; nil for none.
	Sets Sets
	// Listening tells whether somebody waits for the next request to the workflow; nil: nobody does.
	Listening func(ctx context.Context, workflow hookflow.ID) bool
	// Testable says why the test URL of a workflow does not answer now; own is a [Probe]. When it is
	// nil none answers.
	Testable func(ctx context.Context, workflow hookflow.ID, own bool) error
}

// Handler is the front door. It serves the endpoints of its newest [Table].
type Handler struct {
	Options
	table   atomic.Pointer[Table]
	tests   atomic.Pointer[Table]
	unknown *rate.Limiter // how many requests to unknown paths are recorded
	spares  *rate.Limiter // how many bytes of rejected requests are kept
	room    *room
	// capturing lets one handshake at a time bring a secret, so that the first one stays.
	capturing sync.Mutex
}

// New returns a Handler without endpoints.
func New(o Options) *Handler {
	h := &Handler{Options: o, unknown: rate.NewLimiter(1, 1), spares: newSpare(), room: newRoom(o.MaxBody)}
	h.table.Store(NewTable(nil))
	h.tests.Store(NewTable(nil))
	return h
}

// SetTable replaces the endpoints. Requests under way go on with the ones they found.
func (h *Handler) SetTable(t *Table) { h.table.Store(t) }

// SetTests replaces the endpoints of the test URLs: drafts, and what is published where there is no
// draft, all of them enabled.
func (h *Handler) SetTests(t *Table) { h.tests.Store(t) }

// guard lets a request pass with nil, or decides what becomes of it.
type guard func(*inbound) *verdict

// guards are the steps of the contract, in its order.
var guards = []guard{match, testable, preflight, method, address, limit, read, verifyOrigin, handshake, parse, schema, dedupe, filter, onlyHeard}

// ServeHTTP takes one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in := h.receive(w, r)
	defer func() { in.leave(in.taken) }()
	for _, g := range guards {
		if v := g(in); v != nil {
			in.settle(in.told(v))
			return
		}
	}
	in.accept()
}

// told is the verdict that stands: a disabled endpoint, which only handshakes get past match while
// nobody listens, tells those it refuses nothing else.
func (in *inbound) told(v *verdict) *verdict {
	if e := in.found.Entry; e != nil && !e.Enabled && !in.heard && v.outcome == hookflow.OutcomeRejected {
		return disabled()
	}
	return v
}

// verdict is what became of a request that is not accepted.
type verdict struct {
	outcome    hookflow.Outcome
	reason     hookflow.Reason
	detail     string // for those who look after the endpoint
	answer     *hookflow.Response
	shown      *hookflow.Response // what the delivery keeps of the answer; nil for all of it
	unrecorded bool
}

// refuse is the verdict on a rejected request; the caller is told no more than message.
func refuse(status int, reason hookflow.Reason, message, detail string, headers ...string) *verdict {
	v := &verdict{outcome: hookflow.OutcomeRejected, reason: reason, detail: detail, answer: text(status, message)}
	for i := 0; i+1 < len(headers); i += 2 {
		v.answer.Headers[headers[i]] = headers[i+1]
	}
	return v
}

// note adds to what the delivery says of itself.
func (in *inbound) note(detail string) { in.notes = append(in.notes, detail) }

func (in *inbound) detail(of string) string {
	if of == "" {
		return strings.Join(in.notes, "; ")
	}
	return strings.Join(append([]string{of}, in.notes...), "; ")
}

// settle records a verdict and answers it. One that cannot be recorded is answered all the same.
func (in *inbound) settle(v *verdict) {
	if !v.unrecorded {
		d := in.delivery
		d.Outcome, d.Reason = v.outcome, v.reason
		in.spare()
		d.Detail = in.detail(v.detail)
		d.Status, d.Answer = v.answer.Status, recorded(cmp.Or(v.shown, v.answer))
		if err := in.Acceptor.Record(in.ctx, d, in.body); err != nil {
			in.Logger.Warn("a delivery could not be recorded", "outcome", d.Outcome, "reason", d.Reason, "workflow", d.WorkflowKey, "error", err)
		} else {
			in.recorded = true
		}
	}
	in.answer(v.answer)
}

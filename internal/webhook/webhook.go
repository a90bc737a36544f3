// Package webhook is the front door: it takes the requests of /api/webhooks/ and
// /api/webhook:trigger/ through the guards of their endpoint, one after the other, records what
// became of each, and hands over the ones that pass.
package webhook

import (
	"log/slog"
	"net/http"
	"net/netip"
	"sync/atomic"

	"golang.org/x/time/rate"

	"github.com/hookflow/hookflow"
)

// Options are what a Handler needs. All but Trusted and PublicURL are required.
type Options struct {
	Acceptor  Acceptor
	Env       Env
	Clock     hookflow.Clock
	Logger    *slog.Logger
	MaxBody   int64          // the largest body of any endpoint, in bytes
	Trusted   []netip.Prefix // proxies whose forwarding headers are believed
	PublicURL string         // base of our URLs, without a last slash; "" takes it from each request
}

// Handler is the front door. It serves the endpoints of its newest [Table].
type Handler struct {
	Options
	table   atomic.Pointer[Table]
	unknown *rate.Limiter // how many requests to unknown paths are recorded
	room    *room
}

// New returns a Handler without endpoints.
func New(o Options) *Handler {
	h := &Handler{Options: o, unknown: rate.NewLimiter(1, 1), room: newRoom(o.MaxBody)}
	h.table.Store(NewTable(nil))
	return h
}

// SetTable replaces the endpoints. Requests under way go on with the ones they found.
func (h *Handler) SetTable(t *Table) { h.table.Store(t) }

// guard lets a request pass with nil, or decides what becomes of it.
type guard func(*inbound) *verdict

// guards are the steps of the contract, in its order. The search for duplicates has its place before
// filter.
var guards = []guard{match, preflight, method, address, limit, read, verifyOrigin, handshake, parse, schema, filter}

// ServeHTTP takes one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in := h.receive(w, r)
	defer func() { in.leave(in.taken) }()
	for _, g := range guards {
		if v := g(in); v != nil {
			in.settle(v)
			return
		}
	}
	in.accept()
}

// verdict is what became of a request that is not accepted.
type verdict struct {
	outcome    hookflow.Outcome
	reason     hookflow.Reason
	detail     string // for those who look after the endpoint
	answer     *hookflow.Response
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

// settle records a verdict and answers it. One that cannot be recorded is answered all the same.
func (in *inbound) settle(v *verdict) {
	if !v.unrecorded {
		d := in.delivery
		d.Outcome, d.Reason, d.Detail = v.outcome, v.reason, v.detail
		d.Status, d.Answer = v.answer.Status, recorded(v.answer)
		if err := in.Acceptor.Record(in.ctx, d, in.body); err != nil {
			in.Logger.Warn("a delivery could not be recorded", "outcome", d.Outcome, "reason", d.Reason, "workflow", d.WorkflowKey, "error", err)
		} else {
			in.recorded = true
		}
	}
	in.answer(v.answer)
}

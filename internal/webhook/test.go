package webhook

import (
	"context"
	"net/http"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

// testRate is how many requests a test URL takes at once, and a second.
const testRate = 20

// testable refuses a test URL that does not answer now, and more requests than anybody tries by hand.
// The latter are not recorded.
func testable(in *inbound) *verdict {
	if !in.test {
		return nil
	}
	if !in.found.tests.AllowN(in.now, 1) {
		v := refuse(http.StatusTooManyRequests, hookflow.ReasonRateLimited, "too many requests", "", "Retry-After", "1")
		v.unrecorded = true
		return v
	}
	_, own := probeOf(in.r.Context())
	if in.Testable == nil {
		return disabled()
	}
	if err := in.Testable(in.ctx, in.found.Workflow, own); err != nil {
		return refuse(http.StatusNotFound, hookflow.ReasonDisabled, notFound, err.Error())
	}
	return nil
}

// Probe is what a request says of itself that this server makes on behalf of a user.
type Probe struct {
	// Proof is where the server has put the proof of the sender: nobody may see it, for the user has
	// chosen what it is over.
	Proof verify.Credentials
	// NoHandshake refuses what only the provider is to be answered: an answer may be a signature.
	NoHandshake bool
}

type probeKey struct{}

// WithProbe marks the request of which this is the context.
func WithProbe(ctx context.Context, p Probe) context.Context {
	return context.WithValue(ctx, probeKey{}, p)
}

func probeOf(ctx context.Context) (p Probe, ok bool) {
	p, ok = ctx.Value(probeKey{}).(Probe)
	return p, ok
}

// noHandshake reports whether the request must not be answered as a handshake.
func (in *inbound) noHandshake() bool {
	own, _ := probeOf(in.r.Context())
	return own.NoHandshake
}

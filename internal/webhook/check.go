package webhook

import (
	"context"
	"slices"
	"time"

	"github.com/hookflow/hookflow"
)

// Checked is what an endpoint's verification says of a stored request.
type Checked struct {
	Then hookflow.Report // as of the time when it came
	Now  hookflow.Report // as if it came now
}

// Check verifies a stored request by an endpoint.
func (h *Handler) Check(ctx context.Context, e *Endpoint, d *hookflow.Delivery, s Stored, now time.Time) (Checked, error) {
	then, err := h.report(ctx, e, d, s, s.ReceivedAt)
	if err != nil {
		return Checked{}, err
	}
	late, err := h.report(ctx, e, d, s, now)
	return Checked{Then: then, Now: late}, err
}

func (h *Handler) report(ctx context.Context, e *Endpoint, d *hookflow.Delivery, s Stored, at time.Time) (hookflow.Report, error) {
	own := *d
	in, err := h.restore(ctx, e, &own, s)
	if err != nil {
		return hookflow.Report{}, err
	}
	in.now = at
	verifyOrigin(in)
	return in.verdict.Report, nil
}

// Decrypted reports whether the body of a stored request is no longer what was signed: it was
// encrypted, and is kept as it was read.
func Decrypted(d *hookflow.Delivery) bool {
	return d.Report != nil && d.Report.OK && slices.Contains(encrypting, d.Report.Scheme)
}

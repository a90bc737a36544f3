package webhook

import (
	"strings"

	"golang.org/x/time/rate"

	"github.com/hookflow/hookflow"
)

const (
	// spareBytes and spareRate are how many bytes of rejected requests are kept at once, and a second
	// from then on: whoever proves nothing must not fill the disk.
	spareBytes = 256 << 20
	spareRate  = 256 << 10
)

// newSpare is what is left to keep rejected requests whole.
func newSpare() *rate.Limiter { return rate.NewLimiter(spareRate, spareBytes) }

// spare keeps of a rejected request no more than that it came, and why it was rejected, once too much
// was rejected before.
func (in *inbound) spare() {
	size := len(in.body) + len(in.delivery.URL)
	for _, h := range in.delivery.Headers {
		size += len(h.Name) + len(h.Value)
	}
	if in.delivery.Outcome != hookflow.OutcomeRejected || in.spares.AllowN(in.now, size) {
		return
	}
	in.note("its headers, query and body were not kept: too much is rejected at the moment")
	in.body, in.delivery.Headers, in.delivery.Sealed = nil, nil, nil
	in.delivery.URL, _, _ = strings.Cut(in.delivery.URL, "?")
}

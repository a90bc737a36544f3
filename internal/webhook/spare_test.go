package webhook_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/webhook"
)

// A flood of rejected requests is recorded, but does not fill the disk; what is accepted is always kept.
func TestRejectedFlood(t *testing.T) {
	t.Parallel()
	const size = 100 << 20
	a := &acceptor{}
	h := door(t, a, `{"verification":{"scheme":"token","header":"X-Token","value":"s3cret"}}`, func(o *webhook.Options) { o.MaxBody = size })
	body := strings.Repeat("x", size)
	for range 3 {
		if w := send(h, post(flowPath+"?a=b", "text/plain", body, "X-Token", "wrong")); w.Code != http.StatusUnauthorized {
			t.Fatalf("answer = %d", w.Code)
		}
	}
	for i, whole := range []bool{true, true, false} {
		d := a.recorded[i]
		if (len(a.bodies[i]) == size) != whole || (len(d.Headers) > 0) != whole || strings.Contains(d.URL, "?") != whole {
			t.Errorf("delivery %d: %d bytes, %d headers, %s; want it whole: %t", i, len(a.bodies[i]), len(d.Headers), d.URL, whole)
		}
		if d.BodySize != size || strings.Contains(d.Detail, "not kept") == whole {
			t.Errorf("delivery %d of %d bytes says %q", i, d.BodySize, d.Detail)
		}
	}
	send(h, post(flowPath, "text/plain", body, "X-Token", "s3cret"))
	if len(a.accepted) != 1 || len(a.accepted[0].Body) != size {
		t.Error("an accepted request was not kept whole")
	}
}

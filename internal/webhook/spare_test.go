package webhook

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"github.com/hookflow/hookflow"
)

// log remembers the last delivery that was recorded.
type log struct {
	Acceptor
	delivery *hookflow.Delivery
	body     []byte
}

func (*log) NewID() hookflow.ID { return 1 }

func (l *log) Record(_ context.Context, d *hookflow.Delivery, body []byte) error {
	l.delivery, l.body = d, body
	return nil
}

// A flood of rejected requests is recorded, but does not fill the disk.
func TestRejectedFlood(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	l := &log{}
	h := New(Options{Acceptor: l, Clock: func() time.Time { return now }, Logger: slog.New(slog.DiscardHandler), MaxBody: 1 << 20})
	h.spares = rate.NewLimiter(10, 2500)
	e, problems := Compile(hookflow.Workflow{Key: "flow", Trigger: hookflow.Trigger{
		Type: hookflow.TriggerWebhook, Config: []byte(`{"verification":{"scheme":"token","header":"X-Token","value":"s3cret"}}`),
	}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	h.SetTable(NewTable([]Entry{{Endpoint: e, Workflow: 5, Enabled: true}}))
	const size = 1000
	for i, whole := range []bool{true, true, false, true} {
		if i == 3 {
			now = now.Add(time.Hour)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/webhooks/flow?a=b", strings.NewReader(strings.Repeat("x", size)))
		h.ServeHTTP(httptest.NewRecorder(), r)
		d := l.delivery
		if (len(l.body) == size) != whole || (len(d.Headers) > 0) != whole || strings.Contains(d.URL, "?") != whole {
			t.Errorf("delivery %d: %d bytes, %d headers, %s; want it whole: %t", i, len(l.body), len(d.Headers), d.URL, whole)
		}
		if d.BodySize != size || d.Reason != hookflow.ReasonVerification || strings.Contains(d.Detail, "not kept") == whole {
			t.Errorf("delivery %d of %d bytes says %s, %q", i, d.BodySize, d.Reason, d.Detail)
		}
	}
}

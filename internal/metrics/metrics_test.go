package metrics_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/metrics"
)

func scrape(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
		t.Fatalf("answered %d %v", w.Code, w.Header())
	}
	return w.Body.String()
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	var broken error
	m := metrics.New(metrics.Source{
		Depth: func() int { return 3 },
		Executions: func(context.Context) (map[hookflow.Status]int64, error) {
			return map[hookflow.Status]int64{"error": 2}, broken
		},
	})
	m.Delivery(&hookflow.Delivery{Outcome: hookflow.OutcomeAccepted})
	m.Delivery(&hookflow.Delivery{Outcome: hookflow.OutcomeRejected, Reason: hookflow.ReasonIP})
	m.Delivery(&hookflow.Delivery{Outcome: hookflow.OutcomeRejected, Reason: hookflow.ReasonIP})
	timed := m.Timed("webhooks", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if http.NewResponseController(w).Flush() != nil {
			t.Error("the writer cannot be flushed any more")
		}
	}))
	timed.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil))
	text := scrape(t, m)
	for _, want := range []string{
		`hookflow_deliveries_total{outcome="accepted",reason=""} 1`, `hookflow_deliveries_total{outcome="rejected",reason="ip"} 2`,
		`hookflow_queue_depth 3`, `hookflow_executions{status="error"} 2`,
		`hookflow_http_request_duration_seconds_count{code="200",handler="webhooks"} 1`, "go_goroutines",
	} {
		if !strings.Contains(text, want+"\n") && !strings.Contains(text, want+" ") {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	broken = errors.New("no database")
	if text := scrape(t, m); !strings.Contains(text, "hookflow_queue_depth 3") || strings.Contains(text, "hookflow_executions{") {
		t.Errorf("without a database:\n%s", text)
	}
}

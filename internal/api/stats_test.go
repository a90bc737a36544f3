package api

import (
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store/storetest"
	"github.com/hookflow/hookflow/internal/value"
)

// A thousand requests in the ten hours before the clock's noon, to four workflows.
func seeded(t *testing.T, s *server) {
	t.Helper()
	storetest.Seed(t, s.store, storetest.Log{Workflows: 4, Deliveries: 1000, End: s.clock(), Span: 10 * time.Hour})
}

func TestStatsSeries(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			seeded(t, s)
			s.checkAll(t, []call{
				{
					name: "the last hour and the one before", as: auth.Viewer, method: "GET", path: "/api/stats/series?from=2026-03-01T11:00:00Z&buckets=2", status: 200,
					want: []string{
						`"from":"2026-03-01T11:00:00Z","to":"2026-03-01T12:00:00Z","step":1800`,
						`{"at":"2026-03-01T11:00:00Z","accepted":35,"rejected":10,"duplicate":2,"filtered":2,"handshake":1,"failed":2,"p50Ms":33,"p95Ms":49}`,
						`{"at":"2026-03-01T11:30:00Z","accepted":50,"rejected":0,"duplicate":0,"filtered":0,"handshake":0,"failed":3,"p50Ms":75,"p95Ms":98}`,
						`"totals":{"deliveries":100,"rejectedShare":0.1,"p95Ms":96,"failedExecutions":5}`,
						`"previous":{"deliveries":100,"rejectedShare":0.1,"p95Ms":96,"failedExecutions":5}`,
					},
				},
				{
					name: "nothing before", as: auth.Viewer, method: "GET", path: "/api/stats/series?from=2026-03-01T00:00:00Z", status: 200,
					want: []string{`"previous":{"deliveries":0,"rejectedShare":null,"p95Ms":null,"failedExecutions":0}`, `"totals":{"deliveries":1000`},
				},
				{name: "shorter than its steps", as: auth.Viewer, method: "GET", path: "/api/stats/series?from=2026-03-01T11:59:58Z", status: 200, want: []string{`"step":1,"points":[{"at":"2026-03-01T11:59:58Z"`}},
				{name: "of a workflow", as: auth.Viewer, method: "GET", path: "/api/stats/series?workflow=w1", status: 200, want: []string{`"totals":{"deliveries":250`}},
				{name: "of none", as: auth.Viewer, method: "GET", path: "/api/stats/series?workflow=none", status: 404},
				{name: "the wrong way round", as: auth.Viewer, method: "GET", path: "/api/stats/series?from=2026-03-02T00:00:00Z", status: 400},
				{name: "too long", as: auth.Viewer, method: "GET", path: "/api/stats/series?from=2024-03-02T00:00:00Z", status: 400},
				{name: "for nobody", method: "GET", path: "/api/stats/series", status: 401},
			})
		})
	}
}

func TestStatsHealth(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.advance(90 * time.Second)
	body := s.check(t, call{
		name: "idle", as: auth.Viewer, method: "GET", path: "/api/stats/health", status: 200,
		want: []string{`"version":"test","startedAt":"2026-03-01T12:00:00Z","uptime":90,"database":"sqlite"`, `"processes":1,"queued":0,"oldestQueued":null,"running":0,"waiting":0`},
	})
	if value.Value(body).Get("databaseBytes").Text() == "0" {
		t.Errorf("an empty database: %s", body)
	}
}

func TestStatsFailing(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	seeded(t, s)
	body := s.check(t, call{name: "the worst", as: auth.Viewer, method: "GET", path: "/api/stats/failing?limit=1", status: 200})
	id := member(t, body, "items", "0", "lastExecution")
	s.checkAll(t, []call{
		{name: "its last failure", as: auth.Viewer, method: "GET", path: "/api/executions/" + id, status: 200, want: []string{`"status":"failed"`, `"workflow":"` + member(t, body, "items", "0", "workflow")}},
		{name: "since now", as: auth.Viewer, method: "GET", path: "/api/stats/failing?from=2026-03-01T12:00:00Z", status: 200, want: []string{`"items":[]`}},
	})
}

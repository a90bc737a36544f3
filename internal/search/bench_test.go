package search_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/store/storetest"
)

// BenchmarkLog measures a page of fifty, and the figures of the overview, in a log of 100,000
// deliveries of one day. What matches nothing is the worst case of a filter without an index.
func BenchmarkLog(b *testing.B) {
	end := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for name, options := range map[string]store.Options{"sqlite": {Path: b.TempDir() + "/hookflow.db"}, "postgres": {URL: pgtest.URL(b)}} {
		options.Clock, options.Logger = time.Now, slog.New(slog.DiscardHandler)
		s, err := store.Open(b.Context(), options)
		if err != nil {
			b.Fatal(err)
		}
		storetest.Seed(b, s, storetest.Log{Workflows: 200, Deliveries: 100_000, End: end, Span: 24 * time.Hour})
		for _, f := range filters(end) {
			b.Run(fmt.Sprintf("%s/filter/%s", name, f.name), func(b *testing.B) { benchmarkFilter(b, s, f.filter) })
		}
		for _, figure := range figures(s, end) {
			b.Run(fmt.Sprintf("%s/figures/%s", name, figure.name), func(b *testing.B) {
				for b.Loop() {
					if err := figure.ask(b); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

type namedFilter struct {
	name   string
	filter search.Filter
}

func filters(end time.Time) []namedFilter {
	return []namedFilter{
		{"none", search.Filter{}},
		{"workflow", search.Filter{Workflow: "w7"}},
		{"workflow unknown", search.Filter{Workflow: "none"}},
		{"outcome", search.Filter{Outcome: hookflow.OutcomeHandshake}},
		{"outcome accepted", search.Filter{Outcome: hookflow.OutcomeAccepted}},
		{"reason", search.Filter{Reason: hookflow.ReasonVerification}},
		{"reason unknown", search.Filter{Reason: hookflow.ReasonSchema}},
		{"status", search.Filter{Status: 401}},
		{"status unknown", search.Filter{Status: 418}},
		{"method", search.Filter{Method: "POST"}},
		{"method unknown", search.Filter{Method: "PUT"}},
		{"ip", search.Filter{IP: "192.0.2.7"}},
		{"ip unknown", search.Filter{IP: "198.51.100.7"}},
		{"time", search.Filter{From: end.Add(-12 * time.Hour), To: end.Add(-11 * time.Hour)}},
		{"time and workflow and outcome", search.Filter{From: end.Add(-12 * time.Hour), To: end.Add(-11 * time.Hour), Workflow: "w7", Outcome: hookflow.OutcomeRejected}},
		{"workflow and status unknown", search.Filter{Workflow: "w7", Status: 418}},
		{"q", search.Filter{Q: "order.created"}},
		{"q unknown", search.Filter{Q: "needle"}},
		{"header", search.Filter{InHeader: "x-event:order"}},
		{"header unknown", search.Filter{InHeader: "x-event:needle"}},
		{"body", search.Filter{InBody: "event:order.created"}},
		{"body unknown", search.Filter{InBody: "event:needle"}},
	}
}

func benchmarkFilter(b *testing.B, s *store.Store, f search.Filter) {
	q, problems := f.Query(view)
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	for b.Loop() {
		found, err := q.Find(b.Context(), s, store.Page{Limit: 50})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(found.Deliveries)), "items")
	}
	count := time.Now()
	if _, _, err := q.Count(b.Context(), s); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(time.Since(count).Milliseconds()), "count-ms")
}

type figure struct {
	name string
	ask  func(*testing.B) error
}

func figures(s *store.Store, end time.Time) []figure {
	steps := store.Steps{From: end.Add(-48 * time.Hour), Step: 24 * time.Minute, Count: 120}
	hours := store.Steps{From: end.Add(-24 * time.Hour), Step: time.Hour, Count: 24}
	ids := make([]hookflow.ID, 200)
	for i := range ids {
		ids[i] = hookflow.ID(i + 1)
	}
	return []figure{
		{"traffic", func(b *testing.B) error { _, err := s.Traffic(b.Context(), 0, steps); return err }},
		{"durations", func(b *testing.B) error { _, err := s.Durations(b.Context(), 0, steps); return err }},
		{"traffic of one", func(b *testing.B) error { _, err := s.Traffic(b.Context(), 7, steps); return err }},
		{"durations of one", func(b *testing.B) error { _, err := s.Durations(b.Context(), 7, steps); return err }},
		{"traffic of 200", func(b *testing.B) error { _, err := s.TrafficOf(b.Context(), ids, hours); return err }},
		{"last of 200", func(b *testing.B) error { _, err := s.LastDeliveries(b.Context(), ids); return err }},
		{"failing", func(b *testing.B) error { _, err := s.Failing(b.Context(), end.Add(-24*time.Hour), 10); return err }},
		{"backlog", func(b *testing.B) error { _, err := s.Backlog(b.Context()); return err }},
		{"size", func(b *testing.B) error { _, err := s.Size(b.Context()); return err }},
	}
}

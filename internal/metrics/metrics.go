// Package metrics counts what the server does and tells it to Prometheus.
package metrics

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/hookflow/hookflow"
)

// scrapeTimeout bounds the questions to the database of one scrape.
const scrapeTimeout = 5 * time.Second

// Metrics are this process's. Counts of executions are of the whole database.
type Metrics struct {
	registry   *prometheus.Registry
	deliveries *prometheus.CounterVec
	duration   *prometheus.HistogramVec
}

// Source tells what is not counted here.
type Source struct {
	// Depth is how many executions wait for a worker.
	Depth func() int
	// Executions counts those that an index counts, by status.
	Executions func(ctx context.Context) (map[hookflow.Status]int64, error)
}

// New returns metrics that are all zero.
func New(source Source) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "hookflow_deliveries_total", Help: "Requests recorded, by what became of them.",
		}, []string{"outcome", "reason"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "hookflow_http_request_duration_seconds", Help: "Time until a request was answered.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"handler", "code"}),
	}
	m.registry.MustRegister(
		m.deliveries, m.duration, &executions{source.Executions},
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "hookflow_queue_depth", Help: "Executions that wait for a worker, as far as this process knows.",
		}, func() float64 { return float64(source.Depth()) }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

// Delivery counts a recorded delivery.
func (m *Metrics) Delivery(d *hookflow.Delivery) {
	m.deliveries.WithLabelValues(string(d.Outcome), string(d.Reason)).Inc()
}

// Timed measures the requests of a handler.
func (m *Metrics) Timed(name string, next http.Handler) http.Handler {
	return promhttp.InstrumentHandlerDuration(m.duration.MustCurryWith(prometheus.Labels{"handler": name}), next)
}

// Handler answers a scrape.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// executions counts in the database when it is asked to.
type executions struct {
	count func(ctx context.Context) (map[hookflow.Status]int64, error)
}

var executionsDesc = prometheus.NewDesc("hookflow_executions", "Executions that go on or did not succeed, by status.", []string{"status"}, nil)

func (e *executions) Describe(to chan<- *prometheus.Desc) { to <- executionsDesc }

func (e *executions) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	counts, err := e.count(ctx)
	if err != nil {
		to <- prometheus.NewInvalidMetric(executionsDesc, err)
		return
	}
	for status, n := range counts {
		to <- prometheus.MustNewConstMetric(executionsDesc, prometheus.GaugeValue, float64(n), string(status))
	}
}

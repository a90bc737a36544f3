package app_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/workflow"
)

// answer is what a caller got.
type answer struct {
	Status    int
	Body      string
	First     string // X-First
	Duplicate string
}

func (p *process) send(t *testing.T, key, event string) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.Addr()+"/api/webhooks/"+key, strings.NewReader(`{"id":"`+event+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Error(err)
		return answer{}
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return answer{response.StatusCode, string(body), response.Header.Get("X-First"), response.Header.Get("X-Hookflow-Duplicate")}
}

func (p *process) outcomes(t *testing.T, key string) map[hookflow.Outcome]int64 {
	t.Helper()
	counts := map[hookflow.Outcome]int64{}
	for _, outcome := range []hookflow.Outcome{hookflow.OutcomeAccepted, hookflow.OutcomeDuplicate} {
		n, err := p.Store.CountDeliveries(t.Context(), store.DeliveryFilter{Workflow: key, Outcome: outcome})
		if err != nil {
			t.Fatal(err)
		}
		counts[outcome] = n
	}
	return counts
}

func (p *process) executions(t *testing.T, key string) int64 {
	t.Helper()
	n, err := p.Store.CountExecutions(t.Context(), store.ExecutionFilter{Workflow: key})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const asyncWorkflow = `
key: async
enabled: true
trigger:
  type: webhook
  config:
    dedupe: {key: "{{$context.data.id}}", window: 1h}
    response: {status: 202, headers: {X-First: "{{$context.deliveryId}}"}, body: {id: "{{$context.deliveryId}}"}}
nodes: []
`

// The same event sent five times at once runs once, in whichever process it arrives, and each caller
// gets the first answer; also after a restart.
func TestSameEventAtOnce(t *testing.T) {
	t.Parallel()
	for name, database := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := settings(t, database.url(t))
			running := []*process{start(t, cfg)}
			running[0].save(t, asyncWorkflow, workflow.Replace)
			for len(running) < database.many {
				other := cfg
				other.DataDir = t.TempDir()
				running = append(running, start(t, other))
			}
			answers := make([]answer, 5)
			var sending sync.WaitGroup
			for i := range answers {
				sending.Go(func() { answers[i] = running[i%len(running)].send(t, "async", "e1") })
			}
			sending.Wait()
			first := firstOf(t, answers)
			for _, p := range running {
				p.stop()
			}

			again := start(t, cfg)
			same := first
			same.Duplicate = "true"
			if diff := cmp.Diff(same, again.send(t, "async", "e1")); diff != "" {
				t.Errorf("after a restart (-want +got):\n%s", diff)
			}
			if other := again.send(t, "async", "e2"); other.Status != 202 || other.Duplicate != "" || other.First == first.First {
				t.Errorf("another event: %+v", other)
			}
			want := map[hookflow.Outcome]int64{hookflow.OutcomeAccepted: 2, hookflow.OutcomeDuplicate: 5}
			if diff := cmp.Diff(want, again.outcomes(t, "async")); diff != "" || again.executions(t, "async") != 2 {
				t.Errorf("%d executions, outcomes (-want +got):\n%s", again.executions(t, "async"), diff)
			}
		})
	}
}

// firstOf checks that one answer is the first and the others repeat it.
func firstOf(t *testing.T, answers []answer) answer {
	t.Helper()
	at := slices.IndexFunc(answers, func(a answer) bool { return a.Duplicate == "" })
	if at < 0 {
		t.Fatalf("no first answer: %+v", answers)
	}
	first := answers[at]
	if first.Status != 202 || first.First == "" {
		t.Errorf("the first answer: %+v", first)
	}
	repeated := first
	repeated.Duplicate = "true"
	for i, a := range answers {
		if i != at && a != repeated {
			t.Errorf("answer %d is %+v, the first %+v", i, a, first)
		}
	}
	return first
}

const syncWorkflow = `
key: sync
enabled: true
trigger:
  type: webhook
  config:
    mode: sync
    dedupe: {key: "{{$context.data.id}}", window: 1h}
nodes:
  - {key: wait, type: request, config: {method: GET, url: "URL"}}
  - {key: reply, type: response, config: {status: 201, headers: {X-First: "{{$context.deliveryId}}"}, body: made}}
`

// While the first caller waits for the workflow the others are told to come again; then they get its
// answer.
func TestSameEventWhileItRuns(t *testing.T) {
	t.Parallel()
	for name, database := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived, open := make(chan struct{}, 9), make(chan struct{})
			gate := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
				arrived <- struct{}{}
				<-open
			}))
			t.Cleanup(gate.Close)
			p := start(t, settings(t, database.url(t)))
			p.save(t, strings.Replace(syncWorkflow, "URL", gate.URL, 1), workflow.Replace)

			first := make(chan answer)
			go func() { first <- p.send(t, "sync", "e1") }()
			<-arrived
			for range 4 {
				if a := p.send(t, "sync", "e1"); a.Status != 409 || a.Duplicate != "true" {
					t.Errorf("while it runs: %+v", a)
				}
			}
			close(open)
			want := <-first
			if want.Status != 201 || want.Body != "made" || want.Duplicate != "" {
				t.Errorf("the first answer: %+v", want)
			}
			want.Duplicate = "true"
			if diff := cmp.Diff(want, p.send(t, "sync", "e1")); diff != "" {
				t.Errorf("after its end (-want +got):\n%s", diff)
			}
			if n := p.executions(t, "sync"); n != 1 || len(arrived) != 0 {
				t.Errorf("%d executions, %d more requests", n, len(arrived))
			}
		})
	}
}

package webhook_test

import (
	"context"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/webhook"
)

// While somebody listens a disabled endpoint judges requests as an enabled one does, but runs none.
func TestHeard(t *testing.T) {
	t.Parallel()
	const config = `{"verification":{"scheme":"github","secret":"{{$env.SECRET}}"},"response":{"status":202,"body":"got {{$context.data.a}}"}}`
	const body = `{"a":1}`
	tests := []struct {
		name      string
		listening hookflow.ID // 5 is the workflow
		signature string
		status    int
		outcome   string // and reason
		answer    string
		kept      string // of the body
	}{
		{"nobody listens", 0, sign(body), 404, "rejected/disabled", "no webhook here", ""},
		{"somebody listens to another workflow", 8, sign(body), 404, "rejected/disabled", "no webhook here", ""},
		{"somebody listens", 5, sign(body), 202, "filtered/", "got 1", body},
		{"somebody listens to a forger", 5, sign("else"), 401, "rejected/verification", "verification failed", body},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &acceptor{}
			h := door(t, a, `{}`, func(o *webhook.Options) {
				o.Listening = func(_ context.Context, workflow hookflow.ID) bool { return workflow == test.listening }
			})
			h.SetTable(webhook.NewTable([]webhook.Entry{{Endpoint: endpoint(t, "flow", config), Workflow: 5, Revision: 6}}))
			w := send(h, post(flowPath, jsonType, body, "X-Hub-Signature-256", test.signature))
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.answer) {
				t.Errorf("answered %d %s", w.Code, w.Body)
			}
			if len(a.accepted) != 0 || len(a.recorded) != 1 {
				t.Fatalf("accepted %d, recorded %d", len(a.accepted), len(a.recorded))
			}
			d := a.recorded[0]
			if got := string(d.Outcome) + "/" + string(d.Reason); got != test.outcome || d.Status != test.status || a.bodies[0] != test.kept {
				t.Errorf("recorded %s (%s), %d, %q", got, d.Detail, d.Status, a.bodies[0])
			}
		})
	}
}

package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/webhook"
)

// A stored request is judged as of the time when it came, with the headers it had; what only its
// provider can be answered starts nothing.
func TestAgain(t *testing.T) {
	t.Parallel()
	e := endpoint(t, "flow", `{"path":":shop","verification":{"scheme":"slack","secret":"s3cret"}}`)
	h := door(t, &acceptor{}, `{}`)
	for name, test := range map[string]struct {
		body    string
		signed  time.Time
		sealed  bool // the signature stands among the credentials
		outcome hookflow.Outcome
		detail  string
	}{
		"right":       {`{"n":1}`, noon, false, hookflow.OutcomeAccepted, "as of the time when it came"},
		"sealed":      {`{"n":1}`, noon, true, hookflow.OutcomeAccepted, "as of the time when it came"},
		"late":        {`{"n":1}`, noon.Add(-time.Hour), false, hookflow.OutcomeAccepted, "without its time window"},
		"a handshake": {`{"type":"url_verification","challenge":"c","token":"t"}`, noon, false, hookflow.OutcomeRejected, "is a handshake"},
		"no JSON":     {`{`, noon, false, hookflow.OutcomeRejected, "JSON"},
	} {
		ts := strconv.FormatInt(test.signed.Unix(), 10)
		mac := hmac.New(sha256.New, []byte("s3cret"))
		mac.Write([]byte("v0:" + ts + ":" + test.body))
		signature := "v0=" + hex.EncodeToString(mac.Sum(nil))
		d := &hookflow.Delivery{
			ID: 7, ReceivedAt: noon.Add(24 * time.Hour), Method: "POST", URL: "https://h.example/api/webhooks/north", Path: "north", Pattern: ":shop", IP: "192.0.2.1",
			Headers: []hookflow.Header{{Name: "Content-Type", Value: jsonType}, {Name: "X-Slack-Request-Timestamp", Value: ts}, {Name: "X-Slack-Signature", Value: signature}},
		}
		stored := webhook.Stored{Body: []byte(test.body), ReceivedAt: noon}
		if test.sealed {
			d.Headers[2].Value = "••••"
			stored.Credentials.Headers = map[int]string{2: signature}
		}
		body, context := h.Again(t.Context(), e, d, stored)
		if d.Outcome != test.outcome || !strings.Contains(d.Detail, test.detail) || d.Report == nil || string(body) != test.body {
			t.Errorf("%s: %s/%s %q, report %+v", name, d.Outcome, d.Reason, d.Detail, d.Report)
		}
		if (context != nil) != (test.outcome == hookflow.OutcomeAccepted) {
			t.Errorf("%s: context %v", name, context)
		}
		if context != nil && context.Lookup("params", "shop").Text() != "north" {
			t.Errorf("%s: %s", name, context.JSON())
		}
	}
}

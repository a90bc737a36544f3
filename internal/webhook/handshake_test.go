package webhook_test

import (
	"context"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/webhook"
)

// echo asks as WeChat does when the URL is entered there.
func echo(token string) *http.Request {
	stamp := strconv.FormatInt(noon.Unix(), 10)
	parts := []string{token, stamp, "nonce"}
	slices.Sort(parts)
	signature := sha1.Sum([]byte(strings.Join(parts, "")))
	query := "?signature=" + hex.EncodeToString(signature[:]) + "&timestamp=" + stamp + "&nonce=nonce&echostr=an-echo"
	return httptest.NewRequestWithContext(context.Background(), http.MethodGet, flowPath+query, nil)
}

// sleeping is door with its workflow disabled.
func sleeping(t *testing.T, a webhook.Acceptor, config string, change ...func(*webhook.Options)) *webhook.Handler {
	t.Helper()
	h := door(t, a, config, change...)
	h.SetTable(webhook.NewTable([]webhook.Entry{{Endpoint: endpoint(t, "flow", config), Workflow: 5, Revision: 6, Number: 7}}))
	return h
}

func TestHandshake(t *testing.T) {
	t.Parallel()
	const wechat = `{"verification":{"scheme":"wechat_mp","token":"{{$env.SECRET}}"}}`
	const github = `{"verification":{"scheme":"github","secret":"{{$env.SECRET}}"}}`
	get := func() *http.Request {
		return httptest.NewRequestWithContext(context.Background(), http.MethodGet, flowPath, nil)
	}
	tests := []struct {
		name, config string
		open         func(*testing.T, webhook.Acceptor, string, ...func(*webhook.Options)) *webhook.Handler
		request      *http.Request
		status       int
		outcome      string
		answer       string
		report       bool
	}{
		{"by its own method", wechat, enabled, echo("s3cret"), 200, "handshake/", "an-echo", true},
		{"while disabled", wechat, sleeping, echo("s3cret"), 200, "handshake/", "an-echo", true},
		{"forged", wechat, enabled, echo("other"), 401, "rejected/verification", "verification failed", true},
		{"forged while disabled", wechat, sleeping, echo("other"), 404, "rejected/disabled", "no webhook here", true},
		{"an event while disabled", wechat, sleeping, post(flowPath, jsonType, "{}"), 404, "rejected/disabled", "no webhook here", true},
		{"from where nobody may call, while disabled", `{"denyIPs":["192.0.2.1"],` + wechat[1:], sleeping, echo("s3cret"), 404, "rejected/disabled", "no webhook here", false},
		{"a method of none", github, enabled, get(), 405, "rejected/method", "method not allowed", false},
		{"no scheme for it, while disabled", github, sleeping, post(flowPath, jsonType, "{}"), 404, "rejected/disabled", "no webhook here", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &acceptor{}
			w := send(test.open(t, a, test.config), test.request)
			if w.Code != test.status || w.Body.String() != test.answer {
				t.Errorf("answer = %d %q", w.Code, w.Body)
			}
			if len(a.accepted) > 0 || len(a.recorded) != 1 {
				t.Fatalf("accepted %d, recorded %d", len(a.accepted), len(a.recorded))
			}
			d := a.recorded[0]
			if got := string(d.Outcome) + "/" + string(d.Reason); got != test.outcome || d.Status != test.status || (d.Report != nil) != test.report {
				t.Errorf("delivery = %s %d, report %+v", got, d.Status, d.Report)
			}
		})
	}
}

func enabled(t *testing.T, a webhook.Acceptor, config string, change ...func(*webhook.Options)) *webhook.Handler {
	t.Helper()
	return door(t, a, config, change...)
}

// A handshake finds its endpoint although another one with the same path takes the method's events.
func TestHandshakeAmongEndpoints(t *testing.T) {
	t.Parallel()
	a := &acceptor{}
	h := door(t, a, `{}`)
	h.SetTable(webhook.NewTable([]webhook.Entry{
		{Endpoint: endpoint(t, "put", `{"path":"flow","methods":["PUT"]}`), Workflow: 1, Enabled: true},
		{Endpoint: endpoint(t, "wechat", `{"path":"flow","verification":{"scheme":"wechat_mp","token":"s3cret"}}`), Workflow: 2, Enabled: true},
	}))
	if w := send(h, echo("s3cret")); w.Code != 200 || a.recorded[0].WorkflowID != 2 {
		t.Errorf("answer = %d of %+v", w.Code, a.recorded)
	}
}

func TestHandshakesAreClaimed(t *testing.T) {
	t.Parallel()
	e := endpoint(t, "flow", `{"methods":["POST","GET"],"verification":{"scheme":"wechat_mp","token":"s3cret"}}`)
	e2 := endpoint(t, "flow", `{"verification":{"scheme":"wechat_mp","token":"s3cret"}}`)
	event, probe := webhook.Claim{Method: "POST", Pattern: "flow"}, webhook.Claim{Method: "GET", Pattern: "flow"}
	if diff := cmp.Diff([]webhook.Claim{event, probe}, e.Claims()) + cmp.Diff([]webhook.Claim{event, probe}, e2.Claims()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The secret that a provider chooses is kept once, and only in the variable.
func TestCapturedSecret(t *testing.T) {
	t.Parallel()
	const config = `{"verification":{"scheme":"asana","secret":"{{$env.ASANA}}"}}`
	hello := func(secret string) *http.Request { return post(flowPath, jsonType, "{}", "X-Hook-Secret", secret) }
	kept := map[string]string{}
	fail := false
	change := func(o *webhook.Options) {
		o.Env = variables(kept)
		o.Capture = func(ctx context.Context, variable, secret string) error {
			if fail {
				return context.DeadlineExceeded
			}
			if by := auth.From(ctx); by.Type != auth.TypeNobody || by.IP != "192.0.2.1" {
				t.Errorf("kept for %+v, want the caller", by)
			}
			kept[variable] = secret
			return nil
		}
	}
	a := &acceptor{}
	h := sleeping(t, a, config, change)

	fail = true
	if w := send(h, hello("the-secret-of-theirs")); w.Code < 400 || w.Header().Get("X-Hook-Secret") != "" {
		t.Errorf("a secret that cannot be kept: answer = %d %v", w.Code, w.Header())
	}
	fail = false
	if w := send(h, hello("the-secret-of-theirs")); w.Code != 200 || w.Header().Get("X-Hook-Secret") != "the-secret-of-theirs" {
		t.Errorf("answer = %d %v", w.Code, w.Header())
	}
	if w := send(h, hello("another")); w.Code < 400 || w.Header().Get("X-Hook-Secret") != "" {
		t.Errorf("a second secret: answer = %d %v", w.Code, w.Header())
	}
	if diff := cmp.Diff(map[string]string{"ASANA": "the-secret-of-theirs"}, kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if a.recorded[1].Outcome != hookflow.OutcomeHandshake {
		t.Errorf("delivery = %+v", a.recorded[1])
	}
	for i, d := range a.recorded {
		if text := show(t, d) + a.bodies[i]; strings.Contains(text, "the-secret") {
			t.Errorf("a delivery tells the secret: %s", text)
		}
	}
}

type variables map[string]string

func (v variables) Lookup(name string) (text string, secret, ok bool) {
	text, ok = v[name]
	return text, true, ok
}

// The OPTIONS of CloudEvents is no question of a browser, although the endpoint answers those too.
func TestHandshakeBesideCORS(t *testing.T) {
	t.Parallel()
	const config = `{"cors":{"origins":["https://a.example"]},"verification":{"scheme":"cloudevents","secret":"s3cret"}}`
	ask := func(headers ...string) *http.Request {
		r := httptest.NewRequestWithContext(context.Background(), http.MethodOptions, flowPath+"?access_token=s3cret", nil)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		return r
	}
	a := &acceptor{}
	h := door(t, a, config)
	w := send(h, ask("WebHook-Request-Origin", "eventemitter.example.com", "WebHook-Request-Rate", "120"))
	if w.Code != 200 || w.Header().Get("WebHook-Allowed-Origin") == "" || len(a.recorded) != 1 || a.recorded[0].Outcome != hookflow.OutcomeHandshake {
		t.Errorf("of CloudEvents: %d %v, recorded %+v", w.Code, w.Header(), a.recorded)
	}
	w = send(h, ask("Origin", "https://a.example", "Access-Control-Request-Method", "POST"))
	if w.Code != 204 || w.Header().Get("Access-Control-Allow-Origin") != "https://a.example" || len(a.recorded) != 1 {
		t.Errorf("of a browser: %d %v, recorded %d", w.Code, w.Header(), len(a.recorded))
	}
}

// An encrypted event is seen and kept decrypted, and acknowledged as its provider wants it.
func TestEncryptedEvent(t *testing.T) {
	t.Parallel()
	const config = `{"verification":{"scheme":"dingtalk_event","token":"dt-token-9x","aesKey":"o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus","ownerKey":"dingabcdef0123456789"},
		"schema":{"type":"object","required":["EventType"]}%s}`
	body, err := base64.StdEncoding.DecodeString(encryptedEvent)
	if err != nil {
		t.Fatal(err)
	}
	arrive := func(a *acceptor, more string) *httptest.ResponseRecorder {
		h := door(t, a, strings.Replace(config, "%s", more, 1), func(o *webhook.Options) {
			o.Clock = func() time.Time { return time.Unix(1767225600, 0) }
		})
		return send(h, post(flowPath+encryptedQuery, "application/json", string(body)))
	}
	for name, more := range map[string]string{
		"accepted": ``, "filtered": `,"filter":{"left":1,"op":"equals","right":2}`, "a duplicate": `,"dedupe":{"key":"{{$context.data.EventType}}"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &acceptor{}
			if name == "a duplicate" {
				a.first = &webhook.First{Delivery: 3, Status: 200}
			}
			w := arrive(a, more)
			if w.Code != 200 || !strings.Contains(w.Body.String(), `"encrypt"`) || strings.Contains(w.Body.String(), "success") {
				t.Errorf("answer = %d %q", w.Code, w.Body)
			}
		})
	}
	a := &acceptor{}
	arrive(a, "")
	in := a.accepted[0]
	again, err := request.FromDelivery(in.Delivery, in.Body)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(in.Context.JSON()), string(again.JSON())); diff != "" {
		t.Errorf("(-received +read back):\n%s", diff)
	}
	if in.Context.Lookup("data", "EventType") == nil || in.Context.Lookup("data", "encrypt") != nil || in.Delivery.BodySize != int64(len(in.Body)) {
		t.Errorf("accepted %s, %d bytes", in.Context.JSON(), in.Delivery.BodySize)
	}
}

// The vector dingtalk-06-valid-event-spacing of the package verify.
const (
	encryptedQuery = "?msg_signature=824f0f65a70cac5f6215a936009f1504984f26f7&signature=824f0f65a70cac5f6215a936009f1504984f26f7&timestamp=1767225599000&nonce=nEXhMP4r"
	encryptedEvent = "eyAib3RoZXIiOiAxLA0KICJlbmNyeXB0IiA6ICJFL2NDdm1acWlyWjVteFRhRG9SR3pvUElCTk1ZdnZxV0xYZFQyVjZOVzdpWmZTckl0OWVqZmFEdVByRzR0cndFM0lYb0hpOFdHZ0dMY0lOcnE3MXVCWVRTYWxnS0dsbGp4WWNkd0lrL2prSDlpUmRYZGpxRXVPaTNZM2p5dlFEYSIgfQo="
)

func show(t *testing.T, d *hookflow.Delivery) string {
	t.Helper()
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

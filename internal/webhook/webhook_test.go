package webhook_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/webhook"
)

// acceptor keeps what it is given.
type acceptor struct {
	acceptErr, recordErr error
	result               webhook.Result
	waitErr              error
	first                *webhook.First

	mu       sync.Mutex
	lastID   hookflow.ID
	accepted []webhook.Accepted
	recorded []*hookflow.Delivery
	bodies   []string
	answered []*hookflow.Delivery
	aborted  string
}

const execution hookflow.ID = 77

func (a *acceptor) Accept(_ context.Context, in webhook.Accepted) (webhook.Ticket, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.acceptErr != nil {
		return nil, a.acceptErr
	}
	in.Delivery.ExecutionID = execution
	a.accepted = append(a.accepted, in)
	return ticket{a}, nil
}

func (a *acceptor) Record(_ context.Context, d *hookflow.Delivery, body []byte) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.recordErr != nil {
		return a.recordErr
	}
	a.recorded, a.bodies = append(a.recorded, d), append(a.bodies, string(body))
	return nil
}

func (a *acceptor) Answered(_ context.Context, d *hookflow.Delivery) error {
	a.answered = append(a.answered, d)
	return nil
}

func (a *acceptor) First(context.Context, hookflow.ID, [sha256.Size]byte, time.Time) (*webhook.First, error) {
	return a.first, nil
}

func (a *acceptor) NewID() hookflow.ID {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lastID++
	return a.lastID
}

type ticket struct{ *acceptor }

func (t ticket) Execution() hookflow.ID                       { return execution }
func (t ticket) Wait(context.Context) (webhook.Result, error) { return t.result, t.waitErr }
func (t ticket) Abort(reason string)                          { t.aborted = reason }
func (environment) Lookup(name string) (text string, secret, ok bool) {
	text, ok = values[name]
	return text, true, ok
}

type environment struct{}

var values = map[string]string{"SECRET": "s3cret"}

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// door is a front door with one workflow, whose trigger has the config.
func door(t testing.TB, a webhook.Acceptor, config string, change ...func(*webhook.Options)) *webhook.Handler {
	t.Helper()
	options := webhook.Options{
		Acceptor: a, Env: environment{}, Clock: func() time.Time { return noon }, Logger: slog.New(slog.DiscardHandler), MaxBody: 1 << 20,
	}
	for _, c := range change {
		c(&options)
	}
	h := webhook.New(options)
	h.SetTable(webhook.NewTable([]webhook.Entry{
		{Endpoint: endpoint(t, "flow", config), Workflow: 5, Revision: 6, Number: 7, Enabled: true},
		{Endpoint: endpoint(t, "asleep", `{}`), Workflow: 8, Revision: 9, Number: 1},
	}))
	return h
}

func endpoint(t testing.TB, key, config string) *webhook.Endpoint {
	t.Helper()
	e, problems := webhook.Compile(workflow(key, config))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return e
}

func workflow(key, config string) hookflow.Workflow {
	return hookflow.Workflow{
		Key: key, Options: hookflow.Options{Concurrency: 3},
		Trigger: hookflow.Trigger{Type: hookflow.TriggerWebhook, Config: json.RawMessage(config)},
	}
}

func post(path, contentType, body string, headers ...string) *http.Request {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "http://hooks.example.com"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func send(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

const (
	flowPath = "/api/webhooks/flow"
	jsonType = "application/json"
)

func TestAccept(t *testing.T) {
	t.Parallel()
	a := &acceptor{}
	w := send(door(t, a, `{}`), post(flowPath+"?x=1", jsonType, `{"a": 1}`, "Cookie", "session=1"))

	if w.Code != 200 || w.Body.String() != "ok" || w.Header().Get("Content-Type") != "text/plain" {
		t.Errorf("answer = %d %q %v", w.Code, w.Body, w.Header())
	}
	if len(a.accepted) != 1 || len(a.recorded) != 0 {
		t.Fatalf("accepted %d, recorded %d", len(a.accepted), len(a.recorded))
	}
	in := a.accepted[0]
	if w.Header().Get("X-Hookflow-Delivery") != in.Delivery.ID.String() || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers = %v", w.Header())
	}
	if string(in.Body) != `{"a": 1}` || string(in.Context.Lookup("data", "a")) != "1" || in.Revision != 6 || in.Number != 7 || in.Limit != 3 || in.Sync {
		t.Errorf("accepted = %+v", in)
	}
	want := &hookflow.Delivery{
		ID: in.Delivery.ID, WorkflowID: 5, WorkflowKey: "flow", ReceivedAt: noon, Method: "POST",
		URL: "http://hooks.example.com/api/webhooks/flow?x=1", Path: "flow", Pattern: "flow", IP: "192.0.2.1",
		Headers: []hookflow.Header{
			{Name: "Content-Type", Value: jsonType}, {Name: "Cookie", Value: "••••"}, {Name: "Host", Value: "hooks.example.com"},
		},
		BodySize: 8, Outcome: hookflow.OutcomeAccepted, Status: 200, ExecutionID: execution,
		Report: &hookflow.Report{Scheme: "none", OK: true, Checks: []hookflow.Check{{Check: "none", OK: true, Detail: "every caller is accepted"}}},
	}
	if diff := cmp.Diff(want, in.Delivery); diff != "" {
		t.Errorf("delivery (-want +got):\n%s", diff)
	}
}

func sign(body string) string {
	mac := hmac.New(sha256.New, []byte(values["SECRET"]))
	mac.Write([]byte(body))
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

func squeeze(t testing.TB, text string) string {
	t.Helper()
	var squeezed bytes.Buffer
	w := gzip.NewWriter(&squeezed)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return squeezed.String()
}

// Every step, passed and not.
func TestGuards(t *testing.T) {
	t.Parallel()
	const (
		github = `{"verification":{"scheme":"github","secret":"{{$env.SECRET}}"}}`
		gone   = `{"verification":{"scheme":"github","secret":"{{$env.GONE}}"}}`
		basic  = `{"verification":{"scheme":"basic","username":"u","password":"p"}}`
		wire   = `{"verification":{"scheme":"github","secret":"s3cret","over":"wire"}}`
		shape  = `{"schema":{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}}`
		onPush = `{"filter":{"all":[{"left":"{{$context.data.kind}}","op":"equals","right":"push"}]},"response":{"status":202,"body":"got it"}}`
	)
	gzipped := squeeze(t, `{"a":1}`)
	tests := []struct {
		name, config string
		request      *http.Request
		status       int
		outcome      string // and reason
		answer       string // a part of the answer
		headers      string // name=value
	}{
		{"unknown path", `{}`, post("/api/webhooks/nowhere", jsonType, "{}"), 404, "rejected/no_such_path", "no webhook here", ""},
		{"disabled", `{}`, post("/api/webhooks/asleep", jsonType, "{}"), 404, "rejected/disabled", "no webhook here", ""},
		{"by key", `{"path":"a/:b"}`, post("/api/webhook:trigger/flow", jsonType, "{}"), 200, "accepted/", "ok", ""},
		{"by key, with a pattern like it", `{"path":":any"}`, post("/api/webhook:trigger/flow", jsonType, "{}"), 200, "accepted/", "ok", ""},
		{"unknown key", `{}`, post("/api/webhook:trigger/none", jsonType, "{}"), 404, "rejected/no_such_path", "", ""},
		{"method", `{"methods":["PUT","GET"]}`, post(flowPath, jsonType, "{}"), 405, "rejected/method", "", "Allow=GET, PUT, HEAD"},
		{"HEAD", `{"methods":["GET"]}`, httptest.NewRequestWithContext(t.Context(), http.MethodHead, flowPath, nil), 200, "accepted/", "", ""},
		{"allowed address", `{"allowIPs":["192.0.2.0/24"]}`, post(flowPath, jsonType, "{}"), 200, "accepted/", "", ""},
		{"not allowed address", `{"allowIPs":["::1"]}`, post(flowPath, jsonType, "{}"), 403, "rejected/ip", "forbidden", ""},
		{"denied address", `{"allowIPs":["192.0.2.0/24"],"denyIPs":["192.0.2.1"]}`, post(flowPath, jsonType, "{}"), 403, "rejected/ip", "forbidden", ""},
		{"forged address", `{"allowIPs":["::1"]}`, post(flowPath, jsonType, "{}", "X-Forwarded-For", "::1"), 403, "rejected/ip", "", ""},
		{"too large", `{"maxBytes":4}`, post(flowPath, jsonType, "12345"), 413, "rejected/too_large", "too large", ""},
		{"a bomb", `{"maxBytes":"1KiB"}`, post(flowPath, jsonType, squeeze(t, strings.Repeat(" ", 1<<20)), "Content-Encoding", "gzip"), 413, "rejected/too_large", "", ""},
		{"gzip", `{}`, post(flowPath, jsonType, gzipped, "Content-Encoding", "gzip"), 200, "accepted/", "ok", ""},
		{"broken gzip", `{}`, post(flowPath, jsonType, "{}", "Content-Encoding", "gzip"), 400, "rejected/malformed", "could not be read", ""},
		{"unknown coding", `{}`, post(flowPath, jsonType, "{}", "Content-Encoding", "lzma"), 415, "rejected/malformed", "", "Accept-Encoding=gzip, br, zstd, deflate"},
		{"signed", github, post(flowPath, jsonType, "{}", "X-Hub-Signature-256", sign("{}")), 200, "accepted/", "ok", ""},
		{"signed over the wire", wire, post(flowPath, jsonType, gzipped, "Content-Encoding", "gzip", "X-Hub-Signature-256", sign(gzipped)), 200, "accepted/", "ok", ""},
		{"signed decoded", github, post(flowPath, jsonType, gzipped, "Content-Encoding", "gzip", "X-Hub-Signature-256", sign(`{"a":1}`)), 200, "accepted/", "ok", ""},
		{"forged", github, post(flowPath, jsonType, "{} ", "X-Hub-Signature-256", sign("{}")), 401, "rejected/verification", "verification failed", ""},
		{"unsigned and malformed", github, post(flowPath, jsonType, "{"), 401, "rejected/verification", "verification failed", ""},
		{"no secret", gone, post(flowPath, jsonType, "{}", "X-Hub-Signature-256", sign("{}")), 401, "rejected/verification", "verification failed", ""},
		{"no password", basic, post(flowPath, jsonType, "{}"), 401, "rejected/verification", "", `Www-Authenticate=Basic realm="hookflow", charset="UTF-8"`},
		{"malformed", `{}`, post(flowPath, jsonType, "{\n!"), 400, "rejected/malformed", "line 2, column 1", ""},
		{"schema met", shape, post(flowPath, jsonType, `{"a":1}`), 200, "accepted/", "ok", ""},
		{"schema not met", shape, post(flowPath, jsonType, `{"a":"x"}`), 422, "rejected/schema", `"pointer":"/a"`, "Content-Type=application/problem+json"},
		{"filter met", onPush, post(flowPath, jsonType, `{"kind":"push"}`), 202, "accepted/", "got it", ""},
		{"filtered by a secret", `{"filter":{"left":"{{$env.SECRET}}","op":"equals","right":"s3cret"}}`, post(flowPath, jsonType, `{}`), 200, "filtered/", "ok", ""},
		{"filtered", onPush, post(flowPath, jsonType, `{"kind":"pull"}`), 202, "filtered/", "got it", "Content-Type=text/plain; charset=utf-8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &acceptor{}
			w := send(door(t, a, test.config), test.request)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.answer) {
				t.Errorf("answer = %d %q, want %d %q", w.Code, w.Body, test.status, test.answer)
			}
			if name, text, ok := strings.Cut(test.headers, "="); ok && w.Header().Get(name) != text {
				t.Errorf("%s = %q, want %q", name, w.Header().Get(name), text)
			}
			deliveries := a.recorded
			for _, in := range a.accepted {
				deliveries = append(deliveries, in.Delivery)
			}
			if len(deliveries) != 1 {
				t.Fatalf("%d deliveries", len(deliveries))
			}
			d := deliveries[0]
			if got := string(d.Outcome) + "/" + string(d.Reason); got != test.outcome || d.Status != test.status {
				t.Errorf("delivery = %s %d, want %s %d", got, d.Status, test.outcome, test.status)
			}
			if w.Header().Get("X-Hookflow-Delivery") != d.ID.String() || w.Header().Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("headers = %v", w.Header())
			}
			if d.Outcome == hookflow.OutcomeRejected && d.Detail == "" {
				t.Error("the delivery does not say why")
			}
		})
	}
}

// Many clients cost bounded memory, and none gets around the limit by their number.
func TestRateLimitIsBounded(t *testing.T) {
	t.Parallel()
	h := door(t, &acceptor{}, `{"rateLimit":{"requests":1,"per":"1h","by":"ip"}}`)
	call := func(client netip.Addr) int {
		r := post(flowPath, jsonType, "{}")
		r.RemoteAddr = netip.AddrPortFrom(client, 80).String()
		return send(h, r).Code
	}
	client, passed := netip.MustParseAddr("10.0.0.0"), 0
	for range 10_050 {
		if client = client.Next(); call(client) == 200 {
			passed++
		}
	}
	if passed != 10_001 { // one each for those that are counted, one for all others
		t.Errorf("%d requests passed", passed)
	}
	if code := call(netip.MustParseAddr("10.0.0.1")); code != 429 {
		t.Errorf("the first client's second request: %d", code)
	}
}

type slowBody struct{}

func (slowBody) Read([]byte) (int, error) { return 0, os.ErrDeadlineExceeded }

func TestSlowBody(t *testing.T) {
	t.Parallel()
	a := &acceptor{}
	w := send(door(t, a, `{}`), httptest.NewRequestWithContext(t.Context(), http.MethodPost, flowPath, slowBody{}))
	if w.Code != http.StatusRequestTimeout || a.recorded[0].Reason != hookflow.ReasonTimeout {
		t.Errorf("answer = %d, recorded %+v", w.Code, a.recorded)
	}
}

func TestUnknownPathsAreSampled(t *testing.T) {
	t.Parallel()
	a, now := &acceptor{}, noon
	h := door(t, a, `{}`, func(o *webhook.Options) { o.Clock = func() time.Time { return now } })
	var got []bool
	for _, later := range []time.Duration{0, 0, 500 * time.Millisecond, 600 * time.Millisecond} {
		now = now.Add(later)
		w := send(h, post("/api/webhooks/nowhere", jsonType, "{}"))
		got = append(got, w.Code == 404 && w.Header().Get("X-Hookflow-Delivery") != "")
	}
	if diff := cmp.Diff([]bool{true, false, false, true}, got); diff != "" || len(a.recorded) != 2 {
		t.Errorf("%d recorded; which (-want +got):\n%s", len(a.recorded), diff)
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		by      string
		clients []string
		want    []int
	}{
		{"endpoint", []string{"192.0.2.1", "192.0.2.2", "192.0.2.3"}, []int{200, 200, 429}},
		{"ip", []string{"192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"}, []int{200, 200, 429, 200}},
		{"ip", []string{"2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1"}, []int{200, 200, 429, 200}},
	}
	for _, test := range tests {
		now := noon
		h := door(t, &acceptor{}, `{"rateLimit":{"requests":2,"per":"1m","by":"`+test.by+`"}}`, func(o *webhook.Options) {
			o.Clock = func() time.Time { return now }
		})
		var got []int
		var last *httptest.ResponseRecorder
		call := func(client string) {
			r := post(flowPath, jsonType, "{}")
			r.RemoteAddr = netip.AddrPortFrom(netip.MustParseAddr(client), 80).String()
			w := send(h, r)
			if got = append(got, w.Code); w.Code == 429 {
				last = w
			}
		}
		for _, client := range test.clients {
			call(client)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", test.clients, diff)
		}
		if last.Header().Get("Retry-After") != "30" {
			t.Errorf("Retry-After = %q", last.Header().Get("Retry-After"))
		}
		now = now.Add(30 * time.Second)
		if call(test.clients[0]); got[len(got)-1] != 200 {
			t.Error("a token is still missing after Retry-After")
		}
	}
}

func TestAcknowledgment(t *testing.T) {
	t.Parallel()
	const sandbox = "sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts allow-top-navigation"
	tests := []struct {
		name, response, body string
		status               int
		contentType, answer  string
		headers              map[string]string
		detail               string
	}{
		{
			"variables", `{"status":"{{$context.data.code}}","headers":{"X-Queue":"yes","X-Id":"{{$context.deliveryId}}"},"body":{"received":"{{$context.data}}"}}`,
			`{"code":201}`, 201, jsonType, `{"received":{"code":201}}`,
			map[string]string{"X-Queue": "yes", "X-Id": "0000000000001"},
			"",
		},
		{"type of its own", `{"headers":{"content-type":"text/xml"},"body":"<a/>"}`, `{}`, 200, "text/xml", "<a/>", nil, ""},
		{"text", `{"body":"{{$context.data.challenge}}"}`, `{"challenge":"c"}`, 200, "text/plain; charset=utf-8", "c", nil, ""},
		{"status only", `{"status":202}`, `{}`, 202, "text/plain", "ok", nil, ""},
		{"no body", `{"status":204,"body":"x"}`, `{}`, 204, "text/plain; charset=utf-8", "", nil, ""},
		{"a header split in two", `{"headers":{"X-A":"{{$context.data.a}}"}}`, `{"a":"1\r\nSet-Cookie: b"}`, 200, "text/plain", "ok", map[string]string{"X-A": "1  Set-Cookie: b", "Set-Cookie": ""}, ""},
		{"a status that is none", `{"status":"{{$context.data.code}}"}`, `{"code":99}`, 200, "text/plain", "ok", nil, "not an HTTP status"},
		{"sandboxed", `{"headers":{"Content-Type":"text/html"},"body":"<script>"}`, `{}`, 200, "text/html", "<script>", map[string]string{"Content-Security-Policy": sandbox}, ""},
		{"sandboxed, whatever policy", `{"headers":{"content-security-policy":"default-src *"}}`, `{}`, 200, "text/plain", "ok", map[string]string{"Content-Security-Policy": sandbox + ", default-src *"}, ""},
		{"cookies", `{"headers":{"Set-Cookie":"{{$context.data.c}}"}}`, `{"c":"a=hello; Path=/"}`, 200, "text/plain", "ok", map[string]string{"Set-Cookie": "a=hello; Path=/"}, ""},
		{"the session of a user", `{"headers":{"set-cookie":"{{$context.data.c}}"}}`, `{"c":" hookflow_session=theirs"}`, 200, "text/plain", "ok", map[string]string{"Set-Cookie": ""}, ""},
		{"the session in a cookie without a name", `{"headers":{"Set-Cookie":"{{$context.data.c}}"}}`, `{"c":"=hookflow_session=theirs; Path=/"}`, 200, "text/plain", "ok", map[string]string{"Set-Cookie": ""}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &acceptor{}
			w := send(door(t, a, `{"response":`+test.response+`}`), post(flowPath, jsonType, test.body))
			if w.Code != test.status || w.Header().Get("Content-Type") != test.contentType || w.Body.String() != test.answer {
				t.Errorf("answer = %d %s %q", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
			for name, want := range test.headers {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s = %q, want %q", name, got, want)
				}
			}
			d := a.accepted[0].Delivery
			if d.Status != test.status || !strings.Contains(d.Detail, test.detail) || (d.Detail == "") != (test.detail == "") {
				t.Errorf("delivery = %d %q", d.Status, d.Detail)
			}
		})
	}
}

func TestSync(t *testing.T) {
	t.Parallel()
	const done = `{"execution":"000000000002d","status":`
	tests := []struct {
		name, onTimeout string
		result          webhook.Result
		err             error
		status          int
		answer, header  string
		aborted         bool
	}{
		{"succeeded", "abort", webhook.Result{Status: hookflow.StatusSucceeded}, nil, 200, done + `"succeeded"}`, "", false},
		{"failed", "abort", webhook.Result{Status: hookflow.StatusFailed, Error: "inside"}, nil, 500, done + `"failed"}`, "", false},
		{"response", "abort", webhook.Result{
			Status:   hookflow.StatusSucceeded,
			Response: &hookflow.Response{Status: 201, Headers: map[string]string{"x-flow": "1", "Connection": "x"}, Body: []byte("made")},
		}, nil, 201, "made", "X-Flow=1", false},
		{"timeout", "abort", webhook.Result{}, context.DeadlineExceeded, 504, done + `"aborted"}`, "", true},
		{"timeout, going on", "continue", webhook.Result{}, context.DeadlineExceeded, 202, done + `"running"}`, "Location=/api/executions/000000000002d", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &acceptor{result: test.result, waitErr: test.err}
			w := send(door(t, a, `{"mode":"sync","sync":{"onTimeout":"`+test.onTimeout+`"}}`), post(flowPath, jsonType, "{}"))
			if w.Code != test.status || w.Body.String() != test.answer || w.Header().Get("Connection") != "" {
				t.Errorf("answer = %d %q %v", w.Code, w.Body, w.Header())
			}
			if name, text, ok := strings.Cut(test.header, "="); ok && w.Header().Get(name) != text {
				t.Errorf("headers = %v", w.Header())
			}
			if (a.aborted != "") != test.aborted {
				t.Errorf("aborted: %q", a.aborted)
			}
			if !a.accepted[0].Sync || len(a.answered) != 1 || a.answered[0].Status != test.status || string(a.answered[0].Answer.Body) != test.answer {
				t.Errorf("accepted %+v, answered %+v", a.accepted, a.answered)
			}
		})
	}
}

func TestCallerLeaves(t *testing.T) {
	t.Parallel()
	a := &acceptor{waitErr: context.Canceled}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	send(door(t, a, `{"mode":"sync"}`), post(flowPath, jsonType, "{}").WithContext(ctx))
	if len(a.accepted) != 1 || a.aborted != "" || len(a.answered) != 0 {
		t.Errorf("accepted %d, aborted %q, answered %d", len(a.accepted), a.aborted, len(a.answered))
	}
}

func TestOverload(t *testing.T) {
	t.Parallel()
	full := hookflow.Errorf(hookflow.CodeOverloaded, "5 executions wait already")
	tests := []struct {
		name           string
		accept, record error
		recorded       int
		detail         string
	}{
		{"full", full, nil, 1, "5 executions wait already"},
		{"disk gone", errors.New("write /secret/path: no space left"), nil, 1, "the request could not be stored"},
		{"nothing goes", full, errors.New("closed"), 0, ""},
	}
	for _, test := range tests {
		a := &acceptor{acceptErr: test.accept, recordErr: test.record}
		w := send(door(t, a, `{}`), post(flowPath, jsonType, "{}"))
		if w.Code != 503 || w.Header().Get("Retry-After") == "" || strings.Contains(w.Body.String(), "/secret") {
			t.Errorf("%s: answer = %d %q %v", test.name, w.Code, w.Body, w.Header())
		}
		if (w.Header().Get("X-Hookflow-Delivery") != "") != (test.recorded > 0) || len(a.recorded) != test.recorded {
			t.Errorf("%s: recorded %d, headers %v", test.name, len(a.recorded), w.Header())
		}
		if test.recorded > 0 && (a.recorded[0].Detail != test.detail || a.recorded[0].Reason != hookflow.ReasonOverloaded || a.recorded[0].ExecutionID != 0) {
			t.Errorf("%s: delivery = %+v", test.name, a.recorded[0])
		}
	}
}

func TestCORS(t *testing.T) {
	t.Parallel()
	options := func(origin string) *http.Request {
		r := httptest.NewRequestWithContext(context.Background(), http.MethodOptions, flowPath, nil)
		r.Header.Set("Origin", origin)
		r.Header.Set("Access-Control-Request-Method", "POST")
		r.Header.Set("Access-Control-Request-Headers", "x-a")
		return r
	}
	tests := []struct {
		name, config string
		request      *http.Request
		status       int
		origin       string
		methods      string
	}{
		{"preflight", `{"cors":{"origins":["https://a.example"]}}`, options("https://a.example"), 204, "https://a.example", "POST"},
		{"preflight of a stranger", `{"cors":{"origins":["https://a.example"]}}`, options("https://b.example"), 204, "", ""},
		{"preflight of anyone", `{"cors":{"origins":["*"]}}`, options("https://b.example"), 204, "*", "POST"},
		{"preflight without cors", `{}`, options("https://a.example"), 405, "", ""},
		{"call", `{"cors":{"origins":["https://a.example"]}}`, post(flowPath, jsonType, "{}", "Origin", "https://a.example"), 200, "https://a.example", ""},
		{"refusal", `{"cors":{"origins":["https://a.example"]}}`, post(flowPath, jsonType, "{", "Origin", "https://a.example"), 400, "https://a.example", ""},
		{"call of a stranger", `{"cors":{"origins":["https://a.example"]}}`, post(flowPath, jsonType, "{}", "Origin", "https://b.example"), 200, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &acceptor{}
			w := send(door(t, a, test.config), test.request)
			h := w.Header()
			if w.Code != test.status || h.Get("Access-Control-Allow-Origin") != test.origin || h.Get("Access-Control-Allow-Methods") != test.methods {
				t.Errorf("answer = %d %v", w.Code, h)
			}
			if test.status == 204 && len(a.recorded)+len(a.accepted) > 0 {
				t.Error("a preflight was recorded")
			}
		})
	}
}

// What the workflow sees is the same when it is read back from the delivery.
func TestContextSurvives(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/api/webhooks/a%20b?key=s3cret&x=1", "/api/webhook:trigger/flow?x=%20&key=s3cret"} {
		a := &acceptor{}
		config := `{"path":":any","verification":{"scheme":"token","query":"key","value":"s3cret"}}`
		w := send(door(t, a, config), post(path, "application/x-www-form-urlencoded", "a=1", "Cookie", "c"))
		if w.Code != 200 {
			t.Fatalf("answer = %d %q", w.Code, w.Body)
		}
		in := a.accepted[0]
		again, err := request.FromDelivery(in.Delivery, in.Body)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(in.Context.JSON()), string(again.JSON())); diff != "" {
			t.Errorf("%s (-received +read back):\n%s", path, diff)
		}
	}
}

// What a scheme calls a credential is nowhere but in the check itself.
func TestCredentialsAreMasked(t *testing.T) {
	t.Parallel()
	tests := []struct {
		config string
		path   string
		header string
	}{
		{`{"verification":{"scheme":"token","query":"key","value":"s3cret"}}`, flowPath + "?a=1&key=s3cret&b=2", ""},
		{`{"verification":{"scheme":"token","header":"X-Key","value":"s3cret"}}`, flowPath, "s3cret"},
	}
	for _, test := range tests {
		a := &acceptor{}
		w := send(door(t, a, test.config), post(test.path, jsonType, "{}", "X-Key", test.header, "Authorization", "Bearer s3cret"))
		if w.Code != 200 {
			t.Fatalf("answer = %d %q", w.Code, w.Body)
		}
		text, err := json.Marshal(a.accepted[0].Delivery)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "s3cret") || strings.Contains(string(a.accepted[0].Context.JSON()), "s3cret") {
			t.Errorf("the credential is kept: %s", text)
		}
	}
}

func TestURLBehindProxies(t *testing.T) {
	t.Parallel()
	trusted := func(o *webhook.Options) { o.Trusted = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} }
	forwarded := []string{"X-Forwarded-For", "198.51.100.7", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "out.example"}
	tests := []struct {
		name    string
		change  []func(*webhook.Options)
		url, ip string
	}{
		{"stranger", nil, "http://hooks.example.com/api/webhooks/flow", "192.0.2.1"},
		{"proxy", []func(*webhook.Options){trusted}, "https://out.example/api/webhooks/flow", "198.51.100.7"},
		{"public URL", []func(*webhook.Options){trusted, func(o *webhook.Options) { o.PublicURL = "https://public.example/base" }}, "https://public.example/base/api/webhooks/flow", "198.51.100.7"},
	}
	for _, test := range tests {
		a := &acceptor{}
		send(door(t, a, `{}`, test.change...), post(flowPath, jsonType, "{}", forwarded...))
		if d := a.accepted[0].Delivery; d.URL != test.url || d.IP != test.ip {
			t.Errorf("%s: %s from %s", test.name, d.URL, d.IP)
		}
	}
}

func BenchmarkAccept(b *testing.B) {
	body := `{"ref":"refs/heads/main","pad":"` + strings.Repeat("0123456789abcdef", 62) + `"}`
	h := door(b, discard{}, `{"verification":{"scheme":"github","secret":"{{$env.SECRET}}"}}`)
	r := post(flowPath, jsonType, body, "X-Hub-Signature-256", sign(body), "X-Github-Event", "push", "X-Github-Delivery", "1", "User-Agent", "bench", "Accept", "*/*")
	b.ReportAllocs()
	for b.Loop() {
		r.Body = io.NopCloser(strings.NewReader(body))
		w := nowhere{http.Header{}}
		h.ServeHTTP(w, r)
	}
}

type discard struct{}

func (discard) Accept(context.Context, webhook.Accepted) (webhook.Ticket, error) { return nil, nil }
func (discard) Record(context.Context, *hookflow.Delivery, []byte) error         { return nil }
func (discard) Answered(context.Context, *hookflow.Delivery) error               { return nil }
func (discard) First(context.Context, hookflow.ID, [sha256.Size]byte, time.Time) (*webhook.First, error) {
	return nil, nil
}
func (discard) NewID() hookflow.ID { return 1 }

type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (n nowhere) WriteHeader(int)             {}

// A secret that is also a word makes no other body of a body.
func TestSecretInContentType(t *testing.T) {
	t.Parallel()
	a := &acceptor{}
	h := door(t, a, `{}`, func(o *webhook.Options) {
		o.Hides = func(text string) bool { return strings.Contains(text, "json") }
	})
	send(h, post(flowPath, jsonType, `{"a":1}`, "X-Format", "json"))
	context := a.accepted[0].Context
	if got := context.Lookup("data", "a").Text(); got != "1" {
		t.Errorf("$context.data.a = %q", got)
	}
	if got := context.Lookup("headers", "x-format").Text(); strings.Contains(got, "json") {
		t.Errorf("another header shows the secret: %q", got)
	}
}

package e2e_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// TestAcknowledgements: what async callers are answered.
func TestAcknowledgements(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	tests := []struct {
		name, response string
		status         int
		contentType    string
		body           string
		headers        string
	}{
		{"the default", "", 200, "text/plain", "ok", ""},
		{"a status", `{status: 202}`, 202, "text/plain", "ok", ""},
		{"a text", `{body: "thanks, {{$context.data.name}}"}`, 200, "text/plain; charset=utf-8", "thanks, Ada", ""},
		{"json", `{body: {got: "{{$context.data.n}}", id: "{{$context.deliveryId}}"}}`, 200, "application/json", `{"got":1.10,"id":"DELIVERY"}`, ""},
		{"a whole value", `{body: "{{$context.data}}"}`, 200, "application/json", `{"name":"Ada","n":1.10,"code":"203"}`, ""},
		{"a status from the request", `{status: "{{$context.data.code}}"}`, 203, "text/plain", "ok", ""},
		{"headers", `{headers: {X-Queue: "for {{$context.data.name}}", Content-Type: text/html}, body: "<b>"}`, 200, "text/html", "<b>", "for Ada"},
		{"an empty body", `{status: 204, body: ""}`, 204, "", "", ""},
		{"a header cannot be split", `{headers: {X-Queue: "a\r\nX-Evil: {{$context.data.name}}"}}`, 200, "text/plain", "ok", "a  X-Evil: Ada"},
		{"an impossible status", `{status: "{{$context.data.name}}", body: x}`, 200, "text/plain", "ok", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			config := "{}"
			if test.response != "" {
				config = `{response: ` + test.response + `}`
			}
			r := post(t, s, save(t, s, webhook(config, "")), `{"name":"Ada","n":1.10,"code":"203"}`)
			body := strings.Replace(test.body, "DELIVERY", r.Header.Get("X-Hookflow-Delivery"), 1)
			contentType := r.Header.Get("Content-Type")
			if r.Status != test.status || r.Body != body || test.contentType != "" && contentType != test.contentType || r.Header.Get("X-Queue") != test.headers || r.Header.Get("X-Evil") != "" {
				t.Errorf("%d %s %q %v", r.Status, contentType, r.Body, r.Header)
			}
			if d := deliveryOf(t, s, r); d.Outcome != "accepted" || (d.Detail != "") != (test.name == "an impossible status") {
				t.Errorf("recorded as %+v", d)
			}
			if e := executionOf(t, s, r); e.Status != "succeeded" || e.StartedBy != "webhook" {
				t.Errorf("%+v", e)
			}
		})
	}
}

// TestSync: what sync callers are answered.
func TestSync(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/env/HIDDEN", `{"value":"top-secret-value","secret":true}`)
	tests := []struct {
		name, nodes string
		status      int
		body        string // with EXECUTION for its id
		ends        string
	}{
		{"without a response", ``, 200, `{"execution":"EXECUTION","status":"succeeded"}`, "succeeded"},
		{"a condition not met", `{key: c, type: condition, config: {left: 1, op: equals, right: 2, mode: continue}}`, 500, `{"execution":"EXECUTION","status":"failed"}`, "failed"},
		{"ended as failed", `{key: e, type: end, config: {status: failed}}`, 500, `{"execution":"EXECUTION","status":"failed"}`, "failed"},
		{"ended", `{key: e, type: end}, {key: never, type: end, config: {status: failed}}`, 200, `{"execution":"EXECUTION","status":"succeeded"}`, "succeeded"},
		{"a broken node", `{key: j, type: javascript, config: {code: "throw new Error(env.HIDDEN)", env: [HIDDEN]}}`, 500, `{"execution":"EXECUTION","status":"error"}`, "error"},
		{
			"a response", `{key: r, type: response, config: {status: 418, headers: {X-A: b}, body: {a: [1.10, "{{$context.data.n}}"]}}}, {key: after, type: end, config: {status: failed}}`,
			418, `{"a":[1.10,12345678901234567890]}`, "succeeded",
		},
		{
			"a response in a branch", `{key: c, type: condition, config: {left: 1, op: equals, right: 1}, branches: {"true": [{key: r, type: response, config: {body: yes}}]}}, {key: after, type: end, config: {status: failed}}`,
			200, `yes`, "succeeded",
		},
		{"a redirect", `{key: r, type: response, config: {redirect: "https://example.com/x?a=1"}}`, 302, ``, "succeeded"},
		{"an empty response", `{key: r, type: response}`, 200, ``, "succeeded"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := post(t, s, save(t, s, webhook(`{mode: sync}`, test.nodes)), `{"n":12345678901234567890}`)
			e := executionOf(t, s, r)
			want := strings.Replace(test.body, "EXECUTION", e.ID, 1)
			if r.Status != test.status || r.Body != want {
				t.Errorf("%d %s, want %d %s", r.Status, r.Body, test.status, want)
			}
			if e.Status != test.ends || strings.Contains(fmt.Sprint(e), "top-secret-value") {
				t.Errorf("%+v", e)
			}
			if d := deliveryOf(t, s, r); d.Status != test.status || d.Outcome != "accepted" {
				t.Errorf("recorded as %+v", d)
			}
		})
	}
}

// gate is where request nodes wait until the test lets them go.
type gate struct {
	*httptest.Server
	arrived chan struct{}
	open    chan struct{}
}

func newGate(t *testing.T) *gate {
	t.Helper()
	g := &gate{arrived: make(chan struct{}, 1000), open: make(chan struct{})}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.arrived <- struct{}{}
		select {
		case <-g.open:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(g.Close)
	t.Cleanup(g.release)
	return g
}

func (g *gate) release() {
	select {
	case <-g.open:
	default:
		close(g.open)
	}
}

// waits is a sync workflow that waits at the gate.
func (g *gate) waits(options string) string {
	return webhook(`{mode: sync`+options+`}`, `{key: call, type: request, config: {url: "`+g.URL+`"}}, {key: after, type: set, config: {values: {done: true}}}`)
}

func TestSyncTimeoutAborts(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	r := post(t, s, save(t, s, g.waits(`, sync: {timeout: 200ms}`)), `{}`)
	e := executionOf(t, s, r)
	if r.Status != http.StatusGatewayTimeout || e.Status != "aborted" || e.Error == "" {
		t.Errorf("%d %s %+v", r.Status, r.Body, e)
	}
	wantJSON(t, "the answer", `{"execution":"`+e.ID+`","status":"aborted"}`, r.Body)
	for _, step := range e.Steps {
		if step.NodeKey == "after" {
			t.Error("it went on")
		}
	}
}

func TestSyncTimeoutContinues(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	r := post(t, s, save(t, s, g.waits(`, sync: {timeout: 200ms, onTimeout: continue}`)), `{}`)
	d := deliveryOf(t, s, r)
	if r.Status != http.StatusAccepted || d.Execution == nil || r.Header.Get("Location") != "/api/executions/"+*d.Execution {
		t.Fatalf("%d %v %s", r.Status, r.Header, r.Body)
	}
	if r := admin(t, s, http.MethodGet, "/api/executions/"+*d.Execution, ""); !strings.Contains(r.Body, `"status":"running"`) {
		t.Errorf("meanwhile: %s", r.Body)
	}
	g.release()
	if e := executionOf(t, s, r); e.Status != "succeeded" || e.step(t, "after").Status != "succeeded" {
		t.Errorf("%+v", e)
	}
}

// TestDisconnect: a caller that leaves does not stop the workflow.
func TestDisconnect(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	key := save(t, s, g.waits(""))
	ctx, leave := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/api/webhooks/"+key, strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	left := make(chan error)
	go func() {
		answer, err := http.DefaultTransport.RoundTrip(request)
		if err == nil {
			err = answer.Body.Close()
		}
		left <- err
	}()
	<-g.arrived
	leave()
	if err := <-left; err == nil {
		t.Fatal("the caller was answered")
	}
	g.release()
	var list struct{ Items []execution }
	s.Into(&list, http.MethodGet, "/api/executions?workflow="+key, "")
	if len(list.Items) != 1 {
		t.Fatalf("%+v", list)
	}
	if e := ended(t, s, list.Items[0].ID); e.Status != "succeeded" {
		t.Errorf("%+v", e)
	}
}

// TestSlowBody: a body that does not arrive within 30 s.
func TestSlowBody(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes 30 s")
	}
	t.Parallel()
	s := hookflowtest.Start(t)
	key := save(t, s, webhook("", ""))
	connection, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://")) //nolint:noctx // it is on this machine
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	if err := connection.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(connection, "POST /api/webhooks/"+key+" HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close() //nolint:errcheck // it is only read
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	d := deliveryOf(t, s, reply{answer.StatusCode, answer.Header, string(content)})
	if answer.StatusCode != http.StatusRequestTimeout || d.Outcome != "rejected" || d.Reason != "timeout" {
		t.Errorf("%d %s %+v", answer.StatusCode, content, d)
	}
}

// TestChunkedBody: a body that does not say how long it is is bounded all the same.
func TestChunkedBody(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t, "HOOKFLOW_MAX_BODY_BYTES=1KiB")
	key := save(t, s, webhook(`{maxBytes: 1MiB}`, ""))
	for size, want := range map[int]int{1024: 200, 1025: 413} {
		body := io.MultiReader(strings.NewReader(strings.Repeat("x", size))) // hides the length
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/api/webhooks/"+key, body)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil || answer.StatusCode != want {
			t.Errorf("%d bytes: %d, %v", size, answer.StatusCode, err)
		}
	}
}

// TestVerificationReport: the delivery says what the verification saw, and no secret.
func TestVerificationReport(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	key := save(t, s, webhook(`{verification: {scheme: github, secrets: [old-secret, new-secret]}}`, ""))
	for secret, want := range map[string]int{"old-secret": 200, "new-secret": 200, "guessed": 401} {
		r := post(t, s, key, `{"a":1}`, signed(`{"a":1}`, secret, "push")...)
		d := deliveryOf(t, s, r)
		if r.Status != want || d.Verification == nil || d.Verification.Scheme != "github" || d.Verification.OK != (want == 200) {
			t.Errorf("%s: %d %+v", secret, r.Status, d)
		}
		shown := admin(t, s, http.MethodGet, "/api/deliveries/"+d.ID, "").Body
		if regexp.MustCompile("old-secret|new-secret").MatchString(shown) {
			t.Errorf("a secret is shown: %s", shown)
		}
	}
}

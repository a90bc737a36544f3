package e2e_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// fetching is a workflow whose script returns what a URL answers.
const fetching = `{key: go, type: javascript, config: {timeout: 20s,
	code: "const r = await fetch(context.url); return [r.status, r.url, r.redirected, await r.text()]"}}`

// TestFetch: a script's requests leave through the server, under its policy.
func TestFetch(t *testing.T) {
	t.Parallel()
	r := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
			return
		}
		body, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "%s %s %s", r.Method, r.Header.Get("Idempotency-Key"), body)
	}))
	t.Cleanup(r.Close)
	s := hookflowtest.Start(t)
	put(t, s, "fetching", manual(fetching))
	put(t, s, "posting", manual(`{key: go, type: javascript, config: {params: {url: "{{$context.url}}"},
		code: "const all = await Promise.all([1, 2, 3].map((n) => fetch(url, {method: 'POST', body: String(n)}))); return Promise.all(all.map((r) => r.text()))"}}`))

	e := run(t, s, "fetching", `{"url":"`+r.URL+`/x"}`)
	wantJSON(t, "a request", `[200,"`+r.URL+`/x",false,"GET  "]`, string(e.step(t, "go").Output))
	e = run(t, s, "fetching", `{"url":"`+r.URL+`/away?to=/there"}`)
	wantJSON(t, "a redirect", `[200,"`+r.URL+`/there",true,"GET  "]`, string(e.step(t, "go").Output))
	e = run(t, s, "posting", `{"url":"`+r.URL+`"}`)
	key := e.ID + "/go/"
	wantJSON(t, "several at once", fmt.Sprintf(`["POST %s1 1","POST %s2 2","POST %s3 3"]`, key, key, key), string(e.step(t, "go").Output))
}

// TestFetchObeysThePolicy: whatever way a script takes to an address that the
// policy denies, it is refused and told why.
func TestFetchObeysThePolicy(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 1)
	inside := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- r.URL.Path }))
	t.Cleanup(inside.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(inside.URL, "http://"), ":")
	outside := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	}))
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.2:0")
	if err != nil {
		t.Skipf("no second loopback address: %v", err)
	}
	outside.Listener = listener
	outside.Start()
	t.Cleanup(outside.Close)

	s := hookflowtest.Start(t, "HOOKFLOW_EGRESS_ALLOW=127.0.0.2/32", "HOOKFLOW_EGRESS_DENY=127.0.0.0/8,::1/128,10.0.0.0/8,192.168.0.0/16,172.16.0.0/12,fc00::/7")
	put(t, s, "fetching", manual(fetching))
	denied := map[string]string{
		"loopback":             "http://127.0.0.1:" + port + "/",
		"by name":              "http://localhost:" + port + "/",
		"decimal":              "http://2130706433:" + port + "/",
		"octal":                "http://0177.0.0.1:" + port + "/",
		"hexadecimal":          "http://0x7f.1:" + port + "/",
		"short":                "http://127.1:" + port + "/",
		"mapped into IPv6":     "http://[::ffff:127.0.0.1]:" + port + "/",
		"IPv6 loopback":        "http://[::1]:" + port + "/",
		"unspecified":          "http://0.0.0.0:" + port + "/",
		"private":              "http://10.1.2.3/",
		"another private":      "http://192.168.0.1/",
		"link-local":           "http://169.254.1.1/",
		"metadata":             "http://169.254.169.254/latest/meta-data/",
		"metadata, decimal":    "http://2852039166/",
		"metadata of Alibaba":  "http://100.100.100.200/",
		"IPv6 link-local":      "http://[fe80::1]/",
		"redirect to loopback": outside.URL + "/?to=http://127.0.0.1:" + port + "/",
		"redirect to decimal":  outside.URL + "/?to=http://2130706433:" + port + "/",
		"redirect to metadata": outside.URL + "/?to=http://169.254.169.254/",
		"redirect by name":     outside.URL + "/?to=http://localhost:" + port + "/",
	}
	for name, url := range denied {
		e := run(t, s, "fetching", `{"url":"`+url+`"}`)
		got := e.step(t, "go")
		if got.Status != "error" || !strings.HasPrefix(got.Error, "TypeError: fetch failed: ") || !strings.Contains(got.Error, "denied") {
			t.Errorf("%s: %s %s", name, got.Status, got.Error)
		}
	}
	select {
	case path := <-asked:
		t.Errorf("somebody came through to %s", path)
	default:
	}
}

// TestSlowReceiversOfScripts: scripts of two workflows that wait for a receiver
// which does not answer do not keep another workflow's scripts from running.
func TestSlowReceiversOfScripts(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t, "HOOKFLOW_WORKERS=4"), newGate(t)
	put(t, s, "quick", webhook(`{mode: sync}`, `{key: one, type: javascript, config: {code: "return 1"}},
		{key: r, type: response, config: {body: "{{$steps.one}}"}}`))
	for _, slow := range []string{"slow", "slower"} {
		put(t, s, slow, webhook(`{}`, `{key: wait, type: javascript, config: {code: "await fetch('`+g.URL+`')", timeout: 60s}}`))
		for range 40 {
			wantReply(t, slow, post(t, s, slow, `{}`), 200, `^ok$`)
		}
	}
	<-g.arrived
	for range 3 {
		wantReply(t, "the other", post(t, s, "quick", `{}`), 200, `^1$`)
	}
}

// TestBrokenSources: an expression that does not parse is refused at save, with its place. A script
// may be saved half-written: whoever runs it is told the place.
func TestBrokenSources(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	refused := put(t, s, "broken", manual(`{key: loop, type: loop, config: {over: 3}, branches: {body: [{key: bad, type: calculate, config: {expression: "1 +"}}]}}`))
	wantReply(t, "a broken expression", refused, 422, `"pointer":"/nodes/0/branches/body/0/config/expression","detail":".*SyntaxError: `)
	key := save(t, s, manual(`{key: fine, type: javascript, config: {code: "return '{{'"}}, {key: bad, type: javascript, config: {code: "const a = 1;\nreturn a +;"}}`))
	if bad := run(t, s, key, "{}").step(t, "bad"); bad.Status != "error" || !strings.Contains(bad.Error, "SyntaxError") || !strings.Contains(bad.Error, "line 2") {
		t.Errorf("the run of a broken script ended as %+v", bad)
	}
}

// TestScriptTests: the editor runs a script without a workflow.
func TestScriptTests(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	wantReply(t, "a test", admin(t, s, http.MethodPost, "/api/scripts/test", `{"code":"console.info('hi'); return n * 2","params":{"n":21}}`),
		200, `"result":42,"logs":\[\{"level":"info","text":"hi","atMs":[0-9.e-]+\}\],"error":null,"durationMs":[0-9.]+`)
	wantReply(t, "an error", admin(t, s, http.MethodPost, "/api/scripts/test", `{"code":"\n\nnull.x"}`),
		200, `"kind":"error","message":"TypeError: cannot read property 'x' of null","stack":".*","line":3,"column":5`)
	wantReply(t, "endless", admin(t, s, http.MethodPost, "/api/scripts/test", `{"code":"for (;;) {}","timeout":"100ms"}`),
		200, `"kind":"timeout"`)
}

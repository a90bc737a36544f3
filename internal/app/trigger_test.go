package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// caller is a process with an API key of a role.
type caller struct {
	*process
	key string
}

func (p *process) as(t *testing.T, role auth.Role) caller {
	t.Helper()
	_, key, err := p.Auth.CreateAPIKey(t.Context(), string(role), role, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return caller{p, key}
}

// call calls the API and wants a status.
func (c caller) call(t *testing.T, status int, method, path string, body any) value.Value {
	t.Helper()
	var sent []byte
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+c.Addr()+path, bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+c.key)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != status {
		t.Fatalf("%s %s: %d %s, want %d", method, path, response.StatusCode, text, status)
	}
	return text
}

// post sends a request to a webhook.
func (p *process) post(t *testing.T, path, body string) (status int, delivery string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.Addr()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode, response.Header.Get("X-Hookflow-Delivery")
}

type object = map[string]any

// startAt is start with a clock that the test moves.
func startAt(t *testing.T, ahead *atomic.Int64) *process {
	t.Helper()
	clock := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	a, err := app.Open(t.Context(), settings(t, ""), app.Options{Stdout: io.Discard, Logger: slog.New(slog.DiscardHandler), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return &process{App: a}
}

const (
	published = `
key: shop
enabled: true
trigger: {type: webhook, config: {mode: sync, dedupe: {key: "{{$context.data.id}}"}}}
nodes: [{key: r, type: response, config: {status: 201, body: live}}]
`
	drafted = `
key: shop
enabled: true
trigger: {type: webhook, config: {mode: sync, path: "shop/:id", dedupe: {key: "{{$context.data.id}}"}}}
nodes: [{key: r, type: response, config: {status: 202, body: "draft of {{$context.params.id}}"}}]
`
)

// The test URL answers with the draft while somebody works on it, beside the live one, which goes on
// as it was.
func TestTestURL(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	p := startAt(t, &ahead)
	editor := p.as(t, auth.Editor)
	p.save(t, published, workflow.Replace)
	want := func(path string, status int) string {
		t.Helper()
		got, delivery := p.post(t, path, `{"id":1}`)
		if got != status {
			t.Fatalf("%s: %d, want %d", path, got, status)
		}
		return delivery
	}
	want("/api/webhooks-test/shop", 404) // nobody has opened it
	want("/api/webhooks/shop", 201)
	p.save(t, drafted, workflow.Draft)
	tested := want("/api/webhooks-test/shop/7", 202)
	want("/api/webhooks-test/shop/7", 202) // no duplicate, not of itself either
	want("/api/webhooks-test/shop", 404)   // the draft's path counts
	want("/api/webhooks/shop/7", 404)
	d := editor.call(t, 200, "GET", "/api/deliveries/"+tested, nil)
	if test, _ := d.Get("test").Bool(); !test || d.Get("answer", "body").Text() != "draft of 7" {
		t.Errorf("delivery: %s", d)
	}
	execution := editor.call(t, 200, "GET", "/api/executions/"+d.Get("execution").Text(), nil)
	if n, _ := execution.Get("revision").Int64(); n != 0 {
		t.Errorf("execution: %s", execution)
	}
	for filter, count := range map[string]int{"true": 2, "false": 1} {
		list := editor.call(t, 200, "GET", "/api/deliveries?workflow=shop&outcome=accepted&test="+filter, nil)
		if list.Get("items").Len() != count {
			t.Errorf("test=%s: %s", filter, list)
		}
	}
	editor.call(t, 200, "POST", "/api/workflows/shop/disable", nil)
	want("/api/webhooks/shop", 404)
	want("/api/webhooks-test/shop/8", 202)

	ahead.Store(int64(61 * time.Minute))
	p.as(t, auth.Admin).call(t, 201, "PUT", "/api/workflows/other?draft=true", object{"trigger": object{"type": "manual"}, "nodes": []any{}, "enabled": true}) // has the table read again
	want("/api/webhooks-test/shop/9", 404)
	editor.call(t, 200, "POST", "/api/workflows/shop/open-test", nil)
	want("/api/webhooks-test/shop/9", 202)
}

// Somebody can listen for requests to a draft whose published revision has no webhook.
func TestListenToDraft(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	editor := p.as(t, auth.Editor)
	p.save(t, "{key: later, enabled: true, trigger: {type: manual}, nodes: []}", workflow.Replace)
	editor.call(t, 409, "GET", "/api/workflows/later/listen", nil)
	p.save(t, "{key: later, enabled: true, trigger: {type: webhook, config: {}}, nodes: []}", workflow.Draft)
	editor.call(t, 200, "GET", "/api/workflows/later/listen?timeout=0", nil)
	if status, _ := p.post(t, "/api/webhooks-test/later", "{}"); status != 200 {
		t.Errorf("status %d", status)
	}
}

// A flood of a test URL is turned away, and not kept.
func TestTestURLRate(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	p.save(t, drafted, workflow.Draft)
	seen := map[int]int{}
	for range 60 {
		status, delivery := p.post(t, "/api/webhooks-test/shop/1", `{}`)
		seen[status]++
		if status == http.StatusTooManyRequests && delivery != "" {
			t.Fatal("a request past the rate was recorded")
		}
	}
	if seen[http.StatusAccepted] < 20 || seen[http.StatusTooManyRequests] == 0 {
		t.Errorf("statuses %v", seen)
	}
}

// A variable that has become a secret is not shown by a draft that was saved before.
func TestTestURLShowsNoSecret(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	admin := p.as(t, auth.Admin)
	admin.call(t, 201, "PUT", "/api/env/CORP", object{"value": "a-corp-id"})
	p.save(t, `
key: wecom
enabled: true
trigger: {type: webhook, config: {verification: {scheme: wecom, token: t, encodingAESKey: abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG, receiveId: "{{$env.CORP}}"}}}
nodes: []
`, workflow.Draft)
	send := object{"body": "<xml><MsgType>text</MsgType></xml>", "headers": object{"Content-Type": "text/xml"}, "sign": true}
	if got := admin.call(t, 200, "POST", "/api/workflows/wecom/test-request", send); got.Get("delivery", "outcome").Text() != "accepted" {
		t.Fatalf("%s", got)
	}
	admin.call(t, 200, "PUT", "/api/env/CORP", object{"value": "a-corp-id", "secret": true})
	if status, _ := p.post(t, "/api/webhooks-test/wecom", "<xml/>"); status != 404 {
		t.Errorf("status %d", status)
	}
	admin.call(t, 422, "POST", "/api/workflows/wecom/test-request", send)
}

const signedWorkflow = `
key: signed
enabled: true
trigger: {type: webhook, config: {mode: sync, verification: {scheme: hmac, secret: "{{$env.HOOK}}", header: X-Proof}}}
nodes: [{key: r, type: response, config: {status: 200, body: "{{$context.headers.x-proof}}"}}]
`

// A test request is signed on the server. An editor, who chooses what is signed, sees the signature
// nowhere: not in the answer, not in the log, not in the workflow.
func TestSignedTestRequest(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	admin, editor := p.as(t, auth.Admin), p.as(t, auth.Editor)
	admin.call(t, 201, "PUT", "/api/env/HOOK", object{"value": "hush-hush-hush", "secret": true})
	p.save(t, signedWorkflow, workflow.Replace)
	send := func(c caller, status int, body object) value.Value {
		t.Helper()
		return c.call(t, status, "POST", "/api/workflows/signed/test-request", body)
	}
	hello := object{"body": object{"a": 1.5}, "sign": true}
	shown := send(admin, 200, hello)
	signature := headerOf(shown.Get("request"), "X-Proof")
	if len(signature) != 64 || shown.Get("status").Text() != "200" || shown.Get("execution").IsNull() {
		t.Fatalf("%s", shown)
	}
	for _, target := range []string{"test", "live"} {
		got := send(editor, 200, object{"body": object{"a": 1.5}, "sign": true, "target": target, "headers": object{"X-Forwarded-For": "10.9.9.9"}})
		d := editor.call(t, 200, "GET", "/api/deliveries/"+got.Get("delivery", "id").Text(), nil)
		for where, text := range map[string]value.Value{"answer": got, "delivery": d} {
			if strings.Contains(string(text), signature) || strings.Contains(string(text), "hush") {
				t.Errorf("%s, %s: %s", target, where, text)
			}
		}
		if headerOf(got.Get("request"), "X-Proof") != "••••" || got.Get("body").Text() != "••••" || d.Get("outcome").Text() != "accepted" {
			t.Errorf("%s: %s", target, got)
		}
		if test, _ := d.Get("test").Bool(); test != (target == "test") || d.Get("ip").Text() != "127.0.0.1" {
			t.Errorf("%s: %s", target, d)
		}
	}
	unsigned := send(editor, 200, object{"body": "x"})
	if unsigned.Get("status").Text() != "401" || unsigned.Get("delivery", "reason").Text() != "verification" {
		t.Errorf("unsigned: %s", unsigned)
	}
	send(editor, 422, object{"headers": object{"a b": "c"}})
	send(editor, 422, object{"base64": "%"})
	if got := send(editor, 200, object{"path": "signed/../../etc"}); got.Get("delivery", "reason").Text() != "no_such_path" {
		t.Errorf("another path: %s", got)
	}
}

func headerOf(request value.Value, name string) string {
	for _, h := range request.Get("headers").Items() {
		if h.Get("name").Text() == name {
			return h.Get("value").Text()
		}
	}
	return ""
}

// What is put into the body the workflow reads: only an administrator may have that.
func TestProofInBody(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	admin, editor := p.as(t, auth.Admin), p.as(t, auth.Editor)
	admin.call(t, 201, "PUT", "/api/env/HOOK", object{"value": "hush-hush-hush", "secret": true})
	p.save(t, `
key: lark
enabled: true
trigger: {type: webhook, config: {verification: {scheme: feishu, verificationToken: "{{$env.HOOK}}"}}}
nodes: []
`, workflow.Replace)
	send := object{"body": object{"event": object{}}, "sign": true}
	editor.call(t, 403, "POST", "/api/workflows/lark/test-request", send)
	got := admin.call(t, 200, "POST", "/api/workflows/lark/test-request", send)
	if got.Get("status").Text() != "200" || strings.Contains(string(got), "hush") {
		t.Errorf("%s", got)
	}
}

// Where the URL is signed too, it is the one that providers are given.
func TestSignedURL(t *testing.T) {
	t.Parallel()
	cfg := settings(t, "")
	cfg.PublicURL = "https://hooks.example/base"
	p := start(t, cfg)
	p.save(t, `
key: pay
enabled: true
trigger: {type: webhook, config: {path: "pay/:shop", verification: {scheme: square, secret: hush}}}
nodes: []
`, workflow.Replace)
	for target, url := range map[string]string{"live": "https://hooks.example/base/api/webhooks/pay/test?b=1&a=x", "test": "https://hooks.example/base/api/webhooks-test/pay/test?b=1&a=x"} {
		got := p.as(t, auth.Editor).call(t, 200, "POST", "/api/workflows/pay/test-request", object{"sign": true, "target": target, "body": object{}, "query": "b=1&a=x"})
		if got.Get("status").Text() != "200" || got.Get("request", "url").Text() != url || got.Get("delivery", "url").Text() != url {
			t.Errorf("%s", got)
		}
	}
}

// A signed handshake would tell an editor a signature, as Zoom's answer is one.
func TestSignedHandshake(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	admin, editor := p.as(t, auth.Admin), p.as(t, auth.Editor)
	admin.call(t, 201, "PUT", "/api/env/HOOK", object{"value": "hush-hush-hush", "secret": true})
	p.save(t, `
key: calls
enabled: true
trigger: {type: webhook, config: {verification: {scheme: zoom, secret: "{{$env.HOOK}}"}}}
nodes: []
`, workflow.Replace)
	send := object{"sign": true, "body": object{"event": "endpoint.url_validation", "payload": object{"plainToken": "any"}}}
	for _, test := range []struct {
		as     caller
		status string
		tells  bool
	}{{editor, "400", false}, {admin, "200", true}} {
		got := test.as.call(t, 200, "POST", "/api/workflows/calls/test-request", send)
		if got.Get("status").Text() != test.status || strings.Contains(string(got), "encryptedToken") != test.tells {
			t.Errorf("%s", got)
		}
	}
}

// Who has a private key alone can sign; the request is sent all the same.
func TestCannotSign(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	p.save(t, `
key: chat
enabled: true
trigger: {type: webhook, config: {verification: {scheme: discord, publicKey: "0101010101010101010101010101010101010101010101010101010101010101"}}}
nodes: []
`, workflow.Replace)
	got := p.as(t, auth.Editor).call(t, 200, "POST", "/api/workflows/chat/test-request", object{"body": object{}, "sign": true})
	if got.Get("signed").Text() != "false" || got.Get("whyNot", "zh").Text() == "" || got.Get("status").Text() != "401" {
		t.Errorf("%s", got)
	}
}

func TestEndpointOf(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	viewer := p.as(t, auth.Viewer)
	p.save(t, signedWorkflow, workflow.Draft)
	base := "http://" + p.Addr()
	got := viewer.call(t, 200, "GET", "/api/workflows/signed/endpoint", nil)
	for path, want := range map[string]string{
		"live.url": base + "/api/webhooks/signed", "live.answersWith": "", "live.reason.en": "The workflow has not been published yet.",
		"test.url": base + "/api/webhooks-test/signed", "test.answersWith": "draft", "scheme": "hmac", "ready": "false", "canSign": "true",
		"problems[0].en": "The variable $env.HOOK is not set, so that every request is refused.",
	} {
		if have := at(t, got, path); have != want {
			t.Errorf("%s = %q, want %q", path, have, want)
		}
	}
	if at(t, got, "test.openUntil") == "" || !strings.Contains(at(t, got, "test.curl"), "$HOOKFLOW_SECRET") && !strings.Contains(at(t, got, "test.curl"), "HOOKFLOW_SECRET}") {
		t.Errorf("%s", got)
	}
	p.as(t, auth.Admin).call(t, 201, "PUT", "/api/env/HOOK", object{"value": "hush-hush-hush", "secret": true})
	p.save(t, signedWorkflow, workflow.Replace)
	got = viewer.call(t, 200, "GET", "/api/workflows/signed/endpoint", nil)
	for path, want := range map[string]string{
		"live.answersWith": "published", "live.revision": "1", "test.answersWith": "", "ready": "true", "problems": "[]",
	} {
		if have := at(t, got, path); have != want {
			t.Errorf("published: %s = %q, want %q", path, have, want)
		}
	}
	for query, want := range map[string]string{
		"path=signed":              `{"ok":false,"problem":"","conflict":{"workflow":"signed","title":"","method":"POST","pattern":"signed"}}`,
		"path=free":                `{"ok":true,"problem":"","conflict":null}`,
		"path=signed&methods=PUT":  `{"ok":true,"problem":"","conflict":null}`,
		"path=a/*b/c&methods=POST": `{"ok":false,"problem":"\"*b\" must be the last segment","conflict":null}`,
	} {
		if have := viewer.call(t, 200, "GET", "/api/workflows/sample/path-check?"+query, nil); !sameJSON(have, want) {
			t.Errorf("%s: %s", query, have)
		}
	}
}

func sameJSON(v value.Value, want string) bool {
	for _, name := range []string{"ok", "problem", "conflict"} {
		if !value.Equal(v.Get(value.Segment(name)), value.Raw(want).Get(value.Segment(name))) {
			return false
		}
	}
	return true
}

func at(t *testing.T, v value.Value, path string) string {
	t.Helper()
	parsed, err := value.ParsePath("$x." + path)
	if err != nil {
		t.Fatal(err)
	}
	return v.Get(parsed.Segments...).Text()
}

// A stored request is verified by settings that are not saved, and nobody learns the right signature.
func TestVerificationCheck(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	admin, editor := p.as(t, auth.Admin), p.as(t, auth.Editor)
	admin.call(t, 201, "PUT", "/api/env/HOOK", object{"value": "hush-hush-hush", "secret": true})
	p.save(t, signedWorkflow, workflow.Replace)
	id := admin.call(t, 200, "POST", "/api/workflows/signed/test-request", object{"body": "{}", "sign": true}).Get("delivery", "id").Text()
	check := func(status int, verification any) value.Value {
		t.Helper()
		body := object{"delivery": id}
		if verification != nil {
			body["verification"] = verification
		}
		return editor.call(t, status, "POST", "/api/workflows/signed/verification-check", body)
	}
	tests := []struct {
		name         string
		verification any
		ok           string
		code         string
	}{
		{"as it is", nil, "true", ""},
		{"another header", object{"scheme": "hmac", "secret": "{{$env.HOOK}}", "header": "X-Other"}, "false", "missing_signature"},
		{"another hash", object{"scheme": "hmac", "secret": "{{$env.HOOK}}", "header": "X-Proof", "algorithm": "sha1"}, "false", "near_miss_algorithm"},
		{"another secret", object{"scheme": "hmac", "secret": "other", "header": "X-Proof"}, "false", "signature_mismatch"},
	}
	for _, test := range tests {
		got := check(200, test.verification)
		if got.Get("ok").Text() != test.ok || test.code != "" && !strings.Contains(string(got), test.code) || got.Get("now", "ok").Text() != test.ok {
			t.Errorf("%s: %s", test.name, got)
		}
	}
	check(422, object{"scheme": "wecom", "token": "{{$env.HOOK}}", "encodingAESKey": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "receiveId": "{{$env.HOOK}}"})
	check(422, object{"scheme": "hmac"})
}

// Each language's program makes the request it says, with any body, and proves itself with the secret
// of its environment alone.
func TestSnippets(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	admin := p.as(t, auth.Admin)
	const secret = `c2Vj'"$(x)%20cmV0` // hostile to a shell, and no base64
	const encoded = "whsec_aHVzaC1odXNoLWh1c2g="
	admin.call(t, 201, "PUT", "/api/env/HOOK", object{"value": secret, "secret": true})
	admin.call(t, 201, "PUT", "/api/env/CODED", object{"value": encoded, "secret": true})
	schemes := map[string]object{
		"none":   {"scheme": "none"},
		"github": {"scheme": "github", "secret": "{{$env.HOOK}}"},
		"stripe": {"scheme": "stripe", "secret": "{{$env.HOOK}}"},
		"coded":  {"scheme": "standard_webhooks", "secret": "{{$env.CODED}}"},
		"twilio": {"scheme": "twilio", "secret": "{{$env.HOOK}}"},
		"basic":  {"scheme": "basic", "username": "a'b$c", "password": "{{$env.HOOK}}"},
		"token":  {"scheme": "token", "query": "key", "value": "{{$env.HOOK}}"},
		"digest": {"scheme": "hmac", "kind": "digest", "secret": "{{$env.HOOK}}", "header": "X-D", "encoding": "base64url", "content": "{method}'{ts}$`{secret}{body}", "timestamp": object{"header": "X-T", "unit": "rfc3339"}},
	}
	bodies := map[string]object{
		"hostile": {"body": "it's \"$HOME\" `id` \\ $(id)\n!! @file {a,b} %s ü\n"},
		"at":      {"body": "@/etc/passwd"},
		"binary":  {"base64": "AP/+DQo="},
		"empty":   {},
	}
	for name, verification := range schemes {
		admin.call(t, 201, "PUT", "/api/workflows/"+name, object{
			"enabled": true, "nodes": []any{}, "trigger": object{"type": "webhook", "config": object{"verification": verification, "path": name + "/x"}},
		})
	}
	for language, run := range runners {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			for name := range schemes {
				for kind, body := range bodies {
					ask := object{"language": language, "target": "live", "query": "a=1&b=%20[x]{y}", "headers": object{"X-Odd": "it's $HOME `id`", "Content-Type": "application/octet-stream"}}
					for k, v := range body {
						ask[k] = v
					}
					written := admin.call(t, 200, "POST", "/api/workflows/"+name+"/snippet", ask)
					if written.Get("signed").Text() != "true" || strings.Contains(string(written), "hush") {
						t.Fatalf("%s: %s", name, written)
					}
					if language == "go" && kind != "hostile" {
						continue // it compiles
					}
					env := "HOOKFLOW_SECRET=" + secret
					if name == "coded" {
						env = "HOOKFLOW_SECRET=" + encoded
					}
					out := run(t, written.Get("code").Text(), env)
					if !strings.Contains(out, "200") {
						t.Errorf("%s, %s: %s\n%s", name, kind, out, written.Get("code").Text())
						continue
					}
					p.cameAs(t, admin, name, body)
				}
			}
		})
	}
}

// cameAs wants the newest request to a workflow to have that body.
func (p *process) cameAs(t *testing.T, as caller, key string, body object) {
	t.Helper()
	found := false
	for _, item := range as.call(t, 200, "GET", "/api/deliveries?workflow="+key+"&limit=100", nil).Get("items").Items() {
		request := as.call(t, 200, "GET", "/api/deliveries/"+item.Get("id").Text(), nil).Get("request")
		text := request.Get("body").Text()
		if encoded := body["base64"]; encoded != nil {
			text = request.Get("body", "base64").Text()
			found = found || text == encoded
		} else {
			want, _ := body["body"].(string)
			found = found || text == want
		}
		if headerOf(request, "X-Odd") != "it's $HOME `id`" || !strings.Contains(request.Get("url").Text(), "a=1&b=") {
			t.Errorf("%s: %s", key, request)
		}
	}
	if !found {
		t.Errorf("%s: no request has the body %v", key, body)
	}
}

// runners run programs where there is something that runs them.
var runners = map[string]func(t *testing.T, code, env string) string{
	"curl":       runs("bash", "snippet.sh"),
	"javascript": runs("node", "snippet.mjs"),
	"python":     runs("python3", "snippet.py"),
	"go":         runs("go", "main.go", "run"),
}

func runs(program, file string, arguments ...string) func(*testing.T, string, string) string {
	return func(t *testing.T, code, env string) string {
		t.Helper()
		for _, needed := range []string{program, "openssl", "curl"} {
			if _, err := exec.LookPath(needed); err != nil {
				t.Skip(err)
			}
		}
		path := filepath.Join(t.TempDir(), file)
		if err := os.WriteFile(path, []byte(code), 0o600); err != nil {
			t.Fatal(err)
		}
		command := exec.CommandContext(t.Context(), program, append(arguments, path)...)
		command.Env = append(os.Environ(), env)
		out, err := command.CombinedOutput()
		if err != nil {
			return err.Error() + ": " + string(out)
		}
		return string(out)
	}
}

// A stored request is sent again as it came; what is masked comes from the environment.
func TestSnippetOfDelivery(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	admin, viewer := p.as(t, auth.Admin), p.as(t, auth.Viewer)
	admin.call(t, 201, "PUT", "/api/env/HOOK", object{"value": "hush-hush-hush", "secret": true})
	p.save(t, signedWorkflow, workflow.Replace)
	sent := admin.call(t, 200, "POST", "/api/workflows/signed/test-request", object{"body": object{"a": "it's"}, "sign": true, "target": "live", "query": "token=hush-hush-hush&a=1"})
	id := sent.Get("delivery", "id").Text()
	path := "/api/deliveries/" + id + "/snippet?language=curl"
	got := viewer.call(t, 200, "GET", path, nil)
	if diff := cmp.Diff(`["HOOKFLOW_X_PROOF","HOOKFLOW_TOKEN"]`, string(got.Get("variables"))); diff != "" || strings.Contains(string(got), "hush") {
		t.Errorf("%s\n%s", diff, got)
	}
	if again := viewer.call(t, 200, "GET", path+"&credentials=true", nil); again.Get("variables").Len() != 2 {
		t.Errorf("a viewer with credentials: %s", again)
	}
	anew := p.as(t, auth.Editor).call(t, 200, "POST", "/api/workflows/signed/snippet", object{"language": "curl", "target": "live", "delivery": id})
	if code := anew.Get("code").Text(); anew.Get("signed").Text() != "true" || strings.Contains(code, "hush") {
		t.Errorf("%s", anew)
	} else if out := runners["curl"](t, code, "HOOKFLOW_SECRET=hush-hush-hush"); !strings.Contains(out, " 200 ") {
		t.Errorf("signed anew: %s\n%s", out, code)
	}
	proof := headerOf(sent.Get("request"), "X-Proof")
	out := runners["curl"](t, got.Get("code").Text(), "HOOKFLOW_X_PROOF="+proof)
	if !strings.Contains(out, " 200 ") {
		t.Errorf("%s\n%s", out, got.Get("code").Text())
	}
	n, err := p.Store.Delivery(t.Context(), idOf(t, id))
	if err != nil || n.Outcome != hookflow.OutcomeAccepted {
		t.Errorf("%+v, %v", n, err)
	}
	if _, err := url.Parse(sent.Get("request", "url").Text()); err != nil {
		t.Error(err)
	}
}

func idOf(t *testing.T, text string) hookflow.ID {
	t.Helper()
	id, err := hookflow.ParseID(text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

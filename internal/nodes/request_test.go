package nodes_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// recorder keeps the request and answers with what it holds.
type recorder struct {
	got    node.HTTPRequest
	answer node.HTTPResponse
	err    error
}

func (r *recorder) Do(_ context.Context, q node.HTTPRequest) (*node.HTTPResponse, error) {
	r.got = q
	return &r.answer, r.err
}

func (r *recorder) run(ctx context.Context, t *testing.T, config string) string {
	t.Helper()
	return runRequest(ctx, t, config, &node.Env{HTTP: r, Tokens: &node.Tokens{}})
}

func runRequest(ctx context.Context, t *testing.T, config string, env *node.Env) string {
	t.Helper()
	tree, _ := value.Compile(value.Raw(config))
	run := &node.Run{NodeKey: "request", Now: now, IdemKey: "key", Scope: scope{}, Env: env}
	outcome, err := node.Lookup("request").Run(ctx, tree, run)
	return string(told(t, outcome, err, run.LogLines))
}

func TestRequestSent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, config string
		want         node.HTTPRequest
	}{
		{
			"defaults", `{"url": "http://a/?b#c"}`,
			node.HTTPRequest{Method: "GET", URL: "http://a/?b#c", Timeout: 30 * time.Second, FollowRedirects: true},
		},
		{
			"head has no key", `{"method": "HEAD", "url": "http://a", "timeout": "5m", "followRedirects": false}`,
			node.HTTPRequest{Method: "HEAD", URL: "http://a", Timeout: 5 * time.Minute},
		},
		{
			"query behind a query", `{"url": "http://a/?b=c", "query": {"d": [1, null, "e f"], "g": true, "h": null, "i": {"j": 1}}}`,
			node.HTTPRequest{Method: "GET", URL: "http://a/?b=c&d=1&d=e+f&g=true&i=%7B%22j%22%3A+1%7D", Timeout: 30 * time.Second, FollowRedirects: true},
		},
		{
			"empty text and own type", `{"method": "POST", "url": "http://a", "body": "", "headers": {"CONTENT-TYPE": "a/b", "A": "1"}}`,
			node.HTTPRequest{
				Method: "POST", URL: "http://a", Timeout: 30 * time.Second, FollowRedirects: true, Body: []byte{},
				Headers: []hookflow.Header{{Name: "A", Value: "1"}, {Name: "CONTENT-TYPE", Value: "a/b"}, {Name: "Idempotency-Key", Value: "key"}},
			},
		},
		{
			"null body", `{"method": "DELETE", "url": "http://a", "body": null}`,
			node.HTTPRequest{
				Method: "DELETE", URL: "http://a", Timeout: 30 * time.Second, FollowRedirects: true,
				Headers: []hookflow.Header{{Name: "Idempotency-Key", Value: "key"}},
			},
		},
		{
			"json as it is", `{"method": "PATCH", "url": "http://a", "body": [1.0,  {"b":1, "a":2}]}`,
			node.HTTPRequest{
				Method: "PATCH", URL: "http://a", Timeout: 30 * time.Second, FollowRedirects: true, Body: []byte(`[1.0,  {"b":1, "a":2}]`),
				Headers: []hookflow.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "Idempotency-Key", Value: "key"}},
			},
		},
		{
			"credentials replace a header", `{"url": "http://a", "headers": {"authorization": "old"}, "auth": {"type": "bearer", "token": "t"}}`,
			node.HTTPRequest{
				Method: "GET", URL: "http://a", Timeout: 30 * time.Second, FollowRedirects: true,
				Headers: []hookflow.Header{{Name: "Authorization", Value: "Bearer t"}},
			},
		},
		{
			"basic without a password", `{"url": "http://a", "auth": {"type": "basic", "username": "u"}}`,
			node.HTTPRequest{
				Method: "GET", URL: "http://a", Timeout: 30 * time.Second, FollowRedirects: true,
				Headers: []hookflow.Header{{Name: "Authorization", Value: "Basic dTo="}},
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{answer: node.HTTPResponse{Status: 200}}
			if got := r.run(t.Context(), t, test.config); !strings.HasPrefix(got, `{"result"`) {
				t.Fatal(got)
			}
			test.want.MaxResponse, test.want.Cut = 4<<20, true
			if diff := cmp.Diff(test.want, r.got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRequestRefused(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		`{"url": "http://a", "auth": {"type": "basic"}}`:                `{"error":"auth: username and password are empty"}`,
		`{"url": "http://a", "auth": {"type": "header", "name": "X"}}`:  `{"error":"auth: the header's name or value is empty"}`,
		`{"url": "http://a", "query": [1]}`:                             `{"error":"query: expected object, got array"}`,
		`{"url": "http://a", "form": "a=b"}`:                            `{"error":"form: expected object, got string"}`,
		`{"url": "http://a", "form": {}, "body": 1}`:                    `{"error":"only one of body, form, multipart and file can be sent"}`,
		`{"url": "http://a", "method": "TRACE"}`:                        `{"error":"config/method: must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"}`,
		`{"url": "http://a", "timeout": "6m"}`:                          `{"error":"config/timeout: must be at most 5m"}`,
		`{"url": "{{$context.url}}", "headers": {"A": "{{$context}}"}}`: `{"error":"config/url: is required, and $context.url is missing or null"}`,
	} {
		r := &recorder{}
		if got := r.run(t.Context(), t, config); got != want {
			t.Errorf("%s:\n got %s\nwant %s", config, got, want)
		}
		if r.got.URL != "" {
			t.Errorf("%s: sent all the same", config)
		}
	}
}

func TestRequestAnswered(t *testing.T) {
	t.Parallel()
	typed := func(contentType string) []hookflow.Header {
		return []hookflow.Header{{Name: "Content-Type", Value: contentType}}
	}
	const config = `{"url": "http://a"}`
	tests := []struct {
		name, config string
		answer       node.HTTPResponse
		want         string
	}{
		{"empty", config, node.HTTPResponse{Status: 200, Headers: typed("application/json")}, `{"result":{"status":200,"headers":{"content-type":"application/json"},"data":null}}`},
		{"repeated header", config, node.HTTPResponse{Status: 200, Headers: []hookflow.Header{{Name: "X-A", Value: "1"}, {Name: "x-a", Value: "2"}}}, `{"result":{"status":200,"headers":{"x-a":"1, 2"},"data":null}}`},
		{"charset", config, node.HTTPResponse{Status: 200, Headers: typed("text/plain; charset=gbk"), Body: []byte("\xd6\xd0")}, `{"result":{"status":200,"headers":{"content-type":"text/plain; charset=gbk"},"data":"中"}}`},
		{"xml", config, node.HTTPResponse{Status: 200, Headers: typed("text/xml"), Body: []byte("<a><b>1</b></a>")}, `{"result":{"status":200,"headers":{"content-type":"text/xml"},"data":{"a":{"b":"1"}}}}`},
		{"no type", config, node.HTTPResponse{Status: 200, Body: []byte("ab")}, `{"result":{"status":200,"headers":{},"data":{"base64":"YWI=","contentType":"","size":2}}}`},
		{"redirect", config, node.HTTPResponse{Status: 302}, `{"result":{"status":302,"headers":{},"data":null}}`},
		{"failure", config, node.HTTPResponse{Status: 400}, `{"error":"the server answered 400"}`},
		{"long failure", config, node.HTTPResponse{Status: 500, Body: []byte(strings.Repeat("é", 300))}, `{"error":"the server answered 500: ` + strings.Repeat("é", 199) + `…"}`},
		{"failure of just that length", config, node.HTTPResponse{Status: 500, Body: []byte(strings.Repeat("é", 200))}, `{"error":"the server answered 500: ` + strings.Repeat("é", 200) + `"}`},
		{"failure in bytes", config, node.HTTPResponse{Status: 500, Body: []byte("\xff\n<p>  \x00")}, "{\"error\":\"the server answered 500: � <p> \\u0000\"}"},
		{"status to retry", `{"url": "http://a", "retryOn": [200]}`, node.HTTPResponse{Status: 200, Body: []byte("busy")}, `{"error":"the server answered 200: busy"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{answer: test.answer}
			if diff := cmp.Diff(test.want, r.run(t.Context(), t, test.config)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRequestUnanswered: a failure may be ignored, the end of the node may not.
func TestRequestUnanswered(t *testing.T) {
	t.Parallel()
	const ignoring = `{"url": "http://a", "ignoreFailure": true}`
	r := &recorder{err: errors.New("a: connection refused")}
	if got, want := r.run(t.Context(), t, `{"url": "http://a"}`), `{"error":"a: connection refused"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := r.run(t.Context(), t, ignoring), `{"result":{"status":null,"headers":{},"data":null},"logs":["warn: a: connection refused"]}`; got != want {
		t.Errorf("ignored: got %s, want %s", got, want)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	r.err = context.Canceled
	if got, want := r.run(cancelled, t, ignoring), `{"error":"context canceled"}`; got != want {
		t.Errorf("cancelled: got %s, want %s", got, want)
	}
}

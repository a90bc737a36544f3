package api

import (
	"context"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/node"
)

// answering answers every request with the body of it, and status 404 when that
// says "refuse".
type answering struct{}

func (answering) Do(_ context.Context, r node.HTTPRequest) (*node.HTTPResponse, error) {
	answer := &node.HTTPResponse{Status: 200, Body: r.Body, Headers: []hookflow.Header{{Name: "Content-Type", Value: "text/plain"}}}
	if string(r.Body) == `{"text":"refuse"}` {
		answer.Status, answer.Body = 404, []byte("no_service")
	}
	return answer, nil
}

func TestChannels(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			do := func(name string, as auth.Role, method, path, body string, status int, want ...string) call {
				return call{name: name, as: as, method: method, path: "/api/channels" + path, body: body, status: status, want: want, wantNot: []string{"hush-hush"}}
			}
			const ops = `{"kind":"Channel","key":"ops","title":"Ops","type":"slack","config":{"url":"https://hooks.slack.com/services/hush-hush"}}`
			s.checkAll(t, []call{
				do("make", auth.Admin, "POST", "", ops, 201, `"kind":"Channel","key":"ops","title":"Ops","type":"slack","config":{"url":"••••"},"createdAt":"`),
				do("make again", auth.Admin, "POST", "", ops, 409),
				do("an editor makes", auth.Editor, "POST", "", ops, 403),
				do("an editor changes", auth.Editor, "PUT", "/ops", ops, 403),
				do("an editor deletes", auth.Editor, "DELETE", "/ops", "", 403),
				do("a viewer tests", auth.Viewer, "POST", "/ops/test", `{}`, 403),
				do("a viewer lists", auth.Viewer, "GET", "", "", 200, `"items":[{"kind":"Channel","key":"ops"`, `"config":{"url":"••••"}`),
				do("a viewer reads", auth.Viewer, "GET", "/ops", "", 200, `"url":"••••"`),
				do("none", auth.Viewer, "GET", "/none", "", 404),
				do("as it was read", auth.Admin, "PUT", "/ops", `{"kind":"Channel","key":"ops","title":"Operations","type":"slack","config":{"url":"••••"},"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}`, 200, `"title":"Operations"`),
				do("another key", auth.Admin, "PUT", "/ops", `{"key":"other","type":"slack","config":{"url":"••••"}}`, 422, `"pointer":"/key"`),
				do("an unknown member", auth.Admin, "PUT", "/ops", `{"type":"slack","config":{"uri":"x","url":"https://x"}}`, 422, `"pointer":"/config/uri"`),
				do("an unknown type", auth.Admin, "PUT", "/fax", `{"type":"fax","config":{}}`, 422, `"pointer":"/type"`),
				do("a variable", auth.Admin, "PUT", "/env", `{"type":"slack","config":{"url":"{{$env.SLACK}}"}}`, 201, `"url":"{{$env.SLACK}}"`),
				do("test", auth.Editor, "POST", "/ops/test", `{"title":"Hi","text":"there"}`, 200, `"ok":true,"status":200,"body":{`, `"text":"Hi\nthere"`, `"error":null`),
				do("test with nothing", auth.Editor, "POST", "/ops/test", ``, 200, `"ok":true`, `This is a test.`),
				do("test what is refused", auth.Editor, "POST", "/ops/test", `{"text":"refuse"}`, 200,
					`"ok":false,"status":404,"body":"no_service","error":"channel ops: the provider has refused the message: HTTP 404: no_service"`),
				do("test what has no place", auth.Editor, "POST", "/ops/test", `{"to":["a"],"text":"x"}`, 200, `"ok":false,"status":0,"body":null,"error":"channel ops: to: `),
				do("test what is not set", auth.Editor, "POST", "/env/test", `{"text":"x"}`, 200, `$env.SLACK, which is not set`),
				do("test bad recipients", auth.Editor, "POST", "/ops/test", `{"to":{"a":1}}`, 422, `"pointer":"/to"`),
				do("test none", auth.Editor, "POST", "/none/test", `{}`, 404),
				do("delete", auth.Admin, "DELETE", "/env", "", 204),
				do("delete again", auth.Admin, "DELETE", "/env", "", 404),
				{name: "types", as: auth.Viewer, method: "GET", path: "/api/channel-types", status: 200, want: []string{`"type":"slack"`}},
				{
					name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=channel&object=ops", status: 200, wantNot: []string{"hush-hush"},
					want: []string{`"action":"test"`, `"action":"update"`, `"before":{"title":"Ops","type":"slack","config":{"url":"••••"}}`, `"action":"create"`},
				},
			})
		})
	}
}

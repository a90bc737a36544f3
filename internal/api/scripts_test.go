package api

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/script"
)

// fakeScripts returns what a script was given, or fails when it says so.
type fakeScripts struct{}

func (fakeScripts) Run(_ context.Context, r script.Run) (script.Result, error) {
	logs := []script.Log{{Level: "warn", Text: "seen: " + string(r.Env), At: 1500 * time.Microsecond}}
	switch r.Code {
	case "busy":
		return script.Result{}, &script.Error{Kind: script.KindOverloaded, Message: "too many"}
	case "throw":
		return script.Result{Logs: logs, Duration: 2 * time.Millisecond}, &script.Error{
			Kind: script.KindError, Name: "TypeError", Message: "no " + string(r.Env), Stack: "TypeError: no\n    at f script:3:7\n    at script:9:1",
		}
	case "nothing":
		return script.Result{}, nil
	}
	given, err := json.Marshal([]any{r.Context, r.Steps, r.Env, r.Params, r.Timeout.String()})
	return script.Result{Value: given, Logs: logs, Duration: time.Millisecond}, err
}

func TestScriptTests(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	test := func(name string, as auth.Role, body string, status int, want ...string) call {
		return call{name: name, as: as, method: "POST", path: "/api/scripts/test", body: body, status: status, want: want, wantNot: []string{"hush"}}
	}
	s.checkAll(t, []call{
		{name: "plain", as: auth.Admin, method: "PUT", path: "/api/env/REGION", body: `{"value":"eu"}`, status: 201},
		{name: "secret", as: auth.Admin, method: "PUT", path: "/api/env/TOKEN", body: `{"value":"hush-hush","secret":true}`, status: 201},
		test("everything", auth.Editor, `{"code":"return 1","params":{"a":1.50},"context":{"b":2},"steps":{"c":[3]},"env":["REGION","NONE"],"timeout":"2s"}`, 200,
			`"result":[{"b":2},{"c":[3]},{"REGION":"eu"},{"a":1.50},"2s"]`, `"error":null`, `"durationMs":1}`, `"logs":[{"level":"warn","text":"seen: {\"REGION\":\"eu\"}","atMs":1.5}]`),
		test("nothing returned", auth.Editor, `{"code":"nothing","params":null}`, 200, `"result":null`, `"logs":[]`),
		test("an error", auth.Editor, `{"code":"throw"}`, 200, `"result":null`, `"kind":"error","message":"TypeError: no {}","stack":"TypeError: no\n    at f script:3:7\n    at script:9:1","line":3,"column":7`),
		test("an editor's secret", auth.Editor, `{"code":"return env","env":["REGION","TOKEN"]}`, 422, `"pointer":"/env/1"`),
		test("an administrator's", auth.Admin, `{"code":"throw","env":["TOKEN"]}`, 200, `no {\"TOKEN\":\"••••\"}`),
		test("params", auth.Editor, `{"code":"return 1","params":[1]}`, 422, `"pointer":"/params"`),
		test("no code", auth.Editor, `{}`, 422, `"pointer":"/code"`),
		test("too long", auth.Editor, `{"code":"return 1","timeout":"61s"}`, 422, `"pointer":"/timeout"`),
		test("too many", auth.Editor, `{"code":"busy"}`, 503),
		test("a viewer", auth.Viewer, `{"code":"return 1"}`, 403),
	})
}

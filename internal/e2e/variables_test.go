package e2e_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// TestVariables: contract section 3.
func TestVariables(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/env/PLAIN", `{"value":"plain value","secret":false}`)
	s.Must(http.MethodPut, "/api/env/HIDDEN", `{"value":"top-secret-value","secret":true}`)
	const body = `{"n":1.10,"big":12345678901234567890,"t":"text","yes":true,"none":null,"o":{"a":[1,2]},"odd key":{"x y":5},"a.b":6,
		"list":[{"m":"p","tags":["x","y"]},{"m":"q","tags":["z"]},{"other":1}],"evil":"{{$env.HIDDEN}}","1":"one"}`
	tests := []struct{ template, want string }{
		{`{{$context.data.n}}`, `1.10`},
		{`{{ $context.data.n }}`, `1.10`},
		{`{{$context.data.big}}`, `12345678901234567890`},
		{`{{$context.data.o}}`, `{"a":[1,2]}`},
		{`{{$context.data.o.a[1]}}`, `2`},
		{`{{$context.data.o.a.1}}`, `2`},
		{`{{$context.data["odd key"]["x y"]}}`, `5`},
		{`{{$context.data["a.b"]}}`, `6`},
		{`{{$context.data.list.m}}`, `["p","q",null]`},
		{`{{$context.data.list.tags}}`, `["x","y","z",null]`},
		{`{{$context.data.list[0].m}}`, `"p"`},
		{`{{$context.data.missing.deeper}}`, `null`},
		{`{{$context.data.o.a[9]}}`, `null`},
		{`{{$context.headers.x-github-event}}`, `"push"`},
		{`{{$context.query.q}}`, `"1"`},
		{`n={{$context.data.n}}`, `"n=1.10"`},
		{`{{$context.data.t}}{{$context.data.yes}}`, `"texttrue"`},
		{`<{{$context.data.none}}{{$context.data.missing}}>`, `"<>"`},
		{`o={{$context.data.o}}`, `"o={\"a\":[1,2]}"`},
		{`{{$context.data.evil}}`, `"{{$env.HIDDEN}}"`},
		{`{{$env.PLAIN}}`, `"plain value"`},
		{`{{$steps.first}}`, `{"v":7}`},
		{`{{$steps.first.v}}`, `7`},
		{`{{$jobsMapByNodeKey.first.v}}`, `7`},
		{`{{$steps.skipped}}`, `null`},
		{`{{$steps.later}}`, `null`},
		{`{{$scopes.rounds.item}}`, `null`},
		{`{{$system.workflowKey}}`, `"KEY"`},
		{`{{$system.executionId}}`, `"EXECUTION"`},
		{`plain`, `"plain"`},
		{`{ {not}} }}`, `"{ {not}} }}"`},
	}
	for i, test := range tests {
		t.Run(test.template, func(t *testing.T) {
			t.Parallel()
			key := fmt.Sprintf("v%d", i)
			quoted := strings.ReplaceAll(test.template, `"`, `\"`)
			document := webhook(`{mode: sync}`, `
				{key: first, type: set, config: {values: {v: 7}}},
				{key: skipped, type: set, disabled: true, config: {values: {v: 8}}},
				{key: r, type: response, config: {body: {got: "`+quoted+`"}}},
				{key: later, type: set, config: {values: {v: 9}}},
				{key: rounds, type: loop, config: {over: 1}}`)
			if r := put(t, s, key, document); r.Status/100 != 2 {
				t.Fatalf("%d %s", r.Status, r.Body)
			}
			r := post(t, s, key+"?q=1", body, "X-GitHub-Event: push")
			want := strings.NewReplacer("KEY", key, "EXECUTION", executionOf(t, s, r).ID).Replace(test.want)
			if r.Body != `{"got":`+want+`}` {
				t.Errorf("%s, want %s", r.Body, want)
			}
		})
	}
}

// TestSecretsAreMasked: a secret goes where the workflow sends it, and is shown to nobody.
func TestSecretsAreMasked(t *testing.T) {
	t.Parallel()
	const secret = "top-secret-value"
	s, receiver := hookflowtest.Start(t), newReceiver(t)
	s.Must(http.MethodPut, "/api/env/HIDDEN", `{"value":"`+secret+`","secret":true}`)
	s.Must(http.MethodPut, "/api/collections/kept", `{"fields":[{"name":"v","type":"text"}]}`)
	key := save(t, s, webhook(`{mode: sync}`, `
		{key: set, type: set, config: {values: {v: "{{$env.HIDDEN}}"}}},
		{key: send, type: request, config: {method: POST, url: "`+receiver.URL+`/in?k={{$env.HIDDEN}}", headers: {X-Key: "{{$env.HIDDEN}}"}, body: {v: "{{$steps.set.v}}"}}},
		{key: keep, type: create, config: {collection: kept, values: {v: "{{$env.HIDDEN}}"}}},
		{key: log, type: javascript, config: {env: [HIDDEN], code: "console.log('is', env.HIDDEN); return env.HIDDEN + typeof env.SAMPLE_TOKEN"}},
		{key: broken, type: javascript, onError: continue, config: {env: [HIDDEN], code: "throw new Error(env.HIDDEN)"}},
		{key: gone, type: request, onError: continue, config: {url: "http://127.0.0.1:1/{{$env.HIDDEN}}"}},
		{key: r, type: response, config: {body: {ok: true}}}`))
	r := post(t, s, key, `{}`)
	if got := receiver.body("/in"); got != `{"v":"`+secret+`"}` {
		t.Errorf("the receiver got %s", got)
	}
	e := executionOf(t, s, r)
	if e.Status != "succeeded" || e.step(t, "broken").Status != "error" || e.step(t, "gone").Status != "error" {
		t.Errorf("%+v", e)
	}
	if got := e.step(t, "log").Output; got != `"••••undefined"` {
		t.Errorf("a script that was given the secret returned %s", got)
	}
	for _, path := range []string{"executions/" + e.ID, "collections/kept/records", "env", "env/HIDDEN", "audit", "workflows/" + key, "deliveries"} {
		if shown := admin(t, s, http.MethodGet, "/api/"+path, ""); strings.Contains(shown.Body, secret) || shown.Status != http.StatusOK {
			t.Errorf("%s: %d %s", path, shown.Status, shown.Body)
		}
	}
	if strings.Contains(s.Output(), secret) {
		t.Errorf("the log has it: %s", s.Output())
	}
}

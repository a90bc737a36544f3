package e2e_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// TestRefusedDocuments: what is wrong is named by its JSON pointer.
func TestRefusedDocuments(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/collections/things", `{"fields":[{"name":"n","type":"integer"}]}`)
	hook := func(config string) string { return webhook(config, "") }
	tests := []struct{ name, document, pointer string }{
		{"unknown member", `{trigger: {type: manual}, nodes: [], extra: 1}`, "/extra"},
		{"unknown option", `{trigger: {type: manual}, nodes: [], options: {timeuot: 1s}}`, "/options/timeuot"},
		{"ill-typed option", `{trigger: {type: manual}, nodes: [], options: {concurrency: many}}`, "/options/concurrency"},
		{"bad duration", `{trigger: {type: manual}, nodes: [], options: {timeout: 10 minutes}}`, "/options/timeout"},
		{"yes is a string", `{enabled: yes, trigger: {type: manual}, nodes: []}`, "/enabled"},
		{"no trigger", `{nodes: []}`, "/trigger"},
		{"unknown trigger", `{trigger: {type: cron}, nodes: []}`, "/trigger/type"},
		{"unknown kind", `{kind: Workflows, trigger: {type: manual}, nodes: []}`, "/kind"},
		{"another key", `{key: other, trigger: {type: manual}, nodes: []}`, "/key"},
		{"unknown setting of the trigger", hook(`{pth: x}`), "/trigger/config/pth"},
		{"unknown method", hook(`{methods: [TRACE]}`), "/trigger/config/methods/0"},
		{"no method", hook(`{methods: []}`), "/trigger/config/methods"},
		{"unknown mode", hook(`{mode: later}`), "/trigger/config/mode"},
		{"bad path", hook(`{path: "a//b"}`), "/trigger/config/path"},
		{"rest not last", hook(`{path: "a/*rest/b"}`), "/trigger/config/path"},
		{"the same parameter twice", hook(`{path: ":a/:a"}`), "/trigger/config/path"},
		{"bad address", hook(`{allowIPs: ["127.0.0.1", "1.2.3"]}`), "/trigger/config/allowIPs/1"},
		{"bad size", hook(`{maxBytes: lots}`), "/trigger/config/maxBytes"},
		{"bad schema", hook(`{schema: {type: thing}}`), "/trigger/config/schema"},
		{"schema elsewhere", hook(`{schema: {$ref: "file:///etc/passwd"}}`), "/trigger/config/schema"},
		{"unknown operator in the filter", hook(`{filter: {left: 1, op: is, right: 1}}`), "/trigger/config/filter/op"},
		{"unknown scheme", hook(`{verification: {scheme: magic}}`), "/trigger/config/verification/scheme"},
		{"unknown setting of a scheme", hook(`{verification: {scheme: github, secret: x, secert: x}}`), "/trigger/config/verification/secert"},
		{"no secret", hook(`{verification: {scheme: github}}`), "/trigger/config/verification/secret"},
		{"empty secret", hook(`{verification: {scheme: github, secret: ""}}`), "/trigger/config/verification/secret"},
		{"no password", hook(`{verification: {scheme: basic, username: a}}`), "/trigger/config/verification/password"},
		{"empty token", hook(`{verification: {scheme: token, header: X, value: ""}}`), "/trigger/config/verification/value"},
		{"unknown algorithm", hook(`{verification: {scheme: hmac, secret: x, header: X, algorithm: md2}}`), "/trigger/config/verification/algorithm"},
		{"bad status", hook(`{response: {status: 99}}`), "/trigger/config/response/status"},
		{"not its header to set", hook(`{response: {headers: {Content-Length: "1"}}}`), "/trigger/config/response/headers/Content-Length"},
		{"no such root", hook(`{response: {body: "{{$steps.a}}"}}`), "/trigger/config/response/body"},
		{"unknown node type", manual(`{key: a, type: teleport}`), "/nodes/0/type"},
		{"node without a key", manual(`{type: end}`), "/nodes/0/key"},
		{"node key twice", manual(`{key: a, type: end}, {key: a, type: end}`), "/nodes/1/key"},
		{"node key twice in a branch", manual(`{key: a, type: condition, config: {left: 1, op: equals, right: 1}, branches: {"true": [{key: a, type: end}]}}`), "/nodes/0/branches/true/0/key"},
		{"bad node key", manual(`{key: "a b", type: end}`), "/nodes/0/key"},
		{"unknown node member", manual(`{key: a, type: end, retries: 3}`), "/nodes/0/retries"},
		{"retry in the config", manual(`{key: a, type: request, config: {url: "http://a", retry: {attempts: 2}}}`), "/nodes/0/config/retry"},
		{"retry without attempts", manual(`{key: a, type: end, retry: {backoff: fixed}}`), "/nodes/0/retry/attempts"},
		{"unknown backoff", manual(`{key: a, type: end, retry: {attempts: 2, backoff: random}}`), "/nodes/0/retry/backoff"},
		{"unknown onError", manual(`{key: a, type: end, onError: ignore}`), "/nodes/0/onError"},
		{"unknown branch", manual(`{key: a, type: condition, config: {left: 1, op: equals, right: 1}, branches: {maybe: []}}`), "/nodes/0/branches/maybe"},
		{"branch of a leaf", manual(`{key: a, type: set, branches: {body: []}}`), "/nodes/0/branches/body"},
		{"unknown config", manual(`{key: a, type: end, config: {statsu: failed}}`), "/nodes/0/config/statsu"},
		{"ill-typed config", manual(`{key: a, type: query, config: {collection: things, many: 1}}`), "/nodes/0/config/many"},
		{"config in a branch", manual(`{key: a, type: loop, config: {over: 1}, branches: {body: [{key: b, type: end, config: {status: x}}]}}`), "/nodes/0/branches/body/0/config/status"},
		{"required config", manual(`{key: a, type: create, config: {values: {}}}`), "/nodes/0/config/collection"},
		{"unknown operator", manual(`{key: a, type: condition, config: {left: 1, op: is, right: 2}}`), "/nodes/0/config/op"},
		{"broken template", manual(`{key: a, type: set, config: {values: {v: "{{$context.}}"}}}`), "/nodes/0/config/values/v"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := put(t, s, keyFor(t), test.document)
			var problem struct {
				Title, Detail string
				Status        int
				Errors        []struct{ Pointer, Detail string }
			}
			if err := json.Unmarshal([]byte(r.Body), &problem); err != nil {
				t.Fatalf("%d %s: %v", r.Status, r.Body, err)
			}
			if r.Status != http.StatusUnprocessableEntity || problem.Status != r.Status || problem.Title == "" || problem.Detail == "" ||
				r.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%d %v %s", r.Status, r.Header, r.Body)
			}
			for _, e := range problem.Errors {
				if e.Pointer == test.pointer && e.Detail != "" {
					return
				}
			}
			t.Errorf("want %s, got %+v", test.pointer, problem.Errors)
		})
	}
}

// TestUnreadableDocuments: what is no document at all.
func TestUnreadableDocuments(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	tests := []struct {
		name, contentType, document string
		status                      int
		says                        string
	}{
		{"no json", "application/json", `{"trigger":`, 400, "JSON"},
		{"no yaml", "application/yaml", "a: [", 400, "line 2"},
		{"a list", "application/json", `[]`, 422, "object"},
		{"nothing", "application/json", ``, 400, ""},
		{"a member twice in json", "application/json", `{"trigger":{"type":"manual"},"nodes":[],"nodes":[]}`, 422, "/nodes"},
		{"a member twice in yaml", "application/yaml", "nodes: []\nnodes: []", 400, "line 2"},
		{"a bomb of aliases", "application/yaml", "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]", 400, ""},
		{"too large", "application/json", `{"title":"` + strings.Repeat("x", 4<<20) + `"}`, 413, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := send(t, s, http.MethodPut, "/api/workflows/"+keyFor(t), test.document, "Authorization: Bearer "+s.Key(), "Content-Type: "+test.contentType)
			if r.Status != test.status || !strings.Contains(r.Body, test.says) || r.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%d %.300s, want %d %s", r.Status, r.Body, test.status, test.says)
			}
		})
	}
}

// TestWholeDocument: every member of the form is taken, and comes back as it was sent.
func TestWholeDocument(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/collections/pushes", `{"fields":[{"name":"sha","type":"string"},{"name":"by","type":"string"}]}`)
	const document = `{"kind":"Workflow","key":"github-push","title":"GitHub push","enabled":true,
		"options":{"timeout":"10m","concurrency":1,"retain":{"succeeded":"7d","failed":"90d","deliveries":"30d"}},
		"trigger":{"type":"webhook","config":{"path":"github-push","methods":["POST"],"mode":"sync","sync":{"timeout":"30s","onTimeout":"abort"},
			"verification":{"scheme":"github","secret":"{{$env.GITHUB_WEBHOOK_SECRET}}"},"allowIPs":["192.30.252.0/22","::1"],"denyIPs":["10.0.0.1"],"maxBytes":"5MiB",
			"schema":{"type":"object","required":["ref"]},"filter":{"all":[{"left":"{{$context.headers.x-github-event}}","op":"equals","right":"push"}]},
			"rateLimit":{"requests":100,"per":"1m","by":"ip"},"cors":{"origins":["https://a.example"]},
			"response":{"status":202,"headers":{"X-Queue":"yes"},"body":{"received":"{{$context.deliveryId}}"}}}},
		"nodes":[{"key":"is_main","type":"condition","title":"On main?","config":{"left":"{{$context.data.ref}}","op":"equals","right":"refs/heads/main"},
			"branches":{"true":[{"key":"save","type":"create","timeout":"5s","retry":{"attempts":3,"backoff":"exponential","interval":"1s"},"onError":"continue",
				"config":{"collection":"pushes","values":{"sha":"{{$context.data.after}}","by":"{{$context.data.pusher.name}}"}}}],"false":[]}},
			{"key":"reply","type":"response","disabled":true,"config":{"status":201,"headers":{"X-Flow":"1"},"body":{"id":"{{$steps.save.id}}","n":1.10}}}]}`
	made := admin(t, s, http.MethodPut, "/api/workflows/github-push", document)
	if made.Status != http.StatusCreated {
		t.Fatalf("%d %s", made.Status, made.Body)
	}
	got := admin(t, s, http.MethodGet, "/api/workflows/github-push", "").Body
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(got), &members); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []string{"id", "revision", "hasDraft", "createdAt", "updatedAt"} {
		if members[readOnly] == nil {
			t.Errorf("the answer has no %s", readOnly)
		}
		delete(members, readOnly)
	}
	own, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	wantJSON(t, "the document", document, string(own))
	if !strings.Contains(got, `"n":1.10`) {
		t.Errorf("a number is spelt otherwise: %s", got)
	}
	again := admin(t, s, http.MethodPut, "/api/workflows/github-push", got)
	if again.Status != http.StatusOK || !strings.Contains(again.Body, `"revision":1,`) {
		t.Errorf("the same document again: %d %s", again.Status, again.Body)
	}
}

// TestNodeOptions: what every node may carry.
func TestNodeOptions(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	const broken = `type: javascript, config: {code: "throw new Error('no')"}`
	tests := []struct{ name, nodes, status, steps string }{
		{"fail", `{key: a, ` + broken + `}, {key: b, type: end}`, "error", "a error"},
		{"continue", `{key: a, onError: continue, ` + broken + `}, {key: b, type: set, config: {values: "{{$steps.a}}"}}`, "succeeded", "a error, b succeeded"},
		{"branch", `{key: a, onError: branch, ` + broken + `, branches: {error: [{key: e, type: set, config: {values: "{{$scopes.a.error}}"}}]}}, {key: b, type: set}`, "succeeded", `e succeeded "Error: no", a error, b succeeded`},
		{"no error, no branch", `{key: a, onError: branch, type: set, branches: {error: [{key: e, type: set}]}}`, "succeeded", "a succeeded"},
		{"retry", `{key: a, retry: {attempts: 3, interval: 1ms}, ` + broken + `}`, "error", "a error attempt 3"},
		{"retry that helps", `{key: n, type: set, config: {values: {left: 2}}}, {key: a, retry: {attempts: 3, interval: 1ms}, type: javascript, config: {code: "return 1"}}`, "succeeded", `n succeeded {"left":2}, a succeeded 1`},
		{"timeout", `{key: a, timeout: 100ms, type: javascript, config: {code: "for(;;);"}}`, "error", "a error"},
		{"disabled", `{key: a, disabled: true, ` + broken + `}, {key: b, type: set, config: {values: "{{$steps.a}}"}}`, "succeeded", "a skipped, b succeeded"},
		{"not met", `{key: a, type: condition, config: {left: 1, op: equals, right: 2, mode: continue}}, {key: b, type: set}`, "failed", "a failed"},
		{
			"loop", `{key: l, type: loop, config: {over: [x, y]}, branches: {body: [{key: b, type: set, config: {values: "{{$scopes.l.index}}/{{$scopes.l.length}} {{$scopes.l.item}}"}}]}}`,
			"succeeded", `l[0].b succeeded "0/2 x", l[1].b succeeded "1/2 y", l succeeded 2`,
		},
		{"loop of a number", `{key: l, type: loop, config: {over: 2}, branches: {body: [{key: b, type: set, config: {values: "{{$scopes.l.item}}"}}]}}`, "succeeded", `l[0].b succeeded 0, l[1].b succeeded 1, l succeeded 2`},
		{"loop of a text", `{key: l, type: loop, config: {over: "a✓"}, branches: {body: [{key: b, type: set, config: {values: "{{$scopes.l.item}}"}}]}}`, "succeeded", `l[0].b succeeded "a", l[1].b succeeded "✓", l succeeded 2`},
		{"loop of one", `{key: l, type: loop, config: {over: {a: 1}}, branches: {body: [{key: b, type: set, config: {values: "{{$scopes.l.item.a}}"}}]}}`, "succeeded", `l[0].b succeeded 1, l succeeded 1`},
		{"loop that goes on", `{key: l, type: loop, config: {over: 2, onError: continue}, branches: {body: [{key: b, ` + broken + `}]}}`, "succeeded", `l[0].b error, l[1].b error, l succeeded 2`},
		{"loop that breaks", `{key: l, type: loop, config: {over: 2, onError: break}, branches: {body: [{key: b, ` + broken + `}]}}`, "succeeded", `l[0].b error, l succeeded 1`},
		{"loop past its limit", `{key: l, type: loop, config: {over: 3, limit: 2}}`, "error", `l error`},
		{"assign", `{key: n, type: set, config: {values: 1}}, {key: a, type: set, config: {assign: {node: n, value: 2}}}, {key: b, type: set, config: {values: "{{$steps.n}}"}}`, "succeeded", `n succeeded 1, a succeeded, b succeeded 2`},
		{
			"script", `{key: n, type: set, config: {values: 1}}, {key: j, type: javascript, config: {params: {p: "{{$steps.n}}"}, code: "console.warn('w', p); return [p, steps.n, context.data.x, env, require('path').join('a','b')]"}}`,
			"succeeded", `n succeeded 1, j succeeded [1,1,5,{},"a/b"] warn: w 1`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := run(t, s, save(t, s, manual(test.nodes)), `{"data":{"x":5}}`)
			var steps []string
			for _, step := range e.Steps {
				steps = append(steps, told(step))
			}
			if got := strings.Join(steps, ", "); e.Status != test.status || got != test.steps {
				t.Errorf("%s %q: %s\nwant %s: %s", e.Status, e.Error, got, test.status, test.steps)
			}
			if (e.Error == "") != (test.status == "succeeded") {
				t.Errorf("%s says %q", e.Status, e.Error)
			}
		})
	}
}

// told is a step in short.
func told(s step) string {
	out := s.Path + " " + s.Status
	if s.Output != "" && s.Status == "succeeded" {
		out += " " + string(s.Output)
	}
	if s.Attempt > 1 {
		out += " attempt 3"
	}
	for _, line := range s.Logs {
		if line.Level == "warn" && s.Attempt == 1 {
			out += " warn: " + line.Text
		}
	}
	return out
}

// TestConditions: every operator through a condition node.
func TestConditions(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	tests := []struct{ condition, want string }{
		{`left: 1.0, op: equals, right: 1`, "true"},
		{`left: "1", op: equals, right: 1`, "false"},
		{`left: {a: 1, b: 2}, op: equals, right: {b: 2, a: 1}`, "true"},
		{`left: 1, op: notEquals, right: 2`, "true"},
		{`left: "10", op: gt, right: 9`, "true"},
		{`left: 9007199254740993, op: gt, right: 9007199254740992`, "true"},
		{`left: 1, op: gte, right: 1`, "true"},
		{`left: 1, op: lt, right: "x"`, "false"},
		{`left: 1, op: lte, right: 0`, "false"},
		{`left: [1, 2], op: contains, right: 2`, "true"},
		{`left: abc, op: contains, right: bc`, "true"},
		{`left: abc, op: notContains, right: x`, "true"},
		{`left: abc, op: startsWith, right: ab`, "true"},
		{`left: abc, op: endsWith, right: ab`, "false"},
		{`left: abc, op: matches, right: "^a.c$"`, "true"},
		{`left: b, op: in, right: [a, b]`, "true"},
		{`left: b, op: notIn, right: [a, b]`, "false"},
		{`left: {}, op: empty`, "true"},
		{`left: 0, op: empty`, "false"},
		{`left: "", op: notEmpty`, "false"},
		{`left: "{{$context.none}}", op: exists`, "true"},
		{`left: "{{$context.missing}}", op: exists`, "false"},
		{`left: true, op: isTrue`, "true"},
		{`left: "true", op: isTrue`, "false"},
		{`left: false, op: isFalse`, "true"},
		{`all: []`, "true"},
		{`any: []`, "false"},
		{`not: {left: 1, op: equals, right: 1}`, "false"},
		{`all: [{any: [{left: 1, op: equals, right: 2}, {left: 1, op: equals, right: 1}]}, {not: {left: 1, op: gt, right: 1}}]`, "true"},
	}
	nodes, want := []string{}, map[string]string{}
	for i, test := range tests {
		key := "c" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		nodes, want[key] = append(nodes, `{key: `+key+`, type: condition, config: {`+test.condition+`}}`), test.condition+" is "+test.want
	}
	e := run(t, s, save(t, s, manual(strings.Join(nodes, ", "))), `{"none":null}`)
	if len(e.Steps) != len(tests) {
		t.Fatalf("%d of %d: %s", len(e.Steps), len(tests), e.Error)
	}
	for i, step := range e.Steps {
		if got := tests[i].condition + " is " + string(step.Output); got != want[step.NodeKey] {
			t.Errorf("%s, want %s", got, want[step.NodeKey])
		}
	}
}

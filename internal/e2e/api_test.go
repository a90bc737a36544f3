package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// wantReply fails unless the answer has the status and its body matches.
func wantReply(t *testing.T, what string, r reply, status int, says string) {
	t.Helper()
	if r.Status != status || !regexp.MustCompile(says).MatchString(r.Body) {
		t.Errorf("%s: %d %s\nwant %d %s", what, r.Status, r.Body, status, says)
	}
}

// TestRevisions: drafts, publishing, restoring, and which revision a request runs.
func TestRevisions(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	saying := func(what string) string {
		return webhook(`{mode: sync}`, `{key: r, type: response, config: {body: `+what+`}}`)
	}
	saved := func(query, document string) reply {
		return send(t, s, http.MethodPut, "/api/workflows/w"+query, document, "Authorization: Bearer "+s.Key(), "Content-Type: application/yaml")
	}
	answers := func(want string) {
		t.Helper()
		if r := post(t, s, "w", `{}`); r.Body != want {
			t.Errorf("it answers %d %s, want %s", r.Status, r.Body, want)
		}
	}
	call := func(method, path string) reply { return admin(t, s, method, "/api/workflows/"+path, "") }

	wantReply(t, "a new one", saved("", saying("one")), 201, `"revision":1,"hasDraft":false`)
	answers("one")
	wantReply(t, "replaced", saved("", saying("two")), 200, `"revision":2,"hasDraft":false`)
	answers("two")
	wantReply(t, "a draft", saved("?draft=true", saying("three")), 200, `"revision":2,"hasDraft":true`)
	answers("two")
	wantReply(t, "what is published", call("GET", "w"), 200, `"body":"two"`)
	wantReply(t, "the draft", call("GET", "w/draft"), 200, `"body":"three"`)
	wantReply(t, "the draft runs", admin(t, s, "POST", "/api/workflows/w/run?revision=draft", `{}`), 200, `"body":"three"`)
	wantReply(t, "the published one runs", admin(t, s, "POST", "/api/workflows/w/run", `{}`), 200, `"body":"two"`)
	wantReply(t, "published", call("POST", "w/publish"), 200, `"revision":3,"hasDraft":false`)
	answers("three")
	wantReply(t, "nothing to publish", call("POST", "w/publish"), 409, `no draft`)
	wantReply(t, "the revisions", call("GET", "w/revisions"), 200, `"number":3.*"number":2.*"number":1`)
	wantReply(t, "a revision", call("GET", "w/revisions/1"), 200, `"body":"one"`)
	wantReply(t, "no such revision", call("GET", "w/revisions/9"), 404, ``)
	wantReply(t, "restored", call("POST", "w/revisions/1/restore"), 200, `"revision":4,`)
	answers("one")
	wantReply(t, "disabled", call("POST", "w/disable"), 200, `"enabled":false`)
	wantReply(t, "a disabled one", post(t, s, "w", `{}`), 404, ``)
	wantReply(t, "enabled", call("POST", "w/enable"), 200, `"enabled":true`)
	answers("one")
	wantReply(t, "duplicated", admin(t, s, "POST", "/api/workflows/w/duplicate", `{"key":"copy","title":"Copy"}`), 201, `"title":"Copy"`)
	wantReply(t, "the copy", call("GET", "copy"), 200, `"enabled":false.*"body":"one"`)
	wantReply(t, "duplicated again", admin(t, s, "POST", "/api/workflows/w/duplicate", `{"key":"copy"}`), 409, `copy`)
	wantReply(t, "posted", admin(t, s, "POST", "/api/workflows", `{"key":"posted","trigger":{"type":"manual"},"nodes":[]}`), 201, `"revision":1`)
	wantReply(t, "posted again", admin(t, s, "POST", "/api/workflows", `{"key":"posted","trigger":{"type":"manual"},"nodes":[]}`), 409, `posted`)
	wantReply(t, "deleted", call("DELETE", "posted"), 204, `^$`)
	wantReply(t, "gone", call("GET", "posted"), 404, ``)
	wantReply(t, "deleted again", call("DELETE", "posted"), 404, ``)
	wantReply(t, "a draft only", admin(t, s, "PUT", "/api/workflows/sketch?draft=true", `{"trigger":{"type":"manual"},"nodes":[{"key":"x","type":"not-yet"}]}`), 201, `"revision":0,"hasDraft":true`)
	wantReply(t, "a draft cannot be enabled", call("POST", "sketch/enable"), 409, ``)
	wantReply(t, "a bad draft cannot be published", call("POST", "sketch/publish"), 422, `/nodes/0/type`)
}

// TestExecutionsKeepTheirRevision: a change does not reach what has begun.
func TestExecutionsKeepTheirRevision(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	document := func(then string) string {
		return webhook("", `{key: call, type: request, config: {url: "`+g.URL+`"}}, {key: then, type: set, config: {values: `+then+`}}`)
	}
	key := save(t, s, document("old"))
	r := post(t, s, key, `{}`)
	<-g.arrived
	wantReply(t, "the change", put(t, s, key, document("new")), 200, `"revision":2`)
	g.release()
	if e := executionOf(t, s, r); e.Revision != 1 || e.step(t, "then").Output != `"old"` {
		t.Errorf("%+v", e)
	}
	if e := executionOf(t, s, post(t, s, key, `{}`)); e.Revision != 2 || e.step(t, "then").Output != `"new"` {
		t.Errorf("%+v", e)
	}
}

// TestRun: runs by hand.
func TestRun(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	call := func(path, body string) reply { return admin(t, s, http.MethodPost, "/api/workflows/"+path, body) }
	put(t, s, "echo", manual(`{key: r, type: response, config: {status: 203, headers: {X-A: b}, body: {data: "{{$context.data}}", all: "{{$context}}"}}}`))

	wantReply(t, "a context", call("echo/run", `{"context":{"data":1.10}}`), 200, `"status":"succeeded","response":\{"status":203,"headers":\{.*"X-A":"b"\},"body":\{"data":1.10,"all":\{"data":1.10\}\}\}`)
	wantReply(t, "a request", call("echo/run", `{"request":{"method":"PUT","headers":{"Content-Type":"application/x-www-form-urlencoded","X-B":"c"},"query":{"q":["1","2"]},"body":"a=1"}}`), 200,
		`"data":\{"a":"1"\}.*"x-b":"c".*"query":\{"q":\["1","2"\]\}.*"method":"PUT"`)
	wantReply(t, "nothing", call("echo/run", ``), 200, `"data":null`)
	wantReply(t, "both", call("echo/run", `{"context":1,"request":{}}`), 422, `/context`)
	wantReply(t, "something else", call("echo/run", `{"contxt":1}`), 422, `/contxt`)
	wantReply(t, "nobody", call("nobody/run", `{}`), 404, ``)
	wantReply(t, "a bad wait", call("echo/run?wait=soon", `{}`), 400, `wait`)

	put(t, s, "slow", manual(`{key: call, type: request, config: {url: "`+g.URL+`"}}`))
	r := call("slow/run?wait=0", `{}`)
	wantReply(t, "a slow one", r, 202, `"status":"running"`)
	var made struct{ Execution string }
	decode(t, r, &made)
	if r.Header.Get("Location") != "/api/executions/"+made.Execution {
		t.Errorf("it is at %q", r.Header.Get("Location"))
	}
	g.release()
	if e := ended(t, s, made.Execution); e.Status != "succeeded" || e.StartedBy != "manual" {
		t.Errorf("%+v", e)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	key := save(t, s, webhook(`{}`, `{key: call, type: request, config: {url: "`+g.URL+`"}}, {key: after, type: set}`))
	r := post(t, s, key, `{}`)
	<-g.arrived
	id := *deliveryOf(t, s, r).Execution
	wantReply(t, "cancelled", admin(t, s, http.MethodPost, "/api/executions/"+id+"/cancel", ""), 200, `"id":"`+id+`"`)
	if e := ended(t, s, id); e.Status != "cancelled" || e.Error == "" || len(e.Steps) != 1 || e.Steps[0].Status != "cancelled" {
		t.Errorf("%+v", e)
	}
	wantReply(t, "cancelled again", admin(t, s, http.MethodPost, "/api/executions/"+id+"/cancel", ""), 409, `ended`)
	wantReply(t, "nobody", admin(t, s, http.MethodPost, "/api/executions/0zzzzzzzzzzzz/cancel", ""), 404, ``)
}

// TestRetry: a retry from a node keeps the results before it.
func TestRetry(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/collections/counted", `{"fields":[{"name":"n","type":"integer"}]}`)
	key := save(t, s, webhook("", `
		{key: save, type: create, config: {collection: counted, values: {n: "{{$context.data.n}}"}}},
		{key: check, type: query, config: {collection: counted, filter: {field: n, op: equals, value: 99}, onEmpty: fail}},
		{key: tell, type: set, config: {values: "{{$steps.save.n}} {{$context.data.n}}"}}`))
	first := executionOf(t, s, post(t, s, key, `{"n":7}`))
	if first.Status != "failed" {
		t.Fatalf("%+v", first)
	}
	retry := func(body string) execution {
		t.Helper()
		r := admin(t, s, http.MethodPost, "/api/executions/"+first.ID+"/retry", body)
		wantReply(t, "retry", r, 202, `"execution"`)
		var made struct{ Execution string }
		decode(t, r, &made)
		return ended(t, s, made.Execution)
	}
	s.Must(http.MethodPost, "/api/collections/counted/records", `{"n":99}`)
	again := retry(`{"from":"check"}`)
	if again.Status != "succeeded" || again.step(t, "tell").Output != `"7 7"` || again.RetryOf == nil || *again.RetryOf != first.ID || again.StartedBy != "retry" {
		t.Errorf("%+v", again)
	}
	if n := len(records(t, s, "counted")); n != 2 {
		t.Errorf("%d records: the node before ran again", n)
	}
	if failed := retry(""); failed.Status != "succeeded" || len(records(t, s, "counted")) != 2 {
		t.Errorf("from the node that failed: %+v", failed)
	}
	if whole := retry(`{"from":"save"}`); whole.Status != "succeeded" || len(records(t, s, "counted")) != 3 {
		t.Errorf("from the beginning: %+v", whole)
	}
	wantReply(t, "from nowhere", admin(t, s, http.MethodPost, "/api/executions/"+first.ID+"/retry", `{"from":"nobody"}`), 422, `/from`)
}

// TestLists: pages, cursors, counts and filters of every list.
func TestLists(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/collections/things", `{"fields":[{"name":"n","type":"integer"},{"name":"t","type":"string"}]}`)
	key := save(t, s, webhook("", ""))
	const many = 5
	for i := range many {
		executionOf(t, s, post(t, s, key, `{}`))
		s.Must(http.MethodPost, "/api/collections/things/records", fmt.Sprintf(`{"n":%d,"t":"no %d"}`, i, i))
		put(t, s, fmt.Sprintf("w%d", i), manual(""))
	}
	for _, list := range []string{"deliveries?workflow=" + key, "executions?workflow=" + key, "collections/things/records?", "workflows?", "audit?"} {
		t.Run(list, func(t *testing.T) {
			t.Parallel()
			var ids []string
			cursor := ""
			for {
				var page struct {
					Items      []struct{ ID string }
					NextCursor *string
					Total      *int
				}
				decode(t, admin(t, s, http.MethodGet, "/api/"+list+"&limit=2&count=true&cursor="+url.QueryEscape(cursor), ""), &page)
				for _, item := range page.Items {
					ids = append(ids, item.ID)
				}
				if page.Total == nil || *page.Total < many || len(page.Items) > 2 {
					t.Fatalf("%+v", page)
				}
				if page.NextCursor == nil {
					if len(ids) != *page.Total {
						t.Errorf("%d items, %d in all", len(ids), *page.Total)
					}
					break
				}
				cursor = *page.NextCursor
			}
			if !slices.IsSortedFunc(ids, func(a, b string) int { return strings.Compare(b, a) }) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
				t.Errorf("not the newest first, each once: %v", ids)
			}
		})
	}
	tests := []struct {
		path   string
		status int
		says   string
	}{
		{"executions?limit=1000", 200, `^\{"items":\[\{.*"nextCursor":null\}`},
		{"executions?limit=1001", 422, `limit`},
		{"executions?limit=0", 422, `limit`},
		{"executions?cursor=nonsense", 400, `cursor`},
		{"executions?status=nonsense", 422, `status`},
		{"executions?status=failed", 200, `"items":\[\]`},
		{"executions?status=succeeded&workflow=" + key + "&count=true", 200, `"total":5`},
		{"deliveries?outcome=rejected", 200, `"items":\[\]`},
		{"deliveries?outcome=accepted&count=true", 200, `"total":5`},
		{"deliveries?to=2001-01-01T00:00:00Z", 200, `"items":\[\]`},
		{"deliveries?from=2001-01-01T00:00:00Z&count=true", 200, `"total":5`},
		{"deliveries?q=" + key + "&count=true", 200, `"total":5`},
		{"deliveries?q=nowhere", 200, `"items":\[\]`},
		{"collections/things/records?filter=" + url.QueryEscape(`{"field":"n","op":"gte","value":3}`) + "&sort=n&fields=n", 200, `^\{"items":\[\{"id":"\w+","n":3\},\{"id":"\w+","n":4\}\]|^\{"items":\[\{"n":3\},\{"n":4\}\]`},
		{"collections/things/records?sort=-n&limit=1", 200, `"n":4`},
		{"collections/things/records?q=no+2", 200, `^\{"items":\[\{[^{]*"n":2[^{]*\}\]`},
		{"collections/things/records?filter=" + url.QueryEscape(`{"field":"x","op":"equals","value":3}`), 422, `x`},
		{"collections/things/records?filter=no", 400, `filter`},
		{"collections/nothing/records", 404, `nothing`},
	}
	for _, test := range tests {
		wantReply(t, test.path, admin(t, s, http.MethodGet, "/api/"+test.path, ""), test.status, test.says)
	}
}

// TestRecords: collections and their records.
func TestRecords(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	call := func(method, path, body string) reply { return admin(t, s, method, "/api/collections"+path, body) }
	const fields = `[{"name":"s","type":"string","required":true,"unique":true},{"name":"i","type":"integer","default":3},{"name":"d","type":"decimal"},
		{"name":"b","type":"bigint"},{"name":"n","type":"number"},{"name":"t","type":"text"},{"name":"o","type":"boolean"},{"name":"da","type":"date"},
		{"name":"dt","type":"datetime","index":true},{"name":"j","type":"json"},{"name":"e","type":"email"},{"name":"u","type":"url"},{"name":"id2","type":"uuid"},
		{"name":"c","type":"select","options":{"choices":["x","y"]}}]`
	wantReply(t, "made", call("POST", "", `{"kind":"Collection","name":"things","title":"Things","fields":`+fields+`}`), 201, `"name":"things"`)
	wantReply(t, "made again", call("POST", "", `{"name":"things","fields":[]}`), 409, `things`)
	wantReply(t, "unknown member", call("PUT", "/others", `{"fields":[{"name":"a","type":"string","size":3}]}`), 422, `/fields/0/size`)
	wantReply(t, "unknown type", call("PUT", "/others", `{"fields":[{"name":"a","type":"money"}]}`), 422, `/fields/0/type`)
	wantReply(t, "a record", call("POST", "/things/records", `{"s":"a","d":"12345678901234567890.10","b":"9223372036854775807","n":1.5,"o":true,"da":"2024-02-29","dt":"2024-02-29T12:00:00+08:00","j":{"k":1.10},"e":"a@b.example","u":"https://a.example","id2":"0190163d-8694-739b-aea5-966c26f8ad90","c":"x"}`),
		201, `"i":3.*"dt":"2024-02-29T04:00:00.*Z".*"j":\{"k":1.10\}`)
	id := text(t, records(t, s, "things")[0]["id"])
	refused := []struct{ name, values, says string }{
		{"unknown field", `{"s":"b","x":1}`, `/x`},
		{"required", `{"i":1}`, `/s`},
		{"no integer", `{"s":"b","i":1.5}`, `/i`},
		{"no date", `{"s":"b","da":"2023-02-29"}`, `/da`},
		{"no address", `{"s":"b","e":"nobody"}`, `/e`},
		{"no choice", `{"s":"b","c":"z"}`, `/c`},
	}
	for _, test := range refused {
		wantReply(t, test.name, call("POST", "/things/records", test.values), 422, test.says)
	}
	wantReply(t, "not unique", call("POST", "/things/records", `{"s":"a"}`), 409, `s`)
	wantReply(t, "several", call("POST", "/things/records", `[{"s":"b"},{"s":"c"}]`), 201, `^\[\{.*"s":"b".*"s":"c"`)
	wantReply(t, "several or none", call("POST", "/things/records", `[{"s":"d"},{"s":"a"}]`), 409, ``)
	wantReply(t, "three in all", call("GET", "/things/records?count=true", ""), 200, `"total":3`)
	wantReply(t, "changed in part", call("PATCH", "/things/records/"+id, `{"i":4}`), 200, `"s":"a".*"i":4.*"o":true`)
	wantReply(t, "replaced", call("PUT", "/things/records/"+id, `{"s":"z"}`), 200, `"s":"z","i":3,.*"o":null`)
	wantReply(t, "read", call("GET", "/things/records/"+id, ""), 200, `"s":"z"`)
	wantReply(t, "deleted", call("DELETE", "/things/records/"+id, ""), 204, `^$`)
	wantReply(t, "gone", call("GET", "/things/records/"+id, ""), 404, ``)
	wantReply(t, "a field more", call("PUT", "/things", `{"fields":`+strings.Replace(fields, "]", `,{"name":"more","type":"integer","default":1}]`, 1)+`}`), 422, ``)
	more := strings.TrimSuffix(fields, "]") + `,{"name":"more","type":"integer"}]`
	wantReply(t, "a field more", call("PUT", "/things", `{"fields":`+more+`}`), 200, `"more"`)
	wantReply(t, "its records", call("GET", "/things/records", ""), 200, `"more":null`)
	wantReply(t, "the list", call("GET", "", ""), 200, `"things"`)
	wantReply(t, "dropped", call("DELETE", "/things", ""), 204, `^$`)
	wantReply(t, "no more", call("GET", "/things", ""), 404, ``)
}

// TestRoles: what each role may do, and nobody.
func TestRoles(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	keys := map[string]string{"nobody": "", "stranger": "hfk_wrong", "admin": s.Key()}
	for _, role := range []string{"viewer", "editor"} {
		var made struct{ Key, Role string }
		decode(t, admin(t, s, http.MethodPost, "/api/api-keys", `{"name":"`+role+`","role":"`+role+`"}`), &made)
		keys[role] = made.Key
	}
	s.Must(http.MethodPut, "/api/collections/things", `{"fields":[{"name":"n","type":"integer"}]}`)
	put(t, s, "w", webhook(`{verification: {scheme: token, header: X-Any, value: written-down}}`, ""))
	post(t, s, "w?api_key=in-the-query", `{}`, "X-Any: written-down", "X-Api-Key: in-a-header")
	const viewer, editor, administrator = 1, 2, 3
	tests := []struct {
		method, path, body string
		least              int
	}{
		{"GET", "workflows", "", viewer},
		{"GET", "workflows/w", "", viewer},
		{"GET", "deliveries", "", viewer},
		{"GET", "executions", "", viewer},
		{"GET", "collections", "", viewer},
		{"GET", "collections/things/records", "", viewer},
		{"GET", "env", "", viewer},
		{"GET", "stats", "", viewer},
		{"GET", "node-types", "", viewer},
		{"GET", "verification-schemes", "", viewer},
		{"GET", "auth/me", "", viewer},
		{"PUT", "workflows/ROLE", `{"trigger":{"type":"manual"},"nodes":[]}`, editor},
		{"POST", "workflows/w/run", `{}`, editor},
		{"POST", "workflows/w/disable", ``, editor},
		{"PUT", "collections/ROLE", `{"fields":[]}`, editor},
		{"POST", "collections/things/records", `{"n":1}`, editor},
		{"PUT", "env/NAME", `{"value":"x","secret":true}`, administrator},
		{"GET", "api-keys", "", administrator},
		{"POST", "api-keys", `{"name":"x","role":"viewer"}`, administrator},
		{"GET", "users", "", administrator},
		{"GET", "audit", "", administrator},
	}
	for _, test := range tests {
		for role, may := range map[string]int{"nobody": 0, "stranger": 0, "viewer": viewer, "editor": editor, "admin": administrator} {
			var headers []string
			if keys[role] != "" {
				headers = append(headers, "Authorization: Bearer "+keys[role])
			}
			r := send(t, s, test.method, "/api/"+strings.Replace(test.path, "ROLE", role, 1), test.body, append(headers, asJSON)...)
			want := 2
			switch {
			case may == 0:
				want = http.StatusUnauthorized
			case may < test.least:
				want = http.StatusForbidden
			}
			if r.Status != want && r.Status/100 != want {
				t.Errorf("%s: %s %s: %d %s, want %d", role, test.method, test.path, r.Status, r.Body, want)
			}
			if want == http.StatusUnauthorized && r.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: no WWW-Authenticate", test.path)
			}
		}
	}
	t.Run("secrets", func(t *testing.T) {
		seen := as(t, s, keys["viewer"], http.MethodGet, "/api/workflows/w", "").Body
		var list struct{ Items []delivery }
		decode(t, as(t, s, keys["viewer"], http.MethodGet, "/api/deliveries?workflow=w", ""), &list)
		for _, d := range list.Items {
			seen += as(t, s, keys["viewer"], http.MethodGet, "/api/deliveries/"+d.ID, "").Body + d.URL
		}
		for _, secret := range []string{"written-down", "in-the-query", "in-a-header"} {
			if strings.Contains(seen, secret) {
				t.Errorf("a viewer sees %s: %s", secret, seen)
			}
		}
	})
}

// TestEnv: variables, and secrets that are written only.
func TestEnv(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	call := func(method, name, body string) reply { return admin(t, s, method, "/api/env"+name, body) }
	wantReply(t, "a secret", call("PUT", "/TOKEN", `{"value":"abcdefgh","secret":true}`), 201, `"name":"TOKEN","value":null,"secret":true`)
	wantReply(t, "changed", call("PUT", "/TOKEN", `{"value":"ijklmnop","secret":true}`), 200, `"value":null`)
	wantReply(t, "read", call("GET", "/TOKEN", ""), 200, `"value":null`)
	wantReply(t, "a variable", call("PUT", "/REGION", `{"value":"eu"}`), 201, `"value":"eu","secret":false`)
	wantReply(t, "listed", call("GET", "", ""), 200, `"REGION".*"TOKEN"|"TOKEN".*"REGION"`)
	wantReply(t, "a bad name", call("PUT", "/a-b", `{"value":"x"}`), 422, `name`)
	wantReply(t, "no value", call("PUT", "/A", `{"secret":true}`), 422, `/value`)
	wantReply(t, "deleted", call("DELETE", "/TOKEN", ""), 204, `^$`)
	wantReply(t, "gone", call("GET", "/TOKEN", ""), 404, ``)
}

// TestKeysAndAudit: API keys are shown once and can be revoked; the audit log says who did it.
func TestKeysAndAudit(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	r := admin(t, s, http.MethodPost, "/api/api-keys", `{"name":"ci","role":"editor","expiresAt":"2999-01-01T00:00:00Z"}`)
	wantReply(t, "made", r, 201, `^\{"id":"\w+","name":"ci","role":"editor","key":"hfk_[\w-]+","expiresAt":"2999-01-01T00:00:00Z","createdAt":".*Z"\}`)
	var made struct{ ID, Key string }
	decode(t, r, &made)
	wantReply(t, "it works", as(t, s, made.Key, "PUT", "/api/workflows/by-ci", `{"trigger":{"type":"manual"},"nodes":[]}`), 201, ``)
	if listed := admin(t, s, http.MethodGet, "/api/api-keys", ""); strings.Contains(listed.Body, made.Key) || !strings.Contains(listed.Body, made.ID) {
		t.Errorf("listed as %s", listed.Body)
	}
	wantReply(t, "who did it", admin(t, s, http.MethodGet, "/api/audit?kind=workflow&object=by-ci", ""), 200,
		`"actor":\{"type":"api_key","id":"`+made.ID+`","name":"ci"\},"action":"create","object":\{"kind":"workflow","id":"by-ci"\},"before":null,"after":\{.*"ip":"127.0.0.1"`)
	wantReply(t, "revoked", admin(t, s, http.MethodDelete, "/api/api-keys/"+made.ID, ""), 204, `^$`)
	wantReply(t, "it works no more", as(t, s, made.Key, "GET", "/api/workflows", ""), 401, ``)
	wantReply(t, "expired at once", admin(t, s, http.MethodPost, "/api/api-keys", `{"name":"old","role":"editor","expiresAt":"2001-01-01T00:00:00Z"}`), 422, `expiresAt`)
}

// TestSessions: the first administrator, log-in, the cookie, and its protection.
func TestSessions(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	token := regexp.MustCompile(`"token":"([^"]+)"`).FindStringSubmatch(s.Output())
	if token == nil {
		t.Fatalf("no token was printed: %s", s.Output())
	}
	call := func(method, path, body string, headers ...string) reply {
		return send(t, s, method, "/api/"+path, body, append(headers, asJSON)...)
	}
	const account = `"email":"ada@example.com","password":"correct horse battery"}`
	own := "Origin: " + s.URL
	wantReply(t, "set-up is needed", call("GET", "auth/setup", ""), 200, `"needed":true`)
	wantReply(t, "a wrong token", call("POST", "auth/setup", `{"token":"guessed",`+account), 403, ``)
	wantReply(t, "the first administrator", call("POST", "auth/setup", `{"token":"`+token[1]+`",`+account), 201, `"role":"admin"`)
	wantReply(t, "only once", call("POST", "auth/setup", `{"token":"`+token[1]+`",`+account), 403, `used already`)
	wantReply(t, "no set-up any more", call("GET", "auth/setup", ""), 200, `"needed":false`)
	r := call("POST", "auth/login", "{"+account, own)
	wantReply(t, "logged in", r, 200, `"email":"ada@example.com"`)
	set := r.Header.Get("Set-Cookie")
	if !regexp.MustCompile(`^hookflow_session=[^;]+;.*HttpOnly;.*SameSite=`).MatchString(set) {
		t.Errorf("the cookie is %q", set)
	}
	value, _, _ := strings.Cut(set, ";")
	cookie := "Cookie: " + value
	wantReply(t, "who", call("GET", "auth/me", "", cookie), 200, `"type":"user".*"name":"ada@example.com","role":"admin"`)
	wantReply(t, "a change", call("PUT", "workflows/w", `{"trigger":{"type":"manual"},"nodes":[]}`, cookie, own), 201, ``)
	wantReply(t, "from another page", call("DELETE", "workflows/w", ``, cookie, "Origin: https://evil.example"), 403, ``)
	wantReply(t, "from nowhere", call("DELETE", "workflows/w", ``, cookie), 403, ``)
	wantReply(t, "logged out", call("POST", "auth/logout", ``, cookie, own), 204, ``)
	wantReply(t, "no longer", call("GET", "auth/me", "", cookie), 401, ``)
}

// TestUsers: accounts, and that the last administrator stays.
func TestUsers(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	call := func(method, path, body string) reply { return admin(t, s, method, "/api/users"+path, body) }
	var root, bob struct{ ID string }
	r := call("POST", "", `{"email":"root@example.com","password":"correct horse battery","role":"admin"}`)
	wantReply(t, "an administrator", r, 201, `"email":"root@example.com"`)
	decode(t, r, &root)
	r = call("POST", "", `{"email":"bob@example.com","password":"correct horse battery","role":"viewer"}`)
	decode(t, r, &bob)
	if strings.Contains(r.Body, "horse") || strings.Contains(r.Body, "hash") {
		t.Errorf("the answer has the password: %s", r.Body)
	}
	wantReply(t, "the same address", call("POST", "", `{"email":"BOB@example.com","password":"correct horse battery","role":"viewer"}`), 409, ``)
	wantReply(t, "a short password", call("POST", "", `{"email":"eve@example.com","password":"short","role":"viewer"}`), 422, `/password`)
	wantReply(t, "changed", call("PATCH", "/"+bob.ID, `{"role":"editor"}`), 200, `"role":"editor"`)
	wantReply(t, "the last administrator stays one", call("PATCH", "/"+root.ID, `{"role":"viewer"}`), 409, ``)
	wantReply(t, "the last administrator stays", call("DELETE", "/"+root.ID, ``), 409, ``)
	wantReply(t, "deleted", call("DELETE", "/"+bob.ID, ``), 204, `^$`)
	wantReply(t, "gone", call("GET", "/"+bob.ID, ``), 404, ``)
}

// TestDeleteExecution: one that has ended can be deleted, with its steps; its delivery stays.
func TestDeleteExecution(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	key := save(t, s, webhook(`{}`, `{key: call, type: request, config: {url: "`+g.URL+`"}}`))
	r := post(t, s, key, `{}`)
	<-g.arrived
	id := *deliveryOf(t, s, r).Execution
	wantReply(t, "one that goes on", admin(t, s, http.MethodDelete, "/api/executions/"+id, ""), 409, ``)
	g.release()
	ended(t, s, id)
	wantReply(t, "one that has ended", admin(t, s, http.MethodDelete, "/api/executions/"+id, ""), 204, `^$`)
	wantReply(t, "gone", admin(t, s, http.MethodGet, "/api/executions/"+id, ""), 404, ``)
	wantReply(t, "its delivery", admin(t, s, http.MethodGet, "/api/deliveries/"+r.Header.Get("X-Hookflow-Delivery"), ""), 200, `"outcome":"accepted"`)
}

// TestWrongLogIns: ten of them, and the account and the address have to wait.
func TestWrongLogIns(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	attempt := func() reply {
		return send(t, s, http.MethodPost, "/api/auth/login", `{"email":"eve@example.com","password":"guess"}`, asJSON, "Origin: "+s.URL)
	}
	for range 10 {
		wantReply(t, "a wrong password", attempt(), 401, ``)
	}
	r := attempt()
	wantReply(t, "one too many", r, 429, ``)
	if r.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

// TestProblems: errors have one form wherever they come from.
func TestProblems(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	tests := []struct {
		method, path, body string
		status             int
	}{
		{"GET", "nothing", "", 404},
		{"GET", "workflows/nobody", "", 404},
		{"GET", "executions/nonsense", "", 422},
		{"GET", "deliveries/0zzzzzzzzzzzz", "", 404},
		{"PATCH", "workflows", "", 405},
		{"POST", "workflows", "{", 400},
		{"POST", "workflows", "{}", 422},
		{"PUT", "env/A", `{"value":1}`, 422},
		{"GET", "executions?limit=x", "", 422},
	}
	for _, test := range tests {
		r := admin(t, s, test.method, "/api/"+test.path, test.body)
		var problem struct {
			Title, Detail string
			Status        int
			Errors        []struct{ Pointer, Detail *string }
		}
		if err := json.Unmarshal([]byte(r.Body), &problem); err != nil || r.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %v %s", test.path, r.Header, r.Body)
		}
		if r.Status != test.status || problem.Status != r.Status || problem.Title != http.StatusText(r.Status) || problem.Detail == "" {
			t.Errorf("%s %s: %d %s, want %d", test.method, test.path, r.Status, r.Body, test.status)
		}
		for _, e := range problem.Errors {
			if e.Pointer == nil || e.Detail == nil {
				t.Errorf("%s: %s", test.path, r.Body)
			}
		}
	}
}

// TestOpenAPI: the document describes what is there, and holds together.
// public paths are for those who are not logged in (yet): to log in, and to find out by a token of
// one use that an address leads here.
func public(path string) bool {
	return strings.HasPrefix(path, "/api/auth/") || path == "/api/probe/{token}"
}

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	r := send(t, s, http.MethodGet, "/api/openapi.json", "")
	var document struct {
		OpenAPI string
		Info    struct{ Title, Version string }
		Paths   map[string]map[string]struct {
			OperationID, Summary string
			Responses            map[string]any
		}
		Components struct{ Schemas map[string]any }
	}
	decode(t, r, &document)
	if !strings.HasPrefix(document.OpenAPI, "3.1.") || document.Info.Title == "" || document.Info.Version == "" {
		t.Errorf("%s %+v", document.OpenAPI, document.Info)
	}
	seen := map[string]bool{}
	for path, methods := range document.Paths {
		for method, operation := range methods {
			if operation.OperationID == "" || seen[operation.OperationID] || operation.Summary == "" || len(operation.Responses) == 0 {
				t.Errorf("%s %s: %+v", method, path, operation)
			}
			seen[operation.OperationID] = true
			concrete := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(path, "1")
			if r := send(t, s, strings.ToUpper(method), concrete, "", "Authorization: Bearer hfk_wrong"); !public(path) && r.Status != http.StatusUnauthorized {
				t.Errorf("%s %s answers a stranger %d", method, path, r.Status)
			}
		}
	}
	for _, reference := range regexp.MustCompile(`"\$ref":"#/components/schemas/([^"]+)"`).FindAllStringSubmatch(r.Body, -1) {
		if document.Components.Schemas[reference[1]] == nil {
			t.Errorf("no schema %s", reference[1])
		}
	}
	for _, path := range []string{
		"/api/auth/setup", "/api/auth/login", "/api/auth/logout", "/api/auth/me", "/api/workflows", "/api/workflows/{key}", "/api/workflows/{key}/enable",
		"/api/workflows/{key}/disable", "/api/workflows/{key}/draft", "/api/workflows/{key}/publish", "/api/workflows/{key}/run", "/api/workflows/{key}/revisions",
		"/api/workflows/{key}/revisions/{n}/restore", "/api/workflows/{key}/duplicate", "/api/deliveries", "/api/deliveries/{id}", "/api/executions",
		"/api/executions/{id}", "/api/executions/{id}/cancel", "/api/executions/{id}/retry", "/api/collections", "/api/collections/{name}",
		"/api/collections/{name}/records", "/api/collections/{name}/records/{id}", "/api/env", "/api/env/{name}", "/api/users", "/api/api-keys",
		"/api/audit", "/api/node-types", "/api/trigger-types", "/api/verification-schemes", "/api/stats",
	} {
		if document.Paths[path] == nil {
			t.Errorf("%s is not described", path)
		}
	}
	if r := send(t, s, http.MethodGet, "/api/docs", ""); r.Status != http.StatusOK || !strings.Contains(r.Body, "/api/workflows") {
		t.Errorf("the page: %d", r.Status)
	}
}

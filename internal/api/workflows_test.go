package api

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/value"
)

const minimal = `{"key":"first","trigger":{"type":"webhook"},"nodes":[]}`

func TestWorkflows(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			put := func(name, body string, status int, want ...string) call {
				return call{name: name, as: auth.Editor, method: "PUT", path: "/api/workflows/first", body: body, status: status, want: want}
			}
			s.checkAll(t, []call{
				{name: "none yet", as: auth.Viewer, method: "GET", path: "/api/workflows?count=true", status: 200, want: []string{`{"items":[],"nextCursor":null,"total":0}`}},
				{name: "not there", as: auth.Viewer, method: "GET", path: "/api/workflows/first", status: 404},
				put("created", `{"title":"One","key":"first","enabled":true,"trigger":{"type":"webhook","config":{"maxBytes":"1MiB"}},"nodes":[{"key":"a","type":"set","config":{"values":{"b":1.50,"a":12345678901234567890}}}]}`, 201,
					`"key":"first","title":"One","enabled":true`, `{"b":1.50,"a":12345678901234567890}`, `"revision":1`, `"hasDraft":false`),
				put("the same", `{"revision":7,"createdAt":"x","title":"One","enabled":true,"trigger":{"type":"webhook","config":{"maxBytes":"1MiB"}},"nodes":[{"key":"a","type":"set","config":{"values":{"b":1.50,"a":12345678901234567890}}}],"key":"first"}`, 200, `"revision":2`),
				put("really the same", `{"updatedAt":null,"title":"One","enabled":true,"trigger":{"type":"webhook","config":{"maxBytes":"1MiB"}},"nodes":[{"key":"a","type":"set","config":{"values":{"b":1.50,"a":12345678901234567890}}}],"key":"first"}`, 200, `"revision":2`),
				put("changed", minimal, 200, `"revision":3`, `"enabled":true`),
				put("draft", `{"key":"first","title":"Draft","trigger":{"type":"manual"},"nodes":[{"key":"x","type":"bad"}]}`, 422, `"pointer":"/nodes/0/type"`),
				{
					name: "a draft may be unfinished", as: auth.Editor, method: "PUT", path: "/api/workflows/first?draft=true", status: 200,
					body: `{"title":"Draft","enabled":false,"trigger":{"type":"manual"},"nodes":[{"key":"x","type":"bad"}]}`, want: []string{`"hasDraft":true`, `"revision":3`, `"enabled":true`, `"title":"Draft"`},
				},
				{name: "published stays", as: auth.Viewer, method: "GET", path: "/api/workflows/first", status: 200, wantNot: []string{`"bad"`}, want: []string{`"hasDraft":true`}},
				{name: "draft", as: auth.Viewer, method: "GET", path: "/api/workflows/first/draft", status: 200, want: []string{`"type":"bad"`}},
				{name: "publish checks", as: auth.Editor, method: "POST", path: "/api/workflows/first/publish", status: 422, want: []string{`/nodes/0/type`}},
				{name: "better draft", as: auth.Editor, method: "PUT", path: "/api/workflows/first?draft=true", status: 200, body: `{"title":"Good","trigger":{"type":"manual"},"nodes":[]}`},
				{name: "publish", as: auth.Editor, method: "POST", path: "/api/workflows/first/publish", status: 200, want: []string{`"revision":4`, `"hasDraft":false`, `"title":"Good"`}},
				{name: "nothing to publish", as: auth.Editor, method: "POST", path: "/api/workflows/first/publish", status: 409},
				{name: "revisions", as: auth.Viewer, method: "GET", path: "/api/workflows/first/revisions", status: 200, want: []string{`"number":4`, `"number":1`, `"createdBy":"editor"`}, wantNot: []string{`"number":5`, `"number":0`}},
				{name: "one revision", as: auth.Viewer, method: "GET", path: "/api/workflows/first/revisions/1", status: 200, want: []string{`"b":1.50`}},
				{name: "no such revision", as: auth.Viewer, method: "GET", path: "/api/workflows/first/revisions/9", status: 404},
				{name: "restore", as: auth.Editor, method: "POST", path: "/api/workflows/first/revisions/1/restore", status: 200, want: []string{`"revision":5`, `"b":1.50`}},
				{name: "disable", as: auth.Editor, method: "POST", path: "/api/workflows/first/disable", status: 200, want: []string{`"enabled":false`, `"revision":5`}},
				{name: "enable", as: auth.Editor, method: "POST", path: "/api/workflows/first/enable", status: 200, want: []string{`"enabled":true`}},
				{name: "duplicate", as: auth.Editor, method: "POST", path: "/api/workflows/first/duplicate", body: `{"key":"second"}`, status: 201, want: []string{`"key":"second","title":"One","enabled":false`, `"revision":1`}},
				{name: "duplicate again", as: auth.Editor, method: "POST", path: "/api/workflows/first/duplicate", body: `{"key":"second"}`, status: 409},
				{name: "post again", as: auth.Editor, method: "POST", path: "/api/workflows", body: minimal, status: 409},
				{name: "page", as: auth.Viewer, method: "GET", path: "/api/workflows?limit=1&count=true&unknown=1", status: 200, want: []string{`"key":"second"`, `"total":2`}, wantNot: []string{`"key":"first"`, `"nextCursor":null`}},
				{name: "delete", as: auth.Editor, method: "DELETE", path: "/api/workflows/second", status: 204},
				{name: "delete again", as: auth.Editor, method: "DELETE", path: "/api/workflows/second", status: 404},
				{name: "the key is free", as: auth.Editor, method: "POST", path: "/api/workflows", body: strings.Replace(minimal, "first", "second", 1), status: 201},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=workflow&object=first&action=publish", status: 200, want: []string{`"actor":{"type":"api_key"`, `"name":"editor"`, `"before":{`, `"after":{`, `"ip":"192.0.2.1"`}},
			})
		})
	}
}

// TestWorkflowConditions: a change that is bound to what it was made from does not replace another's.
func TestWorkflowConditions(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			const path, draft = "/api/workflows/first", "/api/workflows/first?draft=true"
			document := func(title string) string {
				return `{"title":"` + title + `","trigger":{"type":"manual"},"nodes":[]}`
			}
			// tagged makes a call with one condition, and returns the answer's tag.
			tagged := func(name, method, path, body, header, condition string, status int) string {
				t.Helper()
				s.advance(time.Second)
				c := call{name: name, as: auth.Editor, method: method, path: path, body: body, status: status, headers: map[string]string{header: condition}}
				response := s.do(t, c)
				if response.Code != status {
					t.Fatalf("%s: %d %s", name, response.Code, response.Body)
				}
				tag := response.Header().Get("ETag")
				if status < 300 != strings.HasPrefix(tag, `"`) {
					t.Errorf("%s: the tag is %q", name, tag)
				}
				if status == http.StatusPreconditionFailed {
					checkProblem(t, name, response, response.Body.Bytes())
				}
				return tag
			}
			tagged("of nothing", "PUT", path, document("a"), "If-Match", `"x"`, 412)
			tagged("whatever it is, but nothing is", "PUT", draft, document("a"), "If-Match", `*`, 412)
			first := tagged("only new", "PUT", path, document("a"), "If-None-Match", "*", 201)
			tagged("not new any more", "PUT", draft, document("b"), "If-None-Match", "*", 412)
			if read := tagged("read", "GET", path, "", "X-None", "", 200); read != first {
				t.Errorf("read as %s, saved as %s", read, first)
			}
			second := tagged("a draft", "PUT", draft, document("b"), "If-Match", `"x", `+first, 200)
			if read := tagged("read the draft", "GET", path+"/draft", "", "X-None", "", 200); read != second || read == first {
				t.Errorf("read as %s, saved as %s, before it was %s", read, second, first)
			}
			tagged("a draft of what was", "PUT", draft, document("c"), "If-Match", first, 412)
			tagged("a revision of what was", "PUT", path, document("c"), "If-Match", first, 412)
			tagged("publish what was", "POST", path+"/publish", "", "If-Match", first, 412)
			s.check(t, call{name: "the draft stays", as: auth.Viewer, method: "GET", path: path + "/draft", status: 200, want: []string{`"title":"b"`, `"hasDraft":true`}})
			third := tagged("publish", "POST", path+"/publish", "", "If-Match", "W/"+second, 200)
			fourth := tagged("disable", "POST", path+"/disable", "", "X-None", "", 200)
			tagged("as if it was on", "PUT", path, document("d"), "If-Match", third, 412)
			tagged("through a proxy that compresses", "PUT", path, document("d"), "If-Match", strings.TrimSuffix(fourth, `"`)+`-gzip"`, 200)
			tagged("without conditions", "PUT", draft, document("e"), "X-None", "", 200)
			tagged("whatever it is", "PUT", path, document("e"), "If-Match", "*", 200)
			s.check(t, call{name: "in the end", as: auth.Viewer, method: "GET", path: path, status: 200, want: []string{`"title":"e"`, `"revision":4`}})
		})
	}
}

func TestWorkflowPages(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	for _, key := range []string{"a", "b", "c"} {
		s.check(t, call{name: key, as: auth.Editor, method: "PUT", path: "/api/workflows/" + key, body: `{"trigger":{"type":"manual"},"nodes":[]}`, status: 201})
	}
	var keys []string
	for path := "/api/workflows?limit=2"; path != ""; {
		body := s.check(t, call{name: "page", as: auth.Viewer, method: "GET", path: path, status: 200})
		for i := range strings.Count(body, `"key"`) {
			keys = append(keys, member(t, body, "items", value.Segment(strconv.Itoa(i)), "key"))
		}
		if path = member(t, body, "nextCursor"); path != "" {
			path = "/api/workflows?limit=2&cursor=" + path
		}
	}
	if diff := cmp.Diff([]string{"c", "b", "a"}, keys); diff != "" {
		t.Error(diff)
	}
}

func TestShortLists(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	for _, name := range []string{"A", "B", "C"} {
		s.check(t, call{name: name, as: auth.Admin, method: "PUT", path: "/api/env/" + name, body: `{"value":"x"}`, status: 201})
	}
	s.checkAll(t, []call{
		{name: "first page", as: auth.Viewer, method: "GET", path: "/api/env?limit=2&count=true", status: 200, want: []string{`"name":"A"`, `"name":"B"`, `"nextCursor":"2"`, `"total":3`}, wantNot: []string{`"C"`}},
		{name: "last page", as: auth.Viewer, method: "GET", path: "/api/env?limit=2&cursor=2", status: 200, want: []string{`"name":"C"`, `"nextCursor":null`}, wantNot: []string{`"B"`}},
		{name: "past the end", as: auth.Viewer, method: "GET", path: "/api/env?cursor=99", status: 200, want: []string{`"items":[]`}},
		{name: "no cursor of this", as: auth.Viewer, method: "GET", path: "/api/env?cursor=-1", status: 400},
	})
}

func TestWorkflowEndpoints(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			workflow := func(key, path string, enabled string) call {
				return call{
					name: key + " at " + path, as: auth.Editor, method: "PUT", path: "/api/workflows/" + key, status: 201,
					body: `{"enabled":` + enabled + `,"trigger":{"type":"webhook","config":{"path":"` + path + `"}},"nodes":[]}`,
				}
			}
			taken := workflow("b", "orders", "true")
			taken.status, taken.want = 409, []string{`workflow \"a\"`}
			s.check(t, workflow("a", "orders", "true"))
			before := s.rows(t)
			s.check(t, taken)
			if diff := cmp.Diff(before, s.rows(t)); diff != "" {
				t.Errorf("a refused save left something: %s", diff)
			}
			s.checkAll(t, []call{
				workflow("c", "orders", "false"),
				{name: "enable", as: auth.Editor, method: "POST", path: "/api/workflows/c/enable", status: 409, want: []string{`workflow \"a\"`}},
				{name: "make room", as: auth.Editor, method: "POST", path: "/api/workflows/a/disable", status: 200},
				{name: "enable now", as: auth.Editor, method: "POST", path: "/api/workflows/c/enable", status: 200},
				{name: "too late", as: auth.Editor, method: "POST", path: "/api/workflows/a/enable", status: 409, want: []string{`workflow \"c\"`}},
				{
					name: "a draft claims nothing", as: auth.Editor, method: "PUT", path: "/api/workflows/d?draft=true", status: 201,
					body: `{"enabled":true,"trigger":{"type":"webhook","config":{"path":"orders"}},"nodes":[]}`,
				},
				{name: "until it is published", as: auth.Editor, method: "POST", path: "/api/workflows/d/publish", status: 409, want: []string{`workflow \"c\"`}},
				{name: "delete", as: auth.Editor, method: "DELETE", path: "/api/workflows/c", status: 204},
				{name: "then it works", as: auth.Editor, method: "POST", path: "/api/workflows/d/publish", status: 200},
			})
		})
	}
}

func TestWorkflowRefused(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	before := s.rows(t)
	tests := []struct {
		name, body string
		status     int
		want       []string
	}{
		{"no JSON", `{"key":`, 400, []string{`line 1`}},
		{"empty", ``, 400, nil},
		{"a list", `[]`, 422, []string{`"pointer":""`}},
		{"unknown member", `{"key":"first","trigger":{"type":"webhook"},"nodes":[],"nodez":1}`, 422, []string{`"pointer":"/nodez"`}},
		{"deep down", `{"key":"first","trigger":{"type":"webhook"},"nodes":[{"key":"a","type":"set","retry":{"attempts":0}}]}`, 422, []string{`"pointer":"/nodes/0/retry/attempts"`}},
		{"wrong type", `{"key":"first","enabled":"yes","trigger":{"type":"webhook"},"nodes":[]}`, 422, []string{`"pointer":"/enabled"`}},
		{"given twice", `{"key":"first","title":"a","title":"b","trigger":{"type":"webhook"},"nodes":[]}`, 422, []string{`"pointer":"/title"`}},
		{"required", `{"key":"first","nodes":[]}`, 422, []string{`"pointer":"/trigger"`}},
		{"bad key", `{"key":"First!","trigger":{"type":"webhook"},"nodes":[]}`, 422, []string{`"pointer":"/key"`}},
		{"nodes alike", `{"key":"first","trigger":{"type":"webhook"},"nodes":[{"key":"a","type":"set"},{"key":"a","type":"set"}]}`, 422, []string{`"pointer":"/nodes/1/key"`, `/nodes/0`}},
		{"two at once", `{"key":"first","trigger":{"type":"webhook"},"nodes":[{"key":"a","type":"bad"},{"key":"b","type":"bad"}]}`, 422, []string{`"/nodes/0/type"`, `"/nodes/1/type"`}},
		{"too large", `{"key":"first","title":"` + strings.Repeat("x", 1<<20) + `"}`, 413, nil},
	}
	for _, tt := range tests {
		s.check(t, call{name: tt.name, as: auth.Editor, method: http.MethodPost, path: "/api/workflows", body: tt.body, status: tt.status, want: tt.want})
	}
	s.check(t, call{name: "another key", as: auth.Editor, method: "PUT", path: "/api/workflows/other", body: minimal, status: 422, want: []string{`"pointer":"/key"`}})
	s.check(t, call{name: "limit", as: auth.Editor, method: "GET", path: "/api/workflows?limit=1001", status: 422, want: []string{"query.limit"}})
	s.check(t, call{name: "cursor", as: auth.Editor, method: "GET", path: "/api/workflows?cursor=nonsense", status: 400})
	if diff := cmp.Diff(before, s.rows(t)); diff != "" {
		t.Errorf("something was stored: %s", diff)
	}
}

func TestWorkflowYAML(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	body := "kind: Workflow\nkey: first\ntitle: yes\nenabled: true\ntrigger: {type: webhook, config: {schema: {a: 1.10, no: 0o17}}}\nnodes: []\n"
	yaml := map[string]string{"Content-Type": "application/yaml; charset=utf-8"}
	s.check(t, call{
		name: "post", as: auth.Editor, method: "POST", path: "/api/workflows", body: body, headers: yaml, status: 201,
		want: []string{`"title":"yes"`, `{"a":1.10,"no":15}`},
	})
	s.check(t, call{name: "broken", as: auth.Editor, method: "PUT", path: "/api/workflows/first", body: "a: [", headers: yaml, status: 400, want: []string{"line"}})
}

// TestWorkflowSecrets: secrets that stand in a document themselves are shown to nobody, and stay when
// the mask that is shown comes back.
func TestWorkflowSecrets(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	body := `{"kind":"Workflow","key":"first","trigger":{"type":"webhook","config":{"verification":{"scheme":"hmac","secrets":["literal-1","{{$env.OLD}}"]}}},
		"nodes":[{"key":"a","type":"request","config":{"auth":{"type":"bearer","token":"literal-2"},"headers":{"Authorization":"literal-3"}}}]}`
	leaks := []string{"literal-1", "literal-2"}
	put := func(name, body string, status int, want ...string) {
		t.Helper()
		s.check(t, call{name: name, as: auth.Editor, method: "PUT", path: "/api/workflows/first", body: body, status: status, want: want, wantNot: leaks})
	}
	put("made", body, 201, `["••••","{{$env.OLD}}"]`, `"token":"••••"`, "literal-3")
	for _, path := range []string{"", "/draft", "/revisions/1"} {
		for role, hidden := range map[auth.Role][]string{auth.Admin: leaks, auth.Viewer: append(leaks, "literal-3")} {
			s.check(t, call{name: string(role), as: role, method: "GET", path: "/api/workflows/first" + path, status: 200, want: []string{"{{$env.OLD}}", "••••"}, wantNot: hidden})
		}
	}
	shown := s.check(t, call{name: "get", as: auth.Editor, method: "GET", path: "/api/workflows/first", status: 200})
	put("sent back", shown, 200, `"revision":1`)
	put("with a title", strings.Replace(shown, `"key":"first"`, `"key":"first","title":"new"`, 1), 200, `"revision":2`)
	put("in another place", strings.Replace(shown, `"secrets":["••••","{{$env.OLD}}"]`, `"secrets":["{{$env.OLD}}","••••"]`, 1), 422, `"pointer":"/trigger/config/verification/secrets/1"`)
	put("of another node", strings.Replace(shown, `"key":"a"`, `"key":"b"`, 1), 422, `"pointer":"/nodes/0/config/auth/token"`)
	put("sent elsewhere", strings.Replace(shown, `"auth"`, `"url":"https://other.example","auth"`, 1), 403, `"pointer":"/nodes/0/config/auth/token"`)
	put("given again", strings.NewReplacer(`"auth"`, `"url":"https://other.example","auth"`, `"token":"••••"`, `"token":"literal-2"`).Replace(shown), 200, `"revision":3`)
	s.check(t, call{name: "an administrator", as: auth.Admin, method: "PUT", path: "/api/workflows/first", body: shown, status: 200, want: []string{`"revision":4`}})
	s.check(t, call{name: "a copy", as: auth.Editor, method: "POST", path: "/api/workflows/first/duplicate", body: `{"key":"copy"}`, status: 201, wantNot: leaks})
	s.check(t, call{name: "nothing kept", as: auth.Admin, method: "PUT", path: "/api/workflows/none", body: strings.Replace(shown, `"first"`, `"none"`, 1), status: 422})

	rows, err := s.store.PublishedWorkflows(t.Context())
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, leak := range leaks {
			if strings.Contains(string(row.Document), leak) {
				t.Errorf("%s is stored with %s: %s", row.Key, leak, row.Document)
			}
		}
	}
	if plain := s.env.OpenDocument(rows[0].Document); !strings.Contains(string(plain), "literal-1") || !strings.Contains(string(plain), "literal-2") {
		t.Errorf("the secrets are lost: %s", plain)
	}
}

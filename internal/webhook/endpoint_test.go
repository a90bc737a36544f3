package webhook_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/webhook"
)

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		config string
		want   []string // pointers below /trigger/config
	}{
		{`{}`, nil},
		{`{"pth":"a"}`, []string{"/pth"}},
		{`{"path":"a//b"}`, []string{"/path"}},
		{`{"methods":["TRACE"]}`, []string{"/methods/0"}},
		{`{"methods":[]}`, []string{"/methods"}},
		{`{"mode":"later"}`, []string{"/mode"}},
		{`{"allowIPs":["10.0.0.0/8","::1","10.0.0"],"denyIPs":["x"]}`, []string{"/allowIPs/2", "/denyIPs/0"}},
		{`{"allowIPs":["@hooks","@"]}`, []string{"/allowIPs/1"}},
		{`{"verification":{"scheme":"github"}}`, []string{"/verification/secret"}},
		{`{"verification":{"scheme":"github","secret":""}}`, []string{"/verification/secret"}},
		{`{"verification":{"scheme":"github","secret":"{{$steps.a}}"}}`, []string{"/verification"}},
		{`{"maxBytes":"lots"}`, []string{"/maxBytes"}},
		{`{"schema":{"type":"thing"}}`, []string{"/schema"}},
		{`{"schema":{"$ref":"file:///etc/passwd"}}`, []string{"/schema"}},
		{`{"schema":{"$ref":"https://example.com/schema.json"}}`, []string{"/schema"}},
		{`{"schema":{"pattern":"("}}`, []string{"/schema"}},
		{`{"dedupe":{"key":"{{$context.data.id}}"}}`, nil},
		{`{"dedupe":{"key":["{{$context.data.id}}","{{$context.data.type}}"],"window":"1h"}}`, nil},
		{`{"dedupe":{"key":"one"}}`, []string{"/dedupe/key"}},
		{`{"dedupe":{"key":"{{$env.SECRET}}"}}`, []string{"/dedupe/key"}},
		{`{"dedupe":{}}`, []string{"/dedupe/key"}},
		{`{"dedupe":{},"verification":{"scheme":"dingtalk_event","token":"t","aesKey":"o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus","ownerKey":"o"}}`, nil},
		{`{"dedupe":{"key":"{{$context.data.id}}","window":"0s"}}`, []string{"/dedupe/window"}},
		{`{"dedupe":{"key":"{{$context.data.id}}","window":"367d"}}`, []string{"/dedupe/window"}},
		{`{"filter":{"left":"{{$context.data.a}}","op":"like","right":1}}`, []string{"/filter/op"}},
		{`{"filter":{"any":[{"op":"matches","right":"("}]}}`, []string{"/filter/any/0/right"}},
		{`{"filter":{"left":"{{$scopes.a.item}}","op":"exists"}}`, []string{"/filter"}},
		{`{"rateLimit":{"requests":0,"per":"1m"}}`, []string{"/rateLimit/requests"}},
		{`{"rateLimit":{"requests":1,"per":"0"}}`, []string{"/rateLimit/per"}},
		{`{"response":{"status":99}}`, []string{"/response/status"}},
		{`{"response":{"status":"{{$context.data.status}}"}}`, nil},
		{`{"response":{"body":"{{$env.SECRET}}"}}`, []string{"/response/body"}},
		{`{"response":{"headers":["a"]}}`, []string{"/response/headers"}},
		{`{"response":{"headers":{"Transfer-Encoding":"chunked","A b":"c","X-Ok":"d"}}}`, []string{"/response/headers/Transfer-Encoding", "/response/headers/A b"}},
		{`{"cors":{"origins":["https://a.example/","*","https://a.example"]}}`, []string{"/cors/origins/0"}},
	}
	for _, test := range tests {
		_, problems := webhook.Compile(workflow("flow", test.config))
		var got []string
		for _, p := range problems {
			got = append(got, strings.TrimPrefix(p.Pointer, "/trigger/config"))
			if p.Detail == "" || !strings.HasPrefix(p.Pointer, "/trigger/config/") {
				t.Errorf("%s: problem %+v", test.config, p)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.config, diff)
		}
	}
}

func TestCompileManual(t *testing.T) {
	t.Parallel()
	e, problems := webhook.Compile(hookflow.Workflow{Key: "a", Trigger: hookflow.Trigger{Type: hookflow.TriggerManual}})
	if e != nil || problems != nil {
		t.Errorf("endpoint %v, problems %v", e, problems)
	}
}

func TestCompileWithoutConfig(t *testing.T) {
	t.Parallel()
	e, problems := webhook.Compile(hookflow.Workflow{Key: "a", Trigger: hookflow.Trigger{Type: hookflow.TriggerWebhook}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff([]webhook.Claim{{Method: "POST", Pattern: "a"}}, e.Claims()); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
}

func TestClaims(t *testing.T) {
	t.Parallel()
	e := endpoint(t, "flow", `{"path":"/a/:b/*c","methods":["GET","PUT"]}`)
	want := []webhook.Claim{{Method: "GET", Pattern: "a/:/*"}, {Method: "PUT", Pattern: "a/:/*"}}
	if diff := cmp.Diff(want, e.Claims()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	path := func(path string, methods ...string) string {
		if methods == nil {
			methods = []string{"POST"}
		}
		text, err := json.Marshal(map[string]any{"path": path, "methods": methods})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	var entries []webhook.Entry
	for i, e := range []struct {
		config  string
		enabled bool
	}{
		1: {path("orders/:id"), true},
		2: {path("orders/new"), true},
		3: {path("orders/*rest"), true},
		4: {path("orders/:id/events"), true},
		5: {path("orders/new", "GET"), true},
		6: {path("orders/old"), false},
		7: {path("off/:a"), false},
		8: {path(":any/new", "PUT"), true},
		9: {path("deep/*rest"), true},
	} {
		if i > 0 {
			entries = append(entries, webhook.Entry{Endpoint: endpoint(t, string(rune('a'+i)), e.config), Workflow: hookflow.ID(i), Enabled: e.enabled})
		}
	}
	table := webhook.NewTable(entries)
	tests := []struct {
		method, path string
		want         hookflow.ID
		params       hookflow.Params
		allow        []string
	}{
		{"POST", "orders/new", 2, nil, nil},
		{"POST", "orders/7", 1, hookflow.Params{{Name: "id", Value: "7"}}, nil},
		{"POST", "orders/7/events", 4, hookflow.Params{{Name: "id", Value: "7"}}, nil},
		{"POST", "orders/7/lines", 3, hookflow.Params{{Name: "rest", Value: "7/lines"}}, nil},
		{"GET", "orders/new", 5, nil, nil},
		{"HEAD", "orders/new", 5, nil, nil},
		{"PUT", "orders/new", 8, hookflow.Params{{Name: "any", Value: "orders"}}, nil},
		{"DELETE", "orders/new", 2, nil, []string{"GET", "POST", "PUT"}},
		{"POST", "orders/old", 1, hookflow.Params{{Name: "id", Value: "old"}}, nil},
		{"POST", "off/x", 7, hookflow.Params{{Name: "a", Value: "x"}}, nil},
		{"POST", "orders", 0, nil, nil},
		{"POST", "orders/", 0, nil, nil},
		{"POST", "deep/a%2Fb/c", 9, hookflow.Params{{Name: "rest", Value: "a/b/c"}}, nil},
		{"POST", "%zz", 0, nil, nil},
	}
	for _, test := range tests {
		m, ok := table.Lookup(test.method, test.path)
		if ok != (test.want != 0) {
			t.Errorf("%s %s: found = %v", test.method, test.path, ok)
			continue
		}
		if !ok {
			continue
		}
		if m.Workflow != test.want {
			t.Errorf("%s %s is %d, want %d", test.method, test.path, m.Workflow, test.want)
		}
		if diff := cmp.Diff(test.params, m.Params) + cmp.Diff(test.allow, m.Allow); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", test.method, test.path, diff)
		}
	}
}

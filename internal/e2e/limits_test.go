package e2e_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// TestOverload: past the bound of what may wait callers are told to come again, and what was accepted
// is done.
func TestOverload(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t, "HOOKFLOW_WORKERS=1", "HOOKFLOW_MAX_QUEUED=2"), newGate(t)
	key := save(t, s, webhook(`{}`, `{key: call, type: request, config: {url: "`+g.URL+`"}}`))
	accepted := []reply{post(t, s, key, `{}`)}
	<-g.arrived // the worker has it
	var refused reply
	for refused.Status == 0 && len(accepted) < 100 { // some more wait for their calls without a worker
		if r := post(t, s, key, `{}`); r.Status == http.StatusOK {
			accepted = append(accepted, r)
		} else {
			refused = r
		}
	}
	if refused.Status != http.StatusServiceUnavailable || refused.Header.Get("Retry-After") == "" {
		t.Fatalf("%d accepted, then %d %v %s", len(accepted), refused.Status, refused.Header, refused.Body)
	}
	if d := deliveryOf(t, s, refused); d.Outcome != "rejected" || d.Reason != "overloaded" || d.Execution != nil {
		t.Errorf("recorded as %+v", d)
	}
	g.release()
	for _, r := range accepted {
		if e := executionOf(t, s, r); e.Status != "succeeded" {
			t.Errorf("%+v", e)
		}
	}
	wantReply(t, "afterwards", post(t, s, key, `{}`), 200, `^ok$`)
}

// TestWorkflowTimeout: the whole execution's time.
func TestWorkflowTimeout(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	key := save(t, s, `{enabled: true, options: {timeout: 200ms}, trigger: {type: webhook, config: {mode: sync}}, nodes: [
		{key: call, type: request, onError: continue, config: {url: "`+g.URL+`"}}, {key: after, type: set}]}`)
	r := post(t, s, key, `{}`)
	e := executionOf(t, s, r)
	if r.Status != http.StatusInternalServerError || e.Status != "aborted" || !strings.Contains(e.Error, "timeout") || len(e.Steps) != 1 {
		t.Errorf("%d %s %+v", r.Status, r.Body, e)
	}
}

// TestOneAtATime: a concurrency of 1 is strictly the order of arrival.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/collections/arrived", `{"fields":[{"name":"n","type":"integer"}]}`)
	key := save(t, s, `{enabled: true, options: {concurrency: 1}, trigger: {type: webhook}, nodes: [
		{key: work, type: javascript, config: {code: "await new Promise(r => setTimeout(r, context.data.n % 3)); return 1"}},
		{key: save, type: create, config: {collection: arrived, values: {n: "{{$context.data.n}}"}}}]}`)
	const many = 30
	var last reply
	for n := range many {
		last = post(t, s, key, fmt.Sprintf(`{"n":%d}`, n))
	}
	executionOf(t, s, last)
	kept := records(t, s, "arrived")
	if len(kept) != many {
		t.Fatalf("%d records", len(kept))
	}
	for i, record := range kept {
		if want := fmt.Sprint(many - 1 - i); string(record["n"]) != want {
			t.Fatalf("record %d from the end is %s, want %s", i, record["n"], want)
		}
	}
}

// TestDataNodes: create, query and update.
func TestDataNodes(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/collections/orders", `{"fields":[{"name":"no","type":"string","required":true,"unique":true},{"name":"sum","type":"decimal"},{"name":"state","type":"string","default":"new"}]}`)
	tests := []struct{ name, node, status, output string }{
		{"create", `type: create, config: {collection: orders, values: {no: a, sum: 1.10}}`, "succeeded", `"no":"a","sum":1.10,"state":"new"`},
		{"create several", `type: create, config: {collection: orders, values: [{no: b, sum: "2"}, {no: c, sum: "3"}]}`, "succeeded", `[{"id":`},
		{"create what is there", `type: create, config: {collection: orders, values: {no: a}}`, "error", ``},
		{"create what is not valid", `type: create, config: {collection: orders, values: {sum: 1}}`, "error", ``},
		{"query", `type: query, config: {collection: orders, sort: ["-no"], fields: [no], page: 1, pageSize: 2}`, "succeeded", `"no":"c"`},
		{"query one", `type: query, config: {collection: orders, filter: {field: sum, op: lt, value: 2}, many: false}`, "succeeded", `"no":"a"`},
		{"query nothing", `type: query, config: {collection: orders, filter: {field: no, op: equals, value: z}, many: false}`, "succeeded", `null`},
		{"query nothing as a list", `type: query, config: {collection: orders, filter: {field: no, op: equals, value: z}}`, "succeeded", `[]`},
		{"query nothing and fail", `type: query, config: {collection: orders, filter: {field: no, op: equals, value: z}, onEmpty: fail}`, "failed", ``},
		{"update", `type: update, config: {collection: orders, filter: {any: [{field: no, op: in, value: [a, b]}]}, values: {state: paid}}`, "succeeded", `{"count":2}`},
		{"update everything", `type: update, config: {collection: orders, all: true, values: {state: sent}}`, "succeeded", `{"count":3}`},
		{"update without a filter", `type: update, config: {collection: orders, values: {state: gone}}`, "error", ``},
		{"update with a filter that came out empty", `type: update, config: {collection: orders, filter: "{{$context.none}}", values: {state: gone}}`, "error", ``},
	}
	for _, test := range tests { // in this order
		t.Run(test.name, func(t *testing.T) {
			key := keyFor(t)
			if r := put(t, s, key, manual(`{key: a, `+test.node+`}`)); r.Status != http.StatusCreated {
				t.Fatalf("%d %s", r.Status, r.Body)
			}
			e := run(t, s, key, `{}`)
			if e.Status != test.status || !strings.Contains(string(e.step(t, "a").Output), test.output) {
				t.Errorf("%s %q: %s, want %s %s", e.Status, e.Error, e.step(t, "a").Output, test.status, test.output)
			}
		})
	}
	if r := admin(t, s, http.MethodGet, "/api/collections/orders/records?count=true", ""); !strings.Contains(r.Body, `"total":3`) || strings.Contains(r.Body, "gone") {
		t.Errorf("in the end: %s", r.Body)
	}
}

// TestFairness: two workflows whose calls hang do not stop another.
func TestFairness(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t, "HOOKFLOW_WORKERS=4"), newGate(t)
	put(t, s, "quick", webhook(`{mode: sync}`, `{key: r, type: response, config: {body: done}}`))
	for _, slow := range []string{"slow", "slower"} {
		put(t, s, slow, webhook(`{}`, `{key: call, type: request, config: {url: "`+g.URL+`"}}`))
		for range 50 {
			post(t, s, slow, `{}`)
		}
	}
	<-g.arrived
	wantReply(t, "the other", post(t, s, "quick", `{}`), 200, `^done$`)
}

// TestSlowScriptsAreInTheirOwnWay: however many scripts of one workflow hang, another's runs.
func TestSlowScriptsAreInTheirOwnWay(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	put(t, s, "slow", webhook(`{}`,
		`{key: wait, type: javascript, config: {code: "await new Promise((done) => setTimeout(done, 59000))", timeout: 60s}}`))
	put(t, s, "quick", webhook(`{mode: sync}`, `{key: one, type: javascript, config: {code: "return 1"}},
		{key: r, type: response, config: {body: "{{$steps.one}}"}}`))
	for range 30 {
		wantReply(t, "slow", post(t, s, "slow", `{}`), 200, `^ok$`)
	}
	for range 3 {
		wantReply(t, "quick", post(t, s, "quick", `{}`), 200, `^1$`)
	}
}

package api

import (
	"context"
	"net/netip"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

// noToAll knows one workflow, whose lists admit nobody.
func noToAll(_ context.Context, workflow string, ip netip.Addr) (rule string, ok bool, err error) {
	if workflow != "flow" {
		return "", false, hookflow.Errorf(hookflow.CodeNotFound, "there is no workflow %q", workflow)
	}
	return "flow says no to " + ip.String(), false, nil
}

func TestIPSets(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			put := func(name, set, body string, status int, want ...string) call {
				return call{name: name, as: auth.Editor, method: "PUT", path: "/api/ip-sets/" + set, body: body, status: status, want: want}
			}
			s.checkAll(t, []call{
				put("new", "hooks", `{"ranges":["192.30.252.7/22","2606:50c0::/32 # v6","","::ffff:10.0.0.1"]}`, 201, `"count":3`, `"192.30.252.0/22","2606:50c0::/32","10.0.0.1/32"`),
				put("again", "hooks", `{"ranges":["192.0.2.0/24"]}`, 200, `"count":1`),
				put("bad range", "hooks", `{"ranges":["192.0.2.0/24","nowhere"]}`, 422, `"/ranges/1"`),
				put("bad name", "A%20B", `{"ranges":[]}`, 422, `"/name"`),
				put("built in", "private", `{"ranges":[]}`, 422, `"/name"`),
				put("unknown", "hooks", `{"range":[]}`, 422, `"/range"`),
				{name: "viewer", as: auth.Viewer, method: "PUT", path: "/api/ip-sets/hooks", body: `{"ranges":[]}`, status: 403},
				{name: "list", as: auth.Viewer, method: "GET", path: "/api/ip-sets", status: 200, want: []string{`"name":"private","builtIn":true`, `"name":"hooks","builtIn":false,"count":1`}},
				{name: "get", as: auth.Viewer, method: "GET", path: "/api/ip-sets/hooks", status: 200, want: []string{`["192.0.2.0/24"]`}},
				{name: "none", as: auth.Viewer, method: "GET", path: "/api/ip-sets/none", status: 404},
				{
					name: "text file", as: auth.Editor, method: "PUT", path: "/api/ip-sets/hooks", body: "# of the provider\r\n192.0.2.0/24 # first\n\n2001:db8::/32\n",
					headers: map[string]string{"Content-Type": "text/plain; charset=utf-8"}, status: 200, want: []string{`["192.0.2.0/24","2001:db8::/32"]`},
				},
				{name: "delete", as: auth.Editor, method: "DELETE", path: "/api/ip-sets/hooks", status: 204},
				{name: "delete again", as: auth.Editor, method: "DELETE", path: "/api/ip-sets/hooks", status: 404},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=ip_set", status: 200, want: []string{`"action":"delete"`, `"192.0.2.0/24"`}},
			})
		})
	}
}

func TestIPTest(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	test := func(name, body string, status int, want ...string) call {
		return call{name: name, as: auth.Editor, method: "POST", path: "/api/ip-test", body: body, status: status, want: want}
	}
	s.checkAll(t, []call{
		test("a stranger's header", `{"remote":"198.51.100.1:80","headers":{"X-Forwarded-For":"192.0.2.1"}}`, 200,
			`"address":"198.51.100.1","rule":"","allowed":null`, `{"address":"192.0.2.1","source":"X-Forwarded-For","trusted":false,"chosen":false}`),
		test("a proxy's header", `{"remote":"10.0.0.1","headers":{"forwarded":"for=\"[2001:db8::1]:80\""}}`, 200,
			`"address":"2001:db8::1"`, `{"address":"10.0.0.1","source":"connection","trusted":true,"chosen":false}`),
		test("by a workflow's lists", `{"remote":"192.0.2.1","workflow":"flow"}`, 200, `"rule":"flow says no to 192.0.2.1","allowed":false`),
		test("no such workflow", `{"remote":"192.0.2.1","workflow":"none"}`, 404),
		test("no address", `{"remote":"here"}`, 422, `"/remote"`),
		{name: "viewer", as: auth.Viewer, method: "POST", path: "/api/ip-test", body: `{"remote":"192.0.2.1"}`, status: 403},
	})
}

package webhook_test

import (
	"encoding/json"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/webhook"
)

// sets knows one set.
type sets struct{}

func (sets) Contains(name string, ip netip.Addr) (in, known bool) {
	return netip.MustParsePrefix("198.51.100.0/24").Contains(ip) || netip.MustParsePrefix("2001:db8:1::/48").Contains(ip), name == "hooks"
}

func TestAdmits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		config, ip string
		ok         bool
		rule       string
	}{
		{`{}`, "192.0.2.1", true, "no allowIPs"},
		{`{"allowIPs":["192.0.2.0/24"]}`, "192.0.2.1", true, "192.0.2.0/24"},
		{`{"allowIPs":["192.0.2.0/24"]}`, "192.0.3.1", false, "not in allowIPs"},
		{`{"allowIPs":["::ffff:192.0.2.0/120"]}`, "192.0.2.1", true, "::ffff:192.0.2.0/120"},
		{`{"allowIPs":["2001:db8::/32"]}`, "2001:db8:5::1", true, "2001:db8::/32"},
		{`{"allowIPs":["2001:db8::/32"]}`, "192.0.2.1", false, "not in allowIPs"},
		{`{"allowIPs":["0.0.0.0/0"]}`, "2001:db8::1", false, "not in allowIPs"},
		{`{"allowIPs":["@hooks"]}`, "198.51.100.7", true, "@hooks"},
		{`{"allowIPs":["@hooks"]}`, "2001:db8:1::7", true, "@hooks"},
		{`{"allowIPs":["@hooks"]}`, "192.0.2.1", false, "not in allowIPs"},
		{`{"allowIPs":["@hooks"],"denyIPs":["198.51.100.7"]}`, "198.51.100.7", false, "denyIPs: 198.51.100.7"},
		{`{"denyIPs":["@hooks"]}`, "198.51.100.7", false, "denyIPs: @hooks"},
		{`{"denyIPs":["@hooks"]}`, "192.0.2.1", true, "no allowIPs"},
		{`{"allowIPs":["@gone"]}`, "198.51.100.7", false, "not in allowIPs"},
		{`{"denyIPs":["@gone"]}`, "192.0.2.1", false, "@gone, a set that is gone"},
	}
	for _, test := range tests {
		rule, ok := endpoint(t, "flow", test.config).Admits(netip.MustParseAddr(test.ip), sets{})
		if ok != test.ok || !strings.Contains(rule, test.rule) {
			t.Errorf("%s %s: %v, %q", test.config, test.ip, ok, rule)
		}
	}
	if _, ok := endpoint(t, "flow", `{"allowIPs":["0.0.0.0/0","::/0"]}`).Admits(netip.Addr{}, sets{}); ok {
		t.Error("no address is in the allow list")
	}
}

func TestNamedSets(t *testing.T) {
	t.Parallel()
	e := endpoint(t, "flow", `{"allowIPs":["::1","@hooks"],"denyIPs":["@private"]}`)
	want := []webhook.SetUse{{Pointer: "/trigger/config/allowIPs/1", Name: "hooks"}, {Pointer: "/trigger/config/denyIPs/0", Name: "private"}}
	if diff := cmp.Diff(want, e.NamedSets()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Only a trusted proxy's word changes which address the lists and the limit go by.
func TestSpoofedAddress(t *testing.T) {
	t.Parallel()
	const allowed4, allowed6 = "203.0.113.7", "2001:db8:aa::7"
	const config = `{"allowIPs":["` + allowed4 + `","` + allowed6 + `"]}`
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	tests := []struct {
		name, peer string
		headers    []string
		status     int
		ip         string
	}{
		{"stranger", "198.51.100.1:1", []string{"X-Forwarded-For", allowed4}, 403, "198.51.100.1"},
		{"stranger, Forwarded", "198.51.100.1:1", []string{"Forwarded", "for=" + allowed4}, 403, "198.51.100.1"},
		{"stranger who names a proxy", "198.51.100.1:1", []string{"X-Forwarded-For", allowed4 + ", 10.0.0.1"}, 403, "198.51.100.1"},
		{"stranger, IPv6", "[2001:db8::1]:1", []string{"X-Forwarded-For", allowed6}, 403, "2001:db8::1"},
		{"stranger, IPv6, Forwarded", "[2001:db8::1]:1", []string{"Forwarded", `for="[` + allowed6 + `]"`}, 403, "2001:db8::1"},
		{"stranger with other headers", "198.51.100.1:1", []string{"X-Real-IP", allowed4, "CF-Connecting-IP", allowed4, "True-Client-IP", allowed4}, 403, "198.51.100.1"},
		{"proxy", "10.0.0.1:1", []string{"X-Forwarded-For", allowed4}, 200, allowed4},
		{"proxy, mapped", "[::ffff:10.0.0.1]:1", []string{"X-Forwarded-For", allowed4}, 200, allowed4},
		{"proxy, client mapped", "10.0.0.1:1", []string{"X-Forwarded-For", "::ffff:" + allowed4}, 200, allowed4},
		{"proxy, Forwarded", "10.0.0.1:1", []string{"Forwarded", "for=" + allowed4}, 200, allowed4},
		{"proxy, IPv6", "[fd00::1]:1", []string{"X-Forwarded-For", allowed6}, 200, allowed6},
		{"proxy, IPv6, Forwarded", "[fd00::1]:1", []string{"Forwarded", `for="[` + allowed6 + `]:443"`}, 200, allowed6},
		{"a client's lie through a proxy", "10.0.0.1:1", []string{"X-Forwarded-For", allowed4 + ", 198.51.100.1"}, 403, "198.51.100.1"},
		{"a client's lie in a line of its own", "10.0.0.1:1", []string{"X-Forwarded-For", allowed4, "X-Forwarded-For", "198.51.100.1"}, 403, "198.51.100.1"},
		{"two proxies", "10.0.0.1:1", []string{"X-Forwarded-For", allowed6 + ", fd00::2"}, 200, allowed6},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &acceptor{}
			r := post(flowPath, jsonType, "{}", test.headers...)
			r.RemoteAddr = test.peer
			w := send(door(t, a, config, func(o *webhook.Options) { o.Trusted = trusted }), r)
			deliveries := a.recorded
			for _, in := range a.accepted {
				deliveries = append(deliveries, in.Delivery)
			}
			if w.Code != test.status || deliveries[0].IP != test.ip {
				t.Errorf("answer = %d, address %s", w.Code, deliveries[0].IP)
			}
		})
	}
}

// What a delivery shows masked is kept encrypted, and comes back as it was.
func TestSealedCredentials(t *testing.T) {
	t.Parallel()
	const config = `{"verification":{"scheme":"token","query":"key","value":"s3cret"}}`
	const path = flowPath + "?a=1&key=s3cret&b=%20"
	seal := func(o *webhook.Options) {
		o.Seal = func(plain []byte) ([]byte, error) { return append([]byte("sealed:"), plain...), nil }
	}
	a := &acceptor{}
	r := post(path, jsonType, "{}", "Authorization", "Bearer t", "X-A", "b", "Cookie", "c=1", "Cookie", "d=2")
	if w := send(door(t, a, config, seal), r); w.Code != 200 {
		t.Fatalf("answer = %d %q", w.Code, w.Body)
	}
	d := a.accepted[0].Delivery
	plain, sealed := strings.CutPrefix(string(d.Sealed), "sealed:")
	if !sealed {
		t.Fatalf("sealed = %q", d.Sealed)
	}
	credentials, err := webhook.ParseCredentials([]byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	headers, address := credentials.Restore(d)
	got := http.Header{}
	for _, h := range headers {
		got.Add(h.Name, h.Value)
	}
	r.Header.Set("Host", r.Host)
	if diff := cmp.Diff(r.Header, got); diff != "" || address != "http://hooks.example.com"+path {
		t.Errorf("%s, headers (-sent +restored):\n%s", address, diff)
	}
	d.Sealed = nil
	if text, err := json.Marshal(d); err != nil || strings.Contains(string(text), "s3cret") || strings.Contains(string(text), "Bearer") {
		t.Errorf("the delivery shows what it should not: %s, %v", text, err)
	}

	a = &acceptor{}
	send(door(t, a, `{}`, seal), post(flowPath, jsonType, "{}"))
	if sealed := a.accepted[0].Delivery.Sealed; sealed != nil {
		t.Errorf("nothing was masked, sealed is %q", sealed)
	}
}

package egress_test

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hookflow/hookflow/internal/dnstest"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/node"
)

// portOf is the port that a server of a test listens on.
func portOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Port()
}

// TestNames: a name is judged by what it resolves to, at first and after a redirect.
func TestNames(t *testing.T) {
	t.Parallel()
	names := map[string]string{
		"loopback.test": "127.0.0.1", "loopback6.test": "::1", "private.test": "10.0.0.1", "ula.test": "fd12::1",
		"link-local.test": "169.254.7.7", "metadata.test": "169.254.169.254", "mapped.test": "::ffff:169.254.169.254",
		"nat64.test": "64:ff9b::a9fe:a9fe", "6to4.test": "2002:a9fe:a9fe::", "here.test": "127.0.0.1",
	}
	server := dnstest.Start(t, func(name string) []netip.Addr {
		if address, known := names[name]; known {
			return []netip.Addr{netip.MustParseAddr(address)}
		}
		return nil
	})
	elsewhere := serve(t, redirect)
	tests := []struct{ deny, host, want string }{
		{"loopback", "loopback.test", "127.0.0.1 are not allowed: loopback is denied"},
		{"loopback", "loopback6.test", "::1 are not allowed: loopback is denied"},
		{"loopback", "LOOPBACK.test.", "127.0.0.1 are not allowed: loopback is denied"},
		{"private", "private.test", "10.0.0.1 are not allowed: private is denied"},
		{"private", "ula.test", "fd12::1 are not allowed: private is denied"},
		{"10.0.0.0/8", "private.test", "10.0.0.1 are not allowed: 10.0.0.0/8 is denied"},
		{"", "link-local.test", "169.254.7.7 are not allowed: link-local addresses"},
		{"", "metadata.test", "169.254.169.254 are not allowed: metadata addresses"},
		{"", "mapped.test", "169.254.169.254 are not allowed: metadata addresses"},
		{"", "nat64.test", "169.254.169.254 are not allowed: metadata addresses"},
		{"", "6to4.test", "169.254.169.254 are not allowed: metadata addresses"},
	}
	for _, test := range tests {
		t.Run(test.host, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, egress.Policy{Deny: sets(t, test.deny), Allow: sets(t, "127.0.0.1")})
			if test.deny == "loopback" { // an exception would be one for the tested name too
				c = newClient(t, egress.Policy{Deny: sets(t, test.deny)})
			}
			c.Resolve(server)
			urls := []string{"http://" + test.host + "/", "https://" + test.host + ":8443/"}
			if test.deny != "loopback" {
				first := "http://here.test:" + portOf(t, elsewhere) + "/?to="
				urls = append(urls, first+"http://"+test.host, first+elsewhere+"&then=http://"+test.host)
			}
			for _, url := range urls {
				_, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url, FollowRedirects: true})
				if err == nil || !strings.Contains(err.Error(), "connections to "+test.want) || !strings.HasPrefix(err.Error(), test.host) {
					t.Errorf("%s: error %v, want %s", url, err, test.want)
				}
			}
		})
	}
}

// TestRebinding: a name that means a harmless address whenever it is asked for to be judged, and a
// denied one when it is connected to, gains nothing, since both are one.
func TestRebinding(t *testing.T) {
	t.Parallel()
	var reached atomic.Bool
	inside := serve(t, func(http.ResponseWriter, *http.Request) { reached.Store(true) })
	var asked atomic.Int32
	server := dnstest.Start(t, func(string) []netip.Addr {
		if asked.Add(1) <= 2 { // IPv4 and IPv6 of the first look
			return []netip.Addr{netip.MustParseAddr("127.0.0.9")}
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}
	})
	c := newClient(t, egress.Policy{Deny: sets(t, "127.0.0.1")})
	c.Resolve(server)
	var last error
	for range 4 {
		_, last = c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: "http://rebind.test:" + portOf(t, inside)})
	}
	if reached.Load() {
		t.Error("a request got inside")
	}
	if last == nil || !strings.Contains(last.Error(), "connections to 127.0.0.1 are not allowed") {
		t.Errorf("error %v", last)
	}
	if asked.Load() <= 2 {
		t.Errorf("the name was asked for %d times", asked.Load())
	}
}

// TestOneDeniedAddress: of several addresses of a name the allowed ones are used.
func TestOneDeniedAddress(t *testing.T) {
	t.Parallel()
	inside := serve(t, echo)
	server := dnstest.Start(t, func(string) []netip.Addr {
		return []netip.Addr{netip.MustParseAddr("169.254.169.254"), netip.MustParseAddr("127.0.0.1")}
	})
	c := newClient(t, egress.Policy{})
	c.Resolve(server)
	if _, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: "http://two.test:" + portOf(t, inside)}); err != nil {
		t.Error(err)
	}
}

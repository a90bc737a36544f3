package egress_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/egress"
)

func TestPolicy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, allow, deny, addr string
		denied                  string // by what; empty: allowed
	}{
		{"public", "", "", "93.184.216.34", ""},
		{"public IPv6", "", "", "2606:2800:220:1::1", ""},
		{"loopback", "", "", "127.0.0.1", ""},
		{"private", "", "", "10.1.2.3", ""},
		{"link-local", "", "", "169.254.0.1", "link-local"},
		{"metadata", "", "", "169.254.169.254", "metadata"},
		{"beside link-local", "", "", "169.253.255.255", ""},
		{"link-local IPv6", "", "", "fe80::1", "link-local"},
		{"with a zone", "", "", "fe80::1%eth0", "link-local"},
		{"AWS IPv6", "", "", "fd00:ec2::254", "metadata"},
		{"Google IPv6", "", "", "fd20:ce::254", "metadata"},
		{"Oracle IPv6", "", "", "fd00:c1::a9fe:a9fe", "metadata"},
		{"Scaleway IPv6", "", "", "fd00:42::42", "metadata"},
		{"Alibaba", "", "", "100.100.100.200", "metadata"},
		{"Azure", "", "", "168.63.129.16", "metadata"},
		{"Oracle", "", "", "192.0.0.192", "metadata"},
		{"mapped", "", "", "::ffff:169.254.169.254", "metadata"},
		{"NAT64", "", "", "64:ff9b::a9fe:a9fe", "metadata"},
		{"6to4", "", "", "2002:a9fe:a9fe::1", "metadata"},
		{"NAT64 elsewhere", "", "", "64:ff9b::5db8:d822", ""},
		{"own rule", "", "10.0.0.0/8 192.168.0.0/16", "192.168.1.1", "192.168.0.0/16"},
		{"own rule, other address", "", "10.0.0.0/8", "11.0.0.1", ""},
		{"own rule, IPv6", "", "fc00::/7", "fd12::1", "fc00::/7"},
		{"everything", "", "0.0.0.0/0 ::/0", "2606::1", "::/0"},
		{"unspecified is loopback", "", "127.0.0.0/8", "0.0.0.0", "127.0.0.0/8"},
		{"unspecified is loopback, IPv6", "", "::1/128", "::", "::1/128"},
		{"mapped loopback", "", "127.0.0.0/8", "::ffff:127.0.0.1", "127.0.0.0/8"},
		{"exception from the built-in list", "169.254.10.0/24", "", "169.254.10.7", ""},
		{"beside the exception", "169.254.10.0/24", "", "169.254.11.7", "link-local"},
		{"exception from an own rule", "10.1.0.0/16", "10.0.0.0/8", "10.1.2.3", ""},
		{"mapped private", "", "private", "::ffff:10.0.0.1", "private"},
		{"NAT64 of a network", "", "private", "64:ff9b:1::a00:1", "private"},
		{"Teredo", "", "", "2001:0:1:2:3:4:5601:5601", "metadata"},
		{"IPv4-compatible", "", "", "::a9fe:a9fe", "metadata"},
		{"public", "", "public", "8.8.8.8", "public"},
		{"not public", "", "public", "10.0.0.1", ""},
		{"one public address", "203.0.113.7", "public", "203.0.113.7", ""},
		{"private is not link-local", "", "private", "169.254.1.1", "link-local"},
		{"link-local without its metadata", "link-local", "", "169.254.169.254", "metadata"},
		{"link-local", "link-local", "", "169.254.1.1", ""},
		{"private without its metadata", "private", "private", "fd00:ec2::254", "metadata"},
		{"metadata on purpose", "metadata", "", "169.254.169.254", ""},
		{"exception for a notation only", "64:ff9b::/96", "", "64:ff9b::a9fe:a9fe", "metadata"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			policy := egress.Policy{Allow: sets(t, test.allow), Deny: sets(t, test.deny)}
			err := policy.Check(netip.MustParseAddr(test.addr))
			switch {
			case test.denied == "" && err != nil:
				t.Errorf("denied: %v", err)
			case test.denied != "" && err == nil:
				t.Error("allowed")
			case test.denied != "" && !strings.Contains(err.Error(), "not allowed: "+test.denied+" "):
				t.Errorf("%q does not name the rule %s", err, test.denied)
			}
		})
	}
}

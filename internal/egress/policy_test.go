package egress_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/egress"
)

func TestPolicy(t *testing.T) {
	t.Parallel()
	prefixes := func(list string) (all []netip.Prefix) {
		for text := range strings.FieldsSeq(list) {
			all = append(all, netip.MustParsePrefix(text))
		}
		return all
	}
	tests := []struct {
		name, allow, deny, addr string
		denied                  string // the rule's prefix; empty: allowed
	}{
		{"public", "", "", "93.184.216.34", ""},
		{"public IPv6", "", "", "2606:2800:220:1::1", ""},
		{"loopback", "", "", "127.0.0.1", ""},
		{"private", "", "", "10.1.2.3", ""},
		{"link-local", "", "", "169.254.0.1", "169.254.0.0/16"},
		{"metadata", "", "", "169.254.169.254", "169.254.0.0/16"},
		{"beside link-local", "", "", "169.253.255.255", ""},
		{"link-local IPv6", "", "", "fe80::1", "fe80::/10"},
		{"with a zone", "", "", "fe80::1%eth0", "fe80::/10"},
		{"AWS IPv6", "", "", "fd00:ec2::254", "fd00:ec2::/32"},
		{"Google IPv6", "", "", "fd20:ce::254", "fd20:ce::254/128"},
		{"Oracle IPv6", "", "", "fd00:c1::a9fe:a9fe", "fd00:c1::a9fe:a9fe/128"},
		{"Scaleway IPv6", "", "", "fd00:42::42", "fd00:42::42/128"},
		{"Alibaba", "", "", "100.100.100.200", "100.100.100.200/32"},
		{"Azure", "", "", "168.63.129.16", "168.63.129.16/32"},
		{"Oracle", "", "", "192.0.0.192", "192.0.0.192/32"},
		{"mapped", "", "", "::ffff:169.254.169.254", "169.254.0.0/16"},
		{"NAT64", "", "", "64:ff9b::a9fe:a9fe", "169.254.0.0/16"},
		{"6to4", "", "", "2002:a9fe:a9fe::1", "169.254.0.0/16"},
		{"NAT64 elsewhere", "", "", "64:ff9b::5db8:d822", ""},
		{"own rule", "", "10.0.0.0/8 192.168.0.0/16", "192.168.1.1", "192.168.0.0/16"},
		{"own rule, other address", "", "10.0.0.0/8", "11.0.0.1", ""},
		{"own rule, IPv6", "", "fc00::/7", "fd12::1", "fc00::/7"},
		{"everything", "", "0.0.0.0/0 ::/0", "2606::1", "::/0"},
		{"unspecified is loopback", "", "127.0.0.0/8", "0.0.0.0", "127.0.0.0/8"},
		{"unspecified is loopback, IPv6", "", "::1/128", "::", "::1/128"},
		{"mapped loopback", "", "127.0.0.0/8", "::ffff:127.0.0.1", "127.0.0.0/8"},
		{"exception from the built-in list", "169.254.10.0/24", "", "169.254.10.7", ""},
		{"beside the exception", "169.254.10.0/24", "", "169.254.11.7", "169.254.0.0/16"},
		{"exception from an own rule", "10.1.0.0/16", "10.0.0.0/8", "10.1.2.3", ""},
		{"exception for a notation only", "64:ff9b::/96", "", "64:ff9b::a9fe:a9fe", "169.254.0.0/16"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			policy := egress.Policy{Allow: prefixes(test.allow), Deny: prefixes(test.deny)}
			err := policy.Check(netip.MustParseAddr(test.addr))
			switch {
			case test.denied == "" && err != nil:
				t.Errorf("denied: %v", err)
			case test.denied != "" && err == nil:
				t.Error("allowed")
			case test.denied != "" && !strings.Contains(err.Error(), " "+test.denied+" is denied"):
				t.Errorf("%q does not name the rule %s", err, test.denied)
			}
		})
	}
}

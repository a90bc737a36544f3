package network_test

import (
	"net/netip"
	"testing"

	"github.com/hookflow/hookflow/internal/network"
)

func TestGroups(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]network.Group{
		"169.254.169.254":     network.Metadata,
		"169.254.170.2":       network.Metadata,
		"100.100.100.200":     network.Metadata,
		"168.63.129.16":       network.Metadata,
		"192.0.0.192":         network.Metadata,
		"fd00:ec2::254":       network.Metadata,
		"fd20:ce::254":        network.Metadata,
		"fd00:c1::a9fe:a9fe":  network.Metadata,
		"fd00:42::42":         network.Metadata,
		"127.255.0.1":         network.Loopback,
		"0.0.0.0":             network.Loopback,
		"::1":                 network.Loopback,
		"::":                  network.Loopback,
		"169.254.169.253":     network.LinkLocal,
		"fe80::1%eth0":        network.LinkLocal,
		"10.255.255.255":      network.Private,
		"172.31.0.1":          network.Private,
		"192.168.1.1":         network.Private,
		"100.64.0.1":          network.Private,
		"100.100.100.201":     network.Private,
		"255.255.255.255":     network.Private,
		"239.1.1.1":           network.Private,
		"fd12::1":             network.Private,
		"ff02::1":             network.Private,
		"11.0.0.1":            network.Public,
		"172.32.0.1":          network.Public,
		"100.128.0.1":         network.Public,
		"223.255.255.255":     network.Public,
		"::2":                 network.Public,
		"2606:2800:220:1::42": network.Public,
	} {
		if got := network.GroupOf(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s is %s, want %s", addr, got, want)
		}
	}
}

func TestSets(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, in, out, written string }{
		{"private", "10.0.0.1", "8.8.8.8", "private"},
		{"loopback", "::1", "10.0.0.1", "loopback"},
		{"link-local", "169.254.1.1", "169.254.169.254", "link-local"},
		{"metadata", "169.254.169.254", "169.254.1.1", "metadata"},
		{"public", "8.8.8.8", "192.168.0.1", "public"},
		{"10.1.2.3/8", "10.9.9.9", "11.0.0.0", "10.0.0.0/8"},
		{"192.0.2.7", "192.0.2.7", "192.0.2.8", "192.0.2.7/32"},
		{"2001:db8::/32", "2001:db8::1", "2001:db9::1", "2001:db8::/32"},
	} {
		set, err := network.Parse(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if !set.Contains(netip.MustParseAddr(test.in)) || set.Contains(netip.MustParseAddr(test.out)) || set.String() != test.written {
			t.Errorf("%s is %s; holds %s: %t, %s: %t", test.text, set,
				test.in, set.Contains(netip.MustParseAddr(test.in)), test.out, set.Contains(netip.MustParseAddr(test.out)))
		}
	}
	for _, bad := range []string{"", "any", "Private", "10", "10.0.0.0/33", "example.com", "fe80::1%eth0", "private "} {
		if set, err := network.Parse(bad); err == nil {
			t.Errorf("%q was read as %s", bad, set)
		}
	}
	if (network.Set{}).Contains(netip.MustParseAddr("::1")) {
		t.Error("the zero set holds an address")
	}
}

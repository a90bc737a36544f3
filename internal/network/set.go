// Package network knows sets of addresses as settings name them: one address, a
// CIDR, or a group such as private.
package network

import (
	"errors"
	"net/netip"
	"slices"
)

// Group is what an address is for. Every address is in exactly one group.
type Group string

// The groups. Metadata goes before the ranges that its addresses are taken
// from, and so an exception for link-local or private addresses is none for the
// services that hand out a machine's credentials.
const (
	Metadata  Group = "metadata"   // services of cloud providers for their machines
	Loopback  Group = "loopback"   // this machine
	LinkLocal Group = "link-local" // this cable
	Private   Group = "private"    // this organisation or provider, and what no one should be at
	Public    Group = "public"     // everything else
)

// member is a range of a group.
type member struct {
	prefix netip.Prefix
	group  Group
}

// members of all groups but Public; the first one that holds an address decides.
// The unique local addresses of IPv6 among the metadata services are those that
// the providers document for it.
var members = []member{
	{netip.MustParsePrefix("169.254.169.254/32"), Metadata},     // most providers
	{netip.MustParsePrefix("169.254.170.0/24"), Metadata},       // AWS: credentials of containers
	{netip.MustParsePrefix("169.254.0.23/32"), Metadata},        // Tencent Cloud
	{netip.MustParsePrefix("100.100.100.200/32"), Metadata},     // Alibaba Cloud
	{netip.MustParsePrefix("168.63.129.16/32"), Metadata},       // Azure, the platform's address
	{netip.MustParsePrefix("192.0.0.192/32"), Metadata},         // Oracle Cloud
	{netip.MustParsePrefix("fd00:c1::a9fe:a9fe/128"), Metadata}, // Oracle Cloud
	{netip.MustParsePrefix("fd00:ec2::/32"), Metadata},          // AWS, credentials of containers too
	{netip.MustParsePrefix("fd20:ce::254/128"), Metadata},       // Google Cloud
	{netip.MustParsePrefix("fd00:42::42/128"), Metadata},        // Scaleway
	{netip.MustParsePrefix("127.0.0.0/8"), Loopback},            // RFC 1122
	{netip.MustParsePrefix("0.0.0.0/8"), Loopback},              // RFC 1122: this host
	{netip.MustParsePrefix("::/127"), Loopback},                 // RFC 4291: unspecified and loopback
	{netip.MustParsePrefix("169.254.0.0/16"), LinkLocal},        // RFC 3927
	{netip.MustParsePrefix("fe80::/10"), LinkLocal},             // RFC 4291
	{netip.MustParsePrefix("10.0.0.0/8"), Private},              // RFC 1918
	{netip.MustParsePrefix("172.16.0.0/12"), Private},           // RFC 1918
	{netip.MustParsePrefix("192.168.0.0/16"), Private},          // RFC 1918
	{netip.MustParsePrefix("100.64.0.0/10"), Private},           // RFC 6598: behind a provider's NAT
	{netip.MustParsePrefix("192.0.0.0/24"), Private},            // RFC 6890: protocol assignments
	{netip.MustParsePrefix("198.18.0.0/15"), Private},           // RFC 2544: benchmarks
	{netip.MustParsePrefix("224.0.0.0/3"), Private},             // RFC 5771, RFC 1112: multicast, reserved, broadcast
	{netip.MustParsePrefix("fc00::/7"), Private},                // RFC 4193
	{netip.MustParsePrefix("fec0::/10"), Private},               // RFC 3879: once site-local
	{netip.MustParsePrefix("ff00::/8"), Private},                // RFC 4291: multicast
}

// GroupOf finds the group of an address, which is taken as it is spelt: IPv4
// mapped into IPv6 counts as IPv6.
func GroupOf(addr netip.Addr) Group {
	addr = addr.WithZone("")
	for _, m := range members {
		if m.prefix.Contains(addr) {
			return m.group
		}
	}
	return Public
}

// Set is a range of addresses or a group. The zero Set is empty.
type Set struct {
	prefix netip.Prefix
	group  Group
}

// In is the set of a group's addresses.
func In(g Group) Set { return Set{group: g} }

// Of is the set of a range's addresses.
func Of(p netip.Prefix) Set { return Set{prefix: p} }

var errSet = errors.New("is neither an address nor a CIDR nor a group")

// Parse reads an address, a CIDR or the name of a group.
func Parse(text string) (Set, error) {
	if slices.Contains([]Group{Metadata, Loopback, LinkLocal, Private, Public}, Group(text)) {
		return In(Group(text)), nil
	}
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return Of(prefix.Masked()), nil
	}
	if addr, err := netip.ParseAddr(text); err == nil && addr.Zone() == "" {
		return Of(netip.PrefixFrom(addr, addr.BitLen())), nil
	}
	return Set{}, errSet
}

// Contains reports whether an address is in the set.
func (s Set) Contains(addr netip.Addr) bool {
	if s.group != "" {
		return GroupOf(addr) == s.group
	}
	return s.prefix.Contains(addr)
}

// String is what Parse reads.
func (s Set) String() string {
	if s.group != "" {
		return string(s.group)
	}
	return s.prefix.String()
}

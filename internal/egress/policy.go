package egress

import (
	"fmt"
	"net/netip"

	"github.com/hookflow/hookflow/internal/network"
)

// Policy says where connections may go: anywhere but to link-local addresses,
// to the metadata services of clouds, which hand out the credentials of the
// machine to whoever can connect, and to Deny. Allow makes exceptions from all.
type Policy struct {
	Allow, Deny []network.Set
}

// deniedError says which rule an address is denied by.
type deniedError struct {
	addr netip.Addr
	rule string
}

func (e *deniedError) Error() string {
	return fmt.Sprintf("connections to %s are not allowed: %s", e.addr, e.rule)
}

// Check returns an error that names the rule when addr may not be connected to.
func (p Policy) Check(addr netip.Addr) error {
	for _, meant := range meanings(addr) {
		if denied := p.denies(meant); denied != nil {
			return denied
		}
	}
	return nil
}

func (p Policy) denies(addr netip.Addr) error {
	if _, allowed := find(p.Allow, addr); allowed {
		return nil
	}
	if group := network.GroupOf(addr); group == network.Metadata || group == network.LinkLocal {
		return &deniedError{addr, fmt.Sprintf("%s addresses are denied unless egress-allow names them", group)}
	}
	if set, denied := find(p.Deny, addr); denied {
		return &deniedError{addr, fmt.Sprintf("%s is denied by egress-deny", set)}
	}
	return nil
}

func find(sets []network.Set, addr netip.Addr) (network.Set, bool) {
	for _, s := range sets {
		if s.Contains(addr) {
			return s, true
		}
	}
	return network.Set{}, false
}

// embeddings are the ranges of IPv6 whose addresses hold an IPv4 address that
// they may lead to, from a byte on and perhaps inverted.
var embeddings = []struct {
	prefix   netip.Prefix
	at       int
	inverted bool
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12, false},   // NAT64, RFC 6052
	{netip.MustParsePrefix("64:ff9b:1::/48"), 12, false}, // NAT64 of a network, RFC 8215
	{netip.MustParsePrefix("2002::/16"), 2, false},       // 6to4, RFC 3056
	{netip.MustParsePrefix("2001::/32"), 12, true},       // Teredo, RFC 4380
	{netip.MustParsePrefix("::/96"), 12, false},          // IPv4-compatible, RFC 4291
}

// meanings lists the addresses that a connection to addr may reach: a zone or
// another notation must not get around a rule.
func meanings(addr netip.Addr) []netip.Addr {
	addr = addr.Unmap().WithZone("")
	switch addr { // the kernel connects to itself then
	case netip.IPv4Unspecified():
		return []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1})}
	case netip.IPv6Unspecified(), netip.IPv6Loopback():
		return []netip.Addr{netip.IPv6Loopback()}
	}
	all := []netip.Addr{addr}
	for _, e := range embeddings {
		if e.prefix.Contains(addr) {
			all = append(all, embedded(addr, e.at, e.inverted))
		}
	}
	return all
}

func embedded(addr netip.Addr, at int, inverted bool) netip.Addr {
	whole := addr.As16()
	inner := [4]byte(whole[at : at+4])
	if inverted {
		for i := range inner {
			inner[i] = ^inner[i]
		}
	}
	return netip.AddrFrom4(inner)
}

package egress

import (
	"fmt"
	"net/netip"
)

// Policy says where connections may go: to any address but those of the
// built-in list (link-local, and the metadata services of clouds) and of Deny.
// Allow makes exceptions from both.
type Policy struct {
	Allow, Deny []netip.Prefix
}

// rule is a range of addresses that is denied, and what it is.
type rule struct {
	prefix netip.Prefix
	name   string
}

// builtIn is denied everywhere: a metadata service hands out the credentials of
// the machine to whoever can connect. The unique local addresses of IPv6 are
// those that the providers document for it.
var builtIn = []rule{
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local, cloud metadata"},
	{netip.MustParsePrefix("fe80::/10"), "link-local"},
	{netip.MustParsePrefix("100.100.100.200/32"), "metadata of Alibaba Cloud"},
	{netip.MustParsePrefix("168.63.129.16/32"), "platform address of Azure"},
	{netip.MustParsePrefix("192.0.0.192/32"), "metadata of Oracle Cloud"},
	{netip.MustParsePrefix("fd00:c1::a9fe:a9fe/128"), "metadata of Oracle Cloud"},
	{netip.MustParsePrefix("fd00:ec2::/32"), "metadata and credentials of AWS"},
	{netip.MustParsePrefix("fd20:ce::254/128"), "metadata of Google Cloud"},
	{netip.MustParsePrefix("fd00:42::42/128"), "metadata of Scaleway"},
}

// deniedError says which rule an address is denied by.
type deniedError struct {
	addr netip.Addr
	rule rule
}

func (e *deniedError) Error() string {
	return fmt.Sprintf("connections to %s are not allowed: %s is denied (%s)", e.addr, e.rule.prefix, e.rule.name)
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
	for _, allowed := range p.Allow {
		if allowed.Contains(addr) {
			return nil
		}
	}
	for _, r := range builtIn {
		if r.prefix.Contains(addr) {
			return &deniedError{addr, r}
		}
	}
	for _, denied := range p.Deny {
		if denied.Contains(addr) {
			return &deniedError{addr, rule{denied, "egress-deny"}}
		}
	}
	return nil
}

var (
	nat64  = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052
	sixTo4 = netip.MustParsePrefix("2002::/16")    // RFC 3056
)

// meanings lists the addresses that a connection to addr may reach: a zone or
// another notation must not get around a rule.
func meanings(addr netip.Addr) []netip.Addr {
	addr = addr.Unmap().WithZone("")
	bytes := addr.As16()
	switch {
	case addr == netip.IPv4Unspecified():
		addr = netip.AddrFrom4([4]byte{127, 0, 0, 1}) // where the kernel connects to then
	case addr == netip.IPv6Unspecified():
		addr = netip.IPv6Loopback()
	case nat64.Contains(addr):
		return []netip.Addr{addr, netip.AddrFrom4([4]byte(bytes[12:16]))}
	case sixTo4.Contains(addr):
		return []netip.Addr{addr, netip.AddrFrom4([4]byte(bytes[2:6]))}
	}
	return []netip.Addr{addr}
}

package request

import (
	"fmt"
	"net/netip"
)

// ParseRange reads an address or a CIDR, as the addresses of clients are spelt: IPv4 never mapped
// into IPv6.
func ParseRange(text string) (netip.Prefix, error) {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return unmapped(prefix).Masked(), nil
	}
	ip, err := netip.ParseAddr(text)
	if err != nil || ip.Zone() != "" {
		return netip.Prefix{}, fmt.Errorf("%.60q is not an address such as 192.0.2.1 or a range such as 192.0.2.0/24", text)
	}
	ip = ip.Unmap()
	return netip.PrefixFrom(ip, ip.BitLen()), nil
}

func unmapped(p netip.Prefix) netip.Prefix {
	const mapped = 96
	if p.Addr().Is4In6() && p.Bits() >= mapped {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-mapped)
	}
	return p
}

package egress

import (
	"encoding/binary"
	"net/netip"
	"strconv"
	"strings"
)

// literal reads a host that is an address, also in the notations of IPv4 that
// inet_aton reads and browsers follow: one to four numbers, decimal, octal or
// hexadecimal, the last one of which fills what is left. Taking them for what
// they are, not for names, lets the policy say what it has against them.
func literal(host string) (netip.Addr, bool) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr, true
	}
	parts := strings.Split(strings.TrimSuffix(host, "."), ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var whole uint64
	for i, part := range parts {
		n, ok := number(part)
		bits := 8 // of this part, and of all that follow when it is the last
		if i == len(parts)-1 {
			bits = 8 * (4 - i)
		}
		if !ok || n >= 1<<bits {
			return netip.Addr{}, false
		}
		whole = whole<<bits | n
	}
	bytes := binary.BigEndian.AppendUint64(nil, whole)
	return netip.AddrFrom4([4]byte(bytes[4:])), true
}

// number reads 10, 012 and 0xA, at most 32 bits of it.
func number(text string) (uint64, bool) {
	base := 10
	switch {
	case strings.HasPrefix(text, "0x"), strings.HasPrefix(text, "0X"):
		text, base = text[2:], 16
	case len(text) > 1 && text[0] == '0':
		text, base = text[1:], 8
	}
	if base == 16 && text == "" {
		return 0, true // as browsers and inet_aton have it
	}
	n, err := strconv.ParseUint(text, base, 32)
	return n, err == nil
}

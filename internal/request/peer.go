package request

import (
	"net/netip"
	"strings"

	"github.com/hookflow/hookflow"
)

// Client is who called and under which address they see us, as far as that can be believed.
type Client struct {
	IP    netip.Addr // without a zone; IPv4 never mapped into IPv6. Invalid when the peer has none.
	Proto string     // http or https as proxies say; "" when none does
	Host  string     // likewise
}

// ClientIP finds the client behind trusted proxies. remote is the peer's address with its port.
// Only a trusted peer's headers are believed: from right to left, the first address that is not a
// trusted proxy's is the client. X-Forwarded-For goes before Forwarded (RFC 7239): a proxy must set
// or remove the one that it passes on.
func ClientIP(remote string, headers []hookflow.Header, trusted []netip.Prefix) Client {
	peer, _ := parseAddress(remote)
	if !contains(trusted, peer) {
		return Client{IP: peer}
	}
	if hops := list(headers, "X-Forwarded-For"); len(hops) > 0 {
		ip, _ := nearest(peer, hops, trusted)
		return Client{
			IP:    ip,
			Proto: validProto(first(list(headers, "X-Forwarded-Proto"))),
			Host:  validHost(first(list(headers, "X-Forwarded-Host"))),
		}
	}
	return forwarded(peer, headers, trusted)
}

// forwarded reads RFC 7239. Proto and host are those that the client's own hop was told.
func forwarded(peer netip.Addr, headers []hookflow.Header, trusted []netip.Prefix) Client {
	elements := parseForwarded(list(headers, "Forwarded"))
	if len(elements) == 0 {
		return Client{
			IP:    peer,
			Proto: validProto(first(list(headers, "X-Forwarded-Proto"))),
			Host:  validHost(first(list(headers, "X-Forwarded-Host"))),
		}
	}
	hops := make([]string, len(elements))
	for i, e := range elements {
		hops[i] = e["for"]
	}
	ip, at := nearest(peer, hops, trusted)
	return Client{IP: ip, Proto: validProto(elements[at]["proto"]), Host: validHost(elements[at]["host"])}
}

// nearest walks from the last hop to the first while it meets trusted proxies, and gives the
// address it stops at and the index of its hop. What is no address ends the walk before it.
func nearest(peer netip.Addr, hops []string, trusted []netip.Prefix) (netip.Addr, int) {
	at := len(hops) - 1
	for i := len(hops) - 1; i >= 0 && contains(trusted, peer); i-- {
		hop, ok := parseAddress(hops[i])
		if !ok {
			break
		}
		peer, at = hop, i
	}
	return peer, at
}

func contains(prefixes []netip.Prefix, ip netip.Addr) bool {
	for _, p := range prefixes {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// parseAddress reads 192.0.2.1, 192.0.2.1:80, 2001:db8::1, [2001:db8::1] and [2001:db8::1]:80.
func parseAddress(text string) (netip.Addr, bool) {
	if withPort, err := netip.ParseAddrPort(text); err == nil {
		return withPort.Addr().Unmap().WithZone(""), true
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
	ip, err := netip.ParseAddr(text)
	return ip.Unmap().WithZone(""), err == nil
}

// list joins a header's lines and takes them apart at the commas that stand in no quotes.
func list(headers []hookflow.Header, name string) []string {
	var items []string
	for _, h := range headers {
		if strings.EqualFold(h.Name, name) {
			items = append(items, splitQuoted(h.Value, ',')...)
		}
	}
	return items
}

func first(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return items[0]
}

func validProto(text string) string {
	if text = strings.ToLower(text); text == "http" || text == "https" {
		return text
	}
	return ""
}

func validHost(text string) string {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]"
	if strings.Trim(text, allowed) != "" || len(text) > 255 {
		return ""
	}
	return text
}

package request

import (
	"net/netip"

	"github.com/hookflow/hookflow"
)

// Hop is one address on the way of a request, as [ClientIP] meets them.
type Hop struct {
	Address string // as it was written
	Source  string // connection, or the header that names it
	Trusted bool   // it is a trusted proxy: what it says of the hop before it is believed
	Client  bool   // it is the address that ClientIP gives
}

// Chain lists the hops from the peer to the first that a header names, however far they are
// believed. Headers that ClientIP does not look at are not read here either.
func Chain(remote string, headers []hookflow.Header, trusted []netip.Prefix) []Hop {
	const xff = "X-Forwarded-For"
	source, named := xff, list(headers, xff)
	if len(named) == 0 {
		source = "Forwarded"
		for _, e := range parseForwarded(list(headers, source)) {
			named = append(named, e["for"])
		}
	}
	peer, known := parseAddress(remote)
	hops := []Hop{{Address: remote, Source: "connection", Trusted: known && contains(trusted, peer)}}
	at, believed := 0, hops[0].Trusted
	for i := len(named) - 1; i >= 0; i-- {
		ip, ok := parseAddress(named[i])
		hop := Hop{Address: named[i], Source: source, Trusted: ok && contains(trusted, ip)}
		if believed = believed && ok; believed {
			at = len(hops)
		}
		believed = believed && hop.Trusted
		hops = append(hops, hop)
	}
	hops[at].Client = true
	return hops
}

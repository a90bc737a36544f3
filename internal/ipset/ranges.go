package ipset

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
)

// span is all addresses from first to last.
type span struct{ first, last netip.Addr }

// ranges are ascending spans that do not touch each other.
type ranges []span

func (r ranges) contains(ip netip.Addr) bool {
	at, found := slices.BinarySearchFunc(r, ip, func(s span, ip netip.Addr) int { return s.first.Compare(ip) })
	return found || at > 0 && ip.Compare(r[at-1].last) <= 0
}

// parse reads addresses and CIDRs; an empty line, and what is after #, is no range. The lines it
// returns are the ranges as they are written best. Pointers of problems begin at the list.
func parse(texts []string) (parsed ranges, lines []string, problems []hookflow.Problem) {
	for i, text := range texts {
		text, _, _ = strings.Cut(text, "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		prefix, err := request.ParseRange(text)
		if err != nil {
			problems = append(problems, hookflow.Problem{Pointer: fmt.Sprintf("/ranges/%d", i), Detail: err.Error()})
			continue
		}
		parsed = append(parsed, span{prefix.Addr(), last(prefix)})
		lines = append(lines, prefix.String())
	}
	return merged(parsed), lines, problems
}

func last(p netip.Prefix) netip.Addr {
	bytes := p.Addr().AsSlice()
	for bit := p.Bits(); bit < 8*len(bytes); bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	ip, _ := netip.AddrFromSlice(bytes)
	return ip
}

// merged sorts spans and makes those that overlap one.
func merged(spans ranges) ranges {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(a.first.Compare(b.first), b.last.Compare(a.last)) })
	var out ranges
	for _, s := range spans {
		if n := len(out); n > 0 && s.first.Compare(out[n-1].last) <= 0 {
			if s.last.Compare(out[n-1].last) > 0 {
				out[n-1].last = s.last
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

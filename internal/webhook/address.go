package webhook

import (
	"net/http"
	"net/netip"

	"github.com/hookflow/hookflow"
)

// address refuses clients that are denied, and those not allowed where there is a list of the
// allowed.
func address(in *inbound) *verdict {
	e, ip := in.found, in.client.IP
	switch {
	case holds(e.deny, ip):
		return forbidden(in.raw.IP + " is in denyIPs")
	case len(e.allow) > 0 && !holds(e.allow, ip):
		return forbidden(in.raw.IP + " is not in allowIPs")
	default:
		return nil
	}
}

func forbidden(detail string) *verdict {
	return refuse(http.StatusForbidden, hookflow.ReasonIP, "forbidden", detail)
}

func holds(prefixes []netip.Prefix, ip netip.Addr) bool {
	for _, p := range prefixes {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

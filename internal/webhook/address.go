package webhook

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
)

// Sets are the named sets of addresses that allow and deny lists refer to as @name.
type Sets interface {
	// Contains reports whether the set holds an address; known is false when there is no such set.
	Contains(name string, ip netip.Addr) (in, known bool)
}

// address refuses clients that are denied, and those not allowed where there is a list of the
// allowed.
func address(in *inbound) *verdict {
	if rule, ok := in.found.Admits(in.client.IP, in.Sets); !ok {
		return refuse(http.StatusForbidden, hookflow.ReasonIP, "forbidden", in.raw.IP+" "+rule)
	}
	return nil
}

// Admits decides by the endpoint's lists, and says which rule did. A denied set that is gone denies
// everybody.
func (e *Endpoint) Admits(ip netip.Addr, sets Sets) (rule string, ok bool) {
	for _, r := range e.deny {
		switch in, known := r.contains(ip, sets); {
		case !known:
			return "is refused: denyIPs names " + r.text + ", a set that is gone", false
		case in:
			return "is in denyIPs: " + r.text, false
		}
	}
	if len(e.allow) == 0 {
		return "is allowed: there are no allowIPs", true
	}
	for _, r := range e.allow {
		if in, known := r.contains(ip, sets); in && known {
			return "is in allowIPs: " + r.text, true
		}
	}
	return "is not in allowIPs", false
}

// addressRule is one line of an allow or deny list.
type addressRule struct {
	text   string
	set    string // "" when the line is a range
	prefix netip.Prefix
}

func (r addressRule) contains(ip netip.Addr, sets Sets) (in, known bool) {
	switch {
	case r.set == "":
		return r.prefix.Contains(ip), true
	case sets == nil:
		return false, false
	default:
		return sets.Contains(r.set, ip)
	}
}

// SetUse is a place that refers to a named set.
type SetUse struct{ Pointer, Name string }

// NamedSets lists the sets that the endpoint refers to; pointers begin at the workflow.
func (e *Endpoint) NamedSets() []SetUse {
	return append(setsOf("/allowIPs/", e.allow), setsOf("/denyIPs/", e.deny)...)
}

func setsOf(pointer string, rules []addressRule) []SetUse {
	var uses []SetUse
	for i, r := range rules {
		if r.set != "" {
			uses = append(uses, SetUse{toTrigger + pointer + strconv.Itoa(i), r.set})
		}
	}
	return uses
}

func (c *compiler) addresses(pointer string, texts []string) []addressRule {
	var rules []addressRule
	for i, text := range texts {
		rule, err := parseRule(text)
		if err != nil {
			c.refuse(pointer+"/"+strconv.Itoa(i), "%v", err)
		}
		rules = append(rules, rule)
	}
	return rules
}

func parseRule(text string) (addressRule, error) {
	rule := addressRule{text: text}
	if name, isSet := strings.CutPrefix(text, "@"); isSet {
		if rule.set = name; name == "" {
			return rule, errors.New("needs the name of a set after @")
		}
		return rule, nil
	}
	var err error
	if rule.prefix, err = request.ParseRange(text); err != nil {
		return rule, fmt.Errorf("%w, or a set such as @private", err)
	}
	return rule, nil
}

package webhook

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
)

// Entry is an endpoint in a Table, with what a compiled document does not know.
type Entry struct {
	*Endpoint
	Workflow hookflow.ID
	Revision hookflow.ID
	Number   int  // of the revision
	Enabled  bool // a disabled endpoint is known, but takes nothing but handshakes
}

// Table finds endpoints. It never changes.
type Table struct {
	root  node
	byKey map[string]*Entry
}

// Match is what a Table finds for a request.
type Match struct {
	*Entry
	Pattern string // the one that matched, "" when the endpoint was found by its workflow's key
	Params  hookflow.Params
	Allow   []string // the methods that the path takes, when the request's is not among them
}

// NewTable arranges endpoints, enabled and disabled ones; those that are being set up count as
// disabled. Keep each *[Endpoint] for as long as its revision is the published one: it counts the
// requests of its rate limit.
func NewTable(entries []Entry) *Table {
	t := &Table{byKey: make(map[string]*Entry, len(entries))}
	for i := range entries {
		e := &entries[i]
		t.byKey[e.key] = e
		t.root.add(e.pattern.Parts, e)
	}
	return t
}

// Lookup finds the endpoint of an escaped path below /api/webhooks/: among the enabled ones that
// take the method, the one whose pattern is most specific, segment by segment. When none does, it
// is the one whose provider's handshakes come by the method, or else the most specific enabled one,
// with Allow, or else a disabled one.
func (t *Table) Lookup(method, path string) (Match, bool) {
	segments, ok := request.SplitPath(path)
	if !ok {
		return Match{}, false
	}
	var entries []*Entry
	t.root.find(segments, &entries)
	m, ok := choose(entries, method)
	if ok {
		m.Pattern = m.pattern.String()
		m.Params, _ = m.pattern.MatchSegments(segments)
	}
	return m, ok
}

// LookupKey finds the endpoint of a workflow.
func (t *Table) LookupKey(method, key string) (Match, bool) {
	e, ok := t.byKey[key]
	if !ok {
		return Match{}, false
	}
	return choose([]*Entry{e}, method)
}

func choose(entries []*Entry, method string) (Match, bool) {
	var enabled, disabled, shaking *Entry
	var allow []string
	for _, e := range entries {
		switch {
		case !e.Enabled:
			disabled = cmp.Or(disabled, e)
			continue
		case e.takes(method):
			return Match{Entry: e}, true
		case e.shakesBy(method):
			shaking = cmp.Or(shaking, e)
		}
		enabled = cmp.Or(enabled, e)
		allow = append(allow, e.methods...)
	}
	if e := cmp.Or(shaking, enabled); e != nil {
		slices.Sort(allow)
		return Match{Entry: e, Allow: slices.Compact(allow)}, true
	}
	return Match{Entry: disabled}, disabled != nil
}

// takes reports whether the endpoint takes a method; HEAD is taken where GET is (RFC 9110, section
// 9.3.2).
func (e *Endpoint) takes(method string) bool {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	return slices.Contains(e.methods, method)
}

// shakesBy reports whether handshakes of the endpoint's provider come by a method.
func (e *Endpoint) shakesBy(method string) bool {
	return slices.Contains(e.verifier.Methods(), method)
}

// node is a place in the tree of patterns.
type node struct {
	literal map[string]*node
	param   *node
	rest    []*Entry
	entries []*Entry
}

func (n *node) add(parts []request.Part, e *Entry) {
	switch {
	case len(parts) == 0:
		n.entries = append(n.entries, e)
	case parts[0].Kind == request.Rest:
		n.rest = append(n.rest, e)
	case parts[0].Kind == request.Param:
		if n.param == nil {
			n.param = &node{}
		}
		n.param.add(parts[1:], e)
	default:
		next := n.literal[parts[0].Text]
		if next == nil {
			if n.literal == nil {
				n.literal = map[string]*node{}
			}
			next = &node{}
			n.literal[parts[0].Text] = next
		}
		next.add(parts[1:], e)
	}
}

// find appends the entries whose patterns match, the most specific first. It visits a node of the
// tree at most once.
func (n *node) find(segments []string, found *[]*Entry) {
	if len(segments) == 0 {
		*found = append(*found, n.entries...)
		return
	}
	if next := n.literal[segments[0]]; next != nil {
		next.find(segments[1:], found)
	}
	if segments[0] == "" {
		return
	}
	if n.param != nil {
		n.param.find(segments[1:], found)
	}
	*found = append(*found, n.rest...)
}

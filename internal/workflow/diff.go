package workflow

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Kinds of changes.
const (
	Added   = "added"
	Removed = "removed"
	Moved   = "moved" // to another branch, or among the nodes of its own
	Changed = "changed"
)

// maxChanges bounds a Diff.
const maxChanges = 1000

// Change is one difference between two revisions.
type Change struct {
	Kind string
	Node string // key of the node that it is about; "" for the rest of the document
	// Pointer is where it is: in the newer document, or in the older one for what was removed.
	Pointer string
	Before  value.Value // missing for what was added; the former pointer for what was moved
	After   value.Value // missing for what was removed; the pointer for what was moved
}

// Diff is what became of one revision in another.
type Diff struct {
	From, To  hookflow.Revision
	Changes   []Change // the document's first, then the nodes' in the order of the newer document, then what was removed
	Truncated bool     // there are more
}

// Diff compares two revisions, each a number, "published", or "draft", which is the published one
// when there is none. Nodes are the same when their keys are. Secrets that stand in the documents
// are compared, but shown masked; mask takes out more.
func (s *Service) Diff(ctx context.Context, key, from, to string, mask func(value.Value) value.Value) (*Diff, error) {
	older, err := s.named(ctx, key, "from", from)
	if err != nil {
		return nil, err
	}
	newer, err := s.named(ctx, key, "to", to)
	if err != nil {
		return nil, err
	}
	twin := func(w *Saved) twin {
		return twin{w.Revision.Document, mask(s.masked(w.Revision.Document))}
	}
	c := comparison{}
	c.documents(twin(older), twin(newer))
	return &Diff{From: older.Revision, To: newer.Revision, Changes: c.changes, Truncated: c.truncated}, nil
}

// named finds a revision by its name in a call.
func (s *Service) named(ctx context.Context, key, parameter, name string) (*Saved, error) {
	switch name {
	case "draft":
		return s.Draft(ctx, key)
	case "published":
		w, err := s.Get(ctx, key)
		if err == nil && w.Published == 0 {
			return nil, hookflow.Errorf(hookflow.CodeNotFound, "nothing of the workflow %q is published yet", key)
		}
		return w, err
	}
	number, err := strconv.Atoi(name)
	if err != nil || number < 1 {
		return nil, hookflow.Invalid(parameter + ": must be the number of a revision, published or draft")
	}
	return s.Revision(ctx, key, number)
}

// twin is a value of a document and what is shown of it; the two are of the same shape but for what
// is masked.
type twin struct{ plain, shown value.Value }

func (t twin) get(name string) twin {
	return twin{t.plain.Get(value.Segment(name)), t.shown.Get(value.Segment(name))}
}

func (t twin) items() []twin {
	var items []twin
	for _, item := range t.plain.Items() {
		items = append(items, twin{plain: item})
	}
	for i, item := range t.shown.Items() {
		if i < len(items) {
			items[i].shown = item
		}
	}
	return items
}

// members are by name, and the names in their order.
func (t twin) members() (names []string, members map[string]twin) {
	shown := maps.Collect(t.shown.Members())
	members = map[string]twin{}
	for name, member := range t.plain.Members() {
		if members[name].plain == nil {
			names = append(names, name)
		}
		members[name] = twin{member, shown[name]}
	}
	return names, members
}

// comparison collects changes.
type comparison struct {
	changes   []Change
	truncated bool
}

func (c *comparison) add(change Change) {
	if len(c.changes) == maxChanges {
		c.truncated = true
		return
	}
	c.changes = append(c.changes, change)
}

func (c *comparison) documents(older, newer twin) {
	c.members(spot{}, older, newer, "nodes")
	before, after := placed(older), placed(newer)
	stay := staying(before, after)
	for _, n := range after.all {
		was, known := before.byKey[n.key]
		if !known {
			c.add(Change{Kind: Added, Node: n.key, Pointer: n.pointer, After: n.alone()})
			continue
		}
		if !stay[n.key] {
			c.add(Change{Kind: Moved, Node: n.key, Pointer: n.pointer, Before: value.String(was.pointer), After: value.String(n.pointer)})
		}
		c.members(spot{node: n.key, pointer: n.pointer}, was.twin, n.twin, "branches")
	}
	for _, n := range before.all {
		if _, known := after.byKey[n.key]; !known {
			c.add(Change{Kind: Removed, Node: n.key, Pointer: n.pointer, Before: n.alone()})
		}
	}
}

// maxSpotDepth bounds how deep a comparison looks into values: what differs deeper is shown whole.
const maxSpotDepth = 64

// spot is a place in a document.
type spot struct {
	node    string // key, "" outside of nodes
	pointer string
	depth   int
}

func (s spot) below(name string) spot {
	return spot{s.node, s.pointer + "/" + hookflow.EscapePointer(name), s.depth + 1}
}

// values compares two values at the same place.
func (c *comparison) values(at spot, older, newer twin) {
	a, b := older.plain, newer.plain
	if value.Equal(a, b) || c.truncated {
		return
	}
	kind := b.Kind()
	inside := a.Kind() == kind && at.depth < maxSpotDepth
	before, after := older.items(), newer.items()
	switch {
	case a == nil:
		c.add(Change{Kind: Added, Node: at.node, Pointer: at.pointer, After: newer.shown})
	case b == nil:
		c.add(Change{Kind: Removed, Node: at.node, Pointer: at.pointer, Before: older.shown})
	case inside && kind == value.KindObject:
		c.members(at, older, newer, "")
	case inside && kind == value.KindArray && len(before) == len(after):
		for i := range after {
			c.values(at.below(strconv.Itoa(i)), before[i], after[i])
		}
	default:
		c.add(Change{Kind: Changed, Node: at.node, Pointer: at.pointer, Before: older.shown, After: newer.shown})
	}
}

// members compares the members of two objects but for one of them.
func (c *comparison) members(at spot, older, newer twin, but string) {
	formerNames, former := older.members()
	names, members := newer.members()
	for _, name := range formerNames {
		if _, kept := members[name]; !kept {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if name != but {
			c.values(at.below(name), former[name], members[name])
		}
	}
}

// placedNode is a node and where it is.
type placedNode struct {
	twin
	key     string
	pointer string
	list    string // the branch that it is in, by the key of its node
}

// alone is what is shown of a node without those under it.
func (n placedNode) alone() value.Value {
	var out value.Object
	for name, member := range n.shown.Members() {
		if name != "branches" {
			out.Set(name, member)
		}
	}
	return out.Value()
}

// placedNodes are the nodes of a document.
type placedNodes struct {
	all   []placedNode // in the document's order
	byKey map[string]placedNode
}

func placed(document twin) *placedNodes {
	p := &placedNodes{byKey: map[string]placedNode{}}
	p.walk(document.get("nodes"), "/nodes", "")
	return p
}

func (p *placedNodes) walk(nodes twin, pointer, list string) {
	for i, node := range nodes.items() {
		n := placedNode{twin: node, pointer: pointer + "/" + strconv.Itoa(i), list: list}
		n.key = n.plain.Get("key").Text()
		p.all = append(p.all, n)
		p.byKey[n.key] = n
		names, branches := n.get("branches").members()
		for _, name := range names {
			p.walk(branches[name], n.pointer+"/branches/"+hookflow.EscapePointer(name), n.key+"/"+name)
		}
	}
}

// staying are the nodes that are in the same branch as before, without the fewest that must be taken
// out of each for the others to be in the same order.
func staying(before, after *placedNodes) map[string]bool {
	order := map[string]int{}
	for i, n := range before.all {
		order[n.key] = i
	}
	lists := map[string][]string{}
	for _, n := range after.all {
		if was, known := before.byKey[n.key]; known && was.list == n.list {
			lists[n.list] = append(lists[n.list], n.key)
		}
	}
	stay := map[string]bool{}
	for _, keys := range lists {
		for _, key := range longestRising(keys, order) {
			stay[key] = true
		}
	}
	return stay
}

// longestRising is as many of the keys as can be left for their order to rise.
func longestRising(keys []string, order map[string]int) []string {
	var tails []int // the index with the smallest order that ends a part of each length
	before := make([]int, len(keys))
	for i, key := range keys {
		at, _ := slices.BinarySearchFunc(tails, order[key], func(tail, wanted int) int { return order[keys[tail]] - wanted })
		before[i] = -1
		if at > 0 {
			before[i] = tails[at-1]
		}
		if at == len(tails) {
			tails = append(tails, i)
		} else {
			tails[at] = i
		}
	}
	var rising []string
	for i := tails[len(tails)-1]; i >= 0; i = before[i] {
		rising = append(rising, keys[i])
	}
	return rising
}

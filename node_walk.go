package hookflow

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// WalkNodes calls visit for every node of the tree, parents first, with its
// JSON pointer below base and its depth, counted from 1.
func WalkNodes(nodes []Node, base string, visit func(pointer string, depth int, n *Node)) {
	walkNodes(nodes, base, 1, visit)
}

func walkNodes(nodes []Node, base string, depth int, visit func(string, int, *Node)) {
	for i := range nodes {
		pointer := base + "/" + strconv.Itoa(i)
		visit(pointer, depth, &nodes[i])
		for _, branch := range slices.Sorted(maps.Keys(nodes[i].Branches)) {
			walkNodes(nodes[i].Branches[branch], pointer+"/branches/"+EscapePointer(branch), depth+1, visit)
		}
	}
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

// EscapePointer escapes one member name for a JSON pointer (RFC 6901).
func EscapePointer(name string) string { return pointerEscaper.Replace(name) }

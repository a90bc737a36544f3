package main

import (
	"fmt"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
	_ "github.com/hookflow/hookflow/internal/nodes" // registers the node types
	"github.com/hookflow/hookflow/internal/spec"
)

func nodes(l *language) string {
	var out strings.Builder
	out.WriteString(l.nodesIntro)
	for _, t := range node.Types() {
		fmt.Fprintf(&out, "\n## `%s` — %s\n\n%s\n\n", t.Name, l.text(t.Title), l.text(t.Help))
		fmt.Fprintf(&out, "- %s%s\n", l.effect, l.effects[t.Effect])
		if len(t.Branches) > 0 {
			fmt.Fprintf(&out, "- %s%s\n", l.branches, codes(t.Branches))
		}
		fmt.Fprintf(&out, "- %s%s\n\n", l.result, l.text(t.Result))
		l.fields(&out, spec.Fields(t.Config))
	}
	return out.String()
}

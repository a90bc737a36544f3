package main

import (
	"fmt"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
	_ "github.com/hookflow/hookflow/internal/nodes" // registers the node types
	"github.com/hookflow/hookflow/internal/spec"
)

// nodes is the page that leads to those of the types.
func nodes(l *language) string {
	var out strings.Builder
	out.WriteString(l.nodesIntro)
	var rows [][]string
	for _, t := range node.Types() {
		link := fmt.Sprintf("[`%s`](nodes/%s%s) %s", t.Name, t.Name, l.suffix, l.text(t.Title))
		rows = append(rows, []string{link, l.text(t.Help)})
	}
	table(&out, l.nodesHeader, rows)
	return out.String()
}

// nodeType is the page of one type.
func nodeType(l *language, t *node.Type, examples []example) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# `%s` — %s\n\n%s\n\n", t.Name, l.text(t.Title), l.text(t.Help))
	fmt.Fprintf(&out, "- %s%s\n", l.effect, l.effects[t.Effect])
	if len(t.Branches) > 0 {
		fmt.Fprintf(&out, "- %s%s\n", l.branches, codes(t.Branches))
	}
	fmt.Fprintf(&out, "- %s%s\n\n", l.result, l.text(t.Result))
	l.fields(&out, spec.Fields(t.Config))
	fmt.Fprintf(&out, "\n## %s\n", l.examples)
	for _, e := range examples {
		l.example(&out, e)
	}
	fmt.Fprintf(&out, "\n[%s](../nodes%s)\n", l.backToNodes, l.suffix)
	return out.String()
}

// example writes what a node is given, and what comes of it.
func (l *language) example(out *strings.Builder, e example) {
	fmt.Fprintf(out, "\n### %s\n\n", l.title(e))
	for _, g := range e.given {
		fmt.Fprintf(out, "- `%s`: %s\n", g.name, code(g.text))
	}
	if len(e.given) > 0 {
		out.WriteString("\n")
	}
	fmt.Fprintf(out, "```json\n%s```\n\n%s\n\n```json\n%s```\n", e.config, l.comes, e.want)
}

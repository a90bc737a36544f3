package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/nodes"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// nodeTypes is the page that leads to those of the types.
func nodeTypes(l *language) string {
	var out strings.Builder
	out.WriteString(l.nodesIntro)
	var rows [][]string
	for _, t := range node.Types() {
		link := fmt.Sprintf("[`%s`](nodes/%s%s) %s", t.Name, t.Name, l.suffix, l.text(t.Title))
		rows = append(rows, []string{link, l.text(t.Help)})
	}
	table(&out, l.nodesHeader, rows)
	fmt.Fprintf(&out, "\n## %s\n\n", l.everyNode)
	l.fields(&out, settingsOfNodes())
	return out.String()
}

// settingsOfNodes are the fields that every node has beside its config.
func settingsOfNodes() []spec.Field {
	return slices.DeleteFunc(spec.Fields(reflect.TypeFor[hookflow.Node]()), func(f spec.Field) bool {
		return !slices.Contains(node.Settings(), f.Name)
	})
}

// nodeType is the page of one type.
func nodeType(l *language, t *node.Type) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# `%s` — %s\n\n%s\n\n", t.Name, l.text(t.Title), l.text(t.Help))
	fmt.Fprintf(&out, "- %s%s\n", l.effect, l.effects[t.Effect])
	if branches := l.branchesOf(t); len(branches) > 0 {
		fmt.Fprintf(&out, "- %s%s\n", l.branches, strings.Join(branches, l.separator))
	}
	fmt.Fprintf(&out, "- %s%s\n\n", l.result, l.text(t.Result))
	l.fields(&out, spec.Fields(t.Config))
	l.resultFields(&out, t)
	fmt.Fprintf(&out, "\n## %s\n", l.examples)
	for _, e := range nodes.Examples(t.Name) {
		l.example(&out, e)
	}
	fmt.Fprintf(&out, "\n[%s](../nodes%s)\n", l.backToNodes, l.suffix)
	return out.String()
}

func (l *language) branchesOf(t *node.Type) (branches []string) {
	for _, b := range t.Branches {
		branches = append(branches, code(b.Name)+" "+l.text(b.Title))
	}
	if t.BranchesFrom != "" {
		branches = append(branches, l.branchesFrom+code(t.BranchesFrom))
	}
	if t.Any {
		branches = append(branches, l.anyBranch)
	}
	return branches
}

// resultFields writes the table of what is in a result, when it always holds the
// same.
func (l *language) resultFields(out *strings.Builder, t *node.Type) {
	var rows [][]string
	for name, field := range value.Value(t.ResultSchema).Get("properties").Members() {
		about := node.Text{EN: field.Get("description").Text(), ZH: field.Get("x-zh").Text()}
		rows = append(rows, []string{code(name), typeOf(field), l.text(about) + l.end})
	}
	if len(rows) > 0 {
		fmt.Fprintf(out, "\n%s\n\n", l.resultHas)
		table(out, l.resultHeader, rows)
	}
}

// typeOf names the type of a schema for people.
func typeOf(schema value.Value) string {
	types := schema.Get("type")
	if types == nil {
		return "any"
	}
	names := []string{types.Text()}
	if types.Kind() == value.KindArray {
		names = nil
		for _, name := range types.Items() {
			names = append(names, name.Text())
		}
	}
	return strings.Join(names, ", ")
}

// example writes what a node is given, and what comes of it.
func (l *language) example(out *strings.Builder, e nodes.Example) {
	fmt.Fprintf(out, "\n### %s\n\n", l.text(e.Title))
	for name, v := range e.Given.Members() {
		fmt.Fprintf(out, "- `%s`: %s\n", name, code(compact(v)))
	}
	if e.Given.Len() > 0 {
		out.WriteString("\n")
	}
	fmt.Fprintf(out, "```json\n%s\n```\n\n", e.Config)
	if e.Sent != "" {
		fmt.Fprintf(out, "%s\n\n```text\n%s\n```\n\n", l.sends, strings.TrimRight(e.Sent, "\n"))
	}
	fmt.Fprintf(out, "%s\n\n```json\n%s\n```\n", l.comes, e.Outcome)
}

func compact(v value.Value) string {
	var text bytes.Buffer
	_ = json.Compact(&text, v) // it was parsed before
	return text.String()
}

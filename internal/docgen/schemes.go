package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/verify"
)

// schemes begins with all of them in a table and goes on with each one's settings.
func schemes(l *language) string {
	var out strings.Builder
	out.WriteString(l.schemesIntro)
	var rows [][]string
	for _, s := range verify.Schemes() {
		rows = append(rows, l.scheme(s))
	}
	table(&out, l.schemesHeader, rows)
	for _, s := range verify.Schemes() {
		fmt.Fprintf(&out, "\n## `%s` — %s\n\n%s\n\n", s.Key, l.text(node.Text(s.Title)), l.text(node.Text(s.Doc)))
		l.steps(&out, s.Provider.Steps)
		l.fields(&out, spec.Fields(s.Settings))
	}
	return out.String()
}

// scheme is what is known of a scheme, as one row.
func (l *language) scheme(s *verify.Scheme) []string {
	p := &s.Provider
	return []string{
		code(s.Key) + " " + l.text(node.Text(s.Title)), l.text(node.Text(p.Checks)), l.text(node.Text(p.Handshake)),
		codes(p.ID), deadline(p.Deadline), links(p.Sources),
	}
}

func (l *language) steps(out *strings.Builder, steps []verify.Text) {
	if len(steps) == 0 {
		return
	}
	fmt.Fprintf(out, "### %s\n\n", l.setUp)
	for i, step := range steps {
		fmt.Fprintf(out, "%d. %s\n", i+1, l.text(node.Text(step)))
	}
	out.WriteString("\n")
}

func deadline(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return hookflow.Duration(d).String()
}

// links are numbered pages.
func links(pages []string) string {
	set := make([]string, len(pages))
	for i, page := range pages {
		set[i] = fmt.Sprintf("[%d](%s)", i+1, page)
	}
	return strings.Join(set, " ")
}

package main

import (
	"fmt"
	"strings"

	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/spec"
)

// channels begins with all channel types in a table and goes on with each one's settings.
func channels(l *language) string {
	var out strings.Builder
	out.WriteString(l.channelsIntro)
	var rows [][]string
	for _, t := range channel.Types() {
		rows = append(rows, []string{
			code(t.Name) + " " + l.text(t.Title), codes(names(t.Takes)), codes(names(t.Needs)), links(t.Sources),
		})
	}
	table(&out, l.channelsHeader, rows)
	for _, t := range channel.Types() {
		fmt.Fprintf(&out, "\n## `%s` — %s\n\n%s\n\n", t.Name, l.text(t.Title), l.text(t.Help))
		l.fields(&out, spec.Fields(t.Config))
	}
	return out.String()
}

func names(parts []channel.Part) []string {
	names := make([]string, len(parts))
	for i, part := range parts {
		names[i] = string(part)
	}
	return names
}

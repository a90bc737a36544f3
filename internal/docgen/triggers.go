package main

import (
	"fmt"
	"strings"

	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/workflow"
)

// triggers is the page of the ways to start a workflow.
func triggers(l *language) string {
	var out strings.Builder
	out.WriteString(l.triggersIntro)
	for _, t := range workflow.TriggerTypes() {
		fmt.Fprintf(&out, "\n## `%s` — %s\n\n%s\n\n", t.Name, l.text(t.Title), l.text(t.Help))
		l.fields(&out, spec.Fields(t.Config))
	}
	return out.String()
}

package main

import (
	"fmt"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/verify"
)

func schemes(l *language) string {
	var out strings.Builder
	out.WriteString(l.schemesIntro)
	for _, s := range verify.Schemes() {
		fmt.Fprintf(&out, "\n## `%s` — %s\n\n%s\n\n", s.Key, l.text(node.Text(s.Title)), l.text(node.Text(s.Doc)))
		l.fields(&out, spec.Fields(s.Settings))
	}
	return out.String()
}

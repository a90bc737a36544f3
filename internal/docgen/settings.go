package main

import (
	"strings"

	"github.com/hookflow/hookflow/internal/config"
)

func settings(l *language) string {
	var out strings.Builder
	out.WriteString(l.settingsIntro)
	var rows [][]string
	for _, s := range config.Settings() {
		fallback, doc, expects := l.setting(s)
		if s.Default != "" {
			fallback = code(s.Default)
		}
		rows = append(rows, []string{
			code(s.Flag()), code(s.Variable()), code(s.Name), fallback, doc + l.expects + expects + l.end,
		})
	}
	table(&out, l.settingsHeader, rows)
	return out.String()
}

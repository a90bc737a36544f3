package main

import "strings"

const notice = "<!-- Written by make generate from the code. Change the code, not this page. -->\n\n"

// table writes a Markdown table.
func table(out *strings.Builder, header []string, rows [][]string) {
	line(out, header)
	rule := make([]string, len(header))
	for i := range rule {
		rule[i] = "---"
	}
	line(out, rule)
	for _, row := range rows {
		line(out, row)
	}
}

var cellEscaper = strings.NewReplacer("|", `\|`, "\n", " ")

func line(out *strings.Builder, cells []string) {
	for _, cell := range cells {
		out.WriteString("| " + cellEscaper.Replace(cell) + " ")
	}
	out.WriteString("|\n")
}

// code sets text as code; nothing stays nothing.
func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + text + "`"
}

func codes(texts []string) string {
	set := make([]string, len(texts))
	for i, text := range texts {
		set[i] = code(text)
	}
	return strings.Join(set, ", ")
}

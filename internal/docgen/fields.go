package main

import (
	"slices"
	"strings"

	"github.com/hookflow/hookflow/internal/spec"
)

// fields writes the table of a config's fields.
func (l *language) fields(out *strings.Builder, fields []spec.Field) {
	if len(fields) == 0 {
		out.WriteString(l.noFields + "\n")
		return
	}
	table(out, l.fieldsHeader, l.rows(nil, "", fields))
}

// rows lists fields and, below each, its own as outer.inner.
func (l *language) rows(rows [][]string, outer string, fields []spec.Field) [][]string {
	for _, f := range fields {
		name, again := outer+f.Name, repeated(fields, f.Fields)
		rows = append(rows, []string{code(name), f.Type, l.fallback(f), l.meaning(f, again)})
		if !again {
			rows = l.rows(rows, name+".", f.Fields)
		}
	}
	return rows
}

// repeated reports whether the inner fields are all among the outer ones, as
// those of a condition in a condition are.
func repeated(outer, inner []spec.Field) bool {
	for _, f := range inner {
		if !slices.ContainsFunc(outer, func(o spec.Field) bool { return o.Name == f.Name && o.Type == f.Type }) {
			return false
		}
	}
	return len(inner) > 0
}

func (l *language) fallback(f spec.Field) string {
	if f.Required {
		return l.required
	}
	return code(string(f.Default))
}

func (l *language) meaning(f spec.Field, again bool) string {
	parts := []string{l.doc(f)}
	for _, part := range []struct {
		holds bool
		text  string
	}{
		{len(f.Enum) > 0, l.oneOf + codes(f.Enum)},
		{f.Min != "", l.atLeast + l.bound(f, f.Min)},
		{f.Max != "", l.atMost + l.bound(f, f.Max)},
		{f.Literal, l.literal},
		{f.Secret, l.secret},
		{again, l.repeats},
	} {
		if part.holds {
			parts = append(parts, part.text)
		}
	}
	return strings.Join(parts, l.separator) + l.end
}

// bound writes the least or the most of a field with what it counts.
func (l *language) bound(f spec.Field, bound string) string {
	switch {
	case f.Type == "string":
		return bound + l.characters
	case strings.HasPrefix(f.Type, "list of "), strings.HasPrefix(f.Type, "map of "):
		return bound + l.items
	default:
		return bound
	}
}

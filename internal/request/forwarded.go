package request

import "strings"

// parseForwarded reads the elements of Forwarded headers (RFC 7239, section 4), names in lower
// case. Of a parameter given twice the last counts.
func parseForwarded(elements []string) []map[string]string {
	parsed := make([]map[string]string, 0, len(elements))
	for _, element := range elements {
		parameters := map[string]string{}
		for _, pair := range splitQuoted(element, ';') {
			name, text, _ := strings.Cut(pair, "=")
			parameters[strings.ToLower(strings.TrimSpace(name))] = unquote(strings.TrimSpace(text))
		}
		parsed = append(parsed, parameters)
	}
	return parsed
}

// splitQuoted splits at separators that stand in no quoted string, and trims. Empty parts are left
// out. Where a quoted string has no end, quotes mean nothing: a caller who opens one must not hide
// what a proxy appends.
func splitQuoted(text string, separator byte) []string {
	parts, closed := cutQuoted(text, separator)
	if !closed {
		parts = parts[:0]
		for part := range strings.SplitSeq(text, string(separator)) {
			if part = strings.TrimSpace(part); part != "" {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

func cutQuoted(text string, separator byte) (parts []string, closed bool) {
	start, quoted := 0, false
	for i := 0; i <= len(text); i++ {
		switch {
		case i == len(text) || !quoted && text[i] == separator:
			if part := strings.TrimSpace(text[start:i]); part != "" {
				parts = append(parts, part)
			}
			start = i + 1
		case quoted && text[i] == '\\' && i+1 < len(text):
			i++
		case text[i] == '"':
			quoted = !quoted
		}
	}
	return parts, !quoted
}

// unquote reads a quoted-string (RFC 9110, section 5.6.4); a token is returned as it is.
func unquote(text string) string {
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' {
		return text
	}
	text = text[1 : len(text)-1]
	if !strings.Contains(text, `\`) {
		return text
	}
	plain := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		plain = append(plain, text[i])
	}
	return string(plain)
}

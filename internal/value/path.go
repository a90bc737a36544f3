package value

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Path names a value in a scope: $context.data.commits[0].message. Root keeps its dollar sign.
type Path struct {
	Root     string
	Segments []Segment
}

// Segment is one step of a path. One that is a plain number is an index where it meets an array;
// .0, [0] and ["0"] are the same step.
type Segment string

const (
	maxPathBytes    = 4096
	maxPathSegments = 100
)

// ParsePath reads a path: a root such as $context, then steps, each .name, [0], ["any name"] or
// ['any name']. Names after a dot and roots hold letters and digits of any script, and - _ $ @ #;
// in quotes a backslash makes the next character stand for itself. A path has at most 100 steps
// and 4,096 bytes.
func ParsePath(text string) (Path, error) {
	if len(text) > maxPathBytes {
		return Path{}, fmt.Errorf("path is longer than %d bytes", maxPathBytes)
	}
	root := name(text[min(1, len(text)):])
	if !strings.HasPrefix(text, "$") || root == "" {
		return Path{}, fmt.Errorf("%s is not a path: it must begin with a name such as $context", quote(text))
	}
	path := Path{Root: text[:1+len(root)]}
	for rest := text[len(path.Root):]; rest != ""; {
		if len(path.Segments) == maxPathSegments {
			return Path{}, fmt.Errorf("path has more than %d steps", maxPathSegments)
		}
		segment, size, err := parseSegment(rest)
		if err != nil {
			return Path{}, fmt.Errorf("%s is not a path: %w", quote(text), err)
		}
		path.Segments = append(path.Segments, segment)
		rest = rest[size:]
	}
	return path, nil
}

// parseSegment reads one step and gives its size in text.
func parseSegment(text string) (Segment, int, error) {
	switch {
	case text[0] == '.':
		if n := name(text[1:]); n != "" {
			return Segment(n), 1 + len(n), nil
		}
		return "", 0, fmt.Errorf("no name after the dot at %s", quote(text))
	case strings.HasPrefix(text, `["`) || strings.HasPrefix(text, `['`):
		return parseQuoted(text)
	case text[0] == '[':
		digits := text[1 : 1+len(text[1:])-len(strings.TrimLeft(text[1:], "0123456789"))]
		if digits != "" && strings.HasPrefix(text[1+len(digits):], "]") {
			return Segment(digits), len(digits) + 2, nil
		}
		return "", 0, fmt.Errorf("%s needs a number or a quoted name in brackets", quote(text))
	default:
		return "", 0, fmt.Errorf("a dot or a bracket is expected at %s", quote(text))
	}
}

func parseQuoted(text string) (Segment, int, error) {
	var unquoted strings.Builder
	for i := 2; i < len(text); i++ {
		switch {
		case text[i] == text[1]:
			if !strings.HasPrefix(text[i+1:], "]") {
				return "", 0, fmt.Errorf("no closing bracket in %s", quote(text))
			}
			return Segment(unquoted.String()), i + 2, nil
		case text[i] == '\\' && i+1 < len(text):
			i++
		}
		unquoted.WriteByte(text[i])
	}
	return "", 0, fmt.Errorf("no closing quote in %s", quote(text))
}

// name is the longest start of text that can stand after a dot.
func name(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool { return !inName(r) })
	if end < 0 {
		return text
	}
	return text[:end]
}

func inName(r rune) bool {
	return strings.ContainsRune("-_$@#", r) || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// quote shows the first few characters of text in an error.
func quote(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) <= most {
		return fmt.Sprintf("%q", text)
	}
	return fmt.Sprintf("%q", string([]rune(text)[:most])+"…")
}

// String spells the path so that [ParsePath] reads it back.
func (p Path) String() string {
	var text strings.Builder
	text.WriteString(p.Root)
	for _, s := range p.Segments {
		switch {
		case isDigits(string(s)):
			text.WriteString("[" + string(s) + "]")
		case s != "" && name(string(s)) == string(s):
			text.WriteString("." + string(s))
		default:
			text.WriteString(`["` + quoteEscaper.Replace(string(s)) + `"]`)
		}
	}
	return text.String()
}

var quoteEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

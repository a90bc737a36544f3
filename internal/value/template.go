package value

import (
	"errors"
	"fmt"
	"strings"
)

// MaxRender is the most bytes that a template or tree may render to.
const MaxRender = 64 << 20

// ErrTooLarge is the error of rendering more than [MaxRender] bytes.
var ErrTooLarge = errors.New("the rendered value is larger than 64 MiB")

// Scope gives paths their values; nil for what is missing.
type Scope interface {
	Lookup(Path) Value
}

// Template is one string with paths in it, each between {{ and }}.
type Template struct {
	source Value
	pieces []piece
}

// piece is escaped text or, with a root, a path.
type piece struct {
	text []byte
	path Path
}

func (p piece) isPath() bool { return p.path.Root != "" }

// ParseTemplate reads a JSON string. Between {{ and }} it must hold a path; a {{ that is never
// closed is plain text.
func ParseTemplate(source Value) (Template, error) {
	t := Template{source: source}
	rest := source.inner()
	for {
		open := find(rest, '{', false)
		if open.size == 0 {
			break
		}
		inside := rest[open.at+open.size:]
		end := find(inside, '}', true)
		if end.size == 0 {
			end = find(inside, '}', false)
		}
		if end.size == 0 {
			break
		}
		path, err := ParsePath(strings.TrimSpace(unescape(inside[:end.at])))
		if err != nil {
			return Template{}, fmt.Errorf("between {{ and }}: %w", err)
		}
		t.addText(rest[:open.at])
		t.pieces = append(t.pieces, piece{path: path})
		rest = inside[end.at+end.size:]
	}
	t.addText(rest)
	return t, nil
}

func (t *Template) addText(text []byte) {
	if len(text) > 0 {
		t.pieces = append(t.pieces, piece{text: text})
	}
}

type span struct{ at, size int }

// find looks for c twice in a row in an escaped text, however the text spells it, passing over what
// stands in quotes if asked to. The size is 0 when there is nothing to find.
func find(text []byte, c rune, passQuoted bool) span {
	var quote, last rune
	lastAt := 0
	for i := 0; i < len(text); {
		r, size := nextRune(text[i:])
		switch {
		case quote != 0 && r == '\\' && i+size < len(text):
			_, next := nextRune(text[i+size:])
			size += next
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case passQuoted && (r == '"' || r == '\''):
			quote = r
		case r == c && last == c:
			return span{lastAt, i + size - lastAt}
		}
		last, lastAt = r, i
		i += size
	}
	return span{}
}

// IsWhole reports whether the string is one path and nothing else.
func (t Template) IsWhole() bool { return len(t.pieces) == 1 && t.pieces[0].isPath() }

// IsStatic reports whether the string holds no path.
func (t Template) IsStatic() bool {
	return len(t.pieces) == 0 || len(t.pieces) == 1 && !t.pieces[0].isPath()
}

// Paths lists the paths in their order.
func (t Template) Paths() []Path {
	var paths []Path
	for _, p := range t.pieces {
		if p.isPath() {
			paths = append(paths, p.path)
		}
	}
	return paths
}

// Resolve gives a whole template the value of its path, with its type and spelling and nil when it
// is missing. Otherwise the values are written into the text (as [Value.Text] says, escapes
// untouched) in one pass: what they bring is never looked at again. The only error is [ErrTooLarge].
func (t Template) Resolve(scope Scope) (Value, error) {
	switch {
	case t.IsStatic():
		return t.source, nil
	case t.IsWhole():
		return scope.Lookup(t.pieces[0].path), nil
	}
	text := []byte{'"'}
	for _, p := range t.pieces {
		if p.isPath() {
			text = appendEscapedText(text, scope.Lookup(p.path))
		} else {
			text = append(text, p.text...)
		}
		if len(text) > MaxRender {
			return nil, ErrTooLarge
		}
	}
	return append(text, '"'), nil
}

// appendEscapedText writes v's [Value.Text] into a JSON string.
func appendEscapedText(text []byte, v Value) []byte {
	switch v.Kind() {
	case KindMissing, KindNull:
		return text
	case KindString:
		return append(text, v.inner()...)
	case KindArray, KindObject:
		return append(text, String(string(v)).inner()...)
	default:
		return append(text, v...)
	}
}

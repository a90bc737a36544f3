package value

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// walker steps through the items or members of one array or object, without decoding them.
type walker struct {
	text []byte
	at   int
}

// walk starts on v's content; on another kind the walker is at its end already.
func (v Value) walk(kind Kind) walker {
	if v.Kind() != kind {
		return walker{}
	}
	return walker{text: v, at: 1}
}

// item gives the next item of an array.
func (w *walker) item() (Value, bool) {
	if !w.begin() {
		return nil, false
	}
	start, end := w.at, skipValue(w.text, w.at)
	w.end(end, ',')
	return w.text[start:end:end], true
}

// member gives the next member of an object; its name is still escaped.
func (w *walker) member() (name []byte, member Value, ok bool) {
	if name, ok = w.name(); ok {
		member, ok = w.item()
	}
	return name, member, ok
}

// name gives the next name of an object, still escaped, and leaves the walker before its value.
func (w *walker) name() ([]byte, bool) {
	if !w.begin() || w.text[w.at] != '"' {
		return nil, false
	}
	start, end := w.at, skipString(w.text, w.at)
	if end < start+len(`""`) {
		return nil, false
	}
	w.end(end, ':')
	return w.text[start+1 : end-1], true
}

// begin moves to the start of the next value and reports whether there is one.
func (w *walker) begin() bool {
	w.at = skipSpace(w.text, w.at)
	return w.at < len(w.text) && !endsLiteral[w.text[w.at]]
}

// end moves past the value that ends at i, and the separator behind it.
func (w *walker) end(i int, separator byte) {
	w.at = skipSpace(w.text, i)
	if w.at < len(w.text) && w.text[w.at] == separator {
		w.at++
	}
}

func skipSpace(text []byte, i int) int {
	for i < len(text) && isSpace(text[i]) {
		i++
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// skipValue gives the offset behind the value that starts at i; i itself when none does.
func skipValue(text []byte, i int) int {
	if i >= len(text) {
		return i
	}
	switch text[i] {
	case '"':
		return skipString(text, i)
	case '{', '[':
		return skipNested(text, i)
	}
	for i < len(text) && !endsLiteral[text[i]] {
		i++
	}
	return i
}

var endsLiteral = [256]bool{',': true, ':': true, ']': true, '}': true, ' ': true, '\n': true, '\t': true, '\r': true}

// skipNested counts brackets instead of calling itself, so depth costs nothing.
func skipNested(text []byte, i int) int {
	depth := 0
	for i < len(text) {
		switch text[i] {
		case '"':
			i = skipString(text, i)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		i++
		if depth == 0 {
			return i
		}
	}
	return i
}

// skipString gives the offset behind the string whose opening quote is at i.
func skipString(text []byte, i int) int {
	start := i + 1
	for i = start; ; i++ {
		next := bytes.IndexByte(text[i:], '"')
		if next < 0 {
			return len(text)
		}
		i += next
		if !escaped(text[start:i]) {
			return i + 1
		}
	}
}

// escaped reports whether the byte behind text is escaped by a backslash at its end.
func escaped(text []byte) bool {
	n := 0
	for n < len(text) && text[len(text)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// inner is a string's text between the quotes, still escaped.
func (v Value) inner() []byte {
	if len(v) < 2 {
		return nil
	}
	return v[1 : len(v)-1]
}

// unescape decodes the inside of a JSON string; lone surrogates become U+FFFD.
func unescape(text []byte) string {
	if bytes.IndexByte(text, '\\') < 0 {
		return string(text)
	}
	decoded := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, size := nextRune(text)
		decoded = utf8.AppendRune(decoded, r)
		text = text[size:]
	}
	return string(decoded)
}

// exactText decodes like unescape, but keeps lone surrogates apart from each other.
func exactText(text []byte) string {
	if bytes.IndexByte(text, '\\') < 0 {
		return string(text)
	}
	var decoded []byte
	for len(text) > 0 {
		r, size := nextRune(text)
		if utf16.IsSurrogate(r) {
			decoded = append(decoded, 0xed, byte(r>>6&0x3f|0x80), byte(r&0x3f|0x80)) //nolint:gosec // the lower bits on purpose
		} else {
			decoded = utf8.AppendRune(decoded, r)
		}
		text = text[size:]
	}
	return string(decoded)
}

// nextRune decodes the first character of an escaped text. A lone surrogate comes back as itself.
func nextRune(text []byte) (rune, int) {
	if text[0] != '\\' || len(text) == 1 {
		return utf8.DecodeRune(text)
	}
	if text[1] != 'u' {
		return shortEscape(text[1]), 2
	}
	r, ok := hex4(text)
	if !ok {
		return utf8.RuneError, len(text)
	}
	if utf16.IsSurrogate(r) {
		if low, ok := hex4(text[6:]); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 12
			}
		}
	}
	return r, 6
}

func shortEscape(c byte) rune {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	default:
		return rune(c)
	}
}

// hex4 decodes \uXXXX at the start of text.
func hex4(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range text[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// sameText compares two escaped texts by what they mean, lone surrogates included.
func sameText(a, b []byte) bool {
	if bytes.IndexByte(a, '\\') < 0 && bytes.IndexByte(b, '\\') < 0 {
		return bytes.Equal(a, b)
	}
	for len(a) > 0 && len(b) > 0 {
		ra, na := nextRune(a)
		rb, nb := nextRune(b)
		if ra != rb {
			return false
		}
		a, b = a[na:], b[nb:]
	}
	return len(a) == len(b)
}

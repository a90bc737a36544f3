package request

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// decodeText makes text in a charset (a label of the WHATWG's encoding standard; "" is UTF-8)
// valid UTF-8, with U+FFFD for what is malformed, as browsers do. A byte order mark overrides the
// label and is dropped. Text that is right already is returned as it is.
func decodeText(text []byte, label string) ([]byte, error) {
	charset, err := charsetOf(text, label)
	if err != nil {
		return nil, err
	}
	if charset == unicode.UTF8 {
		text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
		if utf8.Valid(text) {
			return text, nil
		}
	}
	decoded, err := charset.NewDecoder().Bytes(text)
	if err != nil {
		return nil, fmt.Errorf("the text is not in the charset %q: %w", label, err)
	}
	return decoded, nil
}

func charsetOf(text []byte, label string) (encoding.Encoding, error) {
	switch {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		return unicode.UTF8, nil
	case bytes.HasPrefix(text, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nil
	case bytes.HasPrefix(text, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	default:
		return charsetNamed(label)
	}
}

func charsetNamed(label string) (encoding.Encoding, error) {
	if label == "" {
		return unicode.UTF8, nil
	}
	charset, err := htmlindex.Get(label)
	if err != nil {
		return nil, fmt.Errorf("the charset %.40q is not known", label)
	}
	return charset, nil
}

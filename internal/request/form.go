package request

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"github.com/hookflow/hookflow/internal/value"
)

// maxFields bounds the fields of a form, a query or a multipart body.
const maxFields = 10_000

// parseForm reads application/x-www-form-urlencoded as the WHATWG's URL standard does.
func parseForm(in Raw, t contentType) (value.Value, error) {
	charset, err := charsetNamed(t.charset())
	if err != nil {
		return nil, err
	}
	form := string(in.Body)
	if fields := strings.Count(form, "&") + 1; fields > maxFields {
		return nil, fmt.Errorf("the form has %d fields, more than %d", fields, maxFields)
	}
	return parsePairs(form, charset), nil
}

// parseQuery reads a query, at most its first maxFields fields.
func parseQuery(query string) value.Value { return parsePairs(query, unicode.UTF8) }

func parsePairs(pairs string, charset encoding.Encoding) value.Value {
	var root fields
	for n := 0; pairs != "" && n < maxFields; n++ {
		var pair string
		pair, pairs, _ = strings.Cut(pairs, "&")
		if pair == "" {
			continue
		}
		name, text, _ := strings.Cut(pair, "=")
		root.add(unescape(name, charset), value.String(unescape(text, charset)))
	}
	return root.value()
}

// unescape decodes + and %XX; a % that begins no such thing stands for itself.
func unescape(text string, charset encoding.Encoding) string {
	if strings.ContainsAny(text, "%+") {
		text = percentDecode(text)
	}
	if charset == unicode.UTF8 && utf8.ValidString(text) {
		return text
	}
	decoded, err := charset.NewDecoder().String(text)
	if err != nil {
		return text
	}
	return decoded
}

func percentDecode(text string) string {
	decoded := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '+':
			decoded = append(decoded, ' ')
		case text[i] == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			decoded = append(decoded, hexDigit(text[i+1])<<4|hexDigit(text[i+2]))
			i += 2
		default:
			decoded = append(decoded, text[i])
		}
	}
	return string(decoded)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func hexDigit(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

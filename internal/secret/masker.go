package secret

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/hookflow/hookflow/internal/value"
)

// minMasked is the shortest value that is masked, in bytes: hiding every "a" would hide everything.
const minMasked = 4

// Masker puts Mask where a secret's value stands: as it is, escaped for JSON or a URL (once and
// twice) or for HTML, in hex, and in base64 of either alphabet at every alignment, as in a basic
// Authorization header, also inside a URL. The zero Masker masks nothing, for nothing.
type Masker struct {
	values   map[string]bool
	replacer *strings.Replacer
}

// NewMasker returns a Masker of the given values; those under 4 bytes are left out.
func NewMasker(values ...string) *Masker {
	m := &Masker{values: map[string]bool{}}
	forms := map[string]bool{}
	for _, v := range values {
		if len(v) < minMasked {
			continue
		}
		m.values[v] = true
		for _, form := range formsOf(v) {
			forms[form] = true
		}
	}
	if len(forms) > 0 {
		m.replacer = strings.NewReplacer(pairs(forms)...)
	}
	return m
}

// pairs puts the longest forms first: a Replacer takes the first that fits.
func pairs(forms map[string]bool) []string {
	sorted := make([]string, 0, len(forms))
	for form := range forms {
		sorted = append(sorted, form)
	}
	slices.SortFunc(sorted, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	out := make([]string, 0, 2*len(sorted))
	for _, form := range sorted {
		out = append(out, form, Mask)
	}
	return out
}

// Empty reports whether there is nothing to mask.
func (m *Masker) Empty() bool { return m == nil || m.replacer == nil }

// String masks a text.
func (m *Masker) String(s string) string {
	if m.Empty() {
		return s
	}
	return m.replacer.Replace(s)
}

// Bytes masks a text; it returns text itself when there is nothing to mask in it.
func (m *Masker) Bytes(text []byte) []byte {
	if m.Empty() {
		return text
	}
	s := string(text)
	masked := m.replacer.Replace(s)
	if masked == s {
		return text
	}
	return []byte(masked)
}

// JSON masks as Bytes does, but what was valid JSON stays so: a number, an array or an object that is a
// secret becomes the string Mask.
func (m *Masker) JSON(text []byte) []byte {
	masked := m.Bytes(text)
	if bytes.Equal(masked, text) || json.Valid(masked) || !json.Valid(text) {
		return masked
	}
	return m.walk(bytes.TrimSpace(text))
}

func (m *Masker) walk(v value.Value) value.Value {
	kind := v.Kind()
	if kind >= value.KindArray && m.values[string(v)] {
		return value.String(Mask)
	}
	switch kind {
	case value.KindMissing, value.KindNull, value.KindBool:
	case value.KindString:
		return m.Bytes(v)
	case value.KindNumber:
		if masked := m.Bytes(v); !bytes.Equal(masked, v) {
			return value.String(Mask)
		}
	case value.KindArray:
		var out value.Array
		for _, item := range v.Items() {
			out.Append(m.walk(item))
		}
		return out.Value()
	case value.KindObject:
		var out value.Object
		for name, member := range v.Members() {
			out.Set(m.String(name), m.walk(member))
		}
		return out.Value()
	}
	return v
}

// formsOf lists how a value may look in what leaves the program.
func formsOf(v string) []string {
	forms := []string{v, hex.EncodeToString([]byte(v)), strings.ToUpper(hex.EncodeToString([]byte(v)))}
	for _, escaped := range jsonForms(v) {
		forms = append(forms, escaped)
		forms = append(forms, jsonForms(escaped)...)
	}
	for _, escaped := range urlForms(v) {
		forms = append(forms, escaped, url.QueryEscape(escaped))
	}
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		for _, encoded := range base64Forms(encoding, v) {
			forms = append(forms, encoded, url.QueryEscape(encoded))
		}
	}
	return append(forms, html.EscapeString(v))
}

// jsonForms are the insides of the JSON strings that Go and JavaScript write for v.
func jsonForms(v string) []string {
	safe, err := json.Marshal(v) // for HTML
	if err != nil {
		return nil
	}
	plain := value.String(v)
	return []string{string(safe[1 : len(safe)-1]), string(plain[1 : len(plain)-1])}
}

var percentEscape = regexp.MustCompile(`%[0-9A-F]{2}`)

// urlForms are v in a query, in a path and as JavaScript's encodeURIComponent has it, with capital
// and small hex digits.
func urlForms(v string) []string {
	query := url.QueryEscape(v)
	space := strings.ReplaceAll(query, "+", "%20")
	component := strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(space)
	forms := []string{query, space, component, url.PathEscape(v)}
	for _, form := range forms[:4:4] {
		forms = append(forms, percentEscape.ReplaceAllStringFunc(form, strings.ToLower))
	}
	return forms
}

// base64Forms are the characters that v alone decides in the base64 of a longer text, for each of the
// three places where it may begin, and the ending it has when the text ends with it.
func base64Forms(encoding *base64.Encoding, v string) []string {
	var forms []string
	for before := range 3 {
		padded := encoding.EncodeToString(append(make([]byte, before), v...))
		bare := strings.TrimRight(padded, "=")
		first := (before*8 + 5) / 6 // characters that hold bits of what stands before
		decided := (before + len(v)) * 8 / 6
		forms = append(forms, padded[first:], bare[first:], bare[first:decided])
	}
	return forms
}

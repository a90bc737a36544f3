package verify

import (
	"net/url"
	"strings"

	"github.com/hookflow/hookflow/internal/value"
)

// place is where in a request something stands: one of its fields is set. A header may be several
// with commas between, and hold {n} for any number.
type place struct{ header, query, json, form string }

func (p place) String() string {
	switch {
	case p.query != "":
		return "the query parameter " + p.query
	case p.json != "":
		return p.json + " in the body"
	case p.form != "":
		return "the form field " + p.form
	default:
		return "the header " + p.header
	}
}

// count tells how many places p names: it should be one.
func (p place) count() int {
	n := 0
	for _, name := range []string{p.header, p.query, p.json, p.form} {
		if name != "" {
			n++
		}
	}
	return n
}

// read gives all that stands there.
func (p place) read(s *signed) []string {
	switch {
	case p.query != "":
		return s.query(p.query)
	case p.json != "":
		path, _ := bodyPath(p.json) // checked when it was compiled
		return nonempty(s.json().Get(path.Segments...).Text())
	case p.form != "":
		return s.form()[p.form]
	case strings.ContainsAny(p.header, ",{"):
		return s.headersLike(strings.Split(p.header, ","))
	default:
		return s.header(p.header)
	}
}

func (p place) credentials() Credentials {
	switch {
	case p.query != "":
		return Credentials{Query: []string{p.query}}
	case p.header != "":
		return Credentials{Headers: []string{p.header}}
	default:
		return Credentials{}
	}
}

// bodyPath reads a path below the body.
func bodyPath(text string) (value.Path, error) {
	if strings.HasPrefix(text, "[") {
		return value.ParsePath("$body" + text)
	}
	return value.ParsePath("$body." + text)
}

// isBodyPath tells whether text is such a path, or nothing.
func isBodyPath(text string) bool {
	_, err := bodyPath(text)
	return err == nil || text == ""
}

// headersLike gives the lines of all headers whose name is one of the patterns.
func (r *Request) headersLike(patterns []string) []string {
	var lines []string
	for _, h := range r.Headers {
		for _, pattern := range patterns {
			if isLike(h.Name, strings.TrimSpace(pattern)) {
				lines = append(lines, h.Value)
			}
		}
	}
	return lines
}

// isLike compares a header's name with a pattern, in which {n} is a number.
func isLike(name, pattern string) bool {
	before, after, numbered := strings.Cut(pattern, "{n}")
	if !numbered {
		return strings.EqualFold(name, pattern)
	}
	digits := len(name) - len(before) - len(after)
	return digits > 0 && strings.EqualFold(name[:len(before)], before) && strings.EqualFold(name[len(name)-len(after):], after) &&
		strings.Trim(name[len(before):len(before)+digits], "0123456789") == ""
}

// signed is a request with what is read from it to check its signature.
type signed struct {
	*Request
	timestamp string
	secret    string
	document  *value.Value
	fields    *url.Values
}

// json is the body; of one that is no JSON every path is missing.
func (s *signed) json() value.Value {
	if s.document == nil {
		parsed, err := value.Parse(s.Body)
		if err != nil {
			parsed = nil
		}
		s.document = &parsed
	}
	return *s.document
}

// form is the body as a form, as far as it is one.
func (s *signed) form() url.Values {
	if s.fields == nil {
		parsed, _ := url.ParseQuery(string(s.Body)) // what is malformed is missing
		s.fields = &parsed
	}
	return *s.fields
}

func nonempty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

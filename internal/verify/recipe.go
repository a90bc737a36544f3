package verify

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Recipe says how a program that has the secret gives one request its proof: all of the request but
// Set stays as it is.
type Recipe struct {
	Request  *Request
	Basic    bool // basic authentication, by Username and the secret
	Username string
	// Digest is how the signature is made over Content; nil: none is.
	Digest  *MAC
	Content []Part
	// Encoding is how the signature is written: hex, base64 or base64url.
	Encoding string
	TimeUnit string // of PartTime: s, ms or rfc3339
	Headers  []Line
	Query    []Line
}

// Line is a header or a query parameter that a Recipe sets.
type Line struct {
	Name  string
	Parts []Part
}

// Part is a piece of a text. Text is only that of PartText.
type Part struct {
	Kind PartKind
	Text string
}

// PartKind says what a Part is.
type PartKind int

// The kinds of parts.
const (
	PartText PartKind = iota
	PartBody
	PartTime
	PartSecret
	PartSignature
)

// Recipe says how to sign the request; nil when that cannot be said in a few lines, or nobody but
// the sender can.
func (v *Verifier) Recipe(req *Request, scope value.Scope) *Recipe {
	if v.recipe == nil {
		return nil
	}
	own := *req
	own.Headers = slices.Clone(req.Headers)
	return v.recipe(&Signed{Request: &own}, scope)
}

// recipe leaves out what puts the proof into the body, or its place into the URL that is signed.
func (e *engine) recipe(s *Signed, written []string) *Recipe {
	inBody := e.from.json != "" || e.from.form != "" || e.Timestamp != nil && e.Timestamp.JSON != ""
	inURL := e.from.query != "" || e.Timestamp != nil && e.Timestamp.Query != ""
	mac, ok := e.mac(written)
	if !ok || inBody || inURL && e.uses("url") || e.fill(s) != nil {
		return nil
	}
	r := &Recipe{Request: s.Request, Digest: &mac, Encoding: e.Encoding, Content: e.contents[0].parts(s.Request)}
	line := e.line()
	for i := range line {
		if line[i].Kind == PartSignature && e.Prefix != "" {
			line = slices.Insert(line, i, Part{PartText, e.Prefix})
			break
		}
	}
	r.set(e.from, line)
	if e.Timestamp != nil {
		r.TimeUnit = e.Timestamp.Unit
		r.set(e.Timestamp.place(), []Part{{Kind: PartTime}})
	}
	return r
}

// mac is how the first secret signs.
func (e *engine) mac(written []string) (MAC, bool) {
	switch by := e.method.(type) {
	case MAC:
		return by, true
	case looseMAC:
		return by.of(cmp.Or(append(slices.Clone(written), by.SecretPrefix)...)), true
	default:
		return MAC{}, false
	}
}

// set adds a line where a place is a header or a query parameter.
func (r *Recipe) set(at place, parts []Part) {
	switch {
	case at.query != "":
		r.Query = append(r.Query, Line{at.query, parts})
	case at.header != "":
		r.Headers = append(r.Headers, Line{at.headerName(), parts})
	}
}

// parts are the pieces of a content over a request. All but the body, the time and the secret are
// known.
func (c *content) parts(req *Request) []Part {
	var parts []Part
	s := &signed{Request: req}
	for _, p := range c.pieces {
		part := Part{Kind: kindsOfPieces[p.name]}
		if part.Kind == PartText {
			var text bytes.Buffer
			p.write(&text, s)
			part.Text = text.String()
		}
		parts = append(parts, part)
	}
	return parts
}

var kindsOfPieces = map[string]PartKind{"body": PartBody, "ts": PartTime, "secret": PartSecret}

// formRecipe is for signatures of HMAC-SHA1 over a text that is known.
func formRecipe(req *Request, header, content string) *Recipe {
	mac := MAC{Algorithm: "sha1"}.complete()
	return &Recipe{
		Request: req, Digest: &mac, Encoding: "base64", Content: []Part{{PartText, content}},
		Headers: []Line{{header, []Part{{Kind: PartSignature}}}},
	}
}

// Rest are the headers of the request that the Recipe does not set.
func (r *Recipe) Rest() []hookflow.Header {
	return slices.DeleteFunc(slices.Clone(r.Request.Headers), func(h hookflow.Header) bool {
		return slices.ContainsFunc(r.Headers, func(l Line) bool { return isLike(h.Name, l.Name) })
	})
}

package verify

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Signed is a request with the proof that its sender would give it. Whoever sees the proof could use
// it for what they have chosen to be signed.
type Signed struct {
	*Request
	Proof  Credentials // the headers and query parameters that hold the proof
	InBody bool        // the body holds it, or what it was made of is encrypted there
}

// privateKey says why nobody but the sender can sign.
var privateKey = Text{
	"Only the sender can sign: it does so with a private key, and its public key is all that is known here.",
	"仅发送方能够签名：它使用自己的私钥，此处只有其公钥。",
}

// CanSign reports whether Sign is possible, and if not why.
func (v *Verifier) CanSign() (why Text, ok bool) {
	if v.sign == nil {
		return privateKey, false
	}
	return Text{}, true
}

// Sign makes of a request the one that the sender would send at req.Now, with the first of the
// secrets. What is missing and is signed too, such as the id of a message, is made up; what proved
// the request before is replaced. CodeConflict says why it cannot be signed; a request that Sign
// returns is one that Verify lets pass.
func (v *Verifier) Sign(ctx context.Context, req *Request, scope value.Scope) (*Signed, error) {
	if why, ok := v.CanSign(); !ok {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "%s", why.EN)
	}
	for _, path := range v.unset(scope) {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "%s is not set", path)
	}
	own := *req
	own.Headers = slices.Clone(req.Headers)
	s := &Signed{Request: &own}
	if err := v.sign(s, scope); err != nil {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "the request cannot be signed: %w", err)
	}
	for _, check := range v.Verify(ctx, s.Request, scope).Report.Checks {
		if !check.OK {
			return nil, hookflow.Errorf(hookflow.CodeConflict, "the request cannot be signed with these settings: %s", check.Detail)
		}
	}
	return s, nil
}

// setHeader replaces a header.
func (s *Signed) setHeader(name, text string) {
	s.Headers = slices.DeleteFunc(s.Headers, func(h hookflow.Header) bool { return strings.EqualFold(h.Name, name) })
	s.Headers = append(s.Headers, hookflow.Header{Name: name, Value: text})
}

// proveInHeader is setHeader for what nobody may see.
func (s *Signed) proveInHeader(name, text string) {
	s.setHeader(name, text)
	s.Proof.Headers = append(s.Proof.Headers, name)
}

// setQuery replaces a query parameter, and leaves the others as they are written.
func (s *Signed) setQuery(name, text string) {
	var pairs []string
	for pair := range strings.SplitSeq(s.Query, "&") {
		written, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(written); pair != "" && (err != nil || plain != name) {
			pairs = append(pairs, pair)
		}
	}
	pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(text))
	base, _, _ := strings.Cut(s.URL, "?")
	s.Query = strings.Join(pairs, "&")
	s.URL = base + "?" + s.Query
}

// proveInQuery is setQuery for what nobody may see.
func (s *Signed) proveInQuery(name, text string) {
	s.setQuery(name, text)
	s.Proof.Query = append(s.Proof.Query, name)
}

// put writes a text to a place. Of a header with several names the first counts.
func (p place) put(s *Signed, text string) error {
	switch {
	case p.query != "":
		s.setQuery(p.query, text)
	case p.json != "":
		path, _ := bodyPath(p.json) // checked when it was compiled
		return s.setMember(path.Segments, value.String(text))
	case p.form != "":
		fields, err := url.ParseQuery(string(s.Body))
		if err != nil {
			return fmt.Errorf("the body is no form: %w", err)
		}
		fields.Set(p.form, text)
		s.Body = []byte(fields.Encode())
	default:
		s.setHeader(p.headerName(), text)
	}
	return nil
}

// prove is put for what nobody may see.
func (p place) prove(s *Signed, text string) error {
	switch {
	case p.query != "":
		s.Proof.Query = append(s.Proof.Query, p.query)
	case p.header != "":
		s.Proof.Headers = append(s.Proof.Headers, p.headerName())
	default:
		s.InBody = true
	}
	return p.put(s, text)
}

// headerName is the first name that the header may have.
func (p place) headerName() string {
	name, _, _ := strings.Cut(p.header, ",")
	return strings.Replace(name, "{n}", "1", 1)
}

// setMember puts a member into the JSON object that the body is.
func (s *Signed) setMember(path []value.Segment, member value.Value) error {
	body, err := value.Parse(s.Body)
	if err != nil || body.Kind() != value.KindObject {
		return fmt.Errorf("the body must be a JSON object, since its member %s is part of what is signed", path[0])
	}
	s.Body = withMember(body, path, member)
	return nil
}

// withMember is an object with a member, of an object in it where the path goes on.
func withMember(v value.Value, path []value.Segment, member value.Value) value.Value {
	name := string(path[0]) //nolint:gosec // no path is empty
	if len(path) > 1 {
		member = withMember(v.Get(path[0]), path[1:], member)
	}
	var out value.Object
	for n, m := range v.Members() {
		out.Set(n, m)
	}
	return out.Set(name, member).Value()
}

// withItems is the body with every item of a list in it changed.
func (s *Signed) withItems(list value.Segment, change func(value.Value) value.Value) error {
	body, err := value.Parse(s.Body)
	if err != nil || body.Get(list).Len() == 0 {
		return fmt.Errorf("the body must be a JSON object with a list %s", list)
	}
	var items value.Array
	for _, item := range body.Get(list).Items() {
		items.Append(change(item))
	}
	s.Body, s.InBody = withMember(body, []value.Segment{list}, items.Value()), true
	return nil
}

// formatTime is the opposite of parseTime.
func formatTime(at time.Time, unit string) string {
	switch unit {
	case "rfc3339":
		return at.UTC().Format(time.RFC3339)
	case "ms":
		return strconv.FormatInt(at.UnixMilli(), 10)
	default:
		return strconv.FormatInt(at.Unix(), 10)
	}
}

// nonce is a text that no other request has.
func nonce() string { return "test_" + rand.Text()[:16] }

package verify

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
)

// maxSignatures bounds the signatures of one request that are looked at.
const maxSignatures = 100

const (
	fiveMinutes = hookflow.Duration(5 * time.Minute)
	tenMinutes  = hookflow.Duration(10 * time.Minute)
	hour        = hookflow.Duration(time.Hour)
)

// engine checks the signatures of a Rule that were made by a method.
type engine struct {
	Rule
	from     place
	method   method
	contents []*content // any of them may be what is signed
}

// newEngine compiles a complete Rule; also are further contents that the sender may have signed.
func newEngine(rule Rule, by method, also ...string) (*engine, []hookflow.Problem) {
	e := &engine{Rule: rule, from: rule.signature(), method: by}
	var problems []hookflow.Problem
	for _, text := range append([]string{rule.Content}, also...) {
		parsed, err := parseContent(text)
		if err != nil {
			return nil, []hookflow.Problem{{Pointer: "/content", Detail: err.Error()}}
		}
		e.contents = append(e.contents, parsed)
		problems = append(problems, rule.check(parsed.uses)...)
		if mac, ok := by.(MAC); ok && mac.Kind == "digest" && !parsed.uses["secret"] {
			problems = append(problems, hookflow.Problem{Pointer: "/content", Detail: "needs {secret}: without it anyone can make the digest"})
		}
	}
	return e, problems
}

// check finds what does not go together in a Rule whose content uses these placeholders.
func (r *Rule) check(uses map[string]bool) (problems []hookflow.Problem) {
	refuse := func(wrong bool, pointer, detail string) {
		if wrong {
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: detail})
		}
	}
	refuse(r.signature().count() > 1 && r.Query != "", "/query", "only one of header, query, json and form can hold the signature")
	refuse(r.signature().count() > 1 && r.Query == "", "/header", "only one of header, query, json and form can hold the signature")
	refuse(!isBodyPath(r.JSON), "/json", "is no path such as signature.value")
	if t := r.Timestamp; t == nil {
		refuse(uses["ts"], "/timestamp", "is required for {ts} in content")
	} else {
		refuse(!isBodyPath(t.JSON), "/timestamp/json", "is no path such as signature.timestamp")
		sources := t.place().count()
		refuse(sources > 1 || (sources == 0) == (t.Key == ""), "/timestamp/header", "one of header, key, query and json is required")
		refuse(!t.isSigned(uses), "/content", "does not sign the timestamp: put {ts} into it")
		refuse(r.Key == "" && t.Key != "", "/key", "is required beside timestamp.key")
	}
	refuse(r.Key != "" && r.KeyValueSeparator == "", "/keyValueSeparator", "is required beside key")
	return problems
}

// isSigned tells whether a content with these placeholders holds the timestamp.
func (t *Timestamp) isSigned(uses map[string]bool) bool {
	return uses["ts"] || uses["h"] || t.JSON != "" && (uses["body"] || uses["json"]) || t.Query != "" && (uses["url"] || uses["q"])
}

// judge reports on the signature and its time, and gives the secret that made it, "" for none.
func (e *engine) judge(req *Request, written []string, v *Verdict) (secret string) {
	keys := e.keys(written, v)
	if len(keys) == 0 {
		v.failAs("missing_secret", "secret", "no secret is set", "Set the secret that the sender signs with.")
		return ""
	}
	s := &signed{Request: req}
	signatures, ok := e.read(s, v)
	if !ok {
		e.hint(req, written, v)
		return ""
	}
	matching := e.match(s, keys, signatures)
	if matching < 0 {
		v.failAs("signature_mismatch", "signature", fmt.Sprintf("the signature in %s is not that of these %d bytes with this key", e.from, len(req.Body)),
			"Compare the key with the one at the sender, and see that no proxy changes the body.")
		e.hint(req, written, v)
		return ""
	}
	v.pass("signature", fmt.Sprintf("%s matches with key %d of %d", e.from, matching+1, len(keys)))
	e.judgeTime(req.Now, s.timestamp, v)
	return keys[matching].written
}

func (e *engine) keys(written []string, v *Verdict) []*key {
	var keys []*key
	for i, text := range written {
		k, err := e.method.key(text)
		if err != nil {
			v.failAs("malformed_secret", "secret", fmt.Sprintf("key %d %s", i+1, err), "Copy the key again as the sender shows it.")
		} else if k != nil {
			keys = append(keys, k)
		}
	}
	return keys
}

// match gives the index of the first key that made one of the signatures, or -1.
func (e *engine) match(s *signed, keys []*key, signatures [][]byte) int {
	found := -1
	for i, k := range keys {
		s.secret = k.written
		for _, c := range e.contents {
			made := e.method.signed(k, func(to io.Writer) { c.write(to, s) }, signatures)
			if made && found < 0 {
				found = i
			}
		}
	}
	return found
}

// read finds the signatures and, into s, the timestamp; or reports why there are none.
func (e *engine) read(s *signed, v *Verdict) (signatures [][]byte, ok bool) {
	lines := e.from.read(s)
	if strings.Join(lines, "") == "" {
		v.failAs("missing_signature", "signature", e.from.String()+" is missing", "Set the secret at the sender, so that it signs.")
		return nil, false
	}
	for _, line := range lines {
		signatures = e.readLine(line, s, signatures)
	}
	if len(signatures) == 0 {
		v.failAs("malformed_signature", "signature", e.from.String()+" is malformed: it should hold "+e.form(), "Compare the settings with how the sender signs.")
		return nil, false
	}
	return signatures, e.readTime(s, v) && e.readNeeds(s, v)
}

func (e *engine) readTime(s *signed, v *Verdict) bool {
	if e.Timestamp == nil {
		return true
	}
	where := "the part " + e.Timestamp.Key + " of the signature"
	if from := e.Timestamp.place(); from.count() > 0 {
		where = from.String()
		s.timestamp = first(from.read(s))
	}
	if s.timestamp == "" {
		v.failAs("missing_timestamp", "timestamp", where+" is missing", "Compare the settings with how the sender signs.")
	}
	return s.timestamp != ""
}

// readNeeds sees that the headers and parameters that are signed are there.
func (e *engine) readNeeds(s *signed, v *Verdict) bool {
	for _, c := range e.contents {
		for _, needed := range c.needs {
			if first(needed.read(s)) == "" {
				v.failAs("missing_signature", "signature", needed.String()+", which is signed, is missing", "See that no proxy removes it.")
				return false
			}
		}
	}
	return true
}

func (e *engine) readLine(line string, s *signed, found [][]byte) [][]byte {
	parts := []string{line}
	if e.ListSeparator != "" {
		parts = strings.Split(line, e.ListSeparator)
	}
	for _, part := range parts {
		text := strings.TrimSpace(part)
		if e.Key != "" {
			name, rest, _ := strings.Cut(text, e.KeyValueSeparator)
			if e.Timestamp != nil && name == e.Timestamp.Key && s.timestamp == "" {
				s.timestamp = rest
			}
			if name != e.Key {
				continue
			}
			text = rest
		}
		if signature, ok := e.readSignature(text); ok && len(found) < maxSignatures {
			found = append(found, signature)
		}
	}
	return found
}

// readSignature takes a signature out of its prefix. One that is written wrongly is an empty one,
// which nothing has.
func (e *engine) readSignature(text string) (signature []byte, ok bool) {
	if plain, err := url.PathUnescape(text); e.URLEncoded && err == nil {
		text = plain
	}
	text, ok = strings.CutPrefix(text, e.Prefix)
	if !ok || text == "" {
		return nil, false
	}
	decoded, err := decodings[e.Encoding](text)
	if err != nil || e.Encoding == "hex" && e.HexCase != "any" && text != strings.ToLower(text) {
		return nil, true
	}
	return decoded, true
}

// form describes a signature to people.
func (e *engine) form() string {
	return e.Key + e.KeyValueSeparator + e.Prefix + "<" + e.Encoding + ">"
}

func (e *engine) judgeTime(now time.Time, text string, v *Verdict) {
	if e.Timestamp == nil || e.Timestamp.Tolerance == 0 {
		return
	}
	at, err := parseTime(text, e.Timestamp.Unit)
	if err != nil {
		v.failAs("malformed_timestamp", "timestamp", fmt.Sprintf("the timestamp %.40q is malformed: it should be in %s", text, e.Timestamp.Unit), "Correct the unit of the timestamp.")
		return
	}
	judgeAge(now.Sub(at), e.Timestamp.Tolerance.Std(), cmp.Or(e.Timestamp.Future, e.Timestamp.Tolerance).Std(), e.otherUnit(now, text), v)
}

// judgeAge reports on a time that is so long ago.
func judgeAge(age, tolerance, future time.Duration, remedy string, v *Verdict) {
	age = age.Round(time.Millisecond)
	switch {
	case age > tolerance:
		v.failAs("timestamp_expired", "timestamp", fmt.Sprintf("the signature is right, but was made %s ago, more than %s", age, tolerance), remedy)
	case age < -future:
		v.failAs("timestamp_expired", "timestamp", fmt.Sprintf("the signature is right, but was made %s in the future, more than %s", age.Abs(), future), remedy)
	default:
		v.pass("timestamp", fmt.Sprintf("signed within %s", tolerance))
	}
}

// otherUnit says what to do about a timestamp that is far from now.
func (e *engine) otherUnit(now time.Time, text string) string {
	for _, unit := range []string{"s", "ms", "rfc3339"} {
		at, err := parseTime(text, unit)
		if err == nil && unit != e.Timestamp.Unit && now.Sub(at).Abs() <= e.Timestamp.Tolerance.Std() {
			return "The timestamp is in " + unit + ": correct its unit."
		}
	}
	return "See that the clocks are right, or allow more time with tolerance."
}

func parseTime(text, unit string) (time.Time, error) {
	if unit == "rfc3339" {
		return time.Parse(time.RFC3339, text)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if unit == "ms" {
		return time.UnixMilli(n), err
	}
	return time.Unix(n, 0), err
}

func first(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}

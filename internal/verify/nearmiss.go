package verify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// NearMiss begins the codes of checks that say what would have matched.
const NearMiss = "near_miss_"

const (
	maxGuesses      = 30      // of one request
	maxGuessedBytes = 4 << 20 // that they may sign together
)

// guess is a way in which a sender and an endpoint often differ.
type guess struct {
	code   string
	detail string
	remedy string
	// change makes the trial the way the sender may do it; false when that is the same again.
	change func(*trial) bool
}

// trial is what a guess may change; all of it is a copy.
type trial struct {
	engine engine
	req    Request
	keys   []string
}

// hint looks for a small difference that makes a refused signature right, and reports it. It is
// worth its work only after a mismatch, and bounded: anyone can bring one about.
func (e *engine) hint(req *Request, keys []string, v *Verdict) {
	if len(e.from.read(&signed{Request: req})) == 0 {
		return
	}
	left := min(maxGuesses, maxGuessedBytes/max(1, len(req.Body)))
	for _, g := range slices.Concat(secretGuesses, signatureGuesses, bodyGuesses, urlGuesses) {
		a := &trial{*e, *req, slices.Clone(keys)}
		if !g.change(a) {
			continue
		}
		if left--; left < 0 {
			return
		}
		if a.matches() {
			v.failAs(g.code, "near miss", "the signature would match "+g.detail, g.remedy)
			return
		}
	}
}

func (a *trial) matches() bool {
	var unsaid Verdict
	s := &signed{Request: &a.req}
	keys := a.engine.keys(a.keys, &unsaid)
	signatures, ok := a.engine.read(s, &unsaid)
	return ok && a.engine.match(s, keys, signatures) >= 0
}

const previousRemedy = "The sender still has the previous secret: enter the new one there, or list both as secrets meanwhile."

func (r *Request) previous() string {
	if r.Previous == nil {
		return ""
	}
	return r.Previous()
}

// secretGuesses are about how the secret is kept here.
var secretGuesses = []guess{
	{
		"near_miss_previous", "with the secret before its last change", previousRemedy,
		func(a *trial) bool {
			previous := a.req.previous()
			a.keys = []string{previous}
			return previous != ""
		},
	},
	{
		"near_miss_secret_blanks", "without the blanks around the secret", "Store the secret again without blanks or a line end.",
		func(a *trial) bool { return a.changeKeys(strings.TrimSpace) },
	},
	{
		"near_miss_secret_prefix", "without whsec_ before the secret", "Leave whsec_ out of the secret, or set secretPrefix.",
		func(a *trial) bool {
			return a.changeKeys(func(k string) string { return strings.TrimPrefix(k, "whsec_") })
		},
	},
	secretAs("utf8", ""), secretAs("hex", ""), secretAs("base64", ""), secretAs("base64url", ""), secretAs("base64", "whsec_"),
}

func secretAs(encoding, prefix string) guess {
	return guess{
		"near_miss_secret_encoding", strings.TrimSuffix("with the secret read as "+encoding+" after "+prefix, " after "),
		"The sender takes its secret as " + encoding + ": compare secretEncoding, or whether this is the right scheme.",
		func(a *trial) bool {
			return a.changeMAC(func(m *MAC) { m.SecretEncoding, m.SecretPrefix = encoding, prefix })
		},
	}
}

// signatureGuesses are about how the signature is made and written.
var signatureGuesses = []guess{
	hashedBy("sha1"), hashedBy("sha256"), hashedBy("sha384"), hashedBy("sha512"),
	writtenIn("hex"), writtenIn("base64"), writtenIn("base64url"),
	{
		"near_miss_signature_case", "if hex in upper case were allowed", "Have no proxy change the case of the signature, or set hexCase: any.",
		func(a *trial) bool {
			changed := a.engine.Encoding == "hex" && a.engine.HexCase != "any"
			a.engine.HexCase = "any"
			return changed
		},
	},
	{
		"near_miss_prefix", "without its prefix", "The sender writes the bare signature: compare prefix, or whether this is the right scheme.",
		func(a *trial) bool {
			changed := a.engine.Prefix != ""
			a.engine.Prefix = ""
			return changed
		},
	},
	{
		"near_miss_digest", "as a plain digest, or as an HMAC", "The sender makes the other kind of signature: compare kind, or whether this is the right scheme.",
		func(a *trial) bool {
			return strings.Contains(a.engine.Content, "{secret}") && a.changeMAC(func(m *MAC) {
				m.Kind = map[string]string{"hmac": "digest", "digest": "hmac"}[m.Kind]
			})
		},
	},
	{
		"near_miss_content", "over the body alone", "The sender signs only the body: compare content, or whether this is the right scheme.",
		func(a *trial) bool { return a.changeContent("{body}") },
	},
}

func hashedBy(algorithm string) guess {
	return guess{
		"near_miss_algorithm", "with " + algorithm, "The sender uses " + algorithm + ": compare algorithm, or whether this is the right scheme.",
		func(a *trial) bool { return a.changeMAC(func(m *MAC) { m.Algorithm = algorithm }) },
	}
}

func writtenIn(encoding string) guess {
	return guess{
		"near_miss_encoding", "if it is read as " + encoding, "The sender writes its signature in " + encoding + ": compare encoding, or whether this is the right scheme.",
		func(a *trial) bool {
			changed := a.engine.Encoding != encoding
			a.engine.Encoding = encoding
			return changed
		},
	}
}

const bodyRemedy = "Something between the sender and here changes the body: have it passed on byte for byte."

// bodyGuesses are about what a proxy did to the body.
var bodyGuesses = []guess{
	bodyAs("newline_removed", "if the body's last line end had not been added", func(b []byte) []byte { return bytes.TrimRight(b, "\r\n") }),
	bodyAs("newline_added", "if the body's last line end had not been removed", func(b []byte) []byte { return append(bytes.Clone(b), '\n') }),
	bodyAs("blanks", "without the blanks around the body", bytes.TrimSpace),
	bodyAs("crlf", "with the body's line ends as CRLF", func(b []byte) []byte {
		return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
	}),
	bodyAs("lf", "with the body's line ends as LF", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }),
	bodyAs("compact", "over the body's JSON without blanks", func(b []byte) []byte {
		var out bytes.Buffer
		_ = json.Compact(&out, b) // of no JSON it is empty
		return out.Bytes()
	}),
	bodyAs("indented", "over the body's JSON with two blanks of indentation", indent),
	bodyAs("escaped", "over the body's JSON with other than ASCII as \\u escapes", escapeUnicode),
	bodyAs("empty", "over an empty body", func([]byte) []byte { return nil }),
}

func bodyAs(code, detail string, change func([]byte) []byte) guess {
	return guess{"near_miss_body_" + code, detail, bodyRemedy, func(a *trial) bool {
		changed := change(a.req.Body)
		same := bytes.Equal(changed, a.req.Body)
		a.req.Body = changed
		return !same
	}}
}

// indent leaves alone what is deep or long: its size would be their product.
func indent(body []byte) []byte {
	const maxDepth, maxSize = 32, 64 << 10
	depth, deepest := 0, 0
	for _, c := range body {
		switch c {
		case '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ']', '}':
			depth--
		}
	}
	if len(body) > maxSize || deepest > maxDepth {
		return body
	}
	var out bytes.Buffer
	_ = json.Indent(&out, body, "", "  ") // of no JSON it is empty
	return out.Bytes()
}

// escapeUnicode writes what is not ASCII as JSON escapes.
func escapeUnicode(body []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(body) {
		switch {
		case r < 0x80:
			out.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.Bytes()
}

const urlRemedy = "Correct the server's public URL, or the URL at the sender: they must be the same to the letter."

// urlGuesses are about the URL that the sender knows.
var urlGuesses = []guess{
	urlAs("scheme", "with http and https exchanged in the URL", func(u string) string {
		if rest, ok := strings.CutPrefix(u, "https://"); ok {
			return "http://" + rest
		}
		return "https://" + strings.TrimPrefix(u, "http://")
	}),
	urlAs("slash", "with the URL's last slash added or removed", func(u string) string {
		path, query, asked := strings.Cut(u, "?")
		if strings.HasSuffix(path, "/") {
			path = strings.TrimRight(path, "/")
		} else {
			path += "/"
		}
		if asked {
			path += "?" + query
		}
		return path
	}),
	urlAs("query", "without the URL's query", func(u string) string {
		path, _, _ := strings.Cut(u, "?")
		return path
	}),
	urlAs("case", "with the URL in lower case", strings.ToLower),
}

func urlAs(code, detail string, change func(string) string) guess {
	return guess{"near_miss_url_" + code, detail, urlRemedy, func(a *trial) bool {
		changed := change(a.req.URL)
		same := changed == a.req.URL
		a.req.URL = changed
		return !same && a.engine.uses("url")
	}}
}

func (e *engine) uses(name string) bool {
	return slices.ContainsFunc(e.contents, func(c *content) bool { return c.uses[name] })
}

func (a *trial) changeKeys(change func(string) string) (changed bool) {
	for i, k := range a.keys {
		a.keys[i] = change(k)
		changed = changed || a.keys[i] != k
	}
	return changed
}

// changeMAC is false where the secret is no shared one.
func (a *trial) changeMAC(change func(*MAC)) bool {
	mac, ok := a.engine.method.(MAC)
	changed := mac
	change(&changed)
	a.engine.method = changed
	return ok && changed != mac
}

func (a *trial) changeContent(text string) bool {
	parsed, err := parseContent(text)
	changed := err == nil && a.engine.Content != text
	a.engine.contents = []*content{parsed}
	return changed
}

package trigger

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/verify"
)

// The languages of snippets.
const (
	LanguageCurl       = "curl"
	LanguageJavaScript = "javascript"
	LanguageGo         = "go"
	LanguagePython     = "python"
)

var languages = map[string]func(*snippet) string{
	LanguageCurl: writeCurl, LanguageJavaScript: writeJavaScript, LanguageGo: writeGo, LanguagePython: writePython,
}

// maxSnippetBody bounds the body that a snippet holds, in bytes.
const maxSnippetBody = 256 << 10

// secretVariable is what a snippet reads the secret of the endpoint from.
const secretVariable = "HOOKFLOW_SECRET"

// Snippet is a program that makes a request. It holds no secret: what it must know it takes from
// environment variables.
type Snippet struct {
	Code      string       `json:"code"`
	Signed    bool         `json:"signed" doc:"Whether the program proves itself as the sender would"`
	Note      *verify.Text `json:"note" doc:"Why it does not"`
	Variables []string     `json:"variables" nullable:"false" doc:"Environment variables that it needs; HOOKFLOW_SECRET is the secret of the endpoint"`
}

var (
	notWritten = verify.Text{
		EN: "How this scheme signs takes more than a few lines: send the request from here instead.",
		ZH: "该验证方式的签名过程无法用几行代码写出，请改为在此处直接发送请求。",
	}
	asItCame = verify.Text{
		EN: "The request is as it came, with its signature: past the time window it is refused.",
		ZH: "请求与到达时相同，含原有签名；超出时间窗口后会被拒绝。",
	}
)

// Snippet writes a request to a workflow's webhook as a program.
func (s *Service) Snippet(ctx context.Context, key, language string, r Request) (Snippet, error) {
	endpoint, err := s.target(ctx, key, r.Live)
	if err != nil {
		return Snippet{}, err
	}
	made, err := s.made(endpoint, r)
	if err != nil {
		return Snippet{}, err
	}
	return s.write(endpoint.Verifier(), made, language)
}

func (s *Service) write(v *verify.Verifier, r *verify.Request, language string) (Snippet, error) {
	recipe, note := v.Recipe(r, s.scope(r)), (*verify.Text)(nil)
	if recipe == nil {
		recipe, note = &verify.Recipe{Request: r}, &notWritten
		if why, ok := v.CanSign(); !ok {
			note = &why
		}
	}
	return snippetOf(language, &snippet{Recipe: recipe}, note)
}

// OfDelivery writes a stored request, as its headers and URL are shown, as a program that sends it
// again. What is masked becomes an environment variable.
func OfDelivery(language string, d *hookflow.Delivery, body []byte) (Snippet, error) {
	r := &verify.Request{Method: d.Method, URL: d.URL, Body: body}
	out := &snippet{Recipe: &verify.Recipe{Request: r}}
	for _, h := range d.Headers {
		switch {
		case slices.Contains(own, http.CanonicalHeaderKey(h.Name)), strings.EqualFold(h.Name, "Accept-Encoding"):
		case strings.Contains(h.Value, secret.Mask):
			out.hidden = append(out.hidden, named{h.Name, variableOf(h.Name)})
		default:
			r.Headers = append(r.Headers, h)
		}
	}
	out.hideQuery()
	return snippetOf(language, out, &asItCame)
}

func snippetOf(language string, of *snippet, note *verify.Text) (Snippet, error) {
	write, ok := languages[language]
	switch {
	case !ok:
		return Snippet{}, hookflow.Invalid("there is no such language", hookflow.Problem{Pointer: "/language", Detail: "is none of curl, javascript, go and python"})
	case len(of.Request.Body) > maxSnippetBody:
		return Snippet{}, hookflow.Errorf(hookflow.CodeTooLarge, "a snippet may hold a body of at most %d bytes", maxSnippetBody)
	}
	return Snippet{Code: write(of), Signed: note == nil, Note: note, Variables: of.variables()}, nil
}

// snippet is what a program does.
type snippet struct {
	*verify.Recipe
	hidden      []named // headers whose values are in environment variables
	hiddenQuery []named // likewise
}

// named is a header or a query parameter, and the environment variable that has its value.
type named struct{ name, variable string }

// hideQuery takes what is masked out of the URL.
func (s *snippet) hideQuery() {
	base, query, found := strings.Cut(s.Request.URL, "?")
	if !found {
		return
	}
	var pairs []string
	for pair := range strings.SplitSeq(query, "&") {
		name, text, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); err == nil && strings.Contains(text, secret.Mask) {
			s.hiddenQuery = append(s.hiddenQuery, named{plain, variableOf(plain)})
		} else {
			pairs = append(pairs, pair)
		}
	}
	if s.Request.URL = base; len(pairs) > 0 {
		s.Request.URL += "?" + strings.Join(pairs, "&")
	}
}

// variableOf makes of the name of a header that of a variable.
func variableOf(name string) string {
	return "HOOKFLOW_" + strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToUpper(r)
		}
		return '_'
	}, name)
}

// usesSecret reports whether the program has to know the secret.
func (s *snippet) usesSecret() bool {
	shows := func(l verify.Line) bool {
		return slices.ContainsFunc(l.Parts, func(p verify.Part) bool { return p.Kind == verify.PartSecret })
	}
	return s.Basic || s.Digest != nil || slices.ContainsFunc(s.Headers, shows) || slices.ContainsFunc(s.Query, shows)
}

func (s *snippet) variables() []string {
	names := []string{}
	if s.usesSecret() {
		names = append(names, secretVariable)
	}
	for _, h := range slices.Concat(s.hidden, s.hiddenQuery) {
		if !slices.Contains(names, h.variable) {
			names = append(names, h.variable)
		}
	}
	return names
}

// usesTime reports whether the time is part of the proof.
func (s *snippet) usesTime() bool { return s.TimeUnit != "" }

// plain are the headers that are known, one line a name, in which a Content-Type is never missing
// beside a body: the programs' own libraries would put one there.
func (s *snippet) plain() []hookflow.Header {
	var lines []hookflow.Header
	typed := len(s.Request.Body) == 0
	for _, h := range s.Rest() {
		if strings.EqualFold(h.Name, "Host") {
			continue
		}
		typed = typed || strings.EqualFold(h.Name, "Content-Type")
		at := slices.IndexFunc(lines, func(l hookflow.Header) bool { return strings.EqualFold(l.Name, h.Name) })
		if at >= 0 {
			lines[at].Value += ", " + h.Value
		} else {
			lines = append(lines, h)
		}
	}
	if !typed {
		lines = append(lines, hookflow.Header{Name: "Content-Type", Value: "application/octet-stream"})
	}
	return lines
}

// isText reports whether a body can stand in a program as it is read.
func isText(body []byte) bool {
	for _, r := range string(body) {
		if r == unicode.ReplacementChar || r != '\n' && r != '\t' && !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

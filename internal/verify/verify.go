// Package verify proves who sent a request, by signature, token or password, and reports what it
// saw check by check.
//
// A [Scheme] is one way of proving; [Schemes] lists them. [Compile] makes an endpoint's settings a
// [Verifier] once, [Verifier.Verify] then judges requests: it has no clock, changes nothing, and
// compares secrets with [Equal] alone. Its [Verdict] also says what else the provider means by a
// request: a handshake to answer, a body to decrypt, an acknowledgement to encrypt.
package verify

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Request is what a scheme looks at.
type Request struct {
	Method  string
	URL     string // as the sender knew it, query included
	Headers []hookflow.Header
	Query   string // as it stands in the URL
	Body    []byte // after content decoding, or as it came when the Verifier is OverWire
	Now     time.Time
	Peer    []*x509.Certificate // the client certificate and its chain, verified against the server's client CA
	Remote  Remote              // nil: nothing can be fetched
	// Previous gives the value that the SecretVariable had before its last change, "" for none; nil
	// where that is not known. It is asked only to explain a refusal.
	Previous func() string
}

// Remote fetches what providers publish: certificates and key sets.
type Remote interface {
	// Get returns a page of at most 1 MiB that was fetched no longer than age ago; 0 fetches it anew.
	// Only https URLs are fetched.
	Get(ctx context.Context, url string, age time.Duration) ([]byte, error)
}

// header gives the lines of a header.
func (r *Request) header(name string) []string {
	var lines []string
	for _, h := range r.Headers {
		if strings.EqualFold(h.Name, name) {
			lines = append(lines, h.Value)
		}
	}
	return lines
}

// query gives the values of a query parameter, decoded.
func (r *Request) query(name string) []string {
	var values []string
	for pair := range strings.SplitSeq(r.Query, "&") {
		key, text, _ := strings.Cut(pair, "=")
		if key, err := url.QueryUnescape(key); err != nil || key != name {
			continue
		}
		if text, err := url.QueryUnescape(text); err == nil {
			values = append(values, text)
		}
	}
	return values
}

// Credentials are the headers and query parameters in which callers send a secret itself.
type Credentials struct {
	Headers []string
	Query   []string
}

// Verifier judges the requests of one endpoint. Any number of goroutines may use it.
type Verifier struct {
	scheme      string
	overWire    bool
	challenge   string
	methods     []string
	credentials Credentials
	variables   []value.Path
	provider    Provider
	secret      string
	capture     func(*Request, *Verdict) bool
	judge       func(context.Context, *Request, value.Scope, *Verdict)
	sign        func(*Signed, value.Scope) error
	recipe      func(*Signed, value.Scope) *Recipe
}

// Compile reads an endpoint's verification settings; missing ones are those of scheme none.
// Pointers of problems begin below the settings.
func Compile(settings value.Value) (*Verifier, []hookflow.Problem) {
	if settings.IsNull() {
		settings = value.Raw(`{"scheme":"none"}`)
	}
	key, _ := settings.Get("scheme").Str()
	scheme, ok := Lookup(key)
	if !ok {
		return nil, []hookflow.Problem{{Pointer: "/scheme", Detail: fmt.Sprintf("there is no scheme %.40q; known are %s", key, strings.Join(keys(), ", "))}}
	}
	tree, problems := value.Compile(settings)
	if problems = append(problems, checkProof(tree)...); len(problems) > 0 {
		return nil, problems
	}
	return scheme.compile(tree)
}

// claimed are the settings that may depend on the request: what a proof must say, not what proves it.
var claimed = []string{"issuer", "audience", "claims", "subjects"}

// checkProof refuses settings that take from the request what it is to be proved with.
func checkProof(tree *value.Tree) []hookflow.Problem {
	var problems []hookflow.Problem
	for name, member := range tree.Members() {
		fromRequest := slices.ContainsFunc(member.Paths(), func(p value.Path) bool { return p.Root == "$context" })
		if fromRequest && !slices.Contains(claimed, name) {
			problems = append(problems, hookflow.Problem{
				Pointer: "/" + hookflow.EscapePointer(name), Detail: "must not come from the request: anyone could forge requests",
			})
		}
	}
	return problems
}

// Scheme is the key of the scheme.
func (v *Verifier) Scheme() string { return v.scheme }

// OverWire reports whether the body is to be judged as it came, before content decoding.
func (v *Verifier) OverWire() bool { return v.overWire }

// Challenge is the WWW-Authenticate of a refusal, "" for none.
func (v *Verifier) Challenge() string { return v.challenge }

// Methods are those by which the provider's handshakes come, whatever the endpoint takes else.
func (v *Verifier) Methods() []string { return v.methods }

// Provider is what is known of the sender; zero for the generic schemes.
func (v *Verifier) Provider() Provider { return v.provider }

// Credentials says where callers send a secret itself, which is kept only encrypted.
func (v *Verifier) Credentials() Credentials { return v.credentials }

// SecretVariable is the name of the variable of $env that is the endpoint's secret, and that takes
// the Captured one of a Verdict; "" when the secret is no such variable.
func (v *Verifier) SecretVariable() string { return v.secret }

// Variables are the paths that the settings use.
func (v *Verifier) Variables() []value.Path { return v.variables }

// Verify judges a request. The settings' variables come from scope; one that is missing or empty
// refuses the request, for it leaves no secret or a weaker one, unless the request is the handshake
// by which the provider hands over just that secret. The report tells no secret and no right
// signature.
func (v *Verifier) Verify(ctx context.Context, req *Request, scope value.Scope) *Verdict {
	verdict := &Verdict{Report: hookflow.Report{Scheme: v.scheme}, Acknowledgment: v.provider.Acknowledgment}
	unset := v.unset(scope)
	switch {
	case len(unset) == 0:
		v.judge(ctx, req, scope, verdict)
	case len(unset) == 1 && v.secret != "" && v.capture != nil && v.capture(req, verdict): // it hands the secret over
	default:
		for _, path := range unset {
			verdict.failAs("missing_secret", "secret", path.String()+" is not set", "Give "+path.String()+" a value.")
		}
	}
	return verdict.close()
}

// unset lists the variables without a value.
func (v *Verifier) unset(scope value.Scope) []value.Path {
	var unset []value.Path
	for _, path := range v.variables {
		if scope.Lookup(path).Text() == "" {
			unset = append(unset, path)
		}
	}
	return unset
}

// Equal compares secrets in a time that tells nothing about them, not even their length.
func Equal(a, b []byte) bool {
	hashA, hashB := sha256.Sum256(a), sha256.Sum256(b)
	return subtle.ConstantTimeCompare(hashA[:], hashB[:]) == 1
}

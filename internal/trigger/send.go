package trigger

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/webhook"
)

// Request is a request to a workflow's webhook, made by hand.
type Request struct {
	Method  string
	Path    string // below the webhooks' own; "" is the endpoint's, with "test" for each parameter
	Query   string // as it stands in the URL
	Headers []hookflow.Header
	Body    []byte
	Sign    bool
	Live    bool   // to the live URL, not the test URL
	Base    string // of the URLs of this server
}

// Sent is what became of a Request.
type Sent struct {
	Request  *verify.Request    // as it was sent; the proof of the sender is masked but for administrators
	Signed   bool               // as the provider would
	WhyNot   verify.Text        // why it was not, though it should have been
	Answer   *hookflow.Response // what the sender got
	Delivery *hookflow.Delivery // nil when it was not recorded
}

// Send makes a request at the door of this server, as from the address of the caller. What is sent is
// a delivery like any other.
func (s *Service) Send(ctx context.Context, key string, r Request) (*Sent, error) {
	endpoint, err := s.target(ctx, key, r.Live)
	if err != nil {
		return nil, err
	}
	made, err := s.made(endpoint, r)
	if err != nil {
		return nil, err
	}
	sent := &Sent{Request: made}
	var proof verify.Credentials
	if r.Sign {
		if sent.WhyNot, sent.Signed = endpoint.Verifier().CanSign(); sent.Signed {
			if sent.Request, proof, err = s.sign(ctx, endpoint.Verifier(), made); err != nil {
				return nil, err
			}
		}
	}
	id, err := s.deliver(ctx, proof, sent)
	if err != nil {
		return nil, err
	}
	hide(sent.Request, endpoint.Verifier().Credentials()) // which are the secret itself
	if !auth.Actor(ctx).Role.Allows(auth.Admin) {
		hide(sent.Request, proof)
	}
	if id != 0 {
		sent.Delivery, err = s.Store.Delivery(ctx, id)
	}
	return sent, err
}

// sign signs for a user. One who is no administrator may have anything signed, with any secret that
// the verification names, and so must not see the signature; in the body the workflow would.
func (s *Service) sign(ctx context.Context, v *verify.Verifier, r *verify.Request) (*verify.Request, verify.Credentials, error) {
	signed, err := v.Sign(ctx, r, s.scope(r))
	if err != nil {
		return nil, verify.Credentials{}, err
	}
	if signed.InBody && !auth.Actor(ctx).Role.Allows(auth.Admin) {
		return nil, verify.Credentials{}, hookflow.Errorf(hookflow.CodeForbidden,
			"the scheme %s puts its proof into the body, which the workflow reads: only an administrator may have such a request signed", v.Scheme())
	}
	return signed.Request, signed.Proof, nil
}

// own are headers that belong to the connection, or say where a request came from; nobody chooses
// those of a request that is made here.
var own = []string{
	"Host", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection", "Expect", "Te", "Trailer", "Upgrade",
	"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip",
}

// made is the request before it is signed.
func (s *Service) made(e *webhook.Endpoint, r Request) (*verify.Request, error) {
	path := strings.TrimPrefix(r.Path, "/")
	if path == "" {
		path = filled(e.Pattern())
	}
	made := &verify.Request{Method: r.Method, URL: address(r.Base, path, r.Live), Query: r.Query, Body: r.Body, Now: s.Clock()}
	if made.Method == "" {
		made.Method = e.Methods()[0]
	}
	if made.Query != "" {
		made.URL += "?" + made.Query
	}
	target, err := url.Parse(made.URL)
	if err != nil || strings.ContainsAny(r.Path, "?#") {
		return nil, hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: "/path", Detail: "is no path"})
	}
	made.URL = target.String()
	made.Headers = append(made.Headers, hookflow.Header{Name: "Host", Value: target.Host})
	for _, h := range r.Headers {
		if !httpguts.ValidHeaderFieldName(h.Name) || !httpguts.ValidHeaderFieldValue(h.Value) {
			return nil, hookflow.Invalid("the body is not valid", hookflow.Problem{
				Pointer: "/headers/" + hookflow.EscapePointer(h.Name), Detail: "is no header",
			})
		}
		if name := http.CanonicalHeaderKey(h.Name); !slices.Contains(own, name) {
			made.Headers = append(made.Headers, hookflow.Header{Name: name, Value: h.Value})
		}
	}
	return made, nil
}

// deliver takes the request through the door.
func (s *Service) deliver(ctx context.Context, proof verify.Credentials, sent *Sent) (delivery hookflow.ID, err error) {
	r := sent.Request
	target, err := url.Parse(r.URL)
	if err != nil {
		return 0, fmt.Errorf("read the URL of a test request: %w", err)
	}
	probe := webhook.Probe{Proof: proof, NoHandshake: sent.Signed && !auth.Actor(ctx).Role.Allows(auth.Admin)}
	inner, err := http.NewRequestWithContext(webhook.WithProbe(ctx, probe), r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return 0, hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: "/method", Detail: "is no method"})
	}
	inner.URL.Path, inner.URL.RawPath = below(target.Path), below(target.RawPath) // whatever comes before in a public URL
	inner.RemoteAddr = net.JoinHostPort(auth.From(ctx).IP, "0")
	if target.Scheme == "https" {
		inner.TLS = &tls.ConnectionState{}
	}
	for _, h := range r.Headers {
		if h.Name != "Host" {
			inner.Header.Add(h.Name, h.Value)
		}
	}
	answer := &answer{header: http.Header{}, status: http.StatusOK}
	s.Hooks.ServeHTTP(answer, inner)
	sent.Answer = answer.response()
	delivery, err = hookflow.ParseID(answer.header.Get("X-Hookflow-Delivery"))
	if err != nil {
		return 0, nil //nolint:nilerr // it was not recorded
	}
	return delivery, nil
}

// below is a path without what a public URL has before those of the webhooks.
func below(path string) string {
	for _, prefix := range []string{testPath, livePath} {
		if at := strings.Index(path, prefix); at >= 0 {
			return path[at:]
		}
	}
	return path
}

// hide masks where the proof of the sender stands.
func hide(r *verify.Request, proof verify.Credentials) {
	for i, h := range r.Headers {
		if slices.ContainsFunc(proof.Headers, func(name string) bool { return strings.EqualFold(name, h.Name) }) {
			r.Headers[i].Value = secret.Mask
		}
	}
	if len(proof.Query) == 0 {
		return
	}
	pairs := strings.Split(r.Query, "&")
	for i, pair := range pairs {
		name, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); err == nil && slices.Contains(proof.Query, plain) {
			pairs[i] = name + "=" + secret.Mask
		}
	}
	base, _, _ := strings.Cut(r.URL, "?")
	r.Query = strings.Join(pairs, "&")
	r.URL = base + "?" + r.Query
}

// answer keeps what the door answers.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

var _ http.ResponseWriter = (*answer)(nil)

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

func (a *answer) response() *hookflow.Response {
	headers := make(map[string]string, len(a.header))
	for name := range a.header {
		headers[name] = a.header.Get(name)
	}
	return &hookflow.Response{Status: a.status, Headers: headers, Body: a.body.Bytes()}
}

package webhook

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/verify"
)

const (
	pathPrefix    = "/api/webhooks/"
	triggerPrefix = "/api/webhook:trigger/"
	testPrefix    = "/api/webhooks-test/"
)

// inbound is one request on its way through the guards.
type inbound struct {
	*Handler
	w   http.ResponseWriter
	r   *http.Request
	ctx context.Context // the request's, but not cancelled when the caller leaves

	now      time.Time
	client   request.Client
	url      string            // as the caller saw it
	headers  []hookflow.Header // as they came
	found    Match
	wire     []byte // the body as it came, when it is not the same as body
	body     []byte
	raw      request.Raw // without what nobody may keep
	context  *request.Context
	delivery *hookflow.Delivery
	verdict  *verify.Verdict // set by verifyOrigin
	key      *Key            // set by dedupe
	notes    []string
	heard    bool // the endpoint is disabled, but somebody listens
	test     bool // it came to the test URL
	recorded bool
	taken    int64 // bytes of room
}

// receive looks at everything but the body.
func (h *Handler) receive(w http.ResponseWriter, r *http.Request) *inbound {
	in := &inbound{Handler: h, w: w, r: r, ctx: context.WithoutCancel(r.Context()), now: h.Clock(), headers: headersOf(r)}
	in.client = request.ClientIP(r.RemoteAddr, in.headers, h.Trusted)
	in.url = in.base() + r.URL.RequestURI()
	path := h.find(in)
	headers, query, taken := in.masked()
	base, _, hasQuery := strings.Cut(in.url, "?")
	if hasQuery {
		base += "?" + query
	}
	in.raw = request.Raw{
		Method: r.Method, Path: path, URL: base, Headers: headers, Params: in.found.Params, Query: query,
		ReceivedAt: in.now, DeliveryID: h.Acceptor.NewID(),
	}
	if in.client.IP.IsValid() {
		in.raw.IP = in.client.IP.String()
	}
	in.delivery = &hookflow.Delivery{
		Test: in.test, ID: in.raw.DeliveryID, ReceivedAt: in.now, Method: r.Method, URL: base, Path: path, IP: in.raw.IP, Headers: headers,
	}
	if e := in.found.Entry; e != nil {
		in.delivery.WorkflowID, in.delivery.WorkflowKey, in.delivery.Pattern = e.Workflow, e.key, in.found.Pattern
	}
	in.seal(taken)
	return in
}

// find looks the path up, by pattern or by the workflow's key.
func (h *Handler) find(in *inbound) (path string) {
	method := in.r.Method
	if wanted := in.r.Header.Get("Access-Control-Request-Method"); method == http.MethodOptions && wanted != "" {
		method = wanted
	}
	escaped := in.r.URL.EscapedPath()
	if key, ok := strings.CutPrefix(escaped, triggerPrefix); ok {
		in.found, _ = h.table.Load().LookupKey(method, key)
		return key
	}
	if path, in.test = strings.CutPrefix(escaped, testPrefix); in.test {
		in.found, _ = h.tests.Load().Lookup(method, path)
		return path
	}
	path = strings.TrimPrefix(escaped, pathPrefix)
	in.found, _ = h.table.Load().Lookup(method, path)
	return path
}

// base is the part of our URL that the caller's proxies may have changed.
func (in *inbound) base() string {
	if in.PublicURL != "" {
		return in.PublicURL
	}
	proto, host := in.client.Proto, in.client.Host
	if proto == "" {
		proto = "http"
		if in.r.TLS != nil {
			proto = "https"
		}
	}
	if host == "" {
		host = in.r.Host
	}
	return proto + "://" + host
}

// headersOf lists the header lines, sorted by name since net/http forgets their order.
func headersOf(r *http.Request) []hookflow.Header {
	headers := make([]hookflow.Header, 0, len(r.Header)+1)
	headers = append(headers, hookflow.Header{Name: "Host", Value: r.Host})
	for name, lines := range r.Header {
		for _, line := range lines {
			headers = append(headers, hookflow.Header{Name: name, Value: line})
		}
	}
	slices.SortStableFunc(headers, func(a, b hookflow.Header) int { return strings.Compare(a.Name, b.Name) })
	return headers
}

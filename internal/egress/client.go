// Package egress is the way out: the only HTTP client and dialer of everything
// that connects somewhere because a user says so.
//
// Its policy is asked with the address that is about to be connected to, after
// the name was resolved, for every connection and so for every redirect: a name
// that resolves to something else the second time gains nothing. There is no
// proxy but the one that a request names, no cookie and no way not to verify a
// certificate, and every wait and size has a bound.
package egress

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
)

const (
	// DefaultTimeout bounds a request, its answer's body included, that sets no other bound.
	DefaultTimeout = 30 * time.Second
	// DefaultMaxResponse bounds the bytes of an answer's body, decompressed, where nothing else does.
	DefaultMaxResponse = 10 << 20

	dialTimeout        = 10 * time.Second
	tlsTimeout         = 10 * time.Second
	idleTimeout        = 90 * time.Second
	maxIdle            = 100
	maxIdlePerHost     = 16
	maxResponseHeaders = 256 << 10
)

// Client connects under a policy. It keeps connections for the next request, and
// is safe for concurrent use.
type Client struct {
	policy Policy
	dialer *net.Dialer
	shared *http.Transport // of requests without TLS options and proxy
	own    transports      // of the others
	agent  string
}

var _ node.HTTP = (*Client)(nil)

// New returns a client that calls itself hookflow/version.
func New(policy Policy, version string) *Client {
	c := &Client{
		policy: policy,
		dialer: &net.Dialer{Timeout: dialTimeout, ControlContext: policy.control},
		agent:  "hookflow/" + version,
	}
	c.shared = &http.Transport{
		DialContext:            c.dial,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    tlsTimeout,
		MaxIdleConns:           maxIdle,
		MaxIdleConnsPerHost:    maxIdlePerHost,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxResponseHeaders,
	}
	return c
}

// control is asked by the dialer before it connects to a resolved address.
func (p Policy) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("the address to connect to is not known: %w", err)
	}
	return p.Check(target.Addr())
}

func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if host, port, err := net.SplitHostPort(address); err == nil {
		if addr, ok := literal(host); ok {
			address = net.JoinHostPort(addr.String(), port)
		}
	}
	return c.dialer.DialContext(ctx, network, address)
}

// DialContext connects to a host:port by TCP, within 10 seconds, for protocols
// other than HTTP. The network is tcp, tcp4 or tcp6.
func (c *Client) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if !strings.HasPrefix(network, "tcp") {
		return nil, fmt.Errorf("%s: connections go by TCP", address)
	}
	connection, err := c.dial(ctx, network, address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, reason(err))
	}
	return connection, nil
}

// Standard returns a client for libraries that ask for one, which trusts roots
// instead of the system's when there are some. It follows redirects, and
// exchanges take at most 30 seconds.
func (c *Client) Standard(roots *x509.CertPool) *http.Client {
	transport := c.shared.Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	return &http.Client{Transport: transport, CheckRedirect: checkRedirect, Timeout: DefaultTimeout}
}

// Close gives up the connections that are kept.
func (c *Client) Close() {
	c.shared.CloseIdleConnections()
	c.own.closeIdle()
}

// Do sends one request and reads the whole answer, whatever its status is. Its
// errors name the host and never the URL, which may hold a secret.
func (c *Client) Do(ctx context.Context, r node.HTTPRequest) (*node.HTTPResponse, error) {
	timeout := orDefault(r.Timeout, DefaultTimeout)
	bounded, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	request, err := c.request(bounded, r)
	if err != nil {
		return nil, err
	}
	answer, host, err := c.exchange(request, r)
	switch {
	case err == nil:
		return answer, nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case bounded.Err() != nil:
		return nil, fmt.Errorf("%s has not answered within %s", host, timeout)
	default:
		return nil, fmt.Errorf("%s: %w", host, reason(err))
	}
}

func orDefault[T time.Duration | int64](n, fallback T) T {
	if n <= 0 {
		return fallback
	}
	return n
}

var (
	errURL    = errors.New("the URL is not valid")
	errScheme = errors.New("the URL does not begin with http:// or https://")
	errHost   = errors.New("the URL has no host")
)

func (c *Client) request(ctx context.Context, r node.HTTPRequest) (*http.Request, error) {
	target, err := url.Parse(r.URL)
	switch {
	case err != nil:
		return nil, errURL // the cause would quote it
	case !isHTTP(target):
		return nil, errScheme
	case target.Hostname() == "":
		return nil, errHost
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	for _, h := range r.Headers {
		request.Header.Add(h.Name, h.Value)
	}
	if request.Header.Values("User-Agent") == nil {
		request.Header.Set("User-Agent", c.agent)
	}
	if host := request.Header.Get("Host"); host != "" {
		request.Host = host
	}
	return request, nil
}

func isHTTP(u *url.URL) bool { return u.Scheme == "http" || u.Scheme == "https" }

// exchange also tells the host that answered or failed to, the last one of
// several redirects.
func (c *Client) exchange(request *http.Request, r node.HTTPRequest) (_ *node.HTTPResponse, host string, _ error) {
	transport, err := c.transport(&r)
	if err != nil {
		return nil, request.URL.Host, err
	}
	client := &http.Client{Transport: transport, CheckRedirect: redirects(&r)}
	response, err := client.Do(request)
	if err != nil {
		return nil, failedHost(request, err), err
	}
	defer func() { _ = response.Body.Close() }() // all of it that is wanted is read
	host = response.Request.URL.Host
	limit := orDefault(r.MaxResponse, DefaultMaxResponse)
	body, more, err := readAtMost(response.Body, limit)
	if err != nil {
		return nil, host, err
	}
	if more && !r.Cut {
		return nil, host, fmt.Errorf("the answer is larger than %d bytes", limit)
	}
	return &node.HTTPResponse{Status: response.StatusCode, Headers: headersOf(response.Header), Body: body, Cut: more, URL: response.Request.URL.String()}, host, nil
}

// readAtMost also tells whether there is more.
func readAtMost(r io.Reader, limit int64) (body []byte, more bool, err error) {
	body, err = io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(body)) > limit {
		return body[:limit], true, nil
	}
	return body, false, err
}

// headersOf lists headers by name, each one's lines in their order.
func headersOf(header http.Header) []hookflow.Header {
	var list []hookflow.Header
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, line := range header[name] {
			list = append(list, hookflow.Header{Name: name, Value: line})
		}
	}
	return list
}

// failedHost is the host of the request that failed: after redirects not the
// one that was asked for.
func failedHost(request *http.Request, err error) string {
	var failed *url.Error
	if errors.As(err, &failed) {
		if target, err := url.Parse(failed.URL); err == nil && target.Host != "" {
			return target.Host
		}
	}
	return request.URL.Host
}

// reason is what went wrong in an exchange, without the URL that net/http puts
// around it.
func reason(err error) error {
	var denied *deniedError
	var hop *net.OpError
	var lookup *net.DNSError
	var failed *url.Error
	switch {
	case errors.As(err, &hop) && hop.Op == "proxyconnect":
		return fmt.Errorf("the proxy: %w", reason(hop.Err))
	case errors.As(err, &denied):
		return denied
	case errors.As(err, &lookup):
		return fmt.Errorf("the name cannot be resolved: %s", lookup.Err)
	case !errors.As(err, &failed):
		return err
	case strings.HasPrefix(failed.Err.Error(), "failed to parse Location header"):
		return errLocation // the cause would quote it
	default:
		return failed.Err
	}
}

package egress

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/hookflow/hookflow/internal/node"
)

// maxTransports bounds how many sets of TLS options and proxies keep their
// connections for the next request.
const maxTransports = 32

// transports keeps one transport for each set of TLS options and proxy, those
// that were used last.
type transports struct {
	mu   sync.Mutex
	kept []keptTransport // used last comes last
}

type keptTransport struct {
	key       [sha256.Size]byte
	transport *http.Transport
}

// get finds a transport, or keeps the one that create makes.
func (t *transports) get(key [sha256.Size]byte, create func() (*http.Transport, error)) (*http.Transport, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := slices.IndexFunc(t.kept, func(k keptTransport) bool { return k.key == key }); i >= 0 {
		found := t.kept[i]
		t.kept = append(slices.Delete(t.kept, i, i+1), found)
		return found.transport, nil
	}
	transport, err := create()
	if err != nil {
		return nil, err
	}
	if len(t.kept) == maxTransports {
		t.kept[0].transport.CloseIdleConnections()
		t.kept = slices.Delete(t.kept, 0, 1)
	}
	t.kept = append(t.kept, keptTransport{key, transport})
	return transport, nil
}

func (t *transports) closeIdle() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range t.kept {
		k.transport.CloseIdleConnections()
	}
}

// transport is the one for a request: most share one.
func (c *Client) transport(r *node.HTTPRequest) (*http.Transport, error) {
	if r.TLS == nil && r.Proxy == "" {
		return c.shared, nil
	}
	return c.own.get(keyOf(r), func() (*http.Transport, error) { return c.newTransport(r) })
}

func keyOf(r *node.HTTPRequest) [sha256.Size]byte {
	options := node.TLSOptions{}
	if r.TLS != nil {
		options = *r.TLS
	}
	return sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q", r.Proxy, options.CA, options.Cert, options.Key))
}

func (c *Client) newTransport(r *node.HTTPRequest) (*http.Transport, error) {
	transport := c.shared.Clone()
	if r.TLS != nil {
		config, err := tlsConfig(r.TLS)
		if err != nil {
			return nil, err
		}
		transport.TLSClientConfig = config
	}
	if r.Proxy != "" {
		proxy, err := parseProxy(r.Proxy)
		if err != nil {
			return nil, err
		}
		transport.Proxy = c.through(proxy)
	}
	return transport, nil
}

var (
	errCA      = errors.New("the CA holds no certificate in PEM")
	errKeyPair = errors.New("the client certificate and its key cannot be read, or do not belong together")
)

func tlsConfig(o *node.TLSOptions) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if len(o.CA) > 0 {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(o.CA) {
			return nil, errCA
		}
	}
	if len(o.Cert) > 0 || len(o.Key) > 0 {
		pair, err := tls.X509KeyPair(o.Cert, o.Key)
		if err != nil {
			return nil, errKeyPair // the cause tells nothing more to whoever sees only variables
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

var errProxy = errors.New("the proxy is not an address such as http://proxy.example:3128; http, https and socks5 are possible")

func parseProxy(text string) (*url.URL, error) {
	proxy, err := url.Parse(text)
	if err != nil || proxy.Hostname() == "" || !slices.Contains([]string{"http", "https", "socks5"}, proxy.Scheme) {
		return nil, errProxy // the cause would quote it
	}
	return proxy, nil
}

// through sends requests through a proxy, each as far as its own target is
// allowed.
func (c *Client) through(proxy *url.URL) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		return proxy, c.checkTarget(r.Context(), r.URL.Hostname())
	}
}

// checkTarget judges what a proxy is asked to connect to. It resolves names by
// itself, which only it can prevent from meaning something else there; one that
// is not known here may well be known to it.
func (c *Client) checkTarget(ctx context.Context, host string) error {
	if addr, ok := literal(host); ok {
		return c.policy.Check(addr)
	}
	addrs, err := c.dialer.Resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil //nolint:nilerr // see above
	}
	for _, addr := range addrs {
		if err := c.policy.Check(addr); err != nil {
			return err
		}
	}
	return nil
}

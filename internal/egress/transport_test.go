package egress_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hookflow/hookflow/internal/certtest"
	"github.com/hookflow/hookflow/internal/dnstest"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/node"
)

// secure serves https and asks for client certificates; ca is what it is verified with.
func secure(t *testing.T, handler http.HandlerFunc) (address string, ca []byte) {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.TLS = &tls.Config{ClientAuth: tls.RequestClientCert, MinVersion: tls.VersionTLS12}
	server.Config.ErrorLog = nil
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
}

// who answers with the names of the client certificate, or redirects.
func who(w http.ResponseWriter, r *http.Request) {
	if to := r.URL.Query().Get("to"); to != "" {
		http.Redirect(w, r, to, http.StatusTemporaryRedirect)
		return
	}
	for _, certificate := range r.TLS.PeerCertificates {
		_, _ = fmt.Fprintf(w, "[%s]", certificate.Subject.CommonName)
	}
	_, _ = fmt.Fprint(w, r.Proto)
}

func TestTLSOptions(t *testing.T) {
	t.Parallel()
	callers := certtest.New(t)
	cert, key := callers.Issue("caller")
	_, otherKey := callers.Issue("other")
	server, ca := secure(t, who)
	other, otherCA := secure(t, who)
	both := append(ca[:len(ca):len(ca)], otherCA...)
	tests := []struct {
		name, url string
		tls       *node.TLSOptions
		want      string // the answer or a part of the error
	}{
		{"unknown CA", server, nil, "certificate signed by unknown authority"},
		{"own CA", server, &node.TLSOptions{CA: ca}, "HTTP/2.0"},
		{"other CA", server, &node.TLSOptions{CA: cert}, "certificate signed by unknown authority"},
		{"client certificate", server, &node.TLSOptions{CA: ca, Cert: cert, Key: key}, "[caller]HTTP/2.0"},
		{"redirect at home", server + "?to=/x", &node.TLSOptions{CA: ca, Cert: cert, Key: key}, "[caller]HTTP/2.0"},
		{"redirect elsewhere", server + "?to=" + other, &node.TLSOptions{CA: both, Cert: cert, Key: key}, "it redirects to another origin, which the client certificate is not for"},
		{"redirect elsewhere, nothing to show", server + "?to=" + other, &node.TLSOptions{CA: both}, "HTTP/2.0"},
		{"no PEM", server, &node.TLSOptions{CA: []byte("hush")}, "the CA holds no certificate in PEM"},
		{"certificate alone", server, &node.TLSOptions{CA: ca, Cert: cert}, "the client certificate and its key cannot be read"},
		{"key of another", server, &node.TLSOptions{CA: ca, Cert: cert, Key: otherKey}, "do not belong together"},
	}
	c := newClient(t, egress.Policy{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			answer, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: test.url, TLS: test.tls, FollowRedirects: true})
			switch {
			case err == nil && string(answer.Body) != test.want:
				t.Errorf("answer %s, want %s", answer.Body, test.want)
			case err != nil && (!strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hush")):
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

// TestOwnConnectionsAreKept: requests with the same options share connections, others do not.
func TestOwnConnectionsAreKept(t *testing.T) {
	t.Parallel()
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(who))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	cert, key := certtest.New(t).Issue("caller")
	c := newClient(t, egress.Policy{})
	for range 3 {
		for _, options := range []*node.TLSOptions{{CA: ca}, {CA: ca, Cert: cert, Key: key}} {
			if _, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: server.URL, TLS: options}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if opened.Load() != 2 {
		t.Errorf("%d connections for 2 sets of options", opened.Load())
	}
}

// proxy is a plain HTTP proxy that asks for a password and tells whom it connected to.
func proxy(t *testing.T) (address string, targets func() string) {
	t.Helper()
	var seen atomic.Value
	seen.Store("")
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") != "Basic dXNlcjpodXNo" {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		seen.Store(seen.Load().(string) + r.Method + " " + r.Host + "\n")
		if r.Method != http.MethodConnect {
			echo(w, r)
			return
		}
		tunnel(t, w, r.Host)
	})
	return strings.Replace(url, "//", "//user:hush@", 1), func() string { return seen.Load().(string) }
}

func tunnel(t *testing.T, w http.ResponseWriter, host string) {
	server, err := net.Dial("tcp", host) //nolint:noctx // it is on this machine
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer func() { _ = server.Close() }()
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = client.Close() }()
	if _, err := io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
		return
	}
	go func() { _, _ = io.Copy(server, buffered) }()
	_, _ = io.Copy(client, server)
}

func TestProxy(t *testing.T) {
	t.Parallel()
	through, targets := proxy(t)
	plain := serve(t, echo)
	secured, ca := secure(t, who)
	c := newClient(t, egress.Policy{})
	for url, want := range map[string]string{plain: "GET " + plain[len("http://"):], secured: "HTTP/2.0", "http://known.to.the.proxy.invalid/": "GET known.to.the.proxy.invalid"} {
		answer, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url, Proxy: through, TLS: &node.TLSOptions{CA: ca}})
		if err != nil || !strings.HasPrefix(string(answer.Body), want) {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, want := range []string{"GET " + plain[len("http://"):], "CONNECT " + secured[len("https://"):], "GET known.to.the.proxy.invalid"} {
		if !strings.Contains(targets(), want+"\n") {
			t.Errorf("the proxy saw %s, not %s", targets(), want)
		}
	}
}

// TestProxyRefusals: the policy is for the proxy and for what is behind it, as far as that is known.
func TestProxyRefusals(t *testing.T) {
	t.Parallel()
	through, targets := proxy(t)
	server := dnstest.Start(t, func(name string) []netip.Addr {
		return map[string][]netip.Addr{"private.test": {netip.MustParseAddr("10.0.0.1")}}[name]
	})
	elsewhere := serve(t, redirect)
	tests := []struct{ name, proxy, deny, url, want string }{
		{"the proxy", through, "127.0.0.1", "http://192.0.2.1/", "192.0.2.1: the proxy: connections to 127.0.0.1 are not allowed"},
		{"a SOCKS proxy", "socks5://127.0.0.1:1", "127.0.0.1", "http://192.0.2.1/", "192.0.2.1: the proxy: connections to 127.0.0.1 are not allowed"},
		{"the target", through, "", "http://169.254.169.254/", "169.254.169.254: connections to 169.254.169.254 are not allowed"},
		{"the target by https", through, "", "https://169.254.169.254/", "169.254.169.254: connections to 169.254.169.254 are not allowed"},
		{"the target by SOCKS", "socks5://127.0.0.1:1", "", "http://2852039166/", "2852039166: connections to 169.254.169.254 are not allowed"},
		{"the target by name", through, "private", "http://private.test/", "private.test: connections to 10.0.0.1 are not allowed"},
		{"a redirect", "", "", elsewhere + "?to=http://169.254.169.254", "169.254.169.254: connections to 169.254.169.254 are not allowed"},
		{"wrong password", strings.Replace(through, "hush", "hushed", 1), "", "https://192.0.2.1/", "192.0.2.1: Proxy Authentication Required"},
		{"no proxy there", "http://user:hush@127.0.0.1:1", "", "http://192.0.2.1/", "192.0.2.1: the proxy: dial tcp 127.0.0.1:1: connect: connection refused"},
		{"no URL", "hush", "", "http://192.0.2.1/", "192.0.2.1: the proxy is not an address such as"},
		{"no URL at all", "http://hush:x/%", "", "http://192.0.2.1/", "192.0.2.1: the proxy is not an address such as"},
		{"another scheme", "file://hush/", "", "http://192.0.2.1/", "192.0.2.1: the proxy is not an address such as"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, egress.Policy{Deny: sets(t, test.deny)})
			c.Resolve(server)
			_, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: test.url, Proxy: test.proxy, FollowRedirects: true})
			if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), "hush") {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
	t.Cleanup(func() {
		if targets() != "" {
			t.Errorf("the proxy was asked for %s", targets())
		}
	})
}

// TestRedirectBehindProxy: each hop is judged, although the proxy connects.
func TestRedirectBehindProxy(t *testing.T) {
	t.Parallel()
	through := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://0xa9fea9fe/"+url.PathEscape(r.Host), http.StatusFound)
	})
	_, err := newClient(t, egress.Policy{}).Do(t.Context(), node.HTTPRequest{Method: "GET", URL: "http://192.0.2.1/", Proxy: through, FollowRedirects: true})
	if want := "0xa9fea9fe: connections to 169.254.169.254 are not allowed"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestDialContext(t *testing.T) {
	t.Parallel()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	open := newClient(t, egress.Policy{})
	for _, host := range []string{"127.0.0.1", "2130706433", "localhost"} {
		connection, err := open.DialContext(t.Context(), "tcp", net.JoinHostPort(host, port))
		if err != nil {
			t.Errorf("%s: %v", host, err)
			continue
		}
		_ = connection.Close()
	}
	closed := newClient(t, egress.Policy{Deny: sets(t, "loopback")})
	for address, want := range map[string]string{
		"127.0.0.1:25":            "127.0.0.1:25: connections to 127.0.0.1 are not allowed: loopback is denied by egress-deny",
		"0x7f000001:25":           "0x7f000001:25: connections to 127.0.0.1 are not allowed",
		"localhost:25":            "localhost:25: connections to ",
		"169.254.169.254:25":      "169.254.169.254:25: connections to 169.254.169.254 are not allowed: metadata",
		"no.such.name.invalid:25": "no.such.name.invalid:25: the name cannot be resolved: ",
		"nonsense":                "nonsense: ",
	} {
		if _, err := closed.DialContext(t.Context(), "tcp", address); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", address, err, want)
		}
	}
	if _, err := open.DialContext(t.Context(), "unix", "/run/docker.sock"); err == nil || !strings.Contains(err.Error(), "TCP") {
		t.Errorf("a socket: %v", err)
	}
}

// TestStandard: a library's client has the same policy.
func TestStandard(t *testing.T) {
	t.Parallel()
	server, ca := secure(t, who)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	get := func(url string, policy egress.Policy) error {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		answer, err := newClient(t, policy).Standard(roots).Do(request)
		if err != nil {
			return err
		}
		return answer.Body.Close()
	}
	if err := get(server, egress.Policy{}); err != nil {
		t.Error(err)
	}
	if err := get(server, egress.Policy{Deny: sets(t, "loopback")}); err == nil || !strings.Contains(err.Error(), "loopback is denied") {
		t.Errorf("error %v", err)
	}
	if err := get(server+"?to=http://169.254.169.254", egress.Policy{}); err == nil || !strings.Contains(err.Error(), "metadata") {
		t.Errorf("error %v", err)
	}
}

package nodes_test

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/certtest"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// sendTo runs a request and returns what it came to.
func sendTo(t *testing.T, config string) value.Value {
	t.Helper()
	return value.Raw(runRequest(t.Context(), t, config, &node.Env{HTTP: newHTTP(t), Tokens: &node.Tokens{}}))
}

// TestRequestBounded: what a server sends beyond the bound is neither kept nor
// waited for, and the workflow goes on.
func TestRequestBounded(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("0123456789", 1000)
	stopped := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		lines := 10_000
		if r.URL.Path == "/endless" {
			lines = 1 << 62
		} else {
			w.Header().Set("Content-Length", "100000000")
		}
		for range lines {
			if _, err := io.WriteString(w, line); err != nil {
				stopped <- struct{}{}
				return
			}
		}
	}))
	t.Cleanup(server.Close)
	for path, bytes := range map[string]string{"/large": "100000000", "/endless": "4194304"} {
		data := sendTo(t, fmt.Sprintf(`{"url": %q}`, server.URL+path)).Get("result", "data")
		if got := data.Get("bytes").Text(); data.Get("truncated").Text() != "true" || got != bytes {
			t.Errorf("%s: truncated %s, %s bytes, want %s", path, data.Get("truncated"), got, bytes)
		}
		if head := data.Get("head").Text(); !strings.HasPrefix(head, line) || len(head) > 1<<17 {
			t.Errorf("%s: the head has %d bytes", path, len(head))
		}
		<-stopped
	}
}

// TestRequestMemory: an endless answer takes no more memory than its bound.
func TestRequestMemory(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for chunk := make([]byte, 1<<20); ; {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	t.Cleanup(server.Close)
	config := fmt.Sprintf(`{"url": %q}`, server.URL)
	sendTo(t, config)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	sendTo(t, config)
	runtime.ReadMemStats(&after)
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 64<<20 {
		t.Errorf("%d MiB were allocated", allocated>>20)
	}
}

// TestRequestLargeResult: an answer within the bound that its JSON would pass is
// cut as well.
func TestRequestLargeResult(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(make([]byte, 4<<20))
	}))
	t.Cleanup(server.Close)
	data := sendTo(t, fmt.Sprintf(`{"url": %q}`, server.URL)).Get("result", "data")
	if data.Get("truncated").Text() != "true" || data.Get("bytes").Text() != "4194304" {
		t.Errorf("got %.100s", data)
	}
}

func TestRequestSlow(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write([]byte("a")); err != nil || http.NewResponseController(w).Flush() != nil {
				return
			}
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Millisecond):
			}
		}
	}))
	t.Cleanup(server.Close)
	got := sendTo(t, fmt.Sprintf(`{"url": %q, "timeout": "100ms"}`, server.URL))
	want := fmt.Sprintf(`{"error":"%s has not answered within 100ms"}`, strings.TrimPrefix(server.URL, "http://"))
	if string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// secured is a server that wants a certificate of an authority, behind a proxy
// that connects to it.
func secured(t *testing.T, authority *certtest.Authority) (url, proxy string, tunnels *atomic.Int32) {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.TLS.PeerCertificates[0].Subject.CommonName)
	}))
	server.TLS = &tls.Config{
		Certificates: []tls.Certificate{authority.Pair("server", "127.0.0.1")}, MinVersion: tls.VersionTLS12,
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: authority.Pool(),
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	tunnels = &atomic.Int32{}
	through := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tunnels.Add(1)
		connect(t, w, r)
	}))
	t.Cleanup(through.Close)
	return server.URL, through.URL, tunnels
}

// connect is what a proxy does for CONNECT.
func connect(t *testing.T, w http.ResponseWriter, r *http.Request) {
	t.Helper()
	if r.Method != http.MethodConnect {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	server, err := (&net.Dialer{}).DialContext(r.Context(), "tcp", r.Host)
	if err != nil {
		t.Error(err)
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

func TestRequestTLSAndProxy(t *testing.T) {
	t.Parallel()
	authority := certtest.New(t)
	cert, key := authority.Issue("caller")
	url, proxy, tunnels := secured(t, authority)
	config := func(tls map[string]string) string {
		text, err := json.Marshal(map[string]any{"url": url, "proxy": proxy, "tls": tls, "headers": map[string]string{"Accept": "text/plain"}})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	whole := map[string]string{"ca": string(authority.PEM()), "cert": string(cert), "key": string(key)}
	if got := sendTo(t, config(whole)).Get("result", "data").Text(); got != "caller" {
		t.Errorf("the server saw %q", got)
	}
	if n := tunnels.Load(); n != 1 {
		t.Errorf("%d connections through the proxy", n)
	}
	for name, refused := range map[string]map[string]string{
		"another authority": {"ca": string(certtest.New(t).PEM()), "cert": string(cert), "key": string(key)},
		"the system's":      {"cert": string(cert), "key": string(key)},
		"no certificate":    {"ca": string(authority.PEM())},
	} {
		if got := sendTo(t, config(refused)); got.Get("error") == nil {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestRequestRetryAfter(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		config, header string
		worthwhile     bool
		after          time.Duration
	}{
		{`{"url": "http://a"}`, "", true, 0},
		{`{"url": "http://a"}`, "120", true, 2 * time.Minute},
		{`{"url": "http://a"}`, "Fri, 02 Jan 2026 03:05:05 GMT", true, time.Minute},
		{`{"url": "http://a"}`, "Friday, 02-Jan-26 03:05:05 GMT", true, time.Minute},
		{`{"url": "http://a"}`, "Fri Jan  2 03:05:05 2026", true, time.Minute},
		{`{"url": "http://a"}`, "Thu, 01 Jan 2026 03:05:05 GMT", true, 0},
		{`{"url": "http://a"}`, "99999999999", true, (1<<31 - 1) * time.Second},
		{`{"url": "http://a"}`, "-1", true, 0},
		{`{"url": "http://a"}`, "soon", true, 0},
		{`{"url": "http://a", "retryOn": [503]}`, "7", true, 7 * time.Second},
		{`{"url": "http://a", "retryOn": [429]}`, "7", false, 7 * time.Second},
	} {
		r := &recorder{answer: node.HTTPResponse{Status: 503, Headers: []hookflow.Header{{Name: "retry-after", Value: test.header}}}}
		tree, _ := value.Compile(value.Raw(test.config))
		run := &node.Run{NodeKey: "request", Now: now, Scope: scope{}, Env: &node.Env{HTTP: r}}
		_, err := node.Lookup("request").Run(t.Context(), tree, run)
		if worthwhile, after := node.RetryOf(err); worthwhile != test.worthwhile || after != test.after {
			t.Errorf("%s %q: %t, after %s", test.config, test.header, worthwhile, after)
		}
	}
}

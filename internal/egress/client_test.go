package egress_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/network"
	"github.com/hookflow/hookflow/internal/node"
)

func newClient(t *testing.T, policy egress.Policy) *egress.Client {
	t.Helper()
	c := egress.New(policy, "1.2.3")
	t.Cleanup(c.Close)
	return c
}

// sets reads sets of addresses, separated by spaces.
func sets(t *testing.T, list string) (all []network.Set) {
	t.Helper()
	for text := range strings.FieldsSeq(list) {
		set, err := network.Parse(text)
		if err != nil {
			t.Fatal(text, err)
		}
		all = append(all, set)
	}
	return all
}

func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// echo answers with what it got: the request line, some headers and the body.
func echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s %s\n", r.Method, r.Host, r.URL.RequestURI())
	for _, name := range []string{"Authorization", "Content-Type", "Cookie", "Idempotency-Key", "Referer", "User-Agent", "X-Api-Key"} {
		for _, line := range r.Header.Values(name) {
			fmt.Fprintf(&text, "%s: %s\n", name, line)
		}
	}
	_, _ = fmt.Fprintf(w, "%s\n%s", text.String(), body)
}

func TestDo(t *testing.T) {
	t.Parallel()
	url := serve(t, echo)
	host := strings.TrimPrefix(url, "http://")
	tests := []struct {
		name    string
		request node.HTTPRequest
		want    string
	}{
		{
			"plain",
			node.HTTPRequest{Method: "GET", URL: url + "/a?b=c"},
			"GET " + host + " /a?b=c\nUser-Agent: hookflow/1.2.3\n\n",
		},
		{
			"body and headers",
			node.HTTPRequest{
				Method: "PUT", URL: url, Body: []byte("hello"),
				Headers: []hookflow.Header{{Name: "content-type", Value: "text/x"}, {Name: "X-Api-Key", Value: "1"}, {Name: "x-api-key", Value: "2"}},
			},
			"PUT " + host + " /\nContent-Type: text/x\nUser-Agent: hookflow/1.2.3\nX-Api-Key: 1\nX-Api-Key: 2\n\nhello",
		},
		{
			"own agent and host",
			node.HTTPRequest{Method: "GET", URL: url, Headers: []hookflow.Header{{Name: "user-agent", Value: "me"}, {Name: "host", Value: "example.com"}}},
			"GET example.com /\nUser-Agent: me\n\n",
		},
		{
			"credentials in the URL",
			node.HTTPRequest{Method: "GET", URL: strings.Replace(url, "://", "://user:pass@", 1)},
			"GET " + host + " /\nAuthorization: Basic dXNlcjpwYXNz\nUser-Agent: hookflow/1.2.3\n\n",
		},
	}
	c := newClient(t, egress.Policy{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			answer, err := c.Do(t.Context(), test.request)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(answer.Body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["X-B"] = []string{"2", "1"}
		w.Header()["X-A"] = []string{"3"}
		w.Header()["Date"] = nil
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Set-Cookie", "a=b")
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte("short and stout"))
	})
	answer, err := newClient(t, egress.Policy{}).Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url})
	if err != nil {
		t.Fatal(err)
	}
	want := &node.HTTPResponse{
		URL: url, Status: http.StatusTeapot, Body: []byte("short and stout"),
		Headers: []hookflow.Header{
			{Name: "Content-Length", Value: "15"},
			{Name: "Content-Type", Value: "text/plain"},
			{Name: "Set-Cookie", Value: "a=b"},
			{Name: "X-A", Value: "3"},
			{Name: "X-B", Value: "2"},
			{Name: "X-B", Value: "1"},
		},
	}
	if diff := cmp.Diff(want, answer); diff != "" {
		t.Error(diff)
	}
}

// TestRefusals: what may not or cannot be sent, told without the secret that
// every URL here has.
func TestRefusals(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(nil)
	closed.Close()
	gone := strings.TrimPrefix(closed.URL, "http://")
	deny := func(list string) egress.Policy { return egress.Policy{Deny: sets(t, list)} }
	tests := []struct {
		name   string
		policy egress.Policy
		method string
		url    string
		want   string
	}{
		{"metadata", egress.Policy{}, "GET", "http://169.254.169.254/?hush", "169.254.169.254: connections to 169.254.169.254 are not allowed: metadata addresses are denied unless egress-allow names them"},
		{"other notation", egress.Policy{}, "GET", "http://[::ffff:a9fe:a9fe]:80/hush", "[::ffff:a9fe:a9fe]:80: connections to 169.254.169.254 are not allowed"},
		{"decimal", egress.Policy{}, "GET", "http://2852039166/hush", "2852039166: connections to 169.254.169.254 are not allowed"},
		{"decimal loopback", deny("loopback"), "GET", "http://2130706433/hush", "2130706433: connections to 127.0.0.1 are not allowed"},
		{"hexadecimal", deny("loopback"), "GET", "http://0x7f.1:80/hush", "0x7f.1:80: connections to 127.0.0.1 are not allowed"},
		{"octal", deny("loopback"), "GET", "http://0177.0.0.1/hush", "0177.0.0.1: connections to 127.0.0.1 are not allowed"},
		{"dot at the end", deny("loopback"), "GET", "http://127.0.0.1./hush", "127.0.0.1.: connections to 127.0.0.1 are not allowed"},
		{"full-width digits", deny("loopback"), "GET", "http://１２７.0.0.1/hush", "１２７.0.0.1: connections to 127.0.0.1 are not allowed"},
		{"unspecified", deny("loopback"), "GET", "http://0/hush", "0: connections to 127.0.0.1 are not allowed"},
		{"NAT64", egress.Policy{}, "GET", "http://[64:ff9b::169.254.169.254]/hush", "[64:ff9b::169.254.169.254]: connections to 169.254.169.254 are not allowed"},
		{"6to4", deny("private"), "GET", "http://[2002:0a00:0001::1]/hush", "[2002:0a00:0001::1]: connections to 10.0.0.1 are not allowed"},
		{"private", deny("private"), "GET", "http://192.168.0.1/hush", "192.168.0.1: connections to 192.168.0.1 are not allowed: private is denied by egress-deny"},
		{"after resolving", deny("loopback"), "GET", "http://u:hush@localhost:1/?hush", "localhost:1: connections to 127.0.0.1 are not allowed: loopback is denied by egress-deny"},
		{"refused connection", egress.Policy{}, "GET", "http://u:hush@" + gone + "/?hush", gone + ": dial tcp " + gone + ": connect: connection refused"},
		{"unknown name", egress.Policy{}, "GET", "http://no.such.name.invalid/?hush", "no.such.name.invalid: the name cannot be resolved: "},
		{"file", egress.Policy{}, "GET", "file:///etc/hush", "the URL does not begin with http:// or https://"},
		{"no scheme", egress.Policy{}, "GET", "example.com/hush", "the URL does not begin with http:// or https://"},
		{"no host", egress.Policy{}, "GET", "http:///hush", "the URL has no host"},
		{"bad port", egress.Policy{}, "GET", "http://user:hush/x@example.com/", "the URL is not valid"},
		{"bad escape", egress.Policy{}, "GET", "http://example.com/%hush", "the URL is not valid"},
		{"empty", egress.Policy{}, "GET", "", "the URL does not begin with http:// or https://"},
		{"bad method", egress.Policy{}, "G T", "http://example.com/hush", `net/http: invalid method "G T"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := newClient(t, test.policy).Do(t.Context(), node.HTTPRequest{Method: test.method, URL: test.url})
			switch {
			case err == nil:
				t.Error("no error")
			case !strings.HasPrefix(err.Error(), test.want):
				t.Errorf("%q does not begin with %q", err, test.want)
			case strings.Contains(err.Error(), "hush"):
				t.Errorf("%q tells the secret", err)
			}
		})
	}
}

func TestNoProxyFromTheEnvironment(t *testing.T) {
	var asked atomic.Bool
	proxy := serve(t, func(http.ResponseWriter, *http.Request) { asked.Store(true) })
	t.Setenv("HTTP_PROXY", proxy)
	// A name that is no loopback address: those are exempt from proxies.
	_, err := newClient(t, egress.Policy{}).Do(t.Context(), node.HTTPRequest{Method: "GET", URL: "http://no.such.name.invalid/"})
	if err == nil || asked.Load() {
		t.Errorf("error %v, proxy asked: %v", err, asked.Load())
	}
}

func TestMaxResponse(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body := strings.Repeat("x", 1000)
		if r.URL.Path == "/bomb" {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = z.Write([]byte(strings.Repeat(body, 1000)))
			_ = z.Close()
			return
		}
		_, _ = io.WriteString(w, body)
	})
	c := newClient(t, egress.Policy{})
	for path, limit := range map[string]int64{"/": 999, "/bomb": 100_000} {
		_, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url + path, MaxResponse: limit})
		if want := fmt.Sprintf("the answer is larger than %d bytes", limit); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", path, err, want)
		}
	}
	for path, limit := range map[string]int64{"/": 999, "/bomb": 100_000} {
		answer, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url + path, MaxResponse: limit, Cut: true})
		if err != nil || !answer.Cut || int64(len(answer.Body)) != limit {
			t.Errorf("%s, cut: %v", path, err)
		}
	}
	answer, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url, MaxResponse: 1000, Cut: true})
	if err != nil || answer.Cut || len(answer.Body) != 1000 {
		t.Errorf("an answer of just the limit: %v", err)
	}
}

// TestEndless: of an answer that never ends no more is taken than fits, and the sender is told by the
// end of the connection.
func TestEndless(t *testing.T) {
	t.Parallel()
	sent := make(chan int64, 1)
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		var n int64
		for chunk := make([]byte, 64<<10); ; n += int64(len(chunk)) {
			if _, err := w.Write(chunk); err != nil {
				sent <- n
				return
			}
		}
	})
	const limit, buffers = 1 << 20, 16 << 20 // the kernel's, of both sides
	_, err := newClient(t, egress.Policy{}).Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url, MaxResponse: limit})
	if want := "the answer is larger than 1048576 bytes"; err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
	if n := <-sent; n > limit+buffers {
		t.Errorf("%d bytes were sent", n)
	}
}

// hang answers once the client has gone; the head is sent for /body.
func hang(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/body" {
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush()
	}
	<-r.Context().Done()
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	url := serve(t, hang)
	host := strings.TrimPrefix(url, "http://")
	for _, path := range []string{"/head", "/body"} {
		_, err := newClient(t, egress.Policy{}).Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url + path + "?hush", Timeout: 50 * time.Millisecond})
		if want := host + " has not answered within 50ms"; err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", path, err, want)
		}
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	url := serve(t, hang)
	stopped := errors.New("stopped by a user")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stopped)
	if _, err := newClient(t, egress.Policy{}).Do(ctx, node.HTTPRequest{Method: "GET", URL: url}); !errors.Is(err, stopped) {
		t.Errorf("error %v, want the cause of the cancelled context", err)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	t.Parallel()
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(echo))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	c := newClient(t, egress.Policy{})
	for range 3 {
		if _, err := c.Do(t.Context(), node.HTTPRequest{Method: "POST", URL: server.URL, Body: []byte("x")}); err != nil {
			t.Fatal(err)
		}
	}
	if opened.Load() != 1 {
		t.Errorf("%d connections for 3 requests", opened.Load())
	}
}

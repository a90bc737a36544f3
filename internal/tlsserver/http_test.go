package tlsserver_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/tlsserver"
)

func TestRedirect(t *testing.T) {
	t.Parallel()
	tests := []struct{ authority, port, host, target, want string }{
		{"", "443", "hooks.test", "/a%2Fb?c=d", "https://hooks.test/a%2Fb?c=d"},
		{"", "443", "hooks.test:80", "/", "https://hooks.test/"},
		{"", "8443", "hooks.test:8080", "/", "https://hooks.test:8443/"},
		{"", "443", "[2001:db8::1]:80", "/", "https://[2001:db8::1]/"},
		{"", "8443", "[2001:db8::1]", "/", "https://[2001:db8::1]:8443/"},
		{"public.test:444", "8443", "hooks.test", "/x", "https://public.test:444/x"},
		{"", "443", "hooks.test", "//elsewhere.test/", "https://hooks.test//elsewhere.test/"},
		{"", "443", "", "/", ""},
		{"", "443", "hooks.test", "*", ""},
	}
	for _, test := range tests {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil)
		request.Host = test.host
		path, query, _ := strings.Cut(test.target, "?")
		request.URL = &url.URL{Path: path, RawPath: path, RawQuery: query}
		if unescaped, err := url.PathUnescape(path); err == nil {
			request.URL.Path = unescaped
		}
		answer := httptest.NewRecorder()
		tlsserver.Redirect(test.authority, test.port).ServeHTTP(answer, request)
		status := http.StatusPermanentRedirect
		if test.want == "" {
			status = http.StatusBadRequest
		}
		if answer.Code != status || answer.Header().Get("Location") != test.want {
			t.Errorf("%+v: %d %q", test, answer.Code, answer.Header().Get("Location"))
		}
	}
}

func TestStrict(t *testing.T) {
	t.Parallel()
	handler := tlsserver.Strict(http.NotFoundHandler())
	for _, test := range []struct {
		host string
		tls  *tls.ConnectionState
		want string
	}{
		{"hooks.test", &tls.ConnectionState{}, "max-age=31536000"},
		{"hooks.test", nil, ""},
		{"localhost:8443", &tls.ConnectionState{}, ""},
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		request.Host, request.TLS = test.host, test.tls
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		if got := answer.Header().Get("Strict-Transport-Security"); got != test.want {
			t.Errorf("%s: %q, want %q", test.host, got, test.want)
		}
	}
}

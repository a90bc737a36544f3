package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// TestPagesAndTheRest: every address is a page of the web interface but those that are for machines.
func TestPagesAndTheRest(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	const page, problem, text = "text/html; charset=utf-8", "application/problem+json", "text/plain; charset=utf-8"
	for _, test := range []struct {
		method, path string
		status       int
		mediaType    string
	}{
		{"GET", "/", 200, page},
		{"GET", "/setup", 200, page},
		{"GET", "/no/such/route", 200, page},
		{"GET", "/apiary", 200, page},
		{"GET", "/assets/none.js", 404, text},
		{"POST", "/orders", 405, text},
		{"GET", "/api", 404, problem},
		{"GET", "/api/none", 404, problem},
		{"POST", "/api/webhooks/none", 404, text},
		{"GET", "/.well-known/none", 404, problem},
		{"POST", "/healthz", 404, problem},
		{"GET", "/healthz", 200, text},
		{"GET", "/readyz", 200, text},
	} {
		r := send(t, s, test.method, test.path, "", "Accept: text/html")
		if r.Status != test.status || r.Header.Get("Content-Type") != test.mediaType {
			t.Errorf("%s %s: %d %s", test.method, test.path, r.Status, r.Header.Get("Content-Type"))
		}
		policy := r.Header.Get("Content-Security-Policy")
		if isPage := strings.Contains(policy, "connect-src 'self'"); isPage != (test.mediaType == page || test.path == "/assets/none.js" || test.path == "/orders") {
			t.Errorf("%s %s: the policy %q", test.method, test.path, policy)
		}
	}
	if r := send(t, s, http.MethodGet, "/", ""); !strings.Contains(r.Body, "<title>Hookflow") {
		t.Errorf("/ is %s", r.Body)
	}
}

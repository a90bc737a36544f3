package egress

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
)

const maxRedirects = 10

var errLocation = errors.New("it redirects to what is not a URL")

// redirects is how a request takes being sent elsewhere.
func redirects(r *node.HTTPRequest) func(*http.Request, []*http.Request) error {
	switch {
	case !r.FollowRedirects:
		return stay
	case r.TLS != nil && len(r.TLS.Cert) > 0:
		return checkOrigin
	default:
		return checkRedirect
	}
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// checkRedirect allows the next request of a chain, and takes from it what is
// not for the eyes of its host.
func checkRedirect(next *http.Request, before []*http.Request) error {
	if len(before) > maxRedirects {
		return fmt.Errorf("more than %d redirects", maxRedirects)
	}
	if !isHTTP(next.URL) {
		return errors.New("it redirects to what is neither http:// nor https://")
	}
	next.Header.Del("Referer") // net/http sets it to the URL before, query included
	if leaves(next, before) {
		for name := range next.Header {
			if !harmless[name] {
				next.Header.Del(name)
			}
		}
	}
	return nil
}

// checkOrigin is for requests with a client certificate: it is not for the eyes
// of another origin either, and cannot be taken from them.
func checkOrigin(next *http.Request, before []*http.Request) error {
	if leaves(next, before) {
		return errors.New("it redirects to another origin, which the client certificate is not for")
	}
	return checkRedirect(next, before)
}

// harmless are the headers that go with a redirect to another origin. All
// others may hold credentials: any name will do for an API key.
var harmless = map[string]bool{
	"Accept": true, "Accept-Language": true, "Content-Encoding": true, "Content-Language": true, "Content-Type": true,
	"Idempotency-Key": true, "Range": true, "User-Agent": true,
}

// leaves reports whether a chain has left the origin of its first request; it
// may be back by now, but where to was not for us to say.
func leaves(next *http.Request, before []*http.Request) bool {
	origin := before[0].URL
	for _, request := range append(before[1:len(before):len(before)], next) {
		if !sameOrigin(origin, request.URL) {
			return true
		}
	}
	return false
}

// sameOrigin takes a change from http to https, on their usual ports, for the
// same place.
func sameOrigin(from, to *url.URL) bool {
	if !strings.EqualFold(from.Hostname(), to.Hostname()) {
		return false
	}
	upgrade := from.Scheme == "http" && to.Scheme == "https" && port(from) == "80" && port(to) == "443"
	return upgrade || from.Scheme == to.Scheme && port(from) == port(to)
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	default:
		return "80"
	}
}

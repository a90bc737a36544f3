package tlsserver

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// Redirect sends callers of http to https, for good and with method and body
// unchanged: to authority, which is host or host:port, or when that is "" to the
// host that they called, on port.
func Redirect(authority, port string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := authority
		if host == "" {
			host = httpsHost(r.Host, port)
		}
		if host == "" || !strings.HasPrefix(r.URL.Path, "/") {
			http.Error(w, "this server speaks https", http.StatusBadRequest)
			return
		}
		http.Redirect(w, r, "https://"+host+r.URL.RequestURI(), http.StatusPermanentRedirect) //nolint:gosec // to the host that the caller called
	})
}

func httpsHost(called, port string) string {
	host := (&url.URL{Host: called}).Hostname()
	switch {
	case host == "":
		return ""
	case port != "443":
		return net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		return "[" + host + "]"
	default:
		return host
	}
}

// Strict has browsers use nothing but https for a year (RFC 6797) once they came
// by https. On localhost it does not: that is many servers, told apart by ports,
// which browsers do not look at here.
func Strict(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS != nil && (&url.URL{Host: r.Host}).Hostname() != "localhost" {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

package auth

import (
	"net/http"
	"strings"

	"github.com/hookflow/hookflow"
)

// SessionCookie is the name of the cookie that holds a session's token.
const SessionCookie = "hookflow_session"

var errNobody = hookflow.Errorf(hookflow.CodeUnauthorized, "log in, or send an API key as Authorization: Bearer")

// Authenticate recognises who sends a request, by API key or else by session cookie. Origins are the
// pages, beside the server's own, from which a browser may change something.
func (s *Service) Authenticate(r *http.Request, origins *http.CrossOriginProtection) (Principal, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, key, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return Principal{}, errNobody
		}
		return s.byKey(r.Context(), strings.TrimSpace(key))
	}
	cookie, err := r.Cookie(SessionCookie)
	if err != nil || cookie.Value == "" {
		return Principal{}, errNobody
	}
	if err := checkOrigin(r, origins); err != nil {
		return Principal{}, err
	}
	return s.bySession(r.Context(), cookie.Value)
}

// checkOrigin is stricter than CrossOriginProtection: a browser that sends a cookie along also says
// where the request comes from, so one that does not is refused.
func checkOrigin(r *http.Request, origins *http.CrossOriginProtection) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	if r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == "" {
		return hookflow.Errorf(hookflow.CodeForbidden, "a request with the session cookie needs an Origin header")
	}
	if err := origins.Check(r); err != nil {
		return hookflow.Errorf(hookflow.CodeForbidden, "the request comes from another site")
	}
	return nil
}

// Cookie gives a browser a session's token; an empty token takes it away. Secure is for https.
func Cookie(token string, secure bool) *http.Cookie {
	cookie := &http.Cookie{ //nolint:gosec // Secure where there is https; a log-in over plain http must work too
		Name: SessionCookie, Value: token, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(SessionLife.Seconds()),
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	return cookie
}

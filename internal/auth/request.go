package auth

import (
	"context"
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
	return s.bySession(r.Context(), digestOf(cookie.Value))
}

// Holds reports whether who acts in ctx is still let in, and with the same role, for answers that go
// on for long. While the database cannot tell, nothing changes.
func (s *Service) Holds(ctx context.Context) bool {
	was := From(ctx)
	is, err := s.again(ctx, was)
	if err != nil {
		return hookflow.CodeOf(err) != hookflow.CodeUnauthorized
	}
	return is.Role == was.Role
}

func (s *Service) again(ctx context.Context, was Principal) (Principal, error) {
	if was.Type == TypeUser {
		return s.bySession(ctx, was.session())
	}
	rows, err := s.store.APIKeys(ctx)
	if err != nil {
		return Principal{}, err
	}
	for _, row := range rows {
		if row.ID == was.ID && works(row, s.clock()) {
			return was, nil
		}
	}
	return Principal{}, errUnknownKey
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

package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/auth"
)

const password = "correct horse"

// login returns the session cookie as a Cookie header.
func (s *server) login(t *testing.T, email string) string {
	t.Helper()
	response := s.do(t, call{method: "POST", path: "/api/auth/login", body: `{"email":"` + email + `","password":"` + password + `"}`})
	if response.Code != http.StatusOK {
		t.Fatalf("login: %d", response.Code)
	}
	cookie, _, _ := strings.Cut(response.Header().Get("Set-Cookie"), ";")
	return cookie
}

func TestSetup(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			token, err := s.auth.NewSetupToken(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			body := func(token, password string) string {
				return `{"token":"` + token + `","email":"Root@Example.org","password":"` + password + `"}`
			}
			before := s.rows(t)
			s.checkAll(t, []call{
				{name: "needed", method: "GET", path: "/api/auth/setup", status: 200, want: []string{`{"needed":true}`}},
				{name: "no token", method: "POST", path: "/api/auth/setup", body: body("", password), status: 403},
				{name: "wrong token", method: "POST", path: "/api/auth/setup", body: body(token+"x", password), status: 403},
				{name: "weak", method: "POST", path: "/api/auth/setup", body: body(token, "too short"), status: 422, want: []string{`"pointer":"/password"`}},
				{name: "another site", method: "POST", path: "/api/auth/setup", body: body(token, password), headers: map[string]string{"Sec-Fetch-Site": "cross-site"}, status: 403},
			})
			if diff := cmp.Diff(before, s.rows(t)); diff != "" {
				t.Errorf("a refused set-up left something: %s", diff)
			}
			s.checkAll(t, []call{
				{name: "works", method: "POST", path: "/api/auth/setup", body: body(token, password), status: 201, want: []string{`"email":"root@example.org","role":"admin"`}, wantNot: []string{password, "argon2"}},
				{name: "once", method: "POST", path: "/api/auth/setup", body: body(token, password), status: 403},
				{name: "no longer", method: "GET", path: "/api/auth/setup", status: 200, want: []string{`{"needed":false}`}},
			})
			if again, err := s.auth.NewSetupToken(t.Context()); again != "" || err != nil {
				t.Errorf("another token: %q, %v", again, err)
			}
		})
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			for _, role := range []auth.Role{auth.Viewer, auth.Editor, auth.Admin} {
				if _, err := s.auth.CreateUser(t.Context(), string(role)+"@example.org", password, role); err != nil {
					t.Fatal(err)
				}
			}
			cookie := s.login(t, "Admin@example.org")
			with := func(headers ...string) map[string]string {
				out := map[string]string{"Cookie": cookie}
				for i := 0; i < len(headers); i += 2 {
					out[headers[i]] = headers[i+1]
				}
				return out
			}
			put := func(name string, status int, headers map[string]string) call {
				return call{name: name, method: "PUT", path: "/api/env/A", body: `{"value":"x"}`, headers: headers, status: status}
			}
			before := s.rows(t)
			s.checkAll(t, []call{
				{name: "nobody", method: "GET", path: "/api/auth/me", status: 401, header: map[string]string{"WWW-Authenticate": `Bearer realm="hookflow"`}},
				{name: "me", method: "GET", path: "/api/auth/me", headers: with(), status: 200, want: []string{`"type":"user"`, `"name":"admin@example.org","role":"admin"`}},
				put("no origin", 403, with()),
				put("another origin", 403, with("Origin", "https://evil.example")),
				put("null origin", 403, with("Origin", "null")),
				put("another site", 403, with("Sec-Fetch-Site", "cross-site", "Origin", "http://example.com")),
				put("a neighbour", 403, with("Sec-Fetch-Site", "same-site")),
				put("wrong cookie", 401, map[string]string{"Cookie": auth.SessionCookie + "=x", "Origin": "http://example.com"}),
				put("a wrong key beside", 401, with("Origin", "http://example.com", "Authorization", "Bearer hfk_x")),
				put("another scheme", 401, with("Origin", "http://example.com", "Authorization", "Basic x")),
			})
			if diff := cmp.Diff(before, s.rows(t)); diff != "" {
				t.Errorf("a refused call left something: %s", diff)
			}
			s.checkAll(t, []call{
				put("same origin", 201, with("Origin", "http://example.com")),
				put("same site", 200, with("Sec-Fetch-Site", "same-origin")),
				put("public URL", 200, with("Origin", "https://hooks.example")),
				{name: "logout", method: "POST", path: "/api/auth/logout", headers: with("Sec-Fetch-Site", "same-origin"), status: 204},
				{name: "logged out", method: "GET", path: "/api/auth/me", headers: with(), status: 401},
			})
			cookie = s.login(t, "admin@example.org")
			s.advance(auth.SessionIdle - time.Minute)
			s.check(t, call{name: "used in time", method: "GET", path: "/api/auth/me", headers: with(), status: 200})
			s.advance(auth.SessionIdle - time.Minute)
			s.check(t, call{name: "and again", method: "GET", path: "/api/auth/me", headers: with(), status: 200})
			s.advance(auth.SessionIdle)
			s.check(t, call{name: "idle", method: "GET", path: "/api/auth/me", headers: with(), status: 401})
			cookie = s.login(t, "admin@example.org")
			for used := time.Duration(0); used < auth.SessionLife; used += auth.SessionIdle / 2 {
				s.check(t, call{name: "in use", method: "GET", path: "/api/auth/me", headers: with(), status: 200})
				s.advance(auth.SessionIdle / 2)
			}
			s.check(t, call{name: "expired", method: "GET", path: "/api/auth/me", headers: with(), status: 401})
		})
	}
}

// TestOwnSessions: a user sees and ends its own log-ins, and an administrator those of others.
func TestOwnSessions(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			user, err := s.auth.CreateUser(t.Context(), "a@example.org", password, auth.Viewer)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.auth.CreateUser(t.Context(), "b@example.org", password, auth.Viewer); err != nil {
				t.Fatal(err)
			}
			login := func(email string) map[string]string {
				return map[string]string{"Cookie": s.login(t, email), "Origin": "http://example.com"}
			}
			one, two, other := login("a@example.org"), login("a@example.org"), login("b@example.org")
			sessions := func(headers map[string]string, want int) string {
				t.Helper()
				body := s.check(t, call{method: "GET", path: "/api/auth/sessions?count=true", headers: headers, status: 200, want: []string{
					fmt.Sprintf(`"total":%d`, want), `"ip":"192.0.2.1"`, `"createdAt":"2026-03-01T12:00:00Z","lastUsedAt":"2026-03-01T12:00:00Z","expiresAt":"2026-03-08T12:00:00Z"`, `"current":true`,
				}})
				return body
			}
			sessions(other, 1)
			id := member(t, sessions(two, 2), "items", "0", "id")
			if strings.Contains(sessions(one, 2), strings.TrimPrefix(one["Cookie"], auth.SessionCookie+"=")) {
				t.Error("the list shows a token")
			}
			s.checkAll(t, []call{
				{name: "another user's", method: "DELETE", path: "/api/auth/sessions/" + id, headers: other, status: 404},
				{name: "without an origin", method: "DELETE", path: "/api/auth/sessions", headers: map[string]string{"Cookie": one["Cookie"]}, status: 403},
				{name: "a key has none", as: auth.Viewer, method: "GET", path: "/api/auth/sessions", status: 200, want: []string{`"items":[]`}},
				{name: "a key ends none", as: auth.Viewer, method: "DELETE", path: "/api/auth/sessions", status: 403},
				{name: "the others", method: "DELETE", path: "/api/auth/sessions", headers: one, status: 204},
				{name: "has ended", method: "GET", path: "/api/auth/me", headers: two, status: 401},
			})
			id = member(t, sessions(one, 1), "items", "0", "id")
			s.checkAll(t, []call{
				{name: "its own", method: "DELETE", path: "/api/auth/sessions/" + id, headers: one, status: 204},
				{name: "has ended", method: "GET", path: "/api/auth/me", headers: one, status: 401},
				{name: "of nobody", as: auth.Admin, method: "DELETE", path: "/api/users/0000000000001/sessions", status: 404},
			})
			one = login("a@example.org")
			s.checkAll(t, []call{
				{name: "by an administrator", as: auth.Admin, method: "DELETE", path: "/api/users/" + user.ID.String() + "/sessions", status: 204},
				{name: "has ended", method: "GET", path: "/api/auth/me", headers: one, status: 401},
				{name: "on record", as: auth.Admin, method: "GET", path: "/api/audit?action=end_sessions&count=true&kind=user&object=" + user.ID.String(), status: 200, want: []string{`"total":3`}},
			})
			again := s.do(t, call{method: "POST", path: "/api/auth/login", body: `{"email":"b@example.org","password":"` + password + `"}`, headers: other})
			if again.Code != http.StatusOK {
				t.Fatalf("log in again: %d", again.Code)
			}
			s.check(t, call{name: "the session before", method: "GET", path: "/api/auth/me", headers: other, status: 401})
		})
	}
}

func TestOwnPassword(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	if _, err := s.auth.CreateUser(t.Context(), "a@example.org", password, auth.Viewer); err != nil {
		t.Fatal(err)
	}
	here := map[string]string{"Cookie": s.login(t, "a@example.org"), "Origin": "http://example.com"}
	there := map[string]string{"Cookie": s.login(t, "a@example.org"), "Origin": "http://example.com"}
	change := func(name string, status int, current, next string) call {
		return call{name: name, method: "PATCH", path: "/api/auth/me", headers: here, status: status, body: `{"currentPassword":"` + current + `","password":"` + next + `"}`, wantNot: []string{next}}
	}
	key := change("a key has none", 403, password, "another password")
	key.as, key.headers = auth.Viewer, nil
	role := change("a role", 422, password, "another password")
	role.body = `{"role":"admin"}`
	s.checkAll(t, []call{
		key, role,
		change("wrong", 403, "not the password", "another password"),
		change("too short", 422, password, "short"),
		change("right", 200, password, "another password"),
		{name: "this one stays", method: "GET", path: "/api/auth/me", headers: here, status: 200, want: []string{`"role":"viewer"`}},
		{name: "that one ends", method: "GET", path: "/api/auth/me", headers: there, status: 401},
		{name: "the old one", method: "POST", path: "/api/auth/login", body: `{"email":"a@example.org","password":"` + password + `"}`, status: 401},
		{name: "the new one", method: "POST", path: "/api/auth/login", body: `{"email":"a@example.org","password":"another password"}`, status: 200},
		{name: "on record", as: auth.Admin, method: "GET", path: "/api/audit?actor=a@example.org&action=update", status: 200, want: []string{`"password":"changed"`}, wantNot: []string{"another password"}},
	})
	for range 8 {
		s.check(t, change("guessing", 403, "not the password", "some other password"))
	}
	s.check(t, change("too often", 429, "another password", "some other password"))
}

func TestSessionCookie(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	if _, err := s.auth.CreateUser(t.Context(), "a@example.org", password, auth.Viewer); err != nil {
		t.Fatal(err)
	}
	for scheme, want := range map[string]string{"": "HttpOnly; SameSite=Lax", "yes": "HttpOnly; Secure; SameSite=Lax"} {
		response := s.do(t, call{
			method: "POST", path: "/api/auth/login", body: `{"email":"a@example.org","password":"` + password + `"}`, headers: map[string]string{"X-Test-HTTPS": scheme},
		})
		cookie := response.Header().Get("Set-Cookie")
		if !strings.HasPrefix(cookie, "hookflow_session=") || !strings.HasSuffix(cookie, "; Path=/; Max-Age=604800; "+want) {
			t.Errorf("Set-Cookie: %s", cookie)
		}
	}
}

func TestLoginLimit(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	if _, err := s.auth.CreateUser(t.Context(), "a@example.org", password, auth.Viewer); err != nil {
		t.Fatal(err)
	}
	login := func(name, email, password string, status int) call {
		return call{name: name, method: "POST", path: "/api/auth/login", body: `{"email":"` + email + `","password":"` + password + `"}`, status: status}
	}
	for range 5 {
		s.check(t, login("right ones do not count", "a@example.org", password, 200))
	}
	before := s.rows(t)
	var answers []string
	for i := range 10 {
		email := []string{"a@example.org", "unknown@example.org"}[i%2]
		answers = append(answers, s.check(t, login("wrong", email, "not the password", 401)))
	}
	if answers[0] != answers[1] {
		t.Errorf("an unknown account answers otherwise: %s %s", answers[0], answers[1])
	}
	limited := login("the right one is too late", "a@example.org", password, 429)
	limited.header = map[string]string{"Retry-After": "600"}
	s.check(t, limited)
	after := s.rows(t)
	if failed := after["hf_audit"] - before["hf_audit"]; failed != 10 {
		t.Errorf("%d wrong log-ins are on record, want 10", failed)
	}
	after["hf_audit"] = before["hf_audit"]
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("a refused log-in left something: %s", diff)
	}
	s.check(t, call{
		name: "the record", as: auth.Admin, method: "GET", path: "/api/audit?action=login_failed&limit=1", status: 200,
		want: []string{`"actor":{"type":"nobody"`, `"kind":"user"`, `"after":{"email":"unknown@example.org"}`, `"ip":"192.0.2.1"`}, wantNot: []string{"not the password"},
	})
	s.advance(10 * time.Minute)
	s.check(t, login("later", "a@example.org", password, 200))
}

func TestUsers(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			made := s.check(t, call{
				name: "create", as: auth.Admin, method: "POST", path: "/api/users", status: 201,
				body: `{"email":"a@example.org","password":"` + password + `","role":"admin"}`, wantNot: []string{"argon2", password},
			})
			one := "/api/users/" + member(t, made, "id")
			cookie := map[string]string{"Cookie": s.login(t, "a@example.org")}
			s.checkAll(t, []call{
				{
					name: "again", as: auth.Admin, method: "POST", path: "/api/users", status: 409, want: []string{`"pointer":"/email"`},
					body: `{"email":"A@example.org","password":"` + password + `","role":"viewer"}`,
				},
				{
					name: "all wrong", as: auth.Admin, method: "POST", path: "/api/users", status: 422, want: []string{`"/email"`, `"/password"`},
					body: `{"email":"nobody","password":"short","role":"viewer"}`,
				},
				{
					name: "role", as: auth.Admin, method: "POST", path: "/api/users", status: 422, want: []string{`"/role"`},
					body: `{"email":"b@example.org","password":"` + password + `","role":"root"}`,
				},
				{
					name: "unknown member", as: auth.Admin, method: "POST", path: "/api/users", status: 422, want: []string{`"/admin"`},
					body: `{"email":"b@example.org","password":"` + password + `","role":"viewer","admin":true}`,
				},
				{name: "NUL in the path", as: auth.Admin, method: "DELETE", path: "/api/workflows/a%00", status: 400},
				{name: "no UTF-8 in the path", as: auth.Admin, method: "POST", path: "/api/workflows/%ff/enable", status: 400},
				{name: "NUL in the query", as: auth.Admin, method: "GET", path: "/api/executions?workflow=a%00", status: 400},
				{
					name: "time", as: auth.Admin, method: "POST", path: "/api/api-keys", status: 422, want: []string{`"/expiresAt"`, "RFC 3339"},
					body: `{"name":"a","role":"viewer","expiresAt":"tomorrow"}`,
				},
				{name: "list", as: auth.Admin, method: "GET", path: "/api/users", status: 200, want: []string{`"email":"a@example.org"`}, wantNot: []string{"argon2"}},
				{name: "the last administrator", as: auth.Admin, method: "PATCH", path: one, body: `{"role":"viewer"}`, status: 409},
				{name: "the last administrator", as: auth.Admin, method: "DELETE", path: one, status: 409},
				{name: "still there", method: "GET", path: "/api/auth/me", headers: cookie, status: 200, want: []string{`"role":"admin"`}},
				{name: "another", as: auth.Admin, method: "POST", path: "/api/users", status: 201, body: `{"email":"b@example.org","password":"` + password + `","role":"admin"}`},
				{name: "demote", as: auth.Admin, method: "PATCH", path: one, body: `{"role":"viewer"}`, status: 200, want: []string{`"role":"viewer"`}},
				{name: "the session knows", method: "GET", path: "/api/users", headers: cookie, status: 403},
				{name: "new password", as: auth.Admin, method: "PATCH", path: one, body: `{"password":"another password"}`, status: 200, want: []string{`"role":"viewer"`}},
				{name: "sessions end", method: "GET", path: "/api/auth/me", headers: cookie, status: 401},
				{name: "delete", as: auth.Admin, method: "DELETE", path: one, status: 204},
				{name: "gone", as: auth.Admin, method: "GET", path: one, status: 404},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=user&action=update", status: 200, want: []string{`"before":{"email":"a@example.org","role":"admin"}`}, wantNot: []string{"argon2", "another password"}},
			})
		})
	}
}

func TestAPIKeys(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			made := s.check(t, call{
				name: "create", as: auth.Admin, method: "POST", path: "/api/api-keys", status: 201,
				body: `{"name":"ci","role":"viewer","expiresAt":"2026-03-02T12:00:00Z"}`, want: []string{`"expiresAt":"2026-03-02T12:00:00Z"`},
			})
			key := member(t, made, "key")
			if !strings.HasPrefix(key, "hfk_") || len(key) < 47 {
				t.Errorf("key %q", key)
			}
			use := func(name string, status int) call {
				return call{name: name, method: "GET", path: "/api/auth/me", headers: map[string]string{"Authorization": "bearer " + key}, status: status}
			}
			list := func(want ...string) call {
				return call{name: "list", as: auth.Admin, method: "GET", path: "/api/api-keys", status: 200, want: want, wantNot: []string{key}}
			}
			s.checkAll(t, []call{
				list(`"name":"ci","role":"viewer","createdAt":"2026-03-01T12:00:00Z","expiresAt":"2026-03-02T12:00:00Z","lastUsedAt":null,"revokedAt":null`),
				use("works", 200),
				list(`"lastUsedAt":"2026-03-01T12:00:00Z"`),
			})
			s.advance(59 * time.Second)
			s.checkAll(t, []call{use("soon after", 200), list(`"name":"ci","role":"viewer","createdAt":"2026-03-01T12:00:00Z","expiresAt":"2026-03-02T12:00:00Z","lastUsedAt":"2026-03-01T12:00:00Z"`)})
			s.advance(time.Second)
			s.checkAll(t, []call{use("a minute after", 200), list(`"lastUsedAt":"2026-03-01T12:01:00Z"`)})
			s.advance(24 * time.Hour)
			s.checkAll(t, []call{
				use("expired", 401),
				{name: "in the past", as: auth.Admin, method: "POST", path: "/api/api-keys", status: 422, body: `{"name":"x","role":"viewer","expiresAt":"2026-03-01T12:00:00Z"}`, want: []string{`"/expiresAt"`}},
				{name: "no name", as: auth.Admin, method: "POST", path: "/api/api-keys", status: 422, body: `{"name":" ","role":"viewer"}`, want: []string{`"/name"`}},
			})
			made = s.check(t, call{name: "create", as: auth.Admin, method: "POST", path: "/api/api-keys", status: 201, body: `{"name":"ci","role":"viewer"}`, want: []string{`"expiresAt":null`}})
			key = member(t, made, "key")
			s.checkAll(t, []call{
				use("works", 200),
				{name: "revoke", as: auth.Admin, method: "DELETE", path: "/api/api-keys/" + member(t, made, "id"), status: 204},
				use("revoked", 401),
				{name: "revoke none", as: auth.Admin, method: "DELETE", path: "/api/api-keys/0000000000001", status: 404},
			})
		})
	}
}

// TestRoles has everybody try what is not theirs.
func TestRoles(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.checkAll(t, []call{
		{as: auth.Editor, method: "PUT", path: "/api/workflows/first", body: minimal, status: 201},
		{as: auth.Editor, method: "PUT", path: "/api/collections/things", body: `{"fields":[{"name":"a","type":"string"}]}`, status: 201},
		{as: auth.Admin, method: "PUT", path: "/api/env/TOKEN", body: `{"value":"hush-hush","secret":true}`, status: 201},
	})
	record := s.check(t, call{as: auth.Editor, method: "POST", path: "/api/collections/things/records", body: `{"a":"x"}`, status: 201})
	id := "/" + member(t, record, "id")
	const someID = "/0000000000001"
	editors := []call{
		{method: "POST", path: "/api/workflows", body: strings.Replace(minimal, "first", "second", 1)},
		{method: "PUT", path: "/api/workflows/first", body: minimal},
		{method: "PUT", path: "/api/workflows/first?draft=true", body: minimal},
		{method: "DELETE", path: "/api/workflows/first"},
		{method: "POST", path: "/api/workflows/first/enable"},
		{method: "POST", path: "/api/workflows/first/disable"},
		{method: "POST", path: "/api/workflows/first/publish"},
		{method: "POST", path: "/api/workflows/first/revisions/1/restore"},
		{method: "POST", path: "/api/workflows/first/duplicate", body: `{"key":"second"}`},
		{method: "POST", path: "/api/workflows/first/run"},
		{method: "POST", path: "/api/executions" + someID + "/cancel"},
		{method: "POST", path: "/api/executions" + someID + "/retry"},
		{method: "POST", path: "/api/collections", body: `{"name":"others","fields":[]}`},
		{method: "PUT", path: "/api/collections/things", body: `{"fields":[]}`},
		{method: "DELETE", path: "/api/collections/things"},
		{method: "POST", path: "/api/collections/things/records", body: `{"a":"y"}`},
		{method: "PUT", path: "/api/collections/things/records" + id, body: `{"a":"y"}`},
		{method: "PATCH", path: "/api/collections/things/records" + id, body: `{"a":"y"}`},
		{method: "DELETE", path: "/api/collections/things/records" + id},
	}
	admins := []call{
		{method: "PUT", path: "/api/env/TOKEN", body: `{"value":"x"}`},
		{method: "PUT", path: "/api/env/OTHER", body: `{"value":"x"}`},
		{method: "DELETE", path: "/api/env/TOKEN"},
		{method: "GET", path: "/api/users"},
		{method: "POST", path: "/api/users", body: `{"email":"x@example.org","password":"` + password + `","role":"admin"}`},
		{method: "GET", path: "/api/users" + someID},
		{method: "PATCH", path: "/api/users" + someID, body: `{"role":"admin"}`},
		{method: "DELETE", path: "/api/users" + someID},
		{method: "GET", path: "/api/api-keys"},
		{method: "POST", path: "/api/api-keys", body: `{"name":"x","role":"admin"}`},
		{method: "DELETE", path: "/api/api-keys" + someID},
		{method: "GET", path: "/api/audit"},
	}
	readers := []call{
		{method: "GET", path: "/api/workflows"},
		{method: "GET", path: "/api/deliveries"},
		{method: "GET", path: "/api/executions"},
		{method: "GET", path: "/api/collections/things/records"},
		{method: "GET", path: "/api/env"},
		{method: "GET", path: "/api/stats"},
		{method: "GET", path: "/api/node-types"},
		{method: "GET", path: "/api/trigger-types"},
		{method: "GET", path: "/api/verification-schemes"},
	}
	before := s.rows(t)
	refuse := func(role auth.Role, status int, calls []call) {
		for _, c := range calls {
			c.name, c.as, c.status = string(role)+" may not", role, status
			s.check(t, c)
		}
	}
	refuse(auth.Viewer, http.StatusForbidden, append(editors, admins...))
	refuse(auth.Editor, http.StatusForbidden, admins)
	for _, calls := range [][]call{readers, editors, admins} {
		refuse("", http.StatusUnauthorized, calls)
	}
	if diff := cmp.Diff(before, s.rows(t)); diff != "" {
		t.Errorf("a refused call left something: %s", diff)
	}
	s.check(t, call{name: "nothing changed", as: auth.Viewer, method: "GET", path: "/api/collections/things/records", status: 200, want: []string{`"a":"x"`}})
	if len(s.runner.requests)+len(s.runner.cancelled)+len(s.runner.retried) > 0 {
		t.Error("a refused call reached the runner")
	}
	for _, c := range readers {
		c.as, c.status, c.wantNot = auth.Viewer, http.StatusOK, []string{"hush"}
		s.check(t, c)
	}
}

func TestNothingThere(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.checkAll(t, []call{
		{name: "not built yet", as: auth.Admin, method: "POST", path: "/api/plugins", status: 404},
		{name: "below", as: auth.Admin, method: "GET", path: "/api/workflows/a/b/c", status: 404},
		{name: "elsewhere", method: "GET", path: "/nothing", status: 404},
		{name: "method", as: auth.Admin, method: "PATCH", path: "/api/workflows", status: 405, header: map[string]string{"Allow": "GET, HEAD, POST"}},
		{name: "no id", as: auth.Admin, method: "GET", path: "/api/deliveries/nonsense", status: 422},
	})
}

package api

import (
	"testing"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/value"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	put := func(query, token, literal string, status int) {
		t.Helper()
		s.check(t, call{name: "put", as: auth.Editor, method: "PUT", path: "/api/workflows/orders" + query, status: status, body: `{"trigger":{"type":"manual"},"nodes":[
			{"key":"send","type":"request","config":{"url":"https://x.example","auth":{"type":"bearer","token":"` + token + `"}}},
			{"key":"odd","type":"other","config":{"apiKey":"` + literal + `"}}]}`})
	}
	put("", "first-token", "first-key", 201)
	put("?draft=true", "second-token", "second-key", 200)
	diff := func(name, query string, as auth.Role, status int, want ...string) call {
		return call{name: name, as: as, method: "GET", path: "/api/workflows/orders/diff" + query, status: status, want: want, wantNot: []string{"first-token", "second-token"}}
	}
	hidden := `{"kind":"changed","node":"send","pointer":"/nodes/0/config/auth/token","before":"••••","after":"••••"}`
	viewers := diff("a viewer", "", auth.Viewer, 200, hidden, `"pointer":"/nodes/1/config/apiKey","before":"••••","after":"••••"`)
	viewers.wantNot = append(viewers.wantNot, "-key")
	s.checkAll(t, []call{
		viewers,
		diff("an editor", "?from=1&to=draft", auth.Editor, 200, hidden, `"before":"first-key","after":"second-key"`, `"number":1,"createdAt":"2026-03-01T12:00:00Z","createdBy":"editor"`),
		diff("the same", "?from=1&to=published", auth.Viewer, 200, `"changes":[]`, `"truncated":false`),
		diff("no such revision", "?from=9", auth.Viewer, 404),
		diff("no revision", "?to=newest", auth.Viewer, 400),
	})
	if answer := s.check(t, diff("from", "", auth.Editor, 200)); value.Value(answer).Get("from", "number").Text() != "1" {
		t.Errorf("compared from another one than the published: %s", answer)
	}
}

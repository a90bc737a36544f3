package api

import (
	"testing"

	"github.com/hookflow/hookflow/internal/auth"
)

func TestCatalogues(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	for path, want := range map[string]string{
		"/api/node-types":           `{"items":[{"type":"condition"}],"nextCursor":null,"common":{"schema":{}}}`,
		"/api/trigger-types":        `{"items":[{"type":"webhook"}],"nextCursor":null}`,
		"/api/verification-schemes": `{"items":[{"key":"github"}],"nextCursor":null}`,
	} {
		s.check(t, call{name: "a catalogue", as: auth.Viewer, method: "GET", path: path, status: 200, want: []string{want}})
	}
}

package api

import (
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/node"
)

// outside is what answers at the public URL; nil cannot be reached.
type outside struct {
	handler http.Handler
	asked   []string
}

func (o *outside) Do(ctx context.Context, r node.HTTPRequest) (*node.HTTPResponse, error) {
	o.asked = append(o.asked, r.URL)
	if o.handler == nil {
		return nil, errors.New("hooks.example: connection refused")
	}
	w := httptest.NewRecorder()
	_, path, _ := strings.Cut(strings.TrimPrefix(r.URL, "https://"), "/")
	o.handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, r.Method, "/"+strings.TrimPrefix(path, "base/"), http.NoBody))
	return &node.HTTPResponse{Status: w.Code, Body: w.Body.Bytes()}, nil
}

func testSettings(t *testing.T) []config.Effective {
	t.Helper()
	set := flag.NewFlagSet("serve", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	flags := config.Bind(set)
	if err := set.Parse([]string{"--retain-failed", "30d", "--database-url", "postgres://u:hunter2@db/x"}); err != nil {
		t.Fatal(err)
	}
	none := func(string) ([]byte, error) { return nil, fs.ErrNotExist }
	if _, _, err := flags.Load([]string{"HOOKFLOW_LOG_LEVEL=debug"}, none); err != nil {
		t.Fatal(err)
	}
	return flags.Effective()
}

func TestSettings(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.checkAll(t, []call{
		{
			name: "all", as: auth.Admin, method: "GET", path: "/api/settings", status: 200,
			want: []string{
				`"name":"retain-failed","flag":"--retain-failed","env":"HOOKFLOW_RETAIN_FAILED","value":"30d"`, `"source":"flag"`,
				`"env":"HOOKFLOW_LOG_LEVEL","value":"debug","default":"info"`, `"source":"env"`,
				`"name":"max-queued","flag":"--max-queued","env":"HOOKFLOW_MAX_QUEUED","value":"1000000"`, `"source":"default"`,
				`"env":"HOOKFLOW_DATABASE_URL","value":"••••"`, `"env":"HOOKFLOW_SECRET_KEY","value":null`, `"version":"test"`, `"zh":"`,
			},
			wantNot: []string{"hunter2"},
		},
		{name: "all, for an editor", as: auth.Editor, method: "GET", path: "/api/settings", status: 403},
		{
			name: "public", as: auth.Viewer, method: "GET", path: "/api/settings/public", status: 200,
			want: []string{
				`"publicURL":"https://hooks.example/base"`, `"maxBodyBytes":1048576`, `"timezone":"+00:00"`,
				`"retention":{"succeeded":null,"failed":"30d","deliveries":null}`,
			},
		},
		{name: "public, for nobody", method: "GET", path: "/api/settings/public", status: 401},
		{name: "check, for an editor", as: auth.Editor, method: "POST", path: "/api/settings/check", status: 403},
		{name: "probe out of a check", method: "GET", path: "/api/probe/x", status: 404},
	})
}

func TestCheckPublicURL(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	check := func(name, want string, handler http.Handler) {
		s.outside.handler = handler
		s.check(t, call{name: name, as: auth.Admin, method: "POST", path: "/api/settings/check", status: 200, want: []string{want}})
	}
	check("nobody answers", `"verdict":"unreachable","status":0,"detail":{"en":"The server cannot reach it: hooks.example: connection refused"`, nil)
	check("itself", `"url":"https://hooks.example/base","set":true,"verdict":"ok","status":204`, s)
	check("somebody else", `"verdict":"other","status":404`, sqliteServer(t))
	last := strings.TrimPrefix(s.outside.asked[1], "https://hooks.example/base")
	s.check(t, call{name: "the token afterwards", method: "GET", path: last, status: 404})
}

func TestCheckProxy(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	for _, test := range []struct {
		name, peer string
		headers    map[string]string
		want       string
	}{
		{"direct", "192.0.2.9:1", nil, "direct"},
		{"not trusted", "192.0.2.9:1", map[string]string{"X-Forwarded-For": "198.51.100.1"}, "untrusted"},
		{"silent", "10.0.0.1:1", nil, "silent"},
		{"without the scheme", "10.0.0.1:1", map[string]string{"X-Forwarded-For": "198.51.100.1"}, "incomplete"},
		{"usual", "10.0.0.1:1", map[string]string{"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https"}, "forwarded"},
		{"standard", "[::ffff:10.0.0.1]:1", map[string]string{"Forwarded": "For=198.51.100.1;Proto=https"}, "forwarded"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/settings/check", http.NoBody)
		r.RemoteAddr = test.peer
		r.Header.Set("Authorization", "Bearer "+s.keys[auth.Admin])
		for name, v := range test.headers {
			r.Header.Set(name, v)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := member(t, w.Body.String(), "proxy", "verdict"); got != test.want {
			t.Errorf("%s: %s, want %s: %s", test.name, got, test.want, w.Body)
		}
	}
}

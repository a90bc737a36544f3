package nodes_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// identity gives out tokens t1, t2 and so on, of which the service beside it takes
// the newest, unless it takes none.
type identity struct {
	inForm   bool // wants the client's name in the form
	as       string
	answer   string // in the place of a token
	status   int
	takeNone bool
	heard    []string
	tokens   int
}

func (i *identity) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/token" {
		i.give(w, r)
		return
	}
	i.heard = append(i.heard, "call "+r.Header.Get("Authorization"))
	if i.takeNone || r.Header.Get("Authorization") != fmt.Sprintf("Bearer t%d", i.tokens) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.Header().Set("X-Seen", r.Header.Get("Authorization"))
	_, _ = fmt.Fprintf(w, "you sent %s", r.Header.Get("Authorization"))
}

func (i *identity) give(w http.ResponseWriter, r *http.Request) {
	name, secret, inHeader := r.BasicAuth()
	if i.inForm {
		name, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	i.heard = append(i.heard, fmt.Sprintf("token %s %s header=%t", r.PostFormValue("grant_type"), r.PostFormValue("scope"), inHeader))
	switch {
	case name != "c%2Fd" && name != "c/d" || secret != "s%3A" && secret != "s:":
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"error": "invalid_client", "error_description": "who are you?"}`))
	case i.answer != "":
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(max(i.status, 200))
		_, _ = w.Write([]byte(i.answer))
	default:
		i.tokens++
		w.Header().Set("Content-Type", i.as)
		if i.as == "application/json" {
			_, _ = fmt.Fprintf(w, `{"access_token": "t%d", "token_type": "Bearer", "expires_in": 3600}`, i.tokens)
		} else {
			_, _ = fmt.Fprintf(w, "access_token=t%d&token_type=bearer&expires_in=3600", i.tokens)
		}
	}
}

// caller sends requests with an oauth2 client.
type caller struct {
	env    *node.Env
	config value.Value
}

func newCaller(t *testing.T, i *identity, secret string) *caller {
	t.Helper()
	if i.as == "" {
		i.as = "application/json"
	}
	server := httptest.NewServer(i)
	t.Cleanup(server.Close)
	config := fmt.Sprintf(`{"url": "%[1]s/", "auth": {"type": "oauth2", "tokenURL": "%[1]s/token", "clientId": "c/d", "clientSecret": %[2]q, "scopes": ["a", "b"]}}`, server.URL, secret)
	return &caller{&node.Env{HTTP: newHTTP(t), Tokens: &node.Tokens{}}, value.Raw(config)}
}

func (c *caller) call(t *testing.T, at time.Time) string {
	t.Helper()
	tree, _ := value.Compile(c.config)
	run := &node.Run{NodeKey: "request", Now: at, IdemKey: "key", Scope: scope{}, Env: c.env}
	outcome, err := node.Lookup("request").Run(t.Context(), tree, run)
	result := told(t, outcome, err, run.LogLines)
	if data := result.Get("result", "data"); data != nil {
		return data.Text() + " " + result.Get("result", "headers", "x-seen").Text()
	}
	return result.Get("error").Text()
}

// sent is what a call comes to; the service sends the token back, and nobody sees it.
const sent = "you sent Bearer •••• Bearer ••••"

func TestOAuth2(t *testing.T) {
	t.Parallel()
	const asked = "token client_credentials a b header=true"
	for _, test := range []struct {
		name     string
		identity identity
		want     []string
	}{
		{"in the header", identity{}, []string{asked, "call Bearer t1", "call Bearer t1"}},
		{"in the form", identity{inForm: true}, []string{asked, "token client_credentials a b header=false", "call Bearer t1", "call Bearer t1"}},
		{"answered as a form", identity{as: "application/x-www-form-urlencoded"}, []string{asked, "call Bearer t1", "call Bearer t1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := newCaller(t, &test.identity, "s:")
			for _, at := range []time.Time{now, now.Add(3600*time.Second - 31*time.Second)} {
				if got := c.call(t, at); got != sent {
					t.Errorf("got %s", got)
				}
			}
			if diff := cmp.Diff(test.want, test.identity.heard); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOAuth2Again(t *testing.T) {
	t.Parallel()
	i := &identity{}
	c := newCaller(t, i, "s:")
	c.call(t, now)
	if got := c.call(t, now.Add(3600*time.Second-30*time.Second)); got != sent || i.tokens != 2 {
		t.Errorf("near its end a token is still used: %s, %d tokens", got, i.tokens)
	}
	i.tokens++ // the last one is revoked
	i.heard = nil
	if got := c.call(t, now.Add(time.Hour)); got != sent {
		t.Errorf("got %s", got)
	}
	want := []string{"call Bearer t2", "token client_credentials a b header=true", "call Bearer t4"}
	if diff := cmp.Diff(want, i.heard); diff != "" {
		t.Error(diff)
	}
	i.takeNone, i.heard = true, nil
	if got := c.call(t, now.Add(time.Hour)); got != "the server answered 401" || len(i.heard) != 3 {
		t.Errorf("got %s after %q", got, i.heard)
	}
}

func TestOAuth2Refused(t *testing.T) {
	t.Parallel()
	const began = "auth: the token endpoint answered "
	for _, test := range []struct {
		name, secret string
		identity     identity
		want         string
	}{
		{"a wrong secret", "wrong", identity{}, began + "401: invalid_client: who are you?"},
		{"no token", "s:", identity{answer: `{"token": "shown-to-nobody"}`}, began + "200 without a token"},
		{"a failure", "s:", identity{answer: `{"access_token": "shown-to-nobody"}`, status: 503}, began + "503"},
		{"another type", "s:", identity{answer: `{"access_token": "shown-to-nobody", "token_type": "mac"}`}, `auth: the token is of type "mac", which is not known`},
		{"no JSON", "s:", identity{answer: `shown-to-nobody`}, began + "200 without a token"},
		{"a long word", "s:", identity{answer: `{"error": "` + strings.Repeat("e", 300) + `"}`, status: 500}, began + "500: " + strings.Repeat("e", 199) + "…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := newCaller(t, &test.identity, test.secret).call(t, now); got != test.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

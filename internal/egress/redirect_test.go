package egress_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/node"
)

// redirect goes to the URL of the query's "to" at first, and then to the one of
// "then".
func redirect(w http.ResponseWriter, r *http.Request) {
	to, then := r.URL.Query().Get("to"), r.URL.Query().Get("then")
	switch {
	case to == "":
		echo(w, r)
		return
	case then != "":
		to += "?to=" + url.QueryEscape(then)
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusTemporaryRedirect)
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	here, elsewhere := serve(t, redirect), serve(t, redirect)
	hostOf := func(url string) string { return strings.TrimPrefix(url, "http://") }
	const secrets = "Authorization: Bearer hush\n"
	const all = secrets + "Content-Type: text/x\nIdempotency-Key: 7\nUser-Agent: hookflow/1.2.3\nX-Api-Key: hush\n\nbody"
	const harmless = "Content-Type: text/x\nIdempotency-Key: 7\nUser-Agent: hookflow/1.2.3\n\nbody"
	tests := []struct{ name, to, then, want string }{
		{"same origin", here + "/b", "", "POST " + hostOf(here) + " /b\n" + all},
		{"relative", "/b", "", "POST " + hostOf(here) + " /b\n" + all},
		{"another origin", elsewhere + "/b", "", "POST " + hostOf(elsewhere) + " /b\n" + harmless},
		{"there and back", elsewhere + "/b", here + "/c", "POST " + hostOf(here) + " /c\n" + harmless},
	}
	c := newClient(t, egress.Policy{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			answer, err := c.Do(t.Context(), node.HTTPRequest{
				Method: "POST", Body: []byte("body"), FollowRedirects: true,
				URL: here + "/?to=" + url.QueryEscape(test.to) + "&then=" + url.QueryEscape(test.then),
				Headers: []hookflow.Header{
					{Name: "Authorization", Value: "Bearer hush"},
					{Name: "Content-Type", Value: "text/x"},
					{Name: "Idempotency-Key", Value: "7"},
					{Name: "X-Api-Key", Value: "hush"},
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(answer.Body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRedirectsRefused(t *testing.T) {
	t.Parallel()
	url1 := serve(t, redirect)
	endless := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/hush", http.StatusFound) })
	hostOf := func(url string) string { return strings.TrimPrefix(url, "http://") }
	tests := []struct{ name, url, want string }{
		{"to the metadata", url1 + "?to=http%3A%2F%2F169.254.169.254%2Fhush", "169.254.169.254: connections to 169.254.169.254 are not allowed"},
		{"to a file", url1 + "?to=file%3A%2F%2Fhush", "hush: it redirects to what is neither http:// nor https://"},
		{"to nowhere", url1 + "?to=http%3A%2F%2F%25zz%2Fhush", hostOf(url1) + ": it redirects to what is not a URL"},
		{"endless", endless, hostOf(endless) + ": more than 10 redirects"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := newClient(t, egress.Policy{}).Do(t.Context(), node.HTTPRequest{Method: "GET", URL: test.url, FollowRedirects: true})
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error %v, want %s", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "/hush") {
				t.Errorf("%q tells the URL", err)
			}
		})
	}
}

func TestRedirectsAtMost(t *testing.T) {
	t.Parallel()
	// /3 redirects to /2 and so on.
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		left, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if err == nil && left > 0 {
			http.Redirect(w, r, "/"+strconv.Itoa(left-1), http.StatusFound)
		}
	})
	c := newClient(t, egress.Policy{})
	for redirects, allowed := range map[int]bool{10: true, 11: false} {
		_, err := c.Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url + "/" + strconv.Itoa(redirects), FollowRedirects: true})
		if (err == nil) != allowed {
			t.Errorf("%d redirects: %v", redirects, err)
		}
	}
}

func TestRedirectIsTheAnswer(t *testing.T) {
	t.Parallel()
	url := serve(t, redirect)
	answer, err := newClient(t, egress.Policy{}).Do(t.Context(), node.HTTPRequest{Method: "GET", URL: url + "?to=/b"})
	if err != nil || answer.Status != http.StatusTemporaryRedirect {
		t.Fatalf("%+v, %v", answer, err)
	}
}

package webui

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; " +
	"font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

var built = fstest.MapFS{
	".gitignore":            {Data: []byte("*")},
	"index.html":            {Data: []byte("<title>the index</title>")},
	"index.html.gz":         {Data: []byte("gzip of the index")},
	"favicon.svg":           {Data: []byte("<svg/>")},
	"assets/app-1a2b.js":    {Data: []byte("the script")},
	"assets/app-1a2b.js.br": {Data: []byte("brotli of the script")},
	"assets/app-1a2b.js.gz": {Data: []byte("gzip of the script")},
	"assets/lone-3c4d.gz":   {Data: []byte("an archive")},
}

// get asks for an address with headers, each a name and a value.
func get(t *testing.T, h http.Handler, method, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestFiles(t *testing.T) {
	t.Parallel()
	const forever, html, script = "public, max-age=31536000, immutable", "text/html; charset=utf-8", "text/javascript; charset=utf-8"
	type answer struct {
		Status                                    int
		Body, Type, Coding, Caching, Vary, Length string
	}
	for _, test := range []struct {
		name, address string
		headers       []string
		want          answer
	}{
		{"the index", "/", nil, answer{200, "<title>the index</title>", html, "", "no-cache", "Accept-Encoding", "24"}},
		{"a navigation to a route", "/workflows/a.b", []string{"Accept", "text/html"}, answer{200, "<title>the index</title>", html, "", "no-cache", "Accept-Encoding", "24"}},
		{"compressed", "/setup", []string{"Accept-Encoding", "gzip, deflate, br"}, answer{200, "gzip of the index", html, "gzip", "no-cache", "Accept-Encoding", "17"}},
		{"a file", "/favicon.svg", []string{"Accept-Encoding", "br"}, answer{200, "<svg/>", "image/svg+xml", "", "no-cache", "", "6"}},
		{"an asset", "/assets/app-1a2b.js", nil, answer{200, "the script", script, "", forever, "Accept-Encoding", "10"}},
		{"the best coding", "/assets/app-1a2b.js", []string{"Accept-Encoding", "gzip, BR ; q=0.1"}, answer{200, "brotli of the script", script, "br", forever, "Accept-Encoding", "20"}},
		{"a coding that is refused", "/assets/app-1a2b.js", []string{"Accept-Encoding", "br;q=0, gzip;q=0.5"}, answer{200, "gzip of the script", script, "gzip", forever, "Accept-Encoding", "18"}},
		{"codings that are not known", "/assets/app-1a2b.js", []string{"Accept-Encoding", "zstd, *;q=0"}, answer{200, "the script", script, "", forever, "Accept-Encoding", "10"}},
		{"a part", "/assets/app-1a2b.js", []string{"Range", "bytes=4-5"}, answer{206, "sc", script, "", forever, "Accept-Encoding", "2"}},
		{"a name that ends like a compressed file's", "/assets/lone-3c4d.gz", nil, answer{200, "an archive", "application/octet-stream", "", forever, "", "10"}},
		{"a compressed file by its own name", "/assets/app-1a2b.js.br", nil, answer{404, "there is no such file\n", "text/plain; charset=utf-8", "", "no-cache", "", ""}},
		{"an unknown asset", "/assets/gone", nil, answer{404, "there is no such file\n", "text/plain; charset=utf-8", "", "no-cache", "", ""}},
		{"an unknown file", "/robots.txt", nil, answer{404, "there is no such file\n", "text/plain; charset=utf-8", "", "no-cache", "", ""}},
		{"a hidden file is a route like any other", "/.gitignore", nil, answer{200, "<title>the index</title>", html, "", "no-cache", "Accept-Encoding", "24"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := New(built)
			r := get(t, h, http.MethodGet, test.address, test.headers...)
			header := r.Header()
			got := answer{
				r.Code, r.Body.String(), header.Get("Content-Type"), header.Get("Content-Encoding"),
				header.Get("Cache-Control"), header.Get("Vary"), header.Get("Content-Length"),
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if got := header.Get("Content-Security-Policy"); got != policy || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("X-Frame-Options") != "DENY" {
				t.Errorf("the headers are %v", header)
			}
			head := get(t, h, http.MethodHead, test.address, test.headers...)
			if head.Code != r.Code || head.Header().Get("ETag") != header.Get("ETag") || test.want.Status == 200 && head.Body.Len() > 0 {
				t.Errorf("HEAD answers %d %v %q", head.Code, head.Header(), head.Body)
			}
		})
	}
}

func TestNotChanged(t *testing.T) {
	t.Parallel()
	h := New(built)
	plain := get(t, h, http.MethodGet, "/assets/app-1a2b.js").Header().Get("ETag")
	coded := get(t, h, http.MethodGet, "/assets/app-1a2b.js", "Accept-Encoding", "br").Header().Get("ETag")
	if plain == coded || !strings.HasPrefix(plain, `"`) || !strings.HasPrefix(coded, `"`) {
		t.Fatalf("the tags are %s and %s", plain, coded)
	}
	r := get(t, h, http.MethodGet, "/assets/app-1a2b.js", "Accept-Encoding", "br", "If-None-Match", coded)
	if r.Code != http.StatusNotModified || r.Body.Len() > 0 || r.Header().Get("Vary") == "" || r.Header().Get("Cache-Control") == "" {
		t.Errorf("answers %d %v", r.Code, r.Header())
	}
	if r := get(t, h, http.MethodGet, "/assets/app-1a2b.js", "If-None-Match", coded); r.Code != http.StatusOK {
		t.Errorf("the tag of another coding answers %d", r.Code)
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"/", "/workflows", "/assets/app-1a2b.js"} {
		r := get(t, New(built), http.MethodPost, address)
		if r.Code != http.StatusMethodNotAllowed || r.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("POST %s: %d %v", address, r.Code, r.Header())
		}
	}
}

// TestUnbuilt: without a built interface every page says so, in both languages.
func TestUnbuilt(t *testing.T) {
	t.Parallel()
	h := New(fstest.MapFS{".gitignore": built[".gitignore"]})
	for _, address := range []string{"/", "/setup"} {
		r := get(t, h, http.MethodGet, address)
		for _, want := range []string{"make build", "without the web interface", "未包含网页界面", "/api/docs"} {
			if r.Code != http.StatusOK || !strings.Contains(r.Body.String(), want) {
				t.Errorf("GET %s: %d, no %q", address, r.Code, want)
			}
		}
		if got := r.Header().Get("Content-Security-Policy"); got != policy {
			t.Errorf("the policy is %s", got)
		}
	}
}

// TestBuilt: what is embedded can be served, whether or not it was built.
func TestBuilt(t *testing.T) {
	t.Parallel()
	if r := get(t, New(Built()), http.MethodGet, "/"); r.Code != http.StatusOK || !strings.Contains(r.Body.String(), "<title>Hookflow") {
		t.Errorf("answers %d: %s", r.Code, r.Body)
	}
}

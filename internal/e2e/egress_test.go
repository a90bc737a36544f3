package e2e_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// requesting is a manual workflow that requests the URL of its context.
func requesting(options string) string {
	return manual(`{key: call, type: request, config: {url: "{{$context.url}}", timeout: 20s` + options + `}}`)
}

// failsWith runs it for a URL, and wants an error that says something.
func failsWith(t *testing.T, s *hookflowtest.Server, url, want string) {
	t.Helper()
	e := run(t, s, "out", fmt.Sprintf(`{"url": %q}`, url))
	if e.Status != "error" || !strings.Contains(e.Error, want) {
		t.Errorf("%s: %s %q, want %q", url, e.Status, e.Error, want)
	}
}

// TestEgressDeny: what a request node may not reach it does not, however it is spelt or led there.
func TestEgressDeny(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	t.Cleanup(inside.Close)
	port := ":" + inside.URL[strings.LastIndex(inside.URL, ":")+1:] + "/"
	s := hookflowtest.Start(t, "HOOKFLOW_EGRESS_DENY=loopback, private", "HTTP_PROXY="+inside.URL, "HTTPS_PROXY="+inside.URL, "ALL_PROXY="+inside.URL)
	put(t, s, "out", requesting(`, followRedirects: true`))
	for target, denied := range map[string]string{
		"http://127.0.0.1" + port:                        "127.0.0.1 are not allowed: loopback",
		"http://localhost" + port:                        "loopback",
		"http://2130706433" + port:                       "127.0.0.1 are not allowed: loopback",
		"http://0x7f.1" + port:                           "127.0.0.1 are not allowed: loopback",
		"http://0177.0.0.1" + port:                       "127.0.0.1 are not allowed: loopback",
		"http://127.1" + port:                            "127.0.0.1 are not allowed: loopback",
		"http://0" + port:                                "127.0.0.1 are not allowed: loopback",
		"http://[::1]" + port:                            "::1 are not allowed: loopback",
		"http://[::]" + port:                             "::1 are not allowed: loopback",
		"http://[::ffff:127.0.0.1]" + port:               "127.0.0.1 are not allowed: loopback",
		"http://10.0.0.1/":                               "10.0.0.1 are not allowed: private",
		"http://192.168.1.1/":                            "192.168.1.1 are not allowed: private",
		"http://[fd00::1]/":                              "fd00::1 are not allowed: private",
		"http://169.254.1.1/":                            "169.254.1.1 are not allowed: link-local",
		"http://[fe80::1]/":                              "fe80::1 are not allowed: link-local",
		"http://169.254.169.254/latest/meta-data/":       "169.254.169.254 are not allowed: metadata",
		"http://2852039166/":                             "169.254.169.254 are not allowed: metadata",
		"http://[::ffff:169.254.169.254]/":               "169.254.169.254 are not allowed: metadata",
		"http://[64:ff9b::a9fe:a9fe]/":                   "169.254.169.254 are not allowed: metadata",
		"http://[2002:a9fe:a9fe::]/":                     "169.254.169.254 are not allowed: metadata",
		"http://user@169.254.169.254#@hooks.example.com": "169.254.169.254 are not allowed: metadata",
	} {
		failsWith(t, s, target, denied)
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("%d requests got inside", n)
	}
}

// TestEgressRedirects: each hop is judged; what is allowed by default is.
func TestEgressRedirects(t *testing.T) {
	t.Parallel()
	outside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
		}
	}))
	t.Cleanup(outside.Close)
	s := hookflowtest.Start(t, "HOOKFLOW_EGRESS_DENY=10.0.0.0/8")
	put(t, s, "out", requesting(`, followRedirects: true`))
	hop := func(to string) string { return outside.URL + "/?to=" + url.QueryEscape(to) }
	if e := run(t, s, "out", fmt.Sprintf(`{"url": %q}`, hop(hop("/")))); e.Status != "succeeded" {
		t.Errorf("%s %s", e.Status, e.Error)
	}
	failsWith(t, s, hop("http://169.254.169.254/"), "169.254.169.254 are not allowed: metadata")
	failsWith(t, s, hop(hop("http://0xa9fea9fe/")), "169.254.169.254 are not allowed: metadata")
	failsWith(t, s, hop(hop("http://10.1.2.3/")), "10.1.2.3 are not allowed: 10.0.0.0/8")
	failsWith(t, s, hop("file:///etc/passwd"), "neither http:// nor https://")
}

// TestEgressBounds: answers that are too large or never end are cut, those that do not come are an
// error that says so, and all take little memory.
func TestEgressBounds(t *testing.T) {
	t.Parallel()
	outside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch chunk := make([]byte, 64<<10); r.URL.Path {
		case "/large":
			w.Header().Set("Content-Length", "104857600")
			for range 1600 {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		case "/endless":
			for {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		case "/slow": // a byte now and then does not prolong it
			for r.Context().Err() == nil {
				_, _ = w.Write(chunk[:1])
				_ = http.NewResponseController(w).Flush()
				select {
				case <-r.Context().Done():
				case <-time.After(50 * time.Millisecond):
				}
			}
		}
	}))
	t.Cleanup(outside.Close)
	s := hookflowtest.Start(t)
	put(t, s, "out", strings.Replace(requesting(""), "20s", "2s", 1))
	for _, path := range []string{"/large", "/endless"} {
		e := run(t, s, "out", fmt.Sprintf(`{"url": %q}`, outside.URL+path))
		if output := string(e.step(t, "call").Output); e.Status != "succeeded" || !strings.Contains(output, `"truncated":true`) || len(output) > 1<<20 {
			t.Errorf("%s: %s %.200s", path, e.Status, output)
		}
	}
	failsWith(t, s, outside.URL+"/slow", "has not answered within ")
	if peak := peakMemory(t, s.PID()); peak > 512<<20 {
		t.Errorf("it took %d MiB", peak>>20)
	}
}

// peakMemory is the most memory that a process has had, in bytes; 0 where there is no telling.
func peakMemory(t *testing.T, pid int) (bytes int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, peak, found := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscanf(peak, "%d", &bytes); err != nil && found {
		t.Fatal(err)
	}
	return bytes << 10
}

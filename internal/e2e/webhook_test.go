package e2e_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// verdictCase is a request to an endpoint of its own and what becomes of it.
type verdictCase struct {
	name     string
	config   string // of the trigger
	off      bool   // the workflow is disabled
	method   string // POST when ""
	query    string
	headers  []string
	body     string
	status   int
	answer   []string // "Name: value" of the answer's headers; a value of * is any
	says     string   // the answer's body, a regular expression
	outcome  string   // accepted when ""
	reason   string
	detailed string // the delivery's detail, a regular expression
}

func (c *verdictCase) run(t *testing.T, s *hookflowtest.Server) {
	t.Helper()
	t.Parallel()
	document := webhook(c.config, "")
	if c.off {
		document = strings.Replace(document, "enabled: true", "enabled: false", 1)
	}
	key := save(t, s, document)
	if c.method == "" {
		c.method = http.MethodPost
	}
	r := send(t, s, c.method, "/api/webhooks/"+key+c.query, c.body, c.headers...)
	c.check(t, s, key, r)
}

func (c *verdictCase) check(t *testing.T, s *hookflowtest.Server, key string, r reply) {
	t.Helper()
	if r.Status != c.status || !regexp.MustCompile(c.says).MatchString(r.Body) {
		t.Fatalf("answered %d %q, want %d %q", r.Status, r.Body, c.status, c.says)
	}
	for _, header := range c.answer {
		name, want, _ := strings.Cut(header, ": ")
		if got := r.Header.Get(name); got != want && (want != "*" || got == "") {
			t.Errorf("the header %s is %q, want %q", name, got, want)
		}
	}
	d := deliveryOf(t, s, r)
	outcome := c.outcome
	if outcome == "" {
		outcome = "accepted"
	}
	if d.Outcome != outcome || d.Reason != c.reason || !regexp.MustCompile(c.detailed).MatchString(d.Detail) || (d.Detail == "") != (outcome == "accepted") {
		t.Errorf("recorded as %s/%s %q, want %s/%s %q", d.Outcome, d.Reason, d.Detail, outcome, c.reason, c.detailed)
	}
	if (d.Execution != nil) != (outcome == "accepted") || d.Workflow == nil || *d.Workflow != key || d.Method != c.method {
		t.Errorf("recorded as %+v", d)
	}
}

// basicAuth is an Authorization header.
func basicAuth(user, password string) string {
	return "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

// TestVerdicts goes through the steps of contract section 2 in their order.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	const (
		ok       = `^ok$`
		refused  = "rejected"
		myToken  = `{verification: {scheme: token, header: X-Token, value: s3cret}}`
		wrong    = "X-Token: wrong"
		basics   = `{verification: {scheme: basic, username: ada, password: engine}}`
		isPush   = `{filter: {all: [{left: "{{$context.headers.x-github-event}}", op: equals, right: push}]}}`
		needsRef = `{schema: {type: object, required: [ref], properties: {n: {type: integer}}}}`
	)
	tests := []verdictCase{
		{name: "accepted", status: 200, answer: []string{"Content-Type: text/plain", "X-Content-Type-Options: nosniff"}, says: ok},
		{name: "accepted with any content type", headers: []string{"Content-Type: application/x-thing"}, body: "\x00", status: 200, says: ok},
		{name: "disabled", off: true, status: 404, says: `^no webhook here$`, outcome: refused, reason: "disabled"},
		{name: "disabled comes first", off: true, config: myToken, method: http.MethodDelete, status: 404, outcome: refused, reason: "disabled"},

		{name: "method", method: http.MethodPut, status: 405, answer: []string{"Allow: POST"}, outcome: refused, reason: "method", detailed: "PUT"},
		{name: "methods", config: `{methods: [GET, DELETE, PATCH]}`, status: 405, answer: []string{"Allow: DELETE, GET, PATCH, HEAD"}, outcome: refused, reason: "method"},
		{name: "get", config: `{methods: [GET]}`, method: http.MethodGet, status: 200, says: ok},
		{name: "head where get is", config: `{methods: [GET]}`, method: http.MethodHead, status: 200, answer: []string{"Content-Length: 2"}, says: `^$`},
		{name: "head where get is not", method: http.MethodHead, status: 405, says: `^$`, outcome: refused, reason: "method"},
		{name: "put", config: `{methods: [PUT]}`, method: http.MethodPut, status: 200},
		{name: "patch", config: `{methods: [PATCH]}`, method: http.MethodPatch, status: 200},
		{name: "delete", config: `{methods: [DELETE]}`, method: http.MethodDelete, status: 200},
		{name: "options without cors", method: http.MethodOptions, headers: []string{"Origin: https://a.example"}, status: 405, outcome: refused, reason: "method"},
		{
			name: "cors", config: `{cors: {origins: ["https://a.example"]}}`, headers: []string{"Origin: https://a.example"}, status: 200,
			answer: []string{"Access-Control-Allow-Origin: https://a.example", "Vary: Origin"},
		},
		{
			name: "cors of another origin", config: `{cors: {origins: ["https://a.example"]}}`, headers: []string{"Origin: https://b.example"}, status: 200,
			answer: []string{"Access-Control-Allow-Origin: "},
		},

		{name: "ip allowed", config: `{allowIPs: ["10.0.0.0/8", "127.0.0.0/8"]}`, status: 200},
		{name: "ip not allowed", config: `{allowIPs: ["10.0.0.0/8", "::1"]}`, status: 403, outcome: refused, reason: "ip", detailed: `127\.0\.0\.1`},
		{name: "ip denied", config: `{allowIPs: ["127.0.0.0/8"], denyIPs: ["127.0.0.1"]}`, status: 403, outcome: refused, reason: "ip"},
		{name: "ip not believed", config: `{allowIPs: ["203.0.113.9"]}`, headers: []string{"X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9", "X-Real-IP: 203.0.113.9"}, status: 403, outcome: refused, reason: "ip"},
		{name: "method before ip", config: `{denyIPs: ["127.0.0.1"]}`, method: http.MethodPut, status: 405, outcome: refused, reason: "method"},

		{name: "as large as may be", config: `{maxBytes: 10}`, headers: []string{asJSON}, body: `"12345678"`, status: 200},
		{name: "too large", config: `{maxBytes: 10}`, headers: []string{asJSON}, body: `"123456789"`, status: 413, outcome: refused, reason: "too_large", detailed: "10 bytes"},
		{name: "ip before size", config: `{denyIPs: ["127.0.0.1"], maxBytes: 1}`, body: `12`, status: 403, outcome: refused, reason: "ip"},
		{name: "size before verification", config: strings.Replace(myToken, "{", "{maxBytes: 1, ", 1), headers: []string{wrong}, body: `12`, status: 413, outcome: refused, reason: "too_large"},

		{name: "token", config: myToken, headers: []string{"X-Token: s3cret"}, status: 200},
		{name: "token wrong", config: myToken, headers: []string{wrong}, status: 401, says: "^verification failed$", outcome: refused, reason: "verification", detailed: "X-Token"},
		{name: "token missing", config: myToken, status: 401, says: "^verification failed$", outcome: refused, reason: "verification", detailed: "missing"},
		{name: "token in the query", config: `{verification: {scheme: token, query: t, value: s3cret}}`, query: "?t=s3cret", status: 200},
		{name: "token with a prefix", config: `{verification: {scheme: token, header: Authorization, prefix: "Bearer ", value: s3cret}}`, headers: []string{"Authorization: Bearer s3cret"}, status: 200},
		{name: "basic", config: basics, headers: []string{basicAuth("ada", "engine")}, status: 200},
		{
			name: "basic wrong", config: basics, headers: []string{basicAuth("ada", "analytical")}, status: 401,
			answer: []string{`WWW-Authenticate: Basic realm="hookflow", charset="UTF-8"`}, says: "^verification failed$", outcome: refused, reason: "verification",
		},
		{name: "token has no challenge", config: myToken, status: 401, answer: []string{"WWW-Authenticate: "}, outcome: refused, reason: "verification"},
		{name: "a secret that is not set", config: `{verification: {scheme: token, header: X-Token, value: "{{$env.NOT_SET}}"}}`, headers: []string{"X-Token: "}, status: 401, outcome: refused, reason: "verification"},
		{name: "verification before parsing", config: myToken, headers: []string{wrong, asJSON}, body: `{`, status: 401, outcome: refused, reason: "verification"},

		{name: "malformed json", headers: []string{asJSON}, body: `{"a":`, status: 400, outcome: refused, reason: "malformed"},
		{name: "malformed json with more", headers: []string{asJSON}, body: `{} {}`, status: 400, outcome: refused, reason: "malformed"},
		{name: "malformed xml", headers: []string{"Content-Type: text/xml"}, body: `<a><b></a>`, status: 400, outcome: refused, reason: "malformed"},
		{name: "malformed multipart", headers: []string{"Content-Type: multipart/form-data; boundary=x"}, body: "--x\r\nno", status: 400, outcome: refused, reason: "malformed"},
		{name: "multipart without boundary", headers: []string{"Content-Type: multipart/form-data"}, body: "x", status: 400, outcome: refused, reason: "malformed", detailed: "boundary"},
		{name: "unknown charset", headers: []string{"Content-Type: text/plain; charset=klingon"}, body: "x", status: 400, outcome: refused, reason: "malformed", detailed: "klingon"},
		{name: "not gzip", headers: []string{"Content-Encoding: gzip"}, body: "not gzip", status: 400, outcome: refused, reason: "malformed"},
		{name: "unknown content coding", headers: []string{"Content-Encoding: klingon"}, body: "x", status: 415, answer: []string{"Accept-Encoding: *"}, outcome: refused, reason: "malformed"},
		{name: "parsing before schema", config: needsRef, headers: []string{asJSON}, body: `{`, status: 400, outcome: refused, reason: "malformed"},

		{name: "schema met", config: needsRef, headers: []string{asJSON}, body: `{"ref":1}`, status: 200},
		{name: "schema", config: needsRef, headers: []string{asJSON}, body: `{"n":"x"}`, status: 422, answer: []string{"Content-Type: application/problem+json"}, says: `"pointer":"/n"`, outcome: refused, reason: "schema"},
		{name: "schema of nothing", config: needsRef, headers: []string{asJSON}, status: 422, outcome: refused, reason: "schema"},
		{name: "schema before filter", config: strings.Replace(isPush, "{", `{schema: {type: "null"}, `, 1), headers: []string{asJSON}, body: `1`, status: 422, outcome: refused, reason: "schema"},

		{name: "filter passed", config: isPush, headers: []string{"X-GitHub-Event: push"}, status: 200, says: ok},
		{name: "filtered", config: isPush, headers: []string{"X-GitHub-Event: ping"}, status: 200, says: ok, outcome: "filtered", detailed: "filter"},
		{name: "filtered with the configured acknowledgement", config: strings.Replace(isPush, "{", `{response: {status: 202, body: seen}, `, 1), status: 202, says: "^seen$", outcome: "filtered", detailed: "filter"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, s) })
	}
}

// TestForwarded: a trusted proxy is believed about the client.
func TestForwarded(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t, "HOOKFLOW_TRUSTED_PROXIES=127.0.0.0/8,10.0.0.0/8")
	const only = `{allowIPs: ["203.0.113.0/24", "2001:db8::/32"]}`
	tests := []verdictCase{
		{name: "forwarded for", config: only, headers: []string{"X-Forwarded-For: 203.0.113.9"}, status: 200},
		{name: "forwarded", config: only, headers: []string{`Forwarded: for="[2001:db8::1]:4711";proto=https;host=hooks.example`}, status: 200},
		{name: "the nearest that is no proxy", config: only, headers: []string{"X-Forwarded-For: 198.51.100.7, 203.0.113.9, 10.1.2.3"}, status: 200},
		{name: "what a client claims", config: only, headers: []string{"X-Forwarded-For: 203.0.113.9, 198.51.100.7"}, status: 403, outcome: "rejected", reason: "ip", detailed: `198\.51\.100\.7`},
		{name: "nothing forwarded", config: only, status: 403, outcome: "rejected", reason: "ip"},
	}
	t.Run("cases", func(t *testing.T) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) { test.run(t, s) })
		}
	})
	key := save(t, s, webhook(`{mode: sync}`, `{key: r, type: response, config: {body: {ip: "{{$context.ip}}", url: "{{$context.url}}"}}}`))
	r := post(t, s, key+"?a=1", `{}`, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: hooks.example")
	wantJSON(t, "what the workflow sees", `{"ip":"203.0.113.9","url":"https://hooks.example/api/webhooks/`+key+`?a=1"}`, r.Body)
	if d := deliveryOf(t, s, r); d.IP != "203.0.113.9" || d.URL != "https://hooks.example/api/webhooks/"+key+"?a=1" {
		t.Errorf("recorded as %+v", d)
	}
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t, "HOOKFLOW_TRUSTED_PROXIES=127.0.0.1")
	tests := []struct {
		name, config string
		from         [3]string // who calls; the third call is one too many
		status       int
	}{
		{"for all together", `{rateLimit: {requests: 2, per: 1h}}`, [3]string{"203.0.113.1", "203.0.113.2", "203.0.113.3"}, 429},
		{"for each client", `{rateLimit: {requests: 2, per: 1h, by: ip}}`, [3]string{"203.0.113.1", "203.0.113.1", "203.0.113.1"}, 429},
		{"not for other clients", `{rateLimit: {requests: 2, per: 1h, by: ip}}`, [3]string{"203.0.113.1", "203.0.113.1", "203.0.113.2"}, 200},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			key := save(t, s, webhook(test.config, ""))
			for _, ip := range test.from[:2] {
				if r := post(t, s, key, "", "X-Forwarded-For: "+ip); r.Status != http.StatusOK {
					t.Fatalf("%d %s", r.Status, r.Body)
				}
			}
			r := post(t, s, key, "", "X-Forwarded-For: "+test.from[2])
			d := deliveryOf(t, s, r)
			limited := test.status == http.StatusTooManyRequests
			if r.Status != test.status || limited != (d.Reason == "rate_limited") || limited != regexp.MustCompile(`^[1-9]\d*$`).MatchString(r.Header.Get("Retry-After")) {
				t.Errorf("%d %v %+v", r.Status, r.Header, d)
			}
		})
	}
}

// TestUnknownPaths: of the requests to paths that nobody has a sample is kept, at most one a second.
func TestUnknownPaths(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	began := time.Now()
	for i := range 50 {
		r := post(t, s, fmt.Sprintf("mistyped-%d?token=abc", i), `{"a":1}`)
		if r.Status != http.StatusNotFound || r.Body != "no webhook here" {
			t.Fatalf("%d %s", r.Status, r.Body)
		}
	}
	most := 1 + int(time.Since(began)/time.Second)
	var list struct{ Items []delivery }
	s.Into(&list, http.MethodGet, "/api/deliveries?reason=no_such_path", "")
	if n := len(list.Items); n < 1 || n > most {
		t.Fatalf("%d kept, at most %d are right", n, most)
	}
	var d delivery
	s.Into(&d, http.MethodGet, "/api/deliveries/"+list.Items[len(list.Items)-1].ID, "")
	if d.Outcome != "rejected" || d.Workflow != nil || d.Execution != nil || d.Path != "mistyped-0" || d.Status != http.StatusNotFound {
		t.Errorf("kept as %+v", d)
	}
	if r := admin(t, s, http.MethodGet, "/api/deliveries?q=mistyped-0&count=true", ""); !strings.Contains(r.Body, `"total":1`) {
		t.Errorf("looking for it finds %s", r.Body)
	}
}

// compress are the content codings by name.
var compress = map[string]func(io.Writer) io.WriteCloser{
	"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"br":   func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
	"zstd": func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w)
		if err != nil {
			panic(err) // no option of it can be wrong
		}
		return z
	},
	"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	"raw deflate": func(w io.Writer) io.WriteCloser {
		f, err := flate.NewWriter(w, flate.BestSpeed)
		if err != nil {
			panic(err) // the level is right
		}
		return f
	},
}

func compressed(t *testing.T, coding, body string) string {
	t.Helper()
	var out bytes.Buffer
	w := compress[coding](&out)
	if _, err := io.WriteString(w, body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestContentCodings(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	const body = `{"zen":"Keep it logically awesome."}`
	bomb := `"` + strings.Repeat(" ", 32<<20) + `"`
	for coding := range compress {
		t.Run(coding, func(t *testing.T) {
			t.Parallel()
			named := coding[strings.LastIndex(coding, " ")+1:]
			key := save(t, s, webhook(`{mode: sync}`, `{key: r, type: response, config: {body: "{{$context.data}}"}}`))
			r := post(t, s, key, compressed(t, coding, body), "Content-Encoding: "+named)
			if r.Status != http.StatusOK || r.Body != body {
				t.Errorf("%d %s", r.Status, r.Body)
			}
			if d := deliveryOf(t, s, r); d.BodySize != int64(len(body)) || text(t, d.Request.Body) != body {
				t.Errorf("recorded as %+v", d)
			}
			r = post(t, s, key, compressed(t, coding, bomb), "Content-Encoding: "+named)
			if d := deliveryOf(t, s, r); r.Status != http.StatusRequestEntityTooLarge || d.Reason != "too_large" {
				t.Errorf("a bomb: %d %s %+v", r.Status, r.Body, d)
			}
		})
	}
	t.Run("one in the other", func(t *testing.T) {
		t.Parallel()
		key := save(t, s, webhook("", ""))
		twice := compressed(t, "gzip", compressed(t, "br", bomb))
		if r := post(t, s, key, twice, "Content-Encoding: br, gzip"); r.Status != http.StatusRequestEntityTooLarge {
			t.Errorf("%d %s", r.Status, r.Body)
		}
	})
}

// TestPreflight: a browser's question is answered, and is no delivery.
func TestPreflight(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	key := save(t, s, webhook(`{methods: [POST, PUT], cors: {origins: ["https://a.example"]}}`, ""))
	ask := func(origin string) reply {
		return send(t, s, http.MethodOptions, "/api/webhooks/"+key, "", "Origin: "+origin, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-token")
	}
	r := ask("https://a.example")
	got := fmt.Sprint(r.Status, " ", r.Header.Get("Access-Control-Allow-Origin"), " ", r.Header.Get("Access-Control-Allow-Methods"), " ", r.Header.Get("Access-Control-Allow-Headers"))
	if want := "204 https://a.example POST, PUT x-token"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if r := ask("https://b.example"); r.Header.Get("Access-Control-Allow-Origin") != "" || r.Header.Get("Access-Control-Allow-Methods") != "" {
		t.Errorf("another origin is told %v", r.Header)
	}
	if r := admin(t, s, http.MethodGet, "/api/deliveries?workflow="+key, ""); !strings.Contains(r.Body, `"items":[]`) {
		t.Errorf("recorded: %s", r.Body)
	}
}

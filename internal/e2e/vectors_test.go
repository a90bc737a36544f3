package e2e_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	nouns "github.com/hookflow/hookflow" // its name is that of the function that runs the program
	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/hookflowtest"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/verifytest"
)

// TestVectors: every request of the file, byte for byte through a running server whose clock shows
// the vector's time. The few that no HTTP client can send to a webhook are judged in the process.
func TestVectors(t *testing.T) {
	t.Parallel()
	file := verifytest.Read(t, "../verify/testdata/signatures.json")
	web := &publishedPages{pages: file.Pages(t)}
	servers := map[int64]*hookflowtest.Server{}
	for _, v := range file.Vectors {
		if servers[v.Now] == nil {
			servers[v.Now] = serveAt(t, time.Unix(v.Now, 0), file.PublicURL, web)
		}
	}
	var sent, judged atomic.Int64
	t.Run("each", func(t *testing.T) {
		for _, v := range file.Vectors {
			t.Run(v.ID, func(t *testing.T) {
				t.Parallel()
				if v.UnitOnly {
					judged.Add(1)
					judgeHere(t, file, v)
					return
				}
				sent.Add(1)
				judgeThere(t, servers[v.Now], v, web)
			})
		}
	})
	t.Logf("%d vectors sent, %d judged in the process", sent.Load(), judged.Load())
	if n := int(sent.Load() + judged.Load()); n != file.Count || sent.Load() < 320 {
		t.Errorf("%d of %d vectors were checked, %d of them through a server", n, file.Count, sent.Load())
	}
}

// serveAt runs the program in this process, at a time that stands still.
func serveAt(t *testing.T, now time.Time, publicURL string, remote verify.Remote) *hookflowtest.Server {
	t.Helper()
	a, err := app.Open(t.Context(), config.Config{
		Addr: "127.0.0.1:0", DataDir: t.TempDir(), SecretKey: strings.Repeat("01", 32), PublicURL: publicURL,
		MaxBodyBytes: 16 << 20, Workers: 4, MaxQueued: 1000, ShutdownTimeout: 10 * time.Second,
	}, app.Options{
		Stdout: io.Discard, Logger: slog.New(slog.DiscardHandler), Clock: func() time.Time { return now }, Remote: remote,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	_, key, err := a.Auth.CreateAPIKey(t.Context(), "test", auth.Admin, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return hookflowtest.At(t, "http://"+a.Addr(), key)
}

// publishedPages are the key sets and certificates of the senders.
type publishedPages struct {
	pages map[string]string

	mu      sync.Mutex
	fetched []string
}

func (p *publishedPages) Get(_ context.Context, url string, _ time.Duration) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fetched = append(p.fetched, url)
	page, ok := p.pages[url]
	if !ok {
		return nil, fmt.Errorf("nothing is published at %s", url)
	}
	return []byte(page), nil
}

// has reports whether a URL was fetched.
func (p *publishedPages) has(url string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Contains(p.fetched, url)
}

// judgeHere checks a vector without a server.
func judgeHere(t *testing.T, file *verifytest.File, v *verifytest.Vector) {
	t.Helper()
	if v.Config["decryptOnly"] == true {
		t.Log("is no request; verify.TestDecryptFeishu decrypts it")
		return
	}
	verifier, problems := verify.Compile(value.Raw(v.Settings(t)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	wantReport(t, v, &verifier.Verify(t.Context(), file.Judged(v), noVariables{}).Report)
}

type noVariables struct{}

func (noVariables) Lookup(value.Path) value.Value { return nil }

// judgeThere checks a vector with a workflow of its own, which has nothing set but the scheme.
func judgeThere(t *testing.T, s *hookflowtest.Server, v *verifytest.Vector, web *publishedPages) {
	t.Helper()
	saved := put(t, s, v.ID, webhook(`{methods: [POST, GET], verification: `+v.Settings(t)+`}`,
		`{key: got, type: output, config: {value: {data: "{{$context.data}}", body: "{{$context.rawBody}}"}}}`))
	if saved.Status != http.StatusCreated {
		t.Fatalf("saving the workflow: %d %s", saved.Status, saved.Body)
	}
	r := sendVector(t, s, v)
	d := struct {
		delivery
		Verification *nouns.Report
	}{}
	s.For(t).Into(&d, http.MethodGet, "/api/deliveries/"+r.Header.Get("X-Hookflow-Delivery"), "")
	if d.Verification == nil {
		t.Fatalf("%d, and no report: %+v", r.Status, d)
	}
	wantReport(t, v, d.Verification)
	switch {
	case !v.Expect.Valid:
		if r.Status != http.StatusUnauthorized || r.Body != refusal(v) || d.Outcome != "rejected" || d.Reason != "verification" {
			t.Errorf("refused with %d %q, as %s/%s", r.Status, r.Body, d.Outcome, d.Reason)
		}
	case v.Expect.HandshakeReply != nil:
		if d.Outcome != "handshake" || d.Execution != nil {
			t.Errorf("taken for %s", d.Outcome)
		}
		wantHandshake(t, v, r, web)
	case unreadable(v):
		if r.Status != http.StatusBadRequest || d.Reason != "malformed" {
			t.Errorf("proved and not readable: %d %q, as %s/%s", r.Status, r.Body, d.Outcome, d.Reason)
		}
	default:
		wantAccepted(t, s, v, r, d.delivery)
	}
}

// sendVector sends the request as it is: an HTTP client would spell headers in its own way and add
// some.
func sendVector(t *testing.T, s *hookflowtest.Server, v *verifytest.Vector) reply {
	t.Helper()
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close() //nolint:errcheck // read whole
	body := v.Request.Body()
	var wire bytes.Buffer
	fmt.Fprintf(&wire, "%s %s HTTP/1.1\r\n", v.Request.Method, v.Request.Target())
	if v.Request.Headers["Host"] == "" {
		wire.WriteString("Host: hooks.example.com\r\n")
	}
	for name, text := range v.Request.Headers {
		fmt.Fprintf(&wire, "%s: %s\r\n", name, text)
	}
	if v.Request.Method != http.MethodGet || len(body) > 0 {
		fmt.Fprintf(&wire, "Content-Length: %d\r\n", len(body))
	}
	wire.WriteString("Connection: close\r\n\r\n")
	wire.Write(body)
	if _, err := connection.Write(wire.Bytes()); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close() //nolint:errcheck // read whole
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(content)}
}

// wantReport wants the verdict of a vector, and the reason as a check that failed.
func wantReport(t *testing.T, v *verifytest.Vector, report *nouns.Report) {
	t.Helper()
	if report.OK != v.Expect.Valid || report.Scheme != v.Key() {
		t.Fatalf("%s, want %v: %+v", v.Key(), v.Expect.Valid, report)
	}
	failed := slices.ContainsFunc(report.Checks, func(c nouns.Check) bool { return !c.OK && c.Code == v.Expect.Reason })
	if failed == v.Expect.Valid {
		t.Errorf("%q is reported as %+v", v.Expect.Reason, report.Checks)
	}
}

// wantHandshake wants what the provider demands of a handshake.
func wantHandshake(t *testing.T, v *verifytest.Vector, r reply, web *publishedPages) {
	t.Helper()
	want := v.Expect.HandshakeReply
	if r.Status != want.Status || r.Header.Get("X-Content-Type-Options") != "nosniff" || strings.Contains(r.Header.Get("Content-Type"), "html") {
		t.Errorf("answered %d %v", r.Status, r.Header)
	}
	for name, pattern := range want.Headers { // in whose values / is a character like others
		if ok, err := path.Match(strings.ReplaceAll(pattern, "/", "-"), strings.ReplaceAll(r.Header.Get(name), "/", "-")); !ok || err != nil {
			t.Errorf("%s = %q, want %s", name, r.Header.Get(name), pattern)
		}
	}
	switch {
	case want.BodyBase64 != nil:
		if diff := cmp.Diff(string(want.BodyBase64), r.Body); diff != "" {
			t.Errorf("the answer (-want +got):\n%s", diff)
		}
	case want.JSONEquals != nil:
		wantJSON(t, "the answer", string(want.JSONEquals), r.Body)
	case want.EncryptedReply != nil:
		wantSealed(t, v, r, want.EncryptedReply.Plain)
	case want.Fetches != "" && !web.has(want.Fetches):
		t.Errorf("%s was not fetched", want.Fetches)
	}
}

// wantSealed wants an answer in DingTalk's envelope.
func wantSealed(t *testing.T, v *verifytest.Vector, r reply, want string) {
	t.Helper()
	setting := func(name string) string { return v.Config[name].(string) }
	if got := verifytest.OpenDingtalk(t, []byte(r.Body), setting("token"), setting("aesKey"), setting("ownerKey")); got != want {
		t.Errorf("the answer holds %q, want %q", got, want)
	}
}

// refusal is all that a caller is told.
func refusal(v *verifytest.Vector) string {
	if v.Scheme == "wechatpay" {
		return `{"code":"FAIL","message":"verification failed"}`
	}
	return "verification failed"
}

// unreadable tells requests that are signed rightly and call something JSON that is none.
func unreadable(v *verifytest.Vector) bool {
	body := v.Request.Body()
	return v.Request.Headers["Content-Type"] == "application/json" && len(body) > 0 && !json.Valid(body)
}

// wantAccepted wants a workflow that has seen what was sent, decrypted.
func wantAccepted(t *testing.T, s *hookflowtest.Server, v *verifytest.Vector, r reply, d delivery) {
	t.Helper()
	if r.Status != http.StatusOK || d.Outcome != "accepted" || d.Execution == nil {
		t.Fatalf("answered %d %q, taken for %s/%s: %s", r.Status, r.Body, d.Outcome, d.Reason, d.Detail)
	}
	if v.Scheme == "dingtalk" {
		wantSealed(t, v, r, "success")
	}
	e := ended(t, s, *d.Execution)
	var got struct {
		Data raw
		Body *string
	}
	if err := json.Unmarshal([]byte(e.Output), &got); err != nil || e.Status != "succeeded" {
		t.Fatalf("%s with %.200s: %v", e.Status, e.Output, err)
	}
	body := v.Request.Body()
	switch {
	case v.Expect.DecryptedText != "":
		body = []byte(v.Expect.DecryptedText)
	case v.Scheme == "wechatpay": // a part of the body is encrypted
		var event struct{ Resource raw }
		decode(t, reply{http.StatusOK, nil, string(got.Data)}, &event)
		wantJSON(t, "what was encrypted", string(v.Expect.DecryptedJSON), string(event.Resource))
		return
	case v.Expect.DecryptedJSON != nil:
		wantJSON(t, "what was encrypted", string(v.Expect.DecryptedJSON), string(got.Data))
		return
	}
	if v.Request.BodyRepeat != nil {
		if d.BodySize != int64(len(body)) {
			t.Errorf("the body has %d bytes, sent were %d", d.BodySize, len(body))
		}
		return
	}
	if utf8.Valid(body) && (got.Body == nil && len(body) > 0 || got.Body != nil && *got.Body != string(body)) {
		t.Errorf("the workflow saw %s, sent was %q", e.Output, body)
	}
	if json.Valid(body) && strings.Contains(v.Request.Headers["Content-Type"], "json") {
		wantJSON(t, "$context.data", string(body), string(got.Data))
	}
}

package e2e_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// upload is a form with a field and a file.
func upload(t *testing.T, content string) (body, contentType string) {
	t.Helper()
	var buffer bytes.Buffer
	w := multipart.NewWriter(&buffer)
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {multipart.FileContentDisposition("doc", "报告.pdf")}, "Content-Type": {"application/pdf"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(part, content); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteField("title", "March"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.String(), w.FormDataContentType()
}

// archive takes files in forms, and tells what it got.
type archive struct {
	*httptest.Server
	mu  sync.Mutex
	got []string
}

func newArchive(t *testing.T) *archive {
	t.Helper()
	a := &archive{}
	a.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		file, header, err := r.FormFile("file")
		if err != nil {
			t.Error(err)
			return
		}
		content, err := io.ReadAll(file)
		if err != nil {
			t.Error(err)
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.got = append(a.got, fmt.Sprintf("%s %s %s %s", r.FormValue("title"), header.Filename, header.Header.Get("Content-Type"), content))
	}))
	t.Cleanup(a.Close)
	return a
}

func (a *archive) told() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.got
}

// TestFilesAreHandedOn: a file of a form goes into a record, to another server and back to the caller,
// byte for byte, and the record's is there after a restart.
func TestFilesAreHandedOn(t *testing.T) {
	t.Parallel()
	s, away := hookflowtest.Start(t), newArchive(t)
	s.Must(http.MethodPut, "/api/collections/reports", `{"fields":[{"name":"title","type":"string"},{"name":"doc","type":"file"}]}`)
	key := save(t, s, webhook(`{mode: sync}`, `
		{key: keep, type: create, config: {collection: reports, values: {title: "{{$context.data.title}}", doc: "{{$context.data.doc}}"}}},
		{key: send, type: request, config: {method: POST, url: "`+away.URL+`", multipart: [{name: title, value: "{{$context.data.title}}"}, {name: file, file: "{{$context.data.doc}}"}]}},
		{key: again, type: request, config: {method: POST, url: "`+away.URL+`", multipart: [{name: file, file: "{{$steps.keep.doc.id}}", filename: copy.pdf}]}},
		{key: answer, type: response, config: {status: 201, file: "{{$steps.keep.doc}}"}}`))
	content := "%PDF-\x00\xff\r\n--not a boundary\r\n"
	body, contentType := upload(t, content)
	r := send(t, s, http.MethodPost, "/api/webhooks/"+key, body, "Content-Type: "+contentType)
	if r.Status != http.StatusCreated || r.Body != content {
		t.Fatalf("answered %d %q", r.Status, r.Body)
	}
	if got := r.Header.Get("Content-Disposition"); got != "attachment; filename*=utf-8''%E6%8A%A5%E5%91%8A.pdf" || r.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("as %s %s", r.Header.Get("Content-Type"), got)
	}
	want := []string{"March 报告.pdf application/pdf " + content, " copy.pdf application/pdf " + content}
	if got := away.told(); !slices.Equal(got, want) {
		t.Errorf("the archive got %q", got)
	}
	wantJSON(t, "what was sent", fmt.Sprintf(`{"id":%q,"filename":"报告.pdf","contentType":"application/pdf","size":%d}`, fileOf(t, s), len(content)),
		memberOf(t, executionOf(t, s, r).step(t, "answer").Output, "body"))
	s.Kill()
	s.Restart()
	if got := admin(t, s, http.MethodGet, "/api/files/"+fileOf(t, s), ""); got.Status != http.StatusOK || got.Body != content {
		t.Errorf("after a restart: %d %q", got.Status, got.Body)
	}
}

// fileOf is the id of the file that the record holds.
func fileOf(t *testing.T, s *hookflowtest.Server) string {
	t.Helper()
	held := records(t, s, "reports")
	if len(held) != 1 {
		t.Fatalf("%d records", len(held))
	}
	return text(t, raw(memberOf(t, held[0]["doc"], "id")))
}

// memberOf is a member of a JSON object.
func memberOf(t *testing.T, object raw, name string) string {
	t.Helper()
	var members map[string]raw
	decode(t, reply{Status: http.StatusOK, Body: string(object)}, &members)
	return string(members[name])
}

// TestFilesOfOthers: a caller that names a file in JSON gets none that it has not seen.
func TestFilesOfOthers(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	key := save(t, s, webhook(`{mode: sync}`, `{key: answer, type: response, config: {file: "{{$context.data.doc}}"}}`))
	body, contentType := upload(t, "private")
	theirs := send(t, s, http.MethodPost, "/api/webhooks/"+key, body, "Content-Type: "+contentType)
	if theirs.Body != "private" {
		t.Fatalf("%d %s", theirs.Status, theirs.Body)
	}
	id := theirs.Header.Get("X-Hookflow-Delivery")
	for _, guess := range []string{id, id + "-0", id + "-0-", id + "-0-" + strings.Repeat("0", 32), "../" + id} {
		r := post(t, s, key, fmt.Sprintf(`{"doc":{"id":%q,"filename":"a"}}`, guess))
		if r.Status != http.StatusInternalServerError || strings.Contains(r.Body, "private") {
			t.Errorf("%s: %d %s", guess, r.Status, r.Body)
		}
	}
}

// TestOAuth2StaysSecret: neither the client's secret nor the token is in anything that is shown.
func TestOAuth2StaysSecret(t *testing.T) {
	t.Parallel()
	const secret, token = "client-secret-value", "token-of-the-client"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/token" {
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"access_token":%q,"token_type":"bearer","expires_in":60}`, token)
			return
		}
		if r.Header.Get("Authorization") != "Bearer "+token {
			w.WriteHeader(http.StatusUnauthorized)
		}
		_, _ = fmt.Fprintf(w, "%v", r.Header)
	}))
	t.Cleanup(server.Close)
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/env/CLIENT_SECRET", `{"value":"`+secret+`","secret":true}`)
	key := save(t, s, webhook(`{mode: sync}`, `{key: call, type: request, config: {url: "`+server.URL+`/", auth: {type: oauth2, tokenURL: "`+server.URL+`/token", clientId: me, clientSecret: "{{$env.CLIENT_SECRET}}"}}}`))
	r := post(t, s, key, `{}`)
	if e := executionOf(t, s, r); e.Status != "succeeded" {
		t.Errorf("%s %s", e.Status, e.Error)
	}
	shown := admin(t, s, http.MethodGet, "/api/executions/"+*deliveryOf(t, s, r).Execution, "").Body + admin(t, s, http.MethodGet, "/api/workflows/"+key, "").Body + s.Output()
	if strings.Contains(shown, secret) || strings.Contains(shown, token) {
		t.Errorf("shown: %s", shown)
	}
	if !strings.Contains(shown, "Bearer ••••") {
		t.Errorf("the answer is not shown: %s", shown)
	}
}

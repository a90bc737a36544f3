package e2e_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

const examples = "../../examples/"

// load saves a file of examples/ under the name that its own text has.
func load(t *testing.T, s *hookflowtest.Server, kind, name, file string) {
	t.Helper()
	document, err := os.ReadFile(examples + file)
	if err != nil {
		t.Fatal(err)
	}
	r := send(t, s, http.MethodPut, "/api/"+kind+"/"+name, string(document), "Authorization: Bearer "+s.Key(), "Content-Type: application/yaml")
	if r.Status != http.StatusCreated {
		t.Fatalf("%s: %d %s", file, r.Status, r.Body)
	}
}

// TestExamplesAreTested fails when a file joins examples/ without a test here.
func TestExamplesAreTested(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{
		"customers.collection.yaml": true, "form-to-customer.yaml": true, "pushes.collection.yaml": true,
		"github-push.yaml": true, "github-signature-in-javascript.yaml": true,
	}
	files, err := filepath.Glob(examples + "*.yaml")
	if err != nil || len(files) != len(tested) {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		if !tested[filepath.Base(file)] {
			t.Errorf("%s is not tested", file)
		}
	}
}

func TestExampleForm(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	load(t, s, "collections", "customers", "customers.collection.yaml")
	load(t, s, "workflows", "form-to-customer", "form-to-customer.yaml")

	fields := url.Values{"name": {"Ada Lovelace"}, "email": {"ada@example.com"}, "phone": {"+44 20"}, "message": {"a=b&c\n✓"}}
	parts, boundary := multipartForm(t, map[string]string{"name": "Bob", "email": "bob@example.com", "message": "from a page"})
	tests := []struct{ name, contentType, body, want string }{
		{
			"urlencoded", "application/x-www-form-urlencoded", fields.Encode(),
			`{"name":"Ada Lovelace","email":"ada@example.com","phone":"+44 20","message":"a=b&c\n✓","source":"https://example.com/form"}`,
		},
		{
			"multipart", boundary, parts,
			`{"name":"Bob","email":"bob@example.com","phone":null,"message":"from a page","source":"https://example.com/form"}`,
		},
		{
			"json", "application/json", `{"name":"Chen","email":"chen@example.com","phone":"010"}`,
			`{"name":"Chen","email":"chen@example.com","phone":"010","message":null,"source":"https://example.com/form"}`,
		},
	}
	for _, test := range tests {
		r := send(t, s, http.MethodPost, "/api/webhooks/form-to-customer", test.body, "Content-Type: "+test.contentType, "Referer: https://example.com/form")
		if r.Status != http.StatusOK || r.Body != "ok" {
			t.Fatalf("%s: %d %s", test.name, r.Status, r.Body)
		}
		if e := executionOf(t, s, r); e.Status != "succeeded" {
			t.Fatalf("%s: %+v", test.name, e)
		}
		wantJSON(t, test.name, test.want, fieldsOf(t, records(t, s, "customers")[0]))
	}

	r := post(t, s, "form-to-customer", `{"name":"","email":"nobody"}`)
	if d := deliveryOf(t, s, r); r.Status != http.StatusUnprocessableEntity || d.Reason != "schema" || d.Execution != nil {
		t.Errorf("a bad form: %d %s %+v", r.Status, r.Body, d)
	}
	if n := len(records(t, s, "customers")); n != len(tests) {
		t.Errorf("%d records", n)
	}
}

func multipartForm(t *testing.T, fields map[string]string) (body, contentType string) {
	t.Helper()
	var buffer bytes.Buffer
	w := multipart.NewWriter(&buffer)
	for name, text := range fields {
		if err := w.WriteField(name, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.String(), w.FormDataContentType()
}

// fieldsOf is a record without what every record has.
func fieldsOf(t *testing.T, record map[string]raw) string {
	t.Helper()
	for _, own := range []string{"id", "createdAt", "updatedAt"} {
		if record[own] == "" {
			t.Errorf("the record has no %s", own)
		}
		delete(record, own)
	}
	fields := make(map[string]json.RawMessage, len(record))
	for name, text := range record {
		fields[name] = json.RawMessage(text)
	}
	out, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func payload(t *testing.T, file string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata/github", file))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// signed are the headers that GitHub sends with a payload.
func signed(body, secret, event string) []string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return []string{"X-GitHub-Event: " + event, "X-Hub-Signature-256: sha256=" + hex.EncodeToString(mac.Sum(nil))}
}

func TestExampleGitHubPush(t *testing.T) {
	t.Parallel()
	const secret = "It's a Secret to Everybody"
	s := hookflowtest.Start(t)
	s.Must(http.MethodPut, "/api/env/GITHUB_WEBHOOK_SECRET", `{"value":"`+secret+`","secret":true}`)
	load(t, s, "collections", "pushes", "pushes.collection.yaml")
	load(t, s, "workflows", "github-push", "github-push.yaml")

	onTag := payload(t, "push.json")
	onMain := strings.Replace(onTag, `"ref":"refs/tags/simple-tag"`, `"ref":"refs/heads/main"`, 1)
	tests := []struct {
		name, body, secret, event string
		status                    int
		outcome, reason           string
		saved                     bool
	}{
		{"main", onMain, secret, "push", http.StatusCreated, "accepted", "", true},
		{"a tag", onTag, secret, "push", http.StatusOK, "accepted", "", false},
		{"a forgery", onMain, "guessed", "push", http.StatusUnauthorized, "rejected", "verification", false},
		{"GitHub's ping", payload(t, "ping.json"), secret, "ping", http.StatusOK, "filtered", "", false},
	}
	for _, test := range tests {
		before := len(records(t, s, "pushes"))
		r := post(t, s, "github-push", test.body, signed(test.body, test.secret, test.event)...)
		d := deliveryOf(t, s, r)
		got := fmt.Sprint(r.Status, d.Status, d.Outcome, d.Reason, d.Execution != nil, " ", len(records(t, s, "pushes"))-before)
		saved := 0
		if test.saved {
			saved = 1
		}
		if want := fmt.Sprint(test.status, test.status, test.outcome, test.reason, test.outcome == "accepted", " ", saved); got != want {
			t.Errorf("%s: %s, want %s: %s %+v", test.name, got, want, r.Body, d)
		}
	}

	saved := records(t, s, "pushes")[0]
	r := post(t, s, "github-push", onMain, signed(onMain, secret, "push")...)
	newest := records(t, s, "pushes")[0]
	wantJSON(t, "the answer", `{"saved":true,"id":`+string(newest["id"])+`}`, r.Body)
	wantJSON(t, "the record", `{
		"repository": "Codertocat/Hello-World", "sha": "6113728f27ae82c7b1a177c8d03f9e96e0adf246",
		"by": "Codertocat", "message": "Adding a .gitignore file", "commits": []
	}`, fieldsOf(t, saved))
	if d := deliveryOf(t, s, post(t, s, "github-push", onMain, signed(onMain, "guessed", "push")...)); strings.Contains(d.Detail, secret) || d.Detail == "" {
		t.Errorf("the delivery says %q", d.Detail)
	}
}

// TestExampleSignature runs the documentation's script on every payload, beside the built-in scheme:
// both must take and refuse the same requests.
func TestExampleSignature(t *testing.T) {
	t.Parallel()
	const secret = "your-webhook-secret" // the one in the script
	s := hookflowtest.Start(t)
	load(t, s, "workflows", "github-signature-in-javascript", "github-signature-in-javascript.yaml")
	if r := put(t, s, "built-in", webhook(`{mode: sync, verification: {scheme: github, secret: `+secret+`}}`, "")); r.Status != http.StatusCreated {
		t.Fatal(r.Body)
	}
	var index []struct{ File, Event string }
	if err := json.Unmarshal([]byte(payload(t, "index.json")), &index); err != nil || len(index) == 0 {
		t.Fatal(err)
	}
	t.Run("payloads", func(t *testing.T) {
		for _, entry := range index {
			t.Run(entry.File, func(t *testing.T) {
				t.Parallel()
				body := payload(t, entry.File)
				for used, want := range map[string]int{secret: http.StatusOK, "another-secret": http.StatusUnauthorized} {
					headers := signed(body, used, entry.Event)
					script := post(t, s, "github-signature-in-javascript", body, headers...)
					scheme := post(t, s, "built-in", body, headers...)
					if script.Status != want || scheme.Status != want {
						t.Errorf("with the secret %s: the script says %d %s, the scheme %d, want %d", used, script.Status, script.Body, scheme.Status, want)
					}
				}
				tampered := strings.Replace(body, `"id":`, `"ID":`, 1)
				headers := signed(body, secret, entry.Event)
				script, scheme := post(t, s, "github-signature-in-javascript", tampered, headers...), post(t, s, "built-in", tampered, headers...)
				if tampered != body && (script.Status != http.StatusUnauthorized || scheme.Status != http.StatusUnauthorized) {
					t.Errorf("tampered with: the script says %d, the scheme %d", script.Status, scheme.Status)
				}
			})
		}
	})
	unsigned := post(t, s, "github-signature-in-javascript", `{}`)
	if e := executionOf(t, s, unsigned); unsigned.Status != http.StatusUnauthorized || e.step(t, "check").Error != "Error: Invalid signature" {
		t.Errorf("without a signature: %d %+v", unsigned.Status, e)
	}
}

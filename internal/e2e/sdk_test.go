package e2e_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

const sdkPublicURL = "https://hooks.example.com"

// TestSDKs: what the providers' own SDKs sign is accepted by a workflow with nothing set but the
// secret, and refused once it is altered; the SDKs say the same of both.
func TestSDKs(t *testing.T) {
	t.Parallel()
	dir := installSDKs(t)
	s := hookflowtest.Start(t, "HOOKFLOW_PUBLIC_URL="+sdkPublicURL)
	const wecom = `{"scheme": "wecom", "token": "QDG6eK", "encodingAESKey": "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt", "receiveId": "ww1436e0e65a779aee"}`
	senders := []struct{ name, verification string }{
		{"github", `{"scheme": "github", "secret": "It's a Secret to Everybody"}`},
		{"stripe", `{"scheme": "stripe", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}`},
		{"standard_webhooks", `{"scheme": "standard_webhooks", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}`},
		{"svix", `{"scheme": "svix", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}`},
		{"twilio", `{"scheme": "twilio", "secret": "6e2a4b1c9d8f70315a2b3c4d5e6f7081"}`},
		{"twilio_json", `{"scheme": "twilio", "secret": "6e2a4b1c9d8f70315a2b3c4d5e6f7081"}`},
		{"shopify", `{"scheme": "shopify", "secret": "hush"}`},
		{"adyen", `{"scheme": "adyen", "secret": "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"}`},
		{"wecom", wecom},
		{"wecom_check", wecom},
		{"slack", `{"scheme": "slack", "secret": "8f742231b10e8888abcd99yyyzzz85a5"}`},
		{"discord", `{"scheme": "discord", "publicKey": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"}`},
	}
	for _, sender := range senders {
		t.Run(sender.name, func(t *testing.T) {
			t.Parallel()
			key := save(t, s, webhook(`{verification: `+sender.verification+`}`, `{key: got, type: output, config: {value: "{{$context.rawBody}}"}}`))
			genuine, altered := signBySDK(t, dir, sender.name, key, sender.verification)
			if !genuine.Genuine || altered.Genuine {
				t.Errorf("the SDK takes its own request for genuine: %v, the altered one: %v", genuine.Genuine, altered.Genuine)
			}
			genuine.wantTaken(t, s)
			altered.wantRefused(t, s)
		})
	}
}

// unreachable are npm's words for a registry that does not answer.
var unreachable = regexp.MustCompile(`ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|SOCKET_TIMEOUT|E40[137]`)

// installSDKs returns a directory with the senders and their SDKs. Without Node.js 20 or a registry
// the test is skipped, and says so.
func installSDKs(t *testing.T) (dir string) {
	t.Helper()
	recent, err := exec.CommandContext(t.Context(), "node", "--print", "parseInt(process.versions.node) >= 20").Output()
	if err != nil || strings.TrimSpace(string(recent)) != "true" {
		t.Skip("SKIPPED: no SDK has signed anything, for that takes Node.js 20 or newer")
	}
	dir = filepath.Join(t.TempDir(), "sdk")
	if err := os.CopyFS(dir, os.DirFS("testdata/sdk")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	install := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000")
	install.Dir = dir
	out, err := install.CombinedOutput()
	switch {
	case err == nil:
	case unreachable.Match(out) || ctx.Err() != nil:
		t.Skipf("SKIPPED: no SDK has signed anything, for the npm registry cannot be reached\n%s", out)
	default:
		t.Fatalf("install the SDKs: %v\n%s", err, out)
	}
	return dir
}

// sdkRequest is what an SDK has signed.
type sdkRequest struct {
	Method, URL, Body string
	Headers           map[string]string
	Plain             *string // what the body holds, decrypted; nil when it is not encrypted
	Reply             *string // what is demanded of a handshake; nil for an event
	Genuine           bool    // the SDK's word
}

// signBySDK has a sender sign a request to a workflow.
func signBySDK(t *testing.T, dir, sender, key, settings string) (genuine, altered sdkRequest) {
	t.Helper()
	input, err := json.Marshal(map[string]any{
		"url": sdkPublicURL + "/api/webhooks/" + key, "settings": json.RawMessage(settings), "body": `{"order": "1001", "note": "你好 🎉", "total": 1.10}`,
	})
	if err != nil {
		t.Fatal(err)
	}
	script := exec.CommandContext(t.Context(), "node", "run.mjs", sender)
	script.Dir, script.Stdin = dir, bytes.NewReader(input)
	var complaints bytes.Buffer
	script.Stderr = &complaints
	out, err := script.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	var requests [2]sdkRequest
	if err := json.Unmarshal(out, &requests); err != nil {
		t.Fatalf("%s: %v", out, err)
	}
	if requests[0].Body == requests[1].Body && requests[0].URL == requests[1].URL {
		t.Fatal("nothing is altered")
	}
	return requests[0], requests[1]
}

func (r sdkRequest) send(t *testing.T, s *hookflowtest.Server) (reply, delivery) {
	t.Helper()
	var headers []string
	for name, value := range r.Headers {
		headers = append(headers, name+": "+value)
	}
	answer := send(t, s, r.Method, strings.TrimPrefix(r.URL, sdkPublicURL), r.Body, headers...)
	d := deliveryOf(t, s, answer)
	if d.Verification == nil {
		t.Fatalf("%d %q, and no report: %+v", answer.Status, answer.Body, d)
	}
	return answer, d
}

func (r sdkRequest) wantTaken(t *testing.T, s *hookflowtest.Server) {
	t.Helper()
	answer, d := r.send(t, s)
	if answer.Status != http.StatusOK || !d.Verification.OK {
		t.Fatalf("the request of the SDK: %d, %s/%s: %s", answer.Status, d.Outcome, d.Reason, d.Detail)
	}
	if r.Reply != nil {
		if d.Outcome != "handshake" || answer.Body != *r.Reply {
			t.Errorf("taken for %s, answered %q", d.Outcome, answer.Body)
		}
		return
	}
	want := r.Body
	if r.Plain != nil {
		want = *r.Plain
	}
	if got := text(t, executionOf(t, s, answer).Output); got != want {
		t.Errorf("the workflow saw %q, sent was %q", got, want)
	}
}

func (r sdkRequest) wantRefused(t *testing.T, s *hookflowtest.Server) {
	t.Helper()
	answer, d := r.send(t, s)
	if answer.Status != http.StatusUnauthorized || d.Verification.OK || d.Outcome != "rejected" || d.Reason != "verification" {
		t.Errorf("the altered request: %d %q, %s/%s", answer.Status, answer.Body, d.Outcome, d.Reason)
	}
}

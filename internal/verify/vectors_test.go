package verify_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/verifytest"
)

// eachVector runs test with every vector that is a whole request.
func eachVector(t *testing.T, test func(t *testing.T, v *verifytest.Vector, request *verify.Request)) {
	t.Helper()
	file := verifytest.Read(t, "testdata/signatures.json")
	for _, v := range file.Vectors {
		if v.Config["decryptOnly"] == true { // TestDecryptFeishu
			continue
		}
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			test(t, v, file.Judged(v))
		})
	}
}

func TestVectors(t *testing.T) {
	t.Parallel()
	eachVector(t, func(t *testing.T, v *verifytest.Vector, request *verify.Request) {
		w := newWeb(v.Pages(t))
		request.Remote = w.remote()
		verdict := compile(t, v.Settings(t)).Verify(t.Context(), request, none)
		if verdict.Report.OK != v.Expect.Valid {
			t.Fatalf("OK = %v: %+v", verdict.Report.OK, verdict.Report.Checks)
		}
		if check := failed(verdict); check.Code != v.Expect.Reason || (check.Remedy == "") != v.Expect.Valid {
			t.Errorf("reported as %+v, want %q and a remedy", check, v.Expect.Reason)
		}
		checkPayload(t, v, verdict)
		checkHandshake(t, v, verdict.Handshake)
		checkFetched(t, v, w)
	})
}

// checkPayload wants what was encrypted; WeChat Pay's is a member of its notification.
func checkPayload(t *testing.T, v *verifytest.Vector, verdict *verify.Verdict) {
	t.Helper()
	if v.Expect.DecryptedText == "" && v.Expect.DecryptedJSON == nil || v.Expect.HandshakeReply != nil {
		if p := verdict.Payload; p != nil && !bytes.Equal(p.Body, v.Request.Body()) { // SNS has its text read as JSON
			t.Errorf("payload = %s", p.Body)
		}
		return
	}
	if verdict.Payload == nil {
		t.Fatal("no payload")
	}
	body := value.Value(verdict.Payload.Body)
	if v.Scheme == "wechatpay" {
		if body.Get("id").Text() != "EV-2018022511223320873" || body.Get("event_type").Text() != "TRANSACTION.SUCCESS" {
			t.Errorf("payload = %s", body)
		}
		body = body.Get("resource")
	}
	if v.Expect.DecryptedText != "" {
		if diff := cmp.Diff(v.Expect.DecryptedText, string(body)); diff != "" {
			t.Error(diff)
		}
	} else if diff := cmp.Diff(decoded(t, v.Expect.DecryptedJSON), decoded(t, body)); diff != "" {
		t.Error(diff)
	}
	want := "application/json"
	if body[0] == '<' {
		want = "application/xml"
	}
	if verdict.Payload.ContentType != want {
		t.Errorf("content type = %s", verdict.Payload.ContentType)
	}
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func checkHandshake(t *testing.T, v *verifytest.Vector, answer *hookflow.Response) {
	t.Helper()
	want := v.Expect.HandshakeReply
	switch {
	case want == nil && answer == nil:
		return
	case want == nil || answer == nil:
		t.Fatalf("handshake = %+v, want %+v", answer, want)
	case answer.Status != want.Status || strings.Contains(answer.Headers["Content-Type"], "html"):
		t.Errorf("handshake = %+v", answer)
	}
	for name, pattern := range want.Headers { // in whose values / is a character like others
		if ok, err := path.Match(strings.ReplaceAll(pattern, "/", "-"), strings.ReplaceAll(answer.Headers[name], "/", "-")); !ok || err != nil {
			t.Errorf("%s = %q, want %s", name, answer.Headers[name], pattern)
		}
	}
	switch {
	case want.BodyBase64 != nil:
		if diff := cmp.Diff(string(want.BodyBase64), string(answer.Body)); diff != "" {
			t.Error(diff)
		}
	case want.JSONEquals != nil:
		if diff := cmp.Diff(decoded(t, want.JSONEquals), decoded(t, answer.Body)); diff != "" {
			t.Error(diff)
		}
	case want.EncryptedReply != nil:
		key, token, owner := v.Config["aesKey"].(string), v.Config["token"].(string), v.Config["ownerKey"].(string)
		if got := verifytest.OpenDingtalk(t, answer.Body, token, key, owner); got != want.EncryptedReply.Plain {
			t.Errorf("the answer holds %q, want %q", got, want.EncryptedReply.Plain)
		}
	}
}

// checkFetched wants nothing fetched but what the sender has published, and a subscription confirmed
// at the end.
func checkFetched(t *testing.T, v *verifytest.Vector, w *web) {
	t.Helper()
	for _, url := range w.fetched {
		if _, published := w.pages[url]; !published {
			t.Errorf("fetched %s", url)
		}
	}
	if want := v.Expect.HandshakeReply; want != nil && want.Fetches != "" && w.fetched[len(w.fetched)-1] != want.Fetches {
		t.Errorf("fetched %q, not %s", w.fetched, want.Fetches)
	}
}

// No report holds a secret, or a signature that would be right.
func TestReportsKeepSecrets(t *testing.T) {
	t.Parallel()
	eachVector(t, func(t *testing.T, v *verifytest.Vector, request *verify.Request) {
		settings := value.Raw(v.Settings(t))
		request.Remote = newWeb(v.Pages(t)).remote()
		text, err := json.Marshal(compile(t, string(settings)).Verify(t.Context(), request, none).Report)
		if err != nil {
			t.Fatal(err)
		}
		query, _ := url.ParseQuery(v.Request.Query)
		kept := []string{query.Get("signature"), query.Get("msg_signature")}
		for _, name := range []string{
			"secret", "password", "value", "verifyToken", "token", "encodingAESKey", "aesKey", "encryptKey", "verificationToken", "apiV3Key",
		} {
			kept = append(kept, settings.Get(value.Segment(name)).Text())
		}
		for name, sent := range v.Request.Headers {
			if len(sent) > 30 && name != "Content-Type" && name != "Wechatpay-Serial" {
				kept = append(kept, sent)
			}
		}
		for _, secret := range kept {
			if secret != "" && bytes.Contains(text, []byte(secret)) {
				t.Errorf("the report tells %s: %s", secret, text)
			}
		}
	})
}

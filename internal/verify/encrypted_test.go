package verify_test

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

// sealedVector is a signed and, except Alipay's, encrypted request.
type sealedVector struct {
	ID, Scheme string
	Config     map[string]any
	Now        int64
	Request    struct {
		Method, Query string
		Headers       map[string]string
		BodyBase64    []byte
	}
	Expect struct {
		Valid          bool
		Reason         string
		DecryptedText  string
		DecryptedJSON  json.RawMessage
		HandshakeReply *struct {
			Status         int
			BodyBase64     []byte
			JSONEquals     json.RawMessage
			EncryptedReply *struct{ Plain string }
		}
	}
}

func readSealedVectors(t *testing.T) []sealedVector {
	t.Helper()
	text, err := os.ReadFile("testdata/signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Vectors []sealedVector }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	var vectors []sealedVector
	for _, v := range file.Vectors {
		if v.Config["mode"] == "robot" || v.Config["decryptOnly"] == true {
			continue
		}
		switch v.Scheme {
		case "wecom", "dingtalk", "feishu", "wechatpay", "alipay":
			vectors = append(vectors, v)
		}
	}
	if len(vectors) < 30 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	return vectors
}

// verifier is made of a vector's config in the words of this package.
func (v *sealedVector) verifier(t *testing.T) *verify.Verifier {
	t.Helper()
	schemes := map[string]string{
		"wecom": "wecom", "dingtalk": "dingtalk_event", "feishu": "feishu", "wechatpay": "wechatpay_v3", "alipay": "alipay_rsa2",
	}
	settings := map[string]any{"scheme": schemes[v.Scheme]}
	for name, setting := range v.Config {
		switch name {
		case "tolerance":
			settings[name] = (time.Duration(setting.(float64)) * time.Second).String()
		case "alipayPublicKey":
			settings["publicKey"] = setting
		case "signType":
		default:
			settings[name] = setting
		}
	}
	text, err := value.Of(settings)
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, string(text))
}

func (v *sealedVector) request() *verify.Request {
	r := &verify.Request{
		Method: v.Request.Method, Query: v.Request.Query, Body: v.Request.BodyBase64, Now: time.Unix(v.Now, 0),
	}
	for name, text := range v.Request.Headers {
		r.Headers = append(r.Headers, hookflow.Header{Name: name, Value: text})
	}
	return r
}

func compile(t testing.TB, settings string) *verify.Verifier {
	t.Helper()
	verifier, problems := verify.Compile(value.Raw(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return verifier
}

func TestEncryptedVectors(t *testing.T) {
	t.Parallel()
	for _, v := range readSealedVectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			verdict := v.verifier(t).Verify(t.Context(), v.request(), none)
			if verdict.Report.OK != v.Expect.Valid {
				t.Fatalf("OK = %v: %+v", verdict.Report.OK, verdict.Report.Checks)
			}
			if last := lastCheck(verdict); last.Code != v.Expect.Reason || (last.Remedy == "") != v.Expect.Valid {
				t.Errorf("reported as %+v, want %q and a remedy", last, v.Expect.Reason)
			}
			v.checkPayload(t, verdict)
			v.checkHandshake(t, verdict.Handshake)
		})
	}
}

func lastCheck(v *verify.Verdict) hookflow.Check { return v.Report.Checks[len(v.Report.Checks)-1] }

// checkPayload wants what was encrypted; WeChat Pay's is a member of its notification.
func (v *sealedVector) checkPayload(t *testing.T, verdict *verify.Verdict) {
	t.Helper()
	if v.Expect.DecryptedText == "" && v.Expect.DecryptedJSON == nil || v.Expect.HandshakeReply != nil {
		if verdict.Payload != nil {
			t.Errorf("payload = %s", verdict.Payload.Body)
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

func (v *sealedVector) checkHandshake(t *testing.T, answer *hookflow.Response) {
	t.Helper()
	want := v.Expect.HandshakeReply
	switch {
	case want == nil && answer == nil:
		return
	case want == nil || answer == nil:
		t.Fatalf("handshake = %+v, want %+v", answer, want)
	case answer.Status != want.Status || strings.Contains(answer.Headers["Content-Type"], "html") || answer.Headers["X-Content-Type-Options"] != "nosniff":
		t.Errorf("handshake = %+v", answer)
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
	default:
		key, token, owner := v.Config["aesKey"].(string), v.Config["token"].(string), v.Config["ownerKey"].(string)
		if got := openDingtalk(t, answer, token, key, owner); got != want.EncryptedReply.Plain {
			t.Errorf("the answer holds %q, want %q", got, want.EncryptedReply.Plain)
		}
	}
}

// none are no variables.
var none = scope(nil)

// No report holds a setting that is secret.
func TestEncryptedReportsKeepSecrets(t *testing.T) {
	t.Parallel()
	for _, v := range readSealedVectors(t) {
		text, err := json.Marshal(v.verifier(t).Verify(t.Context(), v.request(), none).Report)
		if err != nil {
			t.Fatal(err)
		}
		query, _ := url.ParseQuery(v.Request.Query)
		secrets := []any{query.Get("signature"), query.Get("msg_signature")}
		for _, name := range []string{"token", "encodingAESKey", "aesKey", "encryptKey", "verificationToken", "apiV3Key"} {
			secrets = append(secrets, v.Config[name])
		}
		for _, secret := range secrets {
			if secret, ok := secret.(string); ok && secret != "" && strings.Contains(string(text), secret) {
				t.Errorf("%s: the report tells %s: %s", v.ID, secret, text)
			}
		}
	}
}

func TestEncryptedSettings(t *testing.T) {
	t.Parallel()
	const key = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
	const public = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAgkJRJazhhUvJmw3zRrdm1Axbxi9Ndtl4vgEvNU+2ypyuYjHgztF2Fr1mb7pIttc3V1NzO7bShjSHsjVsiqx1cJmWtrGtT4phtDSG3//7IpKNE657k4g9D35a/JerTEpFx9T0e9NDV5z3CgfRDwA54+r/JK6fjp1eX6rBk2fqObdpXjGq59TQmDRcc/2J+Tna/a/gtQk7LpbNOxrcUQlmVEIDRm2/sa/JrJvECmdjy30qQSzko6vtPNHlU4EdZBobIDb/WFn20VxiyvOefJfcewE39mFdGdJKsOcNf8ORTfOINSjcdmfDUJ1u5P25fAZvkW0zLAtaIpx4+RyP30li4wIDAQAB"
	tests := []struct {
		settings string
		want     []string
	}{
		{`{"scheme":"wecom","token":"t","encodingAESKey":"` + key + `"}`, nil},
		{`{"scheme":"wecom","token":"{{$env.T}}","encodingAESKey":"{{$env.K}}","receiveId":"r","tolerance":"1h"}`, nil},
		{`{"scheme":"wecom","token":"t","encodingAESKey":"` + key + `="}`, nil},
		{`{"scheme":"wecom","token":"","encodingAESKey":"` + key[1:] + `"}`, []string{"/token", "/encodingAESKey"}},
		{`{"scheme":"wecom","receiveId":"r"}`, []string{"/token", "/encodingAESKey"}},
		{`{"scheme":"wechat_mp","token":"t"}`, nil},
		{`{"scheme":"wechat_mp","token":"t","encodingAESKey":"` + key + `","receiveId":"wx"}`, nil},
		{`{"scheme":"wechat_mp","token":"t","encodingAESKey":"` + key + `"}`, []string{"/receiveId"}},
		{`{"scheme":"wechat_mp","token":"t","encodingAESKey":"","receiveId":"wx"}`, []string{"/encodingAESKey"}},
		{`{"scheme":"dingtalk_event","token":"t","aesKey":"short","ownerKey":""}`, []string{"/ownerKey", "/aesKey"}},
		{`{"scheme":"dingtalk_event","token":"t","aesKey":"` + key + `"}`, []string{"/ownerKey"}},
		{`{"scheme":"feishu","verificationToken":"t"}`, nil},
		{`{"scheme":"feishu","encryptKey":"k"}`, []string{"/verificationToken"}},
		{`{"scheme":"feishu","encryptKey":"","verificationToken":"t"}`, []string{"/encryptKey"}},
		{`{"scheme":"wechatpay_v3","apiV3Key":"0123456789abcdef0123456789abcdef","platformKeys":{"A":"` + public + `","B":"{{$env.B}}"}}`, nil},
		{`{"scheme":"wechatpay_v3","apiV3Key":"short","platformKeys":{"A/B":"no key"}}`, []string{"/apiV3Key", "/platformKeys/A~1B"}},
		{`{"scheme":"wechatpay_v3","apiV3Key":"0123456789abcdef0123456789abcdef","platformKeys":{}}`, []string{"/platformKeys"}},
		{`{"scheme":"alipay_rsa2","publicKey":"` + public + `","appId":"1"}`, nil},
		{`{"scheme":"alipay_rsa2","publicKey":"-----BEGIN PUBLIC KEY-----\n` + public + `\n-----END PUBLIC KEY-----","appId":"1"}`, nil},
		{`{"scheme":"alipay_rsa2","publicKey":"` + public[4:] + `","appId":"1"}`, []string{"/publicKey"}},
		{`{"scheme":"alipay_rsa2","publicKey":"` + public + `"}`, []string{"/appId"}},
	}
	for _, test := range tests {
		_, problems := verify.Compile(value.Raw(test.settings))
		var got []string
		for _, p := range problems {
			got = append(got, p.Pointer)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.settings, diff)
		}
	}
}

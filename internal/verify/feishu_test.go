package verify_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

const (
	feishuKey   = "fs-encrypt-key"
	feishuToken = "v-token"
)

// feishuBody encrypts a text as Feishu does.
func feishuBody(t testing.TB, text string) string {
	t.Helper()
	key := sha256.Sum256([]byte(feishuKey))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		t.Fatal(err)
	}
	padding := 16 - len(text)%16
	data := []byte("0123456789abcdef" + text + strings.Repeat(string(rune(padding)), padding))
	cipher.NewCBCEncrypter(block, data[:16]).CryptBlocks(data[16:], data[16:])
	return `{"encrypt":"` + base64.StdEncoding.EncodeToString(data) + `"}`
}

func feishuRequest(body, signature string) *verify.Request {
	r := &verify.Request{Method: "POST", Body: []byte(body), Now: time.Unix(sealNow, 0)}
	if signature != "" {
		r.Headers = []hookflow.Header{
			{Name: "X-Lark-Request-Timestamp", Value: "1767225599"},
			{Name: "X-Lark-Request-Nonce", Value: "n1"},
			{Name: "X-Lark-Signature", Value: signature},
		}
	}
	return r
}

// feishuSigned is signed with the Encrypt Key.
func feishuSigned(body string) *verify.Request {
	return feishuRequest(body, fmt.Sprintf("%x", sha256.Sum256([]byte("1767225599"+"n1"+feishuKey+body))))
}

// feishuCard is signed as callbacks of cards are.
func feishuCard(body, token string) *verify.Request {
	return feishuRequest(body, fmt.Sprintf("%x", sha1.Sum([]byte("1767225599"+"n1"+token+body))))
}

func TestFeishu(t *testing.T) {
	t.Parallel()
	const (
		challenge = `{"challenge":"c\u00e9","token":"v-token","type":"url_verification"}`
		event     = `{"schema":"2.0","header":{"event_id":"1","token":"v-token"}}`
		card      = `{"open_id":"ou_1","token":"c-1","action":{"tag":"button"}}`
		answer    = `{"challenge":"c\u00e9"}`
		sealed    = `"encryptKey":"` + feishuKey + `","verificationToken":"v-token"`
		bare      = `"verificationToken":"v-token"`
	)
	late := feishuSigned(feishuBody(t, event))
	late.Now = late.Now.Add(6 * time.Minute)
	unreadable := strings.Replace(feishuBody(t, event), "M", "N", 1)
	tests := []struct {
		name, settings         string
		request                *verify.Request
		code, payload, handled string
	}{
		{"challenge", sealed, feishuRequest(feishuBody(t, challenge), ""), "", "", answer},
		{"signed challenge", sealed, feishuSigned(feishuBody(t, challenge)), "", "", answer},
		{"challenge with another token", sealed, feishuRequest(feishuBody(t, strings.Replace(challenge, "v-token", "x", 1)), ""), "token_mismatch", "", ""},
		{"challenge that should be encrypted", sealed, feishuRequest(challenge, ""), "missing_signature", "", ""},
		{"plain challenge", bare, feishuRequest(challenge, ""), "", "", answer},
		{"challenge without a token", bare, feishuRequest(`{"type":"url_verification","challenge":"c"}`, ""), "missing_token", "", ""},
		{"event", sealed, feishuSigned(feishuBody(t, event)), "", event, ""},
		{"event unsigned", sealed, feishuRequest(feishuBody(t, event), ""), "missing_signature", "", ""},
		{"unreadable unsigned", sealed, feishuRequest(unreadable, ""), "missing_signature", "", ""},
		{"unreadable signed", sealed, feishuSigned(`{"encrypt":"AAAA"}`), "decryption_failed", "", ""},
		{"event with another token", sealed, feishuSigned(feishuBody(t, `{"header":{"token":"x"}}`)), "token_mismatch", "", ""},
		{"late", sealed, late, "timestamp_expired", "", ""},
		{"plain event, signed", sealed, feishuSigned(event), "", "", ""},
		{"plain event", bare, feishuRequest(event, ""), "", "", ""},
		{"encrypted without a key", bare, feishuRequest(feishuBody(t, event), ""), "missing_secret", "", ""},
		{"encrypted event with an action", sealed, feishuSigned(feishuBody(t, `{"token":"v-token","action":{}}`)), "", `{"token":"v-token","action":{}}`, ""},
		{"card", sealed, feishuCard(card, feishuToken), "", "", ""},
		{"card signed with another token", bare, feishuCard(card, "x"), "signature_mismatch", "", ""},
		{"card unsigned", bare, feishuRequest(card, ""), "missing_signature", "", ""},
		{"no JSON", bare, feishuRequest("x", ""), "missing_token", "", ""},
	}
	for _, test := range tests {
		verdict := compile(t, `{"scheme":"feishu",`+test.settings+`}`).Verify(t.Context(), test.request, none)
		var payload, handled string
		if verdict.Payload != nil {
			payload = string(verdict.Payload.Body)
		}
		if verdict.Handshake != nil {
			handled = string(verdict.Handshake.Body)
		}
		if last := lastCheck(verdict); last.Code != test.code || verdict.Report.OK != (test.code == "") || payload != test.payload || handled != test.handled {
			t.Errorf("%s: %q %q %+v", test.name, payload, handled, verdict.Report)
		}
	}
}

func TestFeishuLengths(t *testing.T) {
	t.Parallel()
	verifier := compile(t, `{"scheme":"feishu","encryptKey":"`+feishuKey+`","verificationToken":"v-token"}`)
	for size := range 33 {
		event := `{"token":"v-token","x":"` + strings.Repeat("x", size) + `"}`
		verdict := verifier.Verify(t.Context(), feishuSigned(feishuBody(t, event)), none)
		if verdict.Payload == nil || string(verdict.Payload.Body) != event {
			t.Errorf("%d more bytes: %+v", size, verdict)
		}
	}
}

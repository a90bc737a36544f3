package verify_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

func hmacSHA1(secret, content string) string {
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write([]byte(content))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func formRequest(url, body, header, signature string) *verify.Request {
	r := request("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	r.URL, r.Body = url, []byte(body)
	_, r.Query, _ = strings.Cut(url, "?")
	if signature != "" {
		r.Headers = append(r.Headers, hookflow.Header{Name: header, Value: signature})
	}
	return r
}

func TestTwilio(t *testing.T) {
	t.Parallel()
	const (
		url  = "https://h.example/x?a=1"
		form = "b=2&a=1&B=0&a=1&a=0&e="
		data = "B0a0a1b2e" // by name, then value, each pair once
	)
	sum := sha256.Sum256([]byte(`{"a":1}`))
	hashed := "https://h.example/x?bodySHA256=" + hex.EncodeToString(sum[:])
	tests := []struct{ name, url, body, kind, signature, code string }{
		{"form", url, form, "", hmacSHA1("s", url+data), ""},
		{"signed with the port", url, form, "", hmacSHA1("s", "https://h.example:443/x?a=1"+data), ""},
		{"signed without the port", "https://h.example:443/x", "", "", hmacSHA1("s", "https://h.example/x"), ""},
		{"another port", "https://h.example:8443/x", "", "", hmacSHA1("s", "https://h.example/x"), "signature_mismatch"},
		{"IPv6", "https://[::1]/x", "", "", hmacSHA1("s", "https://[::1]:443/x"), ""},
		{"host alone", "http://h.example", "", "", hmacSHA1("s", "http://h.example:80"), ""},
		{"GET", url, "", "", hmacSHA1("s", url), ""},
		{"without the fields", url, form, "", hmacSHA1("s", url), "signature_mismatch"},
		{"body hash", hashed, `{"a":1}`, "application/json", hmacSHA1("s", hashed), ""},
		{"another body hash", hashed, `{"a":2}`, "application/json", hmacSHA1("s", hashed), "signature_mismatch"},
		{"JSON without its hash", url, `{"a":1}`, "application/json", hmacSHA1("s", url), "missing_signature"},
		{"malformed form", url, "a=%zz", "", hmacSHA1("s", url), "malformed_signature"},
		{"too many fields", url, strings.Repeat("a&", 1001), "", hmacSHA1("s", url), "malformed_signature"},
		{"no signature", url, form, "", "", "missing_signature"},
		{"a short signature", url, form, "", "AAAA", "malformed_signature"},
		{"empty key", url, "", "", hmacSHA1("", url), "signature_mismatch"},
	}
	verifier := compile(t, `{"scheme":"twilio","secrets":["old","s"]}`)
	for _, test := range tests {
		r := formRequest(test.url, test.body, "X-Twilio-Signature", test.signature)
		if test.kind != "" {
			r.Headers[0].Value = test.kind
		}
		verdict := verifier.Verify(t.Context(), r, none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
	}
}

func TestMandrill(t *testing.T) {
	t.Parallel()
	const url = "https://h.example/x"
	event := `mandrill_events=%5B%7B%22event%22%3A%22send%22%7D%5D`
	head := formRequest(url, "", "", "")
	head.Method = http.MethodHead
	tests := []struct {
		name    string
		request *verify.Request
		code    string
		shakes  bool
	}{
		{"event", formRequest(url, event, "X-Mandrill-Signature", hmacSHA1("s", url+`mandrill_events[{"event":"send"}]`)), "", false},
		{"event signed with the key of tries", formRequest(url, event, "X-Mandrill-Signature", hmacSHA1("test-webhook", url+`mandrill_events[{"event":"send"}]`)), "signature_mismatch", false},
		{"event unsigned", formRequest(url, event, "", ""), "missing_signature", false},
		{"no events", formRequest(url, "mandrill_events=%5B%5D", "X-Mandrill-Signature", hmacSHA1("s", url+"mandrill_events[]")), "", true},
		{"try", formRequest(url, "mandrill_events=%5B%5D", "X-Mandrill-Signature", hmacSHA1("test-webhook", url+"mandrill_events[]")), "", true},
		{"HEAD", head, "", true},
	}
	verifier := compile(t, `{"scheme":"mandrill","secret":"s"}`)
	unset := compile(t, `{"scheme":"mandrill","secret":"{{$env.S}}"}`)
	for _, test := range tests {
		verdict := verifier.Verify(t.Context(), test.request, none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") || (verdict.Handshake != nil) != test.shakes {
			t.Errorf("%s: %+v", test.name, verdict)
		}
		isTry := test.name == "try" || test.name == "HEAD" // they come before there is a key
		if verdict := unset.Verify(t.Context(), test.request, none); verdict.Report.OK != isTry || (verdict.Handshake != nil) != isTry {
			t.Errorf("%s, while the key is not set: %+v", test.name, verdict)
		}
	}
}

func TestAdyen(t *testing.T) {
	t.Parallel()
	key := []byte{1, 2, 3}
	sign := func(content string) string {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(content))
		return base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	item := func(reference, signature string) string {
		return fmt.Sprintf(`{"NotificationRequestItem":{"pspReference":%q,"originalReference":null,"merchantAccountCode":"M","merchantReference":"a:b","amount":{"value":1130,"currency":"EUR"},"eventCode":"AUTHORISATION","success":"true","additionalData":{"hmacSignature":%q}}}`, reference, signature)
	}
	right := func(reference string) string {
		return item(reference, sign(reference+"::M:a:b:1130:EUR:AUTHORISATION:true"))
	}
	body := func(items ...string) string {
		return `{"live":"false","notificationItems":[` + strings.Join(items, ",") + `]}`
	}
	tests := []struct{ name, body, code string }{
		{"one", body(right("p1")), ""},
		{"two", body(right("p1"), right("p2")), ""},
		{"the second is another's", body(right("p1"), item("p2", sign("p1::M:a:b:1130:EUR:AUTHORISATION:true"))), "signature_mismatch"},
		{"the second is not signed", body(right("p1"), item("p2", "")), "missing_signature"},
		{"no base64", body(item("p1", "!")), "malformed_signature"},
		{"no items", body(), "missing_signature"},
		{"nonsense items", body("1"), "missing_signature"},
		{"no JSON", "x", "missing_signature"},
		{"too many", body(strings.Split(strings.Repeat("1 ", 101), " ")[:101]...), "malformed_signature"},
	}
	verifier := compile(t, `{"scheme":"adyen","secrets":["FFFF","010203"]}`)
	for _, test := range tests {
		r := request("Content-Type", "application/json")
		r.Body = []byte(test.body)
		verdict := verifier.Verify(t.Context(), r, none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
		if test.code == "" && string(verdict.Acknowledgment.Body) != "[accepted]" {
			t.Errorf("%s: acknowledged with %+v", test.name, verdict.Acknowledgment)
		}
	}
}

func FuzzTwilio(f *testing.F) {
	f.Add("https://h.example/x", "a=1&b=%20+&a", "application/x-www-form-urlencoded", hmacSHA1("t", "https://h.example/xa1b  "))
	f.Add("https://[::1]:443/?bodySHA256=x", "", "application/json", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
	f.Add("", "=&=&;", "application/x-www-form-urlencoded;", "")
	var verifiers []*verify.Verifier
	for _, scheme := range []string{"twilio", "mandrill"} {
		verifiers = append(verifiers, compile(f, `{"scheme":"`+scheme+`","secret":"f1e2d3c4b5a697887766554433221100"}`))
	}
	f.Fuzz(func(t *testing.T, url, body, kind, signature string) {
		for _, v := range verifiers {
			r := formRequest(url, body, "X-Twilio-Signature", signature)
			r.Headers = append(r.Headers, hookflow.Header{Name: "X-Mandrill-Signature", Value: signature})
			r.Headers[0].Value = kind
			if verdict := v.Verify(t.Context(), r, none); verdict.Report.OK && verdict.Handshake == nil {
				t.Errorf("%s passes: %q %q %q", v.Scheme(), url, body, signature)
			}
		}
	})
}

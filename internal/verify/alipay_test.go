package verify_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

func alipayVerifier(t testing.TB, p payer) *verify.Verifier {
	t.Helper()
	settings, err := value.Of(map[string]string{"scheme": "alipay_rsa2", "publicKey": p.publicKey(t), "appId": "2021"})
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, string(settings))
}

func TestAlipay(t *testing.T) {
	t.Parallel()
	p := newPayer(t)
	signed := func(form, message string) string { return form + "&sign=" + url.QueryEscape(p.sign(t, message)) }
	const form, message = "total=1&app_id=2021&empty=&sign_type=RSA2&b=%E4%BD%A0+%2B", "app_id=2021&b=你 +&empty=&total=1"
	tests := []struct {
		name, body, code string
		payload          string
	}{
		{"right", signed(form, message), "", ""},
		{"sign_type signed too", signed(form, "app_id=2021&b=你 +&empty=&sign_type=RSA2&total=1"), "", ""},
		{"GBK", signed("charset=GBK&app_id=2021&sign_type=RSA2&b=%C4%E3", "app_id=2021&b=\xc4\xe3&charset=GBK"), "", "application/x-www-form-urlencoded; charset=GBK"},
		{"UTF-8", signed("charset=UTF-8&app_id=2021&sign_type=RSA2", "app_id=2021&charset=UTF-8"), "", ""},
		{"altered", signed(strings.Replace(form, "total=1", "total=2", 1), message), "signature_mismatch", ""},
		{"field added", signed(form+"&x=1", message), "signature_mismatch", ""},
		{"empty field left out of the signature", signed(form, "app_id=2021&b=你 +&total=1"), "signature_mismatch", ""},
		{"another app", signed("app_id=2022&sign_type=RSA2", "app_id=2022"), "receiver_mismatch", ""},
		{"no app", signed("sign_type=RSA2&a=1", "a=1"), "receiver_mismatch", ""},
		{"RSA", signed("app_id=2021&sign_type=RSA", "app_id=2021"), "signature_algorithm", ""},
		{"no sign_type", signed("app_id=2021", "app_id=2021"), "signature_algorithm", ""},
		{"unsigned", form, "missing_signature", ""},
		{"signature empty", form + "&sign=", "missing_signature", ""},
		{"signature no base64", form + "&sign=!", "signature_mismatch", ""},
		{"field twice", signed(form+"&total=1", message), "malformed_signature", ""},
		{"bad escape", signed(form+"&x=%zz", message), "malformed_signature", ""},
		{"JSON", `{"sign":"x"}`, "malformed_signature", ""},
		{"empty", "", "malformed_signature", ""},
		{"too many fields", strings.Repeat("a=1&", 1000) + "b=1", "malformed_signature", ""},
	}
	verifier := alipayVerifier(t, p)
	for _, test := range tests {
		verdict := verifier.Verify(t.Context(), &verify.Request{Method: "POST", Body: []byte(test.body)}, none)
		payload := ""
		if verdict.Payload != nil {
			payload = verdict.Payload.ContentType
		}
		if lastCheck(verdict).Code != test.code || verdict.Report.OK != (test.code == "") || payload != test.payload {
			t.Errorf("%s: %q %+v", test.name, payload, verdict.Report)
		}
	}
	if answer := verifier.Provider().Acknowledgment; string(answer.Body) != "success" {
		t.Errorf("the usual answer is %+v", answer)
	}
}

func FuzzAlipay(f *testing.F) {
	f.Add("total_amount=0.01&app_id=2021&sign_type=RSA2&sign=WrKec2jKB72KrrjIwjFJD2Ulls2vBmFL4Im1AeSbfVCO9WBMvuJ7w%3D%3D")
	f.Add("a=1&a=2&sign=%zz&sign_type=RSA")
	f.Add("=&&&sign==&charset=\r\n&sign_type=RSA2")
	verifier := alipayVerifier(f, newPayer(f))
	f.Fuzz(func(t *testing.T, body string) {
		verdict := verifier.Verify(t.Context(), &verify.Request{Method: "POST", Body: []byte(body)}, none)
		if verdict.Report.OK || verdict.Payload != nil {
			t.Errorf("passes: %+v", verdict)
		}
	})
}

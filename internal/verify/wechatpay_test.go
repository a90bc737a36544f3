package verify_test

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

const apiV3Key = "hookflowApiV3Key0123456789abcdef"

// payer signs as WeChat Pay does.
type payer struct{ key *rsa.PrivateKey }

func newPayer(t testing.TB) payer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return payer{key}
}

func (p payer) sign(t testing.TB, message string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(message))
	signature, err := rsa.SignPKCS1v15(nil, p.key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(signature)
}

func (p payer) publicKey(t testing.TB) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(&p.key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func (p payer) certificate(t testing.TB) string {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(0xABCD), NotAfter: time.Unix(sealNow, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &p.key.PublicKey, p.key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func (p payer) request(t testing.TB, serial, body string) *verify.Request {
	t.Helper()
	return &verify.Request{
		Method: "POST", Body: []byte(body), Now: time.Unix(sealNow, 0),
		Headers: []hookflow.Header{
			{Name: "Wechatpay-Timestamp", Value: "1767225598"},
			{Name: "Wechatpay-Nonce", Value: "n"},
			{Name: "Wechatpay-Serial", Value: serial},
			{Name: "Wechatpay-Signature", Value: p.sign(t, "1767225598\nn\n"+body+"\n")},
		},
	}
}

func (p payer) verifier(t testing.TB) *verify.Verifier {
	t.Helper()
	settings, err := value.Of(map[string]any{
		"scheme": "wechatpay_v3", "apiV3Key": apiV3Key,
		"platformKeys": map[string]string{"PUB_KEY_ID_1": p.publicKey(t), "ABCD": p.certificate(t)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, string(settings))
}

func notice(t testing.TB, text, associated string) string {
	t.Helper()
	block, err := aes.NewCipher([]byte(apiV3Key))
	if err != nil {
		t.Fatal(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	sealed := aead.Seal(nil, []byte("EJeZaaYiq8fs"), []byte(text), []byte(associated))
	return `{"id":"EV-1","resource":{"algorithm":"AEAD_AES_256_GCM","ciphertext":"` + base64.StdEncoding.EncodeToString(sealed) +
		`","associated_data":"` + associated + `","nonce":"EJeZaaYiq8fs"},"summary":"x"}`
}

func TestWechatpay(t *testing.T) {
	t.Parallel()
	p, other := newPayer(t), newPayer(t)
	const text = `{"mchid":"1", "amount":{"total":1.0}}`
	const opened = `{"id":"EV-1","resource":` + text + `,"summary":"x"}`
	good := notice(t, text, "transaction")
	probe := p.request(t, "ABCD", good)
	probe.Headers[3].Value = "WECHATPAY/SIGNTEST/" + probe.Headers[3].Value[19:]
	late := p.request(t, "ABCD", good)
	late.Now = late.Now.Add(5 * time.Minute)
	bare := p.request(t, "ABCD", good)
	bare.Headers = bare.Headers[:3]
	tests := []struct {
		name          string
		request       *verify.Request
		code, payload string
	}{
		{"public key", p.request(t, "PUB_KEY_ID_1", good), "", opened},
		{"certificate", p.request(t, "abcd", good), "", opened},
		{"no associated data", p.request(t, "ABCD", notice(t, text, "")), "", opened},
		{"text", p.request(t, "ABCD", notice(t, "plain", "")), "", `{"id":"EV-1","resource":"plain","summary":"x"}`},
		{"signed by another", other.request(t, "ABCD", good), "signature_mismatch", ""},
		{"unknown key", p.request(t, "FFFF", good), "unknown_key", ""},
		{"probe", probe, "signature_mismatch", ""},
		{"late", late, "timestamp_expired", ""},
		{"unsigned", bare, "missing_signature", ""},
		{"another algorithm", p.request(t, "ABCD", strings.Replace(good, "_256_GCM", "_128", 1)), "decryption_failed", ""},
		{"another nonce", p.request(t, "ABCD", strings.Replace(good, "EJeZ", "EJe", 1)), "decryption_failed", ""},
		{"altered", p.request(t, "ABCD", strings.Replace(good, "transaction", "refund", 1)), "decryption_failed", ""},
		{"no JSON", p.request(t, "ABCD", "x"), "decryption_failed", ""},
	}
	verifier := p.verifier(t)
	for _, test := range tests {
		verdict := verifier.Verify(t.Context(), test.request, none)
		payload := ""
		if verdict.Payload != nil {
			payload = string(verdict.Payload.Body)
		}
		if lastCheck(verdict).Code != test.code || verdict.Report.OK != (test.code == "") || payload != test.payload {
			t.Errorf("%s: %s %+v", test.name, payload, verdict.Report)
		}
		if refusal := verdict.Refusal; !verdict.Report.OK && (refusal.Status != 401 || value.Value(refusal.Body).Get("code").Text() != "FAIL") {
			t.Errorf("%s: refused with %+v", test.name, refusal)
		}
	}
}

package verify_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

// certify makes a self-signed certificate of the sender's key.
func certify(t testing.TB, edit func(*x509.Certificate)) *x509.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sender", Organization: []string{"Example"}},
		NotBefore: time.Unix(judgedAt, 0).Add(-time.Hour), NotAfter: time.Unix(judgedAt, 0).Add(time.Hour),
	}
	edit(template)
	der, err := x509.CreateCertificate(nil, template, template, &rsaKey().PublicKey, rsaKey())
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

func certificatePEM(certificate *x509.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw}))
}

const (
	snsTopic     = "arn:aws:sns:us-east-1:123456789012:Orders"
	snsCert      = "https://sns.us-east-1.amazonaws.com/cert.pem"
	snsSubscribe = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
)

func snsMessage(edit map[string]string) map[string]string {
	message := map[string]string{
		"Type": "Notification", "MessageId": "m-1", "TopicArn": snsTopic, "Message": "line\nline", "Timestamp": "2025-12-31T23:59:57.000Z",
		"SignatureVersion": "1", "SigningCertURL": snsCert,
	}
	maps.Copy(message, edit)
	return message
}

// signSNS signs the fields in the order that Amazon documents.
func signSNS(t testing.TB, message map[string]string, fields ...string) []byte {
	t.Helper()
	var content strings.Builder
	for _, name := range fields {
		if text, ok := message[name]; ok {
			content.WriteString(name + "\n" + text + "\n")
		}
	}
	hash, sum := crypto.SHA256, sha256.New()
	if message["SignatureVersion"] == "1" {
		hash, sum = crypto.SHA1, sha1.New()
	}
	sum.Write([]byte(content.String()))
	signature, err := rsa.SignPKCS1v15(nil, rsaKey(), hash, sum.Sum(nil))
	if err != nil {
		t.Fatal(err)
	}
	message["Signature"] = base64.StdEncoding.EncodeToString(signature)
	body, err := json.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestSNS(t *testing.T) {
	t.Parallel()
	confirmation := map[string]string{"Type": "SubscriptionConfirmation", "Token": "t", "SubscribeURL": snsSubscribe}
	with := func(base map[string]string, name, text string) map[string]string {
		edited := maps.Clone(base)
		if edited == nil {
			edited = map[string]string{}
		}
		edited[name] = text
		return edited
	}
	tests := []struct {
		name    string
		edit    map[string]string
		code    string
		shakes  bool
		fetches int
	}{
		{"version 1", nil, "", false, 1},
		{"version 2", with(nil, "SignatureVersion", "2"), "", false, 1},
		{"subject", with(nil, "Subject", "s"), "", false, 1},
		{"unknown version", with(nil, "SignatureVersion", "3"), "malformed_signature", false, 0},
		{"another topic", with(nil, "TopicArn", snsTopic+"2"), "topic_mismatch", false, 0},
		{"a field inside another", with(nil, "MessageId", "m-1\nSubject\ns"), "malformed_signature", false, 0},
		{"unknown type", with(nil, "Type", "Other"), "malformed_signature", false, 0},
		{"confirmation", confirmation, "", true, 2},
		{"confirmation elsewhere", with(confirmation, "SubscribeURL", "https://sns.us-east-1.amazonaws.com.evil.example/"), "bad_subscribe_url", false, 1},
		{"confirmation that cannot be fetched", with(confirmation, "SubscribeURL", snsSubscribe+"2"), "not_confirmed", false, 2},
		{"end", with(confirmation, "Type", "UnsubscribeConfirmation"), "", true, 1},
		{"another host", with(nil, "SigningCertURL", "https://sns.us-east-1.amazonaws.com.evil.example/cert.pem"), "bad_certificate_url", false, 0},
		{"a bucket of anybody", with(nil, "SigningCertURL", "https://s3.us-east-1.amazonaws.com/cert.pem"), "bad_certificate_url", false, 0},
		{"no TLS", with(nil, "SigningCertURL", "http://sns.us-east-1.amazonaws.com/cert.pem"), "bad_certificate_url", false, 0},
		{"a port", with(nil, "SigningCertURL", "https://sns.us-east-1.amazonaws.com:444/cert.pem"), "bad_certificate_url", false, 0},
		{"a query", with(nil, "SigningCertURL", snsCert+"?x.pem"), "bad_certificate_url", false, 0},
		{"no certificate", with(nil, "SigningCertURL", "https://sns.us-east-1.amazonaws.com/cert"), "bad_certificate_url", false, 0},
		{"a certificate that is not there", with(nil, "SigningCertURL", "https://sns.us-east-1.amazonaws.com/x.pem"), "bad_certificate", false, 1},
		{"an old certificate", with(nil, "SigningCertURL", "https://sns.us-east-1.amazonaws.com/old.pem"), "bad_certificate", false, 1},
		{"nonsense", with(nil, "SigningCertURL", "https://sns.us-east-1.amazonaws.com/nonsense.pem"), "bad_certificate", false, 1},
	}
	pages := map[string]string{
		snsCert:      certificatePEM(certify(t, func(*x509.Certificate) {})),
		snsSubscribe: "ok",
		"https://sns.us-east-1.amazonaws.com/old.pem":      certificatePEM(certify(t, func(c *x509.Certificate) { c.NotAfter = time.Unix(judgedAt-1, 0) })),
		"https://sns.us-east-1.amazonaws.com/nonsense.pem": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
	}
	verifier := compile(t, `{"scheme":"sns","topicArns":["`+snsTopic+`"]}`)
	for _, test := range tests {
		w := newWeb(pages)
		r := request("Content-Type", "text/plain; charset=UTF-8")
		r.Remote = w.remote()
		message := snsMessage(test.edit)
		fields := []string{"Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"}
		if message["Token"] != "" {
			fields = []string{"Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"}
		}
		r.Body = signSNS(t, message, fields...)
		verdict := verifier.Verify(t.Context(), r, none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") || (verdict.Handshake != nil) != test.shakes {
			t.Errorf("%s: %+v", test.name, verdict)
		}
		if n := w.count(); n != test.fetches {
			t.Errorf("%s: fetched %d times, want %d", test.name, n, test.fetches)
		}
		if test.code == "not_confirmed" && (verdict.Refusal == nil || verdict.Refusal.Status != 503) {
			t.Errorf("%s: SNS would not try again after %+v", test.name, verdict.Refusal)
		}
		if isEvent := test.code == "" && !test.shakes; isEvent != (verdict.Payload != nil && verdict.Payload.ContentType == "application/json") {
			t.Errorf("%s: payload %+v", test.name, verdict.Payload)
		}
	}
}

func TestSNSUnsigned(t *testing.T) {
	t.Parallel()
	verifier := compile(t, `{"scheme":"sns","topicArns":["`+snsTopic+`"]}`)
	raw := request("x-amz-sns-rawdelivery", "true")
	text := request("Content-Type", "text/plain")
	text.Body = []byte("hello")
	bare := request("Content-Type", "text/plain")
	bare.Body = []byte(`{"Type":"Notification","Message":"","MessageId":"1","Timestamp":"t","TopicArn":"` + snsTopic + `","SignatureVersion":"1"}`)
	for name, r := range map[string]*verify.Request{"raw delivery": raw, "text": text, "no signature": bare} {
		if check := failed(verifier.Verify(t.Context(), r, none)); check.Code != "missing_signature" {
			t.Errorf("%s: %+v", name, check)
		}
	}
}

func TestPaypal(t *testing.T) {
	t.Parallel()
	const certURL = "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1"
	pages := map[string]string{certURL: certificatePEM(certify(t, func(*x509.Certificate) {}))}
	tests := []struct {
		name    string
		changed map[string]string
		settings,
		code string
	}{
		{"right", nil, "", ""},
		{"another algorithm", map[string]string{"Paypal-Auth-Algo": "SHA1withRSA"}, "", "malformed_signature"},
		{"no base64", map[string]string{"Paypal-Transmission-Sig": "!"}, "", "malformed_signature"},
		{"no signature", map[string]string{"Paypal-Transmission-Sig": ""}, "", "missing_signature"},
		{"another id", map[string]string{"Paypal-Transmission-Id": "2"}, "", "signature_mismatch"},
		{"another host", map[string]string{"Paypal-Cert-Url": "https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1"}, "", "bad_certificate_url"},
		{"another path", map[string]string{"Paypal-Cert-Url": "https://api.paypal.com/v1/notifications/certs/../../x"}, "", "bad_certificate_url"},
		{"a page of others at PayPal", map[string]string{"Paypal-Cert-Url": "https://www.paypal.com/v1/notifications/certs/CERT-1"}, "", "bad_certificate_url"},
		{"not there", map[string]string{"Paypal-Cert-Url": certURL + "2"}, "", "bad_certificate"},
		{"late", nil, `,"tolerance":"5m"`, "timestamp_expired"},
		{"late, not checked", nil, `,"tolerance":"0"`, ""},
	}
	for _, test := range tests {
		sum := sha256.Sum256([]byte("1|2025-12-31T23:00:00Z|W1|2745614147")) // crc32 of {}
		signature, err := rsa.SignPKCS1v15(nil, rsaKey(), crypto.SHA256, sum[:])
		if err != nil {
			t.Fatal(err)
		}
		headers := map[string]string{
			"Paypal-Transmission-Id": "1", "Paypal-Transmission-Time": "2025-12-31T23:00:00Z", "Paypal-Auth-Algo": "SHA256withRSA",
			"Paypal-Cert-Url": certURL, "Paypal-Transmission-Sig": base64.StdEncoding.EncodeToString(signature),
		}
		maps.Copy(headers, test.changed)
		r := request("Content-Type", "application/json")
		r.Remote = newWeb(pages).remote()
		for name, text := range headers {
			r.Headers = append(r.Headers, hookflow.Header{Name: name, Value: text})
		}
		verdict := compile(t, `{"scheme":"paypal","webhookId":"W1"`+test.settings+`}`).Verify(t.Context(), r, none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
	}
}

func TestMTLS(t *testing.T) {
	t.Parallel()
	uri, err := url.Parse("spiffe://example/sender")
	if err != nil {
		t.Fatal(err)
	}
	sender := certify(t, func(c *x509.Certificate) {
		c.DNSNames, c.EmailAddresses, c.URIs = []string{"sender.example"}, []string{"a@b.example"}, []*url.URL{uri}
	})
	sum := sha256.Sum256(sender.Raw)
	fingerprint := strings.ReplaceAll(strings.ToUpper(fmt.Sprintf("% x", sum)), " ", ":")
	// Its names are chosen to be taken for the sender's.
	impostor := certify(t, func(c *x509.Certificate) {
		c.Subject = pkix.Name{CommonName: strings.ReplaceAll(strings.ToLower(fingerprint), ":", "")}
		c.DNSNames = []string{"CN=sender,O=Example"}
	})
	expired := certify(t, func(c *x509.Certificate) { c.NotAfter = time.Unix(judgedAt-1, 0) })
	tests := []struct {
		name, subjects string
		peer           *x509.Certificate
		code           string
	}{
		{"none", `[]`, nil, "missing_certificate"},
		{"anyone of the CA", `[]`, sender, ""},
		{"subject", `["CN=sender,O=Example"]`, sender, ""},
		{"common name", `["x","sender"]`, sender, ""},
		{"DNS name", `["sender.example"]`, sender, ""},
		{"e-mail", `["a@b.example"]`, sender, ""},
		{"URI", `["spiffe://example/sender"]`, sender, ""},
		{"fingerprint", `["` + fingerprint + `"]`, sender, ""},
		{"another name", `["sender2","CN=sender","sha256"]`, sender, "certificate_mismatch"},
		{"another's fingerprint as name", `["` + fingerprint + `"]`, impostor, "certificate_mismatch"},
		{"another's subject as name", `["CN=sender,O=Example"]`, impostor, "certificate_mismatch"},
		{"expired", `["sender"]`, expired, "certificate_expired"},
	}
	for _, test := range tests {
		r := request("X", "y")
		if test.peer != nil {
			r.Peer = []*x509.Certificate{test.peer}
		}
		verdict := compile(t, `{"scheme":"mtls","subjects":`+test.subjects+`}`).Verify(t.Context(), r, none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
	}
}

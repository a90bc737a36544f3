package verify_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"hash"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

const (
	testKey  = "an unguessable k3y of tests"
	testURL  = "https://hooks.example.com/api/webhooks/x?a=%2C1"
	testBody = `{"id":"e1","event":"made","词":"😀"}`
	testTime = "1767225600"
)

var now = time.Unix(1767225600, 0)

// signedCase is a request with its settings, as a provider's documentation has them made.
type signedCase struct {
	scheme   string
	settings string // besides the secret, which is testKey
	write    func(secret []byte) string
	headers  map[string]string
	query    string
	body     string // testBody by default
	bodyless bool   // the body is not signed
}

func mac(h func() hash.Hash, key, text string) []byte {
	m := hmac.New(h, []byte(key))
	m.Write([]byte(text))
	return m.Sum(nil)
}

func hexMAC(text string) string { return hex.EncodeToString(mac(sha256.New, testKey, text)) }
func base64MAC(text string) string {
	return base64.StdEncoding.EncodeToString(mac(sha256.New, testKey, text))
}

func hexSHA1MAC(text string) string {
	return hex.EncodeToString(mac(sha1.New, testKey, text))
}

func base64SHA1MAC(text string) string {
	return base64.StdEncoding.EncodeToString(mac(sha1.New, testKey, text))
}

func digest1(text string) string {
	sum := sha1.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

func digest256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func one(name, text string) map[string]string { return map[string]string{name: text} }

func signedCases() []signedCase {
	rfc3339 := "2026-01-01T00:00:00Z"
	standard := func(prefix string) map[string]string {
		return map[string]string{
			prefix + "-id": "m1", prefix + "-timestamp": testTime,
			prefix + "-signature": "v1,bm90IHRoaXM= v1," + base64MAC("m1."+testTime+"."+testBody),
		}
	}
	inBase64 := base64.StdEncoding.EncodeToString
	whsec := func(secret []byte) string { return "whsec_" + inBase64(secret) }
	return []signedCase{
		{scheme: "github", headers: one("X-Hub-Signature-256", "sha256="+hexMAC(testBody))},
		{scheme: "gitlab_token", headers: one("X-Gitlab-Token", testKey), bodyless: true},
		{scheme: "gitlab_signed", headers: standard("webhook")},
		{scheme: "standard_webhooks", headers: standard("webhook"), write: whsec},
		{scheme: "svix", headers: standard("svix"), write: whsec},
		{scheme: "gitee_password", headers: one("X-Gitee-Token", testKey), bodyless: true},
		{scheme: "gitee_sign", headers: map[string]string{
			"X-Gitee-Timestamp": testTime + "000",
			"X-Gitee-Token":     strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(base64MAC(testTime + "000\n" + testKey)),
		}, bodyless: true},
		{scheme: "gitea", headers: one("X-Gitea-Signature", hexMAC(testBody))},
		{scheme: "gitea", headers: one("X-Gogs-Signature", hexMAC(testBody))},
		{scheme: "bitbucket", headers: one("X-Hub-Signature", "sha256="+hexMAC(testBody))},
		{scheme: "jira", headers: one("X-Hub-Signature", "sha256="+hexMAC(testBody))},
		{scheme: "vercel", headers: one("x-vercel-signature", hexSHA1MAC(testBody))},
		{scheme: "heroku", headers: one("Heroku-Webhook-Hmac-SHA256", base64MAC(testBody))},
		{scheme: "circleci", headers: one("circleci-signature", "v2=00,v1="+hexMAC(testBody))},
		{scheme: "sentry", headers: one("Sentry-Hook-Signature", hexMAC(testBody))},
		{scheme: "linear", body: `{"webhookTimestamp":1767225599100}`, headers: one("Linear-Signature", hexMAC(`{"webhookTimestamp":1767225599100}`))},
		{scheme: "pagerduty", headers: one("X-PagerDuty-Signature", "v1=00,v1="+hexMAC(testBody))},
		{scheme: "grafana", headers: one("X-Grafana-Alerting-Signature", hexMAC(testBody))},
		{
			scheme: "grafana", settings: `,"header":"X-Mine","timestampHeader":"X-Time"`,
			headers: map[string]string{"X-Mine": hexMAC(testTime + ":" + testBody), "X-Time": testTime},
		},
		{scheme: "alertmanager", headers: one("Authorization", "Bearer "+testKey), bodyless: true},
		{scheme: "slack", headers: map[string]string{"X-Slack-Request-Timestamp": testTime, "X-Slack-Signature": "v0=" + hexMAC("v0:"+testTime+":"+testBody)}},
		{scheme: "dingtalk_robot", headers: map[string]string{"timestamp": testTime + "000", "sign": base64MAC(testTime + "000\n" + testKey)}, bodyless: true},
		{scheme: "telegram", headers: one("X-Telegram-Bot-Api-Secret-Token", testKey), bodyless: true},
		{scheme: "line", headers: one("X-Line-Signature", base64MAC(testBody))},
		{scheme: "meta", headers: one("X-Hub-Signature-256", "sha256="+hexMAC(testBody))},
		{scheme: "zoom", headers: map[string]string{"x-zm-request-timestamp": testTime, "x-zm-signature": "v0=" + hexMAC("v0:"+testTime+":"+testBody)}},
		{scheme: "twitch", headers: map[string]string{
			"Twitch-Eventsub-Message-Id": "i", "Twitch-Eventsub-Message-Timestamp": rfc3339,
			"Twitch-Eventsub-Message-Signature": "sha256=" + hexMAC("i"+rfc3339+testBody),
		}},
		{scheme: "douyin", headers: one("X-Douyin-Signature", digest1(testKey+testBody))},
		{scheme: "x_twitter", headers: one("x-twitter-webhooks-signature", "sha256="+base64MAC(testBody))},
		{scheme: "intercom", headers: one("X-Hub-Signature", "sha1="+hexSHA1MAC(testBody))},
		{scheme: "stripe", headers: one("Stripe-Signature", "t="+testTime+",v1=00,v1="+hexMAC(testTime+"."+testBody)+",v0=11")},
		{scheme: "square", headers: one("x-square-hmacsha256-signature", base64MAC(testURL+testBody))},
		{scheme: "paddle", headers: one("Paddle-Signature", "ts="+testTime+";h1="+hexMAC(testTime+":"+testBody))},
		{
			scheme: "adyen_platform", write: hex.EncodeToString,
			headers: one("HmacSignature", base64MAC(testBody)),
		},
		{scheme: "gocardless", headers: one("Webhook-Signature", hexMAC(testBody))},
		{scheme: "razorpay", headers: one("X-Razorpay-Signature", hexMAC(testBody))},
		{scheme: "coinbase_commerce", headers: one("X-CC-Webhook-Signature", hexMAC(testBody))},
		{scheme: "shopify", headers: one("X-Shopify-Hmac-Sha256", base64MAC(testBody))},
		{scheme: "woocommerce", headers: one("X-WC-Webhook-Signature", base64MAC(testBody))},
		{
			scheme: "mailgun", bodyless: true,
			body: `{"signature":{"timestamp":"` + testTime + `","token":"tk","signature":"` + hexMAC(testTime+"tk") + `"}}`,
		},
		{scheme: "mailchimp", query: "secret=" + strings.ReplaceAll(testKey, " ", "+"), bodyless: true},
		{scheme: "typeform", headers: one("Typeform-Signature", "sha256="+base64MAC(testBody))},
		{scheme: "calendly", headers: one("Calendly-Webhook-Signature", "t="+testTime+",v1="+hexMAC(testTime+"."+testBody))},
		{scheme: "docusign", headers: map[string]string{"X-DocuSign-Signature-1": "bm90IHRoaXM=", "X-DocuSign-Signature-12": base64MAC(testBody)}},
		{scheme: "wjx", body: `{"activity":12,"index":"3","sign":"` + digest1("123"+testKey) + `"}`, bodyless: true},
		{scheme: "tencent_survey", query: "secret=" + strings.ReplaceAll(testKey, " ", "+"), bodyless: true},
		{scheme: "jinshuju", query: "secret=" + strings.ReplaceAll(testKey, " ", "+"), bodyless: true},
		{scheme: "jiandaoyun", query: "nonce=n&timestamp=7", headers: one("X-JDY-Signature", digest1("n:"+testBody+":"+testKey+":7"))},
		{scheme: "fanqier", body: `{"data":"{\"a\":1}","time":5,"sign":"` + digest1(`{"a":1}5`+testKey) + `"}`, bodyless: true},
		{scheme: "dropbox", headers: one("X-Dropbox-Signature", hexMAC(testBody))},
		{scheme: "box", headers: map[string]string{
			"BOX-DELIVERY-TIMESTAMP": rfc3339, "BOX-SIGNATURE-PRIMARY": "bm90IHRoaXM=", "BOX-SIGNATURE-SECONDARY": base64MAC(testBody + rfc3339),
		}},
		{scheme: "ms_graph", body: `{"value":[{"clientState":"` + testKey + `"},{"clientState":"` + testKey + `"}]}`, bodyless: true},
		{scheme: "cloudevents", headers: one("Authorization", "bearer "+testKey), bodyless: true},
		{scheme: "cloudevents", query: "access_token=" + strings.ReplaceAll(testKey, " ", "%20"), bodyless: true},
		{scheme: "eventgrid", query: "code=" + strings.ReplaceAll(testKey, " ", "%20"), bodyless: true},
		{scheme: "eventgrid", settings: `,"header":"X-Key"`, headers: one("X-Key", testKey), bodyless: true},
		{scheme: "hubspot_v3", headers: map[string]string{
			"X-HubSpot-Request-Timestamp": testTime + "000", "X-HubSpot-Signature-v3": base64MAC("POST" + testURL + testBody + testTime + "000"),
		}},
		{scheme: "hubspot_v3", headers: map[string]string{
			"X-HubSpot-Request-Timestamp": testTime + "000",
			"X-HubSpot-Signature-v3":      base64MAC("POST" + strings.ReplaceAll(testURL, "%2C", ",") + testBody + testTime + "000"),
		}},
		{scheme: "hubspot_v1v2", headers: one("X-HubSpot-Signature", digest256(testKey+testBody))},
		{scheme: "hubspot_v1v2", headers: one("X-HubSpot-Signature", digest256(testKey+"POST"+testURL+testBody))},
		{scheme: "zendesk", headers: map[string]string{
			"X-Zendesk-Webhook-Signature-Timestamp": rfc3339, "X-Zendesk-Webhook-Signature": base64MAC(rfc3339 + testBody),
		}},
		{scheme: "notion", headers: one("X-Notion-Signature", "sha256="+hexMAC(testBody))},
		{scheme: "asana", headers: one("X-Hook-Signature", hexMAC(testBody))},
		{
			scheme: "airtable", write: inBase64,
			headers: one("X-Airtable-Content-MAC", "hmac-sha256="+hexMAC(testBody)),
		},
		{scheme: "attio", headers: one("Attio-Signature", hexMAC(testBody))},
		{scheme: "buildkite", headers: one("X-Buildkite-Signature", "timestamp="+testTime+",signature="+hexMAC(testTime+"."+testBody))},
		{scheme: "cal_com", headers: one("X-Cal-Signature-256", hexMAC(testBody))},
		{scheme: "checkout_com", headers: one("Cko-Signature", hexMAC(testBody))},
		{scheme: "clerk", headers: standard("svix"), write: whsec},
		{scheme: "clickup", headers: one("X-Signature", hexMAC(testBody))},
		{scheme: "cloudflare", headers: one("cf-webhook-auth", testKey), bodyless: true},
		{scheme: "customer_io", headers: map[string]string{"X-CIO-Timestamp": testTime, "X-CIO-Signature": hexMAC("v0:" + testTime + ":" + testBody)}},
		{scheme: "doppler", headers: one("X-Doppler-Signature", "sha256="+hexMAC(testBody))},
		{scheme: "dwolla", headers: one("X-Request-Signature-SHA-256", hexMAC(testBody))},
		{scheme: "elevenlabs", headers: one("ElevenLabs-Signature", "t="+testTime+",v0="+hexMAC(testTime+"."+testBody))},
		{scheme: "helpscout", headers: one("X-HelpScout-Signature", base64SHA1MAC(testBody))},
		{scheme: "huggingface", headers: one("X-Webhook-Secret", testKey), bodyless: true},
		{scheme: "lemonsqueezy", headers: one("X-Signature", hexMAC(testBody))},
		{scheme: "openai", headers: standard("webhook"), write: whsec},
		{scheme: "polar", headers: standard("webhook")},
		{scheme: "render", headers: standard("webhook"), write: whsec},
		{scheme: "replicate", headers: standard("webhook"), write: whsec},
		{scheme: "resend", headers: standard("svix"), write: whsec},
		{scheme: "retell", headers: one("x-retell-signature", "v="+testTime+"000,d="+hexMAC(testBody+testTime+"000"))},
		{scheme: "sanity", headers: one("sanity-webhook-signature", "t="+testTime+"000,v1="+strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(base64MAC(testTime+"000."+testBody)))},
		{scheme: "segment", headers: one("X-Signature", hexSHA1MAC(testBody))},
		{scheme: "snyk", headers: one("X-Hub-Signature", "sha256="+hexMAC(testBody))},
		{scheme: "tally", headers: one("Tally-Signature", base64MAC(testBody))},
		{
			scheme: "teams_outgoing", write: inBase64,
			headers: one("Authorization", "HMAC "+base64MAC(testBody)),
		},
		{scheme: "webflow", headers: map[string]string{"x-webflow-timestamp": testTime + "000", "x-webflow-signature": hexMAC(testTime + "000:" + testBody)}},
		{scheme: "workos", headers: one("WorkOS-Signature", "t="+testTime+"000, v1="+hexMAC(testTime+"000."+testBody))},
		{scheme: "trello", headers: one("X-Trello-Webhook", base64SHA1MAC(testBody+testURL))},
	}
}

func (c *signedCase) request() *verify.Request {
	r := &verify.Request{Method: "POST", URL: testURL, Query: c.query, Body: []byte(c.body), Now: now}
	if c.body == "" {
		r.Body = []byte(testBody)
	}
	for name, text := range c.headers {
		r.Headers = append(r.Headers, hookflow.Header{Name: name, Value: text})
	}
	return r
}

func (c *signedCase) verifier(t testing.TB, secret string) *verify.Verifier {
	t.Helper()
	if c.write != nil {
		secret = c.write([]byte(secret))
	}
	return compile(t, `{"scheme":"`+c.scheme+`","secret":"`+secret+`"`+c.settings+`}`)
}

func TestPresets(t *testing.T) {
	t.Parallel()
	for _, c := range signedCases() {
		t.Run(c.scheme, func(t *testing.T) {
			t.Parallel()
			right, wrong := c.verifier(t, testKey), c.verifier(t, "another key")
			if verdict := right.Verify(t.Context(), c.request(), scope{}); !verdict.Report.OK || verdict.Handshake != nil {
				t.Errorf("a right request: %+v", verdict)
			}
			if report := wrong.Verify(t.Context(), c.request(), scope{}).Report; report.OK {
				t.Errorf("another secret passes: %+v", report)
			}
			altered := c.request()
			altered.Body = append(altered.Body, ' ')
			if report := right.Verify(t.Context(), altered, scope{}).Report; report.OK != c.bodyless {
				t.Errorf("an altered body: %+v", report)
			}
			bare := c.request()
			bare.Headers, bare.Query, bare.Body = nil, "", []byte(`{}`)
			if report := right.Verify(t.Context(), bare, scope{}).Report; report.OK {
				t.Errorf("an unsigned request passes: %+v", report)
			}
			late := c.request()
			late.Now = now.Add(2 * time.Hour)
			if report := right.Verify(t.Context(), late, scope{}).Report; report.OK == hasCheck(right.Verify(t.Context(), c.request(), scope{}).Report, "timestamp") {
				t.Errorf("two hours later: %+v", report)
			}
		})
	}
}

func hasCheck(report hookflow.Report, name string) bool {
	return slices.ContainsFunc(report.Checks, func(c hookflow.Check) bool { return c.Check == name })
}

// Every preset is among those that are tried.
func TestPresetsAreTried(t *testing.T) {
	t.Parallel()
	others := []string{
		"none", "basic", "token", "hmac", "public_key", "discord", "sendgrid", "telnyx",
		"wecom", "wechat_mp", "dingtalk_event", "feishu", "wechatpay_v3", "alipay_rsa2",
		"jwt", "pubsub", "netlify", "jira_dynamic", "sns", "paypal", "twilio", "mandrill", "adyen", "http_signature", "mtls",
	}
	for _, s := range verify.Schemes() {
		tried := slices.ContainsFunc(signedCases(), func(c signedCase) bool { return c.scheme == s.Key })
		if !tried && !slices.Contains(others, s.Key) {
			t.Errorf("%s is not tried", s.Key)
		}
	}
}

func TestPublicKeys(t *testing.T) {
	t.Parallel()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(&curve.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(testBody))
	asn1, err := ecdsa.SignASN1(rand.Reader, curve, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	r, s, err := ecdsa.Sign(rand.Reader, curve, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	rsaPEM := strings.ReplaceAll(string(pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(&rsaKey.PublicKey)})), "\n", `\n`)
	pkcs1, err := rsa.SignPKCS1v15(rand.Reader, rsaKey, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	sum512 := sha512.Sum512([]byte(testBody))
	pss, err := rsa.SignPSS(rand.Reader, rsaKey, crypto.SHA512, sum512[:], nil)
	if err != nil {
		t.Fatal(err)
	}
	raw := append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	edwards := base64.StdEncoding.EncodeToString(ed25519.Sign(private, []byte(testBody)))
	tests := []struct {
		name, settings, signature string
		want                      bool
	}{
		{"ed25519 in base64", `"algorithm":"ed25519","publicKey":"` + base64.StdEncoding.EncodeToString(public) + `"`, edwards, true},
		{"ed25519 in hex", `"algorithm":"ed25519","publicKey":"` + hex.EncodeToString(public) + `"`, edwards, true},
		{"ecdsa in DER", `"algorithm":"ecdsa-p256-sha256","publicKey":"` + base64.StdEncoding.EncodeToString(der) + `"`, base64.StdEncoding.EncodeToString(asn1), true},
		{"ecdsa as two numbers", `"algorithm":"ecdsa-p256-sha256","publicKey":"` + base64.StdEncoding.EncodeToString(der) + `"`, base64.StdEncoding.EncodeToString(raw), true},
		{"RSA", `"algorithm":"rsa-pkcs1-sha256","publicKey":"` + rsaPEM + `"`, base64.StdEncoding.EncodeToString(pkcs1), true},
		{"RSA-PSS", `"algorithm":"rsa-pss-sha512","publicKey":"` + rsaPEM + `"`, base64.StdEncoding.EncodeToString(pss), true},
		{"RSA for RSA-PSS", `"algorithm":"rsa-pss-sha512","publicKey":"` + rsaPEM + `"`, base64.StdEncoding.EncodeToString(pkcs1), false},
		{"another's", `"algorithm":"ecdsa-p256-sha256","publicKey":"` + base64.StdEncoding.EncodeToString(der) + `"`, edwards, false},
		{"none", `"algorithm":"ed25519","publicKey":"` + hex.EncodeToString(public) + `"`, "", false},
	}
	for _, test := range tests {
		v, problems := verify.Compile(value.Raw(`{"scheme":"public_key","encoding":"base64",` + test.settings + `}`))
		if len(problems) > 0 {
			t.Fatal(test.name, problems)
		}
		request := &verify.Request{Method: "POST", Body: []byte(testBody), Headers: []hookflow.Header{{Name: "X-Signature", Value: test.signature}}}
		if report := v.Verify(t.Context(), request, scope{}).Report; report.OK != test.want {
			t.Errorf("%s: %+v", test.name, report)
		}
		request.Body = []byte(testBody + " ")
		if report := v.Verify(t.Context(), request, scope{}).Report; report.OK {
			t.Errorf("%s: an altered body passes", test.name)
		}
	}
}

func TestPublicKeysThatDoNotFit(t *testing.T) {
	t.Parallel()
	for _, settings := range []string{
		`{"scheme":"public_key","algorithm":"ecdsa-p256-sha256","publicKey":"` + strings.Repeat("ab", 32) + `"}`,
		`{"scheme":"public_key","algorithm":"ed25519","publicKey":"nonsense"}`,
		`{"scheme":"public_key","algorithm":"ed25519","publicKey":""}`,
		`{"scheme":"discord","publicKey":"00"}`,
		`{"scheme":"sendgrid","publicKey":"` + strings.Repeat("ab", 32) + `"}`,
		`{"scheme":"standard_webhooks","publicKey":"whpk_AA=="}`,
	} {
		if _, problems := verify.Compile(value.Raw(settings)); len(problems) != 1 || problems[0].Pointer != "/publicKey" {
			t.Errorf("%s: problems = %v", settings, problems)
		}
	}
}

func edwardsKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte("a seed of exactly thirty-two by."))
}

func edwardsSign(key ed25519.PrivateKey, text string) []byte { return ed25519.Sign(key, []byte(text)) }

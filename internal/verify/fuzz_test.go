package verify_test

import (
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

const (
	unknownKey = "q7vB2nW9xZ4mK1rT" // that no fuzzer finds
	aesKey     = "o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus"
	edwards    = "d45c8d7d8dcb11229ecee4a5ba69d6d0a469394cf1db3a5838892ede27424632"
	ecdsaKey   = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g=="
)

// fuzzed are the settings of schemes that need more than a secret.
var fuzzed = map[string]string{
	"basic":             `"username":"u","password":"` + unknownKey + `"`,
	"token":             `"query":"sig","value":"` + unknownKey + `"`,
	"hmac":              `"query":"sig","secret":"` + unknownKey + `","content":"{ts}{json:a}{form:b}{crc32}{body}","listSeparator":",","keyValueSeparator":"=","key":"v1","timestamp":{"key":"t"}`,
	"public_key":        `"header":"X-Sig-{n}","algorithm":"ed25519","publicKey":"` + edwards + `"`,
	"telnyx":            `"publicKey":"` + edwards + `"`,
	"airtable":          `"secret":"cTd2QjJuVzl4WjRtSzFyVA=="`,
	"teams_outgoing":    `"secret":"cTd2QjJuVzl4WjRtSzFyVA=="`,
	"discord":           `"publicKey":"` + edwards + `"`,
	"sendgrid":          `"publicKey":"` + ecdsaKey + `"`,
	"standard_webhooks": `"publicKey":"` + edwards + `"`,
	"svix":              `"secret":"whsec_cTd2QjJuVzl4WjRtSzFyVA=="`,
	"adyen_platform":    `"secret":"71377642326e573978"`,
	"adyen":             `"secret":"71377642326e573978"`,
	"wecom":             `"token":"` + unknownKey + `","encodingAESKey":"` + aesKey + `","receiveId":"r"`,
	"wechat_mp":         `"token":"` + unknownKey + `","encodingAESKey":"` + aesKey + `","receiveId":"r"`,
	"dingtalk_event":    `"token":"` + unknownKey + `","aesKey":"` + aesKey + `","ownerKey":"r"`,
	"feishu":            `"encryptKey":"` + unknownKey + `","verificationToken":"` + unknownKey + `"`,
	"wechatpay_v3":      `"apiV3Key":"` + unknownKey + unknownKey + `","platformKeys":{"PUB_KEY_ID_1":"{{$env.RSA}}"}`,
	"alipay_rsa2":       `"publicKey":"{{$env.RSA}}","appId":"1"`,
	"jwt":               `"algorithms":["HS256"],"secret":"` + unknownKey + unknownKey + `"`,
	"pubsub":            `"audience":"a","serviceAccountEmail":"e@example.com"`,
	"sns":               `"topicArns":["arn:aws:sns:us-east-1:1:t"]`,
	"paypal":            `"webhookId":"w"`,
	"mtls":              `"subjects":["CN=x"]`,
	"http_signature":    `"keys":{"k":{"alg":"hmac-sha256","secret":"` + unknownKey + unknownKey + `"}}`,
}

// Nothing but the right secret makes a request pass, whatever it holds, and nothing makes a
// verifier panic.
func FuzzEveryScheme(f *testing.F) {
	f.Add("POST", "t="+testTime+",v1=00", "/x?sig=v1=00&challenge=1", `{"a":{"b":1}}`)
	f.Add("GET", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "hub.mode=subscribe&hub.verify_token=&echostr=a", `a=1&b=2`)
	f.Add("POST", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "sig=%zz", `[{"data":{"validationCode":1}}]`)
	f.Add("POST", "Bearer a.b.c", "validationToken=x", `{"value":[{"clientState":null}],"sign":"","signature":{"signature":"00","timestamp":1}}`)
	f.Add("OPTIONS", "Basic YTpi", "msg_signature=a&timestamp=1&nonce=2", `<xml><Encrypt>AA==</Encrypt></xml>`)
	type endpoint struct {
		*verify.Verifier
		headers []string
	}
	var endpoints []endpoint
	for _, s := range verify.Schemes() {
		settings, ok := fuzzed[s.Key]
		if !ok {
			settings = `"secret":"` + unknownKey + `"`
		}
		if s.Key != "none" {
			endpoints = append(endpoints, endpoint{compile(f, `{"scheme":"`+s.Key+`",`+settings+`}`), headersOf(s)})
		}
	}
	f.Fuzz(func(t *testing.T, method, header, query, body string) {
		for _, e := range endpoints {
			request := &verify.Request{Method: method, URL: "https://h/x?" + query, Query: query, Body: []byte(body), Now: now}
			for _, name := range e.headers {
				request.Headers = append(request.Headers, hookflow.Header{Name: name, Value: header})
			}
			verdict := e.Verify(t.Context(), request, scope{"$env.RSA": "no key"})
			if verdict.Report.OK && verdict.Handshake == nil {
				t.Errorf("%s passes: %+v", e.Scheme(), verdict.Report)
			}
			if h := verdict.Handshake; h != nil && strings.HasPrefix(h.Headers["Content-Type"], "text/html") {
				t.Errorf("%s answers with a page", e.Scheme())
			}
		}
	})
}

// headersOf gives all that look like headers in what a scheme checks.
func headersOf(s *verify.Scheme) []string {
	names := []string{"Authorization", "X-Signature-256", "X-Sig-1"}
	parts := strings.Split(s.Provider.Checks.EN, "`")
	for i := 1; i < len(parts); i += 2 {
		names = append(names, strings.Split(strings.ReplaceAll(parts[i], "{n}", "1"), ", ")...)
	}
	return names
}

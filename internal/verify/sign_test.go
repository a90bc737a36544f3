package verify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

// anySecret can be read as text, in hex and in base64.
const anySecret = "73656372657420736563726574207365"

// settingsOf are those of schemes that need others than a secret.
var settingsOf = map[string]string{
	"none":           `{"scheme":"none"}`,
	"basic":          `{"scheme":"basic","username":"ada","password":"p:w"}`,
	"token":          `{"scheme":"token","query":"key","value":"a b&c"}`,
	"feishu":         `{"scheme":"feishu","verificationToken":"vt","encryptKey":"ek"}`,
	"wecom":          `{"scheme":"wecom","token":"t","encodingAESKey":"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG","receiveId":"corp"}`,
	"wechat_mp":      `{"scheme":"wechat_mp","token":"t","encodingAESKey":"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG","receiveId":"app"}`,
	"dingtalk_event": `{"scheme":"dingtalk_event","token":"t","aesKey":"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG","ownerKey":"own"}`,
	"http_signature": `{"scheme":"http_signature","keys":{"k":{"alg":"hmac-sha256","secret":"hush"}}}`,
	"discord":        `{"scheme":"discord","publicKey":"` + strings.Repeat("01", 32) + `"}`,
	"telnyx":         `{"scheme":"telnyx","publicKey":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="}`,
	"public_key":     `{"scheme":"public_key","algorithm":"ed25519","publicKey":"` + strings.Repeat("01", 32) + `"}`,
	"sendgrid":       `{"scheme":"sendgrid","publicKey":"{{$env.KEY}}"}`,
	"mtls":           `{"scheme":"mtls","subjects":["CN=ada"]}`,
	"sns":            `{"scheme":"sns","topicArns":["arn:aws:sns:us-east-1:1:t"]}`,
	"pubsub":         `{"scheme":"pubsub","audience":"a","serviceAccountEmail":"s@example.com"}`,
	"paypal":         `{"scheme":"paypal","webhookId":"w"}`,
	"wechatpay_v3":   `{"scheme":"wechatpay_v3","apiV3Key":"` + anySecret + `","platformKeys":{"k":"{{$env.KEY}}"}}`,
	"alipay_rsa2":    `{"scheme":"alipay_rsa2","publicKey":"{{$env.KEY}}","appId":"a"}`,
}

// variants are further settings to be signed by.
var variants = map[string]string{
	"hmac in the query":        `{"scheme":"hmac","secret":"s","query":"sig","encoding":"base64","content":"{method} {body}{secret}{crc32}"}`,
	"hmac in the body":         `{"scheme":"hmac","secret":"s","json":"sign.value","content":"{json:id}{ts}","timestamp":{"json":"at","unit":"rfc3339"}}`,
	"hmac in a form":           `{"scheme":"hmac","secret":"s","form":"sign","content":"{form:a}"}`,
	"hmac of headers":          `{"scheme":"hmac","secrets":["s","t"],"header":"X-Sig, X-Sig-{n}","algorithm":"sha512","encoding":"base64url","content":"{h:X-Id}{q:n}{url}"}`,
	"hmac with a key":          `{"scheme":"hmac","secret":"s","header":"X-Sig","listSeparator":",","keyValueSeparator":"=","key":"v1","timestamp":{"key":"t","unit":"ms"},"content":"{ts}.{body}"}`,
	"digest":                   `{"scheme":"hmac","secret":"s","kind":"digest","algorithm":"sha1","content":"{secret}{body}"}`,
	"token in a header":        `{"scheme":"token","header":"Authorization","prefix":"Bearer","value":"a"}`,
	"feishu without a key":     `{"scheme":"feishu","verificationToken":"vt"}`,
	"wechat in plain text":     `{"scheme":"wechat_mp","token":"t"}`,
	"jwt with claims":          `{"scheme":"jwt","secret":"s","algorithms":["HS512"],"issuer":"i","audience":"a","claims":{"x":"y"},"bodyClaim":"sum","header":"X-Token"}`,
	"signature with a secret":  `{"scheme":"standard_webhooks","secret":"whsec_c2VjcmV0"}`,
	"loose standard webhooks":  `{"scheme":"polar","secret":"not base64!"}`,
	"grafana with a timestamp": `{"scheme":"grafana","secret":"s","timestampHeader":"X-Time"}`,
	"event grid by header":     `{"scheme":"eventgrid","secret":"s","header":"X-Key"}`,
	"a variable":               `{"scheme":"github","secret":"{{$env.SET}}"}`,
}

var bodies = map[string]string{
	"object": `{"id":1.50,"a":"ü ' \" $ ` + "`" + `"}`, "event": `{"schema":"2.0","header":{"event_id":"e"}}`,
	"card": `{"action":{"tag":"button"},"token":"c"}`, "xml": "<xml><a>1</a></xml>", "empty": "", "text": "a\r\nb",
	"binary": "\x00\xff", "form": "a=1&b=%20x&a=2", "list": `[1]`,
	"notifications": `{"value":[{"id":1},{"id":2}]}`,
	"payments":      `{"notificationItems":[{"NotificationRequestItem":{"pspReference":"p","amount":{"value":1}}}]}`,
}

// fits is the body that a scheme is sure to sign; usually it is the object.
var fits = map[string]string{"mandrill": "form", "ms_graph": "notifications", "adyen": "payments", "hmac in a form": "form"}

// byTheirKey are the schemes by which nobody but the sender can sign.
var byTheirKey = []string{
	"alipay_rsa2", "discord", "mtls", "paypal", "public_key", "pubsub", "sendgrid", "sns", "telnyx", "wechatpay_v3",
}

func unsigned(body string) *verify.Request {
	return &verify.Request{
		Method: "POST", URL: "https://h.example/api/webhooks/x?n=1", Query: "n=1", Body: []byte(body), Now: time.Unix(1_790_000_000, 0),
		Headers: []hookflow.Header{{Name: "Host", Value: "h.example"}, {Name: "Content-Type", Value: contentType(body)}},
	}
}

func contentType(body string) string {
	if body == bodies["form"] {
		return "application/x-www-form-urlencoded"
	}
	return "application/json"
}

// Whatever can be signed passes the verification that it is signed for, and nothing else changes in
// the request but what the proof needs.
func TestSign(t *testing.T) {
	t.Parallel()
	all := maps.Clone(variants)
	for _, s := range verify.Schemes() {
		if all[s.Key] = settingsOf[s.Key]; all[s.Key] == "" {
			all[s.Key] = `{"scheme":"` + s.Key + `","secret":"` + anySecret + `"}`
		}
	}
	env := scope{"$env.SET": "s", "$env.KEY": "k"}
	var cannot []string
	for name, settings := range all {
		verifier := compile(t, settings)
		if why, ok := verifier.CanSign(); !ok {
			cannot = append(cannot, name)
			if _, err := verifier.Sign(t.Context(), unsigned("{}"), env); hookflow.CodeOf(err) != hookflow.CodeConflict || why.EN == "" || why.ZH == "" {
				t.Errorf("%s: %v, %v", name, err, why)
			}
			continue
		}
		for kind, body := range bodies {
			request := unsigned(body)
			signed, err := verifier.Sign(t.Context(), request, env)
			if must := fits[name]; err != nil {
				if kind == must || must == "" && kind == "object" {
					t.Errorf("%s, %s: %v", name, kind, err)
				}
				continue
			}
			if diff := cmp.Diff(unsigned(body), request); diff != "" {
				t.Fatalf("%s changed what it was given:\n%s", name, diff)
			}
			again, err := verifier.Sign(t.Context(), signed.Request, env)
			if err == nil && len(again.Headers) != len(signed.Headers) {
				t.Errorf("%s, %s: signed twice it has %v", name, kind, again.Headers)
			}
			if verdict := verifier.Verify(t.Context(), signed.Request, env); !verdict.Report.OK {
				t.Errorf("%s, %s: %+v", name, kind, verdict.Report.Checks)
			}
		}
	}
	slices.Sort(cannot)
	if diff := cmp.Diff(byTheirKey, cannot); diff != "" {
		t.Errorf("cannot sign (-want +got):\n%s", diff)
	}
}

// What proves is named, so that it can be kept out of sight.
func TestProof(t *testing.T) {
	t.Parallel()
	tests := []struct {
		settings, body string
		want           verify.Credentials
		inBody         bool
	}{
		{`{"scheme":"none"}`, "{}", verify.Credentials{}, false},
		{`{"scheme":"github","secret":"s"}`, "{}", verify.Credentials{Headers: []string{"X-Hub-Signature-256"}}, false},
		{`{"scheme":"docusign","secret":"s"}`, "{}", verify.Credentials{Headers: []string{"X-DocuSign-Signature-1"}}, false},
		{variants["hmac in the query"], "{}", verify.Credentials{Query: []string{"sig"}}, false},
		{variants["hmac in the body"], "{}", verify.Credentials{}, true},
		{variants["hmac in a form"], "a=1", verify.Credentials{}, true},
		{settingsOf["basic"], "", verify.Credentials{Headers: []string{"Authorization"}}, false},
		{settingsOf["token"], "", verify.Credentials{Query: []string{"key"}}, false},
		{settingsOf["wecom"], "<xml/>", verify.Credentials{Query: []string{"msg_signature"}}, false},
		{settingsOf["feishu"], "{}", verify.Credentials{Headers: []string{"X-Lark-Signature"}}, true},
		{`{"scheme":"ms_graph","secret":"s"}`, bodies["notifications"], verify.Credentials{}, true},
	}
	for _, test := range tests {
		signed, err := compile(t, test.settings).Sign(t.Context(), unsigned(test.body), none)
		if err != nil {
			t.Fatalf("%s: %v", test.settings, err)
		}
		if diff := cmp.Diff(test.want, signed.Proof); diff != "" || signed.InBody != test.inBody {
			t.Errorf("%s: in the body %v (-want +got):\n%s", test.settings, signed.InBody, diff)
		}
	}
}

func TestSignRefuses(t *testing.T) {
	t.Parallel()
	for settings, want := range map[string]string{
		`{"scheme":"github","secret":"{{$env.S}}"}`:                    "$env.S is not set",
		`{"scheme":"adyen_platform","secret":"{{$env.SET}}"}`:          "no secret is set that can sign",
		`{"scheme":"hmac","secret":"s","json":"a","content":"{body}"}`: "cannot be signed with these settings",
		`{"scheme":"hmac","secret":"s","query":"a","content":"{url}"}`: "cannot be signed with these settings",
		`{"scheme":"mailgun","secret":"s"}`:                            "must be a JSON object",
	} {
		body := "{}"
		if strings.Contains(settings, "mailgun") {
			body = "no"
		}
		_, err := compile(t, settings).Sign(t.Context(), unsigned(body), scope{"$env.SET": "no hex"})
		if hookflow.CodeOf(err) != hookflow.CodeConflict || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", settings, err, want)
		}
	}
}

// A recipe, carried out by hand, makes what Sign makes.
func TestRecipe(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings string
		at       func(*verify.Recipe) verify.Line
	}{
		"slack":   {`{"scheme":"slack","secret":"s"}`, func(r *verify.Recipe) verify.Line { return r.Headers[0] }},
		"stripe":  {`{"scheme":"stripe","secret":"s"}`, func(r *verify.Recipe) verify.Line { return r.Headers[0] }},
		"github":  {`{"scheme":"github","secret":"s"}`, func(r *verify.Recipe) verify.Line { return r.Headers[0] }},
		"in text": {`{"scheme":"hmac","secret":"s","header":"X-Sig","content":"{method}{json:id}{q:n}{body}{secret}"}`, func(r *verify.Recipe) verify.Line { return r.Headers[0] }},
		"a query": {`{"scheme":"hmac","secret":"s","query":"sig"}`, func(r *verify.Recipe) verify.Line { return r.Query[0] }},
	} {
		verifier := compile(t, test.settings)
		request := unsigned(bodies["object"])
		recipe := verifier.Recipe(request, none)
		if recipe == nil || recipe.Encoding != "hex" {
			t.Fatalf("%s: %+v", name, recipe)
		}
		mac := hmac.New(sha256.New, []byte("s"))
		for _, p := range recipe.Content {
			mac.Write([]byte(spell(p, string(request.Body), "")))
		}
		line := test.at(recipe)
		var text strings.Builder
		for _, p := range line.Parts {
			text.WriteString(spell(p, "", hex.EncodeToString(mac.Sum(nil))))
		}
		for _, l := range recipe.Headers {
			if l.Name != line.Name {
				request.Headers = append(request.Headers, hookflow.Header{Name: l.Name, Value: spell(l.Parts[0], "", "")})
			}
		}
		if len(recipe.Query) > 0 {
			request.Query += "&" + line.Name + "=" + text.String()
		} else {
			request.Headers = append(request.Headers, hookflow.Header{Name: line.Name, Value: text.String()})
		}
		if verdict := verifier.Verify(t.Context(), request, none); !verdict.Report.OK {
			t.Errorf("%s: %q: %+v", name, text.String(), verdict.Report.Checks)
		}
	}
}

func spell(p verify.Part, body, signature string) string {
	switch p.Kind {
	case verify.PartBody:
		return body
	case verify.PartTime:
		return "1790000000"
	case verify.PartSecret:
		return "s"
	case verify.PartSignature:
		return signature
	default:
		return p.Text
	}
}

func TestNoRecipe(t *testing.T) {
	t.Parallel()
	for _, settings := range []string{
		settingsOf["wecom"], settingsOf["discord"], `{"scheme":"linear","secret":"s"}`, `{"scheme":"mailgun","secret":"s"}`, `{"scheme":"jwt","secret":"s"}`,
		`{"scheme":"hmac","secret":"s","query":"a","content":"{url}"}`,
	} {
		if r := compile(t, settings).Recipe(unsigned("{}"), none); r != nil {
			t.Errorf("%s: %+v", settings, r)
		}
	}
}

// The secret is in no part of a recipe.
func TestRecipeKeepsSecret(t *testing.T) {
	t.Parallel()
	for _, s := range verify.Schemes() {
		settings := settingsOf[s.Key]
		if settings == "" {
			settings = `{"scheme":"` + s.Key + `","secret":"` + anySecret + `"}`
		}
		r := compile(t, settings).Recipe(unsigned("{}"), none)
		if r == nil {
			continue
		}
		text := fmt.Sprintf("%s %v %v %v %v", r.Username, r.Content, r.Headers, r.Query, r.Request.Headers)
		if strings.Contains(text, anySecret) || strings.Contains(text, "p:w") {
			t.Errorf("%s: %s", s.Key, text)
		}
	}
}

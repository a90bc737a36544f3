package verify_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

type vector struct {
	ID, Scheme string
	Config     map[string]any
	Now        int64
	Request    struct {
		Method, Path, Query string
		Headers             map[string]string
		BodyBase64          []byte
		BodyRepeat          *struct {
			Prefix, Unit, Suffix string
			Count                int
		}
	}
	Expect struct {
		Valid  bool
		Reason string
	}
}

func readVectors(t *testing.T) (publicURL string, vectors []vector) {
	t.Helper()
	text, err := os.ReadFile("testdata/signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		PublicURL string
		Vectors   []vector
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file.PublicURL, file.Vectors
}

func (v *vector) request(publicURL string) *verify.Request {
	r := &verify.Request{
		Method: v.Request.Method, URL: publicURL + v.Request.Path, Query: v.Request.Query,
		Body: v.Request.BodyBase64, Now: time.Unix(v.Now, 0),
	}
	if v.Request.Query != "" {
		r.URL += "?" + v.Request.Query
	}
	if b := v.Request.BodyRepeat; b != nil {
		r.Body = []byte(b.Prefix + strings.Repeat(b.Unit, b.Count) + b.Suffix)
	}
	for name, text := range v.Request.Headers {
		r.Headers = append(r.Headers, hookflow.Header{Name: name, Value: text})
	}
	return r
}

// settings are a vector's config in the words of this package. Providers without a preset show
// what the scheme hmac can be told.
func (v *vector) settings(t *testing.T) value.Value {
	t.Helper()
	known := map[string]string{
		"github":            `{"scheme":"github"}`,
		"basic":             `{"scheme":"basic"}`,
		"bearer":            `{"scheme":"token","header":"Authorization","prefix":"Bearer "}`,
		"hmac":              `{"scheme":"hmac"}`,
		"stripe":            `{"scheme":"hmac","header":"Stripe-Signature","listSeparator":",","keyValueSeparator":"=","key":"v1","content":"{ts}.{body}","timestamp":{"key":"t"}}`,
		"slack":             `{"scheme":"hmac","header":"X-Slack-Signature","prefix":"v0=","content":"v0:{ts}:{body}","timestamp":{"header":"X-Slack-Request-Timestamp"}}`,
		"standard-webhooks": `{"scheme":"hmac","header":"webhook-signature","encoding":"base64","listSeparator":" ","keyValueSeparator":",","key":"v1","secretEncoding":"base64","secretPrefix":"whsec_","content":"{h:webhook-id}.{ts}.{body}","timestamp":{"header":"webhook-timestamp"}}`,
		"square":            `{"scheme":"hmac","header":"x-square-hmacsha256-signature","encoding":"base64","content":"{url}{body}"}`,
		"zendesk":           `{"scheme":"hmac","header":"X-Zendesk-Webhook-Signature","encoding":"base64","content":"{ts}{body}","timestamp":{"header":"X-Zendesk-Webhook-Signature-Timestamp","unit":"rfc3339"}}`,
		"hubspot":           `{"scheme":"hmac","header":"X-HubSpot-Signature-v3","encoding":"base64","content":"{method}{url}{body}{ts}","timestamp":{"header":"X-HubSpot-Request-Timestamp","unit":"ms"}}`,
		"paddle":            `{"scheme":"hmac","header":"Paddle-Signature","listSeparator":";","keyValueSeparator":"=","key":"h1","content":"{ts}:{body}","timestamp":{"key":"ts"}}`,
	}
	var settings map[string]any
	if err := json.Unmarshal([]byte(known[v.Scheme]), &settings); err != nil {
		t.Fatal(err)
	}
	for name, setting := range v.Config {
		v.set(settings, name, setting)
	}
	text, err := value.Of(settings)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func (v *vector) set(settings map[string]any, name string, setting any) {
	timestamp, _ := settings["timestamp"].(map[string]any)
	if timestamp == nil {
		timestamp = map[string]any{}
	}
	switch name {
	case "token":
		settings["value"] = setting
	case "tokens":
		settings["values"] = setting
	case "signingSecret", "signatureKey", "clientSecret":
		settings["secret"] = setting
	case "template":
		settings["content"] = strings.ReplaceAll(setting.(string), "{timestamp}", "{ts}")
	case "timestampHeader":
		timestamp["header"] = setting
	case "timestampUnit":
		timestamp["unit"] = setting
	case "tolerance":
		timestamp["tolerance"] = (time.Duration(setting.(float64)) * time.Second).String()
	default:
		settings[name] = setting
	}
	if len(timestamp) > 0 {
		settings["timestamp"] = timestamp
	}
}

func TestVectors(t *testing.T) {
	t.Parallel()
	checks := map[string]string{
		"missing_signature": "signature", "malformed_signature": "signature", "signature_mismatch": "signature",
		"missing_timestamp": "timestamp", "timestamp_expired": "timestamp",
		"credentials_mismatch": "credentials", "token_mismatch": "token",
	}
	publicURL, vectors := readVectors(t)
	for _, v := range vectors {
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			verifier, problems := verify.Compile(v.settings(t))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			report := verifier.Verify(t.Context(), v.request(publicURL), scope{}).Report
			if report.OK != v.Expect.Valid {
				t.Fatalf("OK = %v: %+v", report.OK, report.Checks)
			}
			if last := report.Checks[len(report.Checks)-1]; !v.Expect.Valid && last.Check != checks[v.Expect.Reason] {
				t.Errorf("%s is reported as %+v", v.Expect.Reason, last)
			}
		})
	}
}

// scope answers variables by their spelling.
type scope map[string]string

func (s scope) Lookup(p value.Path) value.Value {
	text, ok := s[p.String()]
	if !ok {
		return nil
	}
	return value.String(text)
}

const (
	helloSecret    = "It's a Secret to Everybody"
	helloBody      = "Hello, World!"
	helloSignature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
)

func hello() *verify.Request {
	return &verify.Request{
		Method: "POST", Body: []byte(helloBody),
		Headers: []hookflow.Header{{Name: "x-hub-signature-256", Value: helloSignature}},
	}
}

func TestSecretsFromVariables(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, settings string
		env            scope
		want           bool
	}{
		{"set", `{"scheme":"github","secret":"{{$env.S}}"}`, scope{"$env.S": helloSecret}, true},
		{"one of two", `{"scheme":"github","secrets":["{{$env.A}}","{{$env.S}}"]}`, scope{"$env.A": "a", "$env.S": helloSecret}, true},
		{"missing", `{"scheme":"github","secret":"{{$env.S}}"}`, scope{}, false},
		{"empty", `{"scheme":"github","secret":"{{$env.S}}"}`, scope{"$env.S": ""}, false},
		{"one missing beside the right one", `{"scheme":"github","secrets":["{{$env.A}}","{{$env.S}}"]}`, scope{"$env.S": helloSecret}, false},
		{"a part missing", `{"scheme":"github","secret":"It's a Secret to Everybody{{$env.S}}"}`, scope{}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			verifier, problems := verify.Compile(value.Raw(test.settings))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			report := verifier.Verify(t.Context(), hello(), test.env).Report
			if report.OK != test.want {
				t.Errorf("report = %+v", report)
			}
			if last := report.Checks[len(report.Checks)-1]; !test.want && (last.Check != "secret" || !strings.Contains(last.Detail, "$env.") || last.Remedy == "") {
				t.Errorf("the report does not say which variable: %+v", last)
			}
		})
	}
}

// A signature with an empty key must not pass, however the key came to be empty.
func TestNoKeyNoEntry(t *testing.T) {
	t.Parallel()
	verifier, problems := verify.Compile(value.Raw(`{"scheme":"hmac","secret":"whsec_","secretPrefix":"whsec_","header":"X-S"}`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	report := verifier.Verify(t.Context(), &verify.Request{
		Headers: []hookflow.Header{{Name: "X-S", Value: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"}},
	}, scope{}).Report
	if report.OK || report.Checks[0].Check != "secret" {
		t.Errorf("report = %+v", report)
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		settings string
		want     []string
	}{
		{`{"scheme":"magic"}`, []string{"/scheme"}},
		{`{}`, []string{"/scheme"}},
		{`{"scheme":"github"}`, []string{"/secret"}},
		{`{"scheme":"github","secret":""}`, []string{"/secret"}},
		{`{"scheme":"github","secrets":[]}`, []string{"/secret"}},
		{`{"scheme":"github","secrets":["a",""]}`, []string{"/secrets/1"}},
		{`{"scheme":"github","secret":"a","token":"b"}`, []string{"/token"}},
		{`{"scheme":"github","secret":"{{env.S}}"}`, []string{"/secret"}},
		{`{"scheme":"basic","username":"a","password":""}`, []string{"/password"}},
		{`{"scheme":"token","value":"a"}`, []string{"/header"}},
		{`{"scheme":"token","header":"A","query":"b","value":"a"}`, []string{"/header"}},
		{`{"scheme":"token","header":"A"}`, []string{"/value"}},
		{`{"scheme":"hmac","secret":"a","content":"{timestamp}{body}"}`, []string{"/content"}},
		{`{"scheme":"hmac","secret":"a","content":"{h}"}`, []string{"/content"}},
		{`{"scheme":"hmac","secret":"a","content":"{json:..}"}`, []string{"/content"}},
		{`{"scheme":"hmac","secret":"a","content":"{ts}{body}"}`, []string{"/timestamp"}},
		{`{"scheme":"hmac","secret":"a","content":"{body}","timestamp":{"header":"T"}}`, []string{"/content"}},
		{`{"scheme":"hmac","secret":"a","content":"{ts}{body}","timestamp":{}}`, []string{"/timestamp/header"}},
		{`{"scheme":"hmac","secret":"a","header":"A","query":"b"}`, []string{"/query"}},
		{`{"scheme":"hmac","secret":"a","key":"v1"}`, []string{"/keyValueSeparator"}},
		{`{"scheme":"hmac","secret":"a","content":"{ts}{body}","timestamp":{"key":"t"}}`, []string{"/key"}},
		{`{"scheme":"hmac","secret":"a","algorithm":"md5"}`, []string{"/algorithm"}},
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

func TestHMACContent(t *testing.T) {
	t.Parallel()
	// The HMAC-SHA256 of "POST|https://h/x?s=1|v|1|7|k" with the key k.
	const signature = "ac64b584a16fd1886e499b36a46de0ff286fcaec3db0d3f0c7642f504040b855"
	settings := `{"scheme":"hmac","secret":"k","query":"sig","content":"{method}|{url}|{h:X-V}|{q:s}|{json:a.b}|{secret}"}`
	verifier, problems := verify.Compile(value.Raw(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	request := &verify.Request{
		Method: "POST", URL: "https://h/x?s=1", Query: "s=1&sig=" + signature, Body: []byte(`{"a":{"b":7}}`),
		Headers: []hookflow.Header{{Name: "x-v", Value: "v"}},
	}
	if report := verifier.Verify(t.Context(), request, scope{}).Report; !report.OK {
		t.Errorf("report = %+v", report)
	}
	request.Body = []byte(`{"a":{"b":8}}`)
	if report := verifier.Verify(t.Context(), request, scope{}).Report; report.OK {
		t.Errorf("another content passes: %+v", report)
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	tests := []struct {
		settings string
		request  verify.Request
		want     bool
	}{
		{`"query":"key","value":"a b"`, verify.Request{Query: "x=1&key=a%20b"}, true},
		{`"query":"key","value":"a b"`, verify.Request{Query: "key=a"}, false},
		{`"query":"key","value":"a b"`, verify.Request{Query: ""}, false},
		{`"header":"Authorization","prefix":"Bearer","value":"t"`, bearing("bearer  t"), true},
		{`"header":"Authorization","prefix":"Bearer","value":"t"`, bearing("Basic t"), false},
		{`"header":"Authorization","prefix":"Bearer","value":"t"`, bearing(""), false},
		{`"header":"Authorization","value":"t"`, bearing("T"), false},
	}
	for _, test := range tests {
		verifier, problems := verify.Compile(value.Raw(`{"scheme":"token",` + test.settings + `}`))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if report := verifier.Verify(t.Context(), &test.request, scope{}).Report; report.OK != test.want {
			t.Errorf("%s: report = %+v", test.settings, report)
		}
	}
}

func bearing(authorization string) verify.Request {
	return verify.Request{Headers: []hookflow.Header{{Name: "Authorization", Value: authorization}}}
}

func TestNone(t *testing.T) {
	t.Parallel()
	verifier, problems := verify.Compile(nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if report := verifier.Verify(t.Context(), &verify.Request{}, scope{}).Report; !report.OK || report.Scheme != "none" {
		t.Errorf("report = %+v", report)
	}
}

func TestWhatAVerifierSays(t *testing.T) {
	t.Parallel()
	type said struct {
		Wire        bool
		Challenge   bool
		Credentials verify.Credentials
	}
	tests := []struct {
		settings string
		want     said
	}{
		{`{"scheme":"github","secret":"a","over":"wire"}`, said{Wire: true}},
		{`{"scheme":"basic","username":"a","password":"b"}`, said{Challenge: true, Credentials: verify.Credentials{Headers: []string{"Authorization"}}}},
		{`{"scheme":"token","query":"key","value":"b"}`, said{Credentials: verify.Credentials{Query: []string{"key"}}}},
		{`{"scheme":"token","header":"X-Key","value":"b"}`, said{Credentials: verify.Credentials{Headers: []string{"X-Key"}}}},
	}
	for _, test := range tests {
		v, problems := verify.Compile(value.Raw(test.settings))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if diff := cmp.Diff(test.want, said{v.OverWire(), v.Challenge() != "", v.Credentials()}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.settings, diff)
		}
	}
}

// No report holds a secret, or a signature that would be right.
func TestReportsKeepSecrets(t *testing.T) {
	t.Parallel()
	publicURL, vectors := readVectors(t)
	for _, v := range vectors {
		verifier, _ := verify.Compile(v.settings(t))
		text, err := json.Marshal(verifier.Verify(t.Context(), v.request(publicURL), scope{}).Report)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"secret", "password", "token", "signingSecret", "signatureKey", "clientSecret"} {
			if secret, ok := v.Config[name].(string); ok && bytes.Contains(text, []byte(secret)) {
				t.Errorf("%s: the report tells its %s: %s", v.ID, name, text)
			}
		}
		for _, sent := range v.Request.Headers {
			if len(sent) > 30 && v.Expect.Valid && bytes.Contains(text, []byte(sent)) {
				t.Errorf("%s: the report tells the signature: %s", v.ID, text)
			}
		}
	}
}

func TestSchemesAreDescribed(t *testing.T) {
	t.Parallel()
	for _, s := range verify.Schemes() {
		if s.Title.EN == "" || s.Title.ZH == "" || s.Doc.EN == "" || s.Doc.ZH == "" {
			t.Errorf("%s has no title or description in one of the languages", s.Key)
		}
		for i := range s.Settings.NumField() {
			if f := s.Settings.Field(i); !f.Anonymous && (f.Tag.Get("doc") == "" || f.Tag.Get("zh") == "") {
				t.Errorf("%s.%s is not described", s.Key, f.Name)
			}
		}
	}
}

func FuzzSignatureHeader(f *testing.F) {
	f.Add("t=1767225598,v1=f7e666ef,v1=,v0=x", "/x?a=b", "{}")
	f.Add("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "?sig=%zz", `{"a":1}`)
	f.Add(helloSignature, "", helloBody)
	f.Add("Basic "+base64.StdEncoding.EncodeToString([]byte("a:b")), "", "")
	var verifiers []*verify.Verifier
	for _, settings := range []string{
		`{"scheme":"github","secret":"s"}`,
		`{"scheme":"hmac","secret":"s","header":"X-Hub-Signature-256","listSeparator":",","keyValueSeparator":"=","key":"v1","content":"{ts}.{body}{json:a}","timestamp":{"key":"t"}}`,
		`{"scheme":"hmac","secret":"s","query":"sig","encoding":"base64url"}`,
		`{"scheme":"basic","username":"u","password":"p"}`,
		`{"scheme":"token","header":"Authorization","prefix":"Bearer","value":"t"}`,
	} {
		v, problems := verify.Compile(value.Raw(settings))
		if len(problems) > 0 {
			f.Fatal(problems)
		}
		verifiers = append(verifiers, v)
	}
	f.Fuzz(func(t *testing.T, header, query, body string) {
		for _, v := range verifiers {
			report := v.Verify(t.Context(), &verify.Request{
				Method: "POST", Query: query, Body: []byte(body), Now: time.Unix(1767225600, 0),
				Headers: []hookflow.Header{{Name: "X-Hub-Signature-256", Value: header}, {Name: "Authorization", Value: header}},
			}, scope{}).Report
			if report.OK && !strings.EqualFold(header, "bearer t") && !strings.Contains(strings.ToLower(header), "bearer") && !strings.Contains(header, "dTpw") {
				t.Errorf("%s passes with %q", v.Scheme(), header)
			}
		}
	})
}

func BenchmarkGitHub(b *testing.B) {
	verifier, _ := verify.Compile(value.Raw(`{"scheme":"github","secret":"{{$env.S}}"}`))
	request, env := hello(), scope{"$env.S": helloSecret}
	request.Body = bytes.Repeat([]byte("0123456789abcdef"), 64)
	b.ReportAllocs()
	for b.Loop() {
		verifier.Verify(b.Context(), request, env)
	}
}

package verify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

// scope answers variables by their spelling.
type scope map[string]string

func (s scope) Lookup(p value.Path) value.Value {
	text, ok := s[p.String()]
	if !ok {
		return nil
	}
	return value.String(text)
}

// none are no variables.
var none = scope(nil)

func compile(t testing.TB, settings string) *verify.Verifier {
	t.Helper()
	verifier, problems := verify.Compile(value.Raw(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return verifier
}

// failed is the first check that is not OK.
func failed(v *verify.Verdict) hookflow.Check {
	for _, c := range v.Report.Checks {
		if !c.OK {
			return c
		}
	}
	return hookflow.Check{}
}

func lastCheck(v *verify.Verdict) hookflow.Check { return v.Report.Checks[len(v.Report.Checks)-1] }

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
		{`{"scheme":"github","secret":"{{$context.query.s}}"}`, []string{"/secret"}},
		{`{"scheme":"github","secrets":["{{$env.S}}","a{{$context.headers.x}}"]}`, []string{"/secrets"}},
		{`{"scheme":"jwt","jwksURL":"{{$context.query.u}}","audience":"{{$context.url}}"}`, []string{"/jwksURL"}},
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

func TestSchemesAreDescribed(t *testing.T) {
	t.Parallel()
	for _, s := range verify.Schemes() {
		if s.Title.EN == "" || s.Title.ZH == "" || s.Doc.EN == "" || s.Doc.ZH == "" {
			t.Errorf("%s has no title or description in one of the languages", s.Key)
		}
		if p := s.Provider; p.Checks.EN == "" || p.Checks.ZH == "" || (p.Handshake.EN == "") != (p.Handshake.ZH == "") {
			t.Errorf("%s does not say in both languages what it checks and answers", s.Key)
		}
		for _, text := range slices.Concat(s.Provider.ID, s.Provider.Event) {
			template, err := value.ParseTemplate(value.String(text))
			if err != nil || template.IsStatic() || template.Paths()[0].Root != "$context" {
				t.Errorf("%s: %s is no template over $context: %v", s.Key, text, err)
			}
		}
		for _, source := range s.Provider.Sources {
			if !strings.HasPrefix(source, "https://") {
				t.Errorf("%s: source %s", s.Key, source)
			}
		}
		for i := range s.Settings.NumField() {
			if f := s.Settings.Field(i); !f.Anonymous && (f.Tag.Get("doc") == "" || f.Tag.Get("zh") == "") {
				t.Errorf("%s.%s is not described", s.Key, f.Name)
			}
		}
	}
}

func BenchmarkGitHub(b *testing.B) {
	verifier, _ := verify.Compile(value.Raw(`{"scheme":"github","secret":"{{$env.S}}"}`))
	body := strings.Repeat("0123456789abcdef", 64)
	right := &verify.Request{Method: "POST", Body: []byte(body), Headers: headers("X-Hub-Signature-256", "sha256="+hexMAC(body))}
	wrong := &verify.Request{Method: "POST", Body: []byte(body), Headers: headers("X-Hub-Signature-256", "sha256="+hexMAC("x"))}
	for name, request := range map[string]*verify.Request{"right": right, "wrong": wrong} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				verifier.Verify(b.Context(), request, scope{"$env.S": testKey})
			}
		})
	}
}

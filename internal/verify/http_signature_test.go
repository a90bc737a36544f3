package verify_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

const macKeys = `"keys":{"m":{"alg":"hmac-sha256","secret":"s"},"other":{"alg":"hmac-sha256","secret":"t"}}`

func hmacSHA256(secret, content string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(content))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// signedRequest has a URL and fields as the examples of RFC 9421.
func signedRequest(input, signature string) *verify.Request {
	const query = "param=value&qux=&var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something&t=*~&two=1&two=2"
	return &verify.Request{
		Method: "POST", URL: "https://WWW.Example.com:443/path?" + query, Query: query, Body: []byte("{}"), Now: time.Unix(judgedAt, 0),
		Headers: []hookflow.Header{
			{Name: "X-OWS", Value: "  Leading and trailing.  "},
			{Name: "Cache-Control", Value: "max-age=60"},
			{Name: "Cache-Control", Value: "  must-revalidate"},
			{Name: "X-Dict", Value: "a=1, b=2;x=1;y=2, c=(a b c)"},
			{Name: "X-Empty", Value: ""},
			{Name: "Signature-Input", Value: input},
			{Name: "Signature", Value: signature},
		},
	}
}

func TestHTTPSignatureComponents(t *testing.T) {
	t.Parallel()
	tests := []struct{ component, line string }{
		{`"@method"`, "POST"},
		{`"@authority"`, "www.example.com"},
		{`"@scheme"`, "https"},
		{`"@path"`, "/path"},
		{`"@query-param";name="param"`, "value"},
		{`"@query-param";name="qux"`, ""},
		{`"@query-param";name="var"`, "this%20is%20a%20big%0Amultiline%20value"},
		{`"@query-param";name="bar"`, "with%20plus%20whitespace"},
		{`"@query-param";name="fa%C3%A7ade%22%3A%20"`, "something"},
		{`"@query-param";name="t"`, "*%7E"},
		{`"x-ows"`, "Leading and trailing."},
		{`"cache-control"`, "max-age=60, must-revalidate"},
		{`"x-dict";key="b"`, "2;x=1;y=2"},
		{`"x-dict";key="c"`, "(a b c)"},
		{`"x-empty"`, ""},
		{`"host"`, "www.example.com"},
	}
	verifier := compile(t, `{"scheme":"http_signature","requiredComponents":[],`+macKeys+`}`)
	for _, test := range tests {
		parameters := "(" + test.component + `);created=1767225600;keyid="m"`
		base := test.component + ": " + test.line + "\n" + `"@signature-params": ` + parameters
		verdict := verifier.Verify(t.Context(), signedRequest("sig="+parameters, "sig=:"+hmacSHA256("s", base)+":"), none)
		if !verdict.Report.OK {
			t.Errorf("%s: %+v", test.component, verdict.Report)
		}
	}
}

func TestHTTPSignature(t *testing.T) {
	t.Parallel()
	body := sha256.Sum256([]byte("{}"))
	digest := "sha-256=:" + base64.StdEncoding.EncodeToString(body[:]) + ":"
	const loose = `"requiredComponents":[],`
	method := `"@method": POST` + "\n"
	tests := []struct {
		name, settings, parameters, base, digest, code string
	}{
		{"nothing signed", loose, `();created=1767225600;keyid="m"`, "", "", ""},
		{"spaces are not kept", loose, `( "@method"  );created=1767225600; keyid="m"`, method, "", ""},
		{"the usual is missing", "", `("@method");created=1767225600;keyid="m"`, method, "", "missing_component"},
		{"wider parts", `"requiredComponents":["@path","@query"],`, `("@request-target");created=1767225600;keyid="m"`, `"@request-target": ` + strings.TrimPrefix(signedRequest("", "").URL, "https://WWW.Example.com:443") + "\n", "", ""},
		{"whole URL", `"requiredComponents":["@authority"],`, `("@target-uri");created=1767225600;keyid="m"`, `"@target-uri": ` + signedRequest("", "").URL + "\n", "", ""},
		{"member instead of field", `"requiredComponents":["x-dict"],`, `("x-dict";key="a");created=1767225600;keyid="m"`, `"x-dict";key="a": 1` + "\n", "", "missing_component"},
		{"digest", `"requiredComponents":["content-digest"],`, `("content-digest");created=1767225600;keyid="m"`, `"content-digest": ` + digest + "\n", digest, ""},
		{"unknown digest beside", loose, `();created=1767225600;keyid="m"`, "", "md5=:AAAA:, " + digest, ""},
		{"unknown digest alone", loose, `();created=1767225600;keyid="m"`, "", "md5=:AAAA:", "malformed_digest"},
		{"malformed digest", loose, `();created=1767225600;keyid="m"`, "", "sha-256=(", "malformed_digest"},
		{"another digest", loose, `();created=1767225600;keyid="m"`, "", "sha-256=:AAAA:", "digest_mismatch"},
		{"another key", loose, `();created=1767225600;keyid="other"`, "", "", "signature_mismatch"},
		{"unknown key", loose, `();created=1767225600;keyid="x"`, "", "", "unknown_key"},
		{"no key id", loose, `();created=1767225600`, "", "", "unknown_key"},
		{"another algorithm", loose, `();created=1767225600;keyid="m";alg="ed25519"`, "", "", "algorithm"},
		{"its algorithm", loose, `();created=1767225600;keyid="m";alg="hmac-sha256"`, "", "", ""},
		{"old", loose, `();created=1767225299;keyid="m"`, "", "", "timestamp_expired"},
		{"old, allowed", `"tolerance":"10m",` + loose, `();created=1767225299;keyid="m"`, "", "", ""},
		{"no time", loose, `();keyid="m"`, "", "", "missing_timestamp"},
		{"no time, allowed", `"tolerance":"0",` + loose, `();keyid="m"`, "", "", ""},
		{"expires", loose, `();created=1767225600;expires=1767225600;keyid="m"`, "", "", ""},
		{"expired", loose, `();created=1767225600;expires=1767225599;keyid="m"`, "", "", "timestamp_expired"},
		{"twice", loose, `("@method" "@method");created=1767225600;keyid="m"`, method + method, "", "malformed_signature"},
		{"absent", loose, `("x-not-there");created=1767225600;keyid="m"`, "", "", "malformed_signature"},
		{"upper case", loose, `("X-OWS");created=1767225600;keyid="m"`, "", "", "malformed_signature"},
		{"unknown part", loose, `("@status");created=1767225600;keyid="m"`, "", "", "malformed_signature"},
		{"unknown parameter", loose, `("x-ows";bs);created=1767225600;keyid="m"`, "", "", "malformed_signature"},
		{"parameter of a response", loose, `("@method";req);created=1767225600;keyid="m"`, "", "", "malformed_signature"},
		{"ambiguous parameter", loose, `("@query-param";name="two");created=1767225600;keyid="m"`, "", "", "malformed_signature"},
		{"member of no dictionary", loose, `("x-ows";key="a");created=1767225600;keyid="m"`, "", "", "malformed_signature"},
		{"too much", loose, "(" + strings.Repeat(`"@method" `, 51) + `);created=1767225600;keyid="m"`, "", "", "malformed_signature"},
	}
	for _, test := range tests {
		canonical := strings.NewReplacer("( ", "(", "  )", ")", "; ", ";").Replace(test.parameters)
		r := signedRequest("sig="+test.parameters, "sig=:"+hmacSHA256("s", test.base+`"@signature-params": `+canonical)+":")
		if test.digest != "" {
			r.Headers = append(r.Headers, hookflow.Header{Name: "Content-Digest", Value: test.digest})
		}
		verdict := compile(t, `{"scheme":"http_signature",`+test.settings+macKeys+`}`).Verify(t.Context(), r, none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
	}
}

// One signature that is right is enough: the others are of proxies on the way.
func TestHTTPSignatureOfSeveral(t *testing.T) {
	t.Parallel()
	const parameters = `();created=1767225600;keyid="m"`
	right := hmacSHA256("s", `"@signature-params": `+parameters)
	tests := []struct{ name, input, signature, code string }{
		{"last", `p=();keyid="proxy", n=token, s=` + parameters, "p=:AAAA:, n=:AAAA:, s=:" + right + ":", ""},
		{"first", `s=` + parameters + `, p=();keyid="proxy"`, "p=:AAAA:, s=:" + right + ":", ""},
		{"wrong", `p=();keyid="proxy", s=` + parameters, "p=:AAAA:, s=:AAAA:", "signature_mismatch"},
		{"wrong, then a proxy's", `s=` + parameters + `, p=();keyid="proxy"`, "p=:AAAA:, s=:AAAA:", "signature_mismatch"},
		{"other labels", `s=` + parameters, "t=:" + right + ":", "malformed_signature"},
		{"no bytes", `s=` + parameters, `s="x"`, "malformed_signature"},
		{"not structured", `s=(`, `s=:AAAA:`, "malformed_signature"},
		{"too many before", manyInputs(10) + `s=` + parameters, manySignatures(10) + "s=:" + right + ":", "unknown_key"},
	}
	verifier := compile(t, `{"scheme":"http_signature","requiredComponents":[],`+macKeys+`}`)
	for _, test := range tests {
		verdict := verifier.Verify(t.Context(), signedRequest(test.input, test.signature), none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
	}
	unsigned := signedRequest("", "")
	unsigned.Headers = unsigned.Headers[:2]
	if check := failed(verifier.Verify(t.Context(), unsigned, none)); check.Code != "missing_signature" {
		t.Errorf("unsigned: %+v", check)
	}
}

func manyInputs(n int) string {
	var text strings.Builder
	for i := range n {
		text.WriteString(string(rune('a'+i)) + `=();keyid="proxy", `)
	}
	return text.String()
}

func manySignatures(n int) string {
	return strings.ReplaceAll(manyInputs(n), `();keyid="proxy"`, ":AAAA:")
}

func TestHTTPSignatureAlgorithms(t *testing.T) {
	t.Parallel()
	const base = `"@signature-params": ();created=1767225600`
	curve, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(&curve.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	curvePEM := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	sum384, sum256, sum512 := sha512.Sum384([]byte(base)), sha256.Sum256([]byte(base)), sha512.Sum512([]byte(base))
	r, s, err := ecdsa.Sign(rand.Reader, curve, sum384[:])
	if err != nil {
		t.Fatal(err)
	}
	raw := append(r.FillBytes(make([]byte, 48)), s.FillBytes(make([]byte, 48))...)
	pkcs1, err := rsa.SignPKCS1v15(nil, rsaKey(), crypto.SHA256, sum256[:])
	if err != nil {
		t.Fatal(err)
	}
	pss, err := rsa.SignPSS(rand.Reader, rsaKey(), crypto.SHA512, sum512[:], &rsa.PSSOptions{SaltLength: 64})
	if err != nil {
		t.Fatal(err)
	}
	unsalted, err := rsa.SignPSS(rand.Reader, rsaKey(), crypto.SHA512, sum512[:], &rsa.PSSOptions{SaltLength: 20})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		algorithm, key string
		signature      []byte
		code           string
	}{
		{"ecdsa-p384-sha384", curvePEM, raw, ""},
		{"ecdsa-p384-sha384", curvePEM, raw[1:], "signature_mismatch"},
		{"ecdsa-p256-sha256", curvePEM, raw, "malformed_secret"},
		{"ed25519", curvePEM, raw, "malformed_secret"},
		{"rsa-v1_5-sha256", rsaPEM(t), pkcs1, ""},
		{"rsa-v1_5-sha256", rsaPEM(t), pss, "signature_mismatch"},
		{"rsa-pss-sha512", rsaPEM(t), pss, ""},
		{"rsa-pss-sha512", rsaPEM(t), unsalted, "signature_mismatch"},
	}
	for _, test := range tests {
		verifier := compile(t, `{"scheme":"http_signature","requiredComponents":[],"keys":{"only":{"alg":"`+test.algorithm+`","publicKey":"{{$env.KEY}}"}}}`)
		r := signedRequest("sig=();created=1767225600", "sig=:"+base64.StdEncoding.EncodeToString(test.signature)+":")
		verdict := verifier.Verify(t.Context(), r, scope{"$env.KEY": test.key})
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.algorithm, verdict.Report)
		}
	}
}

// The body is judged as it was sent, unless the endpoint says otherwise.
func TestHTTPSignatureOverWire(t *testing.T) {
	t.Parallel()
	for settings, want := range map[string]bool{`{"scheme":"http_signature",` + macKeys + `}`: true, `{"scheme":"http_signature","over":"decoded",` + macKeys + `}`: false} {
		if got := compile(t, settings).OverWire(); got != want {
			t.Errorf("%s: %v", settings, got)
		}
	}
}

func FuzzHTTPSignature(f *testing.F) {
	f.Add(`sig1=("@method" "@query-param";name="a" "x-dict";key="b");created=1767225598;keyid="m";alg="hmac-sha256"`, "sig1=:AAAA:", "sha-256=:AAAA:", "/p?a=1&b=%zz")
	f.Add(`a=(),b=("");keyid="m"`, `a=:AA==:;x, b=?1`, "md5=1", "")
	f.Add(`a=("@path" "host");created=@1;keyid="m"`, `a=:`+strings.Repeat("A", 88)+`:`, `sha-512=%"x"`, "?")
	verifier := compile(f, `{"scheme":"http_signature","tolerance":"0","requiredComponents":[],"keys":{"m":{"alg":"hmac-sha256","secret":"f1e2d3c4b5a697887766554433221100"}}}`)
	f.Fuzz(func(t *testing.T, input, signature, digest, target string) {
		r := signedRequest(input, signature)
		r.URL = "https://h.example" + target
		_, r.Query, _ = strings.Cut(target, "?")
		r.Headers = append(r.Headers, hookflow.Header{Name: "Content-Digest", Value: digest})
		if verdict := verifier.Verify(t.Context(), r, none); verdict.Report.OK {
			t.Errorf("passes: %q %q", input, signature)
		}
	})
}

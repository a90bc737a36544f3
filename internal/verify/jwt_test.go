package verify_test

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

const judgedAt = 1767225600

// rsaKey is the sender's in these tests.
var rsaKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func rsaPEM(t testing.TB) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(&rsaKey().PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// rsaJWKS has keys that are not understood, or not public, beside the sender's.
func rsaJWKS(kid string) string {
	n := base64.RawURLEncoding.EncodeToString(rsaKey().N.Bytes())
	e := base64.RawURLEncoding.EncodeToString(big.NewInt(int64(rsaKey().E)).Bytes())
	return fmt.Sprintf(`{"keys":[{"kty":"new","kid":"x"},{"kty":"oct","kid":"shared","k":"c2VjcmV0"},{"kty":"RSA","kid":%q,"alg":"RS256","n":%q,"e":%q}]}`, kid, n, e)
}

func segment(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func hs256(header, claims, secret string) string {
	input := segment(header) + "." + segment(claims)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(input))
	return input + "." + segment(string(mac.Sum(nil)))
}

func rs256(t testing.TB, header, claims string) string {
	t.Helper()
	input := segment(header) + "." + segment(claims)
	sum := sha256.Sum256([]byte(input))
	signature, err := rsa.SignPKCS1v15(nil, rsaKey(), crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return input + "." + segment(string(signature))
}

func request(name, text string) *verify.Request {
	return &verify.Request{
		Method: "POST", URL: "https://hooks.example.com/api/webhooks/x", Body: []byte("{}"), Now: time.Unix(judgedAt, 0),
		Headers: []hookflow.Header{{Name: name, Value: text}},
	}
}

func quoted(t testing.TB, text string) string {
	t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(quoted)
}

const (
	hsHeader = `{"alg":"HS256","typ":"JWT"}`
	rsHeader = `{"alg":"RS256","kid":"k1"}`
)

func TestJWT(t *testing.T) {
	t.Parallel()
	const secret = `"secret":"s"`
	public := `"publicKey":` + quoted(t, rsaPEM(t))
	jwks := `"jwks":` + rsaJWKS("k1")
	good := `{"exp":1767225700}`
	bodySum := sha256.Sum256([]byte("{}"))
	tests := []struct {
		name, settings, sent, code string
	}{
		{"shared", secret, "Bearer " + hs256(hsHeader, good, "s"), ""},
		{"alone", secret, hs256(hsHeader, good, "s"), ""},
		{"scheme JWT", secret, "JWT " + hs256(hsHeader, good, "s"), ""},
		{"second of two secrets", `"secrets":["a","s"]`, "Bearer " + hs256(hsHeader, good, "s"), ""},
		{"another secret", secret, "Bearer " + hs256(hsHeader, good, "t"), "signature_mismatch"},
		{"another scheme", secret, "Basic " + hs256(hsHeader, good, "s"), "malformed_signature"},
		{"nothing", secret, "", "missing_signature"},
		{"no token", secret, "Bearer x", "malformed_signature"},
		{"two segments", secret, "Bearer a.b", "malformed_signature"},
		{"not base64", secret, "Bearer !.!.!", "malformed_signature"},
		{"too long", secret, "Bearer " + strings.Repeat("a", 16<<10+1), "malformed_signature"},
		{"none", secret, "Bearer " + segment(`{"alg":"none"}`) + "." + segment(good) + ".", "jwt_algorithm"},
		{"none beside public keys", public, "Bearer " + segment(`{"alg":"none"}`) + "." + segment(good) + ".", "jwt_algorithm"},
		{"unlisted", `"algorithms":["HS512"],` + secret, "Bearer " + hs256(hsHeader, good, "s"), "jwt_algorithm"},
		{"the public key as secret", public, "Bearer " + hs256(hsHeader, good, rsaPEM(t)), "jwt_algorithm"},
		{"a demanded extension", secret, "Bearer " + hs256(`{"alg":"HS256","crit":["b64"],"b64":false}`, good, "s"), "malformed_signature"},
		{"claims are no object", secret, "Bearer " + hs256(hsHeader, `[]`, "s"), "malformed_signature"},
		{"expired within the leeway", secret, "Bearer " + hs256(hsHeader, `{"exp":1767225540}`, "s"), ""},
		{"expired", secret, "Bearer " + hs256(hsHeader, `{"exp":1767225539}`, "s"), "jwt_expired"},
		{"exp as text", secret, "Bearer " + hs256(hsHeader, `{"exp":"1767225700"}`, "s"), "jwt_claim_malformed"},
		{"exp beyond all times", secret, "Bearer " + hs256(hsHeader, `{"exp":1e300}`, "s"), "jwt_claim_malformed"},
		{"not yet", secret, "Bearer " + hs256(hsHeader, `{"exp":1767229999,"nbf":1767225661}`, "s"), "jwt_not_yet_valid"},
		{"issued later", secret, "Bearer " + hs256(hsHeader, `{"exp":1767229999,"iat":1767225661}`, "s"), "jwt_not_yet_valid"},
		{"issuer", `"issuer":"i",` + secret, "Bearer " + hs256(hsHeader, `{"exp":1767225700,"iss":"i"}`, "s"), ""},
		{"another issuer", `"issuer":"i",` + secret, "Bearer " + hs256(hsHeader, `{"exp":1767225700,"iss":"i/"}`, "s"), "jwt_issuer"},
		{"no issuer", `"issuer":"i",` + secret, "Bearer " + hs256(hsHeader, good, "s"), "jwt_issuer"},
		{"one audience of several", `"audience":"b",` + secret, "Bearer " + hs256(hsHeader, `{"exp":1767225700,"aud":["a","b"]}`, "s"), ""},
		{"another audience", `"audience":"b",` + secret, "Bearer " + hs256(hsHeader, `{"exp":1767225700,"aud":"a"}`, "s"), "jwt_audience"},
		{"no audience", `"audience":"b",` + secret, "Bearer " + hs256(hsHeader, good, "s"), "jwt_audience"},
		{"claim", `"claims":{"sub":"u","ok":"true"},` + secret, "Bearer " + hs256(hsHeader, `{"exp":1767225700,"sub":"u","ok":true}`, "s"), ""},
		{"another claim", `"claims":{"sub":"u"},` + secret, "Bearer " + hs256(hsHeader, `{"exp":1767225700,"sub":"v"}`, "s"), "jwt_claim"},
		{"body", `"bodyClaim":"h",` + secret, "Bearer " + hs256(hsHeader, `{"exp":1767225700,"h":"`+hex.EncodeToString(bodySum[:])+`"}`, "s"), ""},
		{"body in base64", `"bodyClaim":"h",` + secret, "Bearer " + hs256(hsHeader, `{"exp":1767225700,"h":"`+base64.StdEncoding.EncodeToString(bodySum[:])+`"}`, "s"), ""},
		{"another body", `"bodyClaim":"h",` + secret, "Bearer " + hs256(hsHeader, `{"exp":1767225700,"h":"00"}`, "s"), "digest_mismatch"},
		{"public key", public, "Bearer " + rs256(t, rsHeader, good), ""},
		{"key set", jwks, "Bearer " + rs256(t, rsHeader, good), ""},
		{"key set as text", `"jwks":` + quoted(t, rsaJWKS("k1")), "Bearer " + rs256(t, rsHeader, good), ""},
		{"no kid", jwks, "Bearer " + rs256(t, `{"alg":"RS256"}`, good), ""},
		{"unknown kid", jwks, "Bearer " + rs256(t, `{"alg":"RS256","kid":"k2"}`, good), "unknown_key"},
		{"the algorithm is not the key's", jwks, "Bearer " + rs256(t, `{"alg":"PS256","kid":"k1"}`, good), "unknown_key"},
		{"a shared key in a set", jwks, "Bearer " + hs256(`{"alg":"HS256","kid":"shared"}`, good, "secret"), "jwt_algorithm"},
		{"a key that the token brings", jwks, "Bearer " + rs256(t, `{"alg":"RS256","kid":"k2","jwk":{"kty":"RSA"}}`, good), "malformed_signature"},
		{"no remote", `"jwksURL":"https://a.example/keys"`, "Bearer " + rs256(t, rsHeader, good), "missing_key"},
	}
	for _, test := range tests {
		verdict := compile(t, `{"scheme":"jwt",`+test.settings+`}`).Verify(t.Context(), request("Authorization", test.sent), none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
	}
}

func TestJWTRefusesSettings(t *testing.T) {
	t.Parallel()
	tests := []struct{ settings, want string }{
		{`{"scheme":"jwt"}`, "/secret"},
		{`{"scheme":"jwt","secret":""}`, "/secret"},
		{`{"scheme":"jwt","secret":"s","jwksURL":"https://a.example/"}`, "/secret"},
		{`{"scheme":"jwt","secret":"s","algorithms":["RS256"]}`, "/algorithms/0"},
		{`{"scheme":"jwt","jwksURL":"https://a.example/","algorithms":["RS256","HS256"]}`, "/algorithms/1"},
		{`{"scheme":"jwt","jwksURL":"https://a.example/","algorithms":["none"]}`, "/algorithms/0"},
		{`{"scheme":"jwt","jwksURL":"http://a.example/"}`, "/jwksURL"},
		{`{"scheme":"jwt","publicKey":"x"}`, "/publicKey"},
		{`{"scheme":"jwt","publicKey":""}`, "/publicKey"},
		{`{"scheme":"jwt","jwksURL":""}`, "/jwksURL"},
		{`{"scheme":"jwt","jwks":{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}}`, "/jwks"},
		{`{"scheme":"jwt","jwks":"{"}`, "/jwks"},
		{`{"scheme":"pubsub"}`, "/serviceAccountEmail"},
		{`{"scheme":"pubsub","serviceAccountEmail":""}`, "/serviceAccountEmail"},
		{`{"scheme":"sns"}`, "/topicArns"},
		{`{"scheme":"sns","topicArns":[]}`, "/topicArns"},
		{`{"scheme":"paypal"}`, "/webhookId"},
		{`{"scheme":"twilio"}`, "/secret"},
		{`{"scheme":"mandrill","secret":""}`, "/secret"},
		{`{"scheme":"adyen","secret":"not hex"}`, "/secret"},
		{`{"scheme":"netlify"}`, "/secret"},
		{`{"scheme":"jira_dynamic"}`, "/secret"},
		{`{"scheme":"http_signature"}`, "/keys"},
		{`{"scheme":"http_signature","keys":{}}`, "/keys"},
		{`{"scheme":"http_signature","keys":{"a/b":{"alg":"ed25519"}}}`, "/keys/a~1b/publicKey"},
		{`{"scheme":"http_signature","keys":{"a":{"alg":"ed25519","publicKey":"x"}}}`, "/keys/a/publicKey"},
		{`{"scheme":"http_signature","keys":{"a":{"alg":"hmac-sha256","secret":""}}}`, "/keys/a/secret"},
		{`{"scheme":"http_signature","keys":{"a":{"alg":"none","secret":"s"}}}`, "/keys/a/alg"},
	}
	for _, test := range tests {
		_, problems := verify.Compile(value.Raw(test.settings))
		if len(problems) != 1 || problems[0].Pointer != test.want {
			t.Errorf("%s: %v, want %s", test.settings, problems, test.want)
		}
	}
}

// A key that is new at the sender is found soon, but not more often than once a minute, and while the
// sender is down its old keys are good for a day.
func TestRemoteKeys(t *testing.T) {
	t.Parallel()
	const url = "https://idp.example/keys"
	w := newWeb(map[string]string{url: rsaJWKS("k1")})
	remote := w.remote()
	verifier := compile(t, `{"scheme":"jwt","jwksURL":"https://idp.example/keys"}`)
	steps := []struct {
		name, kid, page string
		pass            time.Duration
		code            string
		fetches         int
	}{
		{"first", "k1", rsaJWKS("k1"), 0, "", 1},
		{"again", "k1", rsaJWKS("k1"), 0, "", 0},
		{"unknown at once", "k2", rsaJWKS("k2"), 0, "unknown_key", 0},
		{"new key", "k2", rsaJWKS("k2"), 61 * time.Second, "", 1},
		{"made up", "k9", rsaJWKS("k2"), time.Second, "unknown_key", 0},
		{"down", "k2", "", 2 * time.Hour, "", 1},
		{"down for long", "k2", "", 25 * time.Hour, "missing_key", 1},
		{"nonsense", "k2", "<html>", time.Hour, "missing_key", 1},
	}
	for _, s := range steps {
		w.pass(s.pass)
		w.set(url, s.page)
		r := request("Authorization", "Bearer "+rs256(t, `{"alg":"RS256","kid":"`+s.kid+`"}`, `{"exp":99999999999}`))
		r.Remote = remote
		verdict := verifier.Verify(t.Context(), r, none)
		if check := failed(verdict); check.Code != s.code {
			t.Errorf("%s: %+v", s.name, verdict.Report)
		}
		if n := w.count(); n != s.fetches {
			t.Errorf("%s: fetched %d times, want %d", s.name, n, s.fetches)
		}
	}
}

// Settings from variables are read for each request.
func TestJWTFromVariables(t *testing.T) {
	t.Parallel()
	verifier := compile(t, `{"scheme":"jwt","publicKey":"{{$env.KEY}}"}`)
	r := request("Authorization", rs256(t, rsHeader, `{"exp":1767225700}`))
	if verdict := verifier.Verify(t.Context(), r, scope{"$env.KEY": rsaPEM(t)}); !verdict.Report.OK {
		t.Errorf("%+v", verdict.Report)
	}
	if check := failed(verifier.Verify(t.Context(), r, scope{"$env.KEY": "nonsense"})); check.Code != "malformed_secret" {
		t.Errorf("%+v", check)
	}
}

func TestNetlify(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte("{}"))
	claims := `{"iss":"netlify","sha256":"` + hex.EncodeToString(sum[:]) + `"}`
	tests := []struct{ name, claims, secret, code string }{
		{"right", claims, "s", ""},
		{"another secret", claims, "t", "signature_mismatch"},
		{"another body", `{"iss":"netlify","sha256":"00"}`, "s", "digest_mismatch"},
		{"another issuer", strings.Replace(claims, "netlify", "x", 1), "s", "jwt_issuer"},
	}
	verifier := compile(t, `{"scheme":"netlify","secret":"s"}`)
	for _, test := range tests {
		verdict := verifier.Verify(t.Context(), request("X-Webhook-Signature", hs256(hsHeader, test.claims, test.secret)), none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
	}
}

func TestJiraDynamic(t *testing.T) {
	t.Parallel()
	hash := func(canonical string) string {
		sum := sha256.Sum256([]byte(canonical))
		return `{"exp":1767225700,"qsh":"` + hex.EncodeToString(sum[:]) + `"}`
	}
	const query = "a=%E4%BD%A0&b=x%20y,z"
	tests := []struct{ name, claims, code string }{
		{"no qsh", `{"exp":1767225700}`, ""},
		{"whole path", hash("POST&/api/webhooks/x&" + query), ""},
		{"below a base URL", hash("POST&/x&" + query), ""},
		{"at the base URL", hash("POST&/&" + query), ""},
		{"another method", hash("GET&/x&" + query), "jwt_claim"},
		{"another path", hash("POST&/y&" + query), "jwt_claim"},
		{"another query", hash("POST&/x&a=1"), "jwt_claim"},
		{"that of pages", `{"exp":1767225700,"qsh":"context-qsh"}`, "jwt_claim"},
		{"no end", `{}`, "jwt_claim_missing"},
	}
	verifier := compile(t, `{"scheme":"jira_dynamic","secret":"s"}`)
	for _, test := range tests {
		r := request("Authorization", "JWT "+hs256(hsHeader, test.claims, "s"))
		r.URL += "/?b=z&a=%e4%bd%a0&b=x+y&jwt=t"
		verdict := verifier.Verify(t.Context(), r, none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
	}
}

func TestPubsub(t *testing.T) {
	t.Parallel()
	const audience = "https://hooks.example.com/api/webhooks/x"
	claims := func(iss, aud, email, verified string) string {
		return fmt.Sprintf(`{"exp":1767225700,"iss":%q,"aud":%q,"email":%q,"email_verified":%s}`, iss, aud, email, verified)
	}
	tests := []struct{ name, claims, code string }{
		{"audience by default", claims("https://accounts.google.com", audience, "a@b", "true"), ""},
		{"older issuer", claims("accounts.google.com", audience, "a@b", "true"), ""},
		{"another audience", claims("accounts.google.com", audience+"/", "a@b", "true"), "jwt_audience"},
		{"another account", claims("accounts.google.com", audience, "c@b", "true"), "jwt_claim"},
		{"not verified", claims("accounts.google.com", audience, "a@b", "false"), "jwt_claim"},
	}
	w := newWeb(map[string]string{"https://www.googleapis.com/oauth2/v3/certs": rsaJWKS("k1")})
	remote := w.remote()
	verifier := compile(t, `{"scheme":"pubsub","serviceAccountEmail":"a@b"}`)
	for _, test := range tests {
		r := request("Authorization", "Bearer "+rs256(t, rsHeader, test.claims))
		r.Remote = remote
		verdict := verifier.Verify(t.Context(), r, none)
		if check := failed(verdict); check.Code != test.code || verdict.Report.OK != (test.code == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
	}
}

// Only a right signature passes, whatever the header of the token says.
func FuzzJWT(f *testing.F) {
	f.Add(hs256(hsHeader, `{"exp":1767225700}`, "other"), `"secret":"s"`)
	f.Add(rs256(f, rsHeader, `{"exp":1767225700}`)+"A", "jwks")
	f.Add(segment(`{"alg":"none"}`)+"."+segment(`{}`)+".", "jwks")
	f.Add(segment(`{"alg":"RS256","crit":["b64"],"b64":false}`)+".{}.AAAA", "jwks")
	verifiers := []*verify.Verifier{
		compile(f, `{"scheme":"jwt","secret":"`+strings.Repeat("long secret", 9)+`"}`),
		compile(f, `{"scheme":"jwt","jwks":`+rsaJWKS("k1")+`}`),
		compile(f, `{"scheme":"netlify","secret":"`+strings.Repeat("long secret", 9)+`"}`),
	}
	f.Fuzz(func(t *testing.T, sent, header string) {
		for _, v := range verifiers {
			for _, text := range []string{sent, "Bearer " + segment(header) + "." + segment(sent) + "." + segment("x")} {
				r := request("Authorization", text)
				r.Headers = append(r.Headers, hookflow.Header{Name: "X-Webhook-Signature", Value: text})
				if verdict := v.Verify(t.Context(), r, none); verdict.Report.OK {
					t.Errorf("%s passes with %q", v.Scheme(), text)
				}
			}
		}
	})
}

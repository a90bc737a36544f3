package verify_test

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"hash"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

var hashOf = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New}

// What differs by little is named; what differs by more is only refused.
func TestNearMisses(t *testing.T) {
	t.Parallel()
	const hmac = `{"scheme":"hmac","secret":"k","header":"X-S"`
	sign := func(hash, key, text string) string { return hex.EncodeToString(mac(hashOf[hash], key, text)) }
	spaced := `{"a": 1, "b": "é"}`
	tests := []struct {
		name, settings, signature, body string
		want                            string // code; "" for none
	}{
		{"blanks around the secret", `{"scheme":"hmac","secret":" k\n","header":"X-S"}`, sign("sha256", "k", "b"), "b", "near_miss_secret_blanks"},
		{"secret in hex", `{"scheme":"hmac","secret":"6b6b","header":"X-S"}`, sign("sha256", "kk", "b"), "b", "near_miss_secret_encoding"},
		{"secret in base64", `{"scheme":"hmac","secret":"a2tr","header":"X-S"}`, sign("sha256", "kkk", "b"), "b", "near_miss_secret_encoding"},
		{"secret with whsec_", `{"scheme":"hmac","secret":"whsec_a2tr","header":"X-S"}`, sign("sha256", "kkk", "b"), "b", "near_miss_secret_encoding"},
		{"secret as it stands", `{"scheme":"hmac","secret":"6b6b","header":"X-S","secretEncoding":"hex"}`, sign("sha256", "6b6b", "b"), "b", "near_miss_secret_encoding"},
		{"secret after a prefix", `{"scheme":"hmac","secret":"whsec_k","header":"X-S"}`, sign("sha256", "k", "b"), "b", "near_miss_secret_prefix"},
		{"SHA-1", hmac + `}`, sign("sha1", "k", "b"), "b", "near_miss_algorithm"},
		{"SHA-512", hmac + `}`, sign("sha512", "k", "b"), "b", "near_miss_algorithm"},
		{"base64", hmac + `}`, base64.StdEncoding.EncodeToString(mac(sha256.New, "k", "b")), "b", "near_miss_encoding"},
		{"hex", hmac + `,"encoding":"base64"}`, sign("sha256", "k", "b"), "b", "near_miss_encoding"},
		{"upper case", hmac + `}`, strings.ToUpper(sign("sha256", "k", "b")), "b", "near_miss_signature_case"},
		{"no prefix", hmac + `,"prefix":"v1="}`, sign("sha256", "k", "b"), "b", "near_miss_prefix"},
		{"a digest", hmac + `,"content":"{secret}{body}"}`, digest256("kb"), "b", "near_miss_digest"},
		{"the body alone", hmac + `,"content":"{method}{body}"}`, sign("sha256", "k", "b"), "b", "near_miss_content"},
		{"a line end too much", hmac + `}`, sign("sha256", "k", "b"), "b\n", "near_miss_body_newline_removed"},
		{"a line end too few", hmac + `}`, sign("sha256", "k", "b\n"), "b", "near_miss_body_newline_added"},
		{"blanks", hmac + `}`, sign("sha256", "k", "b"), " b", "near_miss_body_blanks"},
		{"LF for CRLF", hmac + `}`, sign("sha256", "k", "a\r\nb"), "a\nb", "near_miss_body_crlf"},
		{"CRLF for LF", hmac + `}`, sign("sha256", "k", "a\nb"), "a\r\nb", "near_miss_body_lf"},
		{"spaced JSON", hmac + `}`, sign("sha256", "k", `{"a":1,"b":"é"}`), spaced, "near_miss_body_compact"},
		{"compacted JSON", hmac + `}`, sign("sha256", "k", "{\n  \"a\": 1\n}"), `{"a":1}`, "near_miss_body_indented"},
		{"unescaped JSON", hmac + `}`, sign("sha256", "k", `{"a":"\u00e9\ud83d\ude00"}`), `{"a":"é😀"}`, "near_miss_body_escaped"},
		{"http for https", hmac + `,"content":"{url}{body}"}`, sign("sha256", "k", "http://h/x?a=1b"), "b", "near_miss_url_scheme"},
		{"a slash", hmac + `,"content":"{url}{body}"}`, sign("sha256", "k", "https://h/x/?a=1b"), "b", "near_miss_url_slash"},
		{"without the query", hmac + `,"content":"{url}{body}"}`, sign("sha256", "k", "https://h/xb"), "b", "near_miss_url_query"},
		{"another secret", hmac + `}`, sign("sha256", "other", "b"), "b", ""},
		{"another body", hmac + `}`, sign("sha256", "k", "c"), "b", ""},
		{"no signature", hmac + `}`, "", "b", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			request := &verify.Request{Method: "POST", URL: "https://h/x?a=1", Body: []byte(test.body), Headers: headers("X-S", test.signature)}
			report := compile(t, test.settings).Verify(t.Context(), request, scope{}).Report
			if report.OK {
				t.Fatalf("it passes: %+v", report)
			}
			if got := nearMiss(report); got.Code != test.want || got.Code != "" && (got.Detail == "" || got.Remedy == "") {
				t.Errorf("near miss = %+v", got)
			}
			if text, _ := json.Marshal(report); test.signature != "" && strings.Contains(string(text), test.signature) {
				t.Errorf("the report tells the signature: %s", text)
			}
		})
	}
}

func nearMiss(report hookflow.Report) hookflow.Check {
	for _, c := range report.Checks {
		if c.Check == "near miss" {
			return c
		}
	}
	return hookflow.Check{}
}

// What would grow out of proportion is not tried.
func TestNearMissesAreBounded(t *testing.T) {
	t.Parallel()
	body := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(body), "", "  "); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 5<<20)
	for name, test := range map[string]struct{ body, signed string }{
		"deep JSON":   {body, indented.String()},
		"a long body": {long + "\n", long},
	} {
		request := &verify.Request{Method: "POST", Body: []byte(test.body), Headers: headers("X-Hub-Signature-256", "sha256="+hexMAC(test.signed))}
		report := compile(t, `{"scheme":"github","secret":"`+testKey+`"}`).Verify(t.Context(), request, scope{}).Report
		if got := nearMiss(report); report.OK || got.Code != "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A right signature of another time says by how much, or that the unit is another.
func TestMissedTimes(t *testing.T) {
	t.Parallel()
	tests := []struct{ timestamp, detail, remedy string }{
		{"1767225000", "10m0s ago", "clocks"},
		{"1767226200", "10m0s in the future", "clocks"},
		{"1767225600000", "in the future", "The timestamp is in ms"},
		{"2026-01-01T00:00:00Z", "malformed", "unit"},
	}
	for _, test := range tests {
		v := compile(t, `{"scheme":"slack","secret":"`+testKey+`"}`)
		report := v.Verify(t.Context(), &verify.Request{Method: "POST", Body: []byte("b"), Now: now, Headers: headers(
			"X-Slack-Request-Timestamp", test.timestamp, "X-Slack-Signature", "v0="+hexMAC("v0:"+test.timestamp+":b"),
		)}, scope{}).Report
		last := report.Checks[len(report.Checks)-1]
		if report.OK || last.Check != "timestamp" || !strings.Contains(last.Detail, test.detail) || !strings.Contains(last.Remedy, test.remedy) {
			t.Errorf("%s: %+v", test.timestamp, report.Checks)
		}
	}
}

func TestNearMissesOfTokens(t *testing.T) {
	t.Parallel()
	tests := []struct{ secret, sent, want string }{
		{"Abc ", "Abc", "near_miss_secret_blanks"},
		{"Abc", "aBC", "near_miss_secret_case"},
		{"Abc", "former", "near_miss_previous"},
		{"Abc", "Abd", ""},
	}
	for _, test := range tests {
		v := compile(t, `{"scheme":"gitlab_token","secret":"`+test.secret+`"}`)
		report := v.Verify(t.Context(), &verify.Request{
			Headers: headers("X-Gitlab-Token", test.sent), Previous: func() string { return "former" },
		}, scope{}).Report
		if got := nearMiss(report).Code; report.OK || got != test.want {
			t.Errorf("%q: %+v", test.sent, report)
		}
	}
}

func TestPreviousSecret(t *testing.T) {
	t.Parallel()
	request := &verify.Request{
		Method: "POST", Body: []byte(testBody), Headers: headers("X-Hub-Signature-256", "sha256="+hexMAC(testBody)),
		Previous: func() string { return testKey },
	}
	report := compile(t, `{"scheme":"github","secret":"the next"}`).Verify(t.Context(), request, scope{}).Report
	if got := nearMiss(report).Code; report.OK || got != "near_miss_previous" {
		t.Errorf("report = %+v", report)
	}
}

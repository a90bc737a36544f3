package e2e_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

func hmacSHA256(secret, text string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// TestGenericHMAC: the scheme that is configured by data.
func TestGenericHMAC(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	const secret, body = "s3cret", `{"a":1}`
	now := strconv.FormatInt(time.Now().Unix(), 10)
	old := strconv.FormatInt(time.Now().Add(-time.Hour).Unix(), 10)
	hexOf := func(text string) string { return hex.EncodeToString(hmacSHA256(secret, text)) }
	oldSHA1 := hmac.New(sha1.New, []byte(secret))
	oldSHA1.Write([]byte(body))
	const stamped = `, content: "{ts}.{body}", timestamp: {header: X-Time, unit: s, tolerance: 5m}`
	tests := []struct {
		name, more string // beside scheme, secret and header
		path       string
		headers    []string
		passes     bool
	}{
		{"hex", ``, "", []string{"X-Sign: " + hexOf(body)}, true},
		{"hex in capitals", ``, "", []string{"X-Sign: " + strings.ToUpper(hexOf(body))}, false},
		{"hex in capitals where that is allowed", `, hexCase: any`, "", []string{"X-Sign: " + strings.ToUpper(hexOf(body))}, true},
		{"of another body", ``, "", []string{"X-Sign: " + hexOf(body+" ")}, false},
		{"cut short", ``, "", []string{"X-Sign: " + hexOf(body)[:62]}, false},
		{"nothing", ``, "", nil, false},
		{"empty", ``, "", []string{"X-Sign: "}, false},
		{"base64", `, encoding: base64`, "", []string{"X-Sign: " + base64.StdEncoding.EncodeToString(hmacSHA256(secret, body))}, true},
		{"a prefix", `, prefix: "v1="`, "", []string{"X-Sign: v1=" + hexOf(body)}, true},
		{"a prefix missing", `, prefix: "v1="`, "", []string{"X-Sign: " + hexOf(body)}, false},
		{"sha1", `, algorithm: sha1`, "", []string{"X-Sign: " + hex.EncodeToString(oldSHA1.Sum(nil))}, true},
		{"a time", stamped, "", []string{"X-Time: " + now, "X-Sign: " + hexOf(now+"."+body)}, true},
		{"an old time", stamped, "", []string{"X-Time: " + old, "X-Sign: " + hexOf(old+"."+body)}, false},
		{"a new time on an old signature", stamped, "", []string{"X-Time: " + now, "X-Sign: " + hexOf(old+"."+body)}, false},
		{"no time", stamped, "", []string{"X-Sign: " + hexOf("."+body)}, false},
		{"method, query and header", `, content: "{method}\n{q:a}\n{h:X-B}\n{json:a}"`, "?a=x%20y", []string{"X-B: c", "X-Sign: " + hexOf("POST\nx y\nc\n1")}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			key := save(t, s, webhook(`{verification: {scheme: hmac, secret: `+secret+`, header: X-Sign`+test.more+`}}`, ""))
			r := post(t, s, key+test.path, body, test.headers...)
			d := deliveryOf(t, s, r)
			if (r.Status == http.StatusOK) != test.passes || (r.Status == http.StatusUnauthorized) == test.passes || d.Verification == nil || d.Verification.OK != test.passes {
				t.Errorf("%d %+v", r.Status, d)
			}
			if strings.Contains(fmt.Sprint(d), secret) {
				t.Errorf("the delivery tells the secret: %+v", d)
			}
		})
	}
}

// TestSignedBody: a signature is over the decoded body, or over the bytes on the wire.
func TestSignedBody(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	const body = `{"a":1}`
	wire := compressed(t, "gzip", body)
	for over, signedText := range map[string]string{"decoded": body, "wire": wire} {
		t.Run(over, func(t *testing.T) {
			t.Parallel()
			key := save(t, s, webhook(`{verification: {scheme: github, secret: k, over: `+over+`}}`, ""))
			send := func(text string) int {
				return post(t, s, key, wire, append(signed(text, "k", "push"), "Content-Encoding: gzip")...).Status
			}
			other := body
			if over == "decoded" {
				other = wire
			}
			if right, wrong := send(signedText), send(other); right != http.StatusOK || wrong != http.StatusUnauthorized {
				t.Errorf("%d, %d", right, wrong)
			}
		})
	}
}

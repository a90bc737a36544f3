package secret

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMasker(t *testing.T) {
	t.Parallel()
	const plain = `p@ss"wörd/+?&` + "\n<x>"
	masker := NewMasker(plain, "short-key-123", "abc")
	b64 := base64.StdEncoding.EncodeToString
	jsonOf := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	tests := map[string]string{
		"as it is":             plain,
		"inside a text":        "key=" + plain + "; rest",
		"JSON":                 jsonOf(plain),
		"JSON without HTML":    `"p@ss\"wörd/+?&\n<x>"`,
		"JSON in JSON":         jsonOf(jsonOf(plain)),
		"base64":               b64([]byte(plain)),
		"base64url":            base64.URLEncoding.EncodeToString([]byte(plain)),
		"base64 unpadded":      base64.RawStdEncoding.EncodeToString([]byte(plain)),
		"basic, 0 before":      "Basic " + b64([]byte("ab:"+plain)),
		"basic, 1 before":      "Basic " + b64([]byte("abc:"+plain)),
		"basic, 2 before":      "Basic " + b64([]byte("abcd:"+plain)),
		"in the middle":        b64([]byte("abcd:" + plain + "tail")),
		"query":                "?a=" + url.QueryEscape(plain),
		"path":                 "/" + url.PathEscape(plain),
		"small hex digits":     strings.ToLower(url.QueryEscape(plain)),
		"encodeURIComponent":   strings.ReplaceAll(url.QueryEscape(plain), "+", "%20"),
		"hex":                  hex.EncodeToString([]byte(plain)),
		"a URL in a URL":       "?u=" + url.QueryEscape("https://a.test/?p="+url.QueryEscape(plain)),
		"base64 in a URL":      "?a=" + url.QueryEscape(b64([]byte("abc:"+plain))),
		"HTML":                 "<p>" + html.EscapeString(plain) + "</p>",
		"another one":          "Bearer short-key-123",
		"two at once":          "short-key-123" + plain,
		"one inside the other": "xshort-key-123x",
	}
	leaks := []string{"wör", "rd/", "short-key", "c2hvcnQta2V5", hex.EncodeToString([]byte("wörd")), "ss%22w", "ss%22W"}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			masked := string(masker.Bytes([]byte(text)))
			if !strings.Contains(masked, Mask) {
				t.Fatalf("nothing masked in %q", text)
			}
			for _, leak := range leaks {
				if strings.Contains(masked, leak) {
					t.Errorf("%q is left in %q", leak, masked)
				}
			}
			for _, core := range []int{0, 1, 2} {
				whole := b64(append(make([]byte, core), plain...))
				if inner := whole[4 : len(whole)-8]; strings.Contains(masked, inner) {
					t.Errorf("base64 is left in %q", masked)
				}
			}
		})
	}
	for _, text := range []string{"", "abc", "nothing here", "p@ss", `{"a":1}`} {
		in := []byte(text)
		if out := masker.Bytes(in); string(out) != text || len(in) > 0 && &out[0] != &in[0] {
			t.Errorf("Bytes(%q) = %q", text, out)
		}
	}
}

func TestMaskerEmpty(t *testing.T) {
	t.Parallel()
	var none *Masker
	for _, masker := range []*Masker{none, {}, NewMasker(), NewMasker("abc")} {
		if !masker.Empty() || masker.String("abc") != "abc" || string(masker.JSON([]byte(`["abc"]`))) != `["abc"]` {
			t.Errorf("%v masks", masker)
		}
	}
}

func TestMaskerJSON(t *testing.T) {
	t.Parallel()
	masker := NewMasker("12345678", `{"private": "key"}`, "true", "a\"b\"c")
	tests := map[string]struct{ in, want string }{
		"untouched":       {` {"b":1.0,"a":[2]}`, ` {"b":1.0,"a":[2]}`},
		"string":          {`{"a":"x12345678"}`, `{"a":"x••••"}`},
		"number":          {`{"a":12345678,"b":1.50}`, `{"a":"••••","b":1.50}`},
		"inside a number": {`[912345678.5]`, `["••••"]`},
		"object":          {`{"a":{"private": "key"}}`, `{"a":"••••"}`},
		"literal":         {`{"a":true}`, `{"a":true}`},
		"escaped":         {`{"a":"a\"b\"c"}`, `{"a":"••••"}`},
		"name":            {`{"12345678":12345678}`, `{"••••":"••••"}`},
		"no JSON":         {`a 12345678 b`, `a •••• b`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, string(masker.JSON([]byte(tt.in)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func BenchmarkMaskerNone(b *testing.B) {
	text := []byte(strings.Repeat(`{"name":"value"},`, 64))
	for masker := NewMasker(); b.Loop(); {
		masker.Bytes(text)
	}
}

func BenchmarkMasker(b *testing.B) {
	text := []byte(strings.Repeat(`{"name":"value"},`, 64))
	for masker := NewMasker("correct-horse-battery", "a-second-secret"); b.Loop(); {
		masker.Bytes(text)
	}
}

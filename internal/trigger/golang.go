package trigger

import (
	"fmt"
	"go/format"
	"slices"
	"strconv"
	"strings"

	"github.com/hookflow/hookflow/internal/verify"
)

// writeGo writes a program of one file with the standard library.
func writeGo(s *snippet) string {
	var out strings.Builder
	imports := []string{"fmt", "io", "net/http", "strings"}
	need := func(packages ...string) { imports = append(imports, packages...) }
	if s.usesSecret() || len(s.variables()) > 0 {
		need("os")
	}
	if s.usesSecret() {
		fmt.Fprintf(&out, "secret := os.Getenv(%q)\n", secretVariable)
	}
	fmt.Fprintf(&out, "url := %s\nbody := %s\n", strconv.Quote(s.Request.URL), strconv.Quote(string(s.Request.Body)))
	if s.usesTime() {
		need("time")
		fmt.Fprintf(&out, "timestamp := %s\n", goTimes[s.TimeUnit])
		if s.TimeUnit != "rfc3339" {
			need("strconv")
		}
	}
	if s.Digest != nil {
		out.WriteString(goSignature(s, need))
	}
	for _, q := range queryOf(s, " + ", "os.Getenv(%q)") {
		need("net/url")
		fmt.Fprintf(&out, "url += map[bool]string{true: \"&\", false: \"?\"}[strings.Contains(url, \"?\")] + neturl.QueryEscape(%s) + \"=\" + neturl.QueryEscape(%s)\n", q.name, q.value)
	}
	fmt.Fprintf(&out, "\nrequest, err := http.NewRequest(%s, url, strings.NewReader(body))\nif err != nil {\npanic(err)\n}\n", strconv.Quote(s.Request.Method))
	const basic = "\x00%s"
	for _, h := range headersOf(s, " + ", "os.Getenv(%q)", basic) {
		if user, ok := strings.CutPrefix(h.value, "\x00"); ok {
			fmt.Fprintf(&out, "request.SetBasicAuth(strings.TrimSuffix(%s, \":\"), secret)\n", user)
			continue
		}
		fmt.Fprintf(&out, "request.Header.Set(%s, %s)\n", h.name, h.value)
	}
	out.WriteString("response, err := http.DefaultClient.Do(request)\nif err != nil {\npanic(err)\n}\ndefer response.Body.Close()\n" +
		"text, err := io.ReadAll(response.Body)\nif err != nil {\npanic(err)\n}\nfmt.Println(response.StatusCode, string(text))\n")
	return goFile(imports, out.String())
}

var goTimes = map[string]string{
	"s": "strconv.FormatInt(time.Now().Unix(), 10)", "ms": "strconv.FormatInt(time.Now().UnixMilli(), 10)",
	"rfc3339": "time.Now().UTC().Format(time.RFC3339)",
}

var goHashes = map[string][2]string{
	"sha1": {"crypto/sha1", "sha1.New"}, "sha256": {"crypto/sha256", "sha256.New"},
	"sha384": {"crypto/sha512", "sha512.New384"}, "sha512": {"crypto/sha512", "sha512.New"},
}

var goEncodings = map[string][2]string{
	"hex": {"encoding/hex", "hex.EncodeToString"}, "base64": {"encoding/base64", "base64.StdEncoding.EncodeToString"},
	"base64url": {"encoding/base64", "base64.RawURLEncoding.EncodeToString"},
}

var goKeys = map[string][2]string{
	"hex": {"encoding/hex", "hex.DecodeString(%s)"}, "base64": {"encoding/base64", "base64.RawStdEncoding.DecodeString(strings.TrimRight(%s, \"=\"))"},
	"base64url": {"encoding/base64", "base64.RawURLEncoding.DecodeString(strings.TrimRight(%s, \"=\"))"},
}

func goSignature(s *snippet, need func(...string)) string {
	var out strings.Builder
	hash, encoding := goHashes[s.Digest.Algorithm], goEncodings[s.Encoding]
	need(hash[0], encoding[0])
	made := hash[1] + "()"
	if s.Digest.Kind == "hmac" {
		need("crypto/hmac")
		out.WriteString(goKey(s.Digest, need))
		made = "hmac.New(" + hash[1] + ", key)"
	}
	out.WriteString("digest := " + made + "\n")
	for _, p := range s.Content {
		fmt.Fprintf(&out, "io.WriteString(digest, %s)\n", piece(p, func(b []byte) string { return strconv.Quote(string(b)) }))
	}
	return out.String() + "signature := " + encoding[1] + "(digest.Sum(nil))\n"
}

func goKey(by *verify.MAC, need func(...string)) string {
	written := "secret"
	if by.SecretPrefix != "" {
		written = "strings.TrimPrefix(secret, " + strconv.Quote(by.SecretPrefix) + ")"
	}
	decode, encoded := goKeys[by.SecretEncoding]
	if !encoded {
		return "key := []byte(" + written + ")\n"
	}
	need(decode[0])
	return "key, err := " + fmt.Sprintf(decode[1], written) + "\nif err != nil {\npanic(err)\n}\n"
}

// goFile puts the statements into a program.
func goFile(imports []string, statements string) string {
	slices.Sort(imports)
	var out strings.Builder
	out.WriteString("package main\n\nimport (\n")
	for _, path := range slices.Compact(imports) {
		if path == "net/url" {
			out.WriteString("neturl ")
		}
		out.WriteString(strconv.Quote(path) + "\n")
	}
	out.WriteString(")\n\nfunc main() {\n" + statements + "}\n")
	formatted, err := format.Source([]byte(out.String()))
	if err != nil {
		return out.String() // it is a program all the same
	}
	return string(formatted)
}

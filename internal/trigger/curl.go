package trigger

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"github.com/hookflow/hookflow/internal/verify"
)

// writeCurl writes lines for a POSIX shell with curl and openssl.
func writeCurl(s *snippet) string {
	var out strings.Builder
	for _, name := range s.variables() {
		fmt.Fprintf(&out, "# export %s=...\n", name)
	}
	body := s.Request.Body
	if len(body) > 0 || s.uses(verify.PartBody) {
		fmt.Fprintf(&out, "body() { %s; }\n", shellBytes(body))
	}
	if s.usesTime() {
		out.WriteString("timestamp=" + shellTimes[s.TimeUnit] + "\n")
	}
	if s.Digest != nil {
		out.WriteString(shellSignature(s))
	}
	if len(body) > 0 {
		out.WriteString("body | ")
	}
	out.WriteString("curl -sS -i -g " + shellMethod(s) + quoteShell(s.Request.URL))
	for _, line := range shellOptions(s) {
		out.WriteString(" \\\n  " + line)
	}
	return out.String() + "\n"
}

// uses reports whether what is signed has such a part.
func (s *snippet) uses(kind verify.PartKind) bool {
	for _, p := range s.Content {
		if p.Kind == kind {
			return true
		}
	}
	return false
}

var shellTimes = map[string]string{"s": "$(date +%s)", "ms": "$(date +%s)000", "rfc3339": "$(date -u +%Y-%m-%dT%H:%M:%SZ)"}

// quoteShell makes a text one word in which the shell changes nothing.
func quoteShell(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// shellBytes is a command that writes the bytes.
func shellBytes(data []byte) string {
	if isText(data) {
		return "printf '%s' " + quoteShell(string(data))
	}
	return "printf '%s' '" + base64.StdEncoding.EncodeToString(data) + "' | openssl base64 -d -A"
}

func shellMethod(s *snippet) string {
	if s.Request.Method == http.MethodHead {
		return "--head " // -X HEAD would wait for a body
	}
	return "-X " + quoteShell(s.Request.Method) + " "
}

const toHex = "od -An -v -tx1 | tr -d ' \\n'"

// shellKeys write the key that a secret in an encoding stands for, in hex.
var shellKeys = map[string]string{
	"utf8":      "printf '%s' \"$secret\" | " + toHex,
	"hex":       "printf '%s' \"$secret\"",
	"base64":    "printf '%s' \"$secret\" | openssl base64 -d -A | " + toHex,
	"base64url": "printf '%s' \"$secret\" | tr '_-' '/+' | openssl base64 -d -A | " + toHex,
}

var shellEncodings = map[string]string{
	"hex": toHex, "base64": "openssl base64 -A", "base64url": "openssl base64 -A | tr '+/' '-_' | tr -d '='",
}

func shellSignature(s *snippet) string {
	var out strings.Builder
	digest := "openssl dgst -" + s.Digest.Algorithm
	if s.Digest.Kind == "hmac" {
		written := secretVariable
		if s.Digest.SecretPrefix != "" {
			written += "#" + quoteShell(s.Digest.SecretPrefix)
		}
		out.WriteString("secret=${" + written + "}\n")
		if strings.HasPrefix(s.Digest.SecretEncoding, "base64") {
			out.WriteString("while [ $((${#secret} % 4)) -ne 0 ]; do secret=$secret=; done\n")
		}
		fmt.Fprintf(&out, "key=$(%s)\n", shellKeys[s.Digest.SecretEncoding])
		digest += ` -mac HMAC -macopt "hexkey:$key"`
	}
	var commands []string
	for _, p := range s.Content {
		switch p.Kind {
		case verify.PartBody:
			commands = append(commands, "body")
		case verify.PartTime:
			commands = append(commands, `printf '%s' "$timestamp"`)
		case verify.PartSecret:
			commands = append(commands, `printf '%s' "$`+secretVariable+`"`)
		default:
			commands = append(commands, shellBytes([]byte(p.Text)))
		}
	}
	if len(commands) == 0 {
		commands = []string{":"}
	}
	fmt.Fprintf(&out, "signature=$({ %s; } |\n  %s -binary | %s)\n", strings.Join(commands, "; "), digest, shellEncodings[s.Encoding])
	return out.String()
}

func shellOptions(s *snippet) []string {
	var lines []string
	for _, h := range s.plain() {
		text := h.Name + ": " + h.Value
		if h.Value == "" {
			text = h.Name + ";" // is how curl takes one without a value
		}
		lines = append(lines, "-H "+quoteShell(text))
	}
	for _, h := range s.hidden {
		lines = append(lines, "-H "+quoteShell(h.name+": ")+`"$`+h.variable+`"`)
	}
	for _, l := range s.Headers {
		lines = append(lines, "-H "+quoteShell(l.Name+": ")+shellParts(l.Parts))
	}
	for _, l := range s.Query {
		lines = append(lines, "--url-query "+quoteShell(l.Name+"=")+shellParts(l.Parts))
	}
	for _, q := range s.hiddenQuery {
		lines = append(lines, "--url-query "+quoteShell(q.name+"=")+`"$`+q.variable+`"`)
	}
	if s.Basic {
		lines = append(lines, "--user "+quoteShell(s.Username+":")+`"$`+secretVariable+`"`)
	}
	if len(s.Request.Body) > 0 {
		lines = append(lines, "--data-binary @-")
	}
	return lines
}

func shellParts(parts []verify.Part) string {
	var out strings.Builder
	for _, p := range parts {
		switch p.Kind {
		case verify.PartTime:
			out.WriteString(`"$timestamp"`)
		case verify.PartSecret:
			out.WriteString(`"$` + secretVariable + `"`)
		case verify.PartSignature:
			out.WriteString(`"$signature"`)
		default:
			if p.Text != "" {
				out.WriteString(quoteShell(p.Text))
			}
		}
	}
	return out.String()
}

package trigger

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

// writeJavaScript writes a module for Node.js 18 and later.
func writeJavaScript(s *snippet) string {
	var out strings.Builder
	if s.Digest != nil {
		out.WriteString("import { createHash, createHmac } from \"node:crypto\";\n\n")
	}
	if s.usesSecret() {
		fmt.Fprintf(&out, "const secret = process.env.%s;\n", secretVariable)
	}
	fmt.Fprintf(&out, "const url = new URL(%s);\nconst body = %s;\n", quoteJSON(s.Request.URL), jsBytes(s.Request.Body))
	if s.usesTime() {
		fmt.Fprintf(&out, "const timestamp = %s;\n", jsTimes[s.TimeUnit])
	}
	if s.Digest != nil {
		out.WriteString(jsSignature(s))
	}
	for _, l := range s.Query {
		fmt.Fprintf(&out, "url.searchParams.append(%s, %s);\n", quoteJSON(l.Name), expression(l.Parts, " + "))
	}
	for _, q := range s.hiddenQuery {
		fmt.Fprintf(&out, "url.searchParams.append(%s, process.env.%s);\n", quoteJSON(q.name), q.variable)
	}
	fmt.Fprintf(&out, "\nconst response = await fetch(url, {\n  method: %s,\n  headers: {\n", quoteJSON(s.Request.Method))
	for _, h := range headersOf(s, " + ", "process.env.%s", "`Basic ${Buffer.from(%s + secret).toString(\"base64\")}`") {
		fmt.Fprintf(&out, "    %s: %s,\n", h.name, h.value)
	}
	out.WriteString("  },\n")
	if len(s.Request.Body) > 0 {
		out.WriteString("  body,\n")
	}
	return out.String() + "});\nconsole.log(response.status, await response.text());\n"
}

var jsTimes = map[string]string{
	"s": "String(Math.floor(Date.now() / 1000))", "ms": "String(Date.now())", "rfc3339": "new Date().toISOString()",
}

func jsSignature(s *snippet) string {
	made := fmt.Sprintf("createHash(%q)", s.Digest.Algorithm)
	if s.Digest.Kind == "hmac" {
		key := "secret"
		if prefix := s.Digest.SecretPrefix; prefix != "" {
			key = fmt.Sprintf("secret.replace(%s, \"\")", quoteJSON(prefix))
		}
		made = fmt.Sprintf("createHmac(%q, Buffer.from(%s, %q))", s.Digest.Algorithm, key, s.Digest.SecretEncoding)
	}
	var out strings.Builder
	out.WriteString("const signature = " + made)
	for _, p := range s.Content {
		fmt.Fprintf(&out, "\n  .update(%s)", piece(p, jsBytes))
	}
	return out.String() + fmt.Sprintf("\n  .digest(%q);\n", s.Encoding)
}

func jsBytes(data []byte) string {
	if isText(data) {
		return "Buffer.from(" + quoteJSON(string(data)) + ")"
	}
	return fmt.Sprintf("Buffer.from(%q, \"base64\")", base64.StdEncoding.EncodeToString(data))
}

// quoteJSON is a text as JSON, JavaScript and Python have it.
func quoteJSON(text string) string { return string(value.String(text)) }

// piece is a part of what is signed as a variable of the program, or as its own bytes.
func piece(p verify.Part, bytes func([]byte) string) string {
	switch p.Kind {
	case verify.PartBody:
		return "body"
	case verify.PartTime:
		return "timestamp"
	case verify.PartSecret:
		return "secret"
	default:
		return bytes([]byte(p.Text))
	}
}

// expression joins the parts of a text.
func expression(parts []verify.Part, plus string) string {
	var terms []string
	for _, p := range parts {
		switch {
		case p.Kind == verify.PartSignature:
			terms = append(terms, "signature")
		case p.Kind != verify.PartText:
			terms = append(terms, piece(p, nil))
		case p.Text != "":
			terms = append(terms, quoteJSON(p.Text))
		}
	}
	return strings.Join(terms, plus)
}

// header is one of a program: its name and its value as literal and expression.
type header struct{ name, value string }

// headersOf are all headers of a program; environment and basic say how it reads a variable and how
// it writes basic authentication.
func headersOf(s *snippet, plus, environment, basic string) []header {
	var list []header
	for _, h := range s.plain() {
		list = append(list, header{quoteJSON(h.Name), quoteJSON(h.Value)})
	}
	for _, h := range s.hidden {
		list = append(list, header{quoteJSON(h.name), fmt.Sprintf(environment, h.variable)})
	}
	for _, l := range s.Headers {
		list = append(list, header{quoteJSON(l.Name), expression(l.Parts, plus)})
	}
	if s.Basic {
		list = append(list, header{`"Authorization"`, fmt.Sprintf(basic, quoteJSON(s.Username+":"))})
	}
	return list
}

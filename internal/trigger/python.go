package trigger

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// writePython writes a program for Python 3 and its standard library.
func writePython(s *snippet) string {
	var out strings.Builder
	if s.usesSecret() {
		fmt.Fprintf(&out, "secret = os.environ[%q]\n", secretVariable)
	}
	fmt.Fprintf(&out, "url = %s\nbody = %s\n", quoteJSON(s.Request.URL), pythonBytes(s.Request.Body))
	if s.usesTime() {
		fmt.Fprintf(&out, "timestamp = %s\n", pythonTimes[s.TimeUnit])
	}
	if s.Digest != nil {
		out.WriteString(pythonSignature(s))
	}
	for _, q := range queryOf(s, " + ", "os.environ[%q]") {
		fmt.Fprintf(&out, "url += (\"&\" if \"?\" in url else \"?\") + urllib.parse.urlencode({%s: %s})\n", q.name, q.value)
	}
	out.WriteString("\nrequest = urllib.request.Request(\n    url,\n")
	if len(s.Request.Body) > 0 {
		out.WriteString("    data=body,\n")
	}
	fmt.Fprintf(&out, "    method=%s,\n    headers={\n", quoteJSON(s.Request.Method))
	for _, h := range headersOf(s, " + ", "os.environ[%q]", `"Basic " + base64.b64encode((%s + secret).encode()).decode()`) {
		fmt.Fprintf(&out, "        %s: %s,\n", h.name, h.value)
	}
	return pythonImports(out.String() + `    },
)
try:
    response = urllib.request.urlopen(request)
except urllib.error.HTTPError as refused:
    response = refused
print(response.status, response.read().decode(errors="replace"))
`)
}

// pythonImports puts what the statements need before them.
func pythonImports(statements string) string {
	var out strings.Builder
	for _, name := range []string{"base64", "datetime", "hashlib", "hmac", "os", "time", "urllib.error", "urllib.parse", "urllib.request"} {
		if strings.Contains(statements, name+".") {
			out.WriteString("import " + name + "\n")
		}
	}
	return out.String() + "\n" + statements
}

var pythonTimes = map[string]string{
	"s": "str(int(time.time()))", "ms": "str(int(time.time() * 1000))",
	"rfc3339": `datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")`,
}

var pythonKeys = map[string]string{
	"utf8": "%s.encode()", "hex": "bytes.fromhex(%s)", "base64": "base64.b64decode(%s + \"==\")", "base64url": "base64.urlsafe_b64decode(%s + \"==\")",
}

var pythonEncodings = map[string]string{
	"hex": "digest.hexdigest()", "base64": "base64.b64encode(digest.digest()).decode()",
	"base64url": "base64.urlsafe_b64encode(digest.digest()).decode().rstrip(\"=\")",
}

func pythonSignature(s *snippet) string {
	var pieces []string
	for _, p := range s.Content {
		text := piece(p, pythonBytes)
		if text == "timestamp" || text == "secret" {
			text += ".encode()"
		}
		pieces = append(pieces, text)
	}
	content := strings.Join(append(pieces, `b""`)[:max(1, len(pieces))], " + ")
	made := fmt.Sprintf("hashlib.%s(%s)", s.Digest.Algorithm, content)
	if s.Digest.Kind == "hmac" {
		key := "secret"
		if prefix := s.Digest.SecretPrefix; prefix != "" {
			key = fmt.Sprintf("secret.removeprefix(%s)", quoteJSON(prefix))
		}
		made = fmt.Sprintf("hmac.new(%s, %s, hashlib.%s)", fmt.Sprintf(pythonKeys[s.Digest.SecretEncoding], key), content, s.Digest.Algorithm)
	}
	return "digest = " + made + "\nsignature = " + pythonEncodings[s.Encoding] + "\n"
}

func pythonBytes(data []byte) string {
	if isText(data) {
		return quoteJSON(string(data)) + ".encode()"
	}
	return fmt.Sprintf("base64.b64decode(%q)", base64.StdEncoding.EncodeToString(data))
}

// queryOf are the query parameters that a program adds to the URL.
func queryOf(s *snippet, plus, environment string) []header {
	var list []header
	for _, l := range s.Query {
		list = append(list, header{quoteJSON(l.Name), expression(l.Parts, plus)})
	}
	for _, q := range s.hiddenQuery {
		list = append(list, header{quoteJSON(q.name), fmt.Sprintf(environment, q.variable)})
	}
	return list
}

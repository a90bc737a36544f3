package api

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/value"
)

// credential matches the names of headers and query parameters that only administrators see.
var credential = regexp.MustCompile(`(?i)^(proxy-)?authorization$|cookie|token|secret|passw|api-?_?key|signature|^sign$|credential`)

// secretMember matches the names of a config's members that hold a secret when they hold no variable.
var secretMember = regexp.MustCompile(`(?i)secret|token$|passw|(aes|v3|encrypt|private|api)key$|^authorization$`)

// withoutSecrets masks what stands in a workflow's document instead of in $env.
func withoutSecrets(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindArray:
		var out value.Array
		for _, item := range v.Items() {
			out.Append(withoutSecrets(item))
		}
		return out.Value()
	case value.KindObject:
		var out value.Object
		isToken := v.Get("scheme").Text() == "token"
		for name, member := range v.Members() {
			if secretMember.MatchString(name) || isToken && name == "value" {
				out.Set(name, maskLiterals(member))
			} else {
				out.Set(name, withoutSecrets(member))
			}
		}
		return out.Value()
	default:
		return v
	}
}

// maskLiterals masks a text, or every text in a list, that is no variable.
func maskLiterals(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindString:
		if text, _ := v.Str(); text == "" || strings.Contains(text, "{{") {
			return v
		}
		return value.String(secret.Mask)
	case value.KindArray:
		var out value.Array
		for _, item := range v.Items() {
			out.Append(maskLiterals(item))
		}
		return out.Value()
	default:
		return withoutSecrets(v)
	}
}

// maskedHeaders hides the values of headers that carry credentials.
func maskedHeaders(headers []hookflow.Header) []hookflow.Header {
	out := make([]hookflow.Header, len(headers))
	for i, h := range headers {
		if credential.MatchString(h.Name) {
			h.Value = secret.Mask
		}
		out[i] = h
	}
	return out
}

// maskedURL hides the values of query parameters that carry credentials, and leaves the rest as it
// was written.
func maskedURL(address string) string {
	path, query, found := strings.Cut(address, "?")
	if !found {
		return address
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		name, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); err == nil && credential.MatchString(plain) {
			pairs[i] = name + "=" + secret.Mask
		}
	}
	return path + "?" + strings.Join(pairs, "&")
}

// text is a body in JSON: as a string when it is text, else as {base64}.
func text(body []byte) json.RawMessage {
	if utf8.Valid(body) {
		return json.RawMessage(value.String(string(body)))
	}
	encoded, _ := json.Marshal(map[string][]byte{"base64": body}) // bytes always encode
	return encoded
}

package request

import (
	"mime"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// contentType is a parsed Content-Type. A type that cannot be read is kept as it is, without
// parameters.
type contentType struct {
	media  string // lower case
	params map[string]string
}

func contentTypeOf(headers []hookflow.Header) contentType {
	for _, h := range headers {
		if strings.EqualFold(h.Name, "Content-Type") {
			return parseContentType(h.Value)
		}
	}
	return contentType{}
}

func parseContentType(text string) contentType {
	if text == "application/json" {
		return contentType{media: text}
	}
	media, params, err := mime.ParseMediaType(text)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(text), ";")
		media = strings.TrimSpace(media)
	}
	return contentType{media: media, params: params}
}

func (t contentType) charset() string { return t.params["charset"] }

// is reports whether the type is one of names or has their structured suffix (RFC 6839).
func (t contentType) is(suffix string, names ...string) bool {
	for _, name := range names {
		if t.media == name {
			return true
		}
	}
	return strings.HasSuffix(t.media, suffix)
}

type parser struct {
	reads func(contentType) bool
	parse func(in Raw, t contentType) (value.Value, error)
}

// parsers are tried in order; the last one reads everything.
var parsers = []parser{
	{func(t contentType) bool { return t.is("+json", "application/json", "text/json") }, parseJSON},
	{func(t contentType) bool { return t.media == "application/x-www-form-urlencoded" }, parseForm},
	{func(t contentType) bool { return t.media == "multipart/form-data" }, parseMultipart},
	{func(t contentType) bool { return t.is("+xml", "application/xml", "text/xml") }, parseXML},
	{func(t contentType) bool { return strings.HasPrefix(t.media, "text/") }, parseText},
	{func(contentType) bool { return true }, parseBinary},
}

func parseBody(in Raw) (value.Value, error) {
	if len(in.Body) == 0 {
		return value.Null, nil
	}
	t := contentTypeOf(in.Headers)
	for _, p := range parsers {
		if p.reads(t) {
			return p.parse(in, t)
		}
	}
	return value.Null, nil
}

package webui

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// file is a file in every form that it can be sent in.
type file struct {
	mediaType  string
	cache      string
	plain      variant
	compressed []variant // the smallest first
}

// variant is a file in one content coding.
type variant struct {
	coding  string // "" as it is
	content []byte
	tag     string // the strong ETag
}

// codings are how files may be compressed, the best first, with the endings of
// their names.
var codings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// mediaTypes are by the endings of names: those that the system knows differ
// from one machine to the next.
var mediaTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
}

func newFile(name string, content []byte) *file {
	f := &file{mediaType: mediaTypes[path.Ext(name)], cache: "no-cache"}
	if f.mediaType == "" {
		f.mediaType = "application/octet-stream"
	}
	if strings.HasPrefix(name, hashedPath) {
		f.cache = "public, max-age=31536000, immutable"
	}
	f.plain = variant{content: content, tag: fmt.Sprintf(`"%.16x"`, sha256.Sum256(content))}
	return f
}

func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	v := f.variantFor(r.Header.Get("Accept-Encoding"))
	header := w.Header()
	header.Set("Content-Type", f.mediaType)
	header.Set("Cache-Control", f.cache)
	header.Set("ETag", v.tag)
	if len(f.compressed) > 0 {
		header.Set("Vary", "Accept-Encoding")
	}
	if v.coding != "" {
		header.Set("Content-Encoding", v.coding)
		// ServeContent leaves the length of what has a coding to its caller.
		header.Set("Content-Length", strconv.Itoa(len(v.content)))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(v.content))
}

func (f *file) variantFor(accepted string) variant {
	for _, v := range f.compressed {
		if accepts(accepted, v.coding) {
			return v
		}
	}
	return f.plain
}

// accepts reads an Accept-Encoding header (RFC 9110, section 12.5.3). All that
// counts of a weight is whether it is zero.
func accepts(header, coding string) bool {
	for entry := range strings.SplitSeq(header, ",") {
		name, parameter, _ := strings.Cut(entry, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		_, weight, found := strings.Cut(parameter, "=")
		q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		return !found || err == nil && q > 0
	}
	return false
}

package api

import (
	"net/http"
	"strings"
)

// Conditions are the headers of a change that is made only while nobody else has made one (RFC 9110,
// section 13).
type Conditions struct {
	IfMatch     string `header:"If-Match" doc:"The ETag of what the change was made from; when it is another one by now, nothing changes and the answer is 412"`
	IfNoneMatch string `header:"If-None-Match" doc:"* lets only something new be made; what is there already stays and the answer is 412"`
}

// met tells whether the version of what is there, "" for nothing, is what the change asks for.
func (c Conditions) met(version string) error {
	switch {
	case c.IfMatch != "" && !matches(c.IfMatch, version):
		return newProblem(http.StatusPreconditionFailed,
			"it was changed or deleted after you read it, and nothing was saved; read it again, and send the change with the new ETag as If-Match")
	case c.IfNoneMatch != "" && matches(c.IfNoneMatch, version):
		return newProblem(http.StatusPreconditionFailed,
			"it exists already, and nothing was saved; use another key, or leave If-None-Match out to replace it")
	}
	return nil
}

// matches looks for the version in a list of tags. Proxies that compress answers mark their tags, as
// W/"tag" or "tag-gzip"; a version is no less the same for that.
func matches(tags, version string) bool {
	for tag := range strings.SplitSeq(tags, ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" {
			return version != ""
		}
		tag, _, _ = strings.Cut(strings.Trim(strings.TrimPrefix(tag, "W/"), `"`), "-")
		if tag != "" && tag == version {
			return true
		}
	}
	return false
}

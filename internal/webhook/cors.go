package webhook

import (
	"net/http"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
)

const anyOrigin = "*"

// preflight answers a browser that asks whether it may call (Fetch standard, "CORS protocol"). The
// question is no delivery. The OPTIONS of CloudEvents (HTTP 1.1 Web Hooks, section 4) is another one.
func preflight(in *inbound) *verdict {
	if in.r.Method != http.MethodOptions || in.found.origins == nil || !in.found.Enabled || in.r.Header.Get("WebHook-Request-Origin") != "" {
		return nil
	}
	answer := &hookflow.Response{Status: http.StatusNoContent, Headers: map[string]string{"Vary": "Origin"}}
	if in.originAllowed() != "" {
		answer.Headers["Access-Control-Allow-Methods"] = strings.Join(in.found.methods, ", ")
		answer.Headers["Access-Control-Max-Age"] = "600"
		setHeader(answer.Headers, "Access-Control-Allow-Headers", in.r.Header.Get("Access-Control-Request-Headers"))
	}
	return &verdict{answer: answer, unrecorded: true}
}

// originAllowed is what Access-Control-Allow-Origin says to this caller, "" for nothing.
func (in *inbound) originAllowed() string {
	if in.found.Entry == nil {
		return ""
	}
	origin := in.r.Header.Get("Origin")
	switch {
	case origin == "":
		return ""
	case slices.Contains(in.found.origins, anyOrigin):
		return anyOrigin
	case slices.Contains(in.found.origins, origin):
		return origin
	default:
		return ""
	}
}

func (in *inbound) allowOrigin(h http.Header) {
	if in.found.Entry == nil || in.found.origins == nil {
		return
	}
	h.Set("Vary", "Origin")
	if origin := in.originAllowed(); origin != "" {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Expose-Headers", deliveryHeader+", "+duplicateHeader)
	}
}

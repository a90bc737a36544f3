package webhook

import (
	"net/http"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
)

const notFound = "no webhook here"

// match refuses paths that no enabled workflow has. Of the unknown ones a sample is kept, so that a
// mistyped URL can be found and a scanner fills no disk.
func match(in *inbound) *verdict {
	switch {
	case in.found.Entry == nil:
		v := refuse(http.StatusNotFound, hookflow.ReasonNoSuchPath, notFound, "no workflow has this path")
		v.unrecorded = !in.unknown.AllowN(in.now, 1)
		return v
	case !in.found.Enabled:
		return refuse(http.StatusNotFound, hookflow.ReasonDisabled, notFound, "the workflow is disabled")
	default:
		return nil
	}
}

// method refuses methods that the path does not take.
func method(in *inbound) *verdict {
	if in.found.Allow == nil && in.found.takes(in.r.Method) {
		return nil
	}
	allow := in.found.Allow
	if allow == nil {
		allow = in.found.methods
	}
	return refuse(http.StatusMethodNotAllowed, hookflow.ReasonMethod, "method not allowed",
		in.r.Method+" is not among the endpoint's methods", "Allow", listed(allow))
}

// listed is an Allow header; HEAD is among the methods where GET is.
func listed(methods []string) string {
	if slices.Contains(methods, http.MethodGet) {
		methods = append(slices.Clip(methods), http.MethodHead)
	}
	return strings.Join(methods, ", ")
}

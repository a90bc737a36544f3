package webhook

import (
	"net/http"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

const notFound = "no webhook here"

// match refuses paths that no enabled workflow has. Of the unknown ones a sample is kept, so that a
// mistyped URL can be found and a scanner fills no disk. What may be a handshake passes to a
// disabled workflow: its URL is proved to the provider before it is in use. So does everything while
// somebody listens.
func match(in *inbound) *verdict {
	switch {
	case in.found.Entry == nil:
		v := refuse(http.StatusNotFound, hookflow.ReasonNoSuchPath, notFound, "no workflow has this path")
		v.unrecorded = !in.unknown.AllowN(in.now, 1)
		return v
	case in.found.Enabled:
		return nil
	}
	in.heard = in.isHeard()
	if !in.heard && !in.found.shakes(in.r.Method) {
		return disabled()
	}
	return nil
}

func disabled() *verdict {
	return refuse(http.StatusNotFound, hookflow.ReasonDisabled, notFound, "the workflow is disabled or not published yet")
}

// shakes reports whether a request by the method may be a handshake.
func (e *Endpoint) shakes(method string) bool {
	return e.shakesBy(method) || e.takes(method) && e.verifier.Provider().Handshake != (verify.Text{})
}

// method refuses methods that neither the path nor a handshake takes.
func method(in *inbound) *verdict {
	if in.takesMethod() || in.found.shakesBy(in.r.Method) {
		return nil
	}
	return in.wrongMethod()
}

// takesMethod reports whether the path takes the request's method.
func (in *inbound) takesMethod() bool { return in.found.Allow == nil && in.found.takes(in.r.Method) }

func (in *inbound) wrongMethod() *verdict {
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

package webhook

import (
	"net/http"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/verify"
)

// verifyOrigin has the endpoint's scheme judge who sent the request. The caller learns nothing but
// the result, the delivery has the whole report.
func verifyOrigin(in *inbound) *verdict {
	v := in.found.verifier
	signed := in.body
	if in.wire != nil {
		signed = in.wire
	}
	report := v.Verify(&verify.Request{
		Method: in.r.Method, URL: in.url, Headers: in.headers, Query: in.r.URL.RawQuery, Body: signed, Now: in.now,
	}, scope{in.Env, request.New(in.raw)})
	in.delivery.Report = report
	if report.OK {
		return nil
	}
	refusal := refuse(http.StatusUnauthorized, hookflow.ReasonVerification, "verification failed", failure(report))
	if challenge := v.Challenge(); challenge != "" {
		refusal.answer.Headers["WWW-Authenticate"] = challenge
	}
	return refusal
}

func failure(report *hookflow.Report) string {
	for _, c := range report.Checks {
		if !c.OK {
			return c.Check + ": " + c.Detail
		}
	}
	return ""
}

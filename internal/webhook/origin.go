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
	in.verdict = v.Verify(in.ctx, &verify.Request{
		Method: in.r.Method, URL: in.url, Headers: in.headers, Query: in.r.URL.RawQuery, Body: signed, Now: in.now,
	}, scope{in.Env, request.New(in.raw)})
	report := &in.verdict.Report
	in.delivery.Report = report
	if report.OK {
		return nil
	}
	refusal := refuse(http.StatusUnauthorized, hookflow.ReasonVerification, "verification failed", failure(report))
	if challenge := v.Challenge(); challenge != "" {
		refusal.answer.Headers["WWW-Authenticate"] = challenge
	}
	if own := in.verdict.Refusal; own != nil {
		refusal.answer = own
	}
	return refusal
}

// handshake gives the answer that the provider demands to what is no event.
func handshake(in *inbound) *verdict {
	if in.verdict.Handshake == nil {
		return nil
	}
	return &verdict{outcome: hookflow.OutcomeHandshake, answer: in.verdict.Handshake}
}

func failure(report *hookflow.Report) string {
	for _, c := range report.Checks {
		if !c.OK {
			return c.Check + ": " + c.Detail
		}
	}
	return ""
}

package webhook

import (
	"crypto/x509"
	"net/http"
	"strings"

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
		Peer: in.peer(), Remote: in.Remote, Previous: in.previous(),
	}, scope{env: in.Env, context: request.New(in.raw)})
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

// previous gives the former value of the endpoint's secret, to tell a sender that still signs with it.
func (in *inbound) previous() func() string {
	name := in.found.verifier.SecretVariable()
	if in.Previous == nil || name == "" {
		return nil
	}
	return func() string { return in.Previous(name) }
}

// peer is the client's certificate with its chain, when the server's client CA vouches for it.
func (in *inbound) peer() []*x509.Certificate {
	if in.r.TLS == nil || len(in.r.TLS.VerifiedChains) == 0 {
		return nil
	}
	return in.r.TLS.VerifiedChains[0]
}

// failure is the first check that failed, and what was nearly right.
func failure(report *hookflow.Report) string {
	var failed []string
	for _, c := range report.Checks {
		if !c.OK && (len(failed) == 0 || strings.HasPrefix(c.Code, verify.NearMiss)) {
			failed = append(failed, c.Check+": "+c.Detail)
		}
	}
	return strings.Join(failed, "; ")
}

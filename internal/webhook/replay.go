package webhook

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/verify"
)

// Stored is a request that was received before.
type Stored struct {
	Body        []byte // after content decoding
	ReceivedAt  time.Time
	Credentials Credentials
	Verified    bool // then already; it is not verified again
}

// again are the steps that are about what was sent. Those about when it came are not repeated: the
// rate limit, de-duplication and the time window of the verification.
var again = []guard{address, ownMethod, verifyAgain, noHandshake, parse, schema, filter}

// Again judges a stored request by an endpoint. The delivery is the one that repeats it, which gets
// the outcome and the report, and the decrypted content. When it is accepted body and context are
// what the workflow gets.
func (h *Handler) Again(ctx context.Context, e *Endpoint, d *hookflow.Delivery, s Stored) (body []byte, context *request.Context) {
	in, err := h.restore(ctx, e, d, s)
	if err != nil {
		d.Outcome, d.Reason, d.Detail = hookflow.OutcomeRejected, hookflow.ReasonMalformed, err.Error()
		return s.Body, nil
	}
	if s.Verified {
		in.verdict = &verify.Verdict{Report: *d.Report}
	}
	for _, g := range again {
		if v := g(in); v != nil {
			d.Outcome, d.Reason, d.Detail = v.outcome, v.reason, in.detail(v.detail)
			return in.body, nil
		}
	}
	d.Outcome, d.Reason, d.Detail = hookflow.OutcomeAccepted, "", in.detail("")
	return in.body, in.context
}

// restore makes of a delivery the request that it was.
func (h *Handler) restore(ctx context.Context, e *Endpoint, d *hookflow.Delivery, s Stored) (*inbound, error) {
	headers, address := s.Credentials.Restore(d)
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	r := &http.Request{Method: d.Method, URL: u, Header: http.Header{}}
	for _, line := range headers {
		r.Header.Add(line.Name, line.Value)
	}
	in := &inbound{
		Handler: h, r: r, ctx: ctx, now: s.ReceivedAt, url: address, headers: headers, body: s.Body, delivery: d,
		found: Match{Entry: &Entry{Endpoint: e, Workflow: d.WorkflowID, Enabled: true}, Pattern: d.Pattern},
	}
	in.client.IP, _ = netip.ParseAddr(d.IP) // an invalid one is in no list
	_, query, _ := strings.Cut(d.URL, "?")
	in.raw = request.Raw{
		Method: d.Method, Path: d.Path, URL: d.URL, IP: d.IP, Headers: d.Headers, Query: query,
		ReceivedAt: d.ReceivedAt, DeliveryID: d.ID,
	}
	if pattern, err := request.ParsePattern(d.Pattern); err == nil {
		in.raw.Params, _ = pattern.Match(d.Path)
	}
	return in, nil
}

func ownMethod(in *inbound) *verdict {
	if in.found.takes(in.r.Method) {
		return nil
	}
	return in.wrongMethod()
}

// verifyAgain verifies as at the time when the request came, and lets pass what only came too late
// for that.
func verifyAgain(in *inbound) *verdict {
	if in.verdict != nil {
		return nil
	}
	v := verifyOrigin(in)
	if v == nil {
		in.note("verified again, as of the time when it came")
		return nil
	}
	if onlyLate(&in.verdict.Report) && !slices.Contains(encrypting, in.verdict.Report.Scheme) {
		in.note("verified again, without its time window")
		return nil
	}
	if in.found.verifier.OverWire() && in.r.Header.Get("Content-Encoding") != "" {
		in.note("the bytes on the wire, which are signed, were not kept")
	}
	return v
}

// encrypting are the schemes whose body is not decrypted where the time is over.
var encrypting = []string{"wecom", "wechat_mp", "dingtalk_event", "feishu", "wechatpay_v3"}

// onlyLate reports whether the signature is right and nothing is wrong but its time.
func onlyLate(report *hookflow.Report) bool {
	proved := false
	for _, c := range report.Checks {
		if !c.OK && c.Code != "timestamp_expired" {
			return false
		}
		proved = proved || c.OK && c.Check == "signature"
	}
	return proved
}

// noHandshake stops what only its provider can be answered.
func noHandshake(in *inbound) *verdict {
	if in.verdict.Handshake == nil && in.verdict.Captured == "" {
		return nil
	}
	return malformed("it is a handshake, which starts nothing; have the provider send it again")
}

package webhook

import (
	"bytes"
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

// handshake gives the answer that the provider demands to what is no event. What passed the guards
// before only because it could have been one ends here.
func handshake(in *inbound) *verdict {
	switch {
	case in.verdict.Captured != "":
		return in.capture()
	case in.verdict.Handshake != nil && in.noHandshake():
		return malformed("it is a handshake, which only the provider, or an administrator, is answered")
	case in.verdict.Handshake != nil:
		return &verdict{outcome: hookflow.OutcomeHandshake, answer: in.verdict.Handshake}
	case !in.found.Enabled && !in.heard:
		return disabled()
	case !in.takesMethod():
		return in.wrongMethod()
	default:
		return nil
	}
}

// capture keeps the secret that the provider chose, as the variable that the endpoint names, and
// only then answers. The first secret stays: whoever sends another one later is refused.
func (in *inbound) capture() *verdict {
	name, chosen := in.found.verifier.SecretVariable(), in.verdict.Captured
	if name == "" || in.Capture == nil {
		return refuse(http.StatusUnauthorized, hookflow.ReasonVerification, "verification failed",
			"the provider chose a secret and there is no variable for it: the endpoint's secret must be one, such as {{$env.NAME}}")
	}
	in.capturing.Lock()
	defer in.capturing.Unlock()
	if known, _, _ := in.Env.Lookup(name); known != "" {
		return refuse(http.StatusUnauthorized, hookflow.ReasonVerification, "verification failed", "$env."+name+" has a value already")
	}
	answer := cmp.Or(in.verdict.Handshake, plainOK)
	shown := in.hide(chosen, answer)
	sender := auth.Principal{Type: auth.TypeNobody, IP: in.raw.IP}
	if err := in.Capture(auth.With(in.ctx, sender), name, chosen); err != nil {
		in.Logger.Error("the secret of a handshake could not be kept", "workflow", in.delivery.WorkflowKey, "variable", name, "error", err)
		return refuse(http.StatusServiceUnavailable, hookflow.ReasonOverloaded, "try again later",
			"the secret that the provider chose could not be kept as $env."+name, "Retry-After", retryAfter)
	}
	return &verdict{
		outcome: hookflow.OutcomeHandshake, detail: "the secret that the provider chose is kept as $env." + name,
		answer: answer, shown: shown,
	}
}

// hide takes a secret out of what the delivery keeps, and returns the answer without it.
func (in *inbound) hide(secret string, answer *hookflow.Response) (shown *hookflow.Response) {
	in.delivery.Headers = slices.Clone(in.delivery.Headers)
	for i, h := range in.delivery.Headers {
		in.delivery.Headers[i].Value = strings.ReplaceAll(h.Value, secret, mask)
	}
	in.body = bytes.ReplaceAll(in.body, []byte(secret), []byte(mask))
	in.delivery.URL = strings.ReplaceAll(in.delivery.URL, secret, mask)
	shown = &hookflow.Response{Status: answer.Status, Headers: map[string]string{}, Body: bytes.ReplaceAll(answer.Body, []byte(secret), []byte(mask))}
	for name, text := range answer.Headers {
		shown.Headers[name] = strings.ReplaceAll(text, secret, mask)
	}
	return shown
}

package webhook

import (
	"cmp"
	"fmt"
	"net/http"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// acknowledgment is the configured async answer.
type acknowledgment struct{ status, headers, body *value.Tree }

func (c *compiler) acknowledgment(config *hookflow.Acknowledgment) *acknowledgment {
	if config == nil {
		return nil
	}
	const at = "/response"
	a := &acknowledgment{
		status:  c.tree(at+"/status", config.Status, "$context"),
		headers: c.tree(at+"/headers", config.Headers, "$context"),
		body:    c.tree(at+"/body", config.Body, "$context"),
	}
	if a.status != nil && a.status.IsStatic() {
		if _, err := statusOf(a.status.Source()); err != nil {
			c.refuse(at+"/status", "%v", err)
		}
	}
	if a.headers == nil {
		return a
	}
	if a.headers.Kind() != value.KindObject {
		c.refuse(at+"/headers", "expected object, got %s", a.headers.Kind())
	}
	for name := range a.headers.Members() {
		if err := checkHeaderName(name); err != nil {
			c.refuse(at+"/headers/"+hookflow.EscapePointer(name), "%v", err)
		}
	}
	return a
}

// plainOK is the answer of an endpoint that configures none.
var plainOK = &hookflow.Response{Status: http.StatusOK, Headers: map[string]string{"Content-Type": "text/plain"}, Body: []byte("ok")}

// acknowledge makes the async answer. What its variables make impossible is answered plainly, for
// the request itself is good; problem then says what.
func (in *inbound) acknowledge() (answer *hookflow.Response, problem string) {
	a := in.found.response
	if a == nil {
		return cmp.Or(in.verdict.Acknowledgment, plainOK), ""
	}
	answer, err := a.render(scope{context: in.context})
	if err != nil {
		return plainOK, "the configured answer is not possible: " + err.Error()
	}
	return answer, ""
}

// enveloped makes the answer to an accepted request what the provider takes for one. Failures stay
// as they are, for the provider to try again.
func (in *inbound) enveloped(answer *hookflow.Response) *hookflow.Response {
	if answer.Status >= http.StatusMultipleChoices {
		return answer
	}
	sealed, err := in.verdict.Acknowledge(answer)
	if err != nil {
		in.Logger.Error("an answer could not be made what the provider wants", "workflow", in.delivery.WorkflowKey, "error", err)
		return answer
	}
	return sealed
}

func (a *acknowledgment) render(s value.Scope) (*hookflow.Response, error) {
	answer := &hookflow.Response{Status: http.StatusOK, Headers: map[string]string{policyHeader: sandbox}}
	status, err := render(a.status, s)
	if err != nil {
		return nil, err
	}
	if !status.IsNull() {
		if answer.Status, err = statusOf(status); err != nil {
			return nil, err
		}
	}
	body, err := render(a.body, s)
	if err != nil {
		return nil, err
	}
	setBody(answer, body, a.body == nil)
	headers, err := render(a.headers, s)
	if err != nil {
		return nil, err
	}
	for name, v := range headers.Members() {
		if !v.IsNull() {
			setHeader(answer.Headers, name, v.Text())
		}
	}
	return answer, nil
}

func render(t *value.Tree, s value.Scope) (value.Value, error) {
	if t == nil {
		return nil, nil
	}
	return t.Render(s)
}

// setBody writes texts as they are and everything else as JSON; none that is configured is ok.
func setBody(answer *hookflow.Response, body value.Value, isDefault bool) {
	switch {
	case isDefault:
		answer.Body, answer.Headers["Content-Type"] = plainOK.Body, plainOK.Headers["Content-Type"]
	case body.Kind() == value.KindString:
		answer.Body, answer.Headers["Content-Type"] = []byte(body.Text()), "text/plain; charset=utf-8"
	case !body.IsNull():
		answer.Body, answer.Headers["Content-Type"] = body, "application/json"
	}
}

// statusOf reads a final status code, which may be a text of digits.
func statusOf(v value.Value) (int, error) {
	if text, ok := v.Str(); ok {
		v, _ = value.Parse([]byte(text))
	}
	status, ok := v.Int64()
	if !ok || status < 200 || status > 599 {
		return 0, fmt.Errorf("%.20s is not an HTTP status between 200 and 599", v.Text())
	}
	return int(status), nil
}

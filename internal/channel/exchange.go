package channel

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	// maxAnswer bounds what of a provider's answer is read, in bytes.
	maxAnswer = 64 << 10
	// maxAfter bounds how long a provider may ask to wait, in seconds.
	maxAfter = 24 * 60 * 60
	// maxExplanation bounds what of it an error quotes, in characters.
	maxExplanation = 200
)

// Refusal is a provider's word that it has not taken a message.
type Refusal struct {
	Status  int           // of HTTP
	Code    string        // the provider's own; "" when it has none
	Message string        // in the provider's words
	Limited bool          // there were too many messages: the same one may be taken later
	After   time.Duration // when; 0 when the provider does not say
}

func (r *Refusal) Error() string {
	text := "the provider has refused the message"
	if r.Limited {
		text = "the provider takes no more messages for now"
		if r.After > 0 {
			text += fmt.Sprintf(", try again in %s", r.After)
		}
	}
	if r.Status >= 300 {
		text += fmt.Sprintf(": HTTP %d", r.Status)
	}
	for _, part := range []string{r.Code, r.Message} {
		if part != "" && part != strconv.Itoa(r.Status) {
			text += ": " + part
		}
	}
	return text
}

// reply is a provider's answer with what of its headers counts.
type reply struct {
	node.Answer
	after time.Duration // of Retry-After; 0 for none
}

// postJSON sends v to a provider, and reads what it answers.
func (e *Env) postJSON(ctx context.Context, url string, v any, headers ...hookflow.Header) (*reply, error) {
	text, err := value.Of(v)
	if err != nil {
		return nil, err
	}
	return e.exchange(ctx, node.HTTPRequest{
		Method: "POST", URL: url, Body: text,
		Headers: append([]hookflow.Header{{Name: "Content-Type", Value: "application/json; charset=utf-8"}}, headers...),
	})
}

func (e *Env) exchange(ctx context.Context, r node.HTTPRequest) (*reply, error) {
	r.MaxResponse, r.Cut = maxAnswer, true
	answer, err := e.HTTP.Do(ctx, r)
	if err != nil {
		return nil, err
	}
	out := &reply{Answer: node.Answer{Status: answer.Status, Body: value.String(string(answer.Body))}}
	if parsed, err := value.Parse(answer.Body); err == nil {
		out.Body = parsed
	}
	for _, h := range answer.Headers {
		if strings.EqualFold(h.Name, "Retry-After") {
			out.after = seconds(value.Raw(h.Value))
		}
	}
	return out, nil
}

// seconds is a time that a provider names, within reason.
func seconds(v value.Value) time.Duration {
	n, _ := v.Int64()
	return time.Duration(min(max(n, 0), maxAfter)) * time.Second
}

// verdict says how to read in a provider's answer whether it took a message.
type verdict struct {
	code    string   // member of the body with the result; "" when only the status counts
	fine    string   // the code of a message that was taken; "" when there is none then
	message string   // member of the body with an explanation
	limited []string // codes of too many messages, besides status 429
}

// of is the error that an answer is.
func (v verdict) of(r *reply) error {
	refusal := &Refusal{Status: r.Status, Message: excerpt(r.Body), After: r.after}
	if v.code != "" {
		refusal.Code = r.Body.Get(value.Segment(v.code)).Text()
	}
	if r.Status < 300 && refusal.Code == v.fine {
		return nil
	}
	if text := r.Body.Get(value.Segment(v.message)).Text(); v.message != "" && text != "" {
		refusal.Message = text
	}
	refusal.Limited = r.Status == 429
	for _, code := range v.limited {
		refusal.Limited = refusal.Limited || code == refusal.Code
	}
	return refusal
}

// judged is an answer with the error that it is.
func (v verdict) judged(r *reply, err error) (node.Answer, error) {
	if err != nil {
		return node.Answer{}, err
	}
	return r.Answer, v.of(r)
}

// excerpt is the beginning of an answer, on one line.
func excerpt(v value.Value) string {
	text := []rune(strings.Join(strings.Fields(v.Text()), " "))
	if len(text) > maxExplanation {
		return string(text[:maxExplanation-1]) + "…"
	}
	return string(text)
}

// object is JSON to be sent.
type object = map[string]any

// quoted is JSON in a text.
func quoted(v value.Value) string {
	if v.IsNull() {
		return ""
	}
	return string(v)
}

// under is a path below the address of an API, which may end with a slash.
func under(base, path string) string { return strings.TrimSuffix(base, "/") + path }

package api

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

const (
	problemType = "application/problem+json"
	// busyRetry is how soon to try again when the store takes no writes.
	busyRetry = 2 * time.Second
)

// httpProblem is an error as RFC 9457 has it.
type httpProblem struct {
	Title  string             `json:"title" doc:"The status in words"`
	Status int                `json:"status" doc:"HTTP status"`
	Detail string             `json:"detail" doc:"What happened and what to do"`
	Errors []hookflow.Problem `json:"errors,omitempty" doc:"What is wrong, each at a JSON pointer into the body"`

	headers http.Header
}

func (p *httpProblem) Error() string             { return p.Detail }
func (p *httpProblem) GetStatus() int            { return p.Status }
func (p *httpProblem) GetHeaders() http.Header   { return p.headers }
func (p *httpProblem) ContentType(string) string { return problemType }

var (
	_ huma.StatusError       = (*httpProblem)(nil)
	_ huma.HeadersError      = (*httpProblem)(nil)
	_ huma.ContentTypeFilter = (*httpProblem)(nil)
)

var internalProblem = &httpProblem{
	Title: http.StatusText(http.StatusInternalServerError), Status: http.StatusInternalServerError,
	Detail: "internal error; the server's log says more",
}

var statusOf = map[hookflow.Code]int{
	hookflow.CodeInvalid:      http.StatusBadRequest,
	hookflow.CodeUnauthorized: http.StatusUnauthorized,
	hookflow.CodeForbidden:    http.StatusForbidden,
	hookflow.CodeNotFound:     http.StatusNotFound,
	hookflow.CodeConflict:     http.StatusConflict,
	hookflow.CodeTooLarge:     http.StatusRequestEntityTooLarge,
	hookflow.CodeOverloaded:   http.StatusServiceUnavailable,
}

// problemOf is the one place where an error becomes an answer. Input that is wrong at known places is
// 422, input that cannot be read at all 400; an error that is not meant for people is logged.
func (a *api) problemOf(ctx context.Context, err error) *httpProblem {
	var known *httpProblem
	var limited *auth.RateLimitError
	var e *hookflow.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &limited):
		return newProblem(http.StatusTooManyRequests, limited.Error()).with("Retry-After", seconds(limited.RetryAfter))
	case !errors.As(err, &e) || statusOf[e.Code] == 0:
		if ctx.Err() == nil {
			a.Logger.ErrorContext(ctx, "a request failed", "error", err)
		}
		return internalProblem
	}
	p := newProblem(statusOf[e.Code], e.Message)
	p.Errors = e.Problems
	switch {
	case e.Code == hookflow.CodeInvalid && len(e.Problems) > 0:
		p.Status, p.Title = http.StatusUnprocessableEntity, http.StatusText(http.StatusUnprocessableEntity)
	case e.Code == hookflow.CodeUnauthorized:
		return p.with("WWW-Authenticate", `Bearer realm="hookflow"`)
	case e.Code == hookflow.CodeOverloaded:
		return p.with("Retry-After", seconds(busyRetry))
	}
	return p
}

func newProblem(status int, detail string) *httpProblem {
	return &httpProblem{Title: http.StatusText(status), Status: status, Detail: detail, headers: http.Header{}}
}

func (p *httpProblem) with(name, value string) *httpProblem {
	p.headers.Set(name, value)
	return p
}

func seconds(d time.Duration) string { return strconv.Itoa(int(math.Ceil(d.Seconds()))) }

// ownProblem gives the errors that huma makes, of parameters and bodies, the form of all others.
func ownProblem(_ huma.Context, _ string, v any) (any, error) {
	made, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	p := newProblem(made.Status, made.Detail)
	for _, e := range made.Errors {
		p.Errors = append(p.Errors, hookflow.Problem{Detail: e.Location + ": " + e.Message})
	}
	return p, nil
}

func writeProblem(w http.ResponseWriter, p *httpProblem) {
	if p.Title == "" {
		p.Title = http.StatusText(p.Status)
	}
	for name, values := range p.headers {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	// What cannot be sent any more has nobody who would read it.
	_ = json.NewEncoder(w).Encode(p)
}

package api

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	defaultWait = 30 * time.Second
	maxWait     = 5 * time.Minute
)

// runBody is what a workflow runs with: a request to be parsed as a webhook's would be, or $context
// as it is.
type runBody struct {
	Request *runRequest `json:"request" doc:"A request, parsed as one to a webhook" zh:"按 webhook 请求解析"`
	Context value.Value `json:"context" doc:"Any JSON, taken as $context" zh:"直接作为 $context 的任意 JSON"`
	Node    string      `json:"node" doc:"Run this node alone, with pins for what it reads of others" zh:"仅运行该节点，所需的其他节点结果由 pins 给出"`
	Until   string      `json:"until" doc:"End after this node" zh:"运行到该节点为止"`
	Pins    value.Value `json:"pins" doc:"Results of nodes that are not to run, by key" zh:"不运行的节点及其结果，按 key"`
	DryRun  *bool       `json:"dryRun" doc:"Run no node that writes, calls or waits; default true with node or until, else false" zh:"不运行会写入、调用或等待的节点；指定 node 或 until 时默认 true，否则 false"`
}

// trial is how the run differs from a usual one, nil when it does not.
func (b *runBody) trial() (*Trial, error) {
	t := &Trial{Node: b.Node, Until: b.Until, DryRun: b.Node != "" || b.Until != ""}
	if b.DryRun != nil {
		t.DryRun = *b.DryRun
	}
	var err error
	if t.Pins, err = byNode("/pins", b.Pins); err != nil {
		return nil, err
	}
	if t.Node == "" && t.Until == "" && t.Pins == nil && !t.DryRun {
		return nil, nil
	}
	return t, nil
}

type runRequest struct {
	Method  string            `json:"method" enum:"GET,POST,PUT,PATCH,DELETE" default:"POST" doc:"Method" zh:"请求方法"`
	Headers map[string]string `json:"headers" doc:"Headers" zh:"请求头"`
	Query   value.Value       `json:"query" doc:"An object, or a query string" zh:"对象或查询字符串"`
	Body    value.Value       `json:"body" doc:"Any JSON; a string is sent as it is when the Content-Type says so" zh:"任意 JSON；若 Content-Type 非 JSON，字符串按原文发送"`
	Params  map[string]string `json:"params" doc:"Path parameters" zh:"路径参数"`
}

// runResult is what became of a run.
type runResult struct {
	Status   int
	Location string `header:"Location"`
	Body     struct {
		Execution hookflow.ID     `json:"execution"`
		Status    hookflow.Status `json:"status"`
		Error     string          `json:"error,omitempty" doc:"Why it did not succeed"`
		Response  *shownResponse  `json:"response" doc:"What a response node answered"`
		Output    json.RawMessage `json:"output"`
	}
}

// shownResponse is an HTTP answer in JSON.
type shownResponse struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body" doc:"JSON when the answer is JSON, else its text, or {base64}"`
}

func (a *api) registerRun() {
	register(a, operation{
		id: "run-workflow", method: http.MethodPost, path: under("workflows", "{key}", "run"), tag: "workflows", role: auth.Editor,
		body: runBody{}, optional: true,
		summary: "Run a workflow now and wait for its end; 202 when it takes longer", zh: "立即运行工作流并等待结束；超时返回 202",
	}, a.run)
}

func (a *api) run(ctx context.Context, in *struct {
	ByKey
	Raw
	Wait     string `query:"wait" doc:"How long to wait, such as 30s or 2m; at most 5m" default:"30s"`
	Revision string `query:"revision" enum:"published,draft" default:"published"`
},
) (*runResult, error) {
	wait, err := parseTimeout("wait", in.Wait, defaultWait, maxWait)
	if err != nil {
		return nil, err
	}
	input, trial, err := a.runInput(ctx, &in.Raw, in.Key)
	if err != nil {
		return nil, err
	}
	result, err := a.Runner.Run(ctx, RunRequest{
		WorkflowKey: in.Key, Draft: in.Revision == "draft", Context: input, Trial: trial, Wait: wait, By: auth.From(ctx),
	})
	if err != nil {
		return nil, err
	}
	a.auditStarted(ctx, "run", "workflow", in.Key, result.Execution)
	return a.shownRun(result), nil
}

// parseTimeout reads how long a call may take, of a number alone as seconds.
func parseTimeout(name, text string, usual, most time.Duration) (time.Duration, error) {
	if text == "" {
		return usual, nil
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 0 {
		text = strconv.Itoa(n) + "s"
	}
	wait, err := hookflow.ParseDuration(text)
	if err != nil {
		return 0, hookflow.Invalid(name + ": " + err.Error())
	}
	return min(wait.Std(), most), nil
}

func (a *api) runInput(ctx context.Context, body *Raw, key string) (value.Value, *Trial, error) {
	if len(body.RawBody) == 0 {
		return value.Null, nil, nil
	}
	run, err := decode[runBody](body)
	if err != nil {
		return nil, nil, err
	}
	trial, err := run.trial()
	if err != nil {
		return nil, nil, err
	}
	input, err := a.inputOf(ctx, run, key)
	return input, trial, err
}

func (a *api) inputOf(ctx context.Context, run runBody, key string) (value.Value, error) {
	switch {
	case run.Request == nil && run.Context == nil:
		return value.Null, nil
	case run.Request == nil:
		return run.Context, nil
	case run.Context != nil:
		return nil, hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: "/context", Detail: "give either request or context"})
	}
	parsed, err := request.Parse(run.Request.raw(key, auth.From(ctx).IP, a.Clock()))
	if err != nil {
		return nil, hookflow.Invalid("the request cannot be parsed", hookflow.Problem{Pointer: "/request/body", Detail: err.Error()})
	}
	return parsed.JSON(), nil
}

// raw is the request as a webhook would have received it.
func (r *runRequest) raw(key, ip string, now time.Time) request.Raw {
	in := request.Raw{
		Method: r.Method, Path: key, URL: "/api/webhooks/" + key, IP: ip,
		Query: queryOf(r.Query), Body: r.Body, ReceivedAt: now,
	}
	if in.Query != "" {
		in.URL += "?" + in.Query
	}
	contentType := ""
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		in.Headers = append(in.Headers, hookflow.Header{Name: name, Value: r.Headers[name]})
		if strings.EqualFold(name, "Content-Type") {
			contentType = r.Headers[name]
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Params)) {
		in.Params = append(in.Params, hookflow.Param{Name: name, Value: r.Params[name]})
	}
	switch plain, isText := r.Body.Str(); {
	case r.Body == nil:
	case contentType == "":
		in.Headers = append(in.Headers, hookflow.Header{Name: "Content-Type", Value: "application/json"})
	case isText && !strings.Contains(contentType, "json"):
		in.Body = []byte(plain)
	}
	return in
}

func queryOf(v value.Value) string {
	if v.Kind() != value.KindObject {
		return strings.TrimPrefix(v.Text(), "?")
	}
	var pairs []string
	for name, member := range v.Members() {
		values := []value.Value{member}
		if member.Kind() == value.KindArray {
			values = nil
			for _, item := range member.Items() {
				values = append(values, item)
			}
		}
		for _, one := range values {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(one.Text()))
		}
	}
	return strings.Join(pairs, "&")
}

func (a *api) shownRun(result RunResult) *runResult {
	out := &runResult{Status: http.StatusOK}
	if !result.Ended {
		out.Status = http.StatusAccepted
		out.Location = under("executions", result.Execution.String())
	}
	out.Body.Execution, out.Body.Status = result.Execution, result.Status
	out.Body.Error = a.Env.Masker().String(result.Error)
	out.Body.Response = a.shownResponse(result.Response)
	out.Body.Output = a.masked(result.Output)
	return out
}

// masked is JSON with the secrets of $env masked; null for none.
func (a *api) masked(v []byte) json.RawMessage {
	return orNull(a.Env.Masker().JSON(v))
}

func (a *api) shownResponse(r *hookflow.Response) *shownResponse {
	if r == nil {
		return nil
	}
	out := &shownResponse{Status: r.Status, Headers: map[string]string{}}
	asJSON := false
	for name, v := range r.Headers {
		out.Headers[name] = a.Env.Masker().String(v)
		asJSON = asJSON || strings.EqualFold(name, "Content-Type") && strings.Contains(v, "json")
	}
	if parsed, err := value.Parse(r.Body); asJSON && err == nil {
		out.Body = a.masked(parsed)
	} else {
		out.Body = a.masked(text(r.Body))
	}
	return out
}

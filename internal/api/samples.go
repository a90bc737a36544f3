package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// sampleBody says what becomes the sample: one of its members.
type sampleBody struct {
	Delivery  string      `json:"delivery" doc:"Id of a request that was received" zh:"已收到的请求的 ID"`
	Execution string      `json:"execution" doc:"Id of an execution: what it was started with, and its results as steps" zh:"执行的 ID：取其输入，并以 steps 给出其结果"`
	Request   *runRequest `json:"request" doc:"A request, parsed as one to the webhook" zh:"按 webhook 请求解析"`
	Context   value.Value `json:"context" doc:"Any JSON, taken as $context" zh:"直接作为 $context 的任意 JSON"`
}

// sampleItem is a sample as people see it.
type sampleItem struct {
	ID           hookflow.ID                `json:"id"`
	From         string                     `json:"from" enum:"listen,delivery,execution,manual" doc:"Where it was taken from"`
	TakenAt      time.Time                  `json:"takenAt"`
	TakenBy      string                     `json:"takenBy" doc:"Name of the user or API key"`
	Delivery     *hookflow.ID               `json:"delivery" doc:"The request in the log; it may be gone by now"`
	Execution    *hookflow.ID               `json:"execution" doc:"Whose results are in steps"`
	Outcome      *hookflow.Outcome          `json:"outcome" enum:"accepted,rejected,duplicate,filtered,handshake" doc:"What became of the request"`
	Reason       *hookflow.Reason           `json:"reason" doc:"Code of the rejection"`
	Detail       string                     `json:"detail" doc:"Why, in words"`
	Verified     bool                       `json:"verified" doc:"Whether it passed the verification; with the scheme none every request does"`
	Verification *hookflow.Report           `json:"verification" doc:"What the verification saw"`
	Request      *sampleRequest             `json:"request" doc:"As the body of /run takes it; null when there is a $context alone"`
	Context      json.RawMessage            `json:"context" doc:"$context"`
	Steps        map[string]json.RawMessage `json:"steps" doc:"Results by node key, to be pinned; null when no execution belongs to the sample"`
}

// sampleRequest is a request in the form in which one can be run.
type sampleRequest struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers" doc:"Lines of the same name are joined by commas"`
	Query   string            `json:"query" doc:"As it stands in the URL"`
	Params  json.RawMessage   `json:"params" doc:"Path parameters"`
	Body    json.RawMessage   `json:"body" doc:"JSON when the request is JSON, else its text, or {base64}"`
}

type oneSample struct{ Body sampleItem }

func (a *api) registerSamples() {
	const tag = "workflows"
	path := under("workflows", "{key}", "sample")
	register(a, operation{
		id: "get-sample", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "Read what the workflow is tried with; 404 when there is nothing yet", zh: "查看工作流的样例数据；没有时返回 404",
	}, a.getSample)
	register(a, operation{
		id: "put-sample", method: http.MethodPut, path: path, tag: tag, role: auth.Editor, body: sampleBody{},
		summary: "Take a request, an execution or a $context as the sample", zh: "将某个请求、某次执行或一个 $context 设为样例数据",
	}, a.putSample)
	register(a, operation{
		id: "delete-sample", method: http.MethodDelete, path: path, tag: tag, role: auth.Editor, status: http.StatusNoContent,
		summary: "Delete the sample", zh: "删除样例数据",
	}, a.deleteSample)
}

func (a *api) getSample(ctx context.Context, in *ByKey) (*oneSample, error) {
	x, err := a.Samples.Get(ctx, in.Key)
	return a.answerSample(ctx, x, err)
}

func (a *api) deleteSample(ctx context.Context, in *ByKey) (*empty, error) {
	return nil, a.Samples.Delete(ctx, in.Key)
}

func (a *api) putSample(ctx context.Context, in *struct {
	ByKey
	Raw
},
) (*oneSample, error) {
	body, err := decode[sampleBody](&in.Raw)
	if err != nil {
		return nil, err
	}
	x, err := a.takeSample(ctx, in.Key, &body)
	return a.answerSample(ctx, x, err)
}

func (a *api) takeSample(ctx context.Context, key string, body *sampleBody) (*store.Sample, error) {
	given := 0
	for _, is := range []bool{body.Delivery != "", body.Execution != "", body.Request != nil, body.Context != nil} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return nil, hookflow.Invalid("the body is not valid", hookflow.Problem{Detail: "give one of delivery, execution, request and context"})
	case body.Delivery != "":
		id, err := idAt("/delivery", body.Delivery)
		if err != nil {
			return nil, err
		}
		return a.Samples.TakeDelivery(ctx, key, id)
	case body.Execution != "":
		id, err := idAt("/execution", body.Execution)
		if err != nil {
			return nil, err
		}
		return a.Samples.TakeExecution(ctx, key, id)
	case body.Request != nil:
		return a.putRequest(ctx, key, body.Request)
	default:
		return a.Samples.Put(ctx, key, store.Sample{Context: a.Env.Masker().JSON(body.Context)})
	}
}

func idAt(pointer, text string) (hookflow.ID, error) {
	id, err := hookflow.ParseID(text)
	if err != nil {
		return 0, hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: pointer, Detail: "is not an id"})
	}
	return id, nil
}

// putRequest keeps a request that was made by hand, without what nobody may keep.
func (a *api) putRequest(ctx context.Context, key string, made *runRequest) (*store.Sample, error) {
	raw := made.raw(key, auth.From(ctx).IP, a.Clock())
	raw.Headers, raw.URL = maskedHeaders(raw.Headers), maskedURL(raw.URL)
	_, raw.Query, _ = strings.Cut(raw.URL, "?")
	parsed, err := request.Parse(raw)
	if err != nil {
		return nil, hookflow.Invalid("the request cannot be parsed", hookflow.Problem{Pointer: "/request/body", Detail: err.Error()})
	}
	masker := a.Env.Masker()
	for i, h := range raw.Headers {
		raw.Headers[i].Value = masker.String(h.Value)
	}
	return a.Samples.Put(ctx, key, store.Sample{
		Request: &hookflow.Delivery{
			Method: raw.Method, URL: masker.String(raw.URL), Path: raw.Path, IP: raw.IP, Headers: raw.Headers, ReceivedAt: raw.ReceivedAt,
			BodySize: int64(len(raw.Body)),
		},
		Body: masker.Bytes(raw.Body), Context: masker.JSON(parsed.JSON()),
	})
}

func (a *api) answerSample(ctx context.Context, x *store.Sample, err error) (*oneSample, error) {
	if err != nil {
		return nil, err
	}
	item, err := a.sampleItem(ctx, x)
	return &oneSample{item}, err
}

// sampleItem is a sample as the caller may see it.
func (a *api) sampleItem(ctx context.Context, x *store.Sample) (sampleItem, error) {
	item := sampleItem{
		ID: x.ID, From: x.Source, TakenAt: x.TakenAt.UTC(), TakenBy: x.TakenBy, Execution: idOrNil(x.ExecutionID), Context: a.masked(x.Context),
	}
	if d := x.Request; d != nil {
		if d.ID != 0 {
			item.Outcome, item.Reason = &d.Outcome, &d.Reason
		}
		item.Delivery, item.Detail, item.Verification = idOrNil(d.ID), a.Env.Masker().String(d.Detail), d.Report
		item.Verified = d.Report != nil && d.Report.OK
		whole, err := a.shownContext(ctx, x)
		if err != nil {
			return item, err
		}
		item.Request, item.Context = a.sampleRequest(ctx, x, whole), a.masked(whole)
	}
	if x.ExecutionID == 0 {
		return item, nil
	}
	var err error
	item.Steps, err = a.results(ctx, x.ExecutionID)
	return item, err
}

// shownContext is the $context of a sample's request, without the credentials that the caller may not see.
func (a *api) shownContext(ctx context.Context, x *store.Sample) (value.Value, error) {
	if x.Context != nil {
		return x.Context, nil
	}
	view, shown := viewOf(a.Env, auth.From(ctx).Role), *x.Request
	shown.Headers, shown.URL = view.Headers(shown.Headers), view.URL(shown.URL)
	parsed, err := request.FromDelivery(&shown, x.Body)
	if err != nil {
		return nil, err
	}
	return parsed.JSON(), nil
}

func (a *api) sampleRequest(ctx context.Context, x *store.Sample, whole value.Value) *sampleRequest {
	view := viewOf(a.Env, auth.From(ctx).Role)
	out := &sampleRequest{
		Method: x.Request.Method, URL: view.URL(x.Request.URL), Headers: map[string]string{}, Params: a.masked(whole.Get("params")),
	}
	_, out.Query, _ = strings.Cut(out.URL, "?")
	asJSON := false
	for _, h := range view.Headers(x.Request.Headers) {
		if before, again := out.Headers[h.Name]; again {
			h.Value = before + ", " + h.Value
		}
		out.Headers[h.Name] = h.Value
		asJSON = asJSON || strings.EqualFold(h.Name, "Content-Type") && strings.Contains(h.Value, "json")
	}
	if parsed, err := value.Parse(x.Body); asJSON && err == nil {
		out.Body = a.masked(parsed)
	} else {
		out.Body = a.masked(text(x.Body))
	}
	return out
}

// results are what the nodes of an execution ended with, the last round of a loop counting.
func (a *api) results(ctx context.Context, execution hookflow.ID) (map[string]json.RawMessage, error) {
	journal, err := a.Store.Journal(ctx, execution)
	if err != nil {
		return nil, err
	}
	out := map[string]json.RawMessage{}
	for _, step := range a.shownSteps(journal) {
		for key, result := range step.Assign {
			out[key] = a.masked(result)
		}
		if step.Status == hookflow.StatusSucceeded {
			out[step.NodeKey] = orNull(step.Output)
		}
	}
	return out, nil
}

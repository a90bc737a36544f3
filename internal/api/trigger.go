package api

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/trigger"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

// testRequest is a request to a workflow's webhook, made by hand.
type testRequest struct {
	Method  string            `json:"method" enum:"GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS" doc:"Method; default the first that the trigger takes" zh:"请求方法；默认为触发器允许的第一个"`
	Path    string            `json:"path" doc:"Below /api/webhooks/; default the trigger's" zh:"/api/webhooks/ 之后的路径；默认为触发器的路径"`
	Query   value.Value       `json:"query" doc:"An object, or a query string" zh:"对象或查询字符串"`
	Headers map[string]string `json:"headers" max:"100" doc:"Headers; a body without a Content-Type is application/json" zh:"请求头；有请求体而无 Content-Type 时为 application/json"`
	Body    value.Value       `json:"body" doc:"A text is sent as it is, any other JSON as it is written" zh:"字符串按原文发送，其他 JSON 按书写内容发送"`
	Base64  string            `json:"base64" doc:"Or the bytes of the body" zh:"或请求体的字节（base64）"`
	Target  string            `json:"target" enum:"test,live" default:"test" doc:"The test URL, which answers with the draft, or the live one" zh:"测试 URL（以草稿应答）或正式 URL"`
}

type testBody struct {
	testRequest
	Sign bool `json:"sign" doc:"Prove it as the provider would, with the configured secret" zh:"使用已配置的密钥，按提供方的方式签名"`
}

type snippetBody struct {
	testRequest
	Language string `json:"language" required:"true" enum:"curl,javascript,go,python" doc:"What to write" zh:"语言"`
	Delivery string `json:"delivery" doc:"Id of a stored request that the method, query, headers and body are taken from" zh:"已存请求的 ID，取其方法、查询、请求头与请求体"`
}

type checkBody struct {
	Delivery     string      `json:"delivery" required:"true" doc:"Id of a stored request of the workflow" zh:"该工作流已存请求的 ID"`
	Verification value.Value `json:"verification" doc:"Settings to verify by; default the draft's" zh:"用于校验的验证设置；默认为草稿的设置"`
}

// testResult is what became of a test request.
type testResult struct {
	Status    int               `json:"status" doc:"HTTP status answered"`
	Headers   map[string]string `json:"headers" nullable:"false" doc:"Of the answer"`
	Body      json.RawMessage   `json:"body" doc:"JSON when the answer is JSON, else its text, or {base64}"`
	Signed    bool              `json:"signed" doc:"Whether the request was proved as the provider would"`
	WhyNot    *verify.Text      `json:"whyNot" doc:"Why it was not, though asked for"`
	Request   shownRequest      `json:"request" doc:"As it was sent; what proves it is shown to administrators only"`
	Delivery  *DeliveryItem     `json:"delivery" doc:"Null when the request was not recorded"`
	Execution *hookflow.ID      `json:"execution"`
}

type openTest struct {
	OpenUntil time.Time `json:"openUntil"`
}

func (a *api) registerTrigger() {
	const tag = "workflows"
	path := func(last string) string { return under("workflows", "{key}", last) }
	register(a, operation{
		id: "get-endpoint", method: http.MethodGet, path: path("endpoint"), tag: tag, role: auth.Viewer,
		summary: "Read the live URL and the test URL of a workflow: what answers there, and what keeps requests from passing",
		zh:      "查看工作流的正式 URL 与测试 URL：由什么应答，以及请求无法通过的原因",
	}, a.getEndpoint)
	register(a, operation{
		id: "check-path", method: http.MethodGet, path: path("path-check"), tag: tag, role: auth.Viewer,
		summary: "Ask whether another enabled workflow has a path", zh: "检查路径是否已被其他启用的工作流占用",
	}, a.checkPath)
	register(a, operation{
		id: "open-test", method: http.MethodPost, path: path("open-test"), tag: tag, role: auth.Editor,
		summary: "Have the test URL answer for an hour", zh: "开启测试 URL 一小时",
	}, a.openTest)
	register(a, operation{
		id: "send-test-request", method: http.MethodPost, path: path("test-request"), tag: tag, role: auth.Editor, body: testBody{},
		summary: "Send a request to the workflow's webhook, signed as the provider would", zh: "向工作流的 webhook 发送请求，可按提供方的方式签名",
	}, a.sendTest)
	register(a, operation{
		id: "write-snippet", method: http.MethodPost, path: path("snippet"), tag: tag, role: auth.Editor, body: snippetBody{},
		summary: "Write a request to the workflow's webhook as a program that signs it", zh: "将对工作流 webhook 的请求写成可签名的程序",
	}, a.writeSnippet)
	register(a, operation{
		id: "check-verification", method: http.MethodPost, path: path("verification-check"), tag: tag, role: auth.Editor, body: checkBody{},
		summary: "Verify a stored request by the draft, or by settings that are not saved", zh: "按草稿或尚未保存的设置校验已存的请求",
	}, a.checkVerification)
	register(a, operation{
		id: "get-delivery-snippet", method: http.MethodGet, path: under("deliveries", "{id}", "snippet"), tag: "deliveries", role: auth.Viewer,
		summary: "Read a stored request as a program that sends it again", zh: "将已存的请求写成可再次发送的程序",
	}, a.deliverySnippet)
}

// base is where the caller reaches this server.
func base(ctx context.Context) string {
	e, _ := ctx.Value(exchangeKey{}).(exchange)
	return e.client.Base
}

func (a *api) getEndpoint(ctx context.Context, in *ByKey) (*struct{ Body trigger.Endpoint }, error) {
	found, err := a.Triggers.Endpoint(ctx, in.Key, base(ctx))
	if err != nil {
		return nil, err
	}
	return &struct{ Body trigger.Endpoint }{*found}, nil
}

func (a *api) checkPath(ctx context.Context, in *struct {
	ByKey
	Path    string   `query:"path" maxLength:"512" doc:"As the trigger would have it; default the workflow's key"`
	Methods []string `query:"methods" maxItems:"10" doc:"Default POST"`
},
) (*struct{ Body trigger.PathCheck }, error) {
	if len(in.Methods) == 0 {
		in.Methods = []string{http.MethodPost}
	}
	found, err := a.Triggers.CheckPath(ctx, in.Key, in.Path, in.Methods)
	if err != nil {
		return nil, err
	}
	return &struct{ Body trigger.PathCheck }{*found}, nil
}

func (a *api) openTest(ctx context.Context, in *ByKey) (*struct{ Body openTest }, error) {
	until, err := a.Triggers.Open(ctx, in.Key)
	return &struct{ Body openTest }{openTest{until.UTC()}}, err
}

func (a *api) sendTest(ctx context.Context, in *struct {
	ByKey
	Raw
},
) (*struct{ Body testResult }, error) {
	body, err := decode[testBody](&in.Raw)
	if err != nil {
		return nil, err
	}
	made, err := body.request(ctx)
	if err != nil {
		return nil, err
	}
	made.Sign = body.Sign
	sent, err := a.Triggers.Send(ctx, in.Key, made)
	if err != nil {
		return nil, err
	}
	return &struct{ Body testResult }{a.testResult(ctx, sent, body.Sign)}, nil
}

// request is what is to be sent.
func (t *testRequest) request(ctx context.Context) (trigger.Request, error) {
	out := trigger.Request{Method: t.Method, Path: t.Path, Query: queryOf(t.Query), Live: t.Target == "live", Base: base(ctx)}
	var err error
	if out.Body, err = bytesOf(t.Body, t.Base64); err != nil {
		return out, err
	}
	typed := len(out.Body) == 0
	for _, name := range slices.Sorted(maps.Keys(t.Headers)) {
		out.Headers = append(out.Headers, hookflow.Header{Name: name, Value: t.Headers[name]})
		typed = typed || strings.EqualFold(name, "Content-Type")
	}
	if !typed {
		out.Headers = append(out.Headers, hookflow.Header{Name: "Content-Type", Value: "application/json"})
	}
	return out, nil
}

func bytesOf(body value.Value, encoded string) ([]byte, error) {
	if encoded == "" {
		if plain, ok := body.Str(); ok {
			return []byte(plain), nil
		}
		return body, nil
	}
	if body != nil {
		return nil, hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: "/base64", Detail: "give either body or base64"})
	}
	var data []byte
	if err := json.Unmarshal(value.String(encoded), &data); err != nil {
		return nil, hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: "/base64", Detail: "is not base64"})
	}
	return data, nil
}

func (a *api) testResult(ctx context.Context, sent *trigger.Sent, wanted bool) testResult {
	answered := a.shownResponse(sent.Answer)
	view := viewOf(a.Env, auth.Admin) // what the caller gave, and what is not masked already
	out := testResult{
		Status: answered.Status, Headers: answered.Headers, Body: answered.Body, Signed: sent.Signed,
		Request: shownRequest{
			Method: sent.Request.Method, URL: view.URL(sent.Request.URL), Headers: view.Headers(sent.Request.Headers),
			Body: text(a.Env.Masker().Bytes(sent.Request.Body)),
		},
	}
	if wanted && !sent.Signed {
		out.WhyNot = &sent.WhyNot
	}
	if sent.Delivery != nil {
		item := a.deliveryItem(ctx, sent.Delivery)
		out.Delivery, out.Execution = &item, item.Execution
	}
	return out
}

func (a *api) writeSnippet(ctx context.Context, in *struct {
	ByKey
	Raw
},
) (*struct{ Body trigger.Snippet }, error) {
	body, err := decode[snippetBody](&in.Raw)
	if err != nil {
		return nil, err
	}
	made, err := body.request(ctx)
	if err == nil && body.Delivery != "" {
		made, err = a.fromDelivery(ctx, in.Key, body.Delivery, made)
	}
	if err != nil {
		return nil, err
	}
	written, err := a.Triggers.Snippet(ctx, in.Key, body.Language, made)
	return &struct{ Body trigger.Snippet }{written}, err
}

// fromDelivery takes what a stored request of the workflow was, without what nobody may see.
func (a *api) fromDelivery(ctx context.Context, key, delivery string, made trigger.Request) (trigger.Request, error) {
	id, err := idAt("/delivery", delivery)
	if err != nil {
		return made, err
	}
	d, body, err := a.shownDelivery(ctx, id, false)
	if err != nil {
		return made, err
	}
	if d.WorkflowKey != key {
		return made, hookflow.Errorf(hookflow.CodeConflict, "delivery %s is not one of the workflow %q", id, key)
	}
	made.Method, made.Path, made.Body, made.Headers = d.Method, d.Path, body, nil
	_, made.Query, _ = strings.Cut(d.URL, "?")
	for _, h := range d.Headers {
		if !strings.Contains(h.Value, secret.Mask) {
			made.Headers = append(made.Headers, h)
		}
	}
	return made, nil
}

// shownDelivery is a stored request as the caller may see it, with its body.
func (a *api) shownDelivery(ctx context.Context, id hookflow.ID, credentials bool) (*hookflow.Delivery, []byte, error) {
	d, err := a.Store.Delivery(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	body, err := a.Store.DeliveryBody(ctx, id)
	if err != nil && hookflow.CodeOf(err) != hookflow.CodeNotFound {
		return nil, nil, err
	}
	role := auth.From(ctx).Role
	if credentials && role.Allows(auth.Admin) {
		if err := a.openCredentials(ctx, d); err != nil {
			return nil, nil, err
		}
	}
	view := viewOf(a.Env, role)
	d.Headers, d.URL = view.Headers(d.Headers), view.URL(d.URL)
	return d, a.Env.Masker().Bytes(body), nil
}

func (a *api) deliverySnippet(ctx context.Context, in *struct {
	ByID
	Credentials bool   `query:"credentials" doc:"Show what is masked as it came. Administrators only; it is noted in the audit log"`
	Language    string `query:"language" enum:"curl,javascript,go,python" default:"curl"`
},
) (*struct{ Body trigger.Snippet }, error) {
	d, body, err := a.shownDelivery(ctx, in.ID.ID, in.Credentials)
	if err != nil {
		return nil, err
	}
	written, err := trigger.OfDelivery(in.Language, d, body)
	return &struct{ Body trigger.Snippet }{written}, err
}

func (a *api) checkVerification(ctx context.Context, in *struct {
	ByKey
	Raw
},
) (*struct{ Body trigger.Checked }, error) {
	body, err := decode[checkBody](&in.Raw)
	if err != nil {
		return nil, err
	}
	id, err := idAt("/delivery", body.Delivery)
	if err != nil {
		return nil, err
	}
	checked, err := a.Triggers.Check(ctx, in.Key, id, body.Verification)
	if err != nil {
		return nil, err
	}
	return &struct{ Body trigger.Checked }{*checked}, nil
}

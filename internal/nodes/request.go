package nodes

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[requestConfig]{
		Type:  "request",
		Title: node.Text{EN: "HTTP request", ZH: "HTTP 请求"},
		Help: node.Text{
			EN: "Sends an HTTP request and reads the answer. A status of 400 or more is an error unless ignoreFailure is set. Every attempt and every run after a crash sends the same Idempotency-Key.",
			ZH: "发送 HTTP 请求并读取应答。状态码 ≥ 400 视为错误，除非设置 ignoreFailure。重试与崩溃后的重新运行都发送相同的 Idempotency-Key。",
		},
		Icon: "globe", Family: node.FamilyOut, Effect: node.External,
		Result: node.Text{
			EN: "{status, headers, data}: header names in lower case; data is parsed by its Content-Type as $context.data is. After a failure that was ignored without an answer, status and data are null",
			ZH: "{status, headers, data}：响应头名称为小写；data 按 Content-Type 解析，同 $context.data。忽略失败且没有应答时，status 与 data 为 null",
		},
		Check: checkRequest,
		Run:   runRequest,
	})
}

type requestConfig struct {
	Method          string            `json:"method,omitempty" enum:"GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS" default:"GET" doc:"Method" zh:"请求方法"`
	URL             string            `json:"url" required:"true" format:"uri" doc:"Where to; http:// or https://" zh:"请求地址，http:// 或 https://"`
	Headers         map[string]string `json:"headers,omitempty" ui:"keyvalue" doc:"Headers; one that is null is not sent" zh:"请求头；为 null 的不发送"`
	Query           value.Value       `json:"query,omitempty" ui:"keyvalue" doc:"Parameters added to the URL; a list repeats its name" zh:"附加到 URL 的参数；列表会重复该名称"`
	Body            value.Value       `json:"body,omitempty" ui:"code" doc:"A text is sent as it is, anything else as JSON, null as nothing" zh:"文本原样发送，其他值以 JSON 发送，null 不发送"`
	Form            value.Value       `json:"form,omitempty" ui:"keyvalue" doc:"Fields of a form (application/x-www-form-urlencoded), instead of body" zh:"表单字段（application/x-www-form-urlencoded），与 body 二选一"`
	Auth            *requestAuth      `json:"auth,omitempty" doc:"Credentials; they are not sent along with a redirect to another host" zh:"凭据；重定向到其他主机时不发送"`
	Timeout         hookflow.Duration `json:"timeout,omitzero" default:"30s" min:"1ms" max:"5m" doc:"Longest time until the whole answer is there" zh:"等待完整应答的最长时间"`
	RetryOn         []int             `json:"retryOn,omitempty" doc:"Statuses that are always an error, so that the node's retry applies" zh:"始终视为错误的状态码，以便节点重试"`
	FollowRedirects bool              `json:"followRedirects,omitempty" default:"true" doc:"Whether redirects are followed, at most 10" zh:"是否跟随重定向，最多 10 次"`
	IgnoreFailure   bool              `json:"ignoreFailure,omitempty" doc:"Go on although there is no answer, or one of status 400 or more" zh:"没有应答或状态码 ≥ 400 时继续"`
}

var errBodyAndForm = errors.New("body and form cannot both be sent")

func checkRequest(c *requestConfig) []hookflow.Problem {
	problems := slices.Concat(
		problemAt("/query", checkObject(c.Query)),
		problemAt("/form", checkObject(c.Form)),
	)
	if !c.Body.IsNull() && !c.Form.IsNull() {
		problems = append(problems, problemAt("/form", errBodyAndForm)...)
	}
	return problems
}

func runRequest(ctx context.Context, call *node.Call[requestConfig]) (node.Outcome, error) {
	c := call.Config
	out, err := c.outgoing(call.IdemKey)
	if err != nil {
		return nil, err
	}
	answer, err := call.Env.HTTP.Do(ctx, out)
	switch {
	case err == nil:
		return c.read(answer)
	case c.IgnoreFailure && ctx.Err() == nil:
		call.Log("warn", err.Error())
		return node.Done{Result: value.Raw(`{"status":null,"headers":{},"data":null}`)}, nil
	default:
		return nil, err
	}
}

func (c *requestConfig) outgoing(idempotencyKey string) (node.HTTPRequest, error) {
	out := node.HTTPRequest{Method: c.Method, Timeout: c.Timeout.Std(), FollowRedirects: c.FollowRedirects}
	query, err := encodePairs(c.Query)
	if err != nil {
		return out, fmt.Errorf("query: %w", err)
	}
	out.URL = withQuery(c.URL, query)
	headers := newHeaders(c.Headers)
	body, contentType, err := c.payload()
	if err != nil {
		return out, err
	}
	if out.Body = body; body != nil {
		headers.setDefault("Content-Type", contentType)
	}
	if err := c.Auth.addTo(&headers); err != nil {
		return out, fmt.Errorf("auth: %w", err)
	}
	if c.Method != "GET" && c.Method != "HEAD" {
		headers.setDefault("Idempotency-Key", idempotencyKey)
	}
	out.Headers = headers
	return out, nil
}

// payload is the body with the type that it has unless a header says otherwise.
func (c *requestConfig) payload() (body []byte, contentType string, err error) {
	switch {
	case !c.Form.IsNull() && !c.Body.IsNull():
		return nil, "", errBodyAndForm
	case !c.Form.IsNull():
		form, err := encodePairs(c.Form)
		if err != nil {
			return nil, "", fmt.Errorf("form: %w", err)
		}
		return []byte(form), "application/x-www-form-urlencoded", nil
	case c.Body.IsNull():
		return nil, "", nil
	case c.Body.Kind() == value.KindString:
		return []byte(c.Body.Text()), textPlain, nil
	default:
		return c.Body, applicationJSON, nil
	}
}

// read makes the answer the result, or the error that it is.
func (c *requestConfig) read(answer *node.HTTPResponse) (node.Outcome, error) {
	if slices.Contains(c.RetryOn, answer.Status) || answer.Status >= 400 && !c.IgnoreFailure {
		return nil, fmt.Errorf("the server answered %d%s", answer.Status, excerpt(answer.Body))
	}
	raw := request.Raw{Headers: answer.Headers, Body: answer.Body}
	data := value.String(string(answer.Body)) // when it is not what its type says
	if parsed, err := request.Parse(raw); err == nil {
		data = parsed.Data()
	}
	return node.Done{Result: new(value.Object).
		Set("status", value.Int(int64(answer.Status))).
		Set("headers", request.New(raw).Lookup("headers")).
		Set("data", data).
		Value()}, nil
}

const maxExcerpt = 200 // characters

// excerpt is the beginning of a body for an error, on one line.
func excerpt(body []byte) string {
	const bytesPerCharacter = 4
	text := string(body[:min(len(body), bytesPerCharacter*(maxExcerpt+1))])
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "�")), " ")
	if text == "" {
		return ""
	}
	if characters := []rune(text); len(characters) > maxExcerpt {
		text = string(characters[:maxExcerpt-1]) + "…"
	}
	return ": " + text
}

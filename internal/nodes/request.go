package nodes

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

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
			EN: "Sends an HTTP request and reads the answer. A status of 400 or more is an error unless ignoreFailure is set. Every attempt and every run after a crash sends the same Idempotency-Key. The node's retry waits as long as the answer's Retry-After asks for, an hour at most.",
			ZH: "发送 HTTP 请求并读取应答。状态码 ≥ 400 视为错误，除非设置 ignoreFailure。重试与崩溃后的重新运行都发送相同的 Idempotency-Key。节点重试会遵守应答的 Retry-After，最长一小时。",
		},
		Icon: "globe", Family: node.FamilyOut, Effect: node.External,
		Result: node.Text{
			EN: "{status, headers, data}: header names in lower case; data is parsed by its Content-Type as $context.data is. An answer of more than 4 MiB is cut: data is {truncated, bytes, head}. After a failure that was ignored without an answer, status and data are null",
			ZH: "{status, headers, data}：响应头名称为小写；data 按 Content-Type 解析，同 $context.data。超过 4 MiB 的应答会被截断：data 为 {truncated, bytes, head}。忽略失败且没有应答时，status 与 data 为 null",
		},
		ResultSchema: answerSchema,
		Check:        checkRequest,
		Run:          runRequest,
	})
}

type requestConfig struct {
	Method          string            `json:"method,omitempty" enum:"GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS" default:"GET" doc:"Method" zh:"请求方法"`
	URL             string            `json:"url" required:"true" format:"uri" doc:"Where to; http:// or https://" zh:"请求地址，http:// 或 https://"`
	Headers         map[string]string `json:"headers,omitempty" ui:"keyvalue" doc:"Headers; one that is null is not sent" zh:"请求头；为 null 的不发送"`
	Query           value.Value       `json:"query,omitempty" ui:"keyvalue" doc:"Parameters added to the URL; a list repeats its name" zh:"附加到 URL 的参数；列表会重复该名称"`
	Body            value.Value       `json:"body,omitempty" ui:"body" alt:"body" doc:"A text is sent as it is, null as nothing, anything else as JSON, or as XML when the Content-Type among the headers says so: members are elements, @name attributes, #text text" zh:"文本原样发送，null 不发送，其他值以 JSON 发送；请求头的 Content-Type 为 XML 时以 XML 发送：成员为元素，@名称 为属性，#text 为文本"`
	Form            value.Value       `json:"form,omitempty" ui:"keyvalue" alt:"form" doc:"Fields of a form (application/x-www-form-urlencoded), instead of body" zh:"表单字段（application/x-www-form-urlencoded），替代 body"`
	Multipart       []requestPart     `json:"multipart,omitempty" max:"1000" alt:"multipart" doc:"Parts of a form with files (multipart/form-data), instead of body" zh:"带文件的表单（multipart/form-data）的各部分，替代 body"`
	File            value.Value       `json:"file,omitempty" alt:"file" doc:"A file whose bytes are sent, instead of body: of a request or a record, its id, or {base64, filename, contentType}" zh:"作为请求体发送的文件，替代 body：请求或记录中的文件、其 id，或 {base64, filename, contentType}"`
	Auth            *requestAuth      `json:"auth,omitempty" doc:"Credentials; they are not sent along with a redirect to another host" zh:"凭据；重定向到其他主机时不发送"`
	Timeout         hookflow.Duration `json:"timeout,omitzero" default:"30s" min:"1ms" max:"5m" more:"true" doc:"Longest time until the whole answer is there" zh:"等待完整应答的最长时间"`
	RetryOn         []int             `json:"retryOn,omitempty" more:"true" doc:"Statuses that are always an error, and the only ones after which the node's retry tries again; without it all errors are" zh:"始终视为错误的状态码，且仅在这些状态码后重试；未设置时所有错误都会重试"`
	FollowRedirects bool              `json:"followRedirects,omitempty" default:"true" more:"true" doc:"Whether redirects are followed, at most 10" zh:"是否跟随重定向，最多 10 次"`
	TLS             *requestTLS       `json:"tls,omitempty" more:"true" doc:"What to believe of the server and to prove to it" zh:"服务器证书的信任与客户端证书"`
	Proxy           string            `json:"proxy,omitempty" more:"true" doc:"URL of an HTTP, HTTPS or SOCKS5 proxy, such as http://proxy.example:3128" zh:"HTTP、HTTPS 或 SOCKS5 代理地址，如 http://proxy.example:3128"`
	IgnoreFailure   bool              `json:"ignoreFailure,omitempty" more:"true" doc:"Go on although there is no answer, or one of status 400 or more" zh:"没有应答或状态码 ≥ 400 时继续"`
}

func checkRequest(c *requestConfig) []hookflow.Problem {
	problems := slices.Concat(
		problemAt("/query", checkObject(c.Query)),
		problemAt("/form", checkObject(c.Form)),
	)
	if bodies := c.bodies(); len(bodies) > 1 {
		problems = append(problems, problemAt("/"+bodies[1], errBodies)...)
	}
	return problems
}

// maxData is how much of an answer is kept in full, in bytes of JSON: headers
// find room beside it.
const maxData = node.MaxResult - 1<<20

func runRequest(ctx context.Context, call *node.Call[requestConfig]) (node.Outcome, error) {
	c := call.Config
	out, err := c.outgoing(ctx, call)
	if err != nil {
		return nil, err
	}
	answer, err := c.Auth.exchange(ctx, call.Run, out)
	switch {
	case err == nil && c.refused(answer.Status):
		return nil, c.refusal(answer, call.Now)
	case err == nil:
		return c.read(answer), nil
	case c.IgnoreFailure && ctx.Err() == nil:
		call.Log("warn", err.Error())
		return node.Done{Result: value.Raw(`{"status":null,"headers":{},"data":null}`)}, nil
	default:
		return nil, err
	}
}

func (c *requestConfig) outgoing(ctx context.Context, call *node.Call[requestConfig]) (*node.HTTPRequest, error) {
	query, err := encodePairs(c.Query)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	headers := newHeaders(c.Headers)
	payload, err := c.payload(ctx, headers.get(contentTypeHeader), call.Env.Files)
	if err != nil {
		return nil, err
	}
	switch {
	case payload.fixed:
		headers.set(contentTypeHeader, payload.contentType)
	case payload.body != nil:
		headers.setDefault(contentTypeHeader, payload.contentType)
	}
	if c.Method != "GET" && c.Method != "HEAD" {
		headers.setDefault("Idempotency-Key", call.IdemKey)
	}
	return &node.HTTPRequest{
		Method: c.Method, URL: withQuery(c.URL, query), Headers: headers, Body: payload.body,
		Timeout: c.Timeout.Std(), FollowRedirects: c.FollowRedirects, MaxResponse: maxData, Cut: true,
		TLS: c.TLS.options(), Proxy: c.Proxy,
	}, nil
}

func (c *requestConfig) refused(status int) bool {
	return slices.Contains(c.RetryOn, status) || status >= 400 && !c.IgnoreFailure
}

func (c *requestConfig) refusal(answer *node.HTTPResponse, now time.Time) error {
	return &node.RetryError{
		Err:   fmt.Errorf("the server answered %d%s", answer.Status, excerpt(answer.Body)),
		After: retryAfter(answer.Headers, now),
		Never: len(c.RetryOn) > 0 && !slices.Contains(c.RetryOn, answer.Status),
	}
}

// read makes the answer the result.
func (c *requestConfig) read(answer *node.HTTPResponse) node.Outcome {
	raw := request.Raw{Headers: answer.Headers, Body: answer.Body}
	return node.Done{Result: new(value.Object).
		Set("status", value.Int(int64(answer.Status))).
		Set("headers", request.New(raw).Lookup("headers")).
		Set("data", dataOf(answer, raw)).
		Value()}
}

func dataOf(answer *node.HTTPResponse, raw request.Raw) value.Value {
	if answer.Cut {
		return node.Cut(answer.Body, max(contentLength(answer.Headers), int64(len(answer.Body))))
	}
	data := value.String(string(answer.Body)) // when it is not what its type says
	if parsed, err := request.Parse(raw); err == nil {
		data = parsed.Data()
	}
	if len(data) > maxData {
		return node.Cut(answer.Body, int64(len(answer.Body)))
	}
	return data
}

// contentLength is how long the answer says that it is, 0 when it does not.
func contentLength(h headers) int64 {
	n, _ := strconv.ParseInt(h.get("Content-Length"), 10, 64)
	return n
}

// retryAfter reads how long a server wants to be left alone (RFC 9110, section
// 10.2.3); 0 when it does not say.
func retryAfter(h headers, now time.Time) time.Duration {
	text := h.get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(seconds) * time.Second
	}
	for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05 GMT", time.RFC850, time.ANSIC} {
		if at, err := time.Parse(layout, text); err == nil {
			return max(at.Sub(now), 0)
		}
	}
	return 0
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

// withoutText takes a text out of what a server sent back of it.
func withoutText(answer *node.HTTPResponse, text string) {
	const mask = "••••"
	answer.Body = bytes.ReplaceAll(answer.Body, []byte(text), []byte(mask))
	for i, h := range answer.Headers {
		answer.Headers[i].Value = strings.ReplaceAll(h.Value, text, mask)
	}
}

var errBodies = errors.New("only one of body, form, multipart and file can be sent")

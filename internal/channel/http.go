package channel

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	register(Def[httpConfig]{
		Type:  "http",
		Title: node.Text{EN: "HTTP request", ZH: "HTTP 请求"},
		Help: node.Text{
			EN: "Sends a request of your own making. In headers and body {{$message.title}}, .text, .markdown, .to, .template, .params and .id stand for the message; without a body it is sent as JSON. A status of 300 or more is a failure. Idempotency-Key tells a message that is sent again.",
			ZH: "发送自定义请求。headers 与 body 中可用 {{$message.title}}、.text、.markdown、.to、.template、.params、.id 引用消息；不设置 body 时以 JSON 发送整个消息。状态码 ≥ 300 视为失败。重复发送时 Idempotency-Key 相同。",
		},
		Icon: "globe", Takes: []Part{To, Title, Text, Markdown, Template, Params},
		OverMessage: []string{"headers", "body"},
		Send:        sendHTTP,
	})
}

type httpConfig struct {
	URL     string            `json:"url" required:"true" secret:"true" format:"uri" doc:"Where to; http:// or https://" zh:"请求地址，http:// 或 https://"`
	Method  string            `json:"method,omitempty" literal:"true" enum:"POST,PUT,PATCH,GET" default:"POST" doc:"Method" zh:"请求方法"`
	Headers map[string]string `json:"headers,omitempty" secret:"true" ui:"keyvalue" doc:"Headers" zh:"请求头"`
	Body    value.Value       `json:"body,omitempty" ui:"body" doc:"A text is sent as it is, anything else as JSON" zh:"文本原样发送，其他值以 JSON 发送"`
}

func sendHTTP(ctx context.Context, env *Env, c *httpConfig, m *node.Message) (node.Answer, error) {
	r := node.HTTPRequest{Method: c.Method, URL: c.URL}
	for _, name := range slices.Sorted(maps.Keys(c.Headers)) {
		r.Headers = append(r.Headers, hookflow.Header{Name: name, Value: c.Headers[name]})
	}
	setDefault := func(name, text string) {
		if !slices.ContainsFunc(r.Headers, func(h hookflow.Header) bool { return strings.EqualFold(h.Name, name) }) {
			r.Headers = append(r.Headers, hookflow.Header{Name: name, Value: text})
		}
	}
	setDefault("Idempotency-Key", m.ID)
	switch {
	case c.Method == "GET" && c.Body == nil:
	case c.Body == nil:
		r.Body = encode(m)
		setDefault("Content-Type", "application/json")
	case c.Body.Kind() == value.KindString:
		r.Body = []byte(c.Body.Text())
		setDefault("Content-Type", "text/plain; charset=utf-8")
	default:
		r.Body = c.Body
		setDefault("Content-Type", "application/json")
	}
	return verdict{}.judged(env.exchange(ctx, r))
}

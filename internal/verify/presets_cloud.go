package verify

import (
	"time"

	"github.com/hookflow/hookflow"
)

// Files and clouds.

var dropbox = preset{
	key: "dropbox", title: Text{"Dropbox", "Dropbox"},
	doc:        Text{"Webhooks of a Dropbox app. They say whose files changed and have no id: do not take them for duplicates.", "Dropbox 应用的 Webhook。仅说明哪些账户的文件有变化且没有编号，不应去重。"},
	rule:       Rule{Header: "X-Dropbox-Signature"},
	handshakes: []handshake{echoQuery("GET", "challenge")},
	provider: Provider{
		Deadline: 10 * time.Second,
		Steps: []Text{
			{"Copy App secret from the app's settings in the App Console and keep it here as `secret`.", "复制 App Console 中应用设置的 App secret，在此保存为 `secret`。"},
			enterURL(Text{"Webhooks → Webhook URIs", "Webhooks → Webhook URIs"}),
		},
		Sources: []string{"https://www.dropbox.com/developers/reference/webhooks"},
	},
}.scheme()

var box = preset{
	key: "box", title: Text{"Box", "Box"},
	doc: Text{"Webhooks (V2) of a Box app, signed with one or two keys.", "Box 应用的 Webhook（V2），以一个或两个密钥签名。"},
	rule: Rule{
		Header: "BOX-SIGNATURE-PRIMARY, BOX-SIGNATURE-SECONDARY", Encoding: "base64", Content: "{body}{ts}",
		Timestamp: &Timestamp{Header: "BOX-DELIVERY-TIMESTAMP", Unit: "rfc3339", Tolerance: tenMinutes, Future: hookflow.Duration(time.Minute)},
	},
	provider: Provider{
		ID:       []string{"{{$context.data.id}}"},
		Event:    []string{"{{$context.data.trigger}}"},
		Deadline: 30 * time.Second,
		Steps: theyGive(Text{"Developer Console → the app → Webhooks → Create webhook", "Developer Console → 应用 → Webhooks → Create webhook"}, "Primary key (Manage signature keys)",
			Text{"With a secondary key too, write both as `secrets`.", "若还有 Secondary key，将两者一并填入 `secrets`。"}),
		Sources: []string{"https://developer.box.com/guides/webhooks/v2/signatures-v2/"},
	},
}.scheme()

type cloudeventsSettings struct {
	Common
	Secrets
	Origins []string `json:"origins,omitempty" literal:"true" max:"50" doc:"Senders that may ask for permission to deliver, such as eventgrid.azure.net; default any" zh:"允许请求投递许可的来源，如 eventgrid.azure.net；默认不限"`
}

func (c *cloudeventsSettings) given() given { return given{keys: c.all(), origins: c.Origins} }

var cloudeventsPreset = preset{
	key: "cloudevents", title: Text{"CloudEvents", "CloudEvents"},
	doc:        Text{"CloudEvents over HTTP with an access token.", "基于 HTTP 的 CloudEvents，使用访问令牌。"},
	shows:      []shownAt{{place{header: "Authorization"}, "Bearer"}, {place: place{query: "access_token"}}},
	handshakes: []handshake{allowOrigin},
	provider: Provider{
		ID: []string{
			"{{$context.headers.ce-source}} {{$context.headers.ce-id}}",
			"{{$context.data.source}} {{$context.data.id}}",
		},
		Event: []string{"{{$context.headers.ce-type}}", "{{$context.data.type}}"},
		Steps: []Text{
			{"Make up a long random secret and keep it here as `secret`.", "自行生成一个足够长的随机密钥，在此保存为 `secret`。"},
			{"Give the sender this endpoint's URL and the secret as its bearer token, or as `access_token` in the URL.", "将本端点的 URL 与该密钥交给发送方：作为 Bearer 令牌，或作为 URL 中的 `access_token`。"},
		},
		Sources: []string{"https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md"},
	},
}

var cloudevents = special(cloudeventsPreset, func(*cloudeventsSettings) (proof, []hookflow.Problem) { return cloudeventsPreset.proof(nil) })

type eventgridSettings struct {
	Common
	Secrets
	Header string `json:"header,omitempty" literal:"true" doc:"Header that holds the secret" zh:"携带密钥的请求头"`
	Query  string `json:"query,omitempty" literal:"true" doc:"Query parameter that holds the secret; default code, when there is no header" zh:"携带密钥的查询参数；未设置 header 时默认为 code"`
}

func (c *eventgridSettings) given() given { return given{keys: c.all()} }

var eventgrid = special(preset{
	key: "eventgrid", title: Text{"Azure Event Grid", "Azure 事件网格"},
	doc:        Text{"Event subscriptions of Azure Event Grid with a secret in the URL or in a header.", "Azure 事件网格的事件订阅，密钥在 URL 或请求头中。"},
	handshakes: []handshake{validateSubscription, allowOrigin},
	provider: Provider{
		ID:       []string{"{{$context.data.id}}"},
		Event:    []string{"{{$context.data.eventType}}", "{{$context.data.type}}"},
		Deadline: 30 * time.Second,
		Steps:    inURL(Text{"Event Subscriptions → Create → Endpoint type Web Hook", "事件订阅 → 创建 → 终结点类型选择 Webhook"}, "code"),
		Sources:  []string{"https://learn.microsoft.com/azure/event-grid/webhook-event-delivery", "https://learn.microsoft.com/azure/event-grid/secure-webhook-delivery"},
	},
}, func(c *eventgridSettings) (proof, []hookflow.Problem) {
	switch {
	case c.Header != "" && c.Query != "":
		return nil, []hookflow.Problem{{Pointer: "/query", Detail: "only one of header and query can hold the secret"}}
	case c.Header != "":
		return shown{{place: place{header: c.Header}}}, nil
	case c.Query != "":
		return shown{{place: place{query: c.Query}}}, nil
	default:
		return shown{{place: place{query: "code"}}}, nil
	}
})

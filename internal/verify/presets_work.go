package verify

import (
	"net/http"
	"time"
)

// Customers, support and tasks.

var hubspotV3 = preset{
	key: "hubspot_v3", title: Text{"HubSpot", "HubSpot"},
	doc: Text{"Webhooks of a HubSpot app, signed as version 3. The URL is signed, so the server's public URL must be right.", "HubSpot 应用的 Webhook（v3 签名）。URL 参与签名，因此服务器的公开 URL 必须正确。"},
	rule: Rule{
		Header: "X-HubSpot-Signature-v3", Encoding: "base64", Content: "{method}{url}{body}{ts}",
		Timestamp: &Timestamp{Header: "X-HubSpot-Request-Timestamp", Unit: "ms"},
	},
	also: []string{"{method}{url:unescaped}{body}{ts}"},
	provider: Provider{
		ID:       []string{"{{$context.data.eventId}} {{$context.data.subscriptionId}}"},
		Event:    []string{"{{$context.data.subscriptionType}}"},
		Deadline: 5 * time.Second,
		Steps:    theyGive(Text{"The app → Webhooks → Target URL", "应用 → Webhooks → Target URL"}, "Client secret (Auth)"),
		Sources:  []string{"https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests"},
	},
}.scheme()

var hubspotV1V2 = preset{
	key: "hubspot_v1v2", title: Text{"HubSpot, old signatures", "HubSpot（旧版签名）"},
	doc:  Text{"Requests of HubSpot that are signed as version 1 or 2: a digest without a time. Prefer hubspot_v3.", "HubSpot 以 v1 或 v2 签名的请求：不含时间的摘要。应优先使用 hubspot_v3。"},
	rule: Rule{Header: "X-HubSpot-Signature", Content: "{secret}{body}"},
	also: []string{"{secret}{method}{url}{body}"},
	mac:  MAC{Kind: "digest"},
	provider: Provider{
		ID:       []string{"{{$context.data.eventId}} {{$context.data.subscriptionId}}"},
		Event:    []string{"{{$context.data.subscriptionType}}"},
		Deadline: 5 * time.Second,
		Steps:    theyGive(Text{"The app → Webhooks → Target URL", "应用 → Webhooks → Target URL"}, "Client secret (Auth)"),
		Sources:  []string{"https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests"},
	},
}.scheme()

var zendesk = preset{
	key: "zendesk", title: Text{"Zendesk", "Zendesk"},
	doc: Text{"Webhooks of Zendesk.", "Zendesk 的 Webhook。"},
	rule: Rule{
		Header: "X-Zendesk-Webhook-Signature", Encoding: "base64", Content: "{ts}{body}",
		Timestamp: &Timestamp{Header: "X-Zendesk-Webhook-Signature-Timestamp", Unit: "rfc3339"},
	},
	provider: Provider{
		ID:       []string{"{{$context.headers.x-zendesk-webhook-invocation-id}}"},
		Event:    []string{"{{$context.data.type}}"},
		Deadline: 12 * time.Second,
		Steps:    theyGive(Text{"Admin Center → Apps and integrations → Webhooks → Create webhook", "Admin Center → Apps and integrations → Webhooks → Create webhook"}, "Signing secret (Reveal secret)"),
		Sources:  []string{"https://developer.zendesk.com/documentation/webhooks/verifying/"},
	},
}.scheme()

var notion = preset{
	key: "notion", title: Text{"Notion", "Notion"},
	doc:        Text{"Webhook subscriptions of a Notion integration.", "Notion 集成的 Webhook 订阅。"},
	rule:       Rule{Header: "X-Notion-Signature", Prefix: "sha256="},
	handshakes: []handshake{captureJSON("verification_token")},
	provider: Provider{
		ID:    []string{"{{$context.data.id}}"},
		Event: []string{"{{$context.data.type}}"},
		Steps: []Text{
			{"Make a plain variable without a value, such as NOTION_TOKEN, and write `secret` here as {{$env.NOTION_TOKEN}}.", "新建一个没有值的普通变量，如 NOTION_TOKEN，并在此将 `secret` 写成 {{$env.NOTION_TOKEN}}。"},
			enterURL(Text{"The integration → Webhooks → Create a subscription", "集成 → Webhooks → Create a subscription"}),
			{"Notion sends its verification token, which becomes the variable's value: enter it at Notion under Verify.", "Notion 随即发来 verification token，它成为该变量的值：将其填入 Notion 的 Verify。"},
			{"Make the variable a secret.", "将该变量改为机密变量。"},
		},
		Sources: []string{"https://developers.notion.com/reference/webhooks"},
	},
}.scheme()

var asana = preset{
	key: "asana", title: Text{"Asana", "Asana"},
	doc:        Text{"Webhooks of Asana, which chooses the secret itself.", "Asana 的 Webhook，密钥由 Asana 生成。"},
	rule:       Rule{Header: "X-Hook-Signature"},
	handshakes: []handshake{captureHeader("X-Hook-Secret")},
	provider: Provider{
		Event:    []string{"{{$context.data.events.action}}"},
		Deadline: 10 * time.Second,
		Steps: []Text{
			{"Write `secret` here as a secret variable, such as {{$env.ASANA_SECRET}}, and leave it without a value.", "在此将 `secret` 写成机密变量，如 {{$env.ASANA_SECRET}}，暂不赋值。"},
			{"Create the webhook with POST /webhooks and this endpoint's URL as target; the secret that Asana sends becomes the variable's value.", "通过 POST /webhooks 创建 Webhook，target 为本端点的 URL；Asana 发来的密钥成为该变量的值。"},
		},
		Sources: []string{"https://developers.asana.com/docs/webhooks-guide"},
	},
}.scheme()

var trello = preset{
	key: "trello", title: Text{"Trello", "Trello"},
	doc:        Text{"Webhooks of Trello. The URL is signed, so the server's public URL must be right.", "Trello 的 Webhook。URL 参与签名，因此服务器的公开 URL 必须正确。"},
	rule:       Rule{Header: "X-Trello-Webhook", Encoding: "base64", Content: "{body}{url}"},
	mac:        MAC{Algorithm: "sha1"},
	handshakes: []handshake{probe(http.MethodHead, open)},
	provider: Provider{
		ID:    []string{"{{$context.data.action.id}}"},
		Event: []string{"{{$context.data.action.type}}"},
		Steps: []Text{
			{"Copy Secret from the Power-Up's API key page and keep it here as `secret`.", "复制 Power-Up 的 API key 页面中的 Secret，在此保存为 `secret`。"},
			{"Create the webhook with POST /1/webhooks and this endpoint's URL as callbackURL.", "通过 POST /1/webhooks 创建 Webhook，callbackURL 为本端点的 URL。"},
		},
		Sources: []string{"https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/"},
	},
}.scheme()

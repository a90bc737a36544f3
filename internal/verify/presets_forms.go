package verify

import (
	"net/http"
	"time"
)

// Forms, appointments and signatures of documents.

var typeform = preset{
	key: "typeform", title: Text{"Typeform", "Typeform"},
	doc:  Text{"Webhooks of a typeform.", "Typeform 表单的 Webhook。"},
	rule: Rule{Header: "Typeform-Signature", Prefix: "sha256=", Encoding: "base64"},
	provider: Provider{
		ID:       []string{"{{$context.data.event_id}}"},
		Event:    []string{"{{$context.data.event_type}}"},
		Deadline: 30 * time.Second,
		Steps:    weChoose(Text{"Connect → Webhooks → Add a webhook", "Connect → Webhooks → Add a webhook"}, "Secret"),
		Sources:  []string{"https://www.typeform.com/developers/webhooks/secure-your-webhooks/"},
	},
}.scheme()

var calendly = preset{
	key: "calendly", title: Text{"Calendly", "Calendly"},
	doc: Text{"Webhook subscriptions of Calendly.", "Calendly 的 Webhook 订阅。"},
	rule: Rule{
		Header: "Calendly-Webhook-Signature", ListSeparator: ",", KeyValueSeparator: "=", Key: "v1", Content: "{ts}.{body}",
		Timestamp: &Timestamp{Key: "t"},
	},
	provider: Provider{
		ID:    []string{"{{$context.data.payload.uri}} {{$context.data.event}} {{$context.data.created_at}}"},
		Event: []string{"{{$context.data.event}}"},
		Steps: []Text{
			{"Make up a long random secret and keep it here as `secret`.", "自行生成一个足够长的随机密钥，在此保存为 `secret`。"},
			{"Create the subscription with POST /webhook_subscriptions, this endpoint's URL as url and the secret as signing_key.", "通过 POST /webhook_subscriptions 创建订阅，url 为本端点的 URL，signing_key 为该密钥。"},
		},
		Sources: []string{"https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures"},
	},
}.scheme()

var docusign = preset{
	key: "docusign", title: Text{"DocuSign Connect", "DocuSign Connect"},
	doc:  Text{"Connect messages of DocuSign, signed with up to a hundred keys.", "DocuSign 的 Connect 消息，最多以一百个密钥签名。"},
	rule: Rule{Header: "X-DocuSign-Signature-{n}", Encoding: "base64"},
	provider: Provider{
		ID:       []string{"{{$context.data.data.envelopeId}} {{$context.data.event}} {{$context.data.generatedDateTime}}"},
		Event:    []string{"{{$context.data.event}}"},
		Deadline: 100 * time.Second,
		Steps: theyGive(Text{"Settings → Connect → Add configuration", "Settings → Connect → Add configuration"}, "the key (Connect Keys → Add Secret Key)",
			Text{"Switch on Include HMAC Signature and choose JSON with the SIM delivery mode.", "启用 Include HMAC Signature，并选择 JSON 与 SIM 投递方式。"}),
		Sources: []string{"https://developers.docusign.com/platform/webhooks/connect/validate/"},
	},
}.scheme()

var wjx = preset{
	key: "wjx", title: Text{"WJX", "问卷星"},
	doc:  Text{"Answers that WJX pushes. Only the numbers of form and answer are signed.", "问卷星的答卷数据推送。仅问卷编号与答卷序号参与签名。"},
	rule: Rule{JSON: "sign", Content: "{json:activity}{json:index}{secret}"}, mac: MAC{Kind: "digest", Algorithm: "sha1"},
	provider: Provider{
		ID:      []string{"{{$context.data.activity}} {{$context.data.joinid}}"},
		Steps:   theyGive(Text{"The form's 数据推送 API", "问卷的“数据推送 API”设置"}, "推送密钥"),
		Sources: []string{"https://www.showdoc.com.cn/wjxopenapi/7664690808275512"},
	},
}.scheme()

var tencentSurvey = preset{
	key: "tencent_survey", title: Text{"Tencent Survey", "腾讯问卷"},
	doc:   Text{"Answers that Tencent Survey pushes unsigned: the secret is in the URL.", "腾讯问卷的答卷推送。其本身不签名，密钥放在 URL 中。"},
	shows: []shownAt{{place: place{query: "secret"}}},
	provider: Provider{
		ID:    []string{"{{$context.data.id}}"},
		Event: []string{"{{$context.data.action}}"},
		Steps: inURL(Text{"The survey's Webhook settings", "问卷的 Webhook 设置"}, "secret",
			Text{"URLs with a port are refused there: the server must be on 80 or 443.", "其中不接受带端口的 URL：服务器须使用 80 或 443 端口。"}),
		Sources: []string{"https://wj.qq.com/docs/webhook"},
	},
}.scheme()

var jinshuju = preset{
	key: "jinshuju", title: Text{"Jinshuju", "金数据"},
	doc:   Text{"Entries that Jinshuju pushes: the secret is in the URL. For a user name in the URL take scheme basic.", "金数据的数据推送，密钥放在 URL 中。若在 URL 中使用用户名与密码，请选择 basic 方式。"},
	shows: []shownAt{{place: place{query: "secret"}}},
	provider: Provider{
		ID:      []string{"{{$context.data.form}} {{$context.data.entry.serial_number}} {{$context.data.entry.updated_at}}"},
		Steps:   inURL(Text{"The form's 设置 → 数据推送", "表单的 设置 → 数据推送"}, "secret"),
		Sources: []string{"https://help.jinshuju.net/articles/http-push"},
	},
}.scheme()

var jiandaoyun = preset{
	key: "jiandaoyun", title: Text{"Jiandaoyun", "简道云"},
	doc:  Text{"Records that Jiandaoyun pushes.", "简道云的数据推送。"},
	rule: Rule{Header: "X-JDY-Signature", Content: "{q:nonce}:{body}:{secret}:{q:timestamp}"}, mac: MAC{Kind: "digest", Algorithm: "sha1"},
	provider: Provider{
		ID:      []string{"{{$context.headers.x-jdy-deliverid}}"},
		Event:   []string{"{{$context.data.op}}"},
		Steps:   theyGive(Text{"The form's 扩展功能 → 数据推送", "表单的 扩展功能 → 数据推送"}, "Secret"),
		Sources: []string{"https://hc.jiandaoyun.com/open/11507", "https://hc.jiandaoyun.com/doc/10732"},
	},
}.scheme()

var fanqier = preset{
	key: "fanqier", title: Text{"Fanqier", "番茄表单"},
	doc:  Text{"Records that Fanqier pushes; it takes nothing but `success` for an answer.", "番茄表单的数据推送；仅以 `success` 为成功应答。"},
	rule: Rule{JSON: "sign", Content: "{json:data}{json:time}{secret}"}, mac: MAC{Kind: "digest", Algorithm: "sha1"},
	provider: Provider{
		Steps:          theyGive(Text{"The form's 数据推送", "表单的“数据推送”设置"}, "token"),
		Sources:        []string{"https://article.fanqier1.cn/features/apipushdata"},
		Acknowledgment: reply(http.StatusOK, plainText, "success"),
	},
}.scheme()

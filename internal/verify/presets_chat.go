package verify

import (
	"time"

	"github.com/hookflow/hookflow"
)

// Chat, calls, video and social networks.

var slack = preset{
	key: "slack", title: Text{"Slack", "Slack"},
	doc: Text{"Events, commands and interactions of a Slack app.", "Slack 应用的事件、命令与交互。"},
	rule: Rule{
		Header: "X-Slack-Signature", Prefix: "v0=", Content: "v0:{ts}:{body}",
		Timestamp: &Timestamp{Header: "X-Slack-Request-Timestamp"},
	},
	handshakes: []handshake{echoJSON("type", "url_verification", "challenge")},
	provider: Provider{
		ID:       []string{"{{$context.data.event_id}}"},
		Event:    []string{"{{$context.data.event.type}}", "{{$context.data.type}}"},
		Deadline: 3 * time.Second,
		Steps: []Text{
			{"Copy Signing Secret from the app's Basic Information and keep it here as `secret`.", "复制应用 Basic Information 中的 Signing Secret，在此保存为 `secret`。"},
			{"Event Subscriptions → Request URL: enter this endpoint's URL; it is verified at once.", "Event Subscriptions → Request URL：填写本端点的 URL，随即自动验证。"},
		},
		Sources: []string{"https://docs.slack.dev/authentication/verifying-requests-from-slack", "https://docs.slack.dev/reference/events/url_verification"},
	},
}.scheme()

var dingtalkRobot = preset{
	key: "dingtalk_robot", title: Text{"DingTalk robot", "钉钉机器人"},
	doc: Text{"Messages that a DingTalk robot hands on. The body is not signed: who reads one request can send others for an hour.", "钉钉机器人转发的消息。请求体不参与签名：截获一次请求者一小时内可冒充发送。"},
	rule: Rule{
		Header: "sign", Encoding: "base64", Content: "{ts}\n{secret}",
		Timestamp: &Timestamp{Header: "timestamp", Unit: "ms", Tolerance: hour},
	},
	provider: Provider{
		ID:    []string{"{{$context.data.msgId}}"},
		Event: []string{"{{$context.data.msgtype}}"},
		Steps: theyGive(Text{"The app's 机器人 → 消息接收模式 HTTP → 消息接收地址", "应用的 机器人 → 消息接收模式选 HTTP → 消息接收地址"},
			"AppSecret"),
		Sources: []string{"https://open.dingtalk.com/document/orgapp/receive-message"},
	},
}.scheme()

type discordSettings struct {
	Common
	PublicKey string `json:"publicKey,omitempty" doc:"Public Key of the application, in hex" zh:"应用的 Public Key（十六进制）"`
	Mode      string `json:"mode,omitempty" literal:"true" enum:"interactions,webhook_events" default:"interactions" doc:"Which of the application's URLs this is" zh:"作为应用的哪一个 URL"`
	Tolerated
}

func (c *discordSettings) given() given {
	return given{keys: Secrets{Secret: c.PublicKey}.all(), mode: c.Mode}
}

var discord = special(preset{
	key: "discord", title: Text{"Discord", "Discord"},
	doc:        Text{"Interactions or webhook events of a Discord application.", "Discord 应用的交互或 Webhook 事件。"},
	handshakes: []handshake{pingDiscord},
	provider: Provider{
		ID:       []string{"{{$context.data.id}}"},
		Event:    []string{"{{$context.data.event.type}}", "{{$context.data.type}}"},
		Deadline: 3 * time.Second,
		Steps: []Text{
			{"Copy Public Key from the application's General Information and keep it here as `publicKey`.", "复制应用 General Information 中的 Public Key，在此填入 `publicKey`。"},
			{"Enter this endpoint's URL as Interactions Endpoint URL, or under Webhooks with `mode: webhook_events` here.", "将本端点的 URL 填入 Interactions Endpoint URL；若填入 Webhooks，则在此设置 `mode: webhook_events`。"},
		},
		Sources: []string{"https://docs.discord.com/developers/interactions/overview", "https://docs.discord.com/developers/events/webhook-events"},
	},
}, func(c *discordSettings) (proof, []hookflow.Problem) {
	rule := Rule{Header: "X-Signature-Ed25519", Content: "{ts}{body}", Timestamp: &Timestamp{Header: "X-Signature-Timestamp"}}
	return newEngine(rule.complete().within(c.Tolerance), publicKeyMethod{"ed25519"})
})

var telegram = preset{
	key: "telegram", title: Text{"Telegram", "Telegram"},
	doc:   Text{"Updates of a Telegram bot.", "Telegram 机器人的更新。"},
	shows: []shownAt{{place: place{header: "X-Telegram-Bot-Api-Secret-Token"}}},
	provider: Provider{
		ID: []string{"{{$context.data.update_id}}"},
		Steps: []Text{
			{"Make up a random secret of letters, digits, _ and - and keep it here as `secret`.", "自行生成一个由字母、数字、_ 和 - 组成的随机密钥，在此保存为 `secret`。"},
			{"Call setWebhook of the bot with this endpoint's URL as url and the secret as secret_token.", "调用机器人的 setWebhook，url 为本端点的 URL，secret_token 为该密钥。"},
		},
		Sources: []string{"https://core.telegram.org/bots/api#setwebhook"},
	},
}.scheme()

var line = preset{
	key: "line", title: Text{"LINE", "LINE"},
	doc:  Text{"Events of a LINE Messaging API channel.", "LINE Messaging API 频道的事件。"},
	rule: Rule{Header: "x-line-signature", Encoding: "base64"},
	provider: Provider{
		ID:    []string{"{{$context.data.events.webhookEventId}}"},
		Event: []string{"{{$context.data.events.type}}"},
		Steps: theyGive(Text{"LINE Developers Console → Messaging API → Webhook URL", "LINE Developers Console → Messaging API → Webhook URL"},
			"Channel secret (Basic settings)"),
		Sources: []string{"https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/"},
	},
}.scheme()

type metaSettings struct {
	Common
	Secrets
	VerifyToken string `json:"verifyToken,omitempty" secret:"true" doc:"Token that is entered at Meta beside the URL; without it the URL cannot be verified" zh:"在 Meta 中与 URL 一同填写的验证令牌；未设置则无法通过 URL 验证"`
}

func (c *metaSettings) given() given { return given{keys: c.all(), token: c.VerifyToken} }

var metaPreset = preset{
	key: "meta", title: Text{"Meta: WhatsApp, Messenger, Instagram, Facebook", "Meta：WhatsApp、Messenger、Instagram、Facebook"},
	doc:        Text{"Webhooks of a Meta app.", "Meta 应用的 Webhook。"},
	rule:       Rule{Header: "X-Hub-Signature-256", Prefix: "sha256="},
	handshakes: []handshake{hubChallenge},
	provider: Provider{
		ID:    []string{"{{$context.data.entry.changes.value.messages.id}}", "{{$context.data.entry.messaging.message.mid}}"},
		Event: []string{"{{$context.data.object}}"},
		Steps: []Text{
			{"Copy App secret from the app's App settings → Basic and keep it here as `secret`.", "复制应用 App settings → Basic 中的 App secret，在此保存为 `secret`。"},
			{"Make up a verify token and keep it here as `verifyToken`.", "自行生成一个验证令牌，在此保存为 `verifyToken`。"},
			{"Webhooks → Configure: enter this endpoint's URL and the verify token; both are checked at once.", "Webhooks → Configure：填写本端点的 URL 与验证令牌，随即自动验证。"},
		},
		Sources: []string{"https://developers.facebook.com/docs/graph-api/webhooks/getting-started"},
	},
}

var meta = special(metaPreset, func(*metaSettings) (proof, []hookflow.Problem) { return metaPreset.proof(nil) })

var zoom = preset{
	key: "zoom", title: Text{"Zoom", "Zoom"},
	doc: Text{"Event subscriptions of a Zoom app.", "Zoom 应用的事件订阅。"},
	rule: Rule{
		Header: "x-zm-signature", Prefix: "v0=", Content: "v0:{ts}:{body}",
		Timestamp: &Timestamp{Header: "x-zm-request-timestamp"},
	},
	handshakes: []handshake{signPlainToken},
	provider: Provider{
		Event:    []string{"{{$context.data.event}}"},
		Deadline: 3 * time.Second,
		Steps: []Text{
			{"Copy Secret Token from the app's Feature → Access and keep it here as `secret`.", "复制应用 Feature → Access 中的 Secret Token，在此保存为 `secret`。"},
			{"Add an event subscription with this endpoint's URL and choose Validate; Zoom asks again every 72 hours.", "添加事件订阅，填写本端点的 URL 并点击 Validate；Zoom 每 72 小时会再次验证。"},
		},
		Sources: []string{"https://developers.zoom.us/docs/api/webhooks/"},
	},
}.scheme()

var twitch = preset{
	key: "twitch", title: Text{"Twitch EventSub", "Twitch EventSub"},
	doc: Text{"EventSub notifications of Twitch.", "Twitch 的 EventSub 通知。"},
	rule: Rule{
		Header: "Twitch-Eventsub-Message-Signature", Prefix: "sha256=", Content: "{h:Twitch-Eventsub-Message-Id}{ts}{body}",
		Timestamp: &Timestamp{Header: "Twitch-Eventsub-Message-Timestamp", Unit: "rfc3339", Tolerance: tenMinutes},
	},
	handshakes: []handshake{echoBody("Twitch-Eventsub-Message-Type", "webhook_callback_verification", "challenge")},
	provider: Provider{
		ID:    []string{"{{$context.headers.twitch-eventsub-message-id}}"},
		Event: []string{"{{$context.headers.twitch-eventsub-subscription-type}}"},
		Steps: []Text{
			{"Make up a random secret of 10 to 100 characters and keep it here as `secret`.", "自行生成一个 10 至 100 个字符的随机密钥，在此保存为 `secret`。"},
			{"Create the EventSub subscription with transport.method webhook, this endpoint's URL as callback and the secret.", "创建 EventSub 订阅，transport.method 为 webhook，callback 为本端点的 URL，并填入该密钥。"},
		},
		Sources: []string{"https://dev.twitch.tv/docs/eventsub/handling-webhook-events/"},
	},
}.scheme()

var douyin = preset{
	key: "douyin", title: Text{"Douyin", "抖音开放平台"},
	doc:        Text{"Webhooks of the Douyin open platform.", "抖音开放平台的 Webhooks。"},
	rule:       Rule{Header: "X-Douyin-Signature", Content: "{secret}{body}"},
	mac:        MAC{Kind: "digest", Algorithm: "sha1"},
	handshakes: []handshake{echoJSON("event", "verify_webhook", "content.challenge")},
	provider: Provider{
		ID:       []string{"{{$context.headers.msg-id}}"},
		Event:    []string{"{{$context.data.event}}"},
		Deadline: 5 * time.Second,
		Steps:    theyGive(Text{"Open platform console → the app → Webhooks", "开放平台控制台 → 应用 → 开发 → Webhooks"}, "client_secret"),
		Sources:  []string{"https://developer.open-douyin.com/docs/resource/zh-CN/dop/develop/webhooks/summarize"},
	},
}.scheme()

var xTwitter = preset{
	key: "x_twitter", title: Text{"X (Twitter)", "X（Twitter）"},
	doc:        Text{"Account Activity webhooks of an X app.", "X 应用的 Account Activity Webhook。"},
	rule:       Rule{Header: "x-twitter-webhooks-signature", Prefix: "sha256=", Encoding: "base64"},
	handshakes: []handshake{signCRC},
	provider: Provider{
		Deadline: 3 * time.Second,
		Steps: []Text{
			{"Copy API Key Secret (consumer secret) from the app's Keys and tokens and keep it here as `secret`.", "复制应用 Keys and tokens 中的 API Key Secret（consumer secret），在此保存为 `secret`。"},
			{"Register this endpoint's URL with POST /2/webhooks; X asks for its check at once, and again every day.", "通过 POST /2/webhooks 注册本端点的 URL；X 会立即校验，此后每天再次校验。"},
		},
		Sources: []string{"https://docs.x.com/x-api/webhooks/introduction"},
	},
}.scheme()

var intercom = preset{
	key: "intercom", title: Text{"Intercom", "Intercom"},
	doc:  Text{"Webhooks of an Intercom app.", "Intercom 应用的 Webhook。"},
	rule: Rule{Header: "X-Hub-Signature", Prefix: "sha1="}, mac: MAC{Algorithm: "sha1"},
	provider: Provider{
		ID:       []string{"{{$context.data.id}}"},
		Event:    []string{"{{$context.data.topic}}"},
		Deadline: 5 * time.Second,
		Steps:    theyGive(Text{"Developer Hub → the app → Webhooks", "Developer Hub → 应用 → Webhooks"}, "Client secret (Basic information)"),
		Sources:  []string{"https://developers.intercom.com/docs/webhooks/webhook-notifications"},
	},
}.scheme()

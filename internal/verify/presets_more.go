package verify

import (
	"time"

	"github.com/hookflow/hookflow"
)

// Further providers, each with what its own documentation says.

var airtable = preset{
	key: "airtable", title: Text{"Airtable", "Airtable"},
	doc:  Text{"Webhooks of an Airtable base; they say that something changed.", "Airtable 数据库的 Webhook，仅通知有变更。"},
	rule: Rule{Header: "X-Airtable-Content-MAC", Prefix: "hmac-sha256="}, mac: MAC{SecretEncoding: "base64"},
	provider: Provider{
		Steps: []Text{
			{"Create the webhook with POST /v0/bases/{baseId}/webhooks and this endpoint's URL as notificationUrl.", "通过 POST /v0/bases/{baseId}/webhooks 创建 Webhook，notificationUrl 为本端点的 URL。"},
			{"Keep macSecretBase64 of the answer here as `secret`.", "将应答中的 macSecretBase64 在此保存为 `secret`。"},
		},
		Sources: []string{"https://airtable.com/developers/web/api/webhooks-overview"},
	},
}.scheme()

var attio = preset{
	key: "attio", title: Text{"Attio", "Attio"},
	doc:  Text{"Webhooks of Attio.", "Attio 的 Webhook。"},
	rule: Rule{Header: "Attio-Signature"},
	provider: Provider{
		Event:   []string{"{{$context.data.events.event_type}}"},
		Steps:   theyGive(Text{"Workspace settings → Developers → the app → Webhooks", "Workspace settings → Developers → 应用 → Webhooks"}, "Signing secret"),
		Sources: []string{"https://docs.attio.com/rest-api/guides/webhooks"},
	},
}.scheme()

var buildkite = preset{
	key: "buildkite", title: Text{"Buildkite", "Buildkite"},
	doc: Text{"Webhook notifications of Buildkite that are signed.", "Buildkite 的签名 Webhook 通知。"},
	rule: Rule{
		Header: "X-Buildkite-Signature", ListSeparator: ",", KeyValueSeparator: "=", Key: "signature", Content: "{ts}.{body}",
		Timestamp: &Timestamp{Key: "timestamp"},
	},
	provider: Provider{
		Event: []string{"{{$context.headers.x-buildkite-event}}"},
		Steps: theyGive(Text{"Settings → Notification Services → Add → Webhook", "Settings → Notification Services → Add → Webhook"}, "Token",
			Text{"Choose to send an HMAC signature, not the token itself.", "选择发送 HMAC 签名，而不是令牌本身。"}),
		Sources: []string{"https://buildkite.com/docs/apis/webhooks/pipelines"},
	},
}.scheme()

var calCom = preset{
	key: "cal_com", title: Text{"Cal.com", "Cal.com"},
	doc:  Text{"Webhooks of Cal.com.", "Cal.com 的 Webhook。"},
	rule: Rule{Header: "X-Cal-Signature-256"},
	provider: Provider{
		Event:   []string{"{{$context.data.triggerEvent}}"},
		Steps:   weChoose(Text{"Settings → Developer → Webhooks → New", "Settings → Developer → Webhooks → New"}, "Secret"),
		Sources: []string{"https://cal.com/docs/developing/guides/automation/webhooks"},
	},
}.scheme()

var checkoutCom = preset{
	key: "checkout_com", title: Text{"Checkout.com", "Checkout.com"},
	doc:  Text{"Webhooks of Checkout.com.", "Checkout.com 的 Webhook。"},
	rule: Rule{Header: "Cko-Signature"},
	provider: Provider{
		ID:      []string{"{{$context.data.id}}"},
		Event:   []string{"{{$context.data.type}}"},
		Steps:   weChoose(Text{"Developers → Webhooks → Add webhook", "Developers → Webhooks → Add webhook"}, "Signature key"),
		Sources: []string{"https://www.checkout.com/docs/developer-resources/event-notifications/receive-webhooks"},
	},
}.scheme()

var clickup = preset{
	key: "clickup", title: Text{"ClickUp", "ClickUp"},
	doc:  Text{"Webhooks of ClickUp that were made by its API.", "通过 API 创建的 ClickUp Webhook。"},
	rule: Rule{Header: "X-Signature"},
	provider: Provider{
		Event: []string{"{{$context.data.event}}"},
		Steps: []Text{
			{"Create the webhook with POST /api/v2/team/{team_id}/webhook and this endpoint's URL as endpoint.", "通过 POST /api/v2/team/{team_id}/webhook 创建 Webhook，endpoint 为本端点的 URL。"},
			{"Keep webhook.secret of the answer here as `secret`.", "将应答中的 webhook.secret 在此保存为 `secret`。"},
		},
		Sources: []string{"https://developer.clickup.com/docs/webhooksignature"},
	},
}.scheme()

var cloudflare = preset{
	key: "cloudflare", title: Text{"Cloudflare Notifications", "Cloudflare 通知"},
	doc:   Text{"Webhook destinations of Cloudflare Notifications.", "Cloudflare 通知的 Webhook 目标。"},
	shows: []shownAt{{place: place{header: "cf-webhook-auth"}}},
	provider: Provider{
		Event:   []string{"{{$context.data.alert_type}}"},
		Steps:   weChoose(Text{"Notifications → Destinations → Webhooks → Create", "Notifications → Destinations → Webhooks → Create"}, "Secret"),
		Sources: []string{"https://developers.cloudflare.com/notifications/get-started/configure-webhooks/"},
	},
}.scheme()

var customerIO = preset{
	key: "customer_io", title: Text{"Customer.io", "Customer.io"},
	doc: Text{"Reporting webhooks of Customer.io.", "Customer.io 的 Reporting Webhook。"},
	rule: Rule{
		Header: "X-CIO-Signature", Content: "v0:{ts}:{body}",
		Timestamp: &Timestamp{Header: "X-CIO-Timestamp"},
	},
	provider: Provider{
		ID:       []string{"{{$context.data.event_id}}"},
		Event:    []string{"{{$context.data.object_type}}.{{$context.data.metric}}"},
		Deadline: 4 * time.Second,
		Steps:    theyGive(Text{"Data & Integrations → Integrations → Reporting Webhooks", "Data & Integrations → Integrations → Reporting Webhooks"}, "Webhook Signing Key"),
		Sources:  []string{"https://docs.customer.io/integrations/data-out/connections/webhooks/"},
	},
}.scheme()

var doppler = preset{
	key: "doppler", title: Text{"Doppler", "Doppler"},
	doc:  Text{"Webhooks of a Doppler project.", "Doppler 项目的 Webhook。"},
	rule: Rule{Header: "X-Doppler-Signature", Prefix: "sha256="},
	provider: Provider{
		Event:   []string{"{{$context.data.type}}"},
		Steps:   weChoose(Text{"Project → Settings → Webhooks → Add", "Project → Settings → Webhooks → Add"}, "Signing secret"),
		Sources: []string{"https://docs.doppler.com/docs/webhooks"},
	},
}.scheme()

var dwolla = preset{
	key: "dwolla", title: Text{"Dwolla", "Dwolla"},
	doc:  Text{"Webhook subscriptions of Dwolla.", "Dwolla 的 Webhook 订阅。"},
	rule: Rule{Header: "X-Request-Signature-SHA-256"},
	provider: Provider{
		ID:    []string{"{{$context.data.id}}"},
		Event: []string{"{{$context.data.topic}}"},
		Steps: []Text{
			{"Make up a long random secret and keep it here as `secret`.", "自行生成一个足够长的随机密钥，在此保存为 `secret`。"},
			{"Create the subscription with POST /webhook-subscriptions, this endpoint's URL as url and the secret.", "通过 POST /webhook-subscriptions 创建订阅，url 为本端点的 URL，并填入该密钥。"},
		},
		Sources: []string{"https://developers.dwolla.com/docs/webhooks/process-validate"},
	},
}.scheme()

var elevenlabs = preset{
	key: "elevenlabs", title: Text{"ElevenLabs", "ElevenLabs"},
	doc: Text{"Webhooks of ElevenLabs.", "ElevenLabs 的 Webhook。"},
	rule: Rule{
		Header: "ElevenLabs-Signature", ListSeparator: ",", KeyValueSeparator: "=", Key: "v0", Content: "{ts}.{body}",
		Timestamp: &Timestamp{Key: "t", Tolerance: hookflow.Duration(30 * time.Minute)},
	},
	provider: Provider{
		Event:   []string{"{{$context.data.type}}"},
		Steps:   theyGive(Text{"Settings → Webhooks → Create webhook", "Settings → Webhooks → Create webhook"}, "the HMAC secret, which is shown once,"),
		Sources: []string{"https://elevenlabs.io/docs/overview/administration/webhooks"},
	},
}.scheme()

var helpScout = preset{
	key: "helpscout", title: Text{"Help Scout", "Help Scout"},
	doc:  Text{"Webhooks of Help Scout.", "Help Scout 的 Webhook。"},
	rule: Rule{Header: "X-HelpScout-Signature", Encoding: "base64"}, mac: MAC{Algorithm: "sha1"},
	provider: Provider{
		Event:   []string{"{{$context.headers.x-helpscout-event}}"},
		Steps:   weChoose(Text{"Manage → Apps → Webhooks", "Manage → Apps → Webhooks"}, "Secret Key"),
		Sources: []string{"https://developer.helpscout.com/webhooks/"},
	},
}.scheme()

var huggingFace = preset{
	key: "huggingface", title: Text{"Hugging Face", "Hugging Face"},
	doc:   Text{"Webhooks of Hugging Face, whose secret is of ASCII.", "Hugging Face 的 Webhook，密钥须为 ASCII 字符。"},
	shows: []shownAt{{place: place{header: "X-Webhook-Secret"}}},
	provider: Provider{
		Event:   []string{"{{$context.data.event.scope}}.{{$context.data.event.action}}"},
		Steps:   weChoose(Text{"Settings → Webhooks → Add a new webhook", "Settings → Webhooks → Add a new webhook"}, "Secret"),
		Sources: []string{"https://huggingface.co/docs/hub/webhooks"},
	},
}.scheme()

var lemonSqueezy = preset{
	key: "lemonsqueezy", title: Text{"Lemon Squeezy", "Lemon Squeezy"},
	doc:  Text{"Webhooks of a Lemon Squeezy shop.", "Lemon Squeezy 商店的 Webhook。"},
	rule: Rule{Header: "X-Signature"},
	provider: Provider{
		Event:   []string{"{{$context.headers.x-event-name}}"},
		Steps:   weChoose(Text{"Settings → Webhooks → +", "Settings → Webhooks → +"}, "Signing secret"),
		Sources: []string{"https://docs.lemonsqueezy.com/help/webhooks/signing-requests"},
	},
}.scheme()

var retell = preset{
	key: "retell", title: Text{"Retell AI", "Retell AI"},
	doc: Text{"Webhooks of Retell AI, signed with the API key.", "Retell AI 的 Webhook，以 API key 签名。"},
	rule: Rule{
		Header: "x-retell-signature", ListSeparator: ",", KeyValueSeparator: "=", Key: "d", Content: "{body}{ts}",
		Timestamp: &Timestamp{Key: "v", Unit: "ms"},
	},
	provider: Provider{
		Event:    []string{"{{$context.data.event}}"},
		Deadline: 10 * time.Second,
		Steps:    theyGive(Text{"Webhooks, or the agent's Webhook Settings", "Webhooks，或 Agent 的 Webhook Settings"}, "the API key that has a webhook badge"),
		Sources:  []string{"https://docs.retellai.com/features/secure-webhook"},
	},
}.scheme()

var sanity = preset{
	key: "sanity", title: Text{"Sanity", "Sanity"},
	doc: Text{"GROQ-powered webhooks of Sanity.", "Sanity 的 GROQ Webhook。"},
	rule: Rule{
		Header: "sanity-webhook-signature", Encoding: "base64url", ListSeparator: ",", KeyValueSeparator: "=", Key: "v1", Content: "{ts}.{body}",
		Timestamp: &Timestamp{Key: "t", Unit: "ms"},
	},
	provider: Provider{
		ID:       []string{"{{$context.headers.idempotency-key}}"},
		Event:    []string{"{{$context.headers.sanity-operation}}"},
		Deadline: 30 * time.Second,
		Steps:    weChoose(Text{"Manage → API → Webhooks → Create webhook", "Manage → API → Webhooks → Create webhook"}, "Secret"),
		Sources:  []string{"https://www.sanity.io/docs/webhooks", "https://github.com/sanity-io/webhook-toolkit"},
	},
}.scheme()

var segment = preset{
	key: "segment", title: Text{"Segment", "Segment"},
	doc:  Text{"The webhook destination of Segment.", "Segment 的 Webhook 目标。"},
	rule: Rule{Header: "X-Signature"}, mac: MAC{Algorithm: "sha1"},
	provider: Provider{
		ID:       []string{"{{$context.data.messageId}}"},
		Event:    []string{"{{$context.data.type}}"},
		Deadline: 5 * time.Second,
		Steps:    weChoose(Text{"Destinations → Webhooks → Settings", "Destinations → Webhooks → Settings"}, "Shared Secret"),
		Sources:  []string{"https://segment.com/docs/connections/destinations/catalog/webhooks/"},
	},
}.scheme()

var snyk = preset{
	key: "snyk", title: Text{"Snyk", "Snyk"},
	doc:  Text{"Webhooks of a Snyk organisation.", "Snyk 组织的 Webhook。"},
	rule: Rule{Header: "X-Hub-Signature", Prefix: "sha256="},
	provider: Provider{
		ID:    []string{"{{$context.headers.x-snyk-transport-id}}"},
		Event: []string{"{{$context.headers.x-snyk-event}}"},
		Steps: []Text{
			{"Make up a long random secret and keep it here as `secret`.", "自行生成一个足够长的随机密钥，在此保存为 `secret`。"},
			{"Create the webhook with POST /v1/org/{orgId}/webhooks, this endpoint's URL as url and the secret.", "通过 POST /v1/org/{orgId}/webhooks 创建 Webhook，url 为本端点的 URL，并填入该密钥。"},
		},
		Sources: []string{"https://docs.snyk.io/snyk-api/using-specific-snyk-apis/webhooks-apis/validating-payloads"},
	},
}.scheme()

var tally = preset{
	key: "tally", title: Text{"Tally", "Tally"},
	doc:  Text{"Webhooks of a Tally form.", "Tally 表单的 Webhook。"},
	rule: Rule{Header: "Tally-Signature", Encoding: "base64"},
	provider: Provider{
		ID:       []string{"{{$context.data.eventId}}"},
		Event:    []string{"{{$context.data.eventType}}"},
		Deadline: 10 * time.Second,
		Steps:    weChoose(Text{"Integrations → Webhooks → Connect", "Integrations → Webhooks → Connect"}, "Signing secret"),
		Sources:  []string{"https://tally.so/help/webhooks"},
	},
}.scheme()

var teamsOutgoing = preset{
	key: "teams_outgoing", title: Text{"Microsoft Teams, outgoing webhook", "Microsoft Teams（传出 Webhook）"},
	doc:  Text{"Messages that a Teams outgoing webhook hands on; the answer is shown there.", "Teams 传出 Webhook 转发的消息；应答会显示在其中。"},
	rule: Rule{Header: "Authorization", Prefix: "HMAC ", Encoding: "base64"}, mac: MAC{SecretEncoding: "base64"},
	provider: Provider{
		ID:       []string{"{{$context.data.id}}"},
		Event:    []string{"{{$context.data.type}}"},
		Deadline: 5 * time.Second,
		Steps:    theyGive(Text{"Manage team → Apps → Create an outgoing webhook", "管理团队 → 应用 → 创建传出 Webhook"}, "the security token, which is shown once,"),
		Sources:  []string{"https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook"},
	},
}.scheme()

type telnyxSettings struct {
	Common
	PublicKey string `json:"publicKey,omitempty" doc:"Public key of the account, in base64" zh:"账户的 Public Key（base64）"`
	Tolerated
}

func (c *telnyxSettings) given() given { return given{keys: Secrets{Secret: c.PublicKey}.all()} }

var telnyx = special(preset{
	key: "telnyx", title: Text{"Telnyx", "Telnyx"},
	doc: Text{"Webhooks (API v2) of Telnyx.", "Telnyx 的 Webhook（API v2）。"},
	provider: Provider{
		ID:    []string{"{{$context.data.data.id}}"},
		Event: []string{"{{$context.data.data.event_type}}"},
		Steps: []Text{
			enterURL(Text{"The messaging profile or voice application → Webhook URL", "Messaging profile 或 Voice application → Webhook URL"}),
			{"Copy Public Key from Keys & Credentials and keep it here as `publicKey`.", "复制 Keys & Credentials 中的 Public Key，在此填入 `publicKey`。"},
		},
		Sources: []string{"https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks"},
	},
}, func(c *telnyxSettings) (proof, []hookflow.Problem) {
	rule := Rule{
		Header: "telnyx-signature-ed25519", Encoding: "base64", Content: "{ts}|{body}",
		Timestamp: &Timestamp{Header: "telnyx-timestamp"},
	}
	return newEngine(rule.complete().within(c.Tolerance), publicKeyMethod{"ed25519"})
})

var webflow = preset{
	key: "webflow", title: Text{"Webflow", "Webflow"},
	doc: Text{"Webhooks of Webflow that were made by an app or in the site's settings.", "由应用或在站点设置中创建的 Webflow Webhook。"},
	rule: Rule{
		Header: "x-webflow-signature", Content: "{ts}:{body}",
		Timestamp: &Timestamp{Header: "x-webflow-timestamp", Unit: "ms"},
	},
	provider: Provider{
		Event:   []string{"{{$context.data.triggerType}}"},
		Steps:   theyGive(Text{"Site settings → Apps & integrations → Webhooks", "Site settings → Apps & integrations → Webhooks"}, "the secret key, or the app's Client secret"),
		Sources: []string{"https://developers.webflow.com/data/docs/working-with-webhooks"},
	},
}.scheme()

var workOS = preset{
	key: "workos", title: Text{"WorkOS", "WorkOS"},
	doc: Text{"Webhooks of WorkOS.", "WorkOS 的 Webhook。"},
	rule: Rule{
		Header: "WorkOS-Signature", ListSeparator: ",", KeyValueSeparator: "=", Key: "v1", Content: "{ts}.{body}",
		Timestamp: &Timestamp{Key: "t", Unit: "ms"},
	},
	provider: Provider{
		ID:      []string{"{{$context.data.id}}"},
		Event:   []string{"{{$context.data.event}}"},
		Steps:   theyGive(Text{"Developer → Webhooks → Create Webhook", "Developer → Webhooks → Create Webhook"}, "Signing secret"),
		Sources: []string{"https://workos.com/docs/events/data-syncing/webhooks"},
	},
}.scheme()

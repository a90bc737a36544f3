package verify

import (
	"strings"

	"github.com/hookflow/hookflow"
)

// Standard Webhooks, and those that follow it.

type standardSettings struct {
	Common
	Secrets
	PublicKey string `json:"publicKey,omitempty" doc:"Instead of a secret: public key of a sender that signs with v1a, such as whpk_…" zh:"代替密钥：使用 v1a 签名的发送方的公钥，如 whpk_…"`
	Tolerated
}

func (c *standardSettings) given() given {
	if c.PublicKey != "" {
		return given{keys: []string{c.PublicKey}}
	}
	return given{keys: c.all()}
}

// standardMAC takes the secret in base64, after whsec_.
var standardMAC = MAC{SecretEncoding: "base64", SecretPrefix: "whsec_"}.complete()

// looseMAC takes a secret without whsec_ as it is.
type looseMAC struct{ MAC }

func (m looseMAC) key(written string) (*key, error) { return m.of(written).key(written) }

// of is how a secret is taken.
func (m looseMAC) of(written string) MAC {
	if strings.HasPrefix(written, m.SecretPrefix) {
		return m.MAC
	}
	return MAC{}.complete()
}

// standard makes the preset of a sender. Those that send by way of Svix have its headers' names,
// some have both.
func standard(by method, p preset) *Scheme {
	p.provider.ID = []string{"{{$context.headers.webhook-id}}", "{{$context.headers.svix-id}}"}
	if p.provider.Event == nil {
		p.provider.Event = []string{"{{$context.data.type}}"}
	}
	return special(p, func(c *standardSettings) (proof, []hookflow.Problem) {
		rule := Rule{
			Header: "webhook-signature, svix-signature", Encoding: "base64", ListSeparator: " ", KeyValueSeparator: ",", Key: "v1",
			Content:   "{h:webhook-id, svix-id}.{ts}.{body}",
			Timestamp: &Timestamp{Header: "webhook-timestamp, svix-timestamp"},
		}
		if c.PublicKey != "" {
			rule.Key = "v1a"
			return newEngine(rule.complete().within(c.Tolerance), publicKeyMethod{"ed25519"})
		}
		return newEngine(rule.complete().within(c.Tolerance), by)
	})
}

var standardWebhooks = standard(standardMAC, preset{
	key: "standard_webhooks", title: Text{"Standard Webhooks", "Standard Webhooks"},
	doc: Text{"Any sender that follows the Standard Webhooks specification.", "遵循 Standard Webhooks 规范的任意发送方。"},
	provider: Provider{
		Steps:   theyGive(Text{"The sender's webhook settings", "发送方的 Webhook 设置"}, "the secret (whsec_…)"),
		Sources: []string{"https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"},
	},
})

var svix = standard(standardMAC, preset{
	key: "svix", title: Text{"Svix", "Svix"},
	doc: Text{"Any sender whose webhooks are sent by Svix.", "通过 Svix 发送 Webhook 的任意发送方。"},
	provider: Provider{
		Steps:   theyGive(Text{"The sender's webhook page → Add Endpoint", "发送方的 Webhook 页面 → Add Endpoint"}, "Signing Secret (whsec_…)"),
		Sources: []string{"https://docs.svix.com/receiving/verifying-payloads/how-manual"},
	},
})

var gitlabSigned = standard(looseMAC{standardMAC}, preset{
	key: "gitlab_signed", title: Text{"GitLab, signing token", "GitLab（Signing token）"},
	doc: Text{"GitLab webhooks with a signing token.", "使用 Signing token 的 GitLab Webhook。"},
	provider: Provider{
		Event:   []string{"{{$context.headers.x-gitlab-event}}"},
		Steps:   theyGive(Text{"Settings → Webhooks → Add new webhook", "Settings → Webhooks → Add new webhook"}, "Signing token (Generate)"),
		Sources: []string{"https://docs.gitlab.com/user/project/integrations/webhooks"},
	},
})

// follower is a sender that adds nothing of its own to Standard Webhooks.
func follower(key, name string, by method, at, secret, source string) *Scheme {
	return standard(by, preset{
		key: key, title: Text{name, name},
		doc:      Text{"Webhooks of " + name + ", after Standard Webhooks.", name + " 的 Webhook，遵循 Standard Webhooks。"},
		provider: Provider{Steps: theyGive(Text{at, at}, secret), Sources: []string{source}},
	})
}

var (
	clerk = follower("clerk", "Clerk", standardMAC, "Configure → Webhooks → Add Endpoint", "Signing Secret",
		"https://clerk.com/docs/webhooks/sync-data")
	openAI = follower("openai", "OpenAI", standardMAC, "Settings → Project → Webhooks → Create", "the signing secret, which is shown once,",
		"https://platform.openai.com/docs/guides/webhooks")
	polar = follower("polar", "Polar", looseMAC{standardMAC}, "Settings → Webhooks → Add Endpoint", "Secret",
		"https://polar.sh/docs/integrate/webhooks/delivery")
	render = follower("render", "Render", standardMAC, "Integrations → Webhooks → Create Webhook", "Signing Secret",
		"https://render.com/docs/webhooks")
	replicate = follower("replicate", "Replicate", standardMAC, "The prediction's webhook, in the API call", "the signing secret (Account settings → Webhooks)",
		"https://replicate.com/docs/topics/webhooks/verify-webhook")
	resend = follower("resend", "Resend", standardMAC, "Webhooks → Add Webhook", "Signing Secret",
		"https://resend.com/docs/dashboard/webhooks/verify-webhooks-requests")
)

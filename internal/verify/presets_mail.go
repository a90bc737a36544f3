package verify

import (
	"net/http"

	"github.com/hookflow/hookflow"
)

// Mail and newsletters.

var mailgun = preset{
	key: "mailgun", title: Text{"Mailgun", "Mailgun"},
	doc: Text{"Webhooks of Mailgun. Only a token and the time are signed, not the event.", "Mailgun 的 Webhook。仅令牌与时间参与签名，事件内容不参与。"},
	rule: Rule{
		JSON: "signature.signature", Content: "{json:signature.timestamp}{json:signature.token}",
		Timestamp: &Timestamp{JSON: "signature.timestamp"},
	},
	provider: Provider{
		ID:      []string{"{{$context.data.event-data.id}}"},
		Event:   []string{"{{$context.data.event-data.event}}"},
		Steps:   theyGive(Text{"Send → Sending → Webhooks → Add webhook", "Send → Sending → Webhooks → Add webhook"}, "HTTP webhook signing key"),
		Sources: []string{"https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks"},
	},
}.scheme()

type sendgridSettings struct {
	Common
	PublicKey string `json:"publicKey,omitempty" doc:"Verification key of the event webhook, in base64" zh:"Event Webhook 的 Verification Key（base64）"`
	Tolerated
}

func (c *sendgridSettings) given() given { return given{keys: Secrets{Secret: c.PublicKey}.all()} }

var sendgrid = special(preset{
	key: "sendgrid", title: Text{"SendGrid", "SendGrid"},
	doc: Text{"The signed event webhook of SendGrid.", "SendGrid 的签名 Event Webhook。"},
	provider: Provider{
		ID:    []string{"{{$context.data.sg_event_id}}"},
		Event: []string{"{{$context.data.event}}"},
		Steps: []Text{
			enterURL(Text{"Settings → Mail Settings → Event Webhooks", "Settings → Mail Settings → Event Webhooks"}),
			{"Enable Signed Event Webhook there, copy Verification Key and keep it here as `publicKey`.", "在其中启用 Signed Event Webhook，复制 Verification Key，在此填入 `publicKey`。"},
		},
		Sources: []string{"https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features"},
	},
}, func(c *sendgridSettings) (proof, []hookflow.Problem) {
	rule := Rule{
		Header: "X-Twilio-Email-Event-Webhook-Signature", Encoding: "base64", Content: "{ts}{body}",
		Timestamp: &Timestamp{Header: "X-Twilio-Email-Event-Webhook-Timestamp"},
	}
	return newEngine(rule.complete().within(c.Tolerance), publicKeyMethod{"ecdsa-p256-sha256"})
})

var mailchimp = preset{
	key: "mailchimp", title: Text{"Mailchimp", "Mailchimp"},
	doc:        Text{"Audience webhooks of Mailchimp, which signs nothing: the secret is in the URL.", "Mailchimp 的受众 Webhook。其本身不签名，密钥放在 URL 中。"},
	shows:      []shownAt{{place: place{query: "secret"}}},
	handshakes: []handshake{probe(http.MethodGet, proved)},
	provider: Provider{
		Event:   []string{"{{$context.data.type}}"},
		Steps:   inURL(Text{"Audience → Settings → Webhooks → Create New Webhook", "Audience → Settings → Webhooks → Create New Webhook"}, "secret"),
		Sources: []string{"https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/"},
	},
}.scheme()

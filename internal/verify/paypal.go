package verify

import (
	"context"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type paypalSettings struct {
	Common
	WebhookID string            `json:"webhookId" required:"true" min:"1" doc:"ID of the webhook in PayPal's developer dashboard" zh:"PayPal 开发者后台中 Webhook 的 ID"`
	Tolerance hookflow.Duration `json:"tolerance,omitempty" literal:"true" default:"96h" doc:"Largest distance of the transmission time from now; PayPal sends again for three days; 0 = not checked" zh:"传输时间与当前时间的最大差距；PayPal 会重试三天；0 表示不检查"`
}

var paypal = define(definition[paypalSettings]{
	key:   "paypal",
	title: Text{"PayPal", "PayPal"},
	doc:   Text{"Webhooks of the PayPal REST APIs, verified without a call to PayPal for each.", "PayPal REST API 的 Webhook，逐条离线验证。"},
	provider: Provider{
		Checks: Text{
			"RSA-SHA256 over transmission id and time, webhook id and the CRC-32 of the body, and that the certificate comes from PayPal.",
			"校验对传输 ID、时间、Webhook ID 与请求体 CRC-32 的 RSA-SHA256 签名，以及证书来自 PayPal。",
		},
		ID:    []string{"{{$context.data.id}}"},
		Event: []string{"{{$context.data.event_type}}"},
		Steps: []Text{
			{"In the developer dashboard open Apps & Credentials, the app, and Add Webhook; enter the URL of this endpoint and choose the events.", "在开发者后台打开 Apps & Credentials 中的应用，选择 Add Webhook，填入此端点的地址并选择事件。"},
			{"Enter the Webhook ID that is shown in the list afterwards here. Sandbox and live have one each.", "保存后将列表中显示的 Webhook ID 填在此处；沙盒与正式环境各有一个。"},
			{"Messages of the Webhooks Simulator have another webhook id and are refused; pay in the sandbox instead.", "Webhooks Simulator 发送的消息使用其他 Webhook ID，会被拒绝；请改用沙盒支付测试。"},
		},
		Sources: []string{"https://developer.paypal.com/api/rest/webhooks/rest/"},
	},
	prepare: func(*paypalSettings, *value.Tree) (plan[paypalSettings], []hookflow.Problem) {
		return plan[paypalSettings]{judge: judgePaypal}, nil
	},
})

var paypalHost = regexp.MustCompile(`^api(-m)?(\.sandbox)?\.paypal\.com$`)

func isPaypalCertificate(target *url.URL) bool {
	name, ok := strings.CutPrefix(target.EscapedPath(), "/v1/notifications/certs/")
	return ok && !strings.ContainsAny(name, "/%") && paypalHost.MatchString(target.Host)
}

func judgePaypal(ctx context.Context, req *Request, c *paypalSettings, v *Verdict) {
	const check = "signature"
	sent := map[string]string{}
	for _, name := range []string{"Id", "Time", "Sig"} {
		sent[name] = first(req.header("Paypal-Transmission-" + name))
		if sent[name] == "" {
			v.failAs("missing_signature", check, "the header PAYPAL-TRANSMISSION-"+strings.ToUpper(name)+" is missing", "See that PayPal sends here, and that no proxy removes headers.")
			return
		}
	}
	if algorithm := first(req.header("Paypal-Auth-Algo")); !strings.EqualFold(algorithm, "SHA256withRSA") {
		v.failAs("malformed_signature", check, fmt.Sprintf("PAYPAL-AUTH-ALGO is %.40q, expected SHA256withRSA", algorithm), "If PayPal has changed its algorithm, this version does not know it yet.")
		return
	}
	signature, err := base64.StdEncoding.DecodeString(sent["Sig"])
	if err != nil {
		v.failAs("malformed_signature", check, "PAYPAL-TRANSMISSION-SIG is not in base64", "See that PayPal sends here.")
		return
	}
	key, ok := signingKey(ctx, req, first(req.header("Paypal-Cert-Url")), isPaypalCertificate, v)
	if !ok {
		return
	}
	content := fmt.Sprintf("%s|%s|%s|%d", sent["Id"], sent["Time"], c.WebhookID, crc32.ChecksumIEEE(req.Body))
	if !signedRSA(key, []byte(content), signature) {
		v.failAs("signature_mismatch", check, fmt.Sprintf("the signature is not that of these %d bytes with this webhook id", len(req.Body)),
			"Compare webhookId with the list in the developer dashboard; sandbox, live and simulator differ.")
		return
	}
	v.pass(check, "signed by PayPal for this webhook id")
	judgeTransmission(req.Now, sent["Time"], c.Tolerance.Std(), v)
}

func judgeTransmission(now time.Time, text string, tolerance time.Duration, v *Verdict) {
	const check = "timestamp"
	if tolerance == 0 {
		return
	}
	at, err := time.Parse(time.RFC3339, text)
	switch age := now.Sub(at).Round(time.Second); {
	case err != nil:
		v.failAs("malformed_timestamp", check, fmt.Sprintf("PAYPAL-TRANSMISSION-TIME is %.40q, which is no RFC 3339 time", text), "See that PayPal sends here.")
	case age.Abs() > tolerance:
		v.failAs("timestamp_expired", check, fmt.Sprintf("transmitted %s ago, more than %s", age, tolerance), "See that the clock is right, or allow more time with tolerance.")
	default:
		v.pass(check, fmt.Sprintf("transmitted within %s", tolerance))
	}
}

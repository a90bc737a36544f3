package verify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const maxAdyenItems = 100

type adyenSettings struct {
	Common
	Secrets
}

var adyen = define(definition[adyenSettings]{
	key:   "adyen",
	title: Text{"Adyen, standard webhooks", "Adyen 标准 Webhook"},
	doc:   Text{"Payment notifications of Adyen; the secret is the HMAC key in hex.", "Adyen 支付通知；密钥为十六进制的 HMAC key。"},
	provider: Provider{
		Checks: Text{
			"HMAC-SHA256 of every notification item over its reference, merchant, amount, event code and success. Other fields are not signed.",
			"逐项校验对参考号、商户、金额、事件代码与结果的 HMAC-SHA256；其他字段未签名。",
		},
		ID: []string{"{{$context.data.notificationItems[0].NotificationRequestItem.pspReference}}:" +
			"{{$context.data.notificationItems[0].NotificationRequestItem.eventCode}}:" +
			"{{$context.data.notificationItems[0].NotificationRequestItem.success}}"},
		Event:          []string{"{{$context.data.notificationItems[0].NotificationRequestItem.eventCode}}"},
		Deadline:       10 * time.Second,
		Acknowledgment: reply(http.StatusOK, plainText, "[accepted]"),
		Steps: []Text{
			{"In the Customer Area open Developers, Webhooks, Create new webhook, Standard webhook.", "在 Customer Area 打开 Developers、Webhooks、Create new webhook，选择 Standard webhook。"},
			{"Enter the URL of this endpoint, method JSON.", "填入此端点的地址，Method 选 JSON。"},
			{"Under Security generate an HMAC key, enter it as the secret here, and only then save there.", "在 Security 中生成 HMAC key，先填为此处的密钥，再在 Adyen 保存。"},
			{"Send a test with Test configuration.", "使用 Test configuration 发送测试。"},
		},
		Sources: []string{"https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures"},
	},
	prepare: func(_ *adyenSettings, tree *value.Tree) (plan[adyenSettings], []hookflow.Problem) {
		return plan[adyenSettings]{judge: judgeAdyen, sign: signAdyen}, append(checkSecrets(tree, "secret", "secrets"), checkHexSecrets(tree)...)
	},
})

// checkHexSecrets refuses at save what no key can be.
func checkHexSecrets(tree *value.Tree) []hookflow.Problem {
	for name, member := range tree.Members() {
		if name != "secret" || !member.IsStatic() {
			continue
		}
		if _, err := hex.DecodeString(member.Source().Text()); err != nil {
			return []hookflow.Problem{{Pointer: "/secret", Detail: "is not in hex: copy the HMAC key of the webhook"}}
		}
	}
	return nil
}

func judgeAdyen(_ context.Context, req *Request, c *adyenSettings, v *Verdict) {
	const check = "signature"
	keys := adyenKeys(c.all())
	if len(keys) == 0 {
		v.failAs("malformed_secret", "secret", "the secret is not in hex", "Copy the HMAC key of the webhook again.")
		return
	}
	body, err := value.Parse(req.Body)
	items := body.Get("notificationItems")
	switch {
	case err != nil || items.Kind() != value.KindArray || items.Len() == 0:
		v.failAs("missing_signature", check, "the body has no notificationItems", "See that the webhook is a standard one and its method JSON; those of the platform are the scheme adyen_platform.")
		return
	case items.Len() > maxAdyenItems:
		v.failAs("malformed_signature", check, fmt.Sprintf("the body has more than %d notificationItems", maxAdyenItems), "See that Adyen sends here.")
		return
	}
	for i, item := range items.Items() {
		judgeAdyenItem(i, item.Get("NotificationRequestItem"), keys, v)
	}
}

func adyenKeys(secrets []string) [][]byte {
	var keys [][]byte
	for _, secret := range secrets {
		if decoded, err := hex.DecodeString(strings.TrimSpace(secret)); err == nil && len(decoded) > 0 {
			keys = append(keys, decoded)
		}
	}
	return keys
}

func judgeAdyenItem(i int, item value.Value, keys [][]byte, v *Verdict) {
	const check = "signature"
	text := item.Get("additionalData", "hmacSignature").Text()
	signature, err := base64.StdEncoding.DecodeString(text)
	switch {
	case text == "":
		v.failAs("missing_signature", check, fmt.Sprintf("item %d has no additionalData.hmacSignature", i), "Generate an HMAC key in the webhook's settings, and save there.")
		return
	case err != nil:
		v.failAs("malformed_signature", check, fmt.Sprintf("the signature of item %d is not in base64", i), "See that Adyen sends here.")
		return
	}
	content := adyenContent(item)
	right := false
	for _, key := range keys {
		mac := hmac.New(sha256.New, key)
		mac.Write(content)
		same := Equal(mac.Sum(nil), signature)
		right = right || same
	}
	if right {
		v.pass(check, fmt.Sprintf("item %d is signed", i))
	} else {
		v.failAs("signature_mismatch", check, fmt.Sprintf("the signature of item %d is not that of its fields with this secret", i), "Compare the HMAC key with that of this webhook; test and live differ, and a new key takes some minutes there.")
	}
}

// adyenContent is what is signed of an item.
func adyenContent(item value.Value) []byte {
	return []byte(strings.Join([]string{
		item.Get("pspReference").Text(), item.Get("originalReference").Text(), item.Get("merchantAccountCode").Text(),
		item.Get("merchantReference").Text(), item.Get("amount", "value").Text(), item.Get("amount", "currency").Text(),
		item.Get("eventCode").Text(), item.Get("success").Text(),
	}, ":"))
}

func signAdyen(s *Signed, c *adyenSettings) error {
	keys := adyenKeys(c.all())
	if len(keys) == 0 {
		return errNoSecret
	}
	const in value.Segment = "NotificationRequestItem"
	return s.withItems("notificationItems", func(item value.Value) value.Value {
		mac := hmac.New(sha256.New, keys[0])
		mac.Write(adyenContent(item.Get(in)))
		return withMember(item, []value.Segment{in, "additionalData", "hmacSignature"}, value.String(base64.StdEncoding.EncodeToString(mac.Sum(nil))))
	})
}

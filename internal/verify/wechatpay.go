package verify

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// apiV3KeySize is the length of an APIv3 key, in bytes.
const apiV3KeySize = 32

type wechatpaySettings struct {
	Common
	APIv3Key     string            `json:"apiV3Key" required:"true" secret:"true" doc:"APIv3 key, 32 characters" zh:"APIv3 密钥，32 个字符"`
	PlatformKeys map[string]string `json:"platformKeys" required:"true" doc:"WeChat Pay's public keys and platform certificates (PEM) by their id or serial number" zh:"微信支付公钥或平台证书（PEM），以公钥 ID 或证书序列号为名"`
	Window
}

// wechatpay follows https://pay.weixin.qq.com/docs/partner/products/notification/decryption.html and the provider's SDK
// (github.com/wechatpay-apiv3/wechatpay-go, core/auth and core/notify).
var wechatpay = define(definition[wechatpaySettings]{
	key:   "wechatpay_v3",
	title: Text{"WeChat Pay", "微信支付"},
	doc: Text{
		"Notifications of WeChat Pay, API v3: signed with its key; the resource is decrypted in place.",
		"微信支付 APIv3 回调通知：以平台公钥验签，并就地解密 resource。",
	},
	provider: Provider{
		Checks: Text{
			"header `Wechatpay-Signature`: RSA PKCS #1 SHA-256 of timestamp, nonce and body by the key that `Wechatpay-Serial` names; signed at most 5m ago; AES-256-GCM",
			"请求头 `Wechatpay-Signature`：时间戳、随机串与请求体的 RSA PKCS #1 SHA-256 签名，公钥由 `Wechatpay-Serial` 指定；签名时间相差不超过 5m；AES-256-GCM 解密",
		},
		Handshake: Text{"refuses the wrong signatures (`WECHATPAY/SIGNTEST/…`) that it sends on purpose now and then", "拒绝微信支付不时发送的、故意签错的探测请求（`WECHATPAY/SIGNTEST/…`）"},
		ID:        []string{"{{$context.data.id}}"},
		Event:     []string{"{{$context.data.event_type}}"},
		Deadline:  5 * time.Second,
		Steps: []Text{
			{
				"Sign in to the merchant platform (pay.weixin.qq.com) as super administrator and open Account Center (账户中心) > API Security (API安全).",
				"以超级管理员登录微信支付商户平台（pay.weixin.qq.com），进入“账户中心”→“API安全”。",
			},
			{
				"Set the APIv3 key (APIv3密钥), 32 letters and digits, and put it into apiV3Key here.",
				"设置“APIv3密钥”（32 位字母与数字），填入此处的 apiV3Key。",
			},
			{
				"Under WeChat Pay Public Key (微信支付公钥) download the key. In platformKeys, the name is its id (PUB_KEY_ID_…), the value the text of the PEM file. With platform certificates (平台证书) the name is the serial number; name the old and the new one while they change.",
				"在“微信支付公钥”处下载公钥。platformKeys 中以公钥 ID（PUB_KEY_ID_…）为名，以 PEM 文件内容为值；使用“平台证书”时以证书序列号为名，更换期间新旧两份都填。",
			},
			{
				"Save the workflow here, and give its URL as notify_url in each call that orders a payment or a refund.",
				"在此处保存工作流，并在下单、退款等接口请求中把它的 URL 作为 notify_url 传入。",
			},
		},
		Sources: []string{
			"https://pay.weixin.qq.com/docs/partner/products/notification/decryption.html",
			"https://pay.weixin.qq.com/docs/merchant/products/update-pub-key/wxp-pub-key-guide.html",
			"https://github.com/wechatpay-apiv3/wechatpay-go",
		},
		Acknowledgment: reply(http.StatusOK, "application/json", `{"code":"SUCCESS"}`),
	},
	prepare: func(c *wechatpaySettings, tree *value.Tree) (plan[wechatpaySettings], []hookflow.Problem) {
		problems := checkSecrets(tree, "apiV3Key", "")
		if c.APIv3Key != "" && len(c.APIv3Key) != apiV3KeySize {
			problems = append(problems, hookflow.Problem{Pointer: "/apiV3Key", Detail: "must have 32 characters"})
		}
		return plan[wechatpaySettings]{judge: judgeWechatpay}, append(problems, checkPlatformKeys(tree)...)
	},
})

// checkPlatformKeys demands at least one key, and that those which are no variables can be read.
func checkPlatformKeys(tree *value.Tree) []hookflow.Problem {
	const at = "/platformKeys"
	var problems []hookflow.Problem
	count := 0
	for name, member := range tree.Members() {
		if name != "platformKeys" {
			continue
		}
		for serial, key := range member.Members() {
			count++
			if !key.IsStatic() {
				continue
			}
			if _, err := parseRSAKey(key.Source().Text()); err != nil {
				problems = append(problems, hookflow.Problem{Pointer: at + "/" + hookflow.EscapePointer(serial), Detail: err.Error()})
			}
		}
	}
	if count == 0 {
		return []hookflow.Problem{{Pointer: at, Detail: "must name at least one key"}}
	}
	return problems
}

func judgeWechatpay(_ context.Context, req *Request, c *wechatpaySettings, v *Verdict) {
	v.Refusal = reply(http.StatusUnauthorized, "application/json", `{"code":"FAIL","message":"verification failed"}`)
	if !judgeWechatpaySignature(req, c, v) {
		return
	}
	notice, err := openNotice(req.Body, c.APIv3Key)
	if err != nil {
		v.failAs("decryption_failed", "decryption", "the resource "+err.Error(), "Compare the APIv3 key with the one at WeChat Pay.")
		return
	}
	v.pass("decryption", "the resource is decrypted")
	v.Payload = &Payload{ContentType: "application/json", Body: notice}
}

func judgeWechatpaySignature(req *Request, c *wechatpaySettings, v *Verdict) bool {
	const check = "signature"
	sent, serial := first(req.header("Wechatpay-Signature")), first(req.header("Wechatpay-Serial"))
	if sent == "" || serial == "" {
		v.failAs("missing_signature", check, "the header Wechatpay-Signature or Wechatpay-Serial is missing",
			"See that it is WeChat Pay that calls, and that no proxy drops its headers.")
		return false
	}
	written, ok := c.platformKey(serial)
	if !ok {
		v.failAs("unknown_key", "key", "no platform key has the serial number "+strings.ToValidUTF8(shortened(serial), "?"),
			"Add that public key or platform certificate, from API security (API安全) of the merchant platform.")
		return false
	}
	key, err := parseRSAKey(written)
	if err != nil {
		v.failAs("malformed_key", "key", "the platform key "+shortened(serial)+" "+err.Error(), "Copy the PEM file again.")
		return false
	}
	timestamp := first(req.header("Wechatpay-Timestamp"))
	message := timestamp + "\n" + first(req.header("Wechatpay-Nonce")) + "\n" + string(req.Body) + "\n"
	signature, err := base64.StdEncoding.DecodeString(sent)
	if err != nil || !signedRSA(key, []byte(message), signature) {
		v.failAs("signature_mismatch", check, "the header Wechatpay-Signature does not hold the signature of this body", wrongSignature(sent))
		return false
	}
	v.pass(check, "Wechatpay-Signature matches with the key "+shortened(serial))
	return c.judge(req.Now, timestamp, "s", v)
}

// wrongSignature says what to do about one.
func wrongSignature(sent string) string {
	if strings.HasPrefix(sent, "WECHATPAY/SIGNTEST/") {
		return "Nothing: WeChat Pay sends such a signature to see that it is refused."
	}
	return "Compare the platform key with the one at WeChat Pay, and see that no proxy changes the body."
}

// platformKey finds a key by its serial number, in hex of either case.
func (c *wechatpaySettings) platformKey(serial string) (key string, ok bool) {
	for name, key := range c.PlatformKeys {
		if strings.EqualFold(name, serial) {
			return key, true
		}
	}
	return "", false
}

// shortened is a serial number as a report shows it.
func shortened(serial string) string { return serial[:min(len(serial), 60)] }

// openNotice puts what the resource of a notification holds in its place.
func openNotice(body []byte, apiV3Key string) (value.Value, error) {
	document, err := value.Parse(body)
	if err != nil {
		return nil, errDecrypt
	}
	text, err := decryptResource(document.Get("resource"), apiV3Key)
	if err != nil {
		return nil, err
	}
	resource, err := value.Parse(text)
	if err != nil {
		resource = value.String(string(text))
	}
	var notice value.Object
	for name, member := range document.Members() {
		notice.Set(name, member)
	}
	notice.Set("resource", resource)
	return notice.Value(), nil
}

var errAlgorithm = errors.New("is encrypted with another algorithm than AEAD_AES_256_GCM")

func decryptResource(resource value.Value, apiV3Key string) ([]byte, error) {
	if resource.Get("algorithm").Text() != "AEAD_AES_256_GCM" {
		return nil, errAlgorithm
	}
	block, err := aes.NewCipher([]byte(apiV3Key))
	if err != nil {
		return nil, errDecrypt
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, errDecrypt
	}
	nonce := []byte(resource.Get("nonce").Text())
	ciphertext, err := base64.StdEncoding.DecodeString(resource.Get("ciphertext").Text())
	if err != nil || len(nonce) != aead.NonceSize() {
		return nil, errDecrypt
	}
	text, err := aead.Open(nil, nonce, ciphertext, []byte(resource.Get("associated_data").Text()))
	if err != nil {
		return nil, errDecrypt
	}
	return text, nil
}

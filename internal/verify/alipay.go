package verify

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// maxAlipayFields bounds the fields of a notification, which has about forty.
const maxAlipayFields = 1000

type alipaySettings struct {
	Common
	PublicKey string `json:"publicKey" required:"true" ui:"textarea" doc:"Alipay's public key (not that of the app): PEM, bare base64, or Alipay's certificate" zh:"支付宝公钥（不是应用公钥）：PEM、单行 Base64，或支付宝公钥证书"`
	AppID     string `json:"appId" required:"true" doc:"APPID of the app" zh:"应用的 APPID"`
}

// alipay follows https://developer.aliyun.com/article/710981 and checkNotifySignV2 of the provider's
// SDK (npm alipay-sdk).
var alipay = define(definition[alipaySettings]{
	key:   "alipay_rsa2",
	title: Text{"Alipay", "支付宝"},
	doc: Text{
		"Asynchronous notifications of Alipay, signed with RSA2.",
		"支付宝异步通知，以 RSA2 签名。",
	},
	provider: Provider{
		Checks: Text{
			"form field `sign`: RSA PKCS #1 SHA-256 of the sorted fields; `sign_type` is RSA2; for this `app_id`",
			"表单字段 `sign`：排序后各字段的 RSA PKCS #1 SHA-256 签名；`sign_type` 为 RSA2；`app_id` 相符",
		},
		ID: []string{"{{$context.data.notify_id}}"},
		Event: []string{
			"{{$context.data.notify_type}}.{{$context.data.trade_status}}", "{{$context.data.notify_type}}", "{{$context.data.trade_status}}", "{{$context.data.msg_method}}",
		},
		Steps: []Text{
			{
				"Open the Alipay console (open.alipay.com) > your app > Development Settings (开发设置) > Interface Signing Method (接口加签方式) and choose RSA2 there.",
				"登录支付宝开放平台（open.alipay.com）控制台，进入目标应用→“开发设置”→“接口加签方式”，选择 RSA2。",
			},
			{
				"Press View (查看) beside it and copy the Alipay public key (支付宝公钥), not the app's public key (应用公钥), into publicKey here. With certificates take alipayCertPublicKey_RSA2.crt.",
				"点击“查看”，把“支付宝公钥”（不是“应用公钥”）复制到此处的 publicKey；证书方式使用 alipayCertPublicKey_RSA2.crt 的内容。",
			},
			{
				"Copy the APPID, which stands at the head of the app's page, into appId here.",
				"把应用详情页顶部的 APPID 填入此处的 appId。",
			},
			{
				"Save the workflow here, and give its URL as notify_url in each call that orders a payment; messages that belong to no call go to the app's gateway (应用网关).",
				"在此处保存工作流，并在下单等接口请求中把它的 URL 作为 notify_url 传入；不属于某次调用的消息发往“应用网关”中设置的地址。",
			},
		},
		Sources: []string{
			"https://developer.aliyun.com/article/710981",
			"https://opendocs.alipay.com/open/291/105971",
			"https://github.com/alipay/alipay-sdk-nodejs-all",
		},
		Acknowledgment: reply(http.StatusOK, plainText, "success"),
	},
	prepare: func(c *alipaySettings, tree *value.Tree) (plan[alipaySettings], []hookflow.Problem) {
		problems := append(checkSecrets(tree, "publicKey", ""), checkSecrets(tree, "appId", "")...)
		if c.PublicKey != "" {
			if _, err := parseRSAKey(c.PublicKey); err != nil {
				problems = append(problems, hookflow.Problem{Pointer: "/publicKey", Detail: err.Error()})
			}
		}
		return plan[alipaySettings]{judge: judgeAlipay}, problems
	},
})

func judgeAlipay(_ context.Context, req *Request, c *alipaySettings, v *Verdict) {
	const check = "signature"
	form, err := parseAlipayForm(req.Body)
	if err != nil {
		v.failAs("malformed_signature", check, "the body "+err.Error(), "See that it is Alipay that sends to this URL.")
		return
	}
	if !judgeAlipaySignature(form, c, v) {
		return
	}
	if app := form.get("app_id"); !Equal([]byte(app), []byte(c.AppID)) {
		v.failAs("receiver_mismatch", "receiver", fmt.Sprintf("the notification is for the app %.40q, expected %.40q", app, c.AppID),
			"Set appId to the app that this URL is the notify_url of.")
		return
	}
	v.pass("receiver", "the notification is for this app")
	v.Payload = form.payload(req.Body)
}

func judgeAlipaySignature(form alipayForm, c *alipaySettings, v *Verdict) bool {
	const check = "signature"
	key, err := parseRSAKey(c.PublicKey)
	if err != nil {
		v.failAs("malformed_key", "settings", "publicKey "+err.Error(), "Copy the Alipay public key again.")
		return false
	}
	sent := form.get("sign")
	if sent == "" {
		v.failAs("missing_signature", check, "the field sign is missing", "See that it is Alipay that sends to this URL.")
		return false
	}
	if kind := form.get("sign_type"); kind != "RSA2" {
		v.failAs("signature_algorithm", check, fmt.Sprintf("sign_type is %.20q, only RSA2 is taken", kind),
			"Choose RSA2 at Alipay: RSA signs with SHA-1, which can be forged.")
		return false
	}
	signature, err := base64.StdEncoding.DecodeString(sent)
	// Some products sign sign_type as well.
	if err != nil || !signedRSA(key, form.sorted("sign", "sign_type"), signature) && !signedRSA(key, form.sorted("sign"), signature) {
		v.failAs("signature_mismatch", check, "the field sign does not hold the signature of these fields",
			"Compare the key with the Alipay public key (支付宝公钥) of the app; the app's own public key (应用公钥) is another.")
		return false
	}
	v.pass(check, "the field sign matches")
	return true
}

// alipayForm is a form in the bytes of its charset, sorted by name.
type alipayForm []alipayField

type alipayField struct{ name, text string }

var (
	errNotForm    = errors.New("is not a form")
	errManyFields = fmt.Errorf("is a form of more than %d fields", maxAlipayFields)
	errTwice      = errors.New("has a field twice")
)

// parseAlipayForm reads a form without guessing: a field that comes twice, or is malformed, could mean
// to the workflow what was not signed.
func parseAlipayForm(body []byte) (alipayForm, error) {
	form := string(body)
	if strings.Count(form, "&") >= maxAlipayFields {
		return nil, errManyFields
	}
	var parsed alipayForm
	for pair := range strings.SplitSeq(form, "&") {
		name, text, ok := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		text, err2 := url.QueryUnescape(text)
		if !ok || err != nil || err2 != nil || name == "" {
			return nil, errNotForm
		}
		parsed = append(parsed, alipayField{name, text})
	}
	slices.SortFunc(parsed, func(a, b alipayField) int { return cmp.Compare(a.name, b.name) })
	for i := range parsed[1:] {
		if parsed[i].name == parsed[i+1].name {
			return nil, errTwice
		}
	}
	return parsed, nil
}

func (f alipayForm) get(name string) string {
	for _, field := range f {
		if field.name == name {
			return field.text
		}
	}
	return ""
}

// sorted is what is signed: name=text of the fields but some, joined by &, nothing escaped.
func (f alipayForm) sorted(without ...string) []byte {
	var pairs []string
	for _, field := range f {
		if !slices.Contains(without, field.name) {
			pairs = append(pairs, field.name+"="+field.text)
		}
	}
	return []byte(strings.Join(pairs, "&"))
}

// payload is the same form with the charset that one of its fields names, which is not always that
// of the Content-Type; nil for UTF-8.
func (f alipayForm) payload(form []byte) *Payload {
	charset := f.get("charset")
	if charset == "" || strings.EqualFold(charset, "utf-8") {
		return nil
	}
	return &Payload{ContentType: "application/x-www-form-urlencoded; charset=" + charset, Body: form}
}

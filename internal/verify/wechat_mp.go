package verify

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type wechatSettings struct {
	Common
	Token          string `json:"token" required:"true" secret:"true" doc:"Token of the server configuration" zh:"服务器配置中的令牌（Token）"`
	EncodingAESKey string `json:"encodingAESKey,omitempty" secret:"true" doc:"EncodingAESKey, 43 characters; none in plain text mode, in which the message itself is not signed" zh:"消息加解密密钥（EncodingAESKey），43 个字符；明文模式下不填，此时消息内容本身没有签名"`
	ReceiveID      string `json:"receiveId,omitempty" doc:"AppID of the account; required beside encodingAESKey" zh:"账号的 AppID；填写 encodingAESKey 时必填"`
	Window
}

// wechatMP follows https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/message-push.html.
var wechatMP = define(definition[wechatSettings]{
	key:   "wechat_mp",
	title: Text{"WeChat Official Accounts", "微信公众号"},
	doc: Text{
		"Messages and events of WeChat official accounts and mini programs, encrypted or in plain text.",
		"微信公众号、服务号与小程序的消息推送，支持安全模式与明文模式。",
	},
	provider: Provider{
		Checks: Text{
			"query parameter `msg_signature`: SHA-1 of token, timestamp, nonce and ciphertext; signed at most 5m ago; AES-256-CBC; for this AppID. In plain text mode `signature`: SHA-1 of token, timestamp and nonce only",
			"查询参数 `msg_signature`：token、timestamp、nonce 与密文的 SHA-1；签名时间相差不超过 5m；AES-256-CBC 解密；AppID 相符。明文模式仅校验 `signature`：token、timestamp 与 nonce 的 SHA-1",
		},
		Handshake: Text{"sends the `echostr` of a signed GET back", "对带签名的 GET 请求，原样返回 `echostr`"},
		ID: []string{
			"{{$context.data.xml.MsgId}}",
			"{{$context.data.xml.CreateTime}}-{{$context.data.xml.FromUserName}}-{{$context.data.xml.Event}}",
			"{{$context.data.MsgId}}",
			"{{$context.data.CreateTime}}-{{$context.data.FromUserName}}-{{$context.data.Event}}",
		},
		Event: []string{
			"{{$context.data.xml.Event}}", "{{$context.data.xml.MsgType}}", "{{$context.data.Event}}", "{{$context.data.MsgType}}",
		},
		Deadline: 5 * time.Second,
		Steps: []Text{
			{
				"Sign in to mp.weixin.qq.com, open Settings and Development (设置与开发) > Basic Configuration (基本配置), and under Server Configuration (服务器配置) press Modify (修改配置). A mini program has this as Message Push (消息推送) in its development settings (开发设置).",
				"登录 mp.weixin.qq.com，进入“设置与开发”→“基本配置”，在“服务器配置”处点击“修改配置”；小程序在“开发设置”的“消息推送”中配置。",
			},
			{
				"Make up a Token, press Random (随机生成) beside EncodingAESKey, and copy both into the settings token and encodingAESKey here; as receiveId take the AppID (开发者ID) of the same page.",
				"自定义令牌（Token），在“消息加解密密钥（EncodingAESKey）”旁点击“随机生成”，把两个值填入此处的 token 与 encodingAESKey；receiveId 填同一页面的 AppID（开发者ID）。",
			},
			{
				"As message encryption (消息加解密方式) choose Safe Mode (安全模式). For Plain Text Mode (明文模式) leave encodingAESKey out here.",
				"“消息加解密方式”选择“安全模式”；若选择“明文模式”，此处不要填写 encodingAESKey。",
			},
			{
				"Save the workflow here first. Then paste its URL as URL there, press Submit (提交) and then Enable (启用): WeChat checks the URL at once.",
				"先在此处保存工作流，再把它的 URL 填入“服务器地址(URL)”，点击“提交”并“启用”：微信会立即校验该 URL。",
			},
		},
		Sources: []string{
			"https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/message-push.html",
			"https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Message_encryption_and_decryption.html",
		},
		Acknowledgment: reply(http.StatusOK, plainText, "success"),
	},
	prepare: func(c *wechatSettings, tree *value.Tree) (plan[wechatSettings], []hookflow.Problem) {
		problems := checkSecrets(tree, "token", "")
		if hasMember(tree, "encodingAESKey") {
			problems = append(problems, checkSecrets(tree, "encodingAESKey", "")...)
			problems = append(problems, checkEnvelopeKey("encodingAESKey", c.EncodingAESKey)...)
			problems = append(problems, checkSecrets(tree, "receiveId", "")...)
		}
		return plan[wechatSettings]{judge: judgeWechat, sign: signWechat, methods: []string{http.MethodGet}}, problems
	},
})

func hasMember(tree *value.Tree, wanted string) bool {
	for name, member := range tree.Members() {
		if name == wanted {
			return member.Kind() != value.KindNull
		}
	}
	return false
}

// judgeWechat lets nothing in plain text pass once there is a key to encrypt with: its signature is
// not over the message, so that one seen in a URL would do for any other.
func judgeWechat(_ context.Context, req *Request, c *wechatSettings, v *Verdict) {
	switch {
	case isProbe(req):
		if judgeWechatQuery(req, c, v) {
			v.shake("echostr is sent back", reply(http.StatusOK, plainText, first(req.query("echostr"))))
		}
	case c.EncodingAESKey == "":
		judgeWechatQuery(req, c, v)
	default:
		judgeWechatEnvelope(req, c, v)
	}
}

func signWechat(s *Signed, c *wechatSettings) error {
	if c.EncodingAESKey == "" {
		plain := sealed{timestamp: formatTime(s.Now, "s"), nonce: nonce()}
		plain.signature = hex.EncodeToString(signSorted(c.Token, plain.timestamp, plain.nonce))
		plain.prove(s, "signature")
		return nil
	}
	e, err := newEnvelope(c.Token, "encodingAESKey", c.EncodingAESKey, c.ReceiveID)
	if err != nil {
		return err
	}
	e.signTencent(s)
	return nil
}

// judgeWechatQuery checks the signature over token, timestamp and nonce.
func judgeWechatQuery(req *Request, c *wechatSettings, v *Verdict) bool {
	const check = "signature"
	mark := tencentPostmark(req, "signature")
	switch {
	case mark.signature == "":
		v.failAs("missing_signature", check, mark.where+" is missing", "See that it is WeChat that calls, and that no proxy drops the query.")
		return false
	case !isHexOf(mark.signature, signSorted(c.Token, mark.timestamp, mark.nonce)):
		v.failAs("signature_mismatch", check, mark.where+" does not hold the signature of this token", "Compare the token with the one at WeChat.")
		return false
	}
	v.pass(check, mark.where+" matches")
	return c.judge(req.Now, mark.timestamp, mark.unit, v)
}

func judgeWechatEnvelope(req *Request, c *wechatSettings, v *Verdict) {
	e, err := newEnvelope(c.Token, "encodingAESKey", c.EncodingAESKey, c.ReceiveID)
	if err != nil {
		v.failAs("malformed_key", "settings", err.Error(), "Copy the EncodingAESKey again.")
		return
	}
	ciphertext, isJSON := ciphertextOf(req.Body)
	if ciphertext == "" {
		v.failAs("missing_signature", "signature", "the message is in plain text, and so is not signed",
			"Choose safe mode (安全模式) at WeChat, or leave out encodingAESKey here.")
		return
	}
	message, ok := e.take(req, tencentPostmark(req, "msg_signature"), ciphertext, c.Window, v)
	if !ok {
		return
	}
	v.Payload = payloadOf(message)
	v.seal = e.sealTencent(req.Now, isJSON)
}

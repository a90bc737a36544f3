package verify

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type wecomSettings struct {
	Common
	Token          string `json:"token" required:"true" secret:"true" doc:"Token, as set beside the URL at WeCom" zh:"企业微信中与 URL 一同填写的 Token"`
	EncodingAESKey string `json:"encodingAESKey" required:"true" secret:"true" doc:"EncodingAESKey, 43 characters" zh:"EncodingAESKey，43 个字符"`
	ReceiveID      string `json:"receiveId,omitempty" doc:"Corp ID of an app of your own, suite ID of a third-party app; none for an intelligent robot" zh:"自建应用填企业 ID（CorpID），第三方应用填 SuiteID；智能机器人不填"`
	Window
}

// wecom follows https://developer.work.weixin.qq.com/document/path/90930 and, for the JSON of
// robots, https://developer.work.weixin.qq.com/document/path/101033.
var wecom = define(definition[wecomSettings]{
	key:   "wecom",
	title: Text{"WeCom", "企业微信"},
	doc: Text{
		"Callbacks of WeCom apps and robots: signed, encrypted, answered encrypted.",
		"企业微信应用与机器人的回调：校验签名、解密消息、加密回复。",
	},
	provider: Provider{
		Checks: Text{
			"query parameter `msg_signature`: SHA-1 of token, timestamp, nonce and ciphertext; signed at most 5m ago; AES-256-CBC; for this receive id",
			"查询参数 `msg_signature`：token、timestamp、nonce 与密文的 SHA-1；签名时间相差不超过 5m；AES-256-CBC 解密；ReceiveId 相符",
		},
		Handshake: Text{"sends the decrypted `echostr` of a signed GET back, within 1 s", "对带签名的 GET 请求，1 秒内返回解密后的 `echostr`"},
		ID: []string{
			"{{$context.data.xml.MsgId}}",
			"{{$context.data.msgid}}",
			// Events have no id, and those about members come from the same sender, several in a second.
			"{{$context.data.xml.CreateTime}}-{{$context.data.xml.FromUserName}}-{{$context.data.xml.ChangeType}}-{{$context.data.xml.UserID}}-{{$context.data.xml.ExternalUserID}}",
			"{{$context.data.xml.CreateTime}}-{{$context.data.xml.FromUserName}}-{{$context.data.xml.ChangeType}}-{{$context.data.xml.UserID}}",
			"{{$context.data.xml.CreateTime}}-{{$context.data.xml.FromUserName}}-{{$context.data.xml.ChangeType}}-{{$context.data.xml.Id}}",
			"{{$context.data.xml.CreateTime}}-{{$context.data.xml.FromUserName}}-{{$context.data.xml.Event}}",
		},
		Event: []string{
			"{{$context.data.xml.Event}}", "{{$context.data.xml.InfoType}}", "{{$context.data.xml.MsgType}}",
			"{{$context.data.event.eventtype}}", "{{$context.data.msgtype}}",
		},
		Deadline: 5 * time.Second,
		Steps: []Text{
			{
				"Sign in to the WeCom admin console (work.weixin.qq.com), open App Management (应用管理) > Self-built (自建) > your app, and under Receive Messages (接收消息) press Set API Receiving (设置API接收).",
				"登录企业微信管理后台（work.weixin.qq.com），进入“应用管理”→“自建”→目标应用，在“接收消息”处点击“设置API接收”。",
			},
			{
				"Press Random (随机获取) beside Token and beside EncodingAESKey, and copy both into the settings token and encodingAESKey here.",
				"在 Token 与 EncodingAESKey 旁分别点击“随机获取”，并把两个值填入此处的 token 与 encodingAESKey。",
			},
			{
				"As receiveId take the Corp ID (企业ID) at the foot of My Company (我的企业) > Company Information (企业信息). A third-party app has its SuiteID instead; an intelligent robot (智能机器人) has none: leave the setting out.",
				"receiveId 填“我的企业”→“企业信息”页面底部的“企业ID”；第三方应用填 SuiteID；智能机器人的 ReceiveId 为空，不填此项。",
			},
			{
				"Save the workflow here first. Then paste its URL as URL there, choose the events and press Save (保存): WeCom at once asks the URL for the decrypted echostr.",
				"先在此处保存工作流，再把它的 URL 填入企业微信的“URL”，勾选要接收的事件并点击“保存”：企业微信会立即请求该 URL 并核对解密后的 echostr。",
			},
		},
		Sources: []string{
			"https://developer.work.weixin.qq.com/document/path/90930",
			"https://developer.work.weixin.qq.com/document/path/96466",
			"https://developer.work.weixin.qq.com/document/path/101033",
		},
		Acknowledgment: reply(http.StatusOK, plainText, "success"),
	},
	prepare: func(c *wecomSettings, tree *value.Tree) (plan[wecomSettings], []hookflow.Problem) {
		problems := append(checkSecrets(tree, "token", ""), checkSecrets(tree, "encodingAESKey", "")...)
		return plan[wecomSettings]{judge: judgeWecom, sign: signWecom, methods: []string{http.MethodGet}},
			append(problems, checkEnvelopeKey("encodingAESKey", c.EncodingAESKey)...)
	},
})

func judgeWecom(_ context.Context, req *Request, c *wecomSettings, v *Verdict) {
	e, err := newEnvelope(c.Token, "encodingAESKey", c.EncodingAESKey, c.ReceiveID)
	if err != nil {
		v.failAs("malformed_key", "settings", err.Error(), "Copy the EncodingAESKey again.")
		return
	}
	mark := tencentPostmark(req, "msg_signature")
	if isProbe(req) {
		e.answerProbe(req, mark, c.Window, v)
		return
	}
	ciphertext, isJSON := ciphertextOf(req.Body)
	if ciphertext == "" {
		v.failAs("missing_signature", "signature", "the body holds no Encrypt", "See that it is WeCom that sends to this URL.")
		return
	}
	message, ok := e.take(req, mark, ciphertext, c.Window, v)
	if !ok {
		return
	}
	v.Payload = payloadOf(message)
	v.seal = e.sealTencent(req.Now, isJSON)
}

func signWecom(s *Signed, c *wecomSettings) error {
	e, err := newEnvelope(c.Token, "encodingAESKey", c.EncodingAESKey, c.ReceiveID)
	if err != nil {
		return err
	}
	e.signTencent(s)
	return nil
}

// signTencent encrypts the body, as JSON where it is JSON, and signs it in the query.
func (e *envelope) signTencent(s *Signed) {
	sealed := e.seal(s.Body, formatTime(s.Now, "s"))
	if startsWith(s.Body, '{') {
		s.Body = (&value.Object{}).Set("encrypt", value.String(sealed.ciphertext)).Value()
	} else {
		s.Body = fmt.Appendf(nil, "<xml><Encrypt><![CDATA[%s]]></Encrypt></xml>", sealed.ciphertext)
	}
	sealed.prove(s, "msg_signature")
}

// prove puts what says who sealed it into the query.
func (sealed sealed) prove(s *Signed, signature string) {
	s.setQuery("timestamp", sealed.timestamp)
	s.setQuery("nonce", sealed.nonce)
	s.proveInQuery(signature, sealed.signature)
}

// tencentPostmark reads what WeCom and WeChat put into the query.
func tencentPostmark(req *Request, signature string) postmark {
	return postmark{
		where:     "the query parameter " + signature,
		signature: first(req.query(signature)),
		timestamp: first(req.query("timestamp")),
		nonce:     first(req.query("nonce")),
		unit:      "s",
	}
}

// isProbe tells a check of the URL, which comes by GET, from a message.
func isProbe(req *Request) bool { return req.Method == http.MethodGet || req.Method == http.MethodHead }

// answerProbe answers a check of the URL with the text that is encrypted in its echostr.
func (e *envelope) answerProbe(req *Request, mark postmark, within Window, v *Verdict) {
	// A + that was not percent-encoded comes out of the query as a space, of which base64 has none.
	echo := strings.ReplaceAll(first(req.query("echostr")), " ", "+")
	if echo == "" {
		v.failAs("missing_signature", "signature", "the query parameter echostr is missing", "Only the provider's check of the URL comes by GET; it has an echostr.")
		return
	}
	if text, ok := e.take(req, mark, echo, within, v); ok {
		v.shake("the decrypted echostr is sent back", reply(http.StatusOK, plainText, string(text)))
	}
}

// payloadOf is a decrypted message: XML or, from a robot, JSON.
func payloadOf(message []byte) *Payload {
	if startsWith(message, '{') {
		return &Payload{ContentType: "application/json", Body: message}
	}
	return &Payload{ContentType: "application/xml", Body: message}
}

// sealTencent encrypts an answer that is a reply. An empty one and "success" say no more than that
// the message has come, and an error is no reply either.
func (e *envelope) sealTencent(now time.Time, asJSON bool) func(*hookflow.Response) (*hookflow.Response, error) {
	return func(answer *hookflow.Response) (*hookflow.Response, error) {
		if answer.Status >= http.StatusMultipleChoices || len(answer.Body) == 0 || string(answer.Body) == "success" {
			return answer, nil
		}
		s := e.seal(answer.Body, strconv.FormatInt(now.Unix(), 10))
		if asJSON {
			return s.json("encrypt", "msgsignature", "timestamp", "nonce"), nil
		}
		return s.xml(), nil
	}
}

package verify

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type dingtalkSettings struct {
	Common
	Token    string `json:"token" required:"true" secret:"true" doc:"Token for signatures" zh:"签名 token"`
	AESKey   string `json:"aesKey" required:"true" secret:"true" doc:"Key for encryption (aes_key), 43 characters" zh:"加密 aes_key，43 个字符"`
	OwnerKey string `json:"ownerKey" required:"true" doc:"Client ID (AppKey) of an internal app, SuiteKey of a third-party app, corp ID for callbacks that were registered by the API" zh:"企业内部应用填 Client ID（AppKey），第三方应用填 SuiteKey，通过接口注册的回调填 CorpId"`
	Window
}

// dingtalkEvent follows https://open.dingtalk.com/document/orgapp/configure-event-subcription.
var dingtalkEvent = define(definition[dingtalkSettings]{
	key:   "dingtalk_event",
	title: Text{"DingTalk events", "钉钉事件订阅"},
	doc: Text{
		"Events that DingTalk pushes by HTTP: signed, encrypted, acknowledged encrypted.",
		"钉钉以 HTTP 方式推送的事件：校验签名、解密消息、加密应答。",
	},
	provider: Provider{
		Checks: Text{
			"query parameter `signature` or `msg_signature`: SHA-1 of token, timestamp, nonce and ciphertext; signed at most 5m ago; AES-256-CBC; for this owner key",
			"查询参数 `signature` 或 `msg_signature`：token、timestamp、nonce 与密文的 SHA-1；签名时间相差不超过 5m；AES-256-CBC 解密；ownerKey 相符",
		},
		Handshake: Text{
			"answers `check_url` with `success`, and `check_create_suite_url` with its `Random`, encrypted, within 1.5 s",
			"1.5 秒内返回加密的应答：`check_url` 返回 `success`，`check_create_suite_url` 返回其 `Random`",
		},
		ID:       []string{"{{$context.data.eventId}}"},
		Event:    []string{"{{$context.data.EventType}}"},
		Deadline: 1500 * time.Millisecond,
		Steps: []Text{
			{
				"Sign in to the developer console (open-dev.dingtalk.com), open App Development (应用开发) > your app > Events and Callbacks (事件与回调), and choose HTTP Push (HTTP推送).",
				"登录钉钉开发者后台（open-dev.dingtalk.com），进入“应用开发”→目标应用→“事件与回调”，推送方式选择“HTTP推送”。",
			},
			{
				"Have the encryption aes_key (加密 aes_key) and the signature token (签名 token) generated there, and copy both into the settings aesKey and token here.",
				"在该页面生成“加密 aes_key”与“签名 token”，分别填入此处的 aesKey 与 token。",
			},
			{
				"As ownerKey take the Client ID, formerly AppKey, of Credentials and Basic Information (凭证与基础信息); a third-party app has its SuiteKey instead.",
				"ownerKey 填“凭证与基础信息”中的 Client ID（原 AppKey）；第三方应用填 SuiteKey。",
			},
			{
				"Save the workflow here first. Then paste its URL as request URL (请求网址) there and press Save (保存): DingTalk at once sends check_url. After that switch on the events.",
				"先在此处保存工作流，再把它的 URL 填入“请求网址”并点击“保存”：钉钉会立即推送 check_url 校验；通过后开启需要订阅的事件。",
			},
		},
		Sources: []string{
			"https://open.dingtalk.com/document/orgapp/configure-event-subcription",
			"https://github.com/open-dingtalk/DingTalk-Callback-Crypto",
		},
	},
	prepare: func(c *dingtalkSettings, tree *value.Tree) (plan[dingtalkSettings], []hookflow.Problem) {
		problems := append(checkSecrets(tree, "token", ""), checkSecrets(tree, "aesKey", "")...)
		problems = append(problems, checkSecrets(tree, "ownerKey", "")...)
		return plan[dingtalkSettings]{judge: judgeDingtalk, sign: signDingtalk, methods: []string{http.MethodPost}},
			append(problems, checkEnvelopeKey("aesKey", c.AESKey)...)
	},
})

func judgeDingtalk(_ context.Context, req *Request, c *dingtalkSettings, v *Verdict) {
	e, err := newEnvelope(c.Token, "aesKey", c.AESKey, c.OwnerKey)
	if err != nil {
		v.failAs("malformed_key", "settings", err.Error(), "Copy the aes_key again.")
		return
	}
	ciphertext, _ := ciphertextOf(req.Body)
	if ciphertext == "" {
		v.failAs("missing_signature", "signature", "the body holds no encrypt", "See that it is DingTalk that sends to this URL.")
		return
	}
	message, ok := e.take(req, dingtalkPostmark(req), ciphertext, c.Window, v)
	if !ok {
		return
	}
	event, _ := value.Parse(message)
	if word, ok := probeWord(event); ok {
		v.shake("the check of the URL is answered, encrypted", e.sealDingtalk(word, req.Now))
		return
	}
	v.Payload = &Payload{ContentType: "application/json", Body: message}
	v.seal = func(answer *hookflow.Response) (*hookflow.Response, error) {
		if answer.Status >= http.StatusMultipleChoices {
			return answer, nil
		}
		return e.sealDingtalk("success", req.Now), nil
	}
}

func signDingtalk(s *Signed, c *dingtalkSettings) error {
	e, err := newEnvelope(c.Token, "aesKey", c.AESKey, c.OwnerKey)
	if err != nil {
		return err
	}
	sealed := e.seal(s.Body, formatTime(s.Now, "ms"))
	s.Body = (&value.Object{}).Set("encrypt", value.String(sealed.ciphertext)).Value()
	sealed.prove(s, "signature")
	return nil
}

// dingtalkPostmark reads the query, in which both the signature and the timestamp have two names.
func dingtalkPostmark(req *Request) postmark {
	either := func(one, other string) string {
		return first(append(req.query(one), req.query(other)...))
	}
	return postmark{
		where:     "the query parameter signature",
		signature: either("signature", "msg_signature"),
		timestamp: either("timestamp", "timeStamp"),
		nonce:     first(req.query("nonce")),
		unit:      "ms",
	}
}

// probeWord tells a check of the URL, and what is to be said to it.
func probeWord(event value.Value) (word string, ok bool) {
	switch event.Get("EventType").Text() {
	case "check_url":
		return "success", true
	case "check_create_suite_url", "check_update_suite_url":
		return event.Get("Random").Text(), true
	}
	return "", false
}

func (e *envelope) sealDingtalk(word string, now time.Time) *hookflow.Response {
	return e.seal([]byte(word), strconv.FormatInt(now.UnixMilli(), 10)).json("encrypt", "msg_signature", "timeStamp", "nonce")
}

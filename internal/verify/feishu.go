package verify

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // the provider signs so
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type feishuSettings struct {
	Common
	EncryptKey        string `json:"encryptKey,omitempty" secret:"true" doc:"Encrypt Key; without one events are neither signed nor encrypted" zh:"Encrypt Key；不设置时事件既不签名也不加密"`
	VerificationToken string `json:"verificationToken" required:"true" secret:"true" doc:"Verification Token" zh:"Verification Token"`
	Window
}

// feishu follows https://open.feishu.cn/document/server-docs/event-subscription-guide/overview and
// the provider's SDK (github.com/larksuite/oapi-sdk-go, event/dispatcher and card).
var feishu = define(definition[feishuSettings]{
	key:   "feishu",
	title: Text{"Feishu / Lark", "飞书 / Lark"},
	doc: Text{
		"Events and card callbacks of Feishu and Lark apps: signed, encrypted, with a token.",
		"飞书（Lark）应用的事件与卡片回调：校验签名与 Token，并解密。",
	},
	provider: Provider{
		Checks: Text{
			"header `X-Lark-Signature`: SHA-256 of timestamp, nonce, Encrypt Key and body; signed at most 5m ago; AES-256-CBC; Verification Token. Without an Encrypt Key the token alone",
			"请求头 `X-Lark-Signature`：时间戳、nonce、Encrypt Key 与请求体的 SHA-256；签名时间相差不超过 5m；AES-256-CBC 解密；Verification Token。未设置 Encrypt Key 时仅校验 Token",
		},
		Handshake: Text{
			"sends the `challenge` of `url_verification` back within 1 s; it comes unsigned, so it must decrypt and have the token",
			"1 秒内返回 `url_verification` 的 `challenge`；该请求没有签名，须能解密且 token 相符",
		},
		ID:       []string{"{{$context.data.header.event_id}}", "{{$context.data.uuid}}"},
		Event:    []string{"{{$context.data.header.event_type}}", "{{$context.data.event.type}}", "{{$context.data.action.tag}}"},
		Deadline: 3 * time.Second,
		Steps: []Text{
			{
				"Open the developer console (open.feishu.cn/app, for Lark open.larksuite.com/app) > your app > Events and Callbacks (事件与回调) > Encryption Strategy (加密策略).",
				"登录开发者后台（open.feishu.cn/app，Lark 为 open.larksuite.com/app），进入目标应用→“事件与回调”→“加密策略”。",
			},
			{
				"Set an Encrypt Key there, and copy Encrypt Key and Verification Token into the settings encryptKey and verificationToken here.",
				"设置 Encrypt Key，并把 Encrypt Key 与 Verification Token 填入此处的 encryptKey 与 verificationToken。",
			},
			{
				"Save the workflow here first. Then, under Event Configuration (事件配置) > Subscription Method (订阅方式), choose sending to the developer's server (将事件发送至开发者服务器), paste its URL as request URL (请求地址) and save: Feishu at once sends url_verification. Callback Configuration (回调配置) has the same for cards.",
				"先在此处保存工作流，再到“事件配置”→“订阅方式”选择“将事件发送至开发者服务器”，把它的 URL 填入“请求地址”并保存：飞书会立即发送 url_verification 校验。卡片回调在“回调配置”中同样设置。",
			},
			{
				"Press Add Events (添加事件), grant the permissions they ask for, and publish a version of the app (版本管理与发布): events come only after that.",
				"点击“添加事件”并开通所需权限，然后在“版本管理与发布”中发布应用版本，之后才会推送事件。",
			},
		},
		Sources: []string{
			"https://open.feishu.cn/document/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/choose-a-subscription-mode/send-notifications-to-developers-server",
			"https://open.feishu.cn/document/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/encrypt-key-encryption-configuration-case",
			"https://github.com/larksuite/oapi-sdk-go",
		},
	},
	prepare: func(_ *feishuSettings, tree *value.Tree) (plan[feishuSettings], []hookflow.Problem) {
		problems := checkSecrets(tree, "verificationToken", "")
		if hasMember(tree, "encryptKey") {
			problems = append(problems, checkSecrets(tree, "encryptKey", "")...)
		}
		return plan[feishuSettings]{judge: judgeFeishu, sign: signFeishu, methods: []string{http.MethodPost}}, problems
	},
})

// feishuEvent is a body, decrypted if it was encrypted.
type feishuEvent struct {
	text      []byte
	value     value.Value // missing when it could not be read
	encrypted bool
}

// judgeFeishu looks into the body before it looks at the signature, for url_verification comes
// unsigned. Of a body that cannot be read an unsigned request learns only that it is unsigned.
func judgeFeishu(_ context.Context, req *Request, c *feishuSettings, v *Verdict) {
	event := readFeishu(req.Body, c.EncryptKey)
	switch {
	case event.value.Get("type").Text() == "url_verification" && event.encrypted == (c.EncryptKey != ""):
		if judgeFeishuToken(event.value, c, v) {
			var answer value.Object
			answer.Set("challenge", event.value.Get("challenge"))
			v.shake("the challenge is sent back", replyJSON(answer.Value()))
		}
		return
	case isFeishuCard(event):
		judgeFeishuSignature(req, sha1.New(), c.VerificationToken, c.Window, v) //nolint:gosec // the provider signs so
		return
	case c.EncryptKey != "":
		if !judgeFeishuSignature(req, sha256.New(), c.EncryptKey, c.Window, v) || !judgeFeishuText(event, v) {
			return
		}
	case event.encrypted:
		v.failAs("missing_secret", "decryption", "the body is encrypted, and no encryptKey is set", "Set encryptKey to the Encrypt Key at Feishu.")
		return
	}
	if judgeFeishuToken(event.value, c, v) && event.encrypted {
		v.Payload = &Payload{ContentType: "application/json", Body: event.text}
	}
}

func readFeishu(body []byte, encryptKey string) feishuEvent {
	document, _ := value.Parse(body)
	ciphertext, ok := document.Get("encrypt").Str()
	if !ok {
		return feishuEvent{text: body, value: document}
	}
	text, err := decryptFeishu(encryptKey, ciphertext)
	if err != nil {
		return feishuEvent{encrypted: true}
	}
	event, _ := value.Parse(text)
	return feishuEvent{text: text, value: event, encrypted: true}
}

// decryptFeishu undoes AES-256-CBC with the SHA-256 of the key; the data begins with the vector.
func decryptFeishu(encryptKey, ciphertext string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(ciphertext)
	if err != nil || len(data) < aes.BlockSize {
		return nil, errDecrypt
	}
	key := sha256.Sum256([]byte(encryptKey))
	return decryptCBC(key[:], data[:aes.BlockSize], data[aes.BlockSize:], aes.BlockSize)
}

// encryptFeishu is the opposite of decryptFeishu.
func encryptFeishu(encryptKey string, text []byte) (ciphertext string) {
	padding := aes.BlockSize - len(text)%aes.BlockSize
	data := make([]byte, aes.BlockSize, aes.BlockSize+len(text)+padding)
	_, _ = rand.Read(data) // it never fails

	data = append(append(data, text...), bytes.Repeat([]byte{byte(padding)}, padding)...)
	key := sha256.Sum256([]byte(encryptKey))
	block, _ := aes.NewCipher(key[:]) // its length is right
	cipher.NewCBCEncrypter(block, data[:aes.BlockSize]).CryptBlocks(data[aes.BlockSize:], data[aes.BlockSize:])
	return base64.StdEncoding.EncodeToString(data)
}

// isFeishuCard tells callbacks of cards in their first form, which are never encrypted and signed in
// a way of their own. The token in them is the card's.
func isFeishuCard(event feishuEvent) bool {
	return !event.encrypted && event.value.Get("schema") == nil && event.value.Get("action").Kind() == value.KindObject
}

func judgeFeishuSignature(req *Request, sum hash.Hash, secret string, within Window, v *Verdict) bool {
	const check = "signature"
	sent := first(req.header("X-Lark-Signature"))
	if sent == "" {
		v.failAs("missing_signature", check, "the header X-Lark-Signature is missing",
			"Set the Encrypt Key at Feishu, so that it signs, and see that no proxy drops the header.")
		return false
	}
	timestamp := first(req.header("X-Lark-Request-Timestamp"))
	for _, part := range []string{timestamp, first(req.header("X-Lark-Request-Nonce")), secret} {
		sum.Write([]byte(part))
	}
	sum.Write(req.Body)
	if !isHexOf(sent, sum.Sum(nil)) {
		v.failAs("signature_mismatch", check, "the header X-Lark-Signature does not hold the signature of this body",
			"Compare Encrypt Key and Verification Token with those at Feishu, and see that no proxy changes the body.")
		return false
	}
	v.pass(check, "the header X-Lark-Signature matches")
	return within.judge(req.Now, timestamp, "s", v)
}

// signFeishu puts the token into an event and, where there is a key, encrypts and signs it. A callback
// of a card is signed with the token, which is not in it.
func signFeishu(s *Signed, c *feishuSettings) error {
	event := readFeishu(s.Body, "")
	if isFeishuCard(event) {
		signFeishuHeaders(s, sha1.New(), c.VerificationToken) //nolint:gosec // the provider signs so
		return nil
	}
	at := []value.Segment{"token"}
	if event.value.Get("schema") != nil {
		at = []value.Segment{"header", "token"}
	}
	if err := s.setMember(at, value.String(c.VerificationToken)); err != nil {
		return err
	}
	s.InBody = true
	if c.EncryptKey != "" {
		s.Body = (&value.Object{}).Set("encrypt", value.String(encryptFeishu(c.EncryptKey, s.Body))).Value()
		signFeishuHeaders(s, sha256.New(), c.EncryptKey)
	}
	return nil
}

func signFeishuHeaders(s *Signed, sum hash.Hash, secret string) {
	timestamp, once := formatTime(s.Now, "s"), nonce()
	s.setHeader("X-Lark-Request-Timestamp", timestamp)
	s.setHeader("X-Lark-Request-Nonce", once)
	for _, part := range []string{timestamp, once, secret} {
		sum.Write([]byte(part))
	}
	sum.Write(s.Body)
	s.proveInHeader("X-Lark-Signature", hex.EncodeToString(sum.Sum(nil)))
}

// judgeFeishuText is for signed events: the signature is made with the key that encrypts.
func judgeFeishuText(event feishuEvent, v *Verdict) bool {
	if event.value == nil {
		v.failAs("decryption_failed", "decryption", "the body "+errDecrypt.Error(), "See that the body is what Feishu sent.")
		return false
	}
	if event.encrypted {
		v.pass("decryption", "decrypted")
	}
	return true
}

// judgeFeishuToken compares the token of an event, which has it in its header since schema 2.0.
func judgeFeishuToken(event value.Value, c *feishuSettings, v *Verdict) bool {
	const check = "token"
	sent, ok := event.Get("header", "token").Str()
	if !ok {
		sent, ok = event.Get("token").Str()
	}
	switch {
	case !ok:
		v.failAs("missing_token", check, "the event has no token", "See that it is Feishu that sends to this URL.")
	case !Equal([]byte(sent), []byte(c.VerificationToken)):
		v.failAs("token_mismatch", check, "the event has another token", "Compare the Verification Token with the one at Feishu.")
	default:
		v.pass(check, "the token matches")
		return true
	}
	return false
}

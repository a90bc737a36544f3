package verify

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type hmacSettings struct {
	Common
	Secrets
	MAC
	Rule
}

var generic = define(definition[hmacSettings]{
	key:   "hmac",
	title: Text{"HMAC signature", "HMAC 签名"},
	doc: Text{
		"A signature made with a shared secret, described by these settings. It stands in the header X-Signature-256 unless they say where.",
		"用共享密钥计算的签名，格式由以下设置描述。未指定位置时取请求头 X-Signature-256。",
	},
	provider: Provider{Checks: Text{
		"an HMAC, or a digest with the secret in it, over what the settings say",
		"按设置校验 HMAC，或含密钥的摘要",
	}},
	prepare: func(c *hmacSettings, tree *value.Tree) (plan[hmacSettings], []hookflow.Problem) {
		if c.signature().count() == 0 {
			c.Header = "X-Signature-256"
		}
		e, problems := newEngine(c.Rule, c.MAC)
		judge := func(_ context.Context, req *Request, c *hmacSettings, v *Verdict) { e.judge(req, c.all(), v) }
		return plan[hmacSettings]{judge: judge}, append(problems, checkSecrets(tree, "secret", "secrets")...)
	},
})

type publicKeySettings struct {
	Common
	PublicKey  string   `json:"publicKey,omitempty" doc:"Public key of the sender: PEM, the base64 of its DER, or an Ed25519 key in hex or base64" zh:"发送方的公钥：PEM、DER 的 base64，或十六进制/base64 的 Ed25519 公钥"`
	PublicKeys []string `json:"publicKeys,omitempty" max:"5" doc:"Several public keys, valid at once while rotating" zh:"轮换期间同时有效的多个公钥"`
	Algorithm  string   `json:"algorithm" required:"true" literal:"true" enum:"ed25519,ecdsa-p256-sha256,rsa-pkcs1-sha256,rsa-pss-sha512" doc:"How the sender signs" zh:"签名算法"`
	Rule
}

func (c *publicKeySettings) all() []string { return Secrets{c.PublicKey, c.PublicKeys}.all() }

// publicKey is the scheme of senders that sign with a private key of their own.
var publicKey = define(definition[publicKeySettings]{
	key:   "public_key",
	title: Text{"Public key signature", "公钥签名"},
	doc: Text{
		"A signature made with the sender's private key, described by these settings. It stands in the header X-Signature unless they say where.",
		"用发送方私钥计算的签名，格式由以下设置描述。未指定位置时取请求头 X-Signature。",
	},
	provider: Provider{Checks: Text{
		"an Ed25519, ECDSA or RSA signature over what the settings say",
		"按设置校验 Ed25519、ECDSA 或 RSA 签名",
	}},
	prepare: func(c *publicKeySettings, tree *value.Tree) (plan[publicKeySettings], []hookflow.Problem) {
		if c.signature().count() == 0 {
			c.Header = "X-Signature"
		}
		e, problems := newEngine(c.Rule, publicKeyMethod{c.Algorithm})
		judge := func(_ context.Context, req *Request, c *publicKeySettings, v *Verdict) { e.judge(req, c.all(), v) }
		return plan[publicKeySettings]{judge: judge}, append(problems, checkPublicKeys(tree, publicKeyMethod{c.Algorithm})...)
	},
})

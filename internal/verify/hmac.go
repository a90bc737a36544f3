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
	provider: Provider{
		Checks: Text{
			"an HMAC, or a digest with the secret in it, over what the settings say",
			"按设置校验 HMAC，或含密钥的摘要",
		},
		Steps: []Text{
			{
				"Give the sender this endpoint's URL.",
				"将本端点的 URL 填入发送方。",
			},
			{
				"Make up a long random secret, or copy the one that the sender shows, and keep it here as `secret`.",
				"自行生成足够长的随机密钥，或复制发送方给出的密钥，在此保存为 `secret`。",
			},
			{
				"Look up in the sender's documentation which header holds the signature, its hash and encoding, and what is signed: enter these as `header`, `algorithm`, `encoding` and `content`.",
				"查阅发送方文档：签名所在的请求头、哈希算法、编码以及签名内容，分别填入 `header`、`algorithm`、`encoding` 与 `content`。",
			},
		},
	},
	prepare: func(c *hmacSettings, tree *value.Tree) (plan[hmacSettings], []hookflow.Problem) {
		if c.signature().count() == 0 {
			c.Header = "X-Signature-256"
		}
		e, problems := newEngine(c.Rule, c.MAC)
		return plan[hmacSettings]{
			judge:  func(_ context.Context, req *Request, c *hmacSettings, v *Verdict) { e.judge(req, c.all(), v) },
			sign:   func(s *Signed, c *hmacSettings) error { return e.sign(s, c.all()) },
			recipe: func(s *Signed, c *hmacSettings) *Recipe { return e.recipe(s, c.all()) },
		}, append(problems, checkSecrets(tree, "secret", "secrets")...)
	},
})

type publicKeySettings struct {
	Common
	PublicKey  string   `json:"publicKey,omitempty" ui:"textarea" doc:"Public key of the sender: PEM, the base64 of its DER, or an Ed25519 key in hex or base64" zh:"发送方的公钥：PEM、DER 的 base64，或十六进制/base64 的 Ed25519 公钥"`
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
	provider: Provider{
		Checks: Text{
			"an Ed25519, ECDSA or RSA signature over what the settings say",
			"按设置校验 Ed25519、ECDSA 或 RSA 签名",
		},
		Steps: []Text{
			{
				"Give the sender this endpoint's URL.",
				"将本端点的 URL 填入发送方。",
			},
			{
				"Copy the sender's public key and keep it here as `publicKey`.",
				"复制发送方的公钥，在此填入 `publicKey`。",
			},
			{
				"Look up in the sender's documentation which header holds the signature, its encoding, and what is signed: enter these as `header`, `encoding` and `content`.",
				"查阅发送方文档：签名所在的请求头、编码以及签名内容，分别填入 `header`、`encoding` 与 `content`。",
			},
		},
	},
	prepare: func(c *publicKeySettings, tree *value.Tree) (plan[publicKeySettings], []hookflow.Problem) {
		if c.signature().count() == 0 {
			c.Header = "X-Signature"
		}
		e, problems := newEngine(c.Rule, publicKeyMethod{c.Algorithm})
		judge := func(_ context.Context, req *Request, c *publicKeySettings, v *Verdict) { e.judge(req, c.all(), v) }
		return plan[publicKeySettings]{judge: judge}, append(problems, checkPublicKeys(tree, publicKeyMethod{c.Algorithm})...)
	},
})

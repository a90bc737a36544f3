package verify

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type netlifySettings struct {
	Common
	Secrets
}

var netlify = define(definition[netlifySettings]{
	key:   "netlify",
	title: Text{"Netlify", "Netlify"},
	doc:   Text{"The JWS secret token of a Netlify HTTP notification.", "Netlify HTTP 通知的 JWS 密钥。"},
	provider: Provider{
		Checks: Text{
			"The token in X-Webhook-Signature: HMAC-SHA256, issuer netlify, and the SHA-256 of the body. It does not expire.",
			"校验 X-Webhook-Signature 中的令牌：HMAC-SHA256 签名、签发方 netlify 以及请求体的 SHA-256；令牌不会过期。",
		},
		ID:    []string{"{{$context.headers.x-netlify-event}}:{{$context.data.id}}"},
		Event: []string{"{{$context.headers.x-netlify-event}}"},
		Steps: []Text{
			{"In the project open Notifications, Emails and webhooks, Add notification, HTTP POST request.", "在项目中打开 Notifications、Emails and webhooks，选择 Add notification、HTTP POST request。"},
			{"Choose the event, enter the URL of this endpoint, and a long random text as JWS secret token.", "选择事件，填入此端点的地址，并以一段较长的随机文本作为 JWS secret token。"},
			{"Enter the same text as the secret here.", "在此将同一文本填为密钥。"},
		},
		Sources: []string{"https://docs.netlify.com/deploy/deploy-notifications/#payload-signature"},
	},
	prepare: func(_ *netlifySettings, tree *value.Tree) (plan[netlifySettings], []hookflow.Problem) {
		return plan[netlifySettings]{
			judge: judgeNetlify,
			sign:  func(s *Signed, c *netlifySettings) error { return netlifyTokens.sign(s, c.all(), nil) },
		}, checkSecrets(tree, "secret", "secrets")
	},
})

var netlifyTokens = &tokenRules{
	header:     "X-Webhook-Signature",
	algorithms: []string{"HS256"},
	issuers:    []string{"netlify"},
	bodyClaim:  "sha256",
	endless:    true,
}

func judgeNetlify(ctx context.Context, req *Request, c *netlifySettings, v *Verdict) {
	netlifyTokens.judge(ctx, req, sharedKeys(c.all()), v)
}

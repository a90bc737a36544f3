package verify

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const googleKeys = remoteKeys("https://www.googleapis.com/oauth2/v3/certs")

type pubsubSettings struct {
	Common
	Audience            string `json:"audience,omitempty" doc:"Audience of the push subscription; default the URL of this endpoint" zh:"推送订阅的受众，默认为此端点的地址"`
	ServiceAccountEmail string `json:"serviceAccountEmail" required:"true" min:"1" doc:"Service account of the push subscription; anyone can have Google sign for an account of his own" zh:"推送订阅的服务账号；任何人都能让 Google 为其自己的账号签名"`
}

var pubsub = define(definition[pubsubSettings]{
	key:   "pubsub",
	title: Text{"Google Cloud Pub/Sub", "Google Cloud Pub/Sub"},
	doc:   Text{"The OpenID Connect token of an authenticated push subscription.", "启用身份验证的推送订阅所携带的 OpenID Connect 令牌。"},
	provider: Provider{
		Checks: Text{
			"Google's signature of the token in Authorization, its expiry, issuer, audience and service account. The body is not signed.",
			"校验 Authorization 中由 Google 签名的令牌及其有效期、签发方、受众与服务账号；请求体未签名。",
		},
		ID: []string{"{{$context.data.message.messageId}}", "{{$context.headers.x-goog-pubsub-message-id}}"},
		Steps: []Text{
			{"Create a service account, and let Pub/Sub make tokens for it (role Service Account Token Creator).", "创建服务账号，并允许 Pub/Sub 为其创建令牌（Service Account Token Creator 角色）。"},
			{"In the subscription choose delivery type Push, enter the URL of this endpoint and turn on Enable authentication.", "在订阅中选择 Push 投递方式，填入此端点的地址，并打开 Enable authentication。"},
			{"Choose the service account; leave Audience empty, or enter the same text there and here.", "选择该服务账号；Audience 留空，或在两处填写相同的内容。"},
			{"Enter the e-mail address of the service account here.", "在此填写该服务账号的邮箱地址。"},
		},
		Sources: []string{"https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions"},
	},
	prepare: func(*pubsubSettings, *value.Tree) (plan[pubsubSettings], []hookflow.Problem) {
		return plan[pubsubSettings]{judge: judgePubsub, credentials: Credentials{Headers: []string{"Authorization"}}}, nil
	},
})

func judgePubsub(ctx context.Context, req *Request, c *pubsubSettings, v *Verdict) {
	rules := &tokenRules{
		header:     "Authorization",
		algorithms: []string{"RS256"},
		issuers:    []string{"https://accounts.google.com", "accounts.google.com"},
		audience:   c.Audience,
		claims:     map[string]string{"email": c.ServiceAccountEmail, "email_verified": "true"},
	}
	if rules.audience == "" {
		rules.audience = req.URL
	}
	rules.judge(ctx, req, googleKeys, v)
}

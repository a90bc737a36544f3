package verify

import (
	"time"

	"github.com/hookflow/hookflow"
)

// Code hosting, building and running.

var github = preset{
	key: "github", title: Text{"GitHub", "GitHub"},
	doc:  Text{"Webhooks of repositories, organisations and GitHub Apps.", "仓库、组织及 GitHub App 的 Webhook。"},
	rule: Rule{Header: "X-Hub-Signature-256", Prefix: "sha256="},
	provider: Provider{
		ID:       []string{"{{$context.headers.x-github-delivery}}"},
		Event:    []string{"{{$context.headers.x-github-event}}.{{$context.data.action}}", "{{$context.headers.x-github-event}}"},
		Deadline: 10 * time.Second,
		Steps: weChoose(Text{"Settings → Webhooks → Add webhook", "Settings → Webhooks → Add webhook"}, "Secret", sendJSON,
			Text{"Save there: GitHub sends the event ping at once.", "在其中保存：GitHub 会立即发送 ping 事件。"}),
		Sources: []string{"https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries"},
	},
}.scheme()

var gitlabToken = preset{
	key: "gitlab_token", title: Text{"GitLab, secret token", "GitLab（Secret token）"},
	doc:   Text{"GitLab webhooks with a secret token, which travels as it is.", "使用 Secret token 的 GitLab Webhook，令牌以明文传送。"},
	shows: []shownAt{{place: place{header: "X-Gitlab-Token"}}},
	provider: Provider{
		ID:       []string{"{{$context.headers.idempotency-key}}", "{{$context.headers.x-gitlab-event-uuid}}"},
		Event:    []string{"{{$context.headers.x-gitlab-event}}"},
		Deadline: 10 * time.Second,
		Steps:    weChoose(Text{"Settings → Webhooks → Add new webhook", "Settings → Webhooks → Add new webhook"}, "Secret token"),
		Sources:  []string{"https://docs.gitlab.com/user/project/integrations/webhooks"},
	},
}.scheme()

var giteePassword = preset{
	key: "gitee_password", title: Text{"Gitee, password", "Gitee（WebHook 密码）"},
	doc:   Text{"Gitee webhooks with a password, which travels as it is.", "使用密码的 Gitee WebHook，密码以明文传送。"},
	shows: []shownAt{{place: place{header: "X-Gitee-Token"}}},
	provider: Provider{
		Event: []string{"{{$context.headers.x-gitee-event}}"},
		Steps: weChoose(Text{"Repository → 管理 → WebHooks → 添加", "仓库 → 管理 → WebHooks → 添加"}, "WebHook 密码",
			Text{"Choose WebHook 密码, not 签名密钥.", "选择“WebHook 密码”，而不是“签名密钥”。"}),
		Sources: []string{"https://gitee.com/help/articles/4186", "https://gitee.com/help/articles/4290"},
	},
}.scheme()

var giteeSign = preset{
	key: "gitee_sign", title: Text{"Gitee, signing key", "Gitee（签名密钥）"},
	doc: Text{"Gitee webhooks with a signing key. The body is not signed: who reads one request can send others for an hour.", "使用签名密钥的 Gitee WebHook。请求体不参与签名：截获一次请求者一小时内可冒充发送。"},
	rule: Rule{
		Header: "X-Gitee-Token", Encoding: "base64", URLEncoded: true, Content: "{ts}\n{secret}",
		Timestamp: &Timestamp{Header: "X-Gitee-Timestamp", Unit: "ms", Tolerance: hour},
	},
	provider: Provider{
		Event: []string{"{{$context.headers.x-gitee-event}}"},
		Steps: weChoose(Text{"Repository → 管理 → WebHooks → 添加", "仓库 → 管理 → WebHooks → 添加"}, "签名密钥",
			Text{"Choose 签名密钥, not WebHook 密码.", "选择“签名密钥”，而不是“WebHook 密码”。"}),
		Sources: []string{"https://gitee.com/help/articles/4290"},
	},
}.scheme()

var gitea = preset{
	key: "gitea", title: Text{"Gitea, Forgejo, Gogs", "Gitea、Forgejo、Gogs"},
	doc:  Text{"Webhooks of Gitea and of those that are like it.", "Gitea 及其同类的 Web 钩子。"},
	rule: Rule{Header: "X-Gitea-Signature, X-Forgejo-Signature, X-Gogs-Signature"},
	provider: Provider{
		ID:       []string{"{{$context.headers.x-gitea-delivery}}", "{{$context.headers.x-gogs-delivery}}"},
		Event:    []string{"{{$context.headers.x-gitea-event}}", "{{$context.headers.x-gogs-event}}"},
		Deadline: 5 * time.Second,
		Steps:    weChoose(Text{"Settings → Webhooks → Add webhook → Gitea", "设置 → Web 钩子 → 添加 Web 钩子 → Gitea"}, "Secret", sendJSON),
		Sources:  []string{"https://docs.gitea.com/usage/webhooks"},
	},
}.scheme()

var bitbucket = preset{
	key: "bitbucket", title: Text{"Bitbucket", "Bitbucket"},
	doc:  Text{"Webhooks of Bitbucket Cloud and Data Center.", "Bitbucket Cloud 与 Data Center 的 Webhook。"},
	rule: Rule{Header: "X-Hub-Signature", Prefix: "sha256="},
	provider: Provider{
		ID:       []string{"{{$context.headers.x-request-uuid}}", "{{$context.headers.x-request-id}}"},
		Event:    []string{"{{$context.headers.x-event-key}}"},
		Deadline: 10 * time.Second,
		Steps:    weChoose(Text{"Repository settings → Webhooks → Add webhook", "Repository settings → Webhooks → Add webhook"}, "Secret"),
		Sources:  []string{"https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/"},
	},
}.scheme()

var jira = preset{
	key: "jira", title: Text{"Jira", "Jira"},
	doc:  Text{"Webhooks that an administrator made in Jira, with a secret.", "管理员在 Jira 中创建并设置了密钥的 Webhook。"},
	rule: Rule{Header: "X-Hub-Signature", Prefix: "sha256="},
	provider: Provider{
		ID:      []string{"{{$context.headers.x-atlassian-webhook-identifier}}"},
		Event:   []string{"{{$context.data.webhookEvent}}"},
		Steps:   weChoose(Text{"Settings → System → WebHooks → Create a WebHook", "Settings → System → WebHooks → Create a WebHook"}, "Secret"),
		Sources: []string{"https://developer.atlassian.com/cloud/jira/platform/webhooks/"},
	},
}.scheme()

var vercel = preset{
	key: "vercel", title: Text{"Vercel", "Vercel"},
	doc:  Text{"Webhooks of a Vercel team or integration.", "Vercel 团队或集成的 Webhook。"},
	rule: Rule{Header: "x-vercel-signature"}, mac: MAC{Algorithm: "sha1"},
	provider: Provider{
		ID:      []string{"{{$context.data.id}}"},
		Event:   []string{"{{$context.data.type}}"},
		Steps:   theyGive(Text{"Team Settings → Webhooks → Create Webhook", "Team Settings → Webhooks → Create Webhook"}, "the secret, which is shown once,"),
		Sources: []string{"https://vercel.com/docs/webhooks/webhooks-api"},
	},
}.scheme()

var heroku = preset{
	key: "heroku", title: Text{"Heroku", "Heroku"},
	doc:  Text{"App webhooks of Heroku.", "Heroku 的应用 Webhook。"},
	rule: Rule{Header: "Heroku-Webhook-Hmac-SHA256", Encoding: "base64"},
	provider: Provider{
		ID:    []string{"{{$context.data.id}}"},
		Event: []string{"{{$context.data.resource}}.{{$context.data.action}}"},
		Steps: theyGive(Text{"heroku webhooks:add -i api:release -l sync -u URL", "heroku webhooks:add -i api:release -l sync -u URL"},
			"the signing secret that the command prints"),
		Sources: []string{"https://devcenter.heroku.com/articles/app-webhooks"},
	},
}.scheme()

var circleci = preset{
	key: "circleci", title: Text{"CircleCI", "CircleCI"},
	doc:  Text{"Outbound webhooks of a CircleCI project.", "CircleCI 项目的外发 Webhook。"},
	rule: Rule{Header: "circleci-signature", ListSeparator: ",", KeyValueSeparator: "=", Key: "v1"},
	provider: Provider{
		ID:       []string{"{{$context.data.id}}"},
		Event:    []string{"{{$context.headers.circleci-event-type}}"},
		Deadline: 5 * time.Second,
		Steps:    weChoose(Text{"Project Settings → Webhooks → Add Webhook", "Project Settings → Webhooks → Add Webhook"}, "Secret token"),
		Sources:  []string{"https://circleci.com/docs/guides/integration/outbound-webhooks/"},
	},
}.scheme()

var sentry = preset{
	key: "sentry", title: Text{"Sentry", "Sentry"},
	doc:  Text{"Webhooks of a Sentry integration.", "Sentry 集成的 Webhook。"},
	rule: Rule{Header: "Sentry-Hook-Signature"},
	provider: Provider{
		ID:       []string{"{{$context.headers.request-id}}"},
		Event:    []string{"{{$context.headers.sentry-hook-resource}}.{{$context.data.action}}"},
		Deadline: time.Second,
		Steps:    theyGive(Text{"Settings → Custom Integrations → Webhook URL", "Settings → Custom Integrations → Webhook URL"}, "Client Secret"),
		Sources:  []string{"https://docs.sentry.io/organization/integrations/integration-platform/webhooks/"},
	},
}.scheme()

var linear = preset{
	key: "linear", title: Text{"Linear", "Linear"},
	doc:  Text{"Webhooks of a Linear workspace.", "Linear 工作区的 Webhook。"},
	rule: Rule{Header: "Linear-Signature", Timestamp: &Timestamp{JSON: "webhookTimestamp", Unit: "ms", Tolerance: hookflow.Duration(time.Minute)}},
	provider: Provider{
		ID:       []string{"{{$context.headers.linear-delivery}}"},
		Event:    []string{"{{$context.headers.linear-event}}.{{$context.data.action}}"},
		Deadline: 5 * time.Second,
		Steps:    theyGive(Text{"Settings → API → Webhooks → New webhook", "Settings → API → Webhooks → New webhook"}, "Signing secret"),
		Sources:  []string{"https://linear.app/developers/webhooks"},
	},
}.scheme()

var pagerduty = preset{
	key: "pagerduty", title: Text{"PagerDuty", "PagerDuty"},
	doc:  Text{"Generic webhooks (v3) of PagerDuty.", "PagerDuty 的 Generic Webhooks（v3）。"},
	rule: Rule{Header: "X-PagerDuty-Signature", ListSeparator: ",", KeyValueSeparator: "=", Key: "v1"},
	provider: Provider{
		ID:       []string{"{{$context.data.event.id}}"},
		Event:    []string{"{{$context.data.event.event_type}}"},
		Deadline: 5 * time.Second,
		Steps:    theyGive(Text{"Integrations → Generic Webhooks (v3) → New Webhook", "Integrations → Generic Webhooks (v3) → New Webhook"}, "the signing secret, which is shown once,"),
		Sources:  []string{"https://developer.pagerduty.com/docs/verifying-webhook-signatures"},
	},
}.scheme()

type grafanaSettings struct {
	Common
	Secrets
	Tolerated
	Header          string `json:"header,omitempty" literal:"true" default:"X-Grafana-Alerting-Signature" doc:"Header that holds the signature" zh:"携带签名的请求头"`
	TimestampHeader string `json:"timestampHeader,omitempty" literal:"true" doc:"Header that holds the timestamp, if one is set at Grafana" zh:"携带时间戳的请求头（若在 Grafana 中设置）"`
}

func (c *grafanaSettings) given() given { return given{keys: c.all()} }

// rule differs by whether Grafana was told to send a timestamp.
func (c *grafanaSettings) rule() Rule {
	rule := Rule{Header: c.Header}
	if c.Header == "" {
		rule.Header = "X-Grafana-Alerting-Signature"
	}
	if c.TimestampHeader != "" {
		rule.Content, rule.Timestamp = "{ts}:{body}", &Timestamp{Header: c.TimestampHeader}
	}
	return rule.complete().within(c.Tolerance)
}

var grafana = special(preset{
	key: "grafana", title: Text{"Grafana Alerting", "Grafana 告警"},
	doc: Text{"Webhook contact points of Grafana 12 and later.", "Grafana 12 及以上版本的 Webhook 联络点。"},
	provider: Provider{
		Event: []string{"{{$context.data.status}}"},
		Steps: weChoose(Text{"Alerting → Contact points → Webhook", "Alerting → Contact points → Webhook"}, "HMAC Signature → Secret",
			Text{"If a timestamp header is set there, write its name here as `timestampHeader`.", "若在其中设置了时间戳请求头，在此将其名称填入 `timestampHeader`。"}),
		Sources: []string{"https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/"},
	},
}, func(c *grafanaSettings) (proof, []hookflow.Problem) { return newEngine(c.rule(), MAC{}.complete()) })

var alertmanager = preset{
	key: "alertmanager", title: Text{"Prometheus Alertmanager", "Prometheus Alertmanager"},
	doc:   Text{"Alertmanager's webhook receiver with a bearer token; scheme basic takes its user name and password.", "使用 Bearer 令牌的 Alertmanager webhook 接收器；用户名与密码请使用 basic 方式。"},
	shows: []shownAt{{place{header: "Authorization"}, "Bearer"}},
	provider: Provider{
		Event: []string{"{{$context.data.status}}"},
		Steps: []Text{
			{"Make up a long random secret and keep it here as `secret`.", "自行生成一个足够长的随机密钥，在此保存为 `secret`。"},
			{
				"In alertmanager.yml give the receiver a webhook_configs entry with this endpoint's url and http_config.authorization.credentials set to the secret.",
				"在 alertmanager.yml 的 receiver 中添加 webhook_configs，url 为本端点的 URL，http_config.authorization.credentials 为该密钥。",
			},
		},
		Sources: []string{"https://prometheus.io/docs/alerting/latest/configuration/#webhook_config"},
	},
}.scheme()

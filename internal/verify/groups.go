package verify

import "slices"

// Group is a kind of sender.
type Group struct {
	Key   string `json:"key"`
	Title Text   `json:"title"`
}

// groups has every scheme in one group, in the order in which they are shown.
var groups = []struct {
	Group
	schemes []string
}{
	{Group{"generic", Text{"Any sender", "通用"}}, []string{
		"none", "basic", "token", "hmac", "public_key", "jwt", "http_signature", "mtls", "standard_webhooks", "svix", "cloudevents",
	}},
	{Group{"code", Text{"Code and deployment", "代码与部署"}}, []string{
		"github", "gitlab_token", "gitlab_signed", "gitee_password", "gitee_sign", "gitea", "bitbucket", "vercel", "heroku", "circleci",
		"buildkite", "netlify", "render", "snyk", "doppler",
	}},
	{Group{"monitoring", Text{"Monitoring and incidents", "监控与告警"}}, []string{"sentry", "pagerduty", "grafana", "alertmanager"}},
	{Group{"chat", Text{"Chat, calls and social networks", "聊天、通话与社交"}}, []string{
		"slack", "discord", "telegram", "teams_outgoing", "feishu", "dingtalk_event", "dingtalk_robot", "wecom", "wechat_mp", "line", "meta",
		"zoom", "twitch", "douyin", "x_twitter", "twilio", "telnyx", "retell",
	}},
	{Group{"payment", Text{"Payments", "支付"}}, []string{
		"stripe", "paypal", "wechatpay_v3", "alipay_rsa2", "square", "paddle", "adyen", "adyen_platform", "gocardless", "razorpay",
		"coinbase_commerce", "checkout_com", "dwolla", "lemonsqueezy", "polar",
	}},
	{Group{"commerce", Text{"Shops", "电商"}}, []string{"shopify", "woocommerce"}},
	{Group{"work", Text{"Tasks, documents and notes", "任务、文档与协作"}}, []string{
		"jira", "jira_dynamic", "linear", "notion", "asana", "trello", "clickup", "airtable", "dropbox", "box", "docusign", "ms_graph",
	}},
	{Group{"forms", Text{"Forms and appointments", "表单与预约"}}, []string{
		"typeform", "tally", "calendly", "cal_com", "wjx", "tencent_survey", "jinshuju", "jiandaoyun", "fanqier",
	}},
	{Group{"customers", Text{"Customers and support", "客户与客服"}}, []string{
		"hubspot_v3", "hubspot_v1v2", "zendesk", "intercom", "helpscout", "customer_io", "segment", "attio",
	}},
	{Group{"mail", Text{"Mail", "邮件"}}, []string{"mailgun", "sendgrid", "mailchimp", "mandrill", "resend"}},
	{Group{"cloud", Text{"Clouds, sites and identity", "云、网站与身份"}}, []string{
		"sns", "pubsub", "eventgrid", "cloudflare", "clerk", "workos", "webflow", "sanity",
	}},
	{Group{"ai", Text{"Models", "人工智能"}}, []string{"openai", "replicate", "huggingface", "elevenlabs"}},
}

// Group is the kind of sender that the scheme is for.
func (s *Scheme) Group() Group {
	for _, g := range groups {
		if slices.Contains(g.schemes, s.Key) {
			return g.Group
		}
	}
	return Group{}
}

// popular are the schemes that are shown first.
var popular = []string{
	"none", "token", "hmac", "github", "gitlab_token", "gitee_sign", "stripe", "slack", "feishu", "dingtalk_event", "wecom", "shopify", "standard_webhooks",
}

// Popular reports whether the scheme is one of those that most look for.
func (s *Scheme) Popular() bool { return slices.Contains(popular, s.Key) }

// homes are the providers' own pages where the first source is another's.
var homes = map[string]string{"alipay_rsa2": "https://opendocs.alipay.com/open/291/105971"}

// Home is the page of the provider's documentation, "" for none.
func (s *Scheme) Home() string {
	if home := homes[s.Key]; home != "" {
		return home
	}
	return first(s.Provider.Sources)
}

// Setup are the steps from the provider's settings to the first request.
func (s *Scheme) Setup() []Text {
	return append(slices.Clone(s.Provider.Steps), listen, see)
}

var (
	listen = Text{
		"Press Listen here and have a test event sent there, or cause a real one.",
		"在此点击“监听”，然后在对方发送测试事件，或触发一次真实事件。",
	}
	see = Text{
		"The request appears here at once; if it is refused, the check list says which check failed and what to do.",
		"请求会立即显示在此；若被拒绝，检查清单会指出失败的检查项及处理办法。",
	}
)

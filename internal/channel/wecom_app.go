package channel

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[wecomAppConfig]{
		Type:  "wecom_app",
		Title: node.Text{EN: "WeCom application message", ZH: "企业微信应用消息"},
		Help: node.Text{
			EN: "Writes to members of a WeCom company in the name of an application. to holds user IDs, at most 1,000, or @all.",
			ZH: "以企业微信应用的名义向成员发送消息。to 为 userid（最多 1000 个），或 @all。",
		},
		Icon: "message-square-text", Takes: []Part{To, Title, Text, Markdown}, Needs: []Part{To},
		Sources: []string{"https://developer.work.weixin.qq.com/document/path/90236", "https://developer.work.weixin.qq.com/document/path/91039"},
		Send:    sendWecomApp,
	})
}

type wecomAppConfig struct {
	CorpID  string `json:"corpId" required:"true" doc:"Company ID" zh:"企业 ID"`
	AgentID int64  `json:"agentId" required:"true" doc:"AgentId of the application" zh:"应用的 AgentId"`
	Secret  string `json:"secret" required:"true" secret:"true" doc:"Secret of the application" zh:"应用的 Secret"`
	APIURL  string `json:"apiUrl,omitempty" format:"uri" default:"https://qyapi.weixin.qq.com" more:"true" doc:"Address of the API" zh:"接口地址"`
}

// tokenMargin is how long before its end a token is no longer used.
const tokenMargin = 5 * time.Minute

func sendWecomApp(ctx context.Context, env *Env, c *wecomAppConfig, m *node.Message) (node.Answer, error) {
	content, isMarkdown, err := body(m)
	if err != nil {
		return node.Answer{}, err
	}
	message := object{"msgtype": "text", "text": object{"content": lines(m.Title, content)}}
	if isMarkdown {
		message = wecomMarkdown(m.Title, content, nil)
	}
	message["touser"], message["agentid"] = strings.Join(m.To, "|"), c.AgentID
	var given node.Answer
	fetched := false
	fetch := func(ctx context.Context) (token node.Token, err error) {
		fetched = true
		token, given, err = c.newToken(ctx, env)
		return token, err
	}
	key := node.KeyOf(c.APIURL, c.CorpID, c.Secret)
	for {
		token, err := env.Tokens.Get(ctx, key, env.Clock(), fetch)
		if err != nil {
			return given, err
		}
		sent, err := env.postJSON(ctx, under(c.APIURL, "/cgi-bin/message/send?access_token=")+url.QueryEscape(token), message)
		if err != nil || fetched || !isStale(sent) {
			return wecomVerdict.judged(sent, err)
		}
		env.Tokens.Refuse(ctx, key, token)
	}
}

// isStale reports whether a token is refused that was good once: it is invalid
// (40014) or expired (42001), which may be before its time.
func isStale(r *reply) bool {
	code := r.Body.Get("errcode").Text()
	return code == "40014" || code == "42001"
}

// newToken gets an access token, which WeCom lets everybody share until it expires.
func (c *wecomAppConfig) newToken(ctx context.Context, env *Env) (node.Token, node.Answer, error) {
	query := url.Values{"corpid": {c.CorpID}, "corpsecret": {c.Secret}}
	given, err := wecomVerdict.judged(env.exchange(ctx, node.HTTPRequest{Method: "GET", URL: under(c.APIURL, "/cgi-bin/gettoken?") + query.Encode()}))
	if err != nil {
		return node.Token{}, given, err
	}
	seconds, _ := given.Body.Get("expires_in").Int64()
	return node.Token{
		Text:    given.Body.Get("access_token").Text(),
		Expires: env.Clock().Add(time.Duration(seconds)*time.Second - tokenMargin),
	}, given, nil
}

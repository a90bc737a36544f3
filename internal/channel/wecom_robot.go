package channel

import (
	"context"
	"errors"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[wecomRobotConfig]{
		Type:  "wecom_robot",
		Title: node.Text{EN: "WeCom group robot", ZH: "企业微信群机器人"},
		Help: node.Text{
			EN: "Writes into a WeCom group. to mentions members: user IDs, @all, or in plain text mobile numbers. At most 20 messages a minute.",
			ZH: "向企业微信群发送消息。to 为要 @ 的成员：userid、@all，文本消息还可用手机号。每分钟最多 20 条。",
		},
		Icon: "message-square", Takes: []Part{To, Title, Text, Markdown},
		Sources: []string{"https://developer.work.weixin.qq.com/document/path/91770", "https://developer.work.weixin.qq.com/document/path/99110"},
		Send:    sendWecomRobot,
	})
}

type wecomRobotConfig struct {
	URL string `json:"url" required:"true" secret:"true" format:"uri" doc:"Webhook address of the robot, with its key" zh:"机器人的 Webhook 地址（含 key）"`
}

// wecomVerdict reads the answers of WeCom's server API, whose error codes are at
// https://developer.work.weixin.qq.com/document/path/90313.
var wecomVerdict = verdict{code: "errcode", fine: "0", message: "errmsg", limited: []string{"45009", "45033"}}

func sendWecomRobot(ctx context.Context, env *Env, c *wecomRobotConfig, m *node.Message) (node.Answer, error) {
	content, isMarkdown, err := body(m)
	if err != nil {
		return node.Answer{}, err
	}
	users, mobiles := mentions(m.To)
	message := object{"msgtype": "text", "text": object{
		"content": lines(m.Title, content), "mentioned_list": users, "mentioned_mobile_list": mobiles,
	}}
	if isMarkdown {
		if len(mobiles) > 0 {
			return node.Answer{}, errors.New("to: with markdown WeCom mentions user IDs only, not mobile numbers")
		}
		message = wecomMarkdown(m.Title, content, users)
	}
	return wecomVerdict.judged(env.postJSON(ctx, c.URL, message))
}

func wecomMarkdown(title, content string, users []string) object {
	if title != "" {
		title = "### " + title
	}
	for i, user := range users {
		users[i] = "<@" + user + ">"
	}
	return object{"msgtype": "markdown", "markdown": object{"content": lines(title, content, strings.Join(users, ""))}}
}

// mentions tells mobile numbers from names.
func mentions(to []string) (names, mobiles []string) {
	names, mobiles = []string{}, []string{}
	for _, who := range to {
		if digits := strings.TrimPrefix(who, "+"); len(digits) >= 11 && strings.Trim(digits, "0123456789") == "" {
			mobiles = append(mobiles, who)
		} else {
			names = append(names, who)
		}
	}
	return names, mobiles
}

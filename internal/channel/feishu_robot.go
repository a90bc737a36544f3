package channel

import (
	"context"
	"strconv"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[feishuRobotConfig]{
		Type:  "feishu_robot",
		Title: node.Text{EN: "Feishu group robot", ZH: "飞书群机器人"},
		Help: node.Text{
			EN: "Writes into a Feishu or Lark group, signed when there is a secret. to mentions members: Open IDs, user IDs, or all. At most 100 messages a minute and 5 a second.",
			ZH: "向飞书（Lark）群发送消息；设置 secret 时签名。to 为要 @ 的成员：Open ID、user ID 或 all。每分钟最多 100 条，每秒 5 条。",
		},
		Icon: "message-square", Takes: []Part{To, Title, Text, Markdown},
		Sources: []string{"https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot"},
		Send:    sendFeishuRobot,
	})
}

type feishuRobotConfig struct {
	URL    string `json:"url" required:"true" secret:"true" format:"uri" doc:"Webhook address of the robot" zh:"机器人的 Webhook 地址"`
	Secret string `json:"secret,omitempty" secret:"true" doc:"Secret of the signature; empty when the robot does not ask for one" zh:"签名密钥；未启用签名校验时留空"`
}

// feishuVerdict knows the limits of robots (11232, 9499) and of the whole
// platform (99991400).
var feishuVerdict = verdict{code: "code", fine: "0", message: "msg", limited: []string{"11232", "9499", "99991400"}}

func sendFeishuRobot(ctx context.Context, env *Env, c *feishuRobotConfig, m *node.Message) (node.Answer, error) {
	content, isMarkdown, err := body(m)
	if err != nil {
		return node.Answer{}, err
	}
	message := feishuPost(m.Title, content, m.To)
	if isMarkdown {
		message = feishuCard(m.Title, content, m.To)
	}
	if c.Secret != "" {
		timestamp := strconv.FormatInt(env.Clock().Unix(), 10)
		// Unlike DingTalk's, the text is the key and nothing is signed.
		message["timestamp"], message["sign"] = timestamp, macBase64(timestamp+"\n"+c.Secret, "")
	}
	return feishuVerdict.judged(env.postJSON(ctx, c.URL, message))
}

// feishuPost is a text in which nothing is taken for a mention but to.
func feishuPost(title, content string, to []string) object {
	line := []object{{"tag": "text", "text": content}}
	for _, who := range to {
		line = append(line, object{"tag": "at", "user_id": strings.TrimPrefix(who, "@")})
	}
	return object{"msg_type": "post", "content": object{"post": object{
		"zh_cn": object{"title": title, "content": [][]object{line}},
	}}}
}

func feishuCard(title, content string, to []string) object {
	var marks strings.Builder
	for _, who := range to {
		marks.WriteString("<at id=" + strings.TrimPrefix(who, "@") + "></at>")
	}
	card := object{"elements": []object{{"tag": "markdown", "content": lines(content, marks.String())}}}
	if title != "" {
		card["header"] = object{"title": object{"tag": "plain_text", "content": title}}
	}
	return object{"msg_type": "interactive", "card": card}
}

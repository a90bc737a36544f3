package channel

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[dingtalkRobotConfig]{
		Type:  "dingtalk_robot",
		Title: node.Text{EN: "DingTalk group robot", ZH: "钉钉群机器人"},
		Help: node.Text{
			EN: "Writes into a DingTalk group, signed when there is a secret. to mentions members: mobile numbers, user IDs or @all. At most 20 messages a minute.",
			ZH: "向钉钉群发送消息；设置 secret 时加签。to 为要 @ 的成员：手机号、userid 或 @all。每分钟最多 20 条。",
		},
		Icon: "message-square", Takes: []Part{To, Title, Text, Markdown},
		Sources: []string{"https://open.dingtalk.com/document/orgapp/custom-robot-access", "https://open.dingtalk.com/document/orgapp/customize-robot-security-settings"},
		Send:    sendDingtalkRobot,
	})
}

type dingtalkRobotConfig struct {
	URL    string `json:"url" required:"true" secret:"true" format:"uri" doc:"Webhook address of the robot, with its access_token" zh:"机器人的 Webhook 地址（含 access_token）"`
	Secret string `json:"secret,omitempty" secret:"true" doc:"Secret of the signature (SEC…); empty when the robot does not ask for one" zh:"加签密钥（SEC 开头）；未启用加签时留空"`
}

// dingtalkVerdict knows 130101, too many messages in a minute, beside the code of
// the whole open platform for the same.
var dingtalkVerdict = verdict{code: "errcode", fine: "0", message: "errmsg", limited: []string{"130101", "90018"}}

func sendDingtalkRobot(ctx context.Context, env *Env, c *dingtalkRobotConfig, m *node.Message) (node.Answer, error) {
	content, isMarkdown, err := body(m)
	if err != nil {
		return node.Answer{}, err
	}
	users, mobiles := mentions(m.To)
	all := slices.Contains(users, "@all")
	users = slices.DeleteFunc(users, func(user string) bool { return user == "@all" })
	var marks strings.Builder // DingTalk shows a mention where it stands in the content
	for _, who := range slices.Concat(mobiles, users) {
		marks.WriteString("@" + who + " ")
	}
	message := object{"msgtype": "text", "text": object{"content": lines(m.Title, content, strings.TrimSpace(marks.String()))}}
	if isMarkdown {
		message = dingtalkMarkdown(m.Title, lines(content, strings.TrimSpace(marks.String())))
	}
	message["at"] = object{"atMobiles": mobiles, "atUserIds": users, "isAtAll": all}
	return dingtalkVerdict.judged(env.postJSON(ctx, c.signed(env.Clock()), message))
}

// dingtalkMarkdown has a title in any case: DingTalk demands one, for the list
// of chats, and does not show it in the message.
func dingtalkMarkdown(title, content string) object {
	if title == "" {
		title, _, _ = strings.Cut(strings.TrimLeft(content, "# \n"), "\n")
	} else {
		content = "### " + title + "\n\n" + content
	}
	return object{"msgtype": "markdown", "markdown": object{"title": title, "text": content}}
}

// signed is the address for a request at a time, which is good for an hour.
func (c *dingtalkRobotConfig) signed(now time.Time) string {
	if c.Secret == "" {
		return c.URL
	}
	timestamp := strconv.FormatInt(now.UnixMilli(), 10)
	query := "timestamp=" + timestamp + "&sign=" + url.QueryEscape(macBase64(c.Secret, timestamp+"\n"+c.Secret))
	if strings.Contains(c.URL, "?") {
		return c.URL + "&" + query
	}
	return c.URL + "?" + query
}

// macBase64 is an HMAC-SHA256.
func macBase64(key, content string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(content))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

package channel

import (
	"context"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[telegramConfig]{
		Type:  "telegram",
		Title: node.Text{EN: "Telegram", ZH: "Telegram"},
		Help: node.Text{
			EN: "Writes by a Telegram bot to a chat: the one in to, or else the channel's. markdown is Telegram's MarkdownV2. At most 4,096 characters.",
			ZH: "通过 Telegram 机器人发送消息：发往 to 指定的聊天，否则发往渠道配置的聊天。markdown 为 Telegram 的 MarkdownV2。最多 4096 个字符。",
		},
		Icon: "send", Takes: []Part{To, Title, Text, Markdown},
		Sources: []string{"https://core.telegram.org/bots/api#sendmessage", "https://core.telegram.org/bots/api#making-requests"},
		Send:    sendTelegram,
	})
}

type telegramConfig struct {
	BotToken string `json:"botToken" required:"true" secret:"true" doc:"Token of the bot" zh:"机器人令牌"`
	ChatID   string `json:"chatId" required:"true" doc:"Chat, group or @channel to write to" zh:"聊天、群组或 @频道"`
	APIURL   string `json:"apiUrl,omitempty" format:"uri" default:"https://api.telegram.org" more:"true" doc:"Address of the API" zh:"接口地址"`
}

// telegramEscaper makes a text stand for itself in MarkdownV2.
var telegramEscaper = func() *strings.Replacer {
	var pairs []string
	for _, mark := range "\\_*[]()~`>#+-=|{}.!" {
		pairs = append(pairs, string(mark), "\\"+string(mark))
	}
	return strings.NewReplacer(pairs...)
}()

func sendTelegram(ctx context.Context, env *Env, c *telegramConfig, m *node.Message) (node.Answer, error) {
	content, isMarkdown, err := body(m)
	chat := c.ChatID
	switch {
	case err != nil:
		return node.Answer{}, err
	case len(m.To) > 1:
		return node.Answer{}, errOneOnly
	case len(m.To) == 1:
		chat = m.To[0]
	}
	message := object{"chat_id": chat, "text": lines(m.Title, content)}
	if isMarkdown {
		title := telegramEscaper.Replace(m.Title)
		if title != "" {
			title = "*" + title + "*"
		}
		message["text"], message["parse_mode"] = lines(title, content), "MarkdownV2"
	}
	sent, err := env.postJSON(ctx, under(c.APIURL, "/bot"+c.BotToken+"/sendMessage"), message)
	if err == nil {
		sent.after = max(sent.after, seconds(sent.Body.Get("parameters", "retry_after")))
	}
	return verdict{code: "error_code", message: "description"}.judged(sent, err)
}

package channel

import (
	"context"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[discordConfig]{
		Type:  "discord",
		Title: node.Text{EN: "Discord", ZH: "Discord"},
		Help: node.Text{
			EN: "Writes into a Discord channel by a webhook; nobody is mentioned. At most 2,000 characters.",
			ZH: "通过 Webhook 向 Discord 频道发送消息，不会 @ 任何人。最多 2000 个字符。",
		},
		Icon: "message-circle", Takes: []Part{Title, Text, Markdown},
		Sources: []string{"https://discord.com/developers/docs/resources/webhook#execute-webhook"},
		Send:    sendDiscord,
	})
}

type discordConfig struct {
	URL string `json:"url" required:"true" secret:"true" format:"uri" doc:"Webhook address" zh:"Webhook 地址"`
}

// sendDiscord waits for the message that was made: without that Discord answers
// nothing, and does not tell of failures to post it.
func sendDiscord(ctx context.Context, env *Env, c *discordConfig, m *node.Message) (node.Answer, error) {
	content, _, err := body(m) // Discord reads Markdown in everything
	if err != nil {
		return node.Answer{}, err
	}
	title := m.Title
	if title != "" {
		title = "**" + title + "**"
	}
	address := c.URL + "?wait=true"
	if strings.Contains(c.URL, "?") {
		address = c.URL + "&wait=true"
	}
	message := object{"content": lines(title, content), "allowed_mentions": object{"parse": []string{}}}
	return verdict{code: "code", message: "message"}.judged(env.postJSON(ctx, address, message))
}

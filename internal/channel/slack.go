package channel

import (
	"context"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[slackConfig]{
		Type:  "slack",
		Title: node.Text{EN: "Slack", ZH: "Slack"},
		Help: node.Text{
			EN: "Writes into a Slack channel by an incoming webhook. About one message a second.",
			ZH: "通过 Incoming Webhook 向 Slack 频道发送消息。约每秒 1 条。",
		},
		Icon: "slack", Takes: []Part{Title, Text, Markdown},
		Sources: []string{
			"https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
			"https://docs.slack.dev/reference/block-kit/blocks/markdown-block",
		},
		Send: sendSlack,
	})
}

type slackConfig struct {
	URL string `json:"url" required:"true" secret:"true" format:"uri" doc:"Address of the incoming webhook" zh:"Incoming Webhook 地址"`
}

// slackEscaper takes from a text what Slack would read as a mention or a link.
var slackEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// sendSlack relies on the status: an answer is a word, such as ok or no_service.
func sendSlack(ctx context.Context, env *Env, c *slackConfig, m *node.Message) (node.Answer, error) {
	content, isMarkdown, err := body(m)
	if err != nil {
		return node.Answer{}, err
	}
	message := object{"text": slackEscaper.Replace(lines(m.Title, content))} // also what a notification shows
	blocks := []object{}
	if m.Title != "" {
		blocks = append(blocks, object{"type": "header", "text": object{"type": "plain_text", "text": m.Title}})
	}
	switch {
	case isMarkdown:
		message["blocks"] = append(blocks, object{"type": "markdown", "text": content})
	case m.Title != "" && content != "":
		message["blocks"] = append(blocks, object{"type": "section", "text": object{"type": "plain_text", "text": content}})
	}
	return verdict{}.judged(env.postJSON(ctx, c.URL, message))
}

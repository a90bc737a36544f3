package channel

import (
	"context"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[teamsConfig]{
		Type:  "teams",
		Title: node.Text{EN: "Microsoft Teams", ZH: "Microsoft Teams"},
		Help: node.Text{
			EN: "Writes into a Teams chat or channel by a workflow with the trigger “When a Teams webhook request is received”, as an Adaptive Card.",
			ZH: "通过触发器为“收到 Teams Webhook 请求时”的工作流，以自适应卡片向 Teams 聊天或频道发送消息。",
		},
		Icon: "users", Takes: []Part{Title, Text, Markdown},
		Sources: []string{
			"https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using",
			"https://support.microsoft.com/en-us/office/create-incoming-webhooks-with-workflows-for-microsoft-teams-8ae491c7-0394-4861-ba59-055e33f75498",
		},
		Send: sendTeams,
	})
}

type teamsConfig struct {
	URL string `json:"url" required:"true" secret:"true" format:"uri" doc:"Address of the workflow's webhook" zh:"工作流的 Webhook 地址"`
}

// teamsFailure begins the answer, of status 200, of the older connectors to what
// Teams did not take.
const teamsFailure = "Webhook message delivery failed"

func sendTeams(ctx context.Context, env *Env, c *teamsConfig, m *node.Message) (node.Answer, error) {
	content, isMarkdown, err := body(m)
	if err != nil {
		return node.Answer{}, err
	}
	blocks := []object{}
	if m.Title != "" {
		blocks = append(blocks, plainBlock(object{"type": "TextRun", "text": m.Title, "weight": "bolder", "size": "large"}))
	}
	switch {
	case isMarkdown:
		blocks = append(blocks, object{"type": "TextBlock", "text": content, "wrap": true})
	case content != "":
		blocks = append(blocks, plainBlock(object{"type": "TextRun", "text": content}))
	}
	sent, err := env.postJSON(ctx, c.URL, object{"type": "message", "attachments": []object{{
		"contentType": "application/vnd.microsoft.card.adaptive",
		"contentUrl":  nil,
		"content": object{
			"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4", "body": blocks,
		},
	}}})
	if err == nil && strings.HasPrefix(sent.Body.Text(), teamsFailure) {
		return sent.Answer, &Refusal{Status: sent.Status, Message: excerpt(sent.Body), Limited: strings.Contains(sent.Body.Text(), "HTTP error 429")}
	}
	return verdict{}.judged(sent, err)
}

// plainBlock shows a text in which no Markdown is looked for.
func plainBlock(run object) object {
	return object{"type": "RichTextBlock", "inlines": []object{run}}
}

package nodes

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[notifyConfig]{
		Type:  "notify",
		Title: node.Text{EN: "Send a notification", ZH: "发送通知"},
		Help: node.Text{
			EN: "Tells people something through a channel: a chat, a text message, a mail. What a channel has no place for is refused by name, and so is what the provider has not taken.",
			ZH: "通过渠道通知人员：聊天、短信或邮件。渠道不支持的字段会按名称报错，平台未接收的消息视为失败。",
		},
		Icon: "bell", Family: node.FamilyOut, Effect: node.External,
		Result: node.Text{EN: "the provider's answer", ZH: "平台的应答"},
		Check:  func(c *notifyConfig) []hookflow.Problem { return checkRecipients("/to", c.To) },
		Run:    runNotify,
	})
}

type notifyConfig struct {
	Channel  string      `json:"channel" required:"true" min:"1" ui:"channel" doc:"Key of the channel" zh:"渠道标识"`
	To       value.Value `json:"to,omitempty" ui:"oneormore" doc:"A recipient, or a list of them, as the channel's provider names people" zh:"接收人或其列表，写法取决于渠道"`
	Title    string      `json:"title,omitempty" doc:"Title, or the subject of a mail" zh:"标题，或邮件主题"`
	Text     string      `json:"text,omitempty" ui:"textarea" doc:"Plain text" zh:"纯文本"`
	Markdown string      `json:"markdown,omitempty" ui:"textarea" doc:"Markdown of the provider's kind, instead of text" zh:"该平台的 Markdown，与 text 二选一"`
	Template string      `json:"template,omitempty" more:"true" doc:"Template that the provider keeps, of a text message for example" zh:"平台上的模板，例如短信模板"`
	Params   value.Value `json:"params,omitempty" ui:"keyvalue" more:"true" doc:"What fills the template in: an object, or for Tencent Cloud a list" zh:"模板参数：对象；腾讯云为列表"`
}

func runNotify(ctx context.Context, call *node.Call[notifyConfig]) (node.Outcome, error) {
	c := call.Config
	to, err := recipients("to", c.To)
	if err != nil {
		return nil, err
	}
	answer, err := call.Env.Channels.Notify(ctx, c.Channel, node.Message{
		ID: call.IdemKey, To: to, Title: c.Title, Text: c.Text, Markdown: c.Markdown, Template: c.Template, Params: c.Params,
	})
	return node.Done{Result: answer.Body}, err
}

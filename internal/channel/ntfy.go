package channel

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[ntfyConfig]{
		Type:  "ntfy",
		Title: node.Text{EN: "ntfy", ZH: "ntfy"},
		Help: node.Text{
			EN: "Publishes to a topic of ntfy.sh or of a server of your own.",
			ZH: "向 ntfy.sh 或自建 ntfy 服务器的主题发布消息。",
		},
		Icon: "bell", Takes: []Part{Title, Text, Markdown},
		Sources: []string{"https://docs.ntfy.sh/publish/#publish-as-json", "https://docs.ntfy.sh/publish/#limitations"},
		Send:    sendNtfy,
	})
}

type ntfyConfig struct {
	URL   string `json:"url,omitempty" format:"uri" default:"https://ntfy.sh" doc:"Address of the server, without a topic" zh:"服务器地址，不含主题"`
	Topic string `json:"topic" required:"true" secret:"true" doc:"Topic; whoever knows it may read it unless the server protects it" zh:"主题；除非服务器加以保护，知道主题者即可读取"`
	Token string `json:"token,omitempty" secret:"true" doc:"Access token (tk_…) of a protected topic" zh:"受保护主题的访问令牌（tk_ 开头）"`
}

func sendNtfy(ctx context.Context, env *Env, c *ntfyConfig, m *node.Message) (node.Answer, error) {
	content, isMarkdown, err := body(m)
	if err != nil {
		return node.Answer{}, err
	}
	message := object{"topic": c.Topic, "message": content, "markdown": isMarkdown}
	if m.Title != "" {
		message["title"] = m.Title
	}
	var headers []hookflow.Header
	if c.Token != "" {
		headers = append(headers, hookflow.Header{Name: "Authorization", Value: "Bearer " + c.Token})
	}
	return verdict{code: "code", message: "error"}.judged(env.postJSON(ctx, c.URL, message, headers...))
}

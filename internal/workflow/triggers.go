package workflow

import (
	"reflect"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
)

// TriggerType is a way to start a workflow.
type TriggerType struct {
	Name, Icon  string
	Title, Help node.Text
	Config      reflect.Type
}

// TriggerTypes lists the ways to start a workflow.
func TriggerTypes() []TriggerType {
	return []TriggerType{
		{
			Name: hookflow.TriggerWebhook, Icon: "webhook", Title: node.Text{EN: "Webhook", ZH: "Webhook"},
			Help: node.Text{
				EN: "Runs the workflow for each HTTP request that passes the checks of its endpoint.",
				ZH: "每个通过端点检查的 HTTP 请求运行一次工作流。",
			},
			Config: reflect.TypeFor[hookflow.Webhook](),
		},
		{
			Name: hookflow.TriggerManual, Icon: "hand", Title: node.Text{EN: "Manual", ZH: "手动"},
			Help: node.Text{
				EN: "Nothing from outside starts the workflow: only /run and call nodes do.",
				ZH: "外部请求不会启动工作流：仅由 /run 与 call 节点运行。",
			},
			Config: reflect.TypeFor[struct{}](),
		},
	}
}

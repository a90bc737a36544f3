package nodes

import (
	"context"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[outputConfig]{
		Type:  "output",
		Title: node.Text{EN: "Output", ZH: "输出"},
		Help: node.Text{
			EN: "Sets what the workflow gives to the call node that runs it, and to /run. Of several, the last one that ran counts; the workflow goes on.",
			ZH: "设置工作流返回给 call 节点或 /run 的输出。多个时以最后运行的为准；工作流继续执行。",
		},
		Icon: "arrow-right-from-line", Family: node.FamilyControl,
		Result: node.Text{EN: "the value", ZH: "该值"},
		Run: func(_ context.Context, call *node.Call[outputConfig]) (node.Outcome, error) {
			given := orNull(call.Config.Value)
			return node.Done{Result: given, Output: given}, nil
		},
	})
}

type outputConfig struct {
	Value value.Value `json:"value,omitempty" doc:"Any JSON" zh:"任意 JSON"`
}

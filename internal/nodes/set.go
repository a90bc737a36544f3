package nodes

import (
	"context"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[setConfig]{
		Type:  "set",
		Title: node.Text{EN: "Set values", ZH: "设置变量"},
		Help: node.Text{
			EN: "Keeps values under its own key, for nodes that follow; assign gives an earlier node another result, such as a counter in a loop.",
			ZH: "以自身的 key 保存值供后续节点使用；assign 可修改先前节点的结果，例如循环中的计数器。",
		},
		Icon: "variable", Family: node.FamilyData,
		Result: node.Text{EN: "the values", ZH: "设置的值"},
		Run: func(_ context.Context, call *node.Call[setConfig]) (node.Outcome, error) {
			done := node.Done{Result: call.Config.Values}
			if assign := call.Config.Assign; assign != nil {
				done.Assign = map[string]value.Value{assign.Node: assign.Value}
			}
			return done, nil
		},
	})
}

type setConfig struct {
	Values value.Value `json:"values,omitempty" ui:"keyvalue" doc:"Values to keep" zh:"要保存的值"`
	Assign *assignment `json:"assign,omitempty" more:"true" doc:"Changes the result of an earlier node" zh:"修改先前节点的结果"`
}

type assignment struct {
	Node  string      `json:"node" required:"true" literal:"true" min:"1" ui:"node" doc:"Key of the node" zh:"节点 key"`
	Value value.Value `json:"value" required:"true" doc:"Its new result" zh:"新的结果"`
}

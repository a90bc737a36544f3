package nodes

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	node.Register(node.Def[endConfig]{
		Type:  "end",
		Title: node.Text{EN: "End", ZH: "结束"},
		Help: node.Text{
			EN: "Ends the workflow here, as succeeded or as failed.",
			ZH: "在此结束工作流，状态为成功或失败。",
		},
		Icon: "circle-stop", Family: node.FamilyControl,
		Result:       node.Text{EN: "nothing", ZH: "无"},
		ResultSchema: nothing,
		Run: func(_ context.Context, call *node.Call[endConfig]) (node.Outcome, error) {
			end := node.End{Status: hookflow.Status(call.Config.Status)}
			if end.Status == hookflow.StatusFailed {
				end.Error = "ended as failed by node " + call.NodeKey
			}
			return end, nil
		},
	})
}

type endConfig struct {
	Status string `json:"status,omitempty" enum:"succeeded,failed" default:"succeeded" doc:"How the workflow ends" zh:"结束状态"`
}

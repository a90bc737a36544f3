package nodes

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/condition"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[conditionConfig]{
		Type:  "condition",
		Title: node.Text{EN: "Condition", ZH: "条件判断"},
		Help: node.Text{
			EN: "Decides whether values meet a condition and runs the branch true or false. In mode continue there are no branches: false ends the workflow as failed.",
			ZH: "判断条件是否满足，并运行 true 或 false 分支。模式为 continue 时没有分支：不满足则工作流以 failed 结束。",
		},
		Icon: "split", Family: node.FamilyControl,
		Branches: []string{"true", "false"},
		Result:   node.Text{EN: "true or false", ZH: "true 或 false"},
		Check:    func(c *conditionConfig) []hookflow.Problem { return condition.Check(c.Condition) },
		Run:      runCondition,
	})
}

const modeContinue = "continue"

type conditionConfig struct {
	condition.Condition
	Mode string `json:"mode,omitempty" literal:"true" enum:"branch,continue" default:"branch" doc:"branch runs a branch; continue goes on only when the condition is met" zh:"branch 运行分支；continue 仅在满足时继续"`
}

func runCondition(_ context.Context, call *node.Call[conditionConfig]) (node.Outcome, error) {
	if ended := call.Branch; ended != nil {
		return node.Done{Result: value.Bool(ended.Branch == "true")}, ended.Err
	}
	holds, err := condition.Eval(call.Config.Condition)
	switch {
	case err != nil:
		return nil, err
	case call.Config.Mode != modeContinue && holds:
		return node.Enter{Branch: "true"}, nil
	case call.Config.Mode != modeContinue:
		return node.Enter{Branch: "false"}, nil
	case !holds:
		return nil, &node.Failure{Reason: "the condition is not met"}
	default:
		return node.Done{Result: value.Bool(true)}, nil
	}
}

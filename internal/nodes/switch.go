package nodes

import (
	"context"
	"fmt"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/condition"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[switchConfig]{
		Type:  "switch",
		Title: node.Text{EN: "Switch", ZH: "多条件分支"},
		Help: node.Text{
			EN: "Runs the branch of the first case whose condition is met; the branch has the case's key. When none is, it runs the branch otherwise, and then fails the workflow unless onNoMatch is continue.",
			ZH: "运行第一个满足条件的分支（分支名为该情形的 key）。都不满足时运行 otherwise 分支，之后工作流以 failed 结束，除非 onNoMatch 为 continue。",
		},
		Icon: "list-tree", Family: node.FamilyControl,
		Branches:     []node.Branch{{Name: branchOtherwise, Title: node.Text{EN: "Otherwise", ZH: "其他"}}},
		BranchesFrom: "/cases/*/key",
		Result:       node.Text{EN: "the key of the case that was met, or null", ZH: "匹配的 key；无匹配时为 null"},
		ResultSchema: `{"type":["string","null"]}`,
		Check:        checkSwitch,
		Run:          runSwitch,
	})
}

const branchOtherwise = "otherwise"

type switchConfig struct {
	Cases     []switchCase `json:"cases" required:"true" min:"1" max:"100" doc:"What to decide between, the first one met counts" zh:"各情形，取第一个满足的"`
	OnNoMatch string       `json:"onNoMatch,omitempty" literal:"true" enum:"fail,continue" default:"fail" doc:"After the branch otherwise: fail the workflow, or go on" zh:"otherwise 分支之后：fail 失败、continue 继续"`
}

type switchCase struct {
	Key  string              `json:"key" required:"true" literal:"true" min:"1" max:"64" doc:"Name of the case and of its branch" zh:"情形与分支的名称"`
	When condition.Condition `json:"when" required:"true" ui:"condition" doc:"Condition" zh:"条件"`
}

func checkSwitch(c *switchConfig) []hookflow.Problem {
	var problems []hookflow.Problem
	var keys []string
	for i := range c.Cases {
		at := fmt.Sprintf("/cases/%d", i)
		switch key := c.Cases[i].Key; {
		case key == branchOtherwise || key == node.BranchError:
			problems = append(problems, hookflow.Problem{Pointer: at + "/key", Detail: "is the name of another branch"})
		case slices.Contains(keys, key):
			problems = append(problems, hookflow.Problem{Pointer: at + "/key", Detail: fmt.Sprintf("%q is another case's key", key)})
		default:
			keys = append(keys, key)
		}
		for _, p := range condition.Check(c.Cases[i].When) {
			problems = append(problems, hookflow.Problem{Pointer: at + "/when" + p.Pointer, Detail: p.Detail})
		}
	}
	return problems
}

func runSwitch(_ context.Context, call *node.Call[switchConfig]) (node.Outcome, error) {
	if ended := call.Branch; ended != nil {
		return settleSwitch(ended, call.Config.OnNoMatch)
	}
	for i := range call.Config.Cases {
		holds, err := condition.Eval(call.Config.Cases[i].When)
		if err != nil {
			return nil, fmt.Errorf("case %s: %w", call.Config.Cases[i].Key, err)
		}
		if holds {
			return node.Enter{Branch: call.Config.Cases[i].Key}, nil
		}
	}
	return node.Enter{Branch: branchOtherwise}, nil
}

func settleSwitch(ended *node.Ended, onNoMatch string) (node.Outcome, error) {
	switch {
	case ended.Err != nil:
		return nil, ended.Err
	case ended.Branch != branchOtherwise:
		return node.Done{Result: value.String(ended.Branch)}, nil
	case onNoMatch == modeContinue:
		return node.Done{}, nil
	default:
		return nil, &node.Failure{Reason: "no case is met"}
	}
}

package nodes

import (
	"context"
	"errors"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[parallelConfig]{
		Type:  "parallel",
		Title: node.Text{EN: "Parallel", ZH: "并行"},
		Help: node.Text{
			EN: "Runs its branches, which may have any names, at once, up to 32 at a time. all waits for every branch and fails when one has failed; any goes on with the first that succeeds; race with the first that ends. Branches that are still running then are stopped.",
			ZH: "同时运行各分支（名称任意），最多 32 个并行。all 等待全部分支，任一失败则失败；any 取首个成功的分支；race 取首个结束的分支。其余仍在运行的分支会被停止。",
		},
		Icon: "git-fork", Family: node.FamilyControl, Any: true, Rests: true,
		Result:       node.Text{EN: "by branch: status, and the result of its last node or the error", ZH: "按分支：状态，以及最后一个节点的结果或错误"},
		ResultSchema: branchesSchema,
		Run:          runParallel,
	})
}

type parallelConfig struct {
	Mode node.Join `json:"mode,omitempty" literal:"true" enum:"all,any,race" default:"all" doc:"When the node is done: all branches, the first success, or the first end" zh:"完成条件：全部分支、首个成功或首个结束"`
}

func runParallel(_ context.Context, call *node.Call[parallelConfig]) (node.Outcome, error) {
	if call.Branches == nil && len(call.Names) > 0 {
		all := node.EnterAll{Until: call.Config.Mode}
		for _, name := range call.Names {
			all.Branches = append(all.Branches, node.Enter{Branch: name, Label: "[" + name + "]"})
		}
		return all, nil
	}
	results := branchResults(call.Branches)
	if err := verdict(call.Config.Mode, call.Branches); err != nil {
		return nil, &node.Partial{Err: err, Result: results}
	}
	return node.Done{Result: results}, nil
}

// verdict is nil when the branches have done what the mode asks for, or else the
// error of the first that did not.
func verdict(mode node.Join, branches []node.Ended) (failed error) {
	for _, b := range branches {
		switch {
		case b.Err == nil && mode != node.JoinAll:
			return nil
		case b.Err != nil && !errors.Is(b.Err, node.ErrOvertaken) && failed == nil:
			failed = b.Err
		}
	}
	return failed
}

func branchResults(branches []node.Ended) value.Value {
	var results value.Object
	for _, b := range branches {
		var one value.Object
		switch {
		case b.Err == nil:
			one.Set("status", value.String("succeeded")).Set("result", orNull(b.Result))
		case errors.Is(b.Err, node.ErrOvertaken):
			one.Set("status", value.String("cancelled"))
		default:
			one.Set("status", value.String(string(node.StatusOf(b.Err)))).Set("error", value.String(b.Err.Error()))
		}
		results.Set(b.Branch, one.Value())
	}
	return results.Value()
}

func orNull(v value.Value) value.Value {
	if v == nil {
		return value.Raw("null")
	}
	return v
}

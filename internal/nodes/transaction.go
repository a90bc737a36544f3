package nodes

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[transactionConfig]{
		Type:  "transaction",
		Title: node.Text{EN: "Transaction", ZH: "事务"},
		Help: node.Text{
			EN: "Commits what the branch run writes to collections together, or not at all: when one of its nodes fails, all is taken back, the branch rollback runs, and the node fails with the same error. The branch run may compute, decide, loop and write records, for 2 seconds at most; an end as failed in it takes all back too. Nodes that wait or call other systems stand before or after.",
			ZH: "run 分支对数据表的写入要么一起提交，要么全部撤销：任一节点失败则全部回滚，运行 rollback 分支，然后本节点以同一错误失败。run 分支可计算、判断、循环与写记录，最长 2 秒；其中以 failed 结束也会全部撤销；会等待或调用外部系统的节点应放在事务之前或之后。",
		},
		Icon: "database-backup", Family: node.FamilyControl,
		Branches: []node.Branch{
			{Name: "run", Title: node.Text{EN: "Together", ZH: "事务内"}},
			{Name: "rollback", Title: node.Text{EN: "After a rollback", ZH: "回滚后"}},
		},
		Atomic:       "run",
		Result:       node.Text{EN: "nothing; in rollback, $scopes.<key>.error says what failed", ZH: "无；在 rollback 中 $scopes.<key>.error 为失败原因"},
		ResultSchema: nothing,
		Run:          runTransaction,
	})
}

type transactionConfig struct{}

// rollback is what the node remembers while its branch rollback runs.
type rollback struct {
	Error  string `json:"error"`
	Failed bool   `json:"failed,omitempty"` // a condition was not met, rather than a node broke
}

func runTransaction(_ context.Context, call *node.Call[transactionConfig]) (node.Outcome, error) {
	ended := call.Branch
	switch {
	case ended == nil:
		return node.Enter{Branch: "run", Atomic: true}, nil
	case ended.Err != nil && ended.Branch == "run":
		return enterRollback(ended.Err)
	case ended.Err != nil:
		return nil, ended.Err
	case ended.Branch == "run":
		return node.Done{}, nil
	}
	var why rollback
	if err := json.Unmarshal(call.State, &why); err != nil {
		return nil, err
	}
	if why.Failed {
		return nil, &node.Failure{Reason: why.Error}
	}
	return nil, errors.New(why.Error)
}

func enterRollback(cause error) (node.Outcome, error) {
	var failure *node.Failure
	state, err := json.Marshal(rollback{cause.Error(), errors.As(cause, &failure)})
	if err != nil {
		return nil, err
	}
	scope := (&value.Object{}).Set("error", value.String(cause.Error())).Value()
	return node.Enter{Branch: "rollback", Scope: scope, State: state}, nil
}

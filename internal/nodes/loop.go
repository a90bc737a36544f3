package nodes

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/condition"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[loopConfig]{
		Type:  "loop",
		Title: node.Text{EN: "Loop", ZH: "循环"},
		Help: node.Text{
			EN: "Runs the branch body once for each item of an array, for each number below a number, for each character of a text, or once for anything else; with while, only as long as its condition is met before a round. Inside, $scopes.<key> has item, index and length.",
			ZH: "对数组的每一项、小于某个数的每个整数或文本的每个字符运行 body 分支；其他值只运行一次。设置 while 时，仅在每轮之前条件满足时继续。循环体内 $scopes.<key> 含 item、index、length。",
		},
		Icon: "repeat", Family: node.FamilyControl,
		Branches:     []node.Branch{{Name: "body", Title: node.Text{EN: "Each round", ZH: "每轮"}}},
		Result:       node.Text{EN: "the number of rounds begun", ZH: "已开始的轮数"},
		ResultSchema: `{"type":"integer","minimum":0}`,
		Check:        checkLoop,
		Run:          runLoop,
	})
}

type loopConfig struct {
	Over    value.Value          `json:"over,omitempty" doc:"What to go through; null is no round" zh:"要遍历的值；null 不循环"`
	While   *condition.Condition `json:"while,omitempty" ui:"condition" more:"true" doc:"Condition that is looked at before each round" zh:"每轮之前判断的条件"`
	Limit   int                  `json:"limit,omitempty" min:"1" max:"1000000" default:"10000" more:"true" doc:"More rounds than this are an error, where over tells how many before the first one" zh:"轮数上限，超过则报错；若由 over 可知轮数则在第一轮之前报错"`
	OnError string               `json:"onError,omitempty" enum:"fail,break,continue" default:"fail" more:"true" doc:"After a round that failed: fail, end the loop, or go on with the next round" zh:"某轮失败后：fail 失败、break 结束循环、continue 继续下一轮"`
}

// loopState is where a loop stands between two rounds. With the offset a round
// costs what its item costs, however long the list is.
type loopState struct {
	Rounds int `json:"rounds"` // begun
	Offset int `json:"offset"` // of the next item in the text of an array or string
	Length int `json:"length"` // -1 while only the condition knows
}

const endless = -1

func checkLoop(c *loopConfig) []hookflow.Problem {
	if c.While == nil {
		return nil
	}
	var problems []hookflow.Problem
	for _, p := range condition.Check(*c.While) {
		problems = append(problems, hookflow.Problem{Pointer: "/while" + p.Pointer, Detail: p.Detail})
	}
	return problems
}

func runLoop(_ context.Context, call *node.Call[loopConfig]) (node.Outcome, error) {
	state, err := loopStart(call)
	if err != nil {
		return nil, err
	}
	if ended := call.Branch; ended != nil && ended.Err != nil {
		switch call.Config.OnError {
		case "fail":
			return nil, ended.Err
		case "break":
			return node.Done{Result: value.Int(int64(state.Rounds))}, nil
		}
	}
	more := state.Rounds != state.Length
	if more && call.Config.While != nil {
		if more, err = stillHolds(call); err != nil {
			return nil, err
		}
	}
	switch {
	case !more:
		return node.Done{Result: value.Int(int64(state.Rounds))}, nil
	case state.Rounds == call.Config.Limit:
		return nil, fmt.Errorf("the condition is still met after %d rounds, which is the limit", state.Rounds)
	default:
		return nextRound(call.Config.Over, state)
	}
}

// stillHolds looks at the condition as it is now: a round may have changed what
// it is about.
func stillHolds(call *node.Call[loopConfig]) (bool, error) {
	var while condition.Condition
	if problems := spec.Decode(call.Unresolved("while"), call.Scope, &while); len(problems) > 0 {
		return false, fmt.Errorf("while%s: %s", problems[0].Pointer, problems[0].Detail)
	}
	return condition.Eval(while)
}

func loopStart(call *node.Call[loopConfig]) (state loopState, err error) {
	if call.State != nil {
		err = json.Unmarshal(call.State, &state)
		return state, err
	}
	if over := call.Config.Over; over == nil && call.Config.While != nil {
		state.Length = endless
		return state, nil
	}
	if state.Length, err = rounds(call.Config.Over, call.Config.Limit); err != nil {
		return state, err
	}
	if state.Length > call.Config.Limit {
		return state, fmt.Errorf("%d rounds are more than the limit of %d", state.Length, call.Config.Limit)
	}
	return state, nil
}

func rounds(over value.Value, limit int) (int, error) {
	switch over.Kind() {
	case value.KindMissing, value.KindNull:
		return 0, nil
	case value.KindArray, value.KindString:
		return over.Len(), nil
	case value.KindNumber:
		n, ok := over.Int64()
		if !ok || n < 0 || n > int64(limit) {
			return 0, fmt.Errorf("%s is not a whole number of rounds between 0 and %d", over, limit)
		}
		return int(n), nil
	default:
		return 1, nil
	}
}

func nextRound(over value.Value, state loopState) (node.Outcome, error) {
	index := state.Rounds
	item := over
	switch over.Kind() {
	case value.KindArray:
		item, state.Offset, _ = over.ItemAt(state.Offset)
	case value.KindString:
		item, state.Offset, _ = over.CharAt(state.Offset)
	case value.KindNumber, value.KindMissing:
		item = value.Int(int64(index))
	default: // the one round is the value itself
	}
	state.Rounds++
	saved, err := json.Marshal(state)
	if err != nil {
		return nil, err
	}
	scope := (&value.Object{}).
		Set("item", item).
		Set("index", value.Int(int64(index))).
		Set("length", lengthOf(state))
	return node.Enter{
		Branch: "body", Label: "[" + strconv.Itoa(index) + "]", Scope: scope.Value(), State: saved,
	}, nil
}

func lengthOf(state loopState) value.Value {
	if state.Length == endless {
		return value.Raw("null")
	}
	return value.Int(int64(state.Length))
}

package nodes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[callConfig]{
		Type:  "call",
		Title: node.Text{EN: "Call a workflow", ZH: "调用工作流"},
		Help: node.Text{
			EN: "Runs another workflow, whose $context is the input. It waits for the end and takes over the output, or only starts it. Workflows may not call each other in a circle, and no more than 10 deep.",
			ZH: "运行另一个工作流，其 $context 为此处的输入。可等待其结束并取得输出，或仅启动。工作流之间不能循环调用，嵌套最多 10 层。",
		},
		Icon: "workflow", Family: node.FamilyControl, Effect: node.Database, Rests: true,
		Calls:  func(c *callConfig) string { return c.Workflow },
		Result: node.Text{EN: "the output of the workflow, or {execution} when not waiting", ZH: "工作流的输出；不等待时为 {execution}"},
		Run:    runCall,
	})
}

type callConfig struct {
	Workflow string      `json:"workflow" required:"true" literal:"true" min:"1" ui:"workflow" doc:"Key of the workflow" zh:"工作流标识"`
	Input    value.Value `json:"input,omitempty" doc:"Its $context" zh:"作为其 $context 的输入"`
	Wait     bool        `json:"wait,omitempty" default:"true" doc:"Wait for its end" zh:"等待其结束"`
}

// calling is what a call remembers while the other workflow runs.
type calling struct {
	Execution hookflow.ID `json:"execution"`
	Looked    int         `json:"looked"` // how often it had not ended yet
}

func runCall(ctx context.Context, call *node.Call[callConfig]) (node.Outcome, error) {
	if call.State != nil {
		return lookAgain(ctx, call)
	}
	id, err := call.Env.Workflows.Start(ctx, call.Config.Workflow, call.Config.Input, call.Config.Wait)
	switch {
	case err != nil:
		return nil, err
	case call.Config.Wait:
		return waitFor(calling{Execution: id}, call.Now)
	default:
		return node.Done{Result: (&value.Object{}).Set("execution", value.String(id.String())).Value()}, nil
	}
}

func lookAgain(ctx context.Context, call *node.Call[callConfig]) (node.Outcome, error) {
	var state calling
	if err := json.Unmarshal(call.State, &state); err != nil {
		return nil, err
	}
	called, ended, err := call.Env.Workflows.Ended(ctx, state.Execution)
	switch {
	case err != nil:
		return nil, err
	case !ended:
		state.Looked++
		return waitFor(state, call.Now)
	case called.Status == hookflow.StatusSucceeded:
		return node.Done{Result: called.Output}, nil
	}
	reason := fmt.Sprintf("workflow %s ended as %s (execution %s): %s", call.Config.Workflow, called.Status, state.Execution, called.Error)
	if called.Status == hookflow.StatusFailed {
		return nil, &node.Failure{Reason: reason}
	}
	return nil, fmt.Errorf("%s", reason)
}

// waitFor waits to be woken. The time is for a wake-up that got lost with its
// process.
func waitFor(state calling, now time.Time) (node.Outcome, error) {
	saved, err := json.Marshal(state)
	if err != nil {
		return nil, err
	}
	return node.Wait{Until: now.Add(time.Minute << min(state.Looked, 6)), Called: state.Execution, State: saved}, nil
}

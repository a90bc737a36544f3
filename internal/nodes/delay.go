package nodes

import (
	"context"
	"errors"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[delayConfig]{
		Type:  "delay",
		Title: node.Text{EN: "Delay", ZH: "延时"},
		Help: node.Text{
			EN: "Waits for a time, or until one. Nothing is kept running meanwhile, and a restart changes nothing. A time that has passed is no wait.",
			ZH: "等待一段时间，或等到某个时刻。等待期间不占用资源，重启也不受影响。已过去的时刻不等待。",
		},
		Icon: "timer", Family: node.FamilyControl, Rests: true,
		Result:       node.Text{EN: "nothing", ZH: "无"},
		ResultSchema: nothing,
		Check: func(c *delayConfig) []hookflow.Problem {
			if c.For != nil && c.Until != nil {
				return []hookflow.Problem{{Pointer: "/until", Detail: "cannot stand beside for"}}
			}
			return nil
		},
		Run: runDelay,
	})
}

type delayConfig struct {
	For   *hookflow.Duration `json:"for,omitempty" alt:"for" doc:"How long, such as 10m or 2d" zh:"等待多久，如 10m、2d"`
	Until *time.Time         `json:"until,omitempty" alt:"until" doc:"When to go on, RFC 3339" zh:"继续的时刻（RFC 3339）"`
}

func runDelay(_ context.Context, call *node.Call[delayConfig]) (node.Outcome, error) {
	var until time.Time
	switch {
	case call.State != nil:
		begun, _ := call.State.Str()
		at, err := time.Parse(time.RFC3339Nano, begun)
		if err != nil {
			return nil, err
		}
		until = at
	case call.Config.Until != nil:
		until = *call.Config.Until
	case call.Config.For != nil:
		until = call.Now.Add(call.Config.For.Std())
	default:
		return nil, errors.New("neither for nor until has a value")
	}
	if !until.After(call.Now) {
		return node.Done{}, nil
	}
	return node.Wait{Until: until, State: value.String(until.Format(time.RFC3339Nano))}, nil
}

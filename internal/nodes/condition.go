package nodes

import (
	"context"
	"errors"

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
			EN: "Decides whether values meet a condition, or whether an expression is true, and runs the branch true or false. The values false, null, 0 and all that is empty are not true. In mode continue there are no branches: false ends the workflow as failed.",
			ZH: "判断条件是否满足或表达式是否为真，并运行 true 或 false 分支。false、null、0 与空值均不为真。模式为 continue 时没有分支：不满足则工作流以 failed 结束。",
		},
		Icon: "split", Family: node.FamilyControl,
		Branches: []node.Branch{
			{Name: "true", Title: node.Text{EN: "Yes", ZH: "是"}},
			{Name: "false", Title: node.Text{EN: "No", ZH: "否"}},
		},
		Result:       node.Text{EN: "true or false", ZH: "true 或 false"},
		ResultSchema: `{"type":"boolean"}`,
		Check:        checkCondition,
		Sources:      func(c *conditionConfig) []node.Source { return sourceOf(c.Engine, c.Expression) },
		Run:          runCondition,
	})
}

const modeContinue = "continue"

type conditionConfig struct {
	condition.Condition `ui:"condition" alt:"comparison"`

	Expression string      `json:"expression,omitempty" literal:"true" ui:"expression" alt:"expression" doc:"Expression instead of a comparison; {{variables}} stand for their values" zh:"代替比较的表达式；{{变量}} 代表其值"`
	Engine     string      `json:"engine,omitempty" literal:"true" enum:"javascript,formula,math,jsonata,jmespath,jsonpath" default:"javascript" alt:"expression" doc:"Language of the expression, as of a calculate node" zh:"表达式语言，同 calculate 节点"`
	Source     value.Value `json:"source,omitempty" default:"{{$context.data}}" alt:"expression" when:"engine=jsonata,jmespath,jsonpath" doc:"What jsonata, jmespath and jsonpath query" zh:"jsonata、jmespath 与 jsonpath 查询的数据"`
	Mode       string      `json:"mode,omitempty" literal:"true" enum:"branch,continue" default:"branch" more:"true" doc:"branch runs a branch; continue goes on only when the condition is met" zh:"branch 运行分支；continue 仅在满足时继续"`
}

var errExpressionAndComparison = errors.New("a condition has an expression or a comparison, not both")

func checkCondition(c *conditionConfig) []hookflow.Problem {
	switch {
	case c.Expression == "":
		return condition.Check(c.Condition)
	case c.Op != "" || c.All != nil || c.Any != nil || c.Not != nil:
		return problemAt("/expression", errExpressionAndComparison)
	default:
		return problemAt("/expression", checkExpression(c.Engine, c.Expression))
	}
}

// holds decides the condition.
func (c *conditionConfig) holds(ctx context.Context, run *node.Run) (bool, error) {
	if c.Expression == "" {
		return condition.Eval(c.Condition)
	}
	result, err := evaluate(ctx, run, c.Engine, c.Expression, c.Source)
	return isTrue(result), err
}

func isTrue(v value.Value) bool {
	switch v.Kind() {
	case value.KindBool:
		truth, _ := v.Bool()
		return truth
	case value.KindNumber:
		return !value.Equal(v, value.Int(0))
	default:
		return v.Len() > 0
	}
}

func runCondition(ctx context.Context, call *node.Call[conditionConfig]) (node.Outcome, error) {
	if ended := call.Branch; ended != nil {
		return node.Done{Result: value.Bool(ended.Branch == "true")}, ended.Err
	}
	holds, err := call.Config.holds(ctx, call.Run)
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

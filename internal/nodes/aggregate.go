package nodes

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[aggregateConfig]{
		Type:  "aggregate",
		Title: node.Text{EN: "Aggregate", ZH: "聚合"},
		Help: node.Text{
			EN: "Computes one figure over the records that a filter finds: how many there are, or the sum, average, least or greatest value of a field. Whole numbers and decimals are exact. Of nothing the count and the sum are 0, the others null.",
			ZH: "对符合过滤条件的记录计算一个数值：记录数，或某字段的总和、平均值、最小值、最大值。整数与小数精确计算。没有记录时计数与总和为 0，其余为 null。",
		},
		Icon: "sigma", Family: node.FamilyData,
		Result:       node.Text{EN: "the figure", ZH: "计算结果"},
		ResultSchema: `{"type":["number","string","null"]}`,
		Check: func(c *aggregateConfig) []hookflow.Problem {
			if c.Field == "" && (c.Function != "" && c.Function != "count" || c.Distinct) {
				return []hookflow.Problem{{Pointer: "/field", Detail: "is needed, but for a count of records"}}
			}
			return nil
		},
		Run: func(ctx context.Context, call *node.Call[aggregateConfig]) (node.Outcome, error) {
			figure, err := call.Env.Records.Aggregate(ctx, node.Aggregate(call.Config))
			return node.Done{Result: figure}, err
		},
	})
}

type aggregateConfig struct {
	Collection string      `json:"collection" required:"true" ui:"collection" doc:"Name of the collection" zh:"数据表名称"`
	Function   string      `json:"function" required:"true" literal:"true" enum:"count,sum,avg,min,max" doc:"What to compute" zh:"计算方式"`
	Field      string      `json:"field,omitempty" literal:"true" ui:"field" doc:"Field to compute it of; a count without one counts records" zh:"要计算的字段；计数时可省略，即统计记录数"`
	Distinct   bool        `json:"distinct,omitempty" literal:"true" doc:"Equal values count once" zh:"相同的值只计一次"`
	Filter     value.Value `json:"filter,omitempty" ui:"filter" doc:"Which records; default all" zh:"过滤条件；默认全部"`
}

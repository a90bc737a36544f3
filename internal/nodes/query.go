package nodes

import (
	"context"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[queryConfig]{
		Type:  "query",
		Title: node.Text{EN: "Query records", ZH: "查询记录"},
		Help: node.Text{
			EN: "Reads the records of a collection that a filter finds, a page at a time; with many: false the first one, or null. With brings the records along that relations lead to.",
			ZH: "按过滤条件分页查询数据表中的记录；many: false 时返回第一条或 null。with 一并取出关联的记录。",
		},
		Icon: "table-2", Family: node.FamilyData,
		Result:       node.Text{EN: "a list of records, or one record or null", ZH: "记录列表；或单条记录或 null"},
		ResultSchema: `{"type":["array","object","null"]}`,
		Run:          runQuery,
	})
}

type queryConfig struct {
	Collection string      `json:"collection" required:"true" ui:"collection" doc:"Name of the collection" zh:"数据表名称"`
	Filter     value.Value `json:"filter,omitempty" ui:"filter" doc:"Which records; default all" zh:"过滤条件；默认全部"`
	Sort       []string    `json:"sort,omitempty" ui:"sort" doc:"Fields to sort by, - in front for descending" zh:"排序字段，前缀 - 表示降序"`
	Fields     []string    `json:"fields,omitempty" ui:"field" more:"true" doc:"Fields to read; default all" zh:"要读取的字段；默认全部"`
	With       []string    `json:"with,omitempty" ui:"relation" more:"true" doc:"Relations whose records to load, such as customer or customer.region" zh:"要一并取出的关联，如 customer 或 customer.region"`
	Page       int         `json:"page,omitempty" min:"1" max:"1000000" default:"1" more:"true" when:"many=true" doc:"Page, counted from 1" zh:"页码，从 1 开始"`
	PageSize   int         `json:"pageSize,omitempty" min:"1" max:"1000" default:"50" when:"many=true" doc:"Records of a page" zh:"每页记录数"`
	Many       bool        `json:"many,omitempty" default:"true" doc:"A list, or only the first record" zh:"返回列表，或仅第一条"`
	OnEmpty    string      `json:"onEmpty,omitempty" enum:"continue,fail" default:"continue" more:"true" doc:"Whether finding nothing fails the workflow" zh:"查询为空时是否失败"`
}

func runQuery(ctx context.Context, call *node.Call[queryConfig]) (node.Outcome, error) {
	c := call.Config
	size := c.PageSize
	if !c.Many {
		size = 1
	}
	found, err := call.Env.Records.Find(ctx, node.Query{
		Collection: c.Collection, Filter: c.Filter, Sort: c.Sort, Fields: c.Fields, With: c.With,
		Limit: size, Offset: (c.Page - 1) * size,
	})
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0 && c.OnEmpty == "fail":
		return nil, &node.Failure{Reason: "no record was found"}
	case c.Many:
		list := value.Array{}
		for _, record := range found {
			list.Append(record)
		}
		return node.Done{Result: list.Value()}, nil
	case len(found) == 0:
		return node.Done{Result: value.Null}, nil
	default:
		return node.Done{Result: found[0]}, nil
	}
}

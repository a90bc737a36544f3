package nodes

import (
	"context"
	"errors"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[createConfig]{
		Type:  "create",
		Title: node.Text{EN: "Create record", ZH: "新增记录"},
		Help: node.Text{
			EN: "Adds a record to a collection, or several when values is a list. The write and the step are committed together: exactly once.",
			ZH: "向集合新增一条记录；values 为列表时新增多条。写入与步骤一同提交，恰好一次。",
		},
		Icon: "table-rows-plus", Family: node.FamilyData, Effect: node.Database,
		Result: node.Text{EN: "the record, or the list of records", ZH: "新增的记录，或记录列表"},
		Run: func(ctx context.Context, call *node.Call[createConfig]) (node.Outcome, error) {
			record, err := call.Env.Records.Create(ctx, call.Config.Collection, call.Config.Values)
			return node.Done{Result: record}, err
		},
	})
	node.Register(node.Def[updateConfig]{
		Type:  "update",
		Title: node.Text{EN: "Update records", ZH: "更新记录"},
		Help: node.Text{
			EN: "Changes the records that a filter finds; without a filter only with all: true.",
			ZH: "更新符合过滤条件的记录；没有过滤条件时必须设置 all: true。",
		},
		Icon: "table-properties", Family: node.FamilyData, Effect: node.Database,
		Result: node.Text{EN: "{count}: how many records were changed", ZH: "{count}：更新的记录数"},
		Run:    runUpdate,
	})
	node.Register(node.Def[queryConfig]{
		Type:  "query",
		Title: node.Text{EN: "Query records", ZH: "查询记录"},
		Help: node.Text{
			EN: "Reads the records of a collection that a filter finds, a page at a time; with many: false the first one, or null.",
			ZH: "按过滤条件分页查询集合中的记录；many: false 时返回第一条或 null。",
		},
		Icon: "table-2", Family: node.FamilyData,
		Result: node.Text{EN: "a list of records, or one record or null", ZH: "记录列表；或单条记录或 null"},
		Run:    runQuery,
	})
}

type createConfig struct {
	Collection string      `json:"collection" required:"true" ui:"collection" doc:"Name of the collection" zh:"集合名称"`
	Values     value.Value `json:"values" required:"true" ui:"fieldmap" doc:"Values by field, or a list of such objects" zh:"按字段给出的值，或其列表"`
}

type updateConfig struct {
	Collection string      `json:"collection" required:"true" ui:"collection" doc:"Name of the collection" zh:"集合名称"`
	Filter     value.Value `json:"filter,omitempty" ui:"conditions" doc:"Which records" zh:"过滤条件"`
	All        bool        `json:"all,omitempty" doc:"Change every record when there is no filter" zh:"没有过滤条件时更新所有记录"`
	Values     value.Value `json:"values" required:"true" ui:"fieldmap" doc:"New values by field" zh:"按字段给出的新值"`
}

var (
	errNoFilter = errors.New("the filter is missing or null; to change every record set all to true")
	// everyRecord is a filter that all records meet.
	everyRecord = value.Raw(`{"all":[]}`)
)

func runUpdate(ctx context.Context, call *node.Call[updateConfig]) (node.Outcome, error) {
	c := call.Config
	switch {
	case c.Filter.IsNull() && !c.All:
		return nil, errNoFilter
	case c.Filter.IsNull():
		c.Filter = everyRecord
	}
	count, err := call.Env.Records.Update(ctx, c.Collection, c.Filter, c.Values)
	return node.Done{Result: new(value.Object).Set("count", value.Int(count)).Value()}, err
}

type queryConfig struct {
	Collection string      `json:"collection" required:"true" ui:"collection" doc:"Name of the collection" zh:"集合名称"`
	Filter     value.Value `json:"filter,omitempty" ui:"conditions" doc:"Which records; default all" zh:"过滤条件；默认全部"`
	Sort       []string    `json:"sort,omitempty" doc:"Fields to sort by, - in front for descending" zh:"排序字段，前缀 - 表示降序"`
	Fields     []string    `json:"fields,omitempty" doc:"Fields to read; default all" zh:"要读取的字段；默认全部"`
	Page       int         `json:"page,omitempty" min:"1" max:"1000000" default:"1" doc:"Page, counted from 1" zh:"页码，从 1 开始"`
	PageSize   int         `json:"pageSize,omitempty" min:"1" max:"1000" default:"50" doc:"Records of a page" zh:"每页记录数"`
	Many       bool        `json:"many,omitempty" default:"true" doc:"A list, or only the first record" zh:"返回列表，或仅第一条"`
	OnEmpty    string      `json:"onEmpty,omitempty" enum:"continue,fail" default:"continue" doc:"Whether finding nothing fails the workflow" zh:"查询为空时是否失败"`
}

func runQuery(ctx context.Context, call *node.Call[queryConfig]) (node.Outcome, error) {
	c := call.Config
	size := c.PageSize
	if !c.Many {
		size = 1
	}
	found, err := call.Env.Records.Find(ctx, node.Query{
		Collection: c.Collection, Filter: c.Filter, Sort: c.Sort, Fields: c.Fields,
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

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
			EN: "Adds a record to a collection, or several when values is a list; with upsertBy, a record that has the same value in that unique field is changed instead. The write and the step are committed together: exactly once.",
			ZH: "向数据表新增一条记录；values 为列表时新增多条；设置 upsertBy 时，若已有记录在该唯一字段上取值相同，则改为更新该记录。写入与步骤一同提交，恰好一次。",
		},
		Icon: "table-rows-plus", Family: node.FamilyData, Effect: node.Database,
		Result:       node.Text{EN: "the record, or the list of records", ZH: "新增的记录，或记录列表"},
		ResultSchema: `{"type":["object","array"]}`,
		Run:          runCreate,
	})
	node.Register(node.Def[updateConfig]{
		Type:  "update",
		Title: node.Text{EN: "Update records", ZH: "更新记录"},
		Help: node.Text{
			EN: "Changes the records that a filter finds; without a filter only with all: true.",
			ZH: "更新符合过滤条件的记录；没有过滤条件时必须设置 all: true。",
		},
		Icon: "table-properties", Family: node.FamilyData, Effect: node.Database,
		Result:       node.Text{EN: "{count}: how many records were changed", ZH: "{count}：更新的记录数"},
		ResultSchema: countSchema,
		Run:          runUpdate,
	})
	node.Register(node.Def[destroyConfig]{
		Type:  "destroy",
		Title: node.Text{EN: "Delete records", ZH: "删除记录"},
		Help: node.Text{
			EN: "Deletes the records that a filter finds; without a filter only with all: true. What the deletion does to records that lead to them is set at their relations.",
			ZH: "删除符合过滤条件的记录；没有过滤条件时必须设置 all: true。指向它们的记录如何处理由关联字段决定。",
		},
		Icon: "table-rows-split", Family: node.FamilyData, Effect: node.Database,
		Result:       node.Text{EN: "{count}: how many records were deleted", ZH: "{count}：删除的记录数"},
		ResultSchema: countSchema,
		Run:          runDestroy,
	})
}

type createConfig struct {
	Collection string      `json:"collection" required:"true" ui:"collection" doc:"Name of the collection" zh:"数据表名称"`
	Values     value.Value `json:"values" required:"true" ui:"fieldmap" doc:"Values by field, or a list of such objects" zh:"按字段给出的值，或其列表"`
	UpsertBy   []string    `json:"upsertBy,omitempty" ui:"field" doc:"A unique field: a record with the same value there is changed instead; the fields that are not given keep what they have" zh:"唯一字段：该字段取值相同的记录改为更新，未给出的字段保持不变"`
}

func runCreate(ctx context.Context, call *node.Call[createConfig]) (_ node.Outcome, err error) {
	c, records := call.Config, call.Env.Records
	var record value.Value
	if len(c.UpsertBy) > 0 {
		record, err = records.Upsert(ctx, c.Collection, c.Values, c.UpsertBy)
	} else {
		record, err = records.Create(ctx, c.Collection, c.Values)
	}
	return node.Done{Result: record}, err
}

type updateConfig struct {
	Collection string      `json:"collection" required:"true" ui:"collection" doc:"Name of the collection" zh:"数据表名称"`
	Filter     value.Value `json:"filter,omitempty" ui:"filter" doc:"Which records" zh:"过滤条件"`
	All        bool        `json:"all,omitempty" doc:"Change every record when there is no filter" zh:"没有过滤条件时更新所有记录"`
	Values     value.Value `json:"values" required:"true" ui:"fieldmap" doc:"New values by field" zh:"按字段给出的新值"`
}

var (
	errNoFilter = errors.New("the filter is missing or null; to mean every record set all to true")
	// everyRecord is a filter that all records meet.
	everyRecord = value.Raw(`{"all":[]}`)
)

func runUpdate(ctx context.Context, call *node.Call[updateConfig]) (node.Outcome, error) {
	c := call.Config
	filter, err := someOrAll(c.Filter, c.All)
	if err != nil {
		return nil, err
	}
	count, err := call.Env.Records.Update(ctx, c.Collection, filter, c.Values)
	return node.Done{Result: counted(count)}, err
}

// someOrAll is a filter of a write: every record must be meant expressly.
func someOrAll(filter value.Value, all bool) (value.Value, error) {
	switch {
	case !filter.IsNull():
		return filter, nil
	case all:
		return everyRecord, nil
	default:
		return nil, errNoFilter
	}
}

func counted(n int64) value.Value {
	return new(value.Object).Set("count", value.Int(n)).Value()
}

type destroyConfig struct {
	Collection string      `json:"collection" required:"true" ui:"collection" doc:"Name of the collection" zh:"数据表名称"`
	Filter     value.Value `json:"filter,omitempty" ui:"filter" doc:"Which records" zh:"过滤条件"`
	All        bool        `json:"all,omitempty" doc:"Delete every record when there is no filter" zh:"没有过滤条件时删除所有记录"`
}

func runDestroy(ctx context.Context, call *node.Call[destroyConfig]) (node.Outcome, error) {
	c := call.Config
	filter, err := someOrAll(c.Filter, c.All)
	if err != nil {
		return nil, err
	}
	count, err := call.Env.Records.Destroy(ctx, c.Collection, filter)
	return node.Done{Result: counted(count)}, err
}

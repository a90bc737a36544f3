package nodes

import (
	"context"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[sqlConfig]{
		Type:  "sql",
		Title: node.Text{EN: "SQL", ZH: "SQL"},
		Help: node.Text{
			EN: "Runs one statement on collections, by their names and those of their fields, and on nothing else. Values come in as :name from params, a list as IN (:name). A query gives at most 1,000 rows and takes at most 5 seconds. With write: true INSERT, UPDATE and DELETE may change at most 10,000 records, found within one second, as all in a transaction is; each is checked like any other record, and committed together with the step. Names that are SQL words stand in double quotes.",
			ZH: "以数据表名与字段名执行一条 SQL 语句，无法访问其他任何内容。值通过 params 以 :name 传入，列表写作 IN (:name)。查询最多返回 1000 行、耗时 5 秒。write: true 时可用 INSERT、UPDATE、DELETE，须在一秒内找到且最多 10000 条记录（事务中的查询同样限时一秒）；每条记录照常校验，并与步骤一同提交。与 SQL 关键字同名的名称须加双引号。",
		},
		Icon: "database", Family: node.FamilyData,
		Result:       node.Text{EN: "the rows, as a list of objects; {count} of what writes", ZH: "行列表（对象）；写入语句为 {count}"},
		ResultSchema: `{"type":["array","object"]}`,
		Writes:       func(c *sqlConfig) bool { return c.Write },
		Check: func(c *sqlConfig) []hookflow.Problem {
			if strings.Contains(c.SQL, "{{") {
				return []hookflow.Problem{{Pointer: "/sql", Detail: "takes no {{…}}: write :name, and give the value in params"}}
			}
			return problemAt("/params", checkObject(c.Params))
		},
		Run: func(ctx context.Context, call *node.Call[sqlConfig]) (node.Outcome, error) {
			c := call.Config
			if err := checkObject(c.Params); err != nil {
				return nil, err
			}
			result, err := call.Env.Records.SQL(ctx, node.SQL{Text: c.SQL, Params: c.Params, Write: c.Write})
			return node.Done{Result: result}, err
		},
	})
}

type sqlConfig struct {
	SQL    string      `json:"sql" required:"true" literal:"true" ui:"sql" doc:"One statement" zh:"一条 SQL 语句"`
	Params value.Value `json:"params,omitempty" ui:"keyvalue" doc:"Values of the :names in it" zh:"语句中 :name 的值"`
	Write  bool        `json:"write,omitempty" literal:"true" doc:"INSERT, UPDATE and DELETE are allowed" zh:"允许 INSERT、UPDATE、DELETE"`
}

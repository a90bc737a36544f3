package nodes

import (
	"context"
	"fmt"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/schema"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[validateConfig]{
		Type:  "validate",
		Title: node.Text{EN: "Validate", ZH: "校验"},
		Help: node.Text{
			EN: "Checks data against a JSON Schema (2020-12). Data that does not match ends the workflow as failed; with onError: continue it goes on, with the violations in the result, and with onError: branch they are $scopes.<key>.result in the error branch.",
			ZH: "按 JSON Schema（2020-12）校验数据。不符合时工作流以失败结束；设置 onError: continue 则继续执行，结果中含各项违规；设置 onError: branch 时，错误分支可用 $scopes.<key>.result 读取。",
		},
		Icon: "badge-check", Family: node.FamilyControl,
		Result: node.Text{EN: "{valid, errors}", ZH: "{valid, errors}"},
		ResultSchema: `{"type":"object","required":["valid","errors"],"properties":{
			"valid":{"type":"boolean","description":"Whether the data matches","x-zh":"数据是否符合"},
			"errors":{"type":"array","description":"What does not, and where; at most 20","x-zh":"不符合之处及其位置，最多 20 项","items":{
				"type":"object","required":["pointer","detail"],"properties":{
					"pointer":{"type":"string","description":"Where (JSON Pointer)","x-zh":"位置（JSON Pointer）"},
					"detail":{"type":"string","description":"What is wrong","x-zh":"问题所在"}}}}}}`,
		Check: func(c *validateConfig) []hookflow.Problem {
			if c.Schema.IsNull() {
				return nil // a template gives it
			}
			_, err := schema.Compile(c.Schema)
			return problemAt("/schema", err)
		},
		Run: runValidate,
	})
}

type validateConfig struct {
	Schema value.Value `json:"schema" required:"true" ui:"jsonschema" doc:"JSON Schema that the data must match; it may refer to itself only" zh:"数据须符合的 JSON Schema；只能引用自身"`
	Source value.Value `json:"source,omitempty" default:"{{$context.data}}" doc:"Data to check" zh:"要校验的数据"`
}

func runValidate(_ context.Context, call *node.Call[validateConfig]) (node.Outcome, error) {
	compiled, err := schema.Compile(call.Config.Schema)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	violations := compiled.Violations(givenOrBody(call.Run, call.Config.Source))
	errors := value.Array{}
	for _, v := range violations {
		errors.Append(new(value.Object).Set("pointer", value.String(v.Pointer)).Set("detail", value.String(v.Detail)).Value())
	}
	result := new(value.Object).Set("valid", value.Bool(len(violations) == 0)).Set("errors", errors.Value()).Value()
	if len(violations) > 0 {
		reason := fmt.Sprintf("the data does not match the schema: %q: %s", violations[0].Pointer, violations[0].Detail)
		return nil, &node.Partial{Err: &node.Failure{Reason: reason}, Result: result}
	}
	return node.Done{Result: result}, nil
}

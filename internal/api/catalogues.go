package api

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/value"
)

// registerCatalogues adds what the program itself can do: the same for everybody.
func (a *api) registerCatalogues() {
	const tag = "catalogues"
	register(a, operation{
		id: "list-node-types", method: http.MethodGet, path: under("node-types"), tag: tag, role: auth.Viewer,
		summary: "List the node types: texts, branches, JSON Schemas of configs and results, examples",
		zh:      "节点类型：说明、分支、配置与结果的 JSON Schema 及示例",
	}, a.nodeTypes())
	register(a, operation{
		id: "list-trigger-types", method: http.MethodGet, path: under("trigger-types"), tag: tag, role: auth.Viewer,
		summary: "List the triggers with the JSON Schemas of their configs", zh: "触发器及其配置的 JSON Schema",
	}, catalogue(a.TriggerTypes))
	register(a, operation{
		id: "list-verification-schemes", method: http.MethodGet, path: under("verification-schemes"), tag: tag, role: auth.Viewer,
		summary: "List the verification schemes with the JSON Schemas of their configs", zh: "验证方式及其配置的 JSON Schema",
	}, catalogue(a.Schemes))
}

// nodeCatalogue is a page of node types, with what is the same for all of them.
type nodeCatalogue struct {
	list[json.RawMessage]
	Common json.RawMessage `json:"common" doc:"What every node has beside its config: a JSON Schema, and branches"`
}

func (a *api) nodeTypes() func(context.Context, *Page) (*struct{ Body nodeCatalogue }, error) {
	common, page := sync.OnceValue(a.NodeCommon), catalogue(a.NodeTypes)
	return func(ctx context.Context, in *Page) (*struct{ Body nodeCatalogue }, error) {
		types, err := page(ctx, in)
		if err != nil {
			return nil, err
		}
		return &struct{ Body nodeCatalogue }{nodeCatalogue{types.Body, json.RawMessage(common())}}, nil
	}
}

// catalogue lists what is found when it is first asked for.
func catalogue(found func() value.Value) func(context.Context, *Page) (*listOf[json.RawMessage], error) {
	all := sync.OnceValue(func() []value.Value { return itemsOf(found()) })
	return func(_ context.Context, in *Page) (*listOf[json.RawMessage], error) {
		return paged(in, all(), func(v value.Value) json.RawMessage { return json.RawMessage(v) })
	}
}

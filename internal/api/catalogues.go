package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/value"
)

// registerCatalogues adds what the program itself can do: the same for everybody, made once.
func (a *api) registerCatalogues() {
	const tag = "catalogues"
	register(a, operation{
		id: "list-node-types", method: http.MethodGet, path: under("node-types"), tag: tag, role: auth.Viewer,
		summary: "List the node types with the JSON Schemas of their configs", zh: "节点类型及其配置的 JSON Schema",
	}, catalogue(a.NodeTypes))
	register(a, operation{
		id: "list-verification-schemes", method: http.MethodGet, path: under("verification-schemes"), tag: tag, role: auth.Viewer,
		summary: "List the verification schemes with the JSON Schemas of their configs", zh: "验证方式及其配置的 JSON Schema",
	}, catalogue(a.Schemes))
}

func catalogue(found func() value.Value) func(context.Context, *Page) (*listOf[json.RawMessage], error) {
	return func(_ context.Context, in *Page) (*listOf[json.RawMessage], error) {
		return paged(in, itemsOf(found()), func(v value.Value) json.RawMessage { return json.RawMessage(v) })
	}
}

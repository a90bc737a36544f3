package app

import (
	"encoding/json"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

var effects = map[node.Effect]string{node.Pure: "pure", node.Database: "database", node.External: "external"}

// nodeTypes is what a user interface needs of every node type.
func nodeTypes() value.Value {
	var list value.Array
	for _, t := range node.Types() {
		list.Append(object(map[string]any{
			"type": t.Name, "title": t.Title, "help": t.Help, "icon": t.Icon, "family": t.Family,
			"effect": effects[t.Effect], "branches": t.Branches, "result": t.Result,
			"schema": json.RawMessage(spec.Schema(t.Config)),
		}))
	}
	return list.Value()
}

// schemes is the same of every verification scheme.
func schemes() value.Value {
	var list value.Array
	for _, s := range verify.Schemes() {
		list.Append(object(map[string]any{
			"key": s.Key, "title": s.Title, "help": s.Doc, "schema": json.RawMessage(spec.Schema(s.Settings)),
		}))
	}
	return list.Value()
}

func object(members map[string]any) value.Value {
	encoded, err := value.Of(members)
	if err != nil {
		panic(err) // texts and schemas always encode
	}
	return encoded
}

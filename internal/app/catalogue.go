package app

import (
	"cmp"
	"encoding/json"
	"reflect"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/nodes"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/workflow"
)

var effects = map[node.Effect]string{node.Pure: "pure", node.Database: "database", node.External: "external"}

// nodeTypes is what a user interface needs of every node type.
func nodeTypes() value.Value {
	var list value.Array
	for _, t := range node.Types() {
		list.Append(object(map[string]any{
			"type": t.Name, "title": t.Title, "help": t.Help, "icon": t.Icon, "family": t.Family,
			"effect": effects[t.Effect], "atomic": t.Atomic, "rests": t.Rests,
			"branches": some(t.Branches), "branchesFrom": t.BranchesFrom, "any": t.Any,
			"result": result(t), "schema": json.RawMessage(spec.Schema(t.Config)), "examples": some(nodes.Examples(t.Name)),
		}))
	}
	return list.Value()
}

// result describes what a step of the type holds.
func result(t *node.Type) map[string]any {
	return map[string]any{"help": t.Result, "schema": json.RawMessage(cmp.Or(t.ResultSchema, "{}"))}
}

// nodeCommon is what every node has beside its config.
func nodeCommon() value.Value {
	var properties value.Object
	described := spec.Schema(reflect.TypeFor[hookflow.Node]()).Get("$defs", "hookflow.Node", "properties")
	for _, name := range node.Settings() {
		properties.Set(name, described.Get(value.Segment(name)))
	}
	return object(map[string]any{
		"schema": map[string]any{"type": "object", "properties": json.RawMessage(properties.Value())},
		"branches": []node.Branch{
			{Name: node.BranchError, Title: node.Text{EN: "On error", ZH: "出错时"}},
		},
	})
}

// triggerTypes is what a user interface needs of every way to start a workflow.
func triggerTypes() value.Value {
	var list value.Array
	for _, t := range workflow.TriggerTypes() {
		list.Append(object(map[string]any{
			"type": t.Name, "title": t.Title, "help": t.Help, "icon": t.Icon, "schema": json.RawMessage(spec.Schema(t.Config)),
		}))
	}
	return list.Value()
}

// schemes is the same of every verification scheme, with what is known of its provider.
func schemes() value.Value {
	var list value.Array
	for _, s := range verify.Schemes() {
		scheme := map[string]any{
			"key": s.Key, "title": s.Title, "help": s.Doc, "schema": json.RawMessage(spec.Schema(s.Settings)),
			"checks": s.Provider.Checks, "id": some(s.Provider.ID), "event": some(s.Provider.Event),
			"sources": some(s.Provider.Sources), "setup": s.Setup(), "home": s.Home(), "group": s.Group(), "popular": s.Popular(),
		}
		if s.Provider.Handshake.EN != "" {
			scheme["handshake"] = s.Provider.Handshake
		}
		if s.Provider.Deadline > 0 {
			scheme["deadline"] = hookflow.Duration(s.Provider.Deadline).String()
		}
		list.Append(object(scheme))
	}
	return list.Value()
}

// some is an empty list rather than none.
func some[T any](list []T) []T { return append([]T{}, list...) }

func object(members map[string]any) value.Value {
	encoded, err := value.Of(members)
	if err != nil {
		panic(err) // texts and schemas always encode
	}
	return encoded
}

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/workflow"
)

// writeSchemas writes the JSON Schema of everything that is configured, by kind
// and name: what forms are drawn from, and the web UI's tests demand a widget for.
func writeSchemas(dir string) error {
	all := map[string]json.RawMessage{"workflow": json.RawMessage(spec.Schema(reflect.TypeFor[hookflow.Workflow]()))}
	add := func(kind, name string, config reflect.Type) {
		all[kind+" "+name] = json.RawMessage(spec.Schema(config))
	}
	for _, t := range node.Types() {
		add("node", t.Name, t.Config)
	}
	for _, t := range workflow.TriggerTypes() {
		add("trigger", t.Name, t.Config)
	}
	for _, t := range channel.Types() {
		add("channel", t.Name, t.Config)
	}
	seen := map[reflect.Type]bool{} // presets share settings
	for _, s := range verify.Schemes() {
		if !seen[s.Settings] {
			seen[s.Settings] = true
			add("scheme", s.Key, s.Settings)
		}
	}
	written, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "schemas.json"), append(written, '\n'), 0o644) //nolint:gosec // for everybody to read
}

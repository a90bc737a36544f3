package main

import (
	"testing"

	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/workflow"
)

// TestEverythingIsDocumented: whatever a page shows has its texts in both
// languages.
func TestEverythingIsDocumented(t *testing.T) {
	t.Parallel()
	for _, typ := range node.Types() {
		for what, text := range map[string]node.Text{"title": typ.Title, "help": typ.Help, "result": typ.Result} {
			demand(t, "node type "+typ.Name+": "+what, text.EN, text.ZH)
		}
		demandFields(t, "node type "+typ.Name, spec.Fields(typ.Config))
	}
	demandFields(t, "every node", settingsOfNodes())
	for _, trigger := range workflow.TriggerTypes() {
		demand(t, "trigger "+trigger.Name+": title", trigger.Title.EN, trigger.Title.ZH)
		demand(t, "trigger "+trigger.Name+": help", trigger.Help.EN, trigger.Help.ZH)
		demandFields(t, "trigger "+trigger.Name, spec.Fields(trigger.Config))
	}
	for _, c := range channel.Types() {
		demand(t, "channel "+c.Name+": title", c.Title.EN, c.Title.ZH)
		demand(t, "channel "+c.Name+": help", c.Help.EN, c.Help.ZH)
		demandFields(t, "channel "+c.Name, spec.Fields(c.Config))
	}
	for _, s := range verify.Schemes() {
		demand(t, "scheme "+s.Key+": title", s.Title.EN, s.Title.ZH)
		demand(t, "scheme "+s.Key+": doc", s.Doc.EN, s.Doc.ZH)
		demand(t, "scheme "+s.Key+": checks", s.Provider.Checks.EN, s.Provider.Checks.ZH)
		for _, step := range s.Provider.Steps {
			demand(t, "scheme "+s.Key+": step", step.EN, step.ZH)
		}
		demandFields(t, "scheme "+s.Key, spec.Fields(s.Settings))
	}
}

func demandFields(t *testing.T, of string, fields []spec.Field) {
	t.Helper()
	for _, f := range fields {
		demand(t, of+": field "+f.Name, f.Doc, f.ZH)
		if f.TitleZH == "" {
			t.Errorf("%s: field %s lacks its Chinese title: add it to titles.go of package spec", of, f.Name)
		}
		demandFields(t, of+": field "+f.Name, f.Fields)
	}
}

func demand(t *testing.T, what, en, zh string) {
	t.Helper()
	if en == "" || zh == "" {
		t.Errorf("%s lacks its text: English %q, Chinese %q", what, en, zh)
	}
}

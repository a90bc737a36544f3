package main

import (
	"testing"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/verify"
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
		demandFields(t, of+": field "+f.Name, f.Fields)
	}
}

func demand(t *testing.T, what, en, zh string) {
	t.Helper()
	if en == "" || zh == "" {
		t.Errorf("%s lacks its text: English %q, Chinese %q", what, en, zh)
	}
}

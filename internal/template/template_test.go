package template

import (
	"encoding/json"
	"regexp"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/workflow"
)

// TestTemplates reads every template as those do who save what is in it, and holds what it asks for
// against what it uses.
func TestTemplates(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "zh"} {
		all, err := All(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, tt := range all {
			t.Run(language+"/"+tt.Key, func(t *testing.T) {
				t.Parallel()
				d, err := workflow.Decode(tt.Workflow, tt.Key)
				if err != nil {
					t.Fatal(err)
				}
				if _, known := verify.Lookup(tt.Scheme); tt.Scheme != "" && !known {
					t.Errorf("there is no scheme %q", tt.Scheme)
				}
				checkNeeds(t, tt, d.Workflow, checkCollections(t, tt))
			})
		}
	}
}

// checkCollections returns the fields of each collection.
func checkCollections(t *testing.T, tt Template) map[string]map[string]bool {
	t.Helper()
	fields := map[string]map[string]bool{}
	for _, text := range tt.Collections {
		var c hookflow.Collection
		if problems := spec.DecodeJSON(value.Value(text), &c); len(problems) > 0 {
			t.Errorf("a collection: %v", problems)
		}
		fields[c.Name] = map[string]bool{}
		for _, f := range c.Fields {
			fields[c.Name][f.Name] = true
		}
	}
	return fields
}

var variable = regexp.MustCompile(`\$env\.(\w+)`)

func checkNeeds(t *testing.T, tt Template, w hookflow.Workflow, fields map[string]map[string]bool) {
	t.Helper()
	nodes, secrets := map[string]bool{}, map[string]bool{}
	hookflow.WalkNodes(w.Nodes, "", func(_ string, _ int, n *hookflow.Node) { nodes[n.Key] = true })
	for _, need := range tt.Needs {
		if need.Title == "" || need.Help == "" {
			t.Errorf("a need lacks its texts: %+v", need)
		}
		switch need.Kind {
		case "channel":
			if !nodes[need.Node] {
				t.Errorf("there is no node %q", need.Node)
			}
			for _, name := range need.Types {
				if channel.Lookup(name) == nil {
					t.Errorf("there is no channel type %q", name)
				}
			}
		case "secret":
			secrets[need.Name] = true
		case "records":
			if !fields[need.Collection][need.Field] {
				t.Errorf("there is no field %s.%s", need.Collection, need.Field)
			}
		default:
			t.Errorf("a need of the kind %q", need.Kind)
		}
	}
	for _, match := range variable.FindAllStringSubmatch(string(tt.Workflow), -1) {
		if !secrets[match[1]] {
			t.Errorf("the secret %s is not asked for", match[1])
		}
	}
}

// TestLanguages: both say the same things with other words.
func TestLanguages(t *testing.T) {
	t.Parallel()
	en, err := All("en")
	if err != nil {
		t.Fatal(err)
	}
	zh, err := All("zh")
	if err != nil {
		t.Fatal(err)
	}
	for i := range en {
		if en[i].Key != zh[i].Key || en[i].Title == zh[i].Title || en[i].Help == zh[i].Help {
			t.Errorf("%s: %q and %q", en[i].Key, en[i].Title, zh[i].Title)
		}
		if !json.Valid(zh[i].Workflow) {
			t.Errorf("%s is not JSON", zh[i].Key)
		}
	}
}

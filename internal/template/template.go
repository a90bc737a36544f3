// Package template holds the workflows that a new one can begin as: whole documents in both
// languages, with the collections that they need and what their owner is to be asked.
package template

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// Template is a workflow that is ready but for what only its owner can say. Its texts, those in its
// documents included, are in one language.
type Template struct {
	Key         string            `json:"key" doc:"Also the key that the workflow may get"`
	Title       string            `json:"title"`
	Help        string            `json:"help" doc:"What it does, in one or two sentences"`
	Scheme      string            `json:"scheme" doc:"Verification scheme of the provider that it is for; empty for any caller"`
	Needs       []Need            `json:"needs" nullable:"false" doc:"What is to be asked, in this order"`
	Collections []json.RawMessage `json:"collections" nullable:"false" doc:"Documents of the collections that it works with"`
	Workflow    json.RawMessage   `json:"workflow" doc:"Its document"`
}

// Need is one thing that the owner is to be asked. It may be left open: the workflow then says what
// is missing.
type Need struct {
	Kind  string   `json:"kind" enum:"channel,secret,records" doc:"A channel for a node, a secret, or the first records of a collection"`
	Title string   `json:"title"`
	Help  string   `json:"help"`
	Node  string   `json:"node,omitempty" doc:"Key of the node that sends by the channel"`
	Types []string `json:"types,omitempty" doc:"Types of channels that fit"`
	Name  string   `json:"name,omitempty" doc:"Of the secret"`
	Given bool     `json:"given,omitempty" doc:"The provider makes the secret up; else it may be any"`
	// Collection gets a record for each line, with the line as Field.
	Collection string `json:"collection,omitempty" doc:"That gets a record for each line given"`
	Field      string `json:"field,omitempty" doc:"Field that holds the line"`
}

//go:embed templates/*.yaml
var files embed.FS

// All are the templates with their texts in a language, en or zh, by their files' names.
func All(language string) ([]Template, error) {
	names, err := fs.Glob(files, "templates/*.yaml")
	if err != nil {
		return nil, err
	}
	all := make([]Template, len(names))
	for i, name := range names {
		if all[i], err = read(name, language); err != nil {
			return nil, fmt.Errorf("read the template %s: %w", name, err)
		}
	}
	return all, nil
}

func read(name, language string) (t Template, err error) {
	text, err := files.ReadFile(name)
	if err != nil {
		return t, err
	}
	document, err := workflow.FromYAML(text)
	if err != nil {
		return t, err
	}
	t.Needs, t.Collections = []Need{}, []json.RawMessage{}
	return t, json.Unmarshal(in(language, value.Value(document)), &t)
}

// in puts a text in place of every object {en, zh}.
func in(language string, v value.Value) value.Value {
	switch v.Kind() {
	case value.KindObject:
		if v.Len() == 2 && v.Get("en") != nil && v.Get("zh") != nil {
			return v.Get(value.Segment(language))
		}
		var out value.Object
		for name, member := range v.Members() {
			out.Set(name, in(language, member))
		}
		return out.Value()
	case value.KindArray:
		out := []byte{'['}
		for i, item := range v.Items() {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(out, in(language, item)...)
		}
		return append(out, ']')
	default:
		return v
	}
}

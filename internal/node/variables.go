package node

import (
	"strconv"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Variable is a place in a config that brings a variable of $env into an execution.
type Variable struct {
	Pointer string // below the config
	Name    string
}

// Variables lists the places in a config that name variables: templates, and a member env that lists
// names, as scripts have. Both are looked for in what was decoded, since a name may be spelt with
// escapes, and in whatever may turn out to be a template.
func Variables(config *value.Tree) []Variable {
	var found []Variable
	inTemplates(config, "", &found)
	for name, member := range config.Members() {
		if name == "env" {
			listed(member, "/env", &found)
		}
	}
	return found
}

func inTemplates(t *value.Tree, pointer string, found *[]Variable) {
	if t.IsStatic() {
		return
	}
	if template, ok := t.Template(); ok {
		for _, path := range template.Paths() {
			if path.Root == "$env" && len(path.Segments) > 0 {
				*found = append(*found, Variable{pointer, string(path.Segments[0])})
			}
		}
		return
	}
	for name, member := range t.Members() {
		inTemplates(member, pointer+"/"+hookflow.EscapePointer(name), found)
	}
	for i, item := range t.Items() {
		inTemplates(item, pointer+"/"+strconv.Itoa(i), found)
	}
}

// listed finds the names in a member env.
func listed(t *value.Tree, pointer string, found *[]Variable) {
	for i, item := range t.Items() {
		if name, ok := item.Source().Str(); ok {
			*found = append(*found, Variable{pointer + "/" + strconv.Itoa(i), name})
		}
	}
}

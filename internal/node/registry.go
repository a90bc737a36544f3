package node

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// Type is a registered Def with its config type out of sight.
type Type struct {
	Name     string
	Title    Text
	Help     Text
	Icon     string
	Family   string
	Effect   Effect
	Branches []Branch
	// BranchesFrom, as others, is what Def says of it.
	BranchesFrom string
	Any          bool
	Atomic       string
	Rests        bool
	Result       Text
	ResultSchema string
	Config       reflect.Type

	check   func(*value.Tree) []hookflow.Problem
	outside func(*value.Tree) bool
	writes  func(*value.Tree) bool
	sources func(*value.Tree) []Source
	calls   func(*value.Tree) string
	run     func(context.Context, *value.Tree, *Run) (Outcome, error)
}

var types = map[string]*Type{}

// Register makes a node type known. It is called from init functions only.
func Register[C any](def Def[C]) {
	if types[def.Type] != nil {
		panic("node type " + def.Type + " is registered twice")
	}
	types[def.Type] = &Type{
		Name: def.Type, Title: def.Title, Help: def.Help, Icon: def.Icon, Family: def.Family,
		Effect: def.Effect, Branches: def.Branches, BranchesFrom: def.BranchesFrom, Any: def.Any,
		Atomic: def.Atomic, Rests: def.Rests,
		Result: def.Result, ResultSchema: def.ResultSchema, Config: reflect.TypeFor[C](),
		calls:   func(tree *value.Tree) string { return ask(def.Calls, tree) },
		check:   func(tree *value.Tree) []hookflow.Problem { return check(def, tree) },
		outside: func(tree *value.Tree) bool { return ask(def.Outside, tree) },
		writes:  func(tree *value.Tree) bool { return ask(def.Writes, tree) },
		sources: func(tree *value.Tree) []Source { return ask(def.Sources, tree) },
		run: func(ctx context.Context, tree *value.Tree, run *Run) (Outcome, error) {
			call := Call[C]{Run: run}
			if problems := spec.Decode(tree, run.Scope, &call.Config); len(problems) > 0 {
				return nil, configError(problems)
			}
			return def.Run(ctx, &call)
		},
	}
}

// Lookup returns the type of a name, or nil.
func Lookup(name string) *Type { return types[name] }

// Types returns all types by name.
func Types() []*Type {
	return slices.SortedFunc(maps.Values(types), func(a, b *Type) int { return strings.Compare(a.Name, b.Name) })
}

// Check reports what is wrong with a config, at save.
func (t *Type) Check(config *value.Tree) []hookflow.Problem { return t.check(config) }

// BranchesOf names the branches of a node with this config, besides "error".
// When Any is set it may have others.
func (t *Type) BranchesOf(config *value.Tree) []string {
	var names []string
	for _, b := range t.Branches {
		names = append(names, b.Name)
	}
	if t.BranchesFrom == "" {
		return names
	}
	return append(names, texts(config.Source(), strings.Split(t.BranchesFrom, "/")[1:])...)
}

// texts are the texts at a path in which * is every item.
func texts(v value.Value, path []string) (found []string) {
	switch {
	case len(path) == 0:
		if text, ok := v.Str(); ok {
			found = append(found, text)
		}
	case path[0] == "*":
		for _, item := range v.Items() {
			found = append(found, texts(item, path[1:])...)
		}
	default:
		return texts(v.Get(value.Segment(path[0])), path[1:])
	}
	return found
}

// Of returns the type as it is with a config: what a pure node's config has it
// do on the outside makes it an external one, what it has it write one of the
// database.
func (t *Type) Of(config *value.Tree) *Type {
	effect := t.Effect
	switch {
	case effect != Pure:
	case t.outside(config):
		effect = External
	case t.writes(config):
		effect = Database
	}
	if effect == t.Effect {
		return t
	}
	other := *t
	other.Effect = effect
	return &other
}

// Sources returns the scripts in a config.
func (t *Type) Sources(config *value.Tree) []Source { return t.sources(config) }

// Calls is the key of the workflow that a node with this config runs, "" when it
// runs none or that is not known yet.
func (t *Type) Calls(config *value.Tree) string { return t.calls(config) }

// Run decodes the config with its variables resolved and runs the node.
func (t *Type) Run(ctx context.Context, config *value.Tree, run *Run) (Outcome, error) {
	return t.run(ctx, config, run)
}

func check[C any](def Def[C], tree *value.Tree) []hookflow.Problem {
	var config C
	var problems []hookflow.Problem
	for _, p := range spec.Decode(tree, nil, &config) {
		problems = append(problems, hookflow.Problem(p))
	}
	if len(problems) == 0 && def.Check != nil {
		problems = def.Check(&config)
	}
	return problems
}

// ask puts a question to a config. When there is none, or the config is not
// valid, the answer is no.
func ask[C, A any](question func(*C) A, tree *value.Tree) (answer A) {
	var config C
	if question == nil || len(spec.Decode(tree, nil, &config)) > 0 {
		return answer
	}
	return question(&config)
}

// configError tells of resolved config that does not fit.
func configError(problems []spec.Problem) error {
	lines := make([]string, 0, len(problems))
	for _, p := range problems {
		lines = append(lines, "config"+p.Pointer+": "+p.Detail)
	}
	return errors.New(strings.Join(lines, "; "))
}

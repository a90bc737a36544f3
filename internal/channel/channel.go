// Package channel tells people something through the services they look at:
// mail, chats, text messages.
//
// A channel type is one Def, registered by the file that defines it. The tags of
// its config struct (package spec) give the strict decoder, the JSON Schema, the
// form, the documentation page and the places of secrets. Its Send turns a
// message into what the provider's API wants, and the provider's answer into an
// error when it says that it has not taken the message, whatever its HTTP status.
package channel

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// Env is all that a channel can reach.
type Env struct {
	HTTP   node.HTTP
	Dialer node.Dialer
	Clock  hookflow.Clock
	Tokens *node.Tokens
}

// Def defines a channel type whose config is a C.
type Def[C any] struct {
	Type  string // as documents name it
	Title node.Text
	Help  node.Text // one paragraph
	Icon  string
	Takes []Part // of a message; any other is refused
	Needs []Part // without which there is nothing to send
	// Sources are the provider's pages that it was made from.
	Sources []string
	// OverMessage are the members of the config that may also hold $message.
	OverMessage []string
	// Check reports what the tags cannot say, when a channel is saved; pointers
	// begin below the config. Values that a variable will give are still unset.
	Check func(*C) []hookflow.Problem
	// Send sends a message that has only parts that the type takes. The answer
	// is there also beside an error, when there was one.
	Send func(context.Context, *Env, *C, *node.Message) (node.Answer, error)
}

// Type is a registered Def with its config type out of sight.
type Type struct {
	Name    string
	Title   node.Text
	Help    node.Text
	Icon    string
	Takes   []Part
	Needs   []Part
	Sources []string
	Config  reflect.Type

	overMessage []string
	check       func(*value.Tree) []hookflow.Problem
	send        func(context.Context, *Env, *value.Tree, value.Scope, *node.Message) (node.Answer, error)
}

var types = map[string]*Type{}

// register makes a channel type known. It is called from init functions only.
func register[C any](def Def[C]) {
	if types[def.Type] != nil {
		panic("channel type " + def.Type + " is registered twice")
	}
	types[def.Type] = &Type{
		Name: def.Type, Title: def.Title, Help: def.Help, Icon: def.Icon, Takes: def.Takes, Needs: def.Needs,
		Sources: def.Sources, Config: reflect.TypeFor[C](), overMessage: def.OverMessage,
		check: func(tree *value.Tree) []hookflow.Problem {
			var config C
			problems := spec.Decode(tree, nil, &config)
			if len(problems) == 0 && def.Check != nil {
				problems = def.Check(&config)
			}
			return problems
		},
		send: func(ctx context.Context, env *Env, tree *value.Tree, scope value.Scope, m *node.Message) (node.Answer, error) {
			var config C
			if problems := spec.Decode(tree, scope, &config); len(problems) > 0 {
				return node.Answer{}, configError(problems)
			}
			return def.Send(ctx, env, &config, m)
		},
	}
}

// Lookup returns the type of a name, or nil.
func Lookup(name string) *Type { return types[name] }

// Types returns all types by name.
func Types() []*Type {
	return slices.SortedFunc(maps.Values(types), func(a, b *Type) int { return strings.Compare(a.Name, b.Name) })
}

// Check reports what is wrong with a config, when a channel is saved.
func (t *Type) Check(config value.Value) []hookflow.Problem {
	tree, problems := value.Compile(config)
	if len(problems) == 0 {
		problems = t.checkPaths(tree)
	}
	if len(problems) == 0 {
		problems = t.check(tree)
	}
	return problems
}

// checkPaths refuses variables that stand for nothing where they are.
func (t *Type) checkPaths(config *value.Tree) []hookflow.Problem {
	for name, member := range config.Members() {
		overMessage := slices.Contains(t.overMessage, name)
		for _, path := range member.Paths() {
			known := path.Root == rootEnv && len(path.Segments) == 1 || path.Root == rootMessage && overMessage
			if !known {
				return []hookflow.Problem{{Pointer: "/" + hookflow.EscapePointer(name), Detail: fmt.Sprintf("%s stands for nothing here; %s does", path, roots(overMessage))}}
			}
		}
	}
	return nil
}

func roots(overMessage bool) string {
	if overMessage {
		return "$env.NAME, or a part of $message such as $message.title,"
	}
	return "$env.NAME"
}

// Send sends a message by a config, whose variables variable resolves. A
// variable that is not set is an error: it might leave a request unsigned.
func (t *Type) Send(ctx context.Context, env *Env, config value.Value, variable Variable, m *node.Message) (node.Answer, error) {
	if err := t.fits(m); err != nil {
		return node.Answer{}, err
	}
	tree, problems := value.Compile(config)
	if len(problems) > 0 {
		return node.Answer{}, configError(problems)
	}
	scope := scope{variable: variable, message: m}
	for _, path := range tree.Paths() {
		if path.Root == rootEnv && scope.Lookup(path).Text() == "" {
			return node.Answer{}, fmt.Errorf("the channel's config uses %s, which is not set", path)
		}
	}
	return t.send(ctx, env, tree, &scope, m)
}

// configError tells of resolved config that does not fit.
func configError(problems []hookflow.Problem) error {
	lines := make([]string, 0, len(problems))
	for _, p := range problems {
		lines = append(lines, "the channel's config"+p.Pointer+": "+p.Detail)
	}
	return fmt.Errorf("%s", strings.Join(lines, "; "))
}

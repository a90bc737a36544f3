package workflow

import (
	"context"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// usesOf lists where the configs of nodes name variables of $env; pointers begin at the document.
func usesOf(nodes []hookflow.Node) []node.Variable {
	var uses []node.Variable
	hookflow.WalkNodes(nodes, "/nodes", func(pointer string, _ int, n *hookflow.Node) {
		config, _ := value.Compile(value.Value(n.Config))
		for _, v := range node.Variables(config) {
			uses = append(uses, node.Variable{Pointer: pointer + "/config" + v.Pointer, Name: v.Name})
		}
	})
	return uses
}

// guarded are the uses of what is a secret, or does not exist yet and may become one.
func (s *Service) guarded(uses []node.Variable) []hookflow.Problem {
	var problems []hookflow.Problem
	for _, use := range uses {
		switch isSecret, known := s.Variable(use.Name); {
		case isSecret:
			problems = append(problems, hookflow.Problem{Pointer: use.Pointer, Detail: "$env." + use.Name + " is a secret"})
		case !known:
			problems = append(problems, hookflow.Problem{Pointer: use.Pointer, Detail: "there is no variable $env." + use.Name + "; it may become a secret"})
		}
	}
	return problems
}

// grant says which secrets the nodes of a document may read: those that an administrator leaves in
// them. Anybody else may neither put secrets into nodes nor change the nodes around them, but may
// save nodes that are the same as those of a revision from which this one comes; then they may read
// what they could there.
func (c *change) grant(d *Document) (hookflow.Grants, error) {
	uses := usesOf(d.Workflow.Nodes)
	if auth.Actor(c.tx.Context()).Role.Allows(auth.Admin) {
		return hookflow.Grants{Names: namesOf(uses)}, nil
	}
	problems := append(c.s.guarded(uses), d.kept...)
	if len(problems) == 0 {
		return hookflow.Grants{}, nil
	}
	origins := c.origins
	if d.origin != 0 {
		origins = append(origins, d.origin)
	}
	for _, id := range origins {
		origin, err := c.s.opened(c.tx.Revision(id))
		if err != nil {
			return hookflow.Grants{}, err
		}
		if sameNodes(d.Text, origin.Document) {
			names := slices.DeleteFunc(namesOf(uses), func(name string) bool { return !origin.Grants.Allow(name) })
			return hookflow.Grants{Names: names}, nil
		}
	}
	return hookflow.Grants{}, &hookflow.Error{
		Code:     hookflow.CodeForbidden,
		Message:  "only an administrator may put secrets into nodes, or change the nodes around them",
		Problems: problems[:min(len(problems), value.MaxProblems)],
	}
}

// namesOf are the names used, those left out that no variable can have.
func namesOf(uses []node.Variable) []string {
	var names []string
	for _, use := range uses {
		if len(strings.Fields(use.Name)) == 1 && !strings.ContainsRune(use.Name, 0) {
			names = append(names, use.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func sameNodes(a, b value.Value) bool { return same(a.Get("nodes"), b.Get("nodes")) }

// same compares as value.Equal does, except that an object which has a name twice is like no other:
// what stands at the earlier place would be sent, too.
func same(a, b value.Value) bool {
	switch {
	case a.Kind() != b.Kind():
		return false
	case a.Kind() == value.KindArray:
		return slices.EqualFunc(items(a), items(b), same)
	case a.Kind() == value.KindObject:
		return sameObjects(a, b)
	default:
		return value.Equal(a, b)
	}
}

func items(v value.Value) []value.Value {
	var list []value.Value
	for _, item := range v.Items() {
		list = append(list, item)
	}
	return list
}

func sameObjects(a, b value.Value) bool {
	membersA, onceA := members(a)
	membersB, onceB := members(b)
	if !onceA || !onceB || len(membersA) != len(membersB) {
		return false
	}
	for name, member := range membersA {
		other, ok := membersB[name]
		if !ok || !same(member, other) {
			return false
		}
	}
	return true
}

// members are an object's members, and whether each name is there once.
func members(v value.Value) (found map[string]value.Value, once bool) {
	found, once = map[string]value.Value{}, true
	for name, member := range v.Members() {
		_, again := found[name]
		found[name], once = member, once && !again
	}
	return found, once
}

// checkTrigger refuses secrets in the trigger, where they could be seen or guessed, but for the
// fields of its verification that are made for them: there they are only compared.
func (s *Service) checkTrigger(w hookflow.Workflow) []hookflow.Problem {
	var problems []hookflow.Problem
	for _, use := range s.openUses(&w.Trigger) {
		switch isSecret, known := s.Variable(use.Name); {
		case isSecret:
			problems = append(problems, hookflow.Problem{Pointer: use.Pointer, Detail: "$env." + use.Name + " is a secret; in a trigger it may stand in the secret fields of the verification only"})
		case !known:
			problems = append(problems, hookflow.Problem{Pointer: use.Pointer, Detail: "there is no variable $env." + use.Name + "; make it first, for it must not be a secret"})
		}
	}
	return problems
}

// openUses lists where a trigger names variables outside the secret fields of its verification.
func (s *Service) openUses(t *hookflow.Trigger) []node.Variable {
	config := value.Value(t.Config)
	secret := map[string]bool{}
	verification := config.Get("verification")
	if settings := s.Types.Scheme(verification.Get("scheme").Text()); settings != nil {
		spec.MapSecrets(verification, settings, func(pointer string, v value.Value) value.Value {
			secret["/verification"+pointer] = true
			return v
		})
	}
	tree, _ := value.Compile(config)
	var uses []node.Variable
	for _, v := range node.Variables(tree) {
		if !secret[v.Pointer] {
			uses = append(uses, node.Variable{Pointer: "/trigger/config" + v.Pointer, Name: v.Name})
		}
	}
	return uses
}

// Shows lists the workflows in whose published trigger a variable could be seen or guessed: it must
// not become a secret.
func (s *Service) Shows(ctx context.Context, name string) ([]string, error) {
	rows, err := s.Store.PublishedWorkflows(ctx)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, row := range rows {
		d, err := Decode(row.Document, row.Key)
		if err != nil {
			continue // its endpoint does not work in this version either
		}
		if slices.ContainsFunc(s.openUses(&d.Workflow.Trigger), func(use node.Variable) bool { return use.Name == name }) {
			keys = append(keys, row.Key)
		}
	}
	return keys, nil
}

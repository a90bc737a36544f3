package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// Plan is a revision made ready to run.
type Plan struct {
	Key      string
	Options  hookflow.Options
	Root     []*vertex
	order    []*vertex // parents first, in the document's order
	vertices map[string]*vertex
	calls    bool                // a node runs other workflows
	usesEnv  bool                // a config names variables of $env, or holds secrets itself
	literals []string            // those secrets
	hide     func([]byte) []byte // masks them; nil when there are none
	Grants   hookflow.Grants
}

// vertex is one node of a plan.
type vertex struct {
	*hookflow.Node
	typ       *node.Type
	variables []string // of $env that the config names
	config    *value.Tree
	input     *value.Tree // the config without literal members such as code: what a step records

	parent   *vertex // nil at the top
	branch   string  // of the parent
	index    int     // in the block
	branches map[string][]*vertex
	names    []string // of the branches
	own      []string // the same without that of its error
	pointer  string   // into the document
}

// Compile makes a plan, or says all that is wrong with the nodes.
func Compile(w *hookflow.Workflow) (*Plan, []hookflow.Problem) {
	c := compiler{plan: &Plan{Key: w.Key, Options: w.Options, vertices: map[string]*vertex{}}}
	c.plan.Root = c.block(w.Nodes, nil, "", "/nodes")
	return c.plan, c.problems
}

type compiler struct {
	plan     *Plan
	problems []hookflow.Problem
}

func (c *compiler) problem(pointer, detail string) {
	c.problems = append(c.problems, hookflow.Problem{Pointer: pointer, Detail: detail})
}

func (c *compiler) block(nodes []hookflow.Node, parent *vertex, branch, pointer string) []*vertex {
	block := make([]*vertex, 0, len(nodes))
	for i := range nodes {
		v := &vertex{Node: &nodes[i], parent: parent, branch: branch, index: i}
		c.vertex(v, fmt.Sprintf("%s/%d", pointer, i))
		block = append(block, v)
	}
	return block
}

func (c *compiler) vertex(v *vertex, pointer string) {
	v.pointer = pointer
	c.plan.vertices[v.Key] = v
	c.plan.order = append(c.plan.order, v)
	v.typ = node.Lookup(v.Type)
	if v.typ == nil {
		c.problem(pointer+"/type", fmt.Sprintf("there is no node type %q", v.Type))
		return
	}
	c.config(v, pointer+"/config")
	c.plan.calls = c.plan.calls || v.typ.Calls(v.config) != ""
	c.branches(v, pointer+"/branches")
}

func (c *compiler) config(v *vertex, pointer string) {
	source := value.Value(v.Config)
	if source.IsNull() {
		source = value.Raw("{}")
	}
	// spec reports the bad templates itself, so that code is not taken for one.
	v.config, _ = value.Compile(source)
	for _, variable := range node.Variables(v.config) {
		v.variables = append(v.variables, variable.Name)
		c.plan.usesEnv = true
	}
	v.typ = v.typ.Of(v.config)
	for _, p := range v.typ.Check(v.config) {
		c.problem(pointer+p.Pointer, p.Detail)
	}
	v.input = v.config
	shown, hidden := c.withoutSecrets(v.typ, source)
	if rest, changed := withoutLiterals(v.typ, shown); changed || hidden {
		v.input, _ = value.Compile(rest)
	}
	c.roots(v.input, pointer)
}

// roots refuses templates of what no execution knows. One problem a string is
// enough.
func (c *compiler) roots(config *value.Tree, pointer string) {
	if config.IsStatic() || len(c.problems) >= value.MaxProblems {
		return
	}
	if template, ok := config.Template(); ok {
		for _, p := range template.Paths() {
			if !slices.Contains(knownRoots(), p.Root) {
				c.problem(pointer, fmt.Sprintf("%s is not known here, only %s", p, strings.Join(knownRoots(), ", ")))
				break
			}
		}
		return
	}
	for name, member := range config.Members() {
		c.roots(member, pointer+"/"+hookflow.EscapePointer(name))
	}
	for i, item := range config.Items() {
		c.roots(item, pointer+"/"+strconv.Itoa(i))
	}
}

// withoutSecrets masks the secrets that stand in a config themselves, and keeps
// them to be masked wherever else they come out.
func (c *compiler) withoutSecrets(t *node.Type, config value.Value) (masked value.Value, found bool) {
	masked = spec.MapSecrets(config, t.Config, func(_ string, v value.Value) value.Value {
		text := v.Text()
		if text == "" || strings.Contains(text, "{{") {
			return v
		}
		found = true
		c.plan.literals = append(c.plan.literals, text)
		return value.String(mask)
	})
	c.plan.usesEnv = c.plan.usesEnv || found
	return masked, found
}

// mask stands where a secret was.
const mask = "••••"

// withoutLiterals drops the members that are never templates, such as code:
// the revision holds them, so steps need not.
func withoutLiterals(t *node.Type, config value.Value) (value.Value, bool) {
	literal := map[string]bool{}
	for _, field := range spec.Fields(t.Config) {
		literal[field.Name] = field.Literal
	}
	var kept value.Object
	changed := false
	for name, member := range config.Members() {
		if literal[name] {
			changed = true
			continue
		}
		kept.Set(name, member)
	}
	return kept.Value(), changed
}

func (c *compiler) branches(v *vertex, pointer string) {
	v.branches = map[string][]*vertex{}
	allowed := v.typ.BranchesOf(v.config)
	if v.OnError == hookflow.OnErrorBranch {
		allowed = append(slices.Clone(allowed), node.BranchError)
	}
	v.names = slices.Sorted(maps.Keys(v.Branches))
	v.own = slices.DeleteFunc(slices.Clone(v.names), func(name string) bool { return name == node.BranchError })
	for _, name := range v.names {
		at := pointer + "/" + hookflow.EscapePointer(name)
		if !slices.Contains(allowed, name) && (!v.typ.Any || name == node.BranchError) {
			c.problem(at, branchHint(v, allowed))
			continue
		}
		v.branches[name] = c.block(v.Branches[name], v, name, at)
		if name == v.typ.Atomic {
			c.atomic(v.branches[name], at)
		}
	}
}

// atomic refuses what cannot stand in a transaction: whatever waits would have
// everybody wait for the database, and the outside takes nothing back.
func (c *compiler) atomic(block []*vertex, pointer string) {
	for i, v := range block {
		at := fmt.Sprintf("%s/%d", pointer, i)
		switch {
		case v.typ == nil || v.Disabled:
			continue
		case v.typ.Effect == node.External || v.typ.Rests || v.typ.Atomic != "":
			c.problem(at+"/type", fmt.Sprintf("a %s node cannot stand in a transaction: put it before or after", v.Type))
		case v.Retry != nil:
			c.problem(at+"/retry", "a node in a transaction cannot be retried alone: retry the transaction")
		case v.OnError == hookflow.OnErrorContinue || v.OnError == hookflow.OnErrorBranch:
			c.problem(at+"/onError", "a node in a transaction cannot fail alone: use the rollback branch")
		}
		for _, name := range v.names {
			c.atomic(v.branches[name], at+"/branches/"+hookflow.EscapePointer(name))
		}
	}
}

func branchHint(v *vertex, allowed []string) string {
	if len(allowed) == 0 {
		return fmt.Sprintf("a %s node has no branches", v.Type)
	}
	return fmt.Sprintf("a %s node has only the branches %q", v.Type, allowed)
}

// block returns the nodes of a branch of owner, or the top when owner is nil.
func (p *Plan) block(owner *vertex, branch string) []*vertex {
	if owner == nil {
		return p.Root
	}
	return owner.branches[branch]
}

// maxPlans bounds the cache; a plan is some ten kilobytes.
const maxPlans = 1000

// planCache keeps plans by revision; a revision never changes.
type planCache struct {
	mu    sync.Mutex
	plans map[hookflow.ID]*Plan
}

func newPlanCache() *planCache { return &planCache{plans: map[hookflow.ID]*Plan{}} }

func (c *planCache) get(id hookflow.ID) *Plan {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.plans[id]
}

func (c *planCache) put(id hookflow.ID, plan *Plan) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.plans) >= maxPlans {
		clear(c.plans)
	}
	c.plans[id] = plan
}

// Plan returns the plan of a stored revision.
func (e *Engine) Plan(ctx context.Context, revision hookflow.ID) (*Plan, error) {
	if plan := e.plans.get(revision); plan != nil {
		return plan, nil
	}
	stored, err := e.Store.Revision(ctx, revision)
	if err != nil {
		return nil, err
	}
	var w hookflow.Workflow
	problems := spec.DecodeJSON(e.Vault.OpenDocument(stored.Document), &w)
	plan := (*Plan)(nil)
	if len(problems) == 0 {
		plan, problems = Compile(&w)
	}
	if len(problems) > 0 {
		return nil, hookflow.Invalid("this revision does not run in this version of the program", problems...)
	}
	plan.Grants = stored.Grants
	if len(plan.literals) > 0 {
		plan.hide = e.Vault.Hide(plan.literals)
	}
	e.plans.put(revision, plan)
	return plan, nil
}

// Called lists the keys of the workflows that the nodes run, with a pointer to
// the node each, as far as the document tells.
func (p *Plan) Called() map[string]string {
	called := map[string]string{}
	for _, v := range p.order {
		if v.typ == nil {
			continue
		}
		if key := v.typ.Calls(v.config); key != "" && called[key] == "" {
			called[key] = v.pointer
		}
	}
	return called
}

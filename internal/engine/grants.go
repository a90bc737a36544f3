package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// closed reports whether a variable is a secret that the plan's nodes may not
// read: nobody granted it when the revision was saved, perhaps because it was no
// secret then.
func (r *run) closed(name string) bool {
	return !r.plan.Grants.Allow(name) && r.Vault.IsSecret(name)
}

// mayRead refuses a node whose config names a closed variable.
func (r *run) mayRead(v *vertex) error {
	for _, name := range v.variables {
		if r.closed(name) {
			return fmt.Errorf("env_not_granted: $env.%s is a secret that these nodes may not read; they may once an administrator has saved the workflow", name)
		}
	}
	return nil
}

// variable is what nodes see of a variable.
func (r *run) variable(name string) (value.Value, bool) {
	if r.closed(name) {
		return nil, false
	}
	return r.Env.Variable(name)
}

// Guards reports whether a plan's nodes hold secrets or may read some: then only
// an administrator decides what stands around them.
func (e *Engine) Guards(p *Plan) bool {
	if len(p.literals) > 0 {
		return true
	}
	for _, v := range p.order {
		for _, name := range v.variables {
			if p.Grants.Allow(name) && e.Vault.IsSecret(name) {
				return true
			}
		}
	}
	return false
}

// guarded are records in which no secret is kept, but its mask.
func (r *run) guarded(records node.Records) node.Records {
	if !r.plan.usesEnv {
		return records
	}
	return maskedRecords{records, r}
}

type maskedRecords struct {
	node.Records
	run *run
}

func (m maskedRecords) Create(ctx context.Context, collection string, values value.Value) (value.Value, error) {
	shown, _ := m.run.masked(values)
	return m.Records.Create(ctx, collection, shown)
}

func (m maskedRecords) Upsert(ctx context.Context, collection string, values value.Value, by []string) (value.Value, error) {
	shown, _ := m.run.masked(values)
	return m.Records.Upsert(ctx, collection, shown, by)
}

func (m maskedRecords) SQL(ctx context.Context, s node.SQL) (value.Value, error) {
	if s.Write {
		s.Params, _ = m.run.masked(s.Params)
	}
	return m.Records.SQL(ctx, s)
}

func (m maskedRecords) Update(ctx context.Context, collection string, filter, values value.Value) (int64, error) {
	shown, _ := m.run.masked(values)
	return m.Records.Update(ctx, collection, filter, shown)
}

// errHandedOn refuses an input that would be stored and shown as it is.
var errHandedOn = errors.New("the input holds a secret; the called workflow must read it from $env itself")

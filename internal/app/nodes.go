package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/script"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// records gives nodes the collections. With a transaction every call belongs
// to it; without one only reading is possible.
type records struct {
	collections *collection.Service
	store       *store.Store
	tx          *store.Tx
}

var _ node.Records = (*records)(nil)

var errReadOnly = hookflow.Errorf(hookflow.CodeInternal, "records are written by database nodes only")

func (r *records) Create(_ context.Context, name string, values value.Value) (value.Value, error) {
	if r.tx == nil {
		return nil, errReadOnly
	}
	return r.collections.CreateIn(r.tx, name, values)
}

func (r *records) Update(_ context.Context, name string, filter, values value.Value) (int64, error) {
	if r.tx == nil {
		return 0, errReadOnly
	}
	if filter.IsNull() {
		filter = collection.Everything
	}
	return r.collections.UpdateIn(r.tx, name, filter, values)
}

func (r *records) Find(ctx context.Context, q node.Query) (found []value.Value, err error) {
	query := collection.Query{Filter: q.Filter, Sort: q.Sort, Fields: q.Fields, Limit: q.Limit, Offset: q.Offset}
	if r.tx != nil {
		return r.collections.Find(r.tx, q.Collection, query)
	}
	err = r.store.View(ctx, func(reader store.Reader) error {
		found, err = r.collections.Find(reader, q.Collection, query)
		return err
	})
	return found, err
}

// scripts gives nodes the sandbox.
type scripts struct {
	pool  *script.Pool
	clock hookflow.Clock
}

var _ node.Scripts = (*scripts)(nil)

func (s *scripts) Run(ctx context.Context, job node.Script) (node.ScriptResult, error) {
	began := s.clock()
	result, err := s.pool.Run(ctx, script.Run{
		Code: job.Code, Group: job.Group, Context: json.RawMessage(job.Context), Steps: json.RawMessage(job.Steps),
		Env: json.RawMessage(job.Env), Params: json.RawMessage(job.Params), Timeout: job.Timeout,
	})
	return node.ScriptResult{Value: value.Value(result.Value), Logs: logsOf(result.Logs, began)}, err
}

func (s *scripts) Check(ctx context.Context, code string) error { return s.pool.Check(ctx, code) }

func logsOf(lines []script.Log, began time.Time) []hookflow.Log {
	logs := make([]hookflow.Log, len(lines))
	for i, line := range lines {
		logs[i] = hookflow.Log{Level: line.Level, Text: line.Text, At: began.Add(line.At)}
	}
	return logs
}

// variable resolves $env for nodes.
func variable(env *secret.Env) func(string) (value.Value, bool) {
	return func(name string) (value.Value, bool) {
		text, _, ok := env.Lookup(name)
		if !ok {
			return nil, false
		}
		return value.String(text), true
	}
}

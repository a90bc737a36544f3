package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/api"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/script"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// records gives nodes the collections. With a transaction every call belongs
// to it; without one only reading is possible.
type records struct {
	collections *collection.Service
	store       *store.Store
	tx          *store.Tx
	by          collection.Writer
}

var _ node.Records = (*records)(nil)

var errReadOnly = hookflow.Errorf(hookflow.CodeInternal, "records are written by database nodes only")

func (r *records) Create(_ context.Context, name string, values value.Value) (value.Value, error) {
	if r.tx == nil {
		return nil, errReadOnly
	}
	return r.collections.CreateIn(r.tx, r.by, name, values)
}

func (r *records) Upsert(_ context.Context, name string, values value.Value, by []string) (value.Value, error) {
	if r.tx == nil {
		return nil, errReadOnly
	}
	return r.collections.UpsertIn(r.tx, r.by, name, values, by)
}

func (r *records) Update(_ context.Context, name string, filter, values value.Value) (int64, error) {
	if r.tx == nil {
		return 0, errReadOnly
	}
	if filter.IsNull() {
		filter = collection.Everything
	}
	return r.collections.UpdateIn(r.tx, r.by, name, filter, values)
}

func (r *records) Destroy(_ context.Context, name string, filter value.Value) (int64, error) {
	if r.tx == nil {
		return 0, errReadOnly
	}
	if filter.IsNull() {
		filter = collection.Everything
	}
	return r.collections.DestroyIn(r.tx, r.by, name, filter)
}

func (r *records) Find(ctx context.Context, q node.Query) ([]value.Value, error) {
	query := collection.Query{Filter: q.Filter, Sort: q.Sort, Fields: q.Fields, With: q.With, Limit: q.Limit, Offset: q.Offset}
	if r.tx != nil {
		return r.collections.Find(r.tx, q.Collection, query)
	}
	page, err := r.collections.Records(ctx, q.Collection, query)
	return page.Records, err
}

func (r *records) Aggregate(ctx context.Context, a node.Aggregate) (value.Value, error) {
	ask := collection.Aggregate{Function: a.Function, Field: a.Field, Distinct: a.Distinct, Filter: a.Filter}
	if r.tx != nil {
		return r.collections.AggregateIn(r.tx, a.Collection, ask)
	}
	return r.collections.Aggregate(ctx, a.Collection, ask)
}

func (r *records) SQL(ctx context.Context, s node.SQL) (value.Value, error) {
	statement := collection.Statement{SQL: s.Text, Params: s.Params, Write: s.Write}
	switch {
	case r.tx != nil:
		return r.collections.SQLIn(r.tx, r.by, statement)
	case s.Write:
		return nil, errReadOnly
	default:
		return r.collections.SQL(ctx, statement)
	}
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
		Engine: script.Engine(job.Engine), Code: job.Code, Group: job.Group, Context: json.RawMessage(job.Context), Steps: json.RawMessage(job.Steps),
		Env: json.RawMessage(job.Env), Params: json.RawMessage(job.Params), Timeout: job.Timeout,
		Fetch: fetcher(job.HTTP, job.IdemKey),
	})
	return node.ScriptResult{Value: value.Value(result.Value), Logs: logsOf(result.Logs, began)}, placed(err)
}

// placed says where a script does not parse: nobody but its author made that
// mistake, and no message of a script's own is changed.
func placed(err error) error {
	var failed *script.Error
	if !errors.As(err, &failed) || failed.Kind != script.KindSyntax {
		return err
	}
	if line, column := failed.Position(); line > 0 {
		return fmt.Errorf("%w (line %d, column %d)", err, line, column)
	}
	return err
}

func logsOf(lines []script.Log, began time.Time) []hookflow.Log {
	logs := make([]hookflow.Log, len(lines))
	for i, line := range lines {
		logs[i] = hookflow.Log{Level: line.Level, Text: line.Text, At: began.Add(line.At)}
	}
	return logs
}

// scriptTests runs the scripts that the admin API is asked to test.
type scriptTests struct {
	pool   *script.Pool
	client node.HTTP
}

var _ api.Scripts = scriptTests{}

func (s scriptTests) Run(ctx context.Context, r script.Run) (script.Result, error) {
	r.Fetch = fetcher(s.client, "")
	return s.pool.Run(ctx, r)
}

// fetcher sends what a script fetches. What changes something says, as requests
// of other nodes do, whether it was sent before.
func fetcher(client node.HTTP, key string) script.Fetch {
	if client == nil {
		return nil
	}
	return func(ctx context.Context, r script.FetchRequest) (*script.FetchResponse, error) {
		headers := r.Headers
		if key != "" && r.Method != http.MethodGet && r.Method != http.MethodHead && !hasHeader(headers, idempotencyKey) {
			headers = append(headers, hookflow.Header{Name: idempotencyKey, Value: fmt.Sprintf("%s/%d", key, r.Number)})
		}
		answer, err := client.Do(ctx, node.HTTPRequest{
			Method: r.Method, URL: r.URL, Headers: headers, Body: r.Body, Timeout: r.Timeout,
			FollowRedirects: r.FollowRedirects, MaxResponse: script.MaxFetchAnswer,
		})
		if err != nil {
			return nil, err
		}
		return &script.FetchResponse{
			Status: answer.Status, StatusText: http.StatusText(answer.Status), URL: answered(r.URL, answer.URL),
			Headers: answer.Headers, Body: answer.Body,
		}, nil
	}
}

// answered is the URL that answered, in the script's own spelling when it is
// the one that was asked for.
func answered(asked, answered string) string {
	if parsed, err := url.Parse(asked); err == nil && parsed.String() == answered {
		return asked
	}
	return answered
}

const idempotencyKey = "Idempotency-Key"

func hasHeader(headers []hookflow.Header, name string) bool {
	return slices.ContainsFunc(headers, func(h hookflow.Header) bool { return strings.EqualFold(h.Name, name) })
}

// sourceChecker has the sandbox parse every script of a workflow to be saved.
type sourceChecker struct{ pool *script.Pool }

var _ workflow.Compiler = sourceChecker{}

func (c sourceChecker) Check(w hookflow.Workflow) (problems []hookflow.Problem) {
	hookflow.WalkNodes(w.Nodes, "/nodes", func(pointer string, _ int, n *hookflow.Node) {
		known := node.Lookup(n.Type)
		if known == nil {
			return
		}
		config, _ := value.Compile(value.Value(n.Config)) // others report bad templates
		for _, source := range known.Sources(config) {
			if detail := c.parse(source); detail != "" {
				problems = append(problems, hookflow.Problem{Pointer: pointer + "/config" + source.Pointer, Detail: detail})
			}
		}
	})
	return problems
}

// parse says what is wrong with a script and where. When the sandbox has no
// time to look, that is found when the script runs.
func (c sourceChecker) parse(source node.Source) string {
	var failed *script.Error
	if !errors.As(c.pool.Check(context.Background(), script.Engine(source.Engine), source.Code), &failed) {
		return ""
	}
	if failed.Kind != script.KindSyntax && failed.Kind != script.KindTooLarge {
		return ""
	}
	if line, column := failed.Position(); line > 0 {
		return fmt.Sprintf("line %d, column %d: %s", line, column, failed)
	}
	return failed.Error()
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

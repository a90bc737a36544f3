package app

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/engine"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// calls refuses workflows that would call each other in a circle. What two
// savers do at the same moment the engine's bound on depth catches.
type calls struct{ store *store.Store }

var _ workflow.Compiler = calls{}

// readTime bounds how long a save waits for the other workflows.
const readTime = 10 * time.Second

// Check implements workflow.Compiler.
func (c calls) Check(w hookflow.Workflow) []hookflow.Problem {
	plan, problems := engine.Compile(&w)
	called := plan.Called()
	if len(problems) > 0 || len(called) == 0 {
		return nil // others tell of the problems
	}
	ctx, cancel := context.WithTimeout(context.Background(), readTime)
	defer cancel()
	others, err := c.published(ctx)
	if err != nil {
		return []hookflow.Problem{{Pointer: "/nodes", Detail: "the workflows that it calls could not be read: " + err.Error()}}
	}
	others[w.Key] = nil
	for key, pointer := range called {
		if way := wayTo(w.Key, key, others, map[string]bool{}); way != nil {
			problems = append(problems, hookflow.Problem{
				Pointer: pointer + "/config/workflow",
				Detail:  fmt.Sprintf("makes a circle: %s calls %s", w.Key, strings.Join(way, ", which calls ")),
			})
		}
	}
	return problems
}

// published tells what each published workflow calls.
func (c calls) published(ctx context.Context) (map[string][]string, error) {
	rows, err := c.store.PublishedWorkflows(ctx)
	if err != nil {
		return nil, err
	}
	called := map[string][]string{}
	for _, row := range rows {
		var w hookflow.Workflow
		if !bytes.Contains(row.Document, []byte("call")) || len(spec.DecodeJSON(value.Value(row.Document), &w)) > 0 {
			continue
		}
		plan, _ := engine.Compile(&w)
		for key := range plan.Called() {
			called[row.Key] = append(called[row.Key], key)
		}
	}
	return called, nil
}

// wayTo is how from comes to call to, nil when it does not.
func wayTo(to, from string, called map[string][]string, seen map[string]bool) []string {
	if from == to {
		return []string{to}
	}
	if seen[from] {
		return nil
	}
	seen[from] = true
	for _, next := range called[from] {
		if way := wayTo(to, next, called, seen); way != nil {
			return append([]string{from}, way...)
		}
	}
	return nil
}

package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/sample"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/trigger"
	"github.com/hookflow/hookflow/internal/webhook"
	"github.com/hookflow/hookflow/internal/workflow"
)

// tests knows what the test URLs answer with, and which of them do.
type tests struct {
	store     *store.Store
	env       *secret.Env
	workflows *workflow.Service
	samples   *sample.Service
	clock     hookflow.Clock

	known    atomic.Pointer[map[hookflow.ID]tested]
	compiled map[hookflow.ID]compiledTest // by revision
}

// compiledTest is what a test URL answers with; without an endpoint it does not.
type compiledTest struct {
	endpoint *webhook.Endpoint
	trigger  hookflow.Workflow // nothing else of it
}

// tested is a compiledTest, and until when it is open.
type tested struct {
	compiledTest
	until time.Time
}

func (a *App) newTests() *tests {
	t := &tests{store: a.Store, env: a.env, workflows: a.Workflows, samples: a.samples, clock: a.options.Clock}
	t.known.Store(&map[hookflow.ID]tested{})
	return t
}

// testRow is the document that a test URL answers with.
type testRow struct {
	store.WorkflowRow
	revision hookflow.ID
	number   int
	document []byte
}

// entries are the endpoints of the test URLs: of each workflow the draft, or what is published where
// there is none. Of several with one path the one that was saved last counts.
func (t *tests) entries(ctx context.Context, published []store.PublishedWorkflow) ([]webhook.Entry, error) {
	drafts, err := t.store.Drafts(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the drafts: %w", err)
	}
	opened, err := t.store.OpenTests(ctx, t.clock())
	if err != nil {
		return nil, err
	}
	var entries []webhook.Entry
	known, compiled := map[hookflow.ID]tested{}, map[hookflow.ID]compiledTest{}
	for _, row := range testRows(published, drafts) {
		c := t.compile(row)
		if compiled[row.revision] = c; c.endpoint == nil {
			continue
		}
		known[row.ID] = tested{c, trigger.OpenUntil(row.WorkflowRow, opened[row.ID])}
		entries = append(entries, webhook.Entry{Endpoint: c.endpoint, Workflow: row.ID, Revision: row.revision, Number: row.number, Enabled: true})
	}
	t.compiled = compiled
	t.known.Store(&known)
	return entries, nil
}

// compile compiles a revision once. A draft that is not right yet has no endpoint.
func (t *tests) compile(row testRow) compiledTest {
	if known, ok := t.compiled[row.revision]; ok {
		return known
	}
	d, err := workflow.Decode(t.env.OpenDocument(row.document), row.Key)
	if err != nil {
		return compiledTest{}
	}
	endpoint, _ := webhook.Compile(d.Workflow)
	return compiledTest{endpoint, hookflow.Workflow{Key: row.Key, Trigger: d.Workflow.Trigger}}
}

func testRows(published []store.PublishedWorkflow, drafts []store.DraftedWorkflow) []testRow {
	var rows []testRow
	for _, row := range drafts {
		rows = append(rows, testRow{row.WorkflowRow, row.Draft, 0, row.Document})
	}
	for _, row := range published {
		if row.Draft == 0 {
			rows = append(rows, testRow{row.WorkflowRow, row.Published, row.Number, row.Document})
		}
	}
	slices.SortFunc(rows, func(a, b testRow) int { return cmp.Compare(b.revision, a.revision) })
	return rows
}

// testable says why a test URL does not answer. It is closed unless somebody works on the workflow.
// And it tells no secret: a variable may have become one since the draft was saved.
func (t *tests) testable(ctx context.Context, id hookflow.ID, own bool) error {
	of := (*t.known.Load())[id]
	problems := t.workflows.TriggerProblems(of.trigger)
	switch {
	case len(problems) > 0:
		return hookflow.Errorf(hookflow.CodeConflict, "the trigger shows a secret: %s", problems[0].Detail)
	case own || t.clock().Before(of.until) || t.samples.Listening(ctx, id):
		return nil
	default:
		return hookflow.Errorf(hookflow.CodeConflict, "the test URL is closed: nobody has worked on the workflow for %s; listen, save the draft or open the URL", hookflow.Duration(trigger.TestOpen))
	}
}

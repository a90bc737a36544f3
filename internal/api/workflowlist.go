package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/workflow"
)

type workflowItem struct {
	ID        hookflow.ID       `json:"id"`
	Key       string            `json:"key"`
	Title     string            `json:"title"`
	Tags      []string          `json:"tags" nullable:"false"`
	Enabled   bool              `json:"enabled"`
	Revision  int               `json:"revision" doc:"Number of the published revision; 0 before the first"`
	HasDraft  bool              `json:"hasDraft"`
	Trigger   triggerSummary    `json:"trigger" doc:"Of the published revision, or of the draft before the first"`
	OnError   string            `json:"onError" doc:"Key of the workflow that is run when an execution fails; empty when none is"`
	Retain    retains           `json:"retain" doc:"How long records are kept; null where the settings say"`
	Problems  []workflowProblem `json:"problems" nullable:"false" doc:"What it names that is not there"`
	CreatedAt time.Time         `json:"createdAt"`
	UpdatedAt time.Time         `json:"updatedAt"`
	Stats     *workflowStats    `json:"stats,omitempty" doc:"With stats=true"`
}

type triggerSummary struct {
	Type    string   `json:"type"`
	Path    string   `json:"path,omitempty" doc:"Below /api/webhooks/; of a webhook"`
	Methods []string `json:"methods,omitempty" doc:"Of a webhook"`
	Mode    string   `json:"mode,omitempty" doc:"async or sync; of a webhook"`
	Scheme  string   `json:"scheme,omitempty" doc:"How callers are verified; of a webhook"`
}

type workflowProblem struct {
	Pointer string `json:"pointer" doc:"Where in the document"`
	Kind    string `json:"kind" enum:"env,channel,collection,workflow"`
	Name    string `json:"name" doc:"What is not there"`
	EN      string `json:"en"`
	ZH      string `json:"zh"`
}

// workflowStats are the figures of the last 24 hours.
type workflowStats struct {
	Hours          []workflowHour `json:"hours" nullable:"false" doc:"The last 24 hours, the oldest first; the last one ends now"`
	LastDeliveryAt *time.Time     `json:"lastDeliveryAt" doc:"null before the first"`
	Failed         int64          `json:"failed24h" doc:"Executions that failed, broke or were aborted"`
	Rejected       int64          `json:"rejected24h" doc:"Requests rejected"`
}

type workflowHour struct {
	Accepted int64 `json:"accepted"`
	Rejected int64 `json:"rejected"`
	Failed   int64 `json:"failed"`
}

// WorkflowQuery are the parameters of the list.
type WorkflowQuery struct {
	Page
	Stats bool   `query:"stats" doc:"Also the figures of the last 24 hours"`
	Tag   string `query:"tag" maxLength:"200" doc:"Only those with the tag"`
	Q     string `query:"q" maxLength:"200" doc:"Text to look for in key, title, tags and path, whatever its case"`
}

func (a *api) listWorkflows(ctx context.Context, in *WorkflowQuery) (*listOf[workflowItem], error) {
	rows, next, err := a.workflowPage(ctx, in)
	if err != nil {
		return nil, err
	}
	items, err := a.workflowItems(ctx, rows)
	if err == nil && in.Stats {
		err = a.addStats(ctx, items)
	}
	if err != nil {
		return nil, err
	}
	return listed(&in.Page, items, next, itself, func() (int64, error) { return a.countWorkflows(ctx, in) })
}

// workflowPage finds a page. Tags and paths stand in the documents, so that a filter goes through all
// workflows.
func (a *api) workflowPage(ctx context.Context, in *WorkflowQuery) ([]store.WorkflowRow, string, error) {
	if in.Tag == "" && in.Q == "" {
		return a.Store.Workflows(ctx, in.store())
	}
	var found []store.WorkflowRow
	err := a.eachWorkflow(ctx, in.Cursor, func(row store.WorkflowRow, outlines map[hookflow.ID]*workflow.Outline) bool {
		if in.matches(&row, outlineOf(outlines, row.Published, row.Draft)) {
			found = append(found, row)
		}
		return len(found) <= in.Limit
	})
	if err != nil || len(found) <= in.Limit {
		return found, "", err
	}
	found = found[:in.Limit]
	return found, found[in.Limit-1].ID.String(), nil
}

func (a *api) countWorkflows(ctx context.Context, in *WorkflowQuery) (n int64, err error) {
	if in.Tag == "" && in.Q == "" {
		return a.Store.CountWorkflows(ctx)
	}
	err = a.eachWorkflow(ctx, "", func(row store.WorkflowRow, outlines map[hookflow.ID]*workflow.Outline) bool {
		if in.matches(&row, outlineOf(outlines, row.Published, row.Draft)) {
			n++
		}
		return true
	})
	return n, err
}

func (in *WorkflowQuery) matches(row *store.WorkflowRow, o *workflow.Outline) bool {
	return (in.Tag == "" || slices.Contains(o.Tags, in.Tag)) && (in.Q == "" || holdsFold(in.Q, workflowTexts(row, o)...))
}

// workflowTexts are what a workflow is found by.
func workflowTexts(row *store.WorkflowRow, o *workflow.Outline) []string {
	return append([]string{row.Key, row.Title, o.Trigger.Path}, o.Tags...)
}

// holdsFold reports whether one of the texts holds another, whatever their case.
func holdsFold(text string, in ...string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(in, func(s string) bool { return strings.Contains(strings.ToLower(s), text) })
}

// eachWorkflow visits the workflows after a cursor, newest first, until visit wants no more.
func (a *api) eachWorkflow(ctx context.Context, cursor string, visit func(store.WorkflowRow, map[hookflow.ID]*workflow.Outline) bool) error {
	for {
		rows, next, err := a.Store.Workflows(ctx, store.Page{Limit: store.MaxLimit, Cursor: cursor})
		if err != nil {
			return err
		}
		outlines, err := a.Workflows.Outlines(ctx, rows)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !visit(row, outlines) {
				return nil
			}
		}
		if cursor = next; cursor == "" {
			return nil
		}
	}
}

// outlineOf is that of the first of the revisions that is there.
func outlineOf(outlines map[hookflow.ID]*workflow.Outline, revisions ...hookflow.ID) *workflow.Outline {
	for _, id := range revisions {
		if o := outlines[id]; o != nil {
			return o
		}
	}
	return &workflow.Outline{}
}

func (a *api) workflowItems(ctx context.Context, rows []store.WorkflowRow) ([]workflowItem, error) {
	outlines, err := a.Workflows.Outlines(ctx, rows)
	if err != nil {
		return nil, err
	}
	known, err := a.knownNames(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]workflowItem, len(rows))
	for i, row := range rows {
		o := outlineOf(outlines, row.Published, row.Draft)
		items[i] = workflowItem{
			ID: row.ID, Key: row.Key, Title: row.Title, Tags: append([]string{}, o.Tags...), Enabled: row.Enabled,
			Revision: row.Number, HasDraft: row.Draft != 0, CreatedAt: row.CreatedAt.UTC(), UpdatedAt: row.UpdatedAt.UTC(),
			Trigger: triggerSummary{o.Trigger.Type, o.Trigger.Path, o.Trigger.Methods, o.Trigger.Mode, o.Trigger.Scheme},
			OnError: o.Options.OnError, Retain: retainsOf(o.Options.Retain),
			Problems: known.missing(o.Uses),
		}
	}
	return items, nil
}

func retainsOf(r hookflow.Retain) retains {
	written := func(d hookflow.Duration) *string {
		if d == 0 {
			return nil
		}
		text := d.String()
		return &text
	}
	return retains{written(r.Succeeded), written(r.Failed), written(r.Deliveries)}
}

// knowns are the things that there are, by their kinds.
type knowns map[string]map[string]bool

func (n knowns) add(kind, name string) {
	if n[kind] == nil {
		n[kind] = map[string]bool{}
	}
	n[kind][name] = true
}

// knownNames are all things that a document may name.
func (a *api) knownNames(ctx context.Context) (knowns, error) {
	known := knowns{}
	for _, v := range a.Env.List() {
		known.add(workflow.UsesEnv, v.Name)
	}
	channels, err := a.Channels.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range channels {
		known.add(workflow.UsesChannel, c.Key)
	}
	collections, err := a.Collections.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range collections {
		known.add(workflow.UsesCollection, c.Name)
	}
	keys, err := a.Store.WorkflowKeys(ctx)
	for _, key := range keys {
		known.add(workflow.UsesWorkflow, key)
	}
	return known, err
}

var missingTexts = map[string]node.Text{
	workflow.UsesEnv:        {EN: "There is no variable ", ZH: "变量不存在："},
	workflow.UsesChannel:    {EN: "There is no channel ", ZH: "渠道不存在："},
	workflow.UsesCollection: {EN: "There is no collection ", ZH: "数据表不存在："},
	workflow.UsesWorkflow:   {EN: "There is no workflow ", ZH: "工作流不存在："},
}

func (n knowns) missing(uses []workflow.Use) []workflowProblem {
	problems := []workflowProblem{}
	for _, use := range uses {
		if !n[use.Kind][use.Name] {
			text := missingTexts[use.Kind]
			problems = append(problems, workflowProblem{use.Pointer, use.Kind, use.Name, text.EN + use.Name, text.ZH + use.Name})
		}
	}
	return problems
}

func (a *api) addStats(ctx context.Context, items []workflowItem) error {
	ids := make([]hookflow.ID, len(items))
	for i := range items {
		ids[i] = items[i].ID
	}
	hours := store.Steps{From: a.Clock().Add(-24 * time.Hour), Step: time.Hour, Count: 24}
	traffic, err := a.Store.TrafficOf(ctx, ids, hours)
	if err != nil {
		return err
	}
	last, err := a.Store.LastDeliveries(ctx, ids)
	if err != nil {
		return err
	}
	for i, id := range ids {
		stats := &workflowStats{Hours: make([]workflowHour, hours.Count)}
		for h, t := range traffic[id] {
			stats.Hours[h] = workflowHour{t.Accepted, t.Rejected, t.Failed}
			stats.Failed += t.Failed
			stats.Rejected += t.Rejected
		}
		if at, ok := last[id]; ok {
			at = at.UTC()
			stats.LastDeliveryAt = &at
		}
		items[i].Stats = stats
	}
	return nil
}

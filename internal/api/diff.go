package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/value"
)

type workflowDiff struct {
	From      revisionItem `json:"from" doc:"The older revision; its number is 0 when it is a draft"`
	To        revisionItem `json:"to" doc:"The newer one"`
	Changes   []changeItem `json:"changes" nullable:"false" doc:"Those of the document, then of the nodes in order, then the nodes that are gone"`
	Truncated bool         `json:"truncated" doc:"There are more changes than are listed"`
}

type changeItem struct {
	Kind    string          `json:"kind" enum:"added,removed,moved,changed"`
	Node    *string         `json:"node" doc:"Key of the node that it is about; null for the rest of the document"`
	Pointer string          `json:"pointer" doc:"JSON pointer into the newer document; for what was removed, into the older one"`
	Before  json.RawMessage `json:"before,omitempty" doc:"What stood there; for what was moved, its former pointer"`
	After   json.RawMessage `json:"after,omitempty" doc:"What stands there; of a node without those under it"`
}

type oneDiff struct{ Body workflowDiff }

func (a *api) registerDiff() {
	register(a, operation{
		id: "diff-workflow", method: http.MethodGet, path: under("workflows", "{key}", "diff"), tag: "workflows", role: auth.Viewer,
		summary: "Compare two revisions, node by node", zh: "逐节点比较两个版本",
	}, a.diffWorkflow)
}

func (a *api) diffWorkflow(ctx context.Context, in *struct {
	ByKey
	From string `query:"from" doc:"Number of a revision, published or draft" default:"published"`
	To   string `query:"to" doc:"Number of a revision, published or draft; without a draft that is the published one" default:"draft"`
},
) (*oneDiff, error) {
	diff, err := a.Workflows.Diff(ctx, in.Key, in.From, in.To, a.maskFor(ctx))
	if err != nil {
		return nil, err
	}
	out := &oneDiff{workflowDiff{
		From: revisionItemOf(diff.From), To: revisionItemOf(diff.To), Changes: make([]changeItem, len(diff.Changes)), Truncated: diff.Truncated,
	}}
	for i, c := range diff.Changes {
		out.Body.Changes[i] = changeItem{Kind: c.Kind, Pointer: c.Pointer, Before: json.RawMessage(c.Before), After: json.RawMessage(c.After)}
		if c.Node != "" {
			out.Body.Changes[i].Node = &diff.Changes[i].Node
		}
	}
	return out, nil
}

// maskFor masks in a document what the caller may not see, beside what nobody may.
func (a *api) maskFor(ctx context.Context) func(value.Value) value.Value {
	if auth.From(ctx).Role.Allows(auth.Editor) {
		return func(v value.Value) value.Value { return v }
	}
	return withoutSecrets
}

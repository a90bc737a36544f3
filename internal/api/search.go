package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/workflow"
)

// searchHit is one thing to go to.
type searchHit struct {
	Kind     string `json:"kind" enum:"workflow,node,collection,delivery,execution"`
	Key      string `json:"key" doc:"Key of a workflow or node, name of a collection, or id"`
	Title    string `json:"title"`
	Workflow string `json:"workflow,omitempty" doc:"Key of the workflow it belongs to"`
	Type     string `json:"type,omitempty" doc:"Type of a node"`

	rank int // the smaller, the better it fits
}

type searchHits struct {
	Body struct {
		Items []searchHit `json:"items" nullable:"false" doc:"The best first"`
	}
}

const (
	maxHits = 20
	// maxCandidates bounds what is ranked.
	maxCandidates = 2000
)

func (a *api) registerSearch() {
	register(a, operation{
		id: "search", method: http.MethodGet, path: under("search"), tag: "search", role: auth.Viewer,
		summary: "Find workflows, nodes and collections by words, and a delivery or execution by its id", zh: "按文字查找工作流、节点与数据表，按 ID 查找请求与执行",
	}, a.search)
}

func (a *api) search(ctx context.Context, in *struct {
	Q string `query:"q" required:"true" minLength:"1" maxLength:"200" doc:"Text to look for, whatever its case, or an id"`
},
) (*searchHits, error) {
	s := &searching{text: strings.ToLower(strings.TrimSpace(in.Q))}
	if err := a.searchIDs(ctx, s); err != nil {
		return nil, err
	}
	err := a.eachWorkflow(ctx, "", func(row store.WorkflowRow, outlines map[hookflow.ID]*workflow.Outline) bool {
		s.workflow(&row, outlines)
		return len(s.hits) < maxCandidates
	})
	if err != nil {
		return nil, err
	}
	collections, err := a.Collections.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range collections {
		s.add(searchHit{Kind: "collection", Key: c.Name, Title: c.Title}, c.Name, c.Title)
	}
	slices.SortStableFunc(s.hits, func(a, b searchHit) int { return cmp.Compare(a.rank, b.rank) })
	out := &searchHits{}
	out.Body.Items = append([]searchHit{}, s.hits[:min(len(s.hits), maxHits)]...)
	return out, nil
}

// searchIDs finds what has the text for its ID.
func (a *api) searchIDs(ctx context.Context, s *searching) error {
	id, err := hookflow.ParseID(s.text)
	if err != nil || id == 0 {
		return nil //nolint:nilerr // most texts are no ID
	}
	d, err := a.Store.Delivery(ctx, id)
	if err == nil {
		s.hits = append(s.hits, searchHit{Kind: "delivery", Key: s.text, Title: d.Method + " /" + a.Env.Masker().String(d.Path), Workflow: d.WorkflowKey})
	} else if hookflow.CodeOf(err) != hookflow.CodeNotFound {
		return err
	}
	e, err := a.Store.Execution(ctx, id)
	if err == nil {
		s.hits = append(s.hits, searchHit{Kind: "execution", Key: s.text, Title: string(e.Status), Workflow: e.WorkflowKey})
	} else if hookflow.CodeOf(err) != hookflow.CodeNotFound {
		return err
	}
	return nil
}

// searching collects hits for a text in lower case.
type searching struct {
	text string
	hits []searchHit
}

// add adds the hit when one of the texts fits; further texts fit less than the first two, a key and a
// title.
func (s *searching) add(hit searchHit, texts ...string) {
	const none = 9
	hit.rank = none
	for i, text := range texts {
		text = strings.ToLower(text)
		switch {
		case i < 2 && text == s.text:
			hit.rank = min(hit.rank, 0)
		case i < 2 && strings.HasPrefix(text, s.text):
			hit.rank = min(hit.rank, 1)
		case strings.Contains(text, s.text):
			hit.rank = min(hit.rank, 2+min(i/2, 1))
		}
	}
	if hit.rank < none {
		s.hits = append(s.hits, hit)
	}
}

// workflow looks at a workflow and at its nodes, as the editor opens it: the draft, when there is one.
func (s *searching) workflow(row *store.WorkflowRow, outlines map[hookflow.ID]*workflow.Outline) {
	o := outlineOf(outlines, row.Draft, row.Published)
	s.add(searchHit{Kind: "workflow", Key: row.Key, Title: row.Title}, workflowTexts(row, o)...)
	for _, n := range o.Nodes {
		s.add(searchHit{Kind: "node", Key: n.Key, Title: n.Title, Workflow: row.Key, Type: n.Type}, n.Key, n.Title)
	}
}

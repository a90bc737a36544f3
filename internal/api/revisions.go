package api

import (
	"context"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

type revisionItem struct {
	ID        hookflow.ID `json:"id"`
	Number    int         `json:"number"`
	CreatedAt time.Time   `json:"createdAt"`
	CreatedBy string      `json:"createdBy"`
}

func revisionItemOf(r hookflow.Revision) revisionItem {
	return revisionItem{r.ID, r.Number, r.CreatedAt.UTC(), r.CreatedBy}
}

// ByNumber names one revision of a workflow.
type ByNumber struct {
	ByKey
	Number int `path:"n" minimum:"1"`
}

func (a *api) registerRevisions() {
	const tag = "workflows"
	one := under("workflows", "{key}")
	register(a, operation{
		id: "get-draft", method: http.MethodGet, path: one + "/draft", tag: tag, role: auth.Viewer,
		summary: "Read the draft, or what is published when there is none", zh: "查看草稿；没有草稿时返回已发布版本",
	}, a.getDraft)
	register(a, operation{
		id: "publish-workflow", method: http.MethodPost, path: one + "/publish", tag: tag, role: auth.Editor,
		summary: "Publish the draft", zh: "发布草稿",
	}, a.publishDraft)
	register(a, operation{
		id: "list-revisions", method: http.MethodGet, path: one + "/revisions", tag: tag, role: auth.Viewer,
		summary: "List what was published", zh: "版本列表",
	}, a.listRevisions)
	register(a, operation{
		id: "get-revision", method: http.MethodGet, path: one + "/revisions/{n}", tag: tag, role: auth.Viewer,
		summary: "Read a revision", zh: "查看版本",
	}, a.getRevision)
	register(a, operation{
		id: "restore-revision", method: http.MethodPost, path: one + "/revisions/{n}/restore", tag: tag, role: auth.Editor,
		summary: "Publish a revision's document again", zh: "恢复到该版本",
	}, a.restoreRevision)
}

func (a *api) getDraft(ctx context.Context, in *ByKey) (*workflowDocument, error) {
	w, err := a.Workflows.Draft(ctx, in.Key)
	return a.answer(ctx, w, err)
}

func (a *api) publishDraft(ctx context.Context, in *struct {
	ByKey
	Conditions
},
) (*workflowDocument, error) {
	w, err := a.Workflows.Publish(ctx, in.Key, in.met)
	return a.answer(ctx, w, err)
}

func (a *api) listRevisions(ctx context.Context, in *struct {
	ByKey
	Page
},
) (*listOf[revisionItem], error) {
	revisions, err := a.Workflows.Revisions(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	return paged(&in.Page, revisions, revisionItemOf)
}

func (a *api) getRevision(ctx context.Context, in *ByNumber) (*workflowDocument, error) {
	w, err := a.Workflows.Revision(ctx, in.Key, in.Number)
	return a.answer(ctx, w, err)
}

func (a *api) restoreRevision(ctx context.Context, in *ByNumber) (*workflowDocument, error) {
	w, err := a.Workflows.Restore(ctx, in.Key, in.Number)
	return a.answer(ctx, w, err)
}

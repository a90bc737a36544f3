package api

import (
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	documents "github.com/hookflow/hookflow/internal/document"
	"github.com/hookflow/hookflow/internal/value"
)

// checkedDocument is what a document would make.
type checkedDocument struct {
	Kind     documents.Kind     `json:"kind" enum:"Workflow,Collection,Channel,Test"`
	Name     string             `json:"name" doc:"Key of a workflow or channel, name of a collection; empty for a test"`
	Title    string             `json:"title"`
	Exists   bool               `json:"exists" doc:"Whether there is one of that name already"`
	Problems []hookflow.Problem `json:"problems" nullable:"false" doc:"What keeps it from being saved, or a workflow from being published"`
	Document json.RawMessage    `json:"document" doc:"As JSON"`
}

type checkedDocuments struct {
	Body struct {
		Items  []checkedDocument `json:"items" nullable:"false"`
		Errors []string          `json:"errors" nullable:"false" doc:"Of parts that are no documents, with their lines"`
	}
}

type exported struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func (a *api) registerDocuments() {
	const tag = "workflows"
	register(a, operation{
		id: "check-documents", method: http.MethodPost, path: under("documents", "check"), tag: tag, role: auth.Editor, body: anyJSON{}, yaml: true,
		summary: "Read documents of a file and tell what is wrong with them; nothing is saved", zh: "解析文件中的文档并检查问题，不保存",
	}, a.checkDocuments)
	register(a, operation{
		id: "export-workflow", method: http.MethodGet, path: under("workflows", "{key}", "export"), tag: tag, role: auth.Viewer,
		summary: "Read a workflow as a file that hookflow apply takes", zh: "以文件形式导出工作流，可供 hookflow apply 使用",
	}, a.exportWorkflow)
}

func (a *api) checkDocuments(ctx context.Context, in *Raw) (*checkedDocuments, error) {
	media, _, err := mime.ParseMediaType(in.ContentType)
	found, err := documents.Parse(append([]byte(nil), in.RawBody...), err == nil && strings.HasSuffix(media, "yaml"))
	out := &checkedDocuments{}
	out.Body.Items, out.Body.Errors = []checkedDocument{}, []string{}
	if err != nil {
		out.Body.Errors = strings.Split(err.Error(), "\n")
	}
	known, err := a.knownNames(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range found {
		out.Body.Items = append(out.Body.Items, checkedDocument{
			d.Kind, d.Name, d.Text.Get("title").Text(), known[strings.ToLower(string(d.Kind))][d.Name], a.problemsOf(d), json.RawMessage(d.Text),
		})
	}
	return out, nil
}

// problemsOf are those of the document itself; it may refer to what another one makes.
func (a *api) problemsOf(d documents.Document) []hookflow.Problem {
	var refused *hookflow.Error
	err := documents.Check([]documents.Document{d}, a.Workflows.Problems)
	switch {
	case err == nil:
		return []hookflow.Problem{}
	case errors.As(err, &refused) && len(refused.Problems) > 0:
		return refused.Problems
	}
	return []hookflow.Problem{{Detail: err.Error()}}
}

// exportWorkflow writes what is published, or the draft before the first revision.
func (a *api) exportWorkflow(ctx context.Context, in *struct {
	ByKey
	Format string `query:"format" enum:"yaml,json" default:"yaml"`
},
) (*exported, error) {
	w, err := a.Workflows.Get(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	shown := value.Value(a.shownWorkflow(ctx, w))
	text, err := documents.Document{Kind: documents.Workflow, Name: in.Key, Text: shown}.Encode(in.Format == "yaml")
	return &exported{"application/" + in.Format, `attachment; filename="` + in.Key + "." + in.Format + `"`, text}, err
}

package api

import (
	"context"
	"net/http"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/template"
)

type templates struct {
	Body struct {
		Items []template.Template `json:"items" nullable:"false"`
	}
}

func (a *api) registerTemplates() {
	register(a, operation{
		id: "list-templates", method: http.MethodGet, path: under("templates"), tag: "catalogues", role: auth.Viewer,
		summary: "List the workflows that a new one can begin as, with what is to be asked for each", zh: "工作流模板及其需要填写的内容",
	}, a.templates)
}

func (a *api) templates(_ context.Context, in *struct {
	Language string `query:"language" enum:"en,zh" default:"en" doc:"Of all texts, those in the documents included"`
},
) (*templates, error) {
	all, err := template.All(in.Language)
	out := &templates{}
	out.Body.Items = all
	return out, err
}

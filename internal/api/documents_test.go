package api

import (
	"testing"

	"github.com/hookflow/hookflow/internal/auth"
)

func TestDocuments(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	yaml := map[string]string{"Content-Type": "application/yaml"}
	const document = "kind: Workflow\nkey: there\ntitle: Again\ntrigger: {type: manual}\nnodes: []\n---\nkind: Collection\nname: things\nfields: [{name: a, typo: string}]\n---\n- 1\n"
	s.checkAll(t, []call{
		{name: "one that is there", as: auth.Editor, method: "PUT", path: "/api/workflows/there", body: `{"title":"There","trigger":{"type":"manual"},"nodes":[]}`, status: 201},
		{
			name: "check", as: auth.Editor, method: "POST", path: "/api/documents/check", headers: yaml, body: document, status: 200,
			want: []string{
				`"kind":"Workflow","name":"there","title":"Again","exists":true,"problems":[],"document":{"kind":"Workflow"`,
				`"kind":"Collection","name":"things","title":"","exists":false,"problems":[{"pointer":"/fields/0/typo"`,
				`"errors":["line 11: a document must be an object, not array"]`,
			},
		},
		{name: "JSON", as: auth.Editor, method: "POST", path: "/api/documents/check", body: `{"kind":"Nothing"}`, status: 200, want: []string{`"items":[]`, `kind must be Workflow`}},
		{name: "not a viewer's", as: auth.Viewer, method: "POST", path: "/api/documents/check", body: `{}`, status: 403},
		{name: "nothing was saved", as: auth.Viewer, method: "GET", path: "/api/workflows/there", status: 200, want: []string{`"title":"There"`}},
		{
			name: "export", as: auth.Viewer, method: "GET", path: "/api/workflows/there/export", status: 200,
			want: []string{"key: there"}, wantNot: []string{"revision", "createdAt"},
			header: map[string]string{"Content-Type": "application/yaml", "Content-Disposition": `attachment; filename="there.yaml"`},
		},
		{name: "export as JSON", as: auth.Viewer, method: "GET", path: "/api/workflows/there/export?format=json", status: 200, want: []string{`{"kind":"Workflow","key":"there"`}},
		{name: "export of nothing", as: auth.Viewer, method: "GET", path: "/api/workflows/none/export", status: 404},
		{name: "templates", as: auth.Viewer, method: "GET", path: "/api/templates?language=zh", status: 200, want: []string{`"key":"form-to-customer","title":"表单`, `"kind":"channel"`}},
		{name: "templates in no language", as: auth.Viewer, method: "GET", path: "/api/templates?language=xx", status: 422},
	})
}

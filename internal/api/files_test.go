package api

import (
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/request"
)

func TestFiles(t *testing.T) {
	t.Parallel()
	page := "<script>alert(1)</script>"
	id := request.Digest([]byte(page))
	html := map[string]string{"Content-Type": "text/html; charset=utf-8"}
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			upload := func(name string, as auth.Role, query, body string, status int, want ...string) call {
				return call{name: name, as: as, method: "POST", path: "/api/files" + query, body: body, headers: html, status: status, want: want}
			}
			s.checkAll(t, []call{
				upload("upload", auth.Editor, "?filename=a.html", page, 201, `{"id":"`+id+`","filename":"a.html","contentType":"text/html; charset=utf-8","size":25,"uploadedAt":"2026-03-01T12:00:00Z"}`),
				upload("without a name", auth.Editor, "", page, 422),
				upload("a name of two lines", auth.Editor, "?filename=a%0Ab", page, 422, `"/filename"`),
				upload("nothing", auth.Editor, "?filename=a", "", 400),
				upload("too large", auth.Editor, "?filename=a", strings.Repeat("x", 1<<20+1), 413),
				upload("by a viewer", auth.Viewer, "?filename=a", page, 403),
				upload("by nobody", "", "?filename=a", page, 401),
				{name: "list", as: auth.Viewer, method: "GET", path: "/api/files?count=true", status: 200, want: []string{`"total":1`, id}},
				{
					name: "download", as: auth.Viewer, method: "GET", path: "/api/files/" + id, status: 200, want: []string{page},
					header: map[string]string{
						"Content-Type": "text/html; charset=utf-8", "Content-Disposition": "attachment; filename=a.html",
						"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
					},
				},
				{
					name: "under another name", as: auth.Viewer, method: "GET", path: "/api/files/" + id + "?filename=%E4%B8%AD%22.html", status: 200,
					header: map[string]string{"Content-Disposition": "attachment; filename*=utf-8''%E4%B8%AD%22.html"},
				},
				{name: "by nobody", method: "GET", path: "/api/files/" + id, status: 401},
				{name: "none", as: auth.Viewer, method: "GET", path: "/api/files/" + request.Digest(nil), status: 404},
				{name: "no id", as: auth.Viewer, method: "GET", path: "/api/files/..%2Fhookflow.db", status: 404},
				{name: "delete by a viewer", as: auth.Viewer, method: "DELETE", path: "/api/files/" + id, status: 403},
				{name: "delete", as: auth.Editor, method: "DELETE", path: "/api/files/" + id, status: 204},
				{name: "delete again", as: auth.Editor, method: "DELETE", path: "/api/files/" + id, status: 404},
				{name: "list", as: auth.Viewer, method: "GET", path: "/api/files", status: 200, want: []string{`"items":[]`}},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=file", status: 200, want: []string{`"action":"delete"`, `"filename":"a.html"`}},
				upload("as large as may be", auth.Editor, "?filename=a", strings.Repeat("x", 1<<20), 201),
			})
		})
	}
}

// TestFilesMaskSecrets: as requests do that are shown.
func TestFilesMaskSecrets(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.checkAll(t, []call{
		{name: "a secret", as: auth.Admin, method: "PUT", path: "/api/env/TOKEN", body: `{"value":"hush-hush-hush","secret":true}`, status: 201},
		{name: "in a file", as: auth.Editor, method: "POST", path: "/api/files?filename=a", body: "it is hush-hush-hush", status: 201},
		{name: "download", as: auth.Admin, method: "GET", path: "/api/files/" + request.Digest([]byte("it is hush-hush-hush")), status: 200, want: []string{"it is ••••"}, wantNot: []string{"hush"}},
	})
}

// TestFileFields: a record takes an upload by its id.
func TestFileFields(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	id := request.Digest([]byte("hello"))
	held := `{"id":"` + id + `","filename":"a.txt","contentType":"text/plain","size":5}`
	s.checkAll(t, []call{
		{name: "upload", as: auth.Editor, method: "POST", path: "/api/files?filename=a.txt", body: "hello", headers: map[string]string{"Content-Type": "text/plain"}, status: 201},
		{name: "collection", as: auth.Editor, method: "POST", path: "/api/collections", body: `{"name":"docs","fields":[{"name":"doc","type":"file"}]}`, status: 201},
		{name: "record", as: auth.Editor, method: "POST", path: "/api/collections/docs/records", body: `{"doc":"` + id + `"}`, status: 201, want: []string{`"doc":` + held}},
		{name: "no file", as: auth.Editor, method: "POST", path: "/api/collections/docs/records", body: `{"doc":"` + request.Digest(nil) + `"}`, status: 422, want: []string{`"pointer":"/doc"`, "there is no file"}},
		{name: "an index", as: auth.Editor, method: "POST", path: "/api/collections", body: `{"name":"more","fields":[{"name":"doc","type":"file","unique":true}]}`, status: 422, want: []string{"cannot be unique or indexed"}},
		{name: "empty", as: auth.Viewer, method: "GET", path: `/api/collections/docs/records?filter={"field":"doc","op":"exists"}`, status: 200, want: []string{held}},
	})
}

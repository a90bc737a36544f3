package api

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/value"
)

const peopleSchema = `{"name":"people","fields":[{"name":"name","type":"string","required":true},{"name":"age","type":"integer"}]}`

// answer makes a call and returns the answer as JSON.
func (s *server) answer(t *testing.T, c call) value.Value {
	t.Helper()
	got := s.do(t, c)
	if got.Code != c.status {
		t.Fatalf("%s %s: status %d: %s", c.method, c.path, got.Code, got.Body)
	}
	return value.Raw(got.Body.String())
}

func TestRecordHistory(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			s.check(t, call{name: "schema", as: auth.Editor, method: "POST", path: "/api/collections", body: peopleSchema, status: 201})
			id := s.answer(t, call{as: auth.Editor, method: "POST", path: "/api/collections/people/records", body: `{"name":"hush-hush","age":1}`, status: 201}).Get("id").Text()
			s.check(t, call{name: "secret", as: auth.Admin, method: "PUT", path: "/api/env/TOKEN", body: `{"value":"hush-hush","secret":true}`, status: 201})
			one := "/api/collections/people/records/" + id
			created := `"action":"created","execution":null,"actor":{"type":"api_key",`
			s.checkAll(t, []call{
				{name: "change", as: auth.Editor, method: "PATCH", path: one, body: `{"age":2}`, status: 200},
				{name: "history", as: auth.Viewer, method: "GET", path: one + "/history", status: 200, want: []string{
					`"action":"updated"`, `"name":"editor"`, `"changes":{"age":[1,2]}`, created, `"changes":{"age":[null,1],"name":[null,"••••"]}`, `"record":"` + id + `","collection":"people"`,
				}, wantNot: []string{"hush"}},
				{name: "a page", as: auth.Viewer, method: "GET", path: one + "/history?limit=1&count=true", status: 200, want: []string{`"nextCursor":"1","total":2`}, wantNot: []string{created}},
				{name: "flat", as: auth.Viewer, method: "GET", path: one, status: 200, wantNot: []string{"writtenBy"}},
				{name: "writer", as: auth.Viewer, method: "GET", path: one + "?writer=true", status: 200, want: []string{`"writtenBy":{"at":"`, `"action":"updated"`, `"actor":{"type":"api_key"`}},
				{name: "writers", as: auth.Viewer, method: "GET", path: "/api/collections/people/records?writer=true", status: 200, want: []string{`"writtenBy":{"at":"`}},
				{name: "deletion", as: auth.Editor, method: "DELETE", path: one, status: 204},
				{name: "history after the end", as: auth.Viewer, method: "GET", path: one + "/history", status: 200, want: []string{`"action":"deleted"`, `"age":[2,null]`}, wantNot: []string{"hush"}},
				{name: "no record", as: auth.Viewer, method: "GET", path: "/api/collections/people/records/0000000000001/history", status: 404},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?object=people/" + id, status: 200, want: []string{
					`"action":"update","object":{"kind":"record","id":"people/` + id + `"},"before":{"age":1},"after":{"age":2}`,
					`"action":"delete","object":{"kind":"record","id":"people/` + id + `"},"before":{"id":"` + id + `","name":"••••","age":2,`,
				}, wantNot: []string{"hush"}},
				{name: "audit of the schema", as: auth.Admin, method: "GET", path: "/api/audit?kind=collection", status: 200, want: []string{`"before":null,"after":{"name":"people","fields":[{`}},
				{name: "list with stats", as: auth.Viewer, method: "GET", path: "/api/collections?stats=true", status: 200, want: []string{`"stats":{"rows":0,"estimated":false,"bytes":`}},
				{name: "list", as: auth.Viewer, method: "GET", path: "/api/collections", status: 200, wantNot: []string{`"stats"`}},
			})
		})
	}
}

func TestRunsAreNoted(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	id := s.store.IDs().Next()
	s.runner.result = RunResult{Execution: id, Status: hookflow.StatusSucceeded, Ended: true}
	s.checkAll(t, []call{
		{name: "run", as: auth.Editor, method: "POST", path: "/api/workflows/first/run", status: 200},
		{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=workflow", status: 200, want: []string{
			`"action":"run","object":{"kind":"workflow","id":"first"},"before":null,"after":{"execution":"` + id.String() + `"}`,
		}},
	})
}

// importing works on imports until the test ends.
func (s *server) importing(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.imports.Run(ctx)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
}

func TestImportAndExport(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			path := "/api/collections/people"
			s.check(t, call{name: "schema", as: auth.Editor, method: "POST", path: "/api/collections", body: peopleSchema, status: 201})
			const file = "name,age\n=1,1\n小明,two\n,3\n"
			const errors = `"errors":[{"row":2,"line":3,"field":"age","detail":"must be a whole number, not a string"},{"row":3,"line":4,"field":"name","detail":"is required"}]`
			s.checkAll(t, []call{
				{name: "viewer", as: auth.Viewer, method: "POST", path: path + "/import", body: file, status: 403},
				{name: "dry run", as: auth.Editor, method: "POST", path: path + "/import?format=csv&dryRun=true", body: file, headers: map[string]string{"Content-Type": "text/csv"}, status: 200, want: []string{`{"rows":3,"valid":1,` + errors}},
				{name: "mistyped", as: auth.Editor, method: "POST", path: path + "/import?dryrun=true", body: file, status: 422},
				{name: "wrong column", as: auth.Editor, method: "POST", path: path + "/import", body: "x\n1\n", status: 422, want: []string{`"/x"`}},
				{name: "wrong format", as: auth.Editor, method: "POST", path: path + "/import?format=xml", body: "x\n1\n", status: 422},
				{name: "no collection", as: auth.Editor, method: "POST", path: "/api/collections/none/import", body: file, status: 404},
				{name: "no imports", as: auth.Viewer, method: "GET", path: "/api/imports?count=true", status: 200, want: []string{`"items":[]`, `"total":0`}},
			})
			begun := s.answer(t, call{as: auth.Editor, method: "POST", path: path + "/import", body: file, headers: map[string]string{"Content-Type": "text/csv"}, status: 202})
			one := "/api/imports/" + begun.Get("id").Text()
			if got := string(begun.Get("status")) + string(begun.Get("total")) + string(begun.Get("upsertBy")); got != `"running"3null` {
				t.Errorf("the import began as %s", begun)
			}
			s.importing(t)
			for s.answer(t, call{as: auth.Viewer, method: "GET", path: one, status: 200}).Get("status").Text() == "running" {
				<-time.After(time.Millisecond)
			}
			s.checkAll(t, []call{
				{name: "ended", as: auth.Viewer, method: "GET", path: one, status: 200, want: []string{`"collection":"people","format":"csv"`, `"status":"succeeded","total":3,"done":1,"failed":2,` + errors, `"createdBy":"editor"`}},
				{name: "abort too late", as: auth.Editor, method: "DELETE", path: one, status: 409},
				{name: "abort none", as: auth.Editor, method: "DELETE", path: "/api/imports/0000000000001", status: 404},
				{name: "imports", as: auth.Viewer, method: "GET", path: "/api/imports?collection=people&count=true", status: 200, want: []string{`"total":1`}},
				{name: "imports of another", as: auth.Viewer, method: "GET", path: "/api/imports?collection=other&count=true", status: 200, want: []string{`"total":0`}},
				{name: "audit", as: auth.Admin, method: "GET", path: "/api/audit?kind=import", status: 200, want: []string{`"action":"start"`, `"after":{"collection":"people","format":"csv","rows":3,"done":0}`}},
				{name: "another one", as: auth.Editor, method: "POST", path: path + "/records", body: `{"name":"hush-hush"}`, status: 201},
				{name: "secret", as: auth.Admin, method: "PUT", path: "/api/env/TOKEN", body: `{"value":"hush-hush","secret":true}`, status: 201},
				{name: "export", as: auth.Viewer, method: "GET", path: path + "/export", status: 200, want: []string{"id,name,age,createdAt,updatedAt\n", ",'=1,1,2026", ",••••,,"}, wantNot: []string{"hush"}, header: map[string]string{
					"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="people.csv"`,
				}},
				{name: "export with a mark", as: auth.Viewer, method: "GET", path: path + "/export?bom=true", status: 200, want: []string{"\ufeffid,name"}},
				{name: "filtered export", as: auth.Viewer, method: "GET", path: path + `/export?format=jsonl&filter={"field":"age","op":"equals","value":1}`, status: 200, want: []string{`"name":"=1","age":1`}, wantNot: []string{"••••"}, header: map[string]string{"Content-Type": "application/x-ndjson"}},
				{name: "searched export", as: auth.Viewer, method: "GET", path: path + "/export?format=jsonl&q=%3D1", status: 200, want: []string{`"name":"=1","age":1`}, wantNot: []string{"••••"}},
				{name: "wrong filter", as: auth.Viewer, method: "GET", path: path + "/export?filter=x", status: 400},
				{name: "export of none", as: auth.Viewer, method: "GET", path: "/api/collections/none/export", status: 404, header: map[string]string{"Content-Disposition": ""}},
			})
		})
	}
}

func TestImportIsDescribed(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	document := s.answer(t, call{as: auth.Viewer, method: http.MethodGet, path: "/api/openapi.json", status: 200})
	operation := document.Get("paths", "/api/collections/{name}/import", "post")
	for _, want := range []struct{ at, text value.Value }{
		{operation.Get("responses", "200"), value.Raw("#/components/schemas/ImportCheck")},
		{operation.Get("responses", "202"), value.Raw("#/components/schemas/ImportItem")},
		{operation.Get("requestBody", "content"), value.Raw("text/csv")},
		{document.Get("components", "schemas", "HistoryEntry", "properties"), value.Raw(`"changes"`)},
		{document.Get("components", "schemas", "HistoryEntry", "properties"), value.Raw(`"nodeKey"`)},
	} {
		if !strings.Contains(string(want.at), string(want.text)) {
			t.Errorf("%s is not in %s", want.text, want.at)
		}
	}
}

package api

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/transfer"
	"github.com/hookflow/hookflow/internal/value"
)

type importItem struct {
	ID         hookflow.ID     `json:"id"`
	Collection string          `json:"collection" doc:"Name"`
	Format     string          `json:"format" enum:"csv,json,jsonl"`
	UpsertBy   *string         `json:"upsertBy" doc:"Unique field; a record with the same value there is changed"`
	Status     hookflow.Status `json:"status" enum:"running,succeeded,aborted"`
	Total      int64           `json:"total" doc:"Rows of the file"`
	Done       int64           `json:"done" doc:"Rows that were written"`
	Failed     int64           `json:"failed" doc:"Rows that were left out"`
	Errors     []rowError      `json:"errors" nullable:"false" doc:"Why, of the first of these"`
	CreatedAt  time.Time       `json:"createdAt"`
	CreatedBy  string          `json:"createdBy"`
	FinishedAt *time.Time      `json:"finishedAt"`
}

type rowError struct {
	Row    int    `json:"row" doc:"Number of the row, from 1, a header aside; 0 is the file as a whole"`
	Line   int    `json:"line,omitempty" doc:"Line of the file, from 1; of CSV and JSON lines"`
	Field  string `json:"field,omitempty" doc:"Field at fault"`
	Detail string `json:"detail"`
}

// importCheck is what an import would come to.
type importCheck struct {
	Rows   int64      `json:"rows" doc:"Rows of the file"`
	Valid  int64      `json:"valid" doc:"Rows that can be written"`
	Errors []rowError `json:"errors" nullable:"false" doc:"Why others cannot, the first 100"`
}

type importResult struct {
	Status   int
	Location string `header:"Location"`
	Body     any    // an importCheck with 200, an importItem with 202
}

type oneImport struct{ Body importItem }

func (a *api) registerImports() {
	const tag = "records"
	path, imports := under("collections", "{name}", "import"), under("imports")
	register(a, operation{
		id: "import-records", method: http.MethodPost, path: path, tag: tag, role: auth.Editor, status: http.StatusAccepted,
		summary: "Import records from a file; with dryRun only check it", zh: "从文件导入记录；dryRun 仅检查",
	}, a.importRecords)
	a.describeImport(a.huma.OpenAPI().Paths[path].Post)
	register(a, operation{
		id: "list-imports", method: http.MethodGet, path: imports, tag: tag, role: auth.Viewer,
		summary: "List the imports", zh: "导入列表",
	}, a.listImports)
	register(a, operation{
		id: "get-import", method: http.MethodGet, path: imports + "/{id}", tag: tag, role: auth.Viewer,
		summary: "Read how far an import has come", zh: "查看导入进度",
	}, a.getImport)
	register(a, operation{
		id: "abort-import", method: http.MethodDelete, path: imports + "/{id}", tag: tag, role: auth.Editor,
		summary: "Abort an import; the records that it wrote stay", zh: "中止导入；已写入的记录保留",
	}, a.abortImport)
}

// describeImport tells in the OpenAPI document what huma cannot see: a file, and two kinds of answers.
func (a *api) describeImport(o *huma.Operation) {
	o.RequestBody = &huma.RequestBody{Required: true, Content: fileContent()}
	answer := func(status int, description string, of reflect.Type) {
		o.Responses[fmt.Sprint(status)] = &huma.Response{Description: description, Content: map[string]*huma.MediaType{
			"application/json": {Schema: a.huma.OpenAPI().Components.Schemas.Schema(of, true, "")},
		}}
	}
	answer(http.StatusOK, "Of a dry run", reflect.TypeFor[importCheck]())
	answer(http.StatusAccepted, "The import has begun", reflect.TypeFor[importItem]())
}

// fileContent is that of imports and exports.
func fileContent() map[string]*huma.MediaType {
	text := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	return map[string]*huma.MediaType{"text/csv": text, "application/x-ndjson": text, "application/json": {Schema: &huma.Schema{}}}
}

func (a *api) importRecords(ctx context.Context, in *struct {
	ByName
	Format   string `query:"format" enum:"csv,json,jsonl" default:"csv" doc:"Of the file: CSV whose first row names the fields, a JSON list, or a JSON object per line"`
	Charset  string `query:"charset" maxLength:"40" doc:"Of the file, such as gbk; default UTF-8"`
	UpsertBy string `query:"upsertBy" maxLength:"63" doc:"A unique field: a record with the same value there is changed"`
	DryRun   bool   `query:"dryRun" doc:"Only check every row"`
	Raw
},
) (*importResult, error) {
	file := transfer.File{Collection: in.Name, Format: in.Format, Charset: in.Charset, UpsertBy: in.UpsertBy, Content: in.RawBody}
	if in.DryRun {
		report, err := a.Imports.Check(ctx, file)
		if err != nil {
			return nil, a.shownRefusal(err)
		}
		return &importResult{Status: http.StatusOK, Body: importCheck{report.Rows, report.Valid, a.rowErrors(report.Errors)}}, nil
	}
	i, err := a.Imports.Start(ctx, file)
	if err != nil {
		return nil, a.shownRefusal(err)
	}
	return &importResult{Status: http.StatusAccepted, Location: under("imports", i.ID.String()), Body: a.importItem(i)}, nil
}

func (a *api) importItem(i store.Import) importItem {
	item := importItem{
		ID: i.ID, Collection: i.Collection, Format: i.Format, Status: i.Status, Total: i.Total, Done: i.Done, Failed: i.Failed,
		Errors: a.rowErrors(i.Errors), CreatedAt: i.CreatedAt.UTC(), CreatedBy: i.ActorName, FinishedAt: timeOrNil(i.FinishedAt),
	}
	if i.UpsertBy != "" {
		item.UpsertBy = &i.UpsertBy
	}
	return item
}

func (a *api) rowErrors(found []store.ImportError) []rowError {
	masker := a.Env.Masker()
	shown := make([]rowError, len(found))
	for i, e := range found {
		shown[i] = rowError{e.Row, e.Line, e.Field, masker.String(e.Detail)}
	}
	return shown
}

func (a *api) listImports(ctx context.Context, in *struct {
	Page
	Collection string `query:"collection" maxLength:"63" doc:"Name"`
},
) (*listOf[importItem], error) {
	rows, next, err := a.Store.Imports(ctx, in.Collection, in.store())
	if err != nil {
		return nil, err
	}
	return listed(&in.Page, rows, next, a.importItem, func() (int64, error) { return a.Store.CountImports(ctx, in.Collection) })
}

func (a *api) getImport(ctx context.Context, in *ByID) (*oneImport, error) {
	i, err := a.Store.Import(ctx, in.ID.ID)
	return &oneImport{a.importItem(i)}, err
}

func (a *api) abortImport(ctx context.Context, in *ByID) (*oneImport, error) {
	if err := a.Imports.Abort(ctx, in.ID.ID); err != nil {
		return nil, err
	}
	return a.getImport(ctx, in)
}

func (a *api) registerExport() {
	path := under("collections", "{name}", "export")
	register(a, operation{
		id: "export-records", method: http.MethodGet, path: path, tag: "records", role: auth.Viewer,
		summary: "Export records to a file, the oldest first", zh: "导出记录为文件，最早的在前",
	}, a.exportRecords)
	a.huma.OpenAPI().Paths[path].Get.Responses["200"] = &huma.Response{Description: "The file", Content: fileContent()}
}

// exportTypes are the content types of the formats.
var exportTypes = map[string]string{
	transfer.CSV: "text/csv; charset=utf-8", transfer.JSON: "application/json", transfer.JSONL: "application/x-ndjson",
}

func (a *api) exportRecords(ctx context.Context, in *struct {
	ByName
	Format string `query:"format" enum:"csv,json,jsonl" default:"csv" doc:"CSV with the names of the fields in its first row, a JSON list, or a JSON object per line. A CSV cell that a spreadsheet would take for a formula has a ' in front, which an import takes off"`
	Filter string `query:"filter" maxLength:"65536" doc:"Condition in JSON: {field, op, value}, all, any, not"`
	Q      string `query:"q" maxLength:"200" doc:"A text that one of the fields holds"`
	BOM    bool   `query:"bom" doc:"Begin CSV with a byte order mark, by which spreadsheets know UTF-8"`
},
) (*huma.StreamResponse, error) {
	filter, err := filterOf(in.Filter)
	if err != nil {
		return nil, err
	}
	export, err := transfer.Begin(ctx, a.Collections, transfer.Query{
		Collection: in.Name, Format: in.Format, Filter: filter, Search: in.Q, BOM: in.BOM,
		Show: func(record value.Value) value.Value { return value.Value(a.shownRecord(record)) },
	})
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(inner huma.Context) {
		_, w := humago.Unwrap(inner)
		w.Header().Set("Content-Type", exportTypes[in.Format])
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", in.Name+"."+in.Format)) // of a collection: letters, digits and _
		w.WriteHeader(http.StatusOK)
		stream := &eventStream{w: w, connection: http.NewResponseController(w)}
		if err := export.Write(inner.Context(), patient{stream}); err != nil {
			if inner.Context().Err() == nil {
				a.Logger.WarnContext(ctx, "an export was cut off", "collection", in.Name, "error", err)
			}
			panic(http.ErrAbortHandler) // so that half a file is not taken for a whole one
		}
	}}, nil
}

// patient is a stream whose every part may take its time.
type patient struct{ *eventStream }

func (p patient) Write(text []byte) (int, error) {
	if err := p.write(text); err != nil {
		return 0, err
	}
	return len(text), nil
}

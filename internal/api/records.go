package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// ByRecord names one record of a collection.
type ByRecord struct {
	ByName
	ID string `path:"id" maxLength:"40"`
}

func (a *api) registerRecords() {
	const tag = "records"
	path := under("collections", "{name}", "records")
	one := path + "/{id}"
	register(a, operation{
		id: "list-records", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List records", zh: "记录列表",
	}, a.listRecords)
	register(a, operation{
		id: "create-record", method: http.MethodPost, path: path, tag: tag, role: auth.Editor, body: anyJSON{},
		status: http.StatusCreated, summary: "Create a record, or a list of them", zh: "新建一条或多条记录",
	}, a.createRecord)
	register(a, operation{
		id: "get-record", method: http.MethodGet, path: one, tag: tag, role: auth.Viewer,
		summary: "Read a record", zh: "查看记录",
	}, a.getRecord)
	register(a, operation{
		id: "replace-record", method: http.MethodPut, path: one, tag: tag, role: auth.Editor, body: anyJSON{},
		summary: "Replace a record", zh: "替换记录",
	}, a.replaceRecord)
	register(a, operation{
		id: "change-record", method: http.MethodPatch, path: one, tag: tag, role: auth.Editor, body: anyJSON{},
		summary: "Change some fields of a record", zh: "修改记录的部分字段",
	}, a.changeRecord)
	register(a, operation{
		id: "delete-record", method: http.MethodDelete, path: one, tag: tag, role: auth.Editor, status: http.StatusNoContent,
		summary: "Delete a record", zh: "删除记录",
	}, a.deleteRecord)
}

func (a *api) listRecords(ctx context.Context, in *struct {
	ByName
	Page
	Filter string `query:"filter" maxLength:"65536" doc:"Condition in JSON: {field, op, value}, all, any, not"`
	Sort   string `query:"sort" maxLength:"1000" doc:"Fields, separated by commas, - in front for descending"`
	Fields string `query:"fields" maxLength:"20000" doc:"Fields wanted, separated by commas"`
	With   string `query:"with" maxLength:"1000" doc:"Relations whose records to load, separated by commas, such as customer or customer.region"`
	Q      string `query:"q" maxLength:"200" doc:"A text that one of the fields holds"`
	Writer bool   `query:"writer" doc:"Also tell who wrote each record last, as writtenBy"`
},
) (*listOf[json.RawMessage], error) {
	filter, err := filterOf(in.Filter)
	if err != nil {
		return nil, err
	}
	found, err := a.Collections.Records(ctx, in.Name, collection.Query{
		Filter: filter, Search: in.Q, Sort: names(in.Sort), Fields: names(in.Fields), With: names(in.With), Limit: in.Limit, Cursor: in.Cursor,
	})
	if err != nil {
		return nil, err
	}
	out, err := listed(&in.Page, found.Records, found.Next, a.shownRecord, func() (int64, error) {
		return a.countRecords(ctx, in.Name, filter, in.Q)
	})
	if err == nil && in.Writer {
		err = a.withWriters(ctx, in.Name, out.Body.Items)
	}
	return out, err
}

func (a *api) countRecords(ctx context.Context, name string, filter value.Value, search string) (total int64, err error) {
	err = a.Store.View(ctx, func(r store.Reader) error {
		total, err = a.Collections.Count(r, name, filter, search)
		return err
	})
	return total, err
}

func filterOf(text string) (value.Value, error) {
	if text == "" {
		return nil, nil
	}
	filter, err := value.Parse([]byte(text))
	if err != nil {
		return nil, hookflow.Invalid("filter is not JSON: " + err.Error())
	}
	return filter, nil
}

func names(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// shownRecord masks the secrets in a record's values; the names of its fields stay.
func (a *api) shownRecord(record value.Value) json.RawMessage {
	masker := a.Env.Masker()
	if masker.Empty() || record.Kind() != value.KindObject {
		return json.RawMessage(record)
	}
	var out value.Object
	for name, v := range record.Members() {
		out.Set(name, masker.JSON(v))
	}
	return json.RawMessage(out.Value())
}

// shownRecords is shownRecord for one record or a list.
func (a *api) shownRecords(v value.Value) json.RawMessage {
	if v.Kind() != value.KindArray {
		return a.shownRecord(v)
	}
	var out value.Array
	for _, record := range v.Items() {
		out.Append(value.Value(a.shownRecord(record)))
	}
	return json.RawMessage(out.Value())
}

func (a *api) createRecord(ctx context.Context, in *struct {
	ByName
	Raw
},
) (*document, error) {
	values, err := in.json()
	if err != nil {
		return nil, err
	}
	made, err := a.Collections.Create(ctx, in.Name, values)
	if err != nil {
		return nil, err
	}
	return &document{a.shownRecords(made)}, nil
}

func (a *api) getRecord(ctx context.Context, in *struct {
	ByRecord
	Writer bool `query:"writer" doc:"Also tell who wrote the record last, as writtenBy"`
},
) (*document, error) {
	found, err := a.Collections.Record(ctx, in.Name, in.ID)
	if err != nil {
		return nil, err
	}
	shown := []json.RawMessage{a.shownRecord(found)}
	if in.Writer {
		err = a.withWriters(ctx, in.Name, shown)
	}
	return &document{shown[0]}, err
}

type recordBody struct {
	ByRecord
	Raw
}

func (a *api) replaceRecord(ctx context.Context, in *recordBody) (*document, error) {
	return a.writeRecord(ctx, in, a.Collections.Replace)
}

func (a *api) changeRecord(ctx context.Context, in *recordBody) (*document, error) {
	return a.writeRecord(ctx, in, a.Collections.Patch)
}

type recordWrite func(ctx context.Context, collection, id string, values value.Value) (value.Value, error)

func (a *api) writeRecord(ctx context.Context, in *recordBody, write recordWrite) (*document, error) {
	values, err := in.json()
	if err != nil {
		return nil, err
	}
	changed, err := write(ctx, in.Name, in.ID, values)
	if err != nil {
		return nil, err
	}
	return &document{a.shownRecord(changed)}, nil
}

func (a *api) deleteRecord(ctx context.Context, in *ByRecord) (*empty, error) {
	return nil, a.Collections.Delete(ctx, in.Name, in.ID)
}

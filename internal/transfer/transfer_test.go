package transfer_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/transfer"
	"github.com/hookflow/hookflow/internal/value"
)

// world is what imports and exports need.
type world struct {
	*transfer.Service
	t       *testing.T
	store   *store.Store
	records *collection.Service
}

func databases(t *testing.T, run func(*testing.T, *world)) {
	t.Helper()
	for name, options := range map[string]func() store.Options{
		"sqlite":   func() store.Options { return store.Options{Path: t.TempDir() + "/hookflow.db"} },
		"postgres": func() store.Options { return store.Options{URL: pgtest.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, newWorld(t, options()))
		})
	}
}

func newWorld(t *testing.T, o store.Options) *world {
	t.Helper()
	o.Clock, o.Logger = time.Now, slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{t: t, store: s, records: collection.New(s, time.Now)}
	w.Service = transfer.New(transfer.Deps{Store: s, Records: w.records, Clock: time.Now, Logger: o.Logger})
	w.save("goods",
		hookflow.Field{Name: "sku", Type: "string", Title: "货号", Required: true, Unique: true},
		hookflow.Field{Name: "name", Type: "text", Title: "名称"},
		hookflow.Field{Name: "price", Type: "decimal"},
		hookflow.Field{Name: "sold", Type: "boolean"},
		hookflow.Field{Name: "tags", Type: "json"},
		hookflow.Field{Name: "code", Type: "string", Unique: true})
	return w
}

func (w *world) save(name string, fields ...hookflow.Field) {
	w.t.Helper()
	if _, err := w.records.Save(w.t.Context(), hookflow.Collection{Name: name, Fields: fields}); err != nil {
		w.t.Fatal(err)
	}
}

// ann imports.
func ann(ctx context.Context) context.Context {
	return auth.With(ctx, auth.Principal{Type: auth.TypeUser, ID: 7, Name: "ann@example.com"})
}

func (w *world) start(f transfer.File) store.Import {
	w.t.Helper()
	i, err := w.Start(ann(w.t.Context()), f)
	if err != nil {
		w.t.Fatal(err)
	}
	return i
}

// finish runs an import to its end.
func (w *world) finish(id hookflow.ID) store.Import {
	w.t.Helper()
	ctx, stop := context.WithCancel(w.t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Run(ctx)
	}()
	defer func() {
		stop()
		<-ended
	}()
	for {
		i, err := w.store.Import(ctx, id)
		if err != nil {
			w.t.Fatal(err)
		}
		if i.Status != hookflow.StatusRunning {
			return i
		}
		select {
		case <-ctx.Done():
			w.t.Fatal("the import did not end")
		case <-time.After(time.Millisecond):
		}
	}
}

// goods are the records, the oldest first, as "sku name price sold tags code".
func (w *world) goods() []string {
	w.t.Helper()
	page, err := w.records.Records(w.t.Context(), "goods", collection.Query{Sort: []string{"id"}, Limit: collection.MaxLimit})
	if err != nil {
		w.t.Fatal(err)
	}
	told := []string{}
	for _, r := range page.Records {
		told = append(told, fmt.Sprintf("%s %s %s %s %s %s",
			r.Get("sku"), r.Get("name"), r.Get("price"), r.Get("sold"), r.Get("tags"), r.Get("code")))
	}
	return told
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

const catalogue = "\ufeff货号,name,price,sold,tags,id,createdAt\r\n" +
	"p1,\"a \"\"pen\"\",\nblue\",1.50,true,\"[1, {\"\"a\"\":2}]\",ignored,ignored\r\n" +
	"p2,笔,much,,,,\r\n" +
	"p3,'=1+1,,false,plain text,,\r\n" +
	",nameless,,,,,\r\n" +
	"\r\n" +
	"p1,again,,,,,\r\n" +
	"p4,short\r\n" +
	"p5,,,,,,,long\r\n" +
	"p6,bad\"quote,,,,,\r\n" +
	"p7,last,-2,,,,\r\n"

var (
	catalogueErrors = []store.ImportError{
		{Row: 2, Line: 4, Field: "price", Detail: "must be a number, not a string"},
		{Row: 4, Line: 6, Field: "sku", Detail: "is required"},
		{Row: 5, Line: 8, Field: "sku", Detail: "must be unique: another record has this value"},
		{Row: 7, Line: 10, Detail: "has more cells than the first row's 7"},
		{Row: 8, Line: 11, Detail: `is not CSV: line 11, column 7: bare " in non-quoted-field`},
	}
	catalogueGoods = []string{
		`"p1" "a \"pen\",\nblue" 1.50 true [1, {"a":2}] null`,
		`"p3" "=1+1" null false "plain text" null`,
		`"p4" "short" null null null null`,
		`"p7" "last" -2 null null null`,
	}
)

func TestImportOfCSV(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		file := transfer.File{Collection: "goods", Format: transfer.CSV, Content: []byte(catalogue)}
		report, err := w.Check(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "report", report, transfer.Report{Rows: 9, Valid: 4, Errors: catalogueErrors})
		equal(t, "goods after a check", w.goods(), []string{})

		begun := w.start(file)
		equal(t, "at the start", []int64{begun.Total, begun.Done, begun.Failed}, []int64{9, 0, 0})
		done := w.finish(begun.ID)
		equal(t, "status", done.Status, hookflow.StatusSucceeded)
		equal(t, "at the end", []int64{done.Total, done.Done, done.Failed}, []int64{9, 4, 5})
		equal(t, "errors", done.Errors, catalogueErrors)
		equal(t, "goods", w.goods(), catalogueGoods)
	})
}

func TestImportsAreNoted(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		done := w.finish(w.start(transfer.File{Collection: "goods", Format: transfer.JSONL, Content: []byte(`{"sku":"a"}`)}).ID)
		page, err := w.records.Records(t.Context(), "goods", collection.Query{})
		if err != nil {
			t.Fatal(err)
		}
		entries, err := w.records.History(t.Context(), "goods", page.Records[0].Get("id").Text())
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "writer", entries[0].Action+" "+entries[0].Actor.Name, "created ann@example.com")
		rows, _, err := w.store.Audit(t.Context(), store.AuditFilter{ObjectKind: "import"}, store.Page{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "audit entries", len(rows), 1)
		equal(t, "audit", rows[0].Action+" "+rows[0].ObjectID+" "+rows[0].ActorName+" "+string(rows[0].After),
			"start "+done.ID.String()+` ann@example.com {"collection":"goods","format":"jsonl","rows":1,"done":0}`)
	})
}

func TestImportOfJSON(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		list := transfer.File{Collection: "goods", Format: transfer.JSON, Content: []byte(`[{"sku": "a", "price": 1.0, "id": "x"}, {"sku": 5}, 7]`)}
		done := w.finish(w.start(list).ID)
		equal(t, "errors", done.Errors, []store.ImportError{
			{Row: 2, Field: "sku", Detail: "must be a string, not a number"}, {Row: 3, Detail: "must be an object, not a number"},
		})
		lines := transfer.File{
			Collection: "goods", Format: transfer.JSONL, UpsertBy: "sku",
			Content: []byte("{\"sku\":\"a\",\"name\":\"new\"}\r\n\n{\"sku\":\n{\"sku\":\"b\",\"code\":\"c\"}\n{\"sku\":\"d\",\"code\":\"c\"}\n{\"sku\":\"e\"}"),
		}
		done = w.finish(w.start(lines).ID)
		equal(t, "lines", done.Errors, []store.ImportError{
			{Row: 2, Line: 3, Detail: "is not JSON at line 1, column 8 (byte 7): unexpected EOF"},
			{Row: 4, Line: 5, Field: "code", Detail: "must be unique: another record has this value"},
		})
		equal(t, "goods", w.goods(), []string{`"a" "new" 1.0 null null null`, `"b" null null null null "c"`, `"e" null null null null null`})
	})
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		w.save("other", hookflow.Field{Name: "n", Type: "integer"})
		gbk, err := simplifiedchinese.GBK.NewEncoder().String("sku,name\na,笔\n")
		if err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name string
			file transfer.File
			code hookflow.Code
			want string
		}{
			{"no collection", transfer.File{Collection: "none", Format: transfer.CSV, Content: []byte("n\n1\n")}, hookflow.CodeNotFound, "no collection"},
			{"empty", transfer.File{Collection: "other", Format: transfer.CSV}, hookflow.CodeInvalid, "empty"},
			{"unknown column", transfer.File{Collection: "other", Format: transfer.CSV, Content: []byte("n,x/y\n1,2\n")}, hookflow.CodeInvalid, "/x~1y: column 2 names no field of other"},
			{"a column twice", transfer.File{Collection: "goods", Format: transfer.CSV, Content: []byte("sku,货号\n1,2\n")}, hookflow.CodeInvalid, "column 2"},
			{"no list", transfer.File{Collection: "other", Format: transfer.JSON, Content: []byte(`{"n":1}`)}, hookflow.CodeInvalid, "must be a list"},
			{"no JSON", transfer.File{Collection: "other", Format: transfer.JSON, Content: []byte(`[`)}, hookflow.CodeInvalid, "not JSON"},
			{"not unique", transfer.File{Collection: "other", Format: transfer.JSON, Content: []byte(`[]`), UpsertBy: "n"}, hookflow.CodeInvalid, "not unique"},
			{"another charset", transfer.File{Collection: "goods", Format: transfer.CSV, Content: []byte(gbk)}, hookflow.CodeInvalid, "say in which charset"},
			{"no charset", transfer.File{Collection: "goods", Format: transfer.CSV, Charset: "martian"}, hookflow.CodeInvalid, "not known"},
		} {
			_, checked := w.Check(t.Context(), tt.file)
			_, started := w.Start(t.Context(), tt.file)
			for _, err := range []error{checked, started} {
				if hookflow.CodeOf(err) != tt.code || !strings.Contains(fmt.Sprint(err), tt.want) {
					t.Errorf("%s: %v", tt.name, err)
				}
			}
		}
		w.finish(w.start(transfer.File{Collection: "goods", Format: transfer.CSV, Content: []byte(gbk), Charset: "gbk"}).ID)
		equal(t, "goods", w.goods(), []string{`"a" "笔" null null null null`})
	})
}

// lines are n records in JSON lines.
func lines(n int) []byte {
	var text bytes.Buffer
	for i := range n {
		fmt.Fprintf(&text, "{\"sku\":\"%04d\"}\n", i)
	}
	return text.Bytes()
}

func TestImportGoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		begun := w.start(transfer.File{Collection: "goods", Format: transfer.JSONL, Content: lines(250)})
		// What a process had done that died.
		i, _, err := w.store.ClaimImport(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		i.Done = 120
		err = w.store.Write(t.Context(), func(tx *store.Tx) error {
			list := "[" + strings.ReplaceAll(strings.TrimSpace(string(lines(120))), "\n", ",") + "]"
			if _, err := w.records.CreateIn(tx, collection.Writer{}, "goods", value.Raw(list)); err != nil {
				return err
			}
			return w.store.AdvanceImport(tx, &i)
		})
		if err != nil {
			t.Fatal(err)
		}
		done := w.finish(begun.ID)
		equal(t, "at the end", []int64{done.Total, done.Done, done.Failed}, []int64{250, 250, 0})
		equal(t, "goods", len(w.goods()), 250)
		if _, _, err := w.store.ClaimImport(t.Context()); hookflow.CodeOf(err) != hookflow.CodeNotFound {
			t.Errorf("there is an import to claim: %v", err)
		}
	})
}

func TestBadRowsAreBounded(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		file := transfer.File{Collection: "goods", Format: transfer.JSONL, Content: slices.Concat(lines(150), lines(151))}
		report, err := w.Check(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "valid", report.Valid, 151)
		equal(t, "errors told", len(report.Errors), 100)
		done := w.finish(w.start(file).ID)
		equal(t, "at the end", []int64{done.Done, done.Failed}, []int64{151, 150})
		equal(t, "errors kept", len(done.Errors), 100)
	})
}

func TestImportsThatEndEarly(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		aborted := w.start(transfer.File{Collection: "goods", Format: transfer.JSONL, Content: lines(10)})
		if err := w.Abort(ann(t.Context()), aborted.ID); err != nil {
			t.Fatal(err)
		}
		equal(t, "abort again", hookflow.CodeOf(w.Abort(t.Context(), aborted.ID)), hookflow.CodeConflict)
		equal(t, "abort none", hookflow.CodeOf(w.Abort(t.Context(), 1)), hookflow.CodeNotFound)
		equal(t, "aborted", w.finish(aborted.ID).Status, hookflow.StatusAborted)
		equal(t, "goods", w.goods(), []string{})

		w.save("gone", hookflow.Field{Name: "n", Type: "integer"})
		orphan := w.start(transfer.File{Collection: "gone", Format: transfer.JSON, Content: []byte(`[{"n":1}]`)})
		if err := w.records.Drop(t.Context(), "gone"); err != nil {
			t.Fatal(err)
		}
		done := w.finish(orphan.ID)
		equal(t, "without a collection", done.Status, hookflow.StatusAborted)
		equal(t, "why", done.Errors, []store.ImportError{{Detail: `there is no collection "gone"`}})
	})
}

func TestTooManyImports(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		file := transfer.File{Collection: "goods", Format: transfer.JSONL, Content: lines(1)}
		for range store.MaxRunningImports {
			w.start(file)
		}
		_, err := w.Start(t.Context(), file)
		equal(t, "one more", hookflow.CodeOf(err), hookflow.CodeOverloaded)
	})
}

func (w *world) export(q transfer.Query) string {
	w.t.Helper()
	q.Collection = "goods"
	q.Show = func(v value.Value) value.Value { return v }
	e, err := transfer.Begin(w.t.Context(), w.records, q)
	if err != nil {
		w.t.Fatal(err)
	}
	var text bytes.Buffer
	if err := e.Write(w.t.Context(), &text); err != nil {
		w.t.Fatal(err)
	}
	return text.String()
}

func TestExportAndBack(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		for _, record := range []string{
			`{"sku": "=cmd|' /C calc'!A0", "name": "a,b \"c\"\n笔", "price": -1.50, "sold": true, "tags": ["x", "=y"]}`,
			`{"sku": "'=guarded", "name": "'plain", "price": 12345678901234567890.10}`,
			`{"sku": "+1", "name": "@sum", "tags": "text"}`,
			`{"sku": "-1", "name": "\ttab"}`,
			`{"sku": "''-x", "tags": {"a": null}}`,
		} {
			if _, err := w.records.Create(t.Context(), "goods", value.Raw(record)); err != nil {
				t.Fatal(err)
			}
		}
		before := w.goods()
		for _, format := range []string{transfer.CSV, transfer.JSON, transfer.JSONL} {
			file := w.export(transfer.Query{Format: format, BOM: true})
			err := w.store.Write(t.Context(), func(tx *store.Tx) error {
				_, err := w.records.DestroyIn(tx, collection.Writer{}, "goods", collection.Everything)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			done := w.finish(w.start(transfer.File{Collection: "goods", Format: format, Content: []byte(file)}).ID)
			equal(t, format+": errors", done.Errors, nil)
			equal(t, format, w.goods(), before)
		}

		file := w.export(transfer.Query{Format: transfer.CSV, Filter: value.Raw(`{"field": "sku", "op": "in", "value": ["-1", "+1", "=cmd|' /C calc'!A0"]}`)})
		header, rest, _ := strings.Cut(file, "\n")
		equal(t, "header", header, "id,sku,name,price,sold,tags,code,createdAt,updatedAt")
		for _, cell := range []string{",'=cmd|' /C calc'!A0,", ",-1.50,", ",'+1,'@sum,", ",'-1,'\ttab,"} {
			if !strings.Contains(rest, cell) {
				t.Errorf("the file lacks %q:\n%s", cell, rest)
			}
		}
		_, err := transfer.Begin(t.Context(), w.records, transfer.Query{Collection: "goods", Format: transfer.CSV, Filter: value.Raw(`{"field": "x"}`)})
		equal(t, "a wrong filter", hookflow.CodeOf(err), hookflow.CodeInvalid)
	})
}

func TestExportOfManyAndNone(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		equal(t, "an empty list", w.export(transfer.Query{Format: transfer.JSON}), "[]\n")
		equal(t, "no lines", w.export(transfer.Query{Format: transfer.JSONL}), "")
		w.finish(w.start(transfer.File{Collection: "goods", Format: transfer.JSONL, Content: lines(1201)}).ID)
		all, err := value.Parse([]byte(w.export(transfer.Query{Format: transfer.JSON})))
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "records", all.Len(), 1201)
		equal(t, "the last", all.Get("1200", "sku").Text(), "1200")
	})
}

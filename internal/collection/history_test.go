package collection_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// history tells the entries of a record as "action writer changes", newest first.
func (f fixture) history(t testing.TB, name, id string) []string {
	t.Helper()
	all, err := f.History(t.Context(), name, id)
	if err != nil {
		t.Fatalf("history of %s: %v", id, err)
	}
	told := []string{}
	for _, e := range all {
		if e.Record.String() != id || e.At.IsZero() {
			t.Errorf("entry %+v is not of %s", e, id)
		}
		told = append(told, fmt.Sprintf("%s %s%s%s %s", e.Action, e.Actor.Name, e.Node, e.Execution, e.Changes))
	}
	return told
}

// write runs fn in a transaction of its own.
func (f fixture) write(t testing.TB, fn func(*store.Tx) error) {
	t.Helper()
	if err := f.store.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func testHistory(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	ctx := auth.With(t.Context(), auth.Principal{Type: auth.TypeUser, ID: 7, Name: "ann@example.com"})
	made, err := f.Create(ctx, "orders", value.Raw(`{"name": "a", "amount": 1.50}`))
	if err != nil {
		t.Fatal(err)
	}
	id := made.Get("id").Text()
	if _, err := f.Patch(ctx, "orders", id, value.Raw(`{"amount": 2, "state": "paid", "name": "a"}`)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Replace(t.Context(), "orders", id, value.Raw(`{"name": "b", "state": "paid"}`)); err != nil {
		t.Fatal(err)
	}
	created := `created ann@example.com {"name":[null,"a"],"amount":[null,1.50],"state":[null,"new"]}`
	changes := []string{
		`updated system {"name":["a","b"],"amount":[2,null]}`,
		`updated ann@example.com {"amount":[1.50,2],"state":["new","paid"]}`,
		created,
	}
	equal(t, "history", f.history(t, "orders", id), changes)

	if err := f.Delete(ctx, "orders", id); err != nil {
		t.Fatal(err)
	}
	gone := `deleted ann@example.com {"name":["b",null],"state":["paid",null]}`
	equal(t, "history after the end", f.history(t, "orders", id), append([]string{gone}, changes...))

	_, err = f.History(t.Context(), "orders", (hookflow.ID(1) << 40).String())
	equal(t, "history of no record", hookflow.CodeOf(err), hookflow.CodeNotFound)
	_, err = f.History(t.Context(), "orders", "x")
	equal(t, "history of what is no id", hookflow.CodeOf(err), hookflow.CodeNotFound)
	_, err = f.History(t.Context(), "none", id)
	equal(t, "history of no collection", hookflow.CodeOf(err), hookflow.CodeNotFound)

	if err := f.Drop(t.Context(), "orders"); err != nil {
		t.Fatal(err)
	}
	f.save(t, "orders", orders...)
	_, err = f.History(t.Context(), "orders", id)
	equal(t, "history in a new collection", hookflow.CodeOf(err), hookflow.CodeNotFound)
}

func testHistoryOfNodes(t *testing.T, f fixture) {
	f.save(t, "stock", hookflow.Field{Name: "name", Type: "string", Unique: true}, hookflow.Field{Name: "n", Type: "integer"})
	by := func(node string) collection.Writer { return collection.Writer{Workflow: 3, Execution: 5, Node: node} }
	var pen, ink string
	f.write(t, func(tx *store.Tx) error {
		made, err := f.CreateIn(tx, by("save"), "stock", value.Raw(`[{"name": "pen", "n": 1}, {"name": "ink"}]`))
		pen, ink = made.Get("0", "id").Text(), made.Get("1", "id").Text()
		return err
	})
	var paper string
	f.write(t, func(tx *store.Tx) error {
		made, err := f.UpsertIn(tx, by("put"), "stock", value.Raw(`[{"name": "pen", "n": 2}, {"name": "paper"}]`), []string{"name"})
		paper = made.Get("1", "id").Text()
		return err
	})
	f.write(t, func(tx *store.Tx) error {
		count, err := f.UpdateIn(tx, by("all"), "stock", collection.Everything, value.Raw(`{"n": 2}`))
		equal(t, "updated", count, 3)
		return err
	})
	f.write(t, func(tx *store.Tx) error {
		_, err := f.SQLIn(tx, by("sql"), collection.Statement{SQL: `UPDATE stock SET n = n + 1 WHERE name = 'ink'`, Write: true})
		return err
	})
	f.write(t, func(tx *store.Tx) error {
		count, err := f.DestroyIn(tx, by("gone"), "stock", value.Raw(`{"field": "name", "op": "notEquals", "value": "pen"}`))
		equal(t, "destroyed", count, 2)
		return err
	})
	const five = "0000000000005"
	equal(t, "changed by an upsert", f.history(t, "stock", pen), []string{
		`updated all` + five + ` {}`, `updated put` + five + ` {"n":[1,2]}`, `created save` + five + ` {"name":[null,"pen"],"n":[null,1]}`,
	})
	equal(t, "changed by SQL", f.history(t, "stock", ink), []string{
		`deleted gone` + five + ` {"name":["ink",null],"n":[3,null]}`, `updated sql` + five + ` {"n":[2,3]}`,
		`updated all` + five + ` {"n":[null,2]}`, `created save` + five + ` {"name":[null,"ink"]}`,
	})
	equal(t, "made by an upsert", f.history(t, "stock", paper), []string{
		`deleted gone` + five + ` {"name":["paper",null],"n":[2,null]}`, `updated all` + five + ` {"n":[null,2]}`, `created put` + five + ` {"name":[null,"paper"]}`,
	})

	last, err := f.Writers(t.Context(), "stock", []string{pen, "x", (hookflow.ID(1) << 40).String()})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "known writers", len(last), 1)
	equal(t, "last writer", last[pen].Node, "all")

	f.write(t, func(tx *store.Tx) error {
		if _, err := f.CreateIn(tx, by("lost"), "stock", value.Raw(`{"name": "lost"}`)); err != nil {
			return err
		}
		return nil
	})
	failed := f.store.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := f.UpdateIn(tx, by("lost"), "stock", collection.Everything, value.Raw(`{"n": 9}`)); err != nil {
			return err
		}
		return context.Canceled
	})
	equal(t, "taken back", failed.Error(), context.Canceled.Error())
	equal(t, "history of what was taken back", len(f.history(t, "stock", pen)), 3)
}

func testHistoryBounds(t *testing.T, f fixture) {
	f.save(t, "notes", hookflow.Field{Name: "text", Type: "text"}, hookflow.Field{Name: "n", Type: "integer"})
	long := strings.Repeat("字", 3000)
	id := f.create(t, "notes", `{"text": "`+long+`"}`).Get("id").Text()
	if _, err := f.Patch(t.Context(), "notes", id, value.Raw(`{"text": "short"}`)); err != nil {
		t.Fatal(err)
	}
	told := f.history(t, "notes", id)
	for _, entry := range told {
		if !strings.Contains(entry, `{"truncated":true,"bytes":9002,"head":"\"字字`) || len(entry) > 3000 {
			t.Errorf("a long value is kept as %s", entry)
		}
	}
	f.write(t, func(tx *store.Tx) error {
		for i := range collection.MaxHistory {
			if _, err := f.UpdateIn(tx, collection.Writer{}, "notes", collection.Everything, value.Raw(fmt.Sprintf(`{"n": %d}`, i))); err != nil {
				return err
			}
		}
		return nil
	})
	all, err := f.History(t.Context(), "notes", id)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "entries", len(all), collection.MaxHistory+1)
	equal(t, "the newest", string(all[0].Changes), `{"n":[98,99]}`)
	equal(t, "the oldest change", string(all[collection.MaxHistory-1].Changes), `{"n":[null,0]}`)
	equal(t, "the creation", all[collection.MaxHistory].Action+string(all[collection.MaxHistory].Changes), collection.ActionCreated)
}

func testForgottenHistory(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	kept := f.create(t, "orders", `{"name": "kept"}`).Get("id").Text()
	var gone []string
	for range 3 {
		id := f.create(t, "orders", `{"name": "gone"}`).Get("id").Text()
		if err := f.Delete(t.Context(), "orders", id); err != nil {
			t.Fatal(err)
		}
		gone = append(gone, id)
	}
	forget := func(s *collection.Service, limit int) int64 {
		t.Helper()
		count, err := s.Forget(t.Context(), limit)
		if err != nil {
			t.Fatal(err)
		}
		return count
	}
	equal(t, "forgotten at once", forget(f.Service, 10), 0)
	later := collection.New(f.store, func() time.Time { return ticking()().Add(collection.HistoryLife + time.Hour) })
	equal(t, "entries of two", forget(later, 2), 4)
	equal(t, "entries of the last", forget(later, 2), 2)
	equal(t, "entries that are left", forget(later, 2), 0)
	_, err := f.History(t.Context(), "orders", gone[0])
	equal(t, "history of a forgotten record", hookflow.CodeOf(err), hookflow.CodeNotFound)
	equal(t, "history of a kept record", len(f.history(t, "orders", kept)), 1)
}

func testChecks(t *testing.T, f fixture) {
	f.save(t, "customers", hookflow.Field{Name: "name", Type: "string"})
	f.save(t, "people",
		hookflow.Field{Name: "email", Type: "email", Unique: true},
		hookflow.Field{Name: "age", Type: "integer", Required: true},
		hookflow.Field{Name: "customer", Type: "relation", Options: &hookflow.FieldOptions{Collection: "customers"}})
	customer := f.create(t, "customers", `{"name": "c"}`).Get("id").Text()
	f.create(t, "people", `{"email": "old@example.com", "age": 1}`)
	taken := map[string]bool{}
	check := func(upsertBy string, records ...string) []string {
		t.Helper()
		var all []value.Value
		for _, r := range records {
			all = append(all, value.Raw(r))
		}
		problems, err := f.Check(t.Context(), "people", all, upsertBy, taken)
		if err != nil {
			t.Fatal(err)
		}
		told := make([]string, len(problems))
		for i, found := range problems {
			for _, p := range found {
				told[i] += p.Pointer + " " + p.Detail + ";"
			}
		}
		return told
	}
	const unique = "/email must be unique: another record has this value;"
	equal(t, "new ones", check("",
		`{"email": "a@example.com", "age": "7", "customer": "`+customer+`"}`,
		`{"email": "a@example.com", "age": 8}`,
		`{"email": "b@example.com"}`,
		`{"email": "b@example.com", "age": 1}`,
		`{"email": "old@example.com", "age": 1}`,
		`{"age": 1, "customer": "`+(hookflow.ID(1)<<40).String()+`"}`,
		`7`,
		`{"age": 1, "x": 2}`,
	), []string{"", unique, "/age is required;", "", unique, "/customer is not the id of a record in customers;", " must be an object, not a number;", "/x there is no such field;"})
	equal(t, "those before", check("", `{"email": "a@example.com", "age": 1}`), []string{unique})
	equal(t, "upserts", check("email", `{"email": "old@example.com", "age": 1}`, `{"age": 2}`), []string{"", "/email is required;"})
	equal(t, "people", f.count(t, "people", ""), 1)
	_, err := f.Check(t.Context(), "people", nil, "age", taken)
	fails(t, err, hookflow.CodeInvalid, "/upsertBy", "not unique")
}

func testAudit(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	f.save(t, "orders", orders...) // which changes nothing
	f.save(t, "orders", append([]hookflow.Field{{Name: "n", Type: "integer"}}, orders...)...)
	id := f.create(t, "orders", `{"name": "a"}`).Get("id").Text()
	f.create(t, "orders", `[{"name": "b"}, {"name": "c"}]`)
	if _, err := f.Patch(t.Context(), "orders", id, value.Raw(`{"name": "d", "n": null}`)); err != nil {
		t.Fatal(err)
	}
	if err := f.Delete(t.Context(), "orders", id); err != nil {
		t.Fatal(err)
	}
	if err := f.Drop(t.Context(), "orders"); err != nil {
		t.Fatal(err)
	}
	rows, _, err := f.store.Audit(t.Context(), store.AuditFilter{}, store.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range rows {
		before, after := value.Value(e.Before), value.Value(e.After)
		told = append(told, fmt.Sprintf("%s %s %s: %s%d -> %s%d %s", e.Action, e.ObjectKind, strings.ReplaceAll(e.ObjectID, id, "ID"),
			before.Get("name").Text(), before.Get("fields").Len(), after.Get("name").Text(), after.Get("fields").Len(), after.Get("count").Text()))
	}
	equal(t, "audit", told, []string{
		"delete collection orders: orders4 -> 0 ",
		"delete record orders/ID: d0 -> 0 ",
		"update record orders/ID: a0 -> d0 ",
		"create record orders: 0 -> 0 2",
		"create record orders/ID: 0 -> a0 ",
		"update collection orders: orders3 -> orders4 ",
		"create collection orders: 0 -> orders3 ",
	})
}

func testStats(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	f.create(t, "orders", `[{"name": "a"}, {"name": "b"}]`)
	stats, err := f.Stats(t.Context(), "orders")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "rows", stats.Rows, 2)
	equal(t, "estimated", stats.Estimated, false)
	if measured := f.store.Dialect() == store.Postgres; measured != (stats.Bytes != nil) {
		t.Errorf("bytes are %v", stats.Bytes)
	}
	_, err = f.Stats(t.Context(), "none")
	equal(t, "stats of no collection", hookflow.CodeOf(err), hookflow.CodeNotFound)
}

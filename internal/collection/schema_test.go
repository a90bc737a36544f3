package collection_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

var ignoreTimes = cmp.Options{
	cmpopts.IgnoreFields(hookflow.Collection{}, "CreatedAt", "UpdatedAt"),
	cmpopts.IgnoreFields(hookflow.Field{}, "ID"),
}

// addField adds a field at the end of a collection.
func (f fixture) addField(t testing.TB, name string, field hookflow.Field) error {
	t.Helper()
	saved, err := f.Get(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	saved.Fields = append(saved.Fields, field)
	_, err = f.Save(t.Context(), saved)
	return err
}

// dropField leaves a field out, and means it.
func (f fixture) dropField(t testing.TB, name, field string) {
	t.Helper()
	saved, err := f.Get(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	saved.Fields = slices.DeleteFunc(saved.Fields, func(f hookflow.Field) bool { return f.Name == field })
	if _, err := f.Change(t.Context(), saved, collection.Options{Drop: true}); err != nil {
		t.Fatal(err)
	}
}

func testSchema(t *testing.T, f fixture) {
	all, err := f.List(t.Context())
	if err != nil || len(all) != 0 {
		t.Fatalf("an empty database has %v, %v", all, err)
	}
	_, err = f.Get(t.Context(), "orders")
	equal(t, "get of none", hookflow.CodeOf(err), hookflow.CodeNotFound)

	wanted := hookflow.Collection{Kind: "Collection", Name: "orders", Title: "Orders <&>", Fields: orders}
	created, err := f.Save(t.Context(), wanted)
	if err != nil || !created {
		t.Fatalf("created %t, %v", created, err)
	}
	got, err := f.Get(t.Context(), "orders")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wanted, got, ignoreTimes); diff != "" {
		t.Errorf("saved (-want +got):\n%s", diff)
	}
	created, err = f.Save(t.Context(), got)
	again, _ := f.Get(t.Context(), "orders")
	if err != nil || created || !again.UpdatedAt.Equal(got.UpdatedAt) {
		t.Errorf("saved again: created %t, updated %s then %s, %v", created, got.UpdatedAt, again.UpdatedAt, err)
	}
	f.save(t, "Accounts")
	all, err = f.List(t.Context())
	if err != nil || len(all) != 2 || all[0].Name != "Accounts" || all[1].Name != "orders" {
		t.Errorf("list %v, %v", all, err)
	}
	f.create(t, "Accounts", `{}`)
}

func testSchemaChanges(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	f.create(t, "orders", `[{"name": "a"}, {"name": "b", "amount": 1.5}, {"name": "b"}]`)
	change := func(fields ...hookflow.Field) error {
		_, err := f.Save(t.Context(), hookflow.Collection{Name: "orders", Fields: fields})
		return err
	}
	name, amount, state := orders[0], orders[1], orders[2]

	note := hookflow.Field{Name: "note", Type: "string", Default: []byte(`"none"`)}
	rank := hookflow.Field{Name: "rank", Type: "integer", Required: true, Default: []byte(`7`), Index: true}
	if err := change(rank, name, note, amount, state); err != nil {
		t.Fatal(err)
	}
	first := f.find(t, "orders", collection.Query{Sort: []string{"createdAt"}, Limit: 1})[0]
	keys := ""
	for key := range first.Members() {
		keys += key + " "
	}
	equal(t, "keys in the new order", keys, "id rank name note amount state createdAt updatedAt ")
	equal(t, "what was there", string(first.Get("rank"))+string(first.Get("note")), "7null")
	equal(t, "what is new", string(f.create(t, "orders", `{"name": "c"}`).Get("note")), `"none"`)

	required := amount
	required.Required = true
	fails(t, change(rank, name, note, required, state), hookflow.CodeInvalid, "/fields/3/required", "3 records have no value")
	bare := hookflow.Field{Name: "bare", Type: "date", Required: true}
	fails(t, f.addField(t, "orders", bare), hookflow.CodeInvalid, "/fields/5/required", "4 records")
	required.Default = []byte(`0.00`)
	if err := change(rank, name, note, required, state); err != nil {
		t.Fatal(err)
	}
	equal(t, "filled", f.count(t, "orders", `{"field":"amount","op":"equals","value":0}`), 3)
	if err := change(rank, name, note, amount, state); err != nil {
		t.Fatal(err)
	}
	f.create(t, "orders", `{"name": "d", "amount": null}`)

	unique := name
	unique.Unique = true
	fails(t, change(rank, unique, note, amount, state), hookflow.CodeConflict, "/fields/1/unique", "same value")
	twice := f.find(t, "orders", collection.Query{Filter: value.Raw(`{"field":"name","op":"equals","value":"b"}`)})
	if err := f.Delete(t.Context(), "orders", twice[0].Get("id").Text()); err != nil {
		t.Fatal(err)
	}
	if err := change(rank, unique, note, amount, state); err != nil {
		t.Fatal(err)
	}
	_, err := f.Create(t.Context(), "orders", value.Raw(`{"name": "a"}`))
	fails(t, err, hookflow.CodeConflict, "/name", "unique")
	if err := change(rank, name, note, amount, state); err != nil {
		t.Fatal(err)
	}
	f.create(t, "orders", `{"name": "a"}`)

	wide := hookflow.Field{Name: "wide", Type: "string", Options: &hookflow.FieldOptions{MaxLength: 5000}}
	if err := f.addField(t, "orders", wide); err != nil {
		t.Fatal(err)
	}
	f.create(t, "orders", `{"name": "e", "wide": "`+strings.Repeat("x", 2001)+`"}`)
	wide.Index = true
	fails(t, change(rank, name, note, amount, state, wide), hookflow.CodeInvalid, "/fields/5", "2000 bytes")
	fails(t, change(rank, name, note, amount), hookflow.CodeInvalid, "/fields", "field state is missing")
	retyped := amount
	retyped.Type = "integer"
	fails(t, change(rank, name, note, retyped, state, wide), hookflow.CodeInvalid, "/fields/3/type", "1 of 3 values cannot be integer")
	got, err := f.Get(t.Context(), "orders")
	if err != nil || len(got.Fields) != 6 || got.Fields[5].Index {
		t.Errorf("after refused changes: %+v, %v", got, err)
	}
}

func testRefusedSchemas(t *testing.T, f fixture) {
	f.save(t, "orders")
	field := func(f hookflow.Field) hookflow.Collection {
		return hookflow.Collection{Name: "c", Fields: []hookflow.Field{f}}
	}
	many := make([]hookflow.Field, 201)
	for i := range many {
		many[i] = hookflow.Field{Name: fmt.Sprintf("f%d", i), Type: "integer"}
	}
	tests := []struct {
		collection    hookflow.Collection
		pointer, want string
	}{
		{hookflow.Collection{Name: ""}, "/name", "must begin with a letter"},
		{hookflow.Collection{Name: "a b"}, "/name", "must begin with a letter"},
		{hookflow.Collection{Name: `x"; DROP TABLE hf_meta; --`}, "/name", "must begin with a letter"},
		{hookflow.Collection{Name: "a" + strings.Repeat("b", 63)}, "/name", "at most 63"},
		{hookflow.Collection{Name: "c", Title: strings.Repeat("x", 256)}, "/title", "longer than 255"},
		{hookflow.Collection{Name: "c", Title: "a\x00"}, "/title", "U+0000"},
		{hookflow.Collection{Name: "c", Fields: many}, "/fields", "at most 200"},
		{field(hookflow.Field{Name: "id", Type: "string"}), "/fields/0/name", "every record has"},
		{field(hookflow.Field{Name: "createdat", Type: "string"}), "/fields/0/name", "every record has"},
		{field(hookflow.Field{Name: "updatedAt", Type: "string"}), "/fields/0/name", "every record has"},
		{field(hookflow.Field{Name: "1", Type: "string"}), "/fields/0/name", "must begin with a letter"},
		{field(hookflow.Field{Name: "f", Type: "strin"}), "/fields/0/type", "must be one of"},
		{field(hookflow.Field{Name: "f", Type: "id"}), "/fields/0/type", "must be one of"},
		{field(hookflow.Field{Name: "f", Type: "json", Index: true}), "/fields/0", "cannot be unique or indexed"},
		{field(hookflow.Field{Name: "f", Type: "text", Unique: true}), "/fields/0", "cannot be unique or indexed"},
		{field(hookflow.Field{Name: "f", Type: "integer", Default: []byte(`"x"`)}), "/fields/0/default", "whole number"},
		{field(hookflow.Field{Name: "f", Type: "json", Default: []byte(`{`)}), "/fields/0/default", "not JSON"},
		{field(hookflow.Field{Name: "f", Type: "select"}), "/fields/0/options/choices", "1 to 1000"},
		{field(hookflow.Field{Name: "f", Type: "select", Options: &hookflow.FieldOptions{Choices: []string{"a", ""}}}), "/fields/0/options/choices/1", "1 to 255"},
		{field(hookflow.Field{Name: "f", Type: "select", Options: &hookflow.FieldOptions{Choices: []string{"a", "a"}}}), "/fields/0/options/choices/1", "twice"},
		{field(hookflow.Field{Name: "f", Type: "integer", Options: choices}), "/fields/0/options/choices", "select fields only"},
		{field(hookflow.Field{Name: "f", Type: "text", Options: &hookflow.FieldOptions{MaxLength: 5}}), "/fields/0/options/maxLength", "string fields only"},
		{field(hookflow.Field{Name: "f", Type: "string", Options: &hookflow.FieldOptions{MaxLength: 10_001}}), "/fields/0/options/maxLength", "between 1 and 10000"},
		{hookflow.Collection{Name: "c", Fields: []hookflow.Field{{Name: "a", Type: "date"}, {Name: "A", Type: "date"}}}, "/fields/1/name", "another field"},
	}
	for _, test := range tests {
		_, err := f.Save(t.Context(), test.collection)
		fails(t, err, hookflow.CodeInvalid, test.pointer, test.want)
	}
	_, err := f.Save(t.Context(), hookflow.Collection{Name: "ORDERS"})
	equal(t, "a name that differs by case", hookflow.CodeOf(err), hookflow.CodeConflict)
	all, err := f.List(t.Context())
	if err != nil || len(all) != 1 {
		t.Errorf("list %v, %v", all, err)
	}
}

func testSaveNewAtOnce(t *testing.T, f fixture) {
	const callers = 8
	var running sync.WaitGroup
	results := make([]error, callers)
	for i := range callers {
		running.Go(func() {
			results[i] = f.SaveNew(t.Context(), hookflow.Collection{Name: "orders", Fields: orders})
		})
	}
	running.Wait()
	created := 0
	for _, err := range results {
		if err == nil {
			created++
		} else {
			equal(t, "a late one", hookflow.CodeOf(err), hookflow.CodeConflict)
		}
	}
	equal(t, "created", created, 1)
}

func testRenames(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	f.save(t, "other")
	id := f.create(t, "orders", `{"name": "a", "amount": 1.10}`).Get("id").Text()
	renamed, err := f.Get(t.Context(), "orders")
	if err != nil {
		t.Fatal(err)
	}
	renamed.Fields[1].Name = "price"
	renamed.Name, renamed.PreviousName = "sales", "orders"
	for range 2 { // the second time there is nothing left to do
		if _, err := f.Save(t.Context(), renamed); err != nil {
			t.Fatal(err)
		}
	}
	read, err := f.Record(t.Context(), "sales", id)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "a renamed field", string(read.Get("price")), "1.10")
	_, err = f.Get(t.Context(), "orders")
	equal(t, "the old name", hookflow.CodeOf(err), hookflow.CodeNotFound)
	_, err = f.Create(t.Context(), "sales", value.Raw(`{"name": "b", "amount": 1}`))
	fails(t, err, hookflow.CodeInvalid, "/amount", "no such field")

	swapped := renamed
	swapped.Fields = slices.Clone(renamed.Fields)
	swapped.Fields[0].Name, swapped.Fields[1].Name = "price", "name"
	if _, err := f.Save(t.Context(), swapped); err != nil {
		t.Fatal(err)
	}
	read, err = f.Record(t.Context(), "sales", id)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "swapped names", string(read.Get("name"))+string(read.Get("price")), `1.10"a"`)

	document := hookflow.Collection{Name: "sales", Fields: slices.Clone(orders)}
	document.Fields[0].PreviousName, document.Fields[1].PreviousName = "price", "name"
	document.Fields[0].Name, document.Fields[1].Name = "title", "total"
	if _, err := f.Save(t.Context(), document); err != nil {
		t.Fatal(err)
	}
	equal(t, "renamed by previous names", f.count(t, "sales", `{"all": [{"field": "title", "op": "equals", "value": "a"}, {"field": "total", "op": "equals", "value": 1.1}]}`), 1)

	taken := renamed
	taken.Name, taken.PreviousName = "Other", "sales"
	_, err = f.Save(t.Context(), taken)
	equal(t, "a taken name", hookflow.CodeOf(err), hookflow.CodeConflict)
}

func testDrops(t *testing.T, f fixture) {
	f.save(t, "things", things...)
	f.create(t, "things", `{"name": "a", "n": 5, "s": "x"}`)
	f.dropField(t, "things", "n")
	f.dropField(t, "things", "name")
	if err := f.addField(t, "things", hookflow.Field{Name: "n", Type: "string", Unique: true}); err != nil {
		t.Fatal(err)
	}
	got := f.find(t, "things", collection.Query{Fields: []string{"s", "n"}})[0]
	equal(t, "what is left", string(got.Get("s"))+string(got.Get("n")), `"x"null`)
	saved, err := f.Get(t.Context(), "things")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the new field's place", saved.Fields[len(saved.Fields)-1].Name, "n")

	if err := f.Drop(t.Context(), "things"); err != nil {
		t.Fatal(err)
	}
	equal(t, "a second drop", hookflow.CodeOf(f.Drop(t.Context(), "things")), hookflow.CodeNotFound)
	f.save(t, "things", hookflow.Field{Name: "s", Type: "text"})
	equal(t, "records of a new one", f.count(t, "things", ""), 0)
}

func testTwoServices(t *testing.T, f fixture) {
	sees(t, f, fixture{collection.New(f.store, ticking()), f.store})
}

func TestPostgresProcesses(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	sees(t, open(t, store.Options{URL: url}), open(t, store.Options{URL: url}))
}

// sees checks that a service that knows the catalogue hears of another's changes.
func sees(t *testing.T, f, other fixture) {
	t.Helper()
	if _, err := other.List(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.save(t, "orders", orders...)
	awaitFields(t, other, 3)
	other.create(t, "orders", `{"name": "a"}`)
	if err := f.addField(t, "orders", hookflow.Field{Name: "note", Type: "text"}); err != nil {
		t.Fatal(err)
	}
	awaitFields(t, other, 4)
	other.create(t, "orders", `{"name": "b", "note": "seen"}`)
	equal(t, "records", f.count(t, "orders", ""), 2)
}

// awaitFields asks until orders has so many fields, or the test's time is up.
func awaitFields(t *testing.T, f fixture, want int) {
	t.Helper()
	for {
		saved, err := f.Get(t.Context(), "orders")
		if err != nil && hookflow.CodeOf(err) != hookflow.CodeNotFound {
			t.Fatal(err)
		}
		if err == nil && len(saved.Fields) == want {
			return
		}
		runtime.Gosched()
	}
}

func BenchmarkCreate(b *testing.B) {
	f := open(b, store.Options{Path: b.TempDir() + "/bench.db"})
	f.save(b, "orders", orders...)
	record := value.Raw(`{"name": "order", "amount": 19.90, "state": "paid"}`)
	b.ReportAllocs()
	for done := 0; done < b.N; done += 500 {
		err := f.store.Write(b.Context(), func(tx *store.Tx) error {
			for range min(500, b.N-done) {
				if _, err := f.CreateIn(tx, collection.Writer{}, "orders", record); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

package collection_test

import (
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

func relation(name string, o hookflow.FieldOptions) hookflow.Field {
	return hookflow.Field{Name: name, Type: "relation", Options: &o}
}

func testRelations(t *testing.T, f fixture) {
	f.save(t, "regions", hookflow.Field{Name: "name", Type: "string"})
	f.save(t, "customers", hookflow.Field{Name: "name", Type: "string"}, relation("region", hookflow.FieldOptions{Collection: "regions"}))
	f.save(t, "orders", hookflow.Field{Name: "no", Type: "integer"}, relation("customer", hookflow.FieldOptions{Collection: "customers"}),
		relation("before", hookflow.FieldOptions{Collection: "orders"}))
	f.save(t, "customers", hookflow.Field{Name: "name", Type: "string"}, relation("region", hookflow.FieldOptions{Collection: "regions"}),
		relation("orders", hookflow.FieldOptions{Collection: "orders", Kind: "many", Field: "customer"}))

	north := f.create(t, "regions", `{"name": "North"}`).Get("id").Text()
	ann := f.create(t, "customers", `{"name": "Ann", "region": "`+north+`"}`).Get("id").Text()
	bob := f.create(t, "customers", `{"name": "Bob"}`)
	first := f.create(t, "orders", `{"no": 1, "customer": "`+ann+`"}`).Get("id").Text()
	f.create(t, "orders", `[{"no": 2, "customer": "`+ann+`", "before": "`+first+`"}, {"no": 3, "customer": `+string(bob)+`}, {"no": 4}]`)

	records := f.find(t, "orders", collection.Query{Sort: []string{"no"}, Fields: []string{"no"}, With: []string{"customer.region", "before"}})
	equal(t, "a record's record", records[0].Get("customer", "name").Text(), "Ann")
	equal(t, "and that one's", records[1].Get("customer", "region", "name").Text(), "North")
	equal(t, "another relation", string(records[1].Get("before", "no")), "1")
	equal(t, "no region", string(records[2].Get("customer", "region")), "null")
	equal(t, "no customer", string(records[3].Get("customer")), "null")

	customers := f.find(t, "customers", collection.Query{Sort: []string{"name"}, With: []string{"orders", "orders.before"}})
	equal(t, "many", customers[0].Get("orders").Len(), 2)
	equal(t, "all of many", string(customers[0].Get("orders", "no")), "[1,2]")
	equal(t, "a record of one of many", string(customers[0].Get("orders", "before", "no")), "[null,1]")
	equal(t, "without", f.find(t, "customers", collection.Query{})[0].Get("orders") == nil, true)

	equal(t, "a filter", f.count(t, "orders", `{"field": "customer", "op": "equals", "value": "`+ann+`"}`), 2)
	equal(t, "a filter by many", f.count(t, "orders", `{"field": "customer", "op": "in", "value": ["`+ann+`", null]}`), 3)

	renamed, err := f.Get(t.Context(), "orders")
	if err != nil {
		t.Fatal(err)
	}
	renamed.Name, renamed.PreviousName = "sales", "orders"
	renamed.Fields[1].Name = "buyer"
	renamed.Fields[2].Options.Collection = "sales"
	if _, err := f.Save(t.Context(), renamed); err != nil {
		t.Fatal(err)
	}
	customers = f.find(t, "customers", collection.Query{Sort: []string{"name"}, With: []string{"orders"}})
	equal(t, "many after a renaming", customers[0].Get("orders").Len(), 2)
	equal(t, "a drop", hookflow.CodeOf(f.Drop(t.Context(), "sales")), hookflow.CodeConflict)
}

func testRelatedDeletions(t *testing.T, f fixture) {
	f.save(t, "customers", hookflow.Field{Name: "name", Type: "string"})
	ann := f.create(t, "customers", `{"name": "Ann"}`).Get("id").Text()
	bob := f.create(t, "customers", `{"name": "Bob"}`).Get("id").Text()
	for _, onDelete := range []string{"setNull", "restrict", "cascade", ""} {
		f.save(t, "orders", relation("customer", hookflow.FieldOptions{Collection: "customers", OnDelete: onDelete}))
	}
	order := func(customer string) { f.create(t, "orders", `{"customer": "`+customer+`"}`) }
	remove := func(id string) error { return f.Delete(t.Context(), "customers", id) }

	order(ann)
	if err := remove(ann); err != nil {
		t.Fatal(err)
	}
	equal(t, "set to null", f.count(t, "orders", `{"field": "customer", "op": "empty"}`), 1)

	order(bob)
	f.save(t, "orders", relation("customer", hookflow.FieldOptions{Collection: "customers", OnDelete: "restrict"}))
	equal(t, "restricted", hookflow.CodeOf(remove(bob)), hookflow.CodeConflict)
	err := f.store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := f.DestroyIn(tx, collection.Writer{}, "customers", collection.Everything)
		return err
	})
	equal(t, "restricted by filter", hookflow.CodeOf(err), hookflow.CodeConflict)

	f.save(t, "orders", relation("customer", hookflow.FieldOptions{Collection: "customers", OnDelete: "cascade"}))
	if err := remove(bob); err != nil {
		t.Fatal(err)
	}
	equal(t, "after a cascade", f.count(t, "orders", ""), 1)
}

func testRefusedRelations(t *testing.T, f fixture) {
	f.save(t, "customers", hookflow.Field{Name: "name", Type: "string"})
	f.save(t, "orders", hookflow.Field{Name: "no", Type: "integer"}, relation("customer", hookflow.FieldOptions{Collection: "customers"}))
	required := relation("r", hookflow.FieldOptions{Collection: "customers", OnDelete: "setNull"})
	required.Required = true
	tests := []struct {
		field         hookflow.Field
		pointer, want string
	}{
		{hookflow.Field{Name: "r", Type: "relation"}, "/fields/0/options/collection", "is required"},
		{relation("r", hookflow.FieldOptions{Collection: "nope"}), "/fields/0/options/collection", "there is no collection"},
		{relation("r", hookflow.FieldOptions{Collection: "customers", Kind: "few"}), "/fields/0/options/kind", "one or many"},
		{relation("r", hookflow.FieldOptions{Collection: "customers", Field: "x"}), "/fields/0/options/field", "kind many only"},
		{relation("r", hookflow.FieldOptions{Collection: "orders", Kind: "many"}), "/fields/0/options/field", "is required"},
		{relation("r", hookflow.FieldOptions{Collection: "orders", Kind: "many", Field: "no"}), "/fields/0/options/field", "leads to this collection"},
		{relation("r", hookflow.FieldOptions{Collection: "orders", Kind: "many", Field: "customer"}), "/fields/0/options/field", "leads to this collection"},
		{relation("r", hookflow.FieldOptions{Collection: "customers", OnDelete: "explode"}), "/fields/0/options/onDelete", "cascade"},
		{required, "/fields/0/options/onDelete", "required"},
		{hookflow.Field{Name: "r", Type: "string", Options: &hookflow.FieldOptions{Collection: "customers"}}, "/fields/0/options/collection", "relation fields only"},
	}
	for _, test := range tests {
		_, err := f.Save(t.Context(), hookflow.Collection{Name: "c", Fields: []hookflow.Field{test.field}})
		fails(t, err, hookflow.CodeInvalid, test.pointer, test.want)
	}
	equal(t, "a target that is needed", hookflow.CodeOf(f.Drop(t.Context(), "customers")), hookflow.CodeConflict)

	for record, want := range map[string]string{
		`{"customer": "0000000000001"}`: "is not the id of a record in customers", `{"customer": "x"}`: "is not the id of a record", `{"customer": 5}`: "must be the id",
	} {
		_, err := f.Create(t.Context(), "orders", value.Raw(record))
		fails(t, err, hookflow.CodeInvalid, "/customer", want)
	}
	_, err := f.Create(t.Context(), "orders", value.Raw(`[{"no": 1}, {"customer": "0000000000001"}]`))
	fails(t, err, hookflow.CodeInvalid, "/1/customer", "is not the id of a record in customers")
	id := f.create(t, "orders", `{"no": 1}`).Get("id").Text()
	_, err = f.Patch(t.Context(), "orders", id, value.Raw(`{"customer": "`+id+`"}`))
	fails(t, err, hookflow.CodeInvalid, "/customer", "is not the id of a record in customers")
	for with, want := range map[string]string{"no": "there is no relation", "nope": "there is no relation", "customer.orders": "there is no relation"} {
		_, err := f.Records(t.Context(), "orders", collection.Query{With: []string{with}})
		fails(t, err, hookflow.CodeInvalid, "/with/0", want)
	}
}

func testUpserts(t *testing.T, f fixture) {
	f.save(t, "stock", hookflow.Field{Name: "sku", Type: "string", Unique: true}, hookflow.Field{Name: "n", Type: "integer", Default: []byte(`1`)},
		hookflow.Field{Name: "price", Type: "decimal"})
	upsert := func(values string, by ...string) (result value.Value, err error) {
		err = f.store.Write(t.Context(), func(tx *store.Tx) error {
			result, err = f.UpsertIn(tx, collection.Writer{}, "stock", value.Raw(values), by)
			return err
		})
		return result, err
	}
	first, err := upsert(`{"sku": "a", "price": 1.10}`, "sku")
	if err != nil {
		t.Fatal(err)
	}
	again, err := upsert(`[{"sku": "a", "n": 5}, {"sku": "b"}, {"sku": "b", "n": 7}]`, "sku")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the same record", strings.HasPrefix(string(again.Get("id")), "["+string(first.Get("id"))), true)
	equal(t, "what was not given", string(again.Get("price")), "[1.10,null,null]")
	equal(t, "what was", string(again.Get("n")), "[5,1,7]")
	equal(t, "records", f.count(t, "stock", ""), 2)
	for by, want := range map[string]string{"n": "is not unique", "nope": "there is no field"} {
		_, err := upsert(`{"sku": "a"}`, by)
		fails(t, err, hookflow.CodeInvalid, "/upsertBy", want)
	}
	_, err = upsert(`{"sku": "a"}`, "sku", "n")
	fails(t, err, hookflow.CodeInvalid, "/upsertBy", "one unique field")
	_, err = upsert(`[{"sku": "c"}, {"n": 1}]`, "sku")
	fails(t, err, hookflow.CodeInvalid, "/1/sku", "is required")
	equal(t, "after a refusal", f.count(t, "stock", ""), 2)
}

func testAggregates(t *testing.T, f fixture) {
	f.save(t, "c", hookflow.Field{Name: "i", Type: "bigint"}, hookflow.Field{Name: "d", Type: "decimal"}, hookflow.Field{Name: "f", Type: "number"},
		hookflow.Field{Name: "s", Type: "string"}, hookflow.Field{Name: "at", Type: "datetime"}, hookflow.Field{Name: "j", Type: "json"})
	f.save(t, "none", hookflow.Field{Name: "i", Type: "integer"})
	f.create(t, "c", `[
		{"i": 9223372036854775807, "d": 0.10, "f": 1.5, "s": "a", "at": "2026-01-01T00:00:00Z"},
		{"i": 9223372036854775807, "d": 0.2, "f": 2.5, "s": "B"},
		{"i": 1, "d": 0.1, "at": "2025-01-01T00:00:00Z"}, {}
	]`)
	tests := []struct {
		ask  collection.Aggregate
		want string
	}{
		{collection.Aggregate{Function: "count"}, "4"},
		{collection.Aggregate{Function: "count", Field: "i"}, "3"},
		{collection.Aggregate{Function: "count", Field: "i", Distinct: true}, "2"},
		{collection.Aggregate{Function: "count", Field: "d", Distinct: true}, "2"},
		{collection.Aggregate{Function: "count", Filter: value.Raw(`{"field": "s", "op": "empty"}`)}, "2"},
		{collection.Aggregate{Function: "sum", Field: "i"}, "18446744073709551615"},
		{collection.Aggregate{Function: "sum", Field: "d"}, "0.40"},
		{collection.Aggregate{Function: "sum", Field: "f"}, "4"},
		{collection.Aggregate{Function: "avg", Field: "d"}, "0.13333333333333333333"},
		{collection.Aggregate{Function: "avg", Field: "i"}, "6148914691236517205"},
		{collection.Aggregate{Function: "avg", Field: "f"}, "2"},
		{collection.Aggregate{Function: "min", Field: "d", Filter: value.Raw(`{"field": "d", "op": "gt", "value": 0.1}`)}, "0.2"},
		{collection.Aggregate{Function: "max", Field: "d"}, "0.2"},
		{collection.Aggregate{Function: "min", Field: "s"}, `"B"`},
		{collection.Aggregate{Function: "max", Field: "at"}, `"2026-01-01T00:00:00Z"`},
		{collection.Aggregate{Function: "sum", Field: "i", Filter: value.Raw(`{"any": []}`)}, "0"},
		{collection.Aggregate{Function: "avg", Field: "i", Filter: value.Raw(`{"any": []}`)}, "null"},
		{collection.Aggregate{Function: "max", Field: "s", Filter: value.Raw(`{"any": []}`)}, "null"},
	}
	for _, test := range tests {
		got, err := f.Aggregate(t.Context(), "c", test.ask)
		if err != nil {
			t.Errorf("%+v: %v", test.ask, err)
		}
		equal(t, test.ask.Function+" "+test.ask.Field, string(got), test.want)
	}
	for field, function := range map[string]string{"s": "sum", "j": "max", "nope": "count", "at": "avg", "i": "median"} {
		_, err := f.Aggregate(t.Context(), "c", collection.Aggregate{Function: function, Field: field})
		equal(t, function+" of "+field, hookflow.CodeOf(err), hookflow.CodeInvalid)
	}
}

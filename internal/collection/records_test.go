package collection_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

var orders = []hookflow.Field{
	{Name: "name", Type: "string", Required: true},
	{Name: "amount", Type: "decimal"},
	{Name: "state", Type: "select", Options: choices, Default: []byte(`"new"`)},
}

func testRecords(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	created := f.create(t, "orders", `{"amount": 1.50, "name": "first", "name": "last"}`)
	id := created.Get("id").Text()
	if parsed, err := hookflow.ParseID(id); err != nil || parsed == 0 {
		t.Errorf("id %q: %v", id, err)
	}
	at := created.Get("createdAt").Text()
	equal(t, "created", string(created),
		`{"id":"`+id+`","name":"last","amount":1.50,"state":"new","createdAt":"`+at+`","updatedAt":"`+at+`"}`)

	patched, err := f.Patch(t.Context(), "orders", id, value.Raw(`{"state": null, "id": "other", "createdAt": 5}`))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "patched", names([]value.Value{patched})+patched.Get("amount").Text()+patched.Get("state").Text(), "last1.50")
	equal(t, "its creation", patched.Get("createdAt").Text(), at)
	if later := patched.Get("updatedAt").Text(); later <= at {
		t.Errorf("updated at %s, which is not after %s", later, at)
	}

	replaced, err := f.Replace(t.Context(), "orders", id, value.Raw(`{"name": "new"}`))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "replaced", string(replaced.Get("amount"))+string(replaced.Get("state")), `null"new"`)
	back, err := f.Replace(t.Context(), "orders", id, replaced)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "sent back", string(back.Get("name"))+string(back.Get("id")), `"new""`+id+`"`)

	if err := f.Delete(t.Context(), "orders", id); err != nil {
		t.Fatal(err)
	}
	_, err = f.Record(t.Context(), "orders", id)
	equal(t, "read after deletion", hookflow.CodeOf(err), hookflow.CodeNotFound)
	equal(t, "deletion after deletion", hookflow.CodeOf(f.Delete(t.Context(), "orders", id)), hookflow.CodeNotFound)
	_, err = f.Patch(t.Context(), "orders", id, value.Raw(`{"name":"x"}`))
	equal(t, "change after deletion", hookflow.CodeOf(err), hookflow.CodeNotFound)
	_, err = f.Record(t.Context(), "orders", "' OR 1=1\x00")
	equal(t, "read of what is no id", hookflow.CodeOf(err), hookflow.CodeNotFound)
}

func testLists(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	created := f.create(t, "orders", `[{"name": "a"}, {"name": "b", "state": "paid"}]`)
	equal(t, "items", created.Len(), 2)
	equal(t, "none", string(f.create(t, "orders", `[]`)), `[]`)

	_, err := f.Create(t.Context(), "orders", value.Raw(`[{"name": "c"}, {"name": 5}, 7]`))
	fails(t, err, hookflow.CodeInvalid, "/1/name", "must be a string")
	fails(t, err, hookflow.CodeInvalid, "/2", "must be an object, not a number")
	_, err = f.Create(t.Context(), "orders", value.Raw("["+strings.Repeat(`{"name":"x"},`, collection.MaxList)+`{"name":"x"}]`))
	equal(t, "a list too long", hookflow.CodeOf(err), hookflow.CodeTooLarge)
	equal(t, "records written", f.count(t, "orders", ""), 2)
}

func testRefusedRecords(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	_, err := f.Create(t.Context(), "orders", value.Raw(`{"amount": "x", "a/b": 1, "id": "mine", "updatedAt": null}`))
	fails(t, err, hookflow.CodeInvalid, "/name", "is required")
	fails(t, err, hookflow.CodeInvalid, "/amount", "must be a number")
	fails(t, err, hookflow.CodeInvalid, "/a~1b", "no such field")
	fails(t, err, hookflow.CodeInvalid, "/id", "set by the server")
	fails(t, err, hookflow.CodeInvalid, "/updatedAt", "set by the server")
	_, err = f.Create(t.Context(), "orders", value.Raw(`{"name": null}`))
	fails(t, err, hookflow.CodeInvalid, "/name", "is required")
	for _, none := range []string{`null`, `5`, `"x"`, ``} {
		_, err = f.Create(t.Context(), "orders", value.Raw(none))
		fails(t, err, hookflow.CodeInvalid, "", "must be an object")
	}
	_, err = f.Create(t.Context(), "other\x00'", value.Raw(`{}`))
	equal(t, "an unknown collection", hookflow.CodeOf(err), hookflow.CodeNotFound)

	id := f.create(t, "orders", `{"name": "a"}`).Get("id").Text()
	_, err = f.Patch(t.Context(), "orders", id, value.Raw(`{"name": null, "x": 1}`))
	fails(t, err, hookflow.CodeInvalid, "/name", "is required")
	fails(t, err, hookflow.CodeInvalid, "/x", "no such field")
	_, err = f.Replace(t.Context(), "orders", id, value.Raw(`{}`))
	fails(t, err, hookflow.CodeInvalid, "/name", "is required")
}

func testUnique(t *testing.T, f fixture) {
	f.save(t, "people",
		hookflow.Field{Name: "name", Type: "string"},
		hookflow.Field{Name: "email", Type: "email", Unique: true},
		hookflow.Field{Name: "rate", Type: "decimal", Unique: true})
	f.create(t, "people", `{"name": "ann", "email": "ann@example.com", "rate": 1.10}`)
	f.create(t, "people", `{"name": "no one"}`)
	f.create(t, "people", `{"name": "nobody"}`)
	_, err := f.Create(t.Context(), "people", value.Raw(`{"email": "ann@example.com"}`))
	fails(t, err, hookflow.CodeConflict, "/email", "unique")
	_, err = f.Create(t.Context(), "people", value.Raw(`{"rate": 1.1}`))
	fails(t, err, hookflow.CodeConflict, "/rate", "unique")
	_, err = f.Create(t.Context(), "people", value.Raw(`[{"email": "bob@example.com"}, {"email": "bob@example.com"}]`))
	fails(t, err, hookflow.CodeConflict, "/1/email", "unique")
	f.create(t, "people", `{"name": "Ann", "email": "Ann@example.com"}`)
	equal(t, "people", f.count(t, "people", ""), 4)

	other := f.create(t, "people", `{"email": "eve@example.com"}`).Get("id").Text()
	_, err = f.Patch(t.Context(), "people", other, value.Raw(`{"email": "ann@example.com"}`))
	fails(t, err, hookflow.CodeConflict, "/email", "unique")
	_, err = f.Create(t.Context(), "people", value.Raw(`{"name": "`+strings.Repeat("x", 256)+`"}`))
	fails(t, err, hookflow.CodeInvalid, "/name", "longer than 255")
}

func testConcurrentUnique(t *testing.T, f fixture) {
	f.save(t, "people", hookflow.Field{Name: "email", Type: "email", Unique: true})
	const writers = 24
	errs := make([]error, writers)
	var running sync.WaitGroup
	for i := range errs {
		running.Go(func() {
			_, errs[i] = f.Create(t.Context(), "people", value.Raw(`{"email": "ann@example.com"}`))
		})
	}
	running.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		fails(t, err, hookflow.CodeConflict, "/email", "unique")
	}
	equal(t, "creations that won", won, 1)
	equal(t, "records", f.count(t, "people", ""), 1)
}

func testUpdatesAndDeletions(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	f.create(t, "orders", `[{"name": "a", "amount": 1}, {"name": "b", "amount": 2}, {"name": "c"}]`)
	update := func(filter, values string) (count int64, err error) {
		err = f.store.Write(t.Context(), func(tx *store.Tx) error {
			count, err = f.UpdateIn(tx, collection.Writer{}, "orders", value.Raw(filter), value.Raw(values))
			return err
		})
		return count, err
	}
	destroy := func(filter string) (count int64, err error) {
		err = f.store.Write(t.Context(), func(tx *store.Tx) error {
			count, err = f.DestroyIn(tx, collection.Writer{}, "orders", value.Raw(filter))
			return err
		})
		return count, err
	}
	count, err := update(`{"field": "amount", "op": "gte", "value": 1}`, `{"state": "paid", "amount": null}`)
	if err != nil || count != 2 {
		t.Errorf("updated %d, %v", count, err)
	}
	equal(t, "paid", names(f.find(t, "orders", collection.Query{Filter: value.Raw(`{"field":"state","op":"equals","value":"paid"}`), Sort: []string{"name"}})), "a b")
	for _, missing := range []string{``, `null`} {
		_, err = update(missing, `{"state": "paid"}`)
		fails(t, err, hookflow.CodeInvalid, "/filter", "required")
		_, err = destroy(missing)
		fails(t, err, hookflow.CodeInvalid, "/filter", "required")
	}
	_, err = update(string(collection.Everything), `{}`)
	fails(t, err, hookflow.CodeInvalid, "", "field to change")
	_, err = update(string(collection.Everything), `{"id": "x"}`)
	fails(t, err, hookflow.CodeInvalid, "/id", "set by the server")
	_, err = destroy(`{"field": "nope", "op": "equals", "value": 1}`)
	fails(t, err, hookflow.CodeInvalid, "/filter/field", "no field")

	count, err = destroy(`{"not": {"field": "state", "op": "equals", "value": "paid"}}`)
	if err != nil || count != 1 {
		t.Errorf("destroyed %d, %v", count, err)
	}
	count, err = destroy(string(collection.Everything))
	if err != nil || count != 2 {
		t.Errorf("destroyed %d, %v", count, err)
	}
}

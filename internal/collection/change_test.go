package collection_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

func testConversions(t *testing.T, f fixture) {
	tests := []struct{ from, to, values, want string }{
		{"string", "integer", `"5" "-7" ""`, `5 -7 null`},
		{"string", "decimal", `"1.10" "100"`, `1.10 100`},
		{"string", "boolean", `"true" "false"`, `true false`},
		{"string", "datetime", `"2026-01-02T03:04:05+08:00"`, `"2026-01-01T19:04:05Z"`},
		{"string", "text", `"x" ""`, `"x" ""`},
		{"string", "json", `"x"`, `"x"`},
		{"string", "uuid", `"123E4567-e89b-12d3-a456-426614174000"`, `"123e4567-e89b-12d3-a456-426614174000"`},
		{"integer", "bigint", `1 -2`, `1 -2`},
		{"integer", "string", `1 -2`, `"1" "-2"`},
		{"integer", "boolean", `1 0`, `true false`},
		{"bigint", "decimal", `9223372036854775807`, `9223372036854775807`},
		{"number", "decimal", `1.5 0.1`, `1.5 0.1`},
		{"number", "integer", `3`, `3`},
		{"decimal", "number", `1.10`, `1.1`},
		{"decimal", "string", `1.10`, `"1.10"`},
		{"boolean", "string", `true`, `"true"`},
		{"date", "datetime", `"2026-01-02"`, `"2026-01-02T00:00:00Z"`},
		{"datetime", "date", `"2026-01-02T08:00:00+08:00"`, `"2026-01-02"`},
		{"json", "text", `{"a":[1]}`, `"{\"a\":[1]}"`},
		{"json", "integer", `5`, `5`},
	}
	for i, test := range tests {
		name := fmt.Sprintf("c%d", i)
		f.save(t, name, hookflow.Field{Name: "v", Type: test.from}, hookflow.Field{Name: "kept", Type: "string", Default: []byte(`"k"`)})
		for _, v := range strings.Split(test.values, " ") {
			f.create(t, name, `{"v": `+v+`}`)
		}
		f.save(t, name, hookflow.Field{Name: "v", Type: test.to}, hookflow.Field{Name: "kept", Type: "string"})
		var got []string
		for _, record := range f.find(t, name, collection.Query{Sort: []string{"id"}}) {
			got = append(got, string(record.Get("v")))
			equal(t, "what else was there", record.Get("kept").Text(), "k")
		}
		equal(t, test.from+" to "+test.to, strings.Join(got, " "), test.want)
		f.create(t, name, `{}`)
	}
}

func testRefusedConversions(t *testing.T, f fixture) {
	tests := []struct{ from, to, values, want string }{
		{"string", "integer", `"5" "x" "1.5"`, `2 of 3 values cannot be integer: record`},
		{"string", "integer", `"abc"`, `has "abc", which must be a whole number`},
		{"number", "integer", `1.5`, `has 1.5, which`},
		{"decimal", "number", `0.12345678901234567890`, `would lose digits`},
		{"datetime", "date", `"2026-01-02T03:00:00Z"`, `must be a date`},
		{"boolean", "integer", `true`, `must be a whole number`},
		{"json", "integer", `{}`, `must be a whole number, not an object`},
		{"text", "file", `"x"`, `is no file`},
		{"string", "select", `"a"`, `must be one of the field's choices`},
	}
	for i, test := range tests {
		name := fmt.Sprintf("c%d", i)
		f.save(t, name, hookflow.Field{Name: "v", Type: test.from})
		for _, v := range strings.Split(test.values, " ") {
			f.create(t, name, `{"v": `+v+`}`)
		}
		wanted := hookflow.Field{Name: "v", Type: test.to}
		if test.to == "select" {
			wanted.Options = &hookflow.FieldOptions{Choices: []string{"b"}}
		}
		_, err := f.Save(t.Context(), hookflow.Collection{Name: name, Fields: []hookflow.Field{wanted}})
		fails(t, err, hookflow.CodeInvalid, "/fields/0/type", test.want)
		f.create(t, name, `{"v": `+strings.Split(test.values, " ")[0]+`}`)
	}
}

func testPreviews(t *testing.T, f fixture) {
	f.save(t, "orders", orders...)
	f.create(t, "orders", `[{"name": "5", "amount": 2.5}, {"name": "7"}]`)
	before, err := f.Get(t.Context(), "orders")
	if err != nil {
		t.Fatal(err)
	}
	wanted := before
	wanted.Title = "Sales"
	wanted.Fields = []hookflow.Field{before.Fields[0], before.Fields[1], {Name: "rank", Type: "integer", Required: true, Default: []byte(`1`)}}
	wanted.Fields[0].Name, wanted.Fields[0].Type = "number", "integer"
	wanted.Fields[1].Index = !wanted.Fields[1].Index
	for _, drop := range []bool{false, true} {
		got, err := f.Change(t.Context(), wanted, collection.Options{Drop: drop, DryRun: true})
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "steps", got.Changes, []collection.SchemaStep{
			{Action: "drop", Field: "state", From: "select", Records: 2},
			{Action: "rename", Field: "number", From: "name", To: "number"},
			{Action: "retype", Field: "number", From: "string", To: "integer", Records: 2},
			{Action: "set", Field: "amount"},
			{Action: "add", Field: "rank", To: "integer", Records: 2},
			{Action: "title", From: before.Title, To: "Sales"},
		})
		equal(t, "problems", len(got.Problems) > 0, !drop)
	}
	after, err := f.Get(t.Context(), "orders")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "after the previews", after, before)
	equal(t, "a record", f.find(t, "orders", collection.Query{Sort: []string{"name"}})[0].Get("name").Text(), "5")
	if _, err := f.Change(t.Context(), wanted, collection.Options{Drop: true}); err != nil {
		t.Fatal(err)
	}
	first := f.find(t, "orders", collection.Query{Sort: []string{"number"}})[0]
	equal(t, "a converted record", string(first.Get("number"))+string(first.Get("rank"))+string(first.Get("amount")), "512.5")

	invalid := before
	invalid.Fields = []hookflow.Field{{Name: "x", Type: "nope"}}
	got, err := f.Change(t.Context(), invalid, collection.Options{DryRun: true})
	if err != nil || len(got.Problems) != 1 {
		t.Errorf("a preview of what is not valid: %+v, %v", got, err)
	}
	got, err = f.Change(t.Context(), hookflow.Collection{Name: "fresh", Fields: orders}, collection.Options{DryRun: true})
	if err != nil || !got.Created {
		t.Errorf("a preview of a new collection: %+v, %v", got, err)
	}
	_, err = f.Get(t.Context(), "fresh")
	equal(t, "a collection that was only tried", hookflow.CodeOf(err), hookflow.CodeNotFound)
}

// testChangesUnderLoad: while a field is converted back and forth others write, and nothing is lost.
func testChangesUnderLoad(t *testing.T, f fixture) {
	f.save(t, "c", hookflow.Field{Name: "name", Type: "string"}, hookflow.Field{Name: "n", Type: "integer"})
	const writers, records = 4, 25
	var running sync.WaitGroup
	for range writers {
		running.Go(func() {
			for i := range records {
				err := f.store.Write(t.Context(), func(tx *store.Tx) error {
					_, err := f.CreateIn(tx, collection.Writer{}, "c", value.Raw(fmt.Sprintf(`{"name": "x", "n": %d}`, i)))
					return err
				})
				for hookflow.CodeOf(err) == hookflow.CodeOverloaded {
					err = f.store.Write(t.Context(), func(tx *store.Tx) error {
						_, err := f.CreateIn(tx, collection.Writer{}, "c", value.Raw(fmt.Sprintf(`{"name": "x", "n": %d}`, i)))
						return err
					})
				}
				// A number is no text: a record is refused while the field is one.
				if code := hookflow.CodeOf(err); err != nil && code != hookflow.CodeInvalid {
					t.Errorf("a write: %v", err)
				} else if err != nil {
					f.create(t, "c", `{"name": "x"}`)
				}
				if _, err := f.Records(t.Context(), "c", collection.Query{Limit: 3}); err != nil {
					t.Errorf("a read: %v", err)
				}
			}
		})
	}
	for i := range 6 {
		f.save(t, "c", hookflow.Field{Name: "name", Type: "string"}, hookflow.Field{Name: "n", Type: []string{"decimal", "string", "integer"}[i%3]})
	}
	running.Wait()
	equal(t, "records", f.count(t, "c", ""), writers*records)
}

package collection_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/value"
)

func testSearch(t *testing.T, f fixture) {
	f.saveThings(t)
	for search, want := range map[string]string{
		"":         "a b c d e",
		"HELLO":    "a b",
		"o_w":      "a",
		"%":        "a",
		"é":        "e",
		"123E4567": "a",
		"' OR 1":   "",
	} {
		got := names(f.find(t, "things", collection.Query{Search: search, Sort: []string{"name"}}))
		equal(t, "search "+search, got, want)
	}
	both := collection.Query{Search: "hello", Filter: value.Raw(`{"field":"n","op":"gt","value":1}`)}
	equal(t, "search and filter", names(f.find(t, "things", both)), "b")

	f.save(t, "figures", hookflow.Field{Name: "n", Type: "integer"})
	f.create(t, "figures", `{"n": 1}`)
	equal(t, "search without a text field", len(f.find(t, "figures", collection.Query{Search: "1"})), 0)
}

func testPages(t *testing.T, f fixture) {
	f.save(t, "rows",
		hookflow.Field{Name: "name", Type: "string"},
		hookflow.Field{Name: "group", Type: "integer", Index: true},
		hookflow.Field{Name: "price", Type: "decimal"},
		hookflow.Field{Name: "ok", Type: "boolean"},
		hookflow.Field{Name: "weight", Type: "number"})
	const total = 23
	for i := range total {
		group, price := fmt.Sprint(i%3), fmt.Sprintf("%d.%d0", i%5, i%2)
		if i%4 == 0 {
			group = "null"
		}
		f.create(t, "rows", fmt.Sprintf(`{"name": "r%02d", "group": %s, "price": %s, "ok": %t, "weight": %d.1}`, i, group, price, i%2 == 0, i%7))
	}
	newest := f.find(t, "rows", collection.Query{})
	equal(t, "the newest", newest[0].Get("name").Text(), "r22")
	for _, order := range []string{"", "name", "-name", "group", "-group", "group,-price", "-group,price,-name", "ok,-weight", "-ok", "createdAt", "-updatedAt", "id", "-id", "weight"} {
		q := collection.Query{Limit: 1000, Fields: []string{"name"}}
		if order != "" {
			q.Sort = strings.Split(order, ",")
		}
		want := f.find(t, "rows", q)
		q.Limit = 4
		var got []value.Value
		for pages := 0; ; pages++ {
			page, err := f.Records(t.Context(), "rows", q)
			if err != nil || pages > total {
				t.Fatalf("sorted by %s, page %d: %v", order, pages, err)
			}
			got = append(got, page.Records...)
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
		}
		equal(t, "pages sorted by "+order, names(got), names(want))
		equal(t, "records sorted by "+order, len(got), total)
	}
	sorted := f.find(t, "rows", collection.Query{Sort: []string{"group"}, Limit: 1000})
	groups := make([]string, total)
	for i, r := range sorted {
		groups[i] = r.Get("group").Text()
	}
	if !slices.IsSorted(groups) { // null is ""
		t.Errorf("sorted by group: %q", groups)
	}
	prices := f.find(t, "rows", collection.Query{Sort: []string{"-price", "name"}, Limit: 2, Offset: 1, Fields: []string{"price"}})
	equal(t, "a part", string(prices[0].Get("price"))+fmt.Sprint(len(prices)), "4.102")
	equal(t, "fields of a part", prices[0].Len(), 2)
}

func testRefusedQueries(t *testing.T, f fixture) {
	f.saveThings(t)
	page, err := f.Records(t.Context(), "things", collection.Query{Limit: 1})
	if err != nil || page.Next == "" {
		t.Fatalf("page %v, %v", page, err)
	}
	tests := []struct {
		query         collection.Query
		pointer, want string
	}{
		{collection.Query{Limit: 1001}, "/limit", "between 1 and 1000"},
		{collection.Query{Limit: -1}, "/limit", "between 1 and 1000"},
		{collection.Query{Offset: -1}, "/offset", "between 0"},
		{collection.Query{Sort: []string{"n; DROP TABLE x"}}, "/sort/0", "no field"},
		{collection.Query{Sort: []string{"n", "--n"}}, "/sort/1", "no field"},
		{collection.Query{Sort: []string{"data"}}, "/sort/0", "json fields cannot be sorted by"},
		{collection.Query{Sort: []string{"n", "n", "n", "n", "n", "n"}}, "/sort", "at most 5"},
		{collection.Query{Fields: []string{"n", "*"}}, "/fields/1", "no field"},
		{collection.Query{Search: "\x00"}, "/q", "U+0000"},
		{collection.Query{Cursor: "x"}, "/cursor", "not the cursor"},
		{collection.Query{Cursor: "W10"}, "/cursor", "not the cursor"},
		{collection.Query{Cursor: page.Next, Sort: []string{"n"}}, "/cursor", "not the cursor"},
	}
	for _, test := range tests {
		_, err := f.Records(t.Context(), "things", test.query)
		fails(t, err, hookflow.CodeInvalid, test.pointer, test.want)
	}
	f.save(t, "bulk", hookflow.Field{Name: "s", Type: "text"})
	long := `{"s": "` + strings.Repeat("x", collection.MaxText) + `"}`
	for range 4 {
		f.create(t, "bulk", long)
	}
	_, err = f.Records(t.Context(), "bulk", collection.Query{})
	equal(t, "an answer too long", hookflow.CodeOf(err), hookflow.CodeTooLarge)
}

package collection_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/condition"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

var things = []hookflow.Field{
	{Name: "name", Type: "string"},
	{Name: "s", Type: "string"},
	{Name: "n", Type: "integer", Index: true},
	{Name: "big", Type: "bigint"},
	{Name: "num", Type: "number"},
	{Name: "dec", Type: "decimal", Index: true},
	{Name: "ok", Type: "boolean"},
	{Name: "day", Type: "date"},
	{Name: "at", Type: "datetime"},
	{Name: "data", Type: "json"},
	{Name: "uid", Type: "uuid"},
}

// saveThings makes five records: a, b, the empty c, d and e.
func (f fixture) saveThings(t testing.TB) {
	t.Helper()
	f.save(t, "things", things...)
	f.create(t, "things", `[
		{"name": "a", "s": "Hello_World%", "n": 1, "big": 9223372036854775807, "num": 0.5, "dec": 1.10, "ok": true,
			"day": "2026-01-01", "at": "2026-01-01T00:00:00+02:00", "data": {"a": 1}, "uid": "123e4567-e89b-12d3-a456-426614174000"},
		{"name": "b", "s": "hello", "n": 2, "big": 9007199254740993, "num": -1, "dec": 2, "ok": false,
			"day": "2026-02-01", "at": "2026-01-01T00:00:00Z", "data": [ ]},
		{"name": "c"},
		{"name": "d", "s": "", "n": -3, "big": 9007199254740992, "num": 1e300, "dec": -5.5, "data": ""},
		{"name": "e", "s": "é😀z\\", "n": 10, "dec": 10, "num": 7, "ok": true, "data": true}
	]`)
}

func testFilters(t *testing.T, f fixture) {
	f.saveThings(t)
	tests := []struct{ field, op, value, want string }{
		{"s", "equals", `"hello"`, "b"},
		{"s", "equals", `"HELLO"`, ""},
		{"s", "equals", `null`, "c"},
		{"s", "equals", `""`, "d"},
		{"s", "equals", `5`, ""},
		{"s", "notEquals", `"hello"`, "a c d e"},
		{"s", "notEquals", `null`, "a b d e"},
		{"s", "notEquals", `5`, "a b c d e"},
		{"s", "equals", `"' OR 1=1 --"`, ""},
		{"s", "contains", `"'; DROP TABLE hf_collections; --"`, ""},
		{"n", "equals", `1.0`, "a"},
		{"n", "equals", `"1"`, ""},
		{"n", "notEquals", `"1"`, "a b c d e"},
		{"n", "equals", `1.5`, ""},
		{"n", "equals", `1e400`, ""},
		{"n", "gt", `1`, "b e"},
		{"n", "gt", `"1"`, "b e"},
		{"n", "gt", `" 1.5 "`, "b e"},
		{"n", "gte", `1.5`, "b e"},
		{"n", "lt", `1.5`, "a d"},
		{"n", "lte", `-2.5`, "d"},
		{"n", "gt", `-3.5`, "a b d e"},
		{"n", "lt", `-3`, ""},
		{"n", "lte", `1e30`, "a b d e"},
		{"n", "gt", `1e30`, ""},
		{"n", "gt", `-1e30`, "a b d e"},
		{"n", "lt", `-1e30`, ""},
		{"n", "gt", `null`, ""},
		{"big", "equals", `9007199254740993`, "b"},
		{"big", "gt", `9007199254740992`, "a b"},
		{"big", "gte", `9223372036854775807`, "a"},
		{"big", "gte", `9223372036854775808`, ""},
		{"big", "lt", `9223372036854775808`, "a b d"},
		{"num", "equals", `0.50`, "a"},
		{"num", "equals", `7.0`, "e"},
		{"num", "equals", `1000000000000000000000000000001e270`, ""},
		{"num", "gt", `0.5`, "d e"},
		{"num", "lte", `"0.5"`, "a b"},
		{"num", "gt", `1e200`, "d"},
		{"num", "equals", `1e400`, ""},
		{"dec", "equals", `1.1`, "a"},
		{"dec", "equals", `1.100`, "a"},
		{"dec", "equals", `11e-1`, "a"},
		{"dec", "equals", `2.0`, "b"},
		{"dec", "gt", `2`, "e"},
		{"dec", "lt", `"1.1"`, "d"},
		{"dec", "lte", `1.1`, "a d"},
		{"dec", "in", `[1.1, 10.0]`, "a e"},
		{"ok", "equals", `true`, "a e"},
		{"ok", "notEquals", `true`, "b c d"},
		{"ok", "isTrue", ``, "a e"},
		{"ok", "isFalse", ``, "b"},
		{"day", "equals", `"2026-01-01"`, "a"},
		{"day", "equals", `"yesterday"`, ""},
		{"day", "gt", `"2026-01-01"`, "b"},
		{"day", "in", `["2026-02-01", "x"]`, "b"},
		{"at", "equals", `"2025-12-31T22:00:00Z"`, "a"},
		{"at", "lt", `"2026-01-01T00:00:00Z"`, "a"},
		{"at", "gte", `"2026-01-01T01:00:00+01:00"`, "b"},
		{"uid", "equals", `"123E4567-E89B-12D3-A456-426614174000"`, "a"},
		{"s", "gt", `"a"`, "b e"},
		{"s", "lt", `"a"`, "a d"},
		{"s", "contains", `"o_W"`, "a"},
		{"s", "contains", `"%"`, "a"},
		{"s", "contains", `"_"`, "a"},
		{"s", "contains", `"\\"`, "e"},
		{"s", "contains", `"😀"`, "e"},
		{"s", "contains", `"HELLO"`, ""},
		{"s", "contains", `""`, "a b d e"},
		{"s", "contains", `null`, ""},
		{"s", "notContains", `"o"`, "c d e"},
		{"s", "startsWith", `"Hell"`, "a"},
		{"s", "startsWith", `"é😀"`, "e"},
		{"s", "startsWith", `"%"`, ""},
		{"s", "startsWith", `"hello and more"`, ""},
		{"s", "endsWith", `"%"`, "a"},
		{"s", "endsWith", `"z\\"`, "e"},
		{"s", "endsWith", `"hello"`, "b"},
		{"s", "endsWith", `"xhello"`, ""},
		{"s", "endsWith", `"o"`, "b"},
		{"s", "matches", `"^[Hh]ello"`, "a b"},
		{"s", "matches", `"(?i)WORLD"`, "a"},
		{"n", "in", `[1, 2, 3, "10", null]`, "a b c"},
		{"n", "in", `[]`, ""},
		{"n", "in", `[null]`, "c"},
		{"n", "notIn", `[1, 2]`, "c d e"},
		{"n", "notIn", `[]`, "a b c d e"},
		{"s", "empty", ``, "c d"},
		{"s", "notEmpty", ``, "a b e"},
		{"n", "empty", ``, "c"},
		{"data", "empty", ``, "b c d"},
		{"data", "notEmpty", ``, "a e"},
		{"data", "equals", `null`, "c"},
		{"data", "isTrue", ``, "e"},
		{"data", "exists", ``, "a b c d e"},
		{"n", "exists", ``, "a b c d e"},
		{"createdAt", "gt", `"2026-01-01T00:00:00Z"`, "a b c d e"},
		{"createdAt", "lt", `"2026-01-01T00:00:00Z"`, ""},
		{"id", "equals", `"x"`, ""},
	}
	for _, test := range tests {
		filter := fmt.Sprintf(`{"field": %q, "op": %q, "value": %s}`, test.field, test.op, test.value)
		if test.value == "" {
			filter = fmt.Sprintf(`{"field": %q, "op": %q}`, test.field, test.op)
		}
		got := names(f.find(t, "things", collection.Query{Filter: value.Raw(filter), Sort: []string{"name"}}))
		equal(t, filter, got, test.want)
		equal(t, filter+" counted", f.count(t, "things", filter), int64(len(strings.Fields(test.want))))
		not := `{"not": ` + filter + `}`
		equal(t, not, f.count(t, "things", not), int64(5-len(strings.Fields(test.want))))
	}
	testCombinedFilters(t, f)
}

func testCombinedFilters(t *testing.T, f fixture) {
	one, two := `{"field":"n","op":"equals","value":1}`, `{"field":"n","op":"equals","value":2}`
	tests := []struct{ filter, want string }{
		{``, "a b c d e"},
		{`null`, "a b c d e"},
		{`{"all": []}`, "a b c d e"},
		{`{"any": []}`, ""},
		{`{"any": [` + one + `,` + two + `]}`, "a b"},
		{`{"all": [` + one + `,` + two + `]}`, ""},
		{`{"not": {"any": [` + one + `,` + two + `]}}`, "c d e"},
		{`{"all": [{"any": [` + one + `,` + two + `]}, {"not": ` + one + `}]}`, "b"},
		{`{"any": [{"all": [` + one + `,{"field":"s","op":"exists"}]}, {"field":"name","op":"equals","value":"c"}]}`, "a c"},
		{`{"field": "n", "op": "equals"}`, "c"},
	}
	for _, test := range tests {
		got := names(f.find(t, "things", collection.Query{Filter: value.Raw(test.filter), Sort: []string{"name"}}))
		equal(t, test.filter, got, test.want)
	}
}

func testRefusedFilters(t *testing.T, f fixture) {
	f.saveThings(t)
	leaf := func(field, op, v string) string { return fmt.Sprintf(`{"field":%s,"op":%s,"value":%s}`, field, op, v) }
	deep := strings.Repeat(`{"not":`, 16) + leaf(`"n"`, `"equals"`, `1`) + strings.Repeat(`}`, 16)
	many := `{"any":[` + strings.Repeat(leaf(`"n"`, `"equals"`, `1`)+",", 200) + `{"all":[]}]}`
	tests := []struct{ filter, pointer, want string }{
		{`5`, "", "{field, op, value}"},
		{`[]`, "", "{field, op, value}"},
		{`{}`, "", "{field, op, value}"},
		{`{"all":[],"any":[]}`, "", "{field, op, value}"},
		{`{"all":[],"field":"n"}`, "", "{field, op, value}"},
		{`{"field":"n","op":"equals","value":1,"x/y":2}`, "/x~1y", "not part of a filter"},
		{`{"all":{}}`, "/all", "must be a list of conditions"},
		{`{"all":[{"any":[5]}]}`, "/all/0/any/0", "{field, op, value}"},
		{leaf(`"nope"`, `"equals"`, `1`), "/field", `no field "nope"`},
		{leaf(`"n = n OR c_1"`, `"equals"`, `1`), "/field", "no field"},
		{leaf(`"n\" OR 1=1 --"`, `"equals"`, `1`), "/field", "no field"},
		{leaf(`"created_at"`, `"equals"`, `1`), "/field", "no field"},
		{leaf(`5`, `"equals"`, `1`), "/field", "name of a field"},
		{leaf(`"n"`, `"= 1 OR 1"`, `1`), "/op", "must be one of"},
		{leaf(`"n"`, `"EQUALS"`, `1`), "/op", "must be one of"},
		{leaf(`"n"`, `["equals"]`, `1`), "/op", "must be one of"},
		{leaf(`"s"`, `"equals"`, `"\u0000"`), "/value", "U+0000"},
		{leaf(`"s"`, `"in"`, `["\u0000"]`), "/value", "U+0000"},
		{leaf(`"s"`, `"contains"`, `"\u0000"`), "/value", "U+0000"},
		{leaf(`"s"`, `"contains"`, `5`), "/value", "must be a string"},
		{leaf(`"n"`, `"contains"`, `"5"`), "/value", "text fields"},
		{leaf(`"s"`, `"gt"`, `true`), "/value", "must be a string"},
		{leaf(`"s"`, `"gt"`, `1e400`), "/value", "digits"},
		{leaf(`"n"`, `"gt"`, `"x"`), "/value", "must be a number"},
		{leaf(`"n"`, `"gt"`, `1e400`), "/value", "digits"},
		{leaf(`"dec"`, `"lt"`, `1e999999999999`), "/value", "digits"},
		{leaf(`"num"`, `"lt"`, `1e400`), "/value", "range"},
		{leaf(`"day"`, `"gt"`, `"yesterday"`), "/value", "must be a date"},
		{leaf(`"at"`, `"gt"`, `"2026-01-01"`), "/value", "must be a time"},
		{leaf(`"ok"`, `"gt"`, `true`), "/value", "no order"},
		{leaf(`"data"`, `"equals"`, `{}`), "/value", "json field"},
		{leaf(`"s"`, `"isTrue"`, `null`), "/value", "boolean fields"},
		{leaf(`"n"`, `"in"`, `5`), "/value", "must be a list"},
		{leaf(`"n"`, `"in"`, `[`+strings.Repeat("1,", 1000)+`1]`), "/value", "more than 1000"},
		{leaf(`"s"`, `"matches"`, `"("`), "/value", "not a regular expression"},
		{leaf(`"s"`, `"matches"`, `"(a)\\1"`), "/value", "not a regular expression"},
		{leaf(`"s"`, `"matches"`, `"a{256}"`), "/value", "more than 255 times"},
		{leaf(`"s"`, `"matches"`, `"`+strings.Repeat("a", 1001)+`"`), "/value", "longer than"},
		{leaf(`"s"`, `"matches"`, `"\\pL\\pL\\pL\\pL\\pL\\pL\\pL\\pL\\pL\\pL"`), "/value", "too large"},
		{deep, strings.Repeat("/not", 16), "deeper than 16"},
		{many, "/any/199", "more than 200"},
		{`{"any":[` + strings.Repeat(leaf(`"n"`, `"in"`, `[`+strings.Repeat("1,", 999)+`1]`)+",", 10) + `{"all":[]}]}`, "", "more than 10000"},
	}
	for _, test := range tests {
		_, err := f.Records(t.Context(), "things", collection.Query{Filter: value.Raw(test.filter)})
		fails(t, err, hookflow.CodeInvalid, "/filter"+test.pointer, test.want)
	}
}

// testConditions holds filters against the conditions of workflows: where a filter is not refused,
// both must hold for the same records.
func testConditions(t *testing.T, f fixture) {
	fields := []string{"s", "n", "big", "num", "dec", "ok", "data"}
	operands := []string{
		`null`, `true`, `false`, `0`, `1`, `1.0`, `-1.5`, `10`, `2.50`, `1e3`, `9007199254740993`, `-1e30`, `1e400`, `""`, `"1"`, `" 10 "`, `"+2.5"`, `".5"`,
		`"1e3"`, `"-"`, `"a"`, `"B"`, `"é"`, `"^1"`, `[]`, `{}`, `[1, "a", null]`, `[true, 2.5, "1"]`, `["9007199254740993", 9007199254740993]`,
	}
	f.save(t, "things", things...)
	for i, text := range []string{`null`, `""`, `"1"`, `"1.0"`, `"10"`, `"9"`, `" 2.5"`, `"-7."`, `"1e3"`, `"a"`, `"A"`, `"a1"`, `"é"`, `"1 "`, `"١"`, `"1e"`, `"."`} {
		number := []string{`null`, `0`, `1`, `-2`, `10`, `1000`, `3`}[i%7]
		fraction := []string{`null`, `2.5`, `-1.50`, `10`, `0.0`}[i%5]
		big := []string{`null`, `9007199254740993`, `9007199254740992`}[i%3]
		data := []string{`null`, `true`, `false`, `{ }`, "[\t]", `"x"`, `[1]`, `0`, `""`, `"[]"`, `{"a": {}}`}[i%11]
		f.create(t, "things", fmt.Sprintf(`{"name": "r%02d", "s": %s, "n": %s, "big": %s, "num": %s, "dec": %s, "ok": %s, "data": %s}`,
			i, text, number, big, fraction, fraction, []string{`true`, `false`, `null`}[i%3], data))
	}
	records := f.find(t, "things", collection.Query{Sort: []string{"name"}})
	compared := 0
	for _, field := range fields {
		for _, op := range []string{
			"equals", "notEquals", "gt", "gte", "lt", "lte", "contains", "notContains", "startsWith", "endsWith", "matches", "in", "notIn",
			"empty", "notEmpty", "exists", "isTrue", "isFalse",
		} {
			for _, operand := range operands {
				filter := fmt.Sprintf(`{"field": %q, "op": %q, "value": %s}`, field, op, operand)
				page, err := f.Records(t.Context(), "things", collection.Query{Filter: value.Raw(filter), Sort: []string{"name"}})
				if hookflow.CodeOf(err) == hookflow.CodeInvalid && err != nil {
					continue
				}
				if err != nil {
					t.Fatalf("%s: %v", filter, err)
				}
				var want []value.Value
				for _, r := range records {
					holds, err := condition.Eval(condition.Condition{Left: r.Get(value.Segment(field)), Op: op, Right: value.Raw(operand)})
					if err != nil {
						t.Fatalf("%s: %v", filter, err)
					}
					if holds {
						want = append(want, r)
					}
				}
				compared++
				equal(t, filter, names(page.Records), names(want))
			}
		}
	}
	if compared < 1000 {
		t.Errorf("only %d filters were compared", compared)
	}
}

// testPatterns holds the database's regular expressions against Go's.
func testPatterns(t *testing.T, f fixture) {
	texts := []string{"", "a", "abc", "aXc", "a\nc", "ab ab", "foo.bar", "foo_bar", "Grüße", "日本語", "😀", "x-1", `back\slash`, "K", "ſ", "]^-[", "***:a", "(?i)a"}
	patterns := []string{
		``, `a`, `^a`, `c$`, `^abc$`, `a.c`, `(?s)a.c`, `(?m)^c`, `(?m)a$`, `a|b|`, `(ab)`, `(?:ab ?)+`, `^(?:ab ?){2}$`, `b{2,}|c{1,3}`, `a{0}b`,
		`[a-c]+X`, `[^a-z]`, `[^\x00-\x{10FFFF}]`, `[]^-]`, `\d`, `\D`, `\w+`, `\W`, `\s`, `\S+`, `\bab\b`, `\Bb`, `\.`, `\\`, `(?i)abc`, `(?i)k`, `(?i)S`, `(?i)grÜ`,
		`日`, `\x{1F600}`, `[😀-😂]`, `a*?b`, `a+?`, `x??-`, `\Aa`, `c\z`, `(?U)a+`, `[[:alpha:]]+_`, `\p{Greek}`, `\p{Han}`, `(?P<n>a)(?P<m>b)`, `\*\*\*`, `\(\?i\)a`, `\Q.\E`, `\t|\n`, `\x00`, `[\x00a]`, `[\x00]|b`, `[\x00-\x01]`, `(?i)\x00|ss`, `a\x00?b`,
	}
	f.save(t, "texts", hookflow.Field{Name: "s", Type: "string"})
	for _, text := range texts {
		f.create(t, "texts", string((&value.Object{}).Set("s", value.String(text)).Value()))
	}
	for _, pattern := range patterns {
		var want, got []string
		for _, text := range texts {
			if regexp.MustCompile(pattern).MatchString(text) {
				want = append(want, text)
			}
		}
		filter := (&value.Object{}).Set("field", value.String("s")).Set("op", value.String("matches")).Set("value", value.String(pattern)).Value()
		for _, r := range f.find(t, "texts", collection.Query{Filter: filter, Sort: []string{"createdAt"}}) {
			got = append(got, r.Get("s").Text())
		}
		equal(t, pattern, got, want)
	}
}

// FuzzFilter holds that whatever compiles also runs, on every record alike.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{
		`{"field":"n","op":"in","value":[1,null,"2"]}`,
		`{"all":[{"field":"s","op":"contains","value":"'%_"},{"not":{"any":[{"field":"dec","op":"gt","value":1e-5}]}}]}`,
		`{"field":"s","op":"matches","value":"(?i)^a[^b]*\\b"}`,
		`{"field":"at","op":"lte","value":"2026-01-01T00:00:00Z"}`,
		`{"field":"data","op":"empty"}`,
	} {
		f.Add(seed)
	}
	service := open(f, store.Options{Path: filepath.Join(f.TempDir(), "fuzz.db")})
	service.saveThings(f)
	f.Fuzz(func(t *testing.T, text string) {
		filter, err := value.Parse([]byte(text))
		if err != nil {
			return
		}
		count := func(filter value.Value) (int64, error) {
			var count int64
			err := service.store.View(t.Context(), func(r store.Reader) (err error) {
				count, err = service.Count(r, "things", filter, "")
				return err
			})
			return count, err
		}
		met, err := count(filter)
		if err != nil {
			if hookflow.CodeOf(err) != hookflow.CodeInvalid {
				t.Fatalf("%s: %v", filter, err)
			}
			return
		}
		if filter.IsNull() {
			return
		}
		unmet, err := count((&value.Object{}).Set("not", filter).Value())
		if err == nil && met+unmet != 5 {
			t.Errorf("%s is met by %d records and its opposite by %d, of 5", filter, met, unmet)
		}
	})
}

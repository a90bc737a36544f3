package collection_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/value"
)

var choices = &hookflow.FieldOptions{Choices: []string{"new", "paid"}}

// everyType has one field of each type, named as the type.
var everyType = []hookflow.Field{
	{Name: "string", Type: "string", Options: &hookflow.FieldOptions{MaxLength: 5}},
	{Name: "text", Type: "text"},
	{Name: "integer", Type: "integer"},
	{Name: "bigint", Type: "bigint"},
	{Name: "number", Type: "number"},
	{Name: "decimal", Type: "decimal"},
	{Name: "boolean", Type: "boolean"},
	{Name: "date", Type: "date"},
	{Name: "datetime", Type: "datetime"},
	{Name: "json", Type: "json"},
	{Name: "email", Type: "email"},
	{Name: "url", Type: "url"},
	{Name: "uuid", Type: "uuid"},
	{Name: "select", Type: "select", Options: choices},
}

func testTypes(t *testing.T, f fixture) {
	f.save(t, "all", everyType...)
	tests := []struct{ field, in, out string }{
		{"string", `"héllo"`, `"héllo"`},
		{"string", `""`, `""`},
		{"string", `"a\"\\\n"`, `"a\"\\\n"`},
		{"string", `"😀😀😀😀😀"`, `"😀😀😀😀😀"`},
		{"string", `"'; --"`, `"'; --"`},
		{"text", `"long"`, `"long"`},
		{"text", `"<b>&amp;"`, `"<b>&amp;"`},
		{"integer", `42`, `42`},
		{"integer", `1.0`, `1`},
		{"integer", `9007199254740991`, `9007199254740991`},
		{"integer", `-9007199254740991`, `-9007199254740991`},
		{"bigint", `9007199254740993`, `9007199254740993`},
		{"bigint", `9223372036854775807`, `9223372036854775807`},
		{"bigint", `-9223372036854775808`, `-9223372036854775808`},
		{"number", `1.10`, `1.1`},
		{"number", `0.1`, `0.1`},
		{"number", `-0`, `0`},
		{"number", `1e300`, `1e+300`},
		{"number", `3`, `3`},
		{"number", `3.14159265358979323846`, `3.141592653589793`},
		{"decimal", `1.10`, `1.10`},
		{"decimal", `123456789012345678901234567890.123456789`, `123456789012345678901234567890.123456789`},
		{"decimal", `1.5e3`, `1500`},
		{"decimal", `-12E-3`, `-0.012`},
		{"decimal", `-0.00`, `0.00`},
		{"decimal", `0e999999999999999999999`, `0`},
		{"boolean", `true`, `true`},
		{"boolean", `false`, `false`},
		{"boolean", `"true"`, `true`},
		{"integer", `" 12 "`, `12`},
		{"decimal", `"1.10"`, `1.10`},
		{"number", `""`, `null`},
		{"date", `"2024-02-29"`, `"2024-02-29"`},
		{"date", `"0001-01-01"`, `"0001-01-01"`},
		{"date", `"9999-12-31"`, `"9999-12-31"`},
		{"datetime", `"2026-01-02T03:04:05Z"`, `"2026-01-02T03:04:05Z"`},
		{"datetime", `"2026-01-02T03:04:05.1234567+02:00"`, `"2026-01-02T01:04:05.123456Z"`},
		{"datetime", `"1969-12-31T23:59:59.5Z"`, `"1969-12-31T23:59:59.5Z"`},
		{"datetime", `"0001-01-01T00:00:00Z"`, `"0001-01-01T00:00:00Z"`},
		{"json", `{"b":1.10, "a":[ 1e2,"\ud800" , "\u0000"], "b":2}`, `{"b":1.10, "a":[ 1e2,"\ud800" , "\u0000"], "b":2}`},
		{"json", `"text"`, `"text"`},
		{"json", `12345678901234567890.10`, `12345678901234567890.10`},
		{"email", `"ann@example.com"`, `"ann@example.com"`},
		{"url", `"https://example.com/a?b=c#d"`, `"https://example.com/a?b=c#d"`},
		{"uuid", `"123E4567-e89b-12d3-a456-426614174000"`, `"123e4567-e89b-12d3-a456-426614174000"`},
		{"select", `"paid"`, `"paid"`},
	}
	for _, field := range everyType {
		tests = append(tests, struct{ field, in, out string }{field.Name, `null`, `null`})
	}
	for _, test := range tests {
		created := f.create(t, "all", fmt.Sprintf(`{%q: %s}`, test.field, test.in))
		equal(t, test.field+" "+test.in+" as created", string(created.Get(value.Segment(test.field))), test.out)
		read, err := f.Record(t.Context(), "all", created.Get("id").Text())
		if err != nil {
			t.Fatal(err)
		}
		equal(t, test.field+" "+test.in+" as read", string(read), string(created))
	}
}

func testHostileValues(t *testing.T, f fixture) {
	f.save(t, "all", everyType...)
	long := `"` + strings.Repeat("x", collection.MaxText+1) + `"`
	tests := []struct{ field, in, want string }{
		{"string", `"123456"`, "longer than 5 characters"},
		{"string", `"a\u0000b"`, "U+0000"},
		{"string", `5`, "must be a string, not a number"},
		{"string", `["a"]`, "must be a string, not an array"},
		{"text", `"\u0000"`, "U+0000"},
		{"text", long, "longer than"},
		{"text", `{}`, "not an object"},
		{"integer", `9007199254740992`, "bigint"},
		{"integer", `1.5`, "whole number"},
		{"integer", `"1x"`, "must be a whole number, not a string"},
		{"integer", `1e400`, "whole number"},
		{"bigint", `9223372036854775808`, "whole number between"},
		{"bigint", `1e999999999999`, "whole number between"},
		{"number", `1e400`, "must be a number between"},
		{"number", `9007199254740993`, "more digits"},
		{"number", `"1,5"`, "must be a number, not a string"},
		{"number", `true`, "not a boolean"},
		{"decimal", `1e400`, "at most 100 digits"},
		{"decimal", `1e-400`, "at most 100 digits"},
		{"decimal", `1e999999999999999999999`, "at most 100 digits"},
		{"decimal", strings.Repeat("9", 101), "at most 100 digits"},
		{"decimal", `"1.10 EUR"`, "must be a number, not a string"},
		{"boolean", `1`, "must be true or false, not a number"},
		{"boolean", `"yes"`, "must be true or false, not a string"},
		{"date", `"2026-02-30"`, "2026-12-31"},
		{"date", `"2026-2-3"`, "2026-12-31"},
		{"date", `"0000-01-01"`, "2026-12-31"},
		{"date", `20260203`, "not a number"},
		{"datetime", `"2026-01-02"`, "RFC 3339"},
		{"datetime", `"2026-01-02T03:04:05"`, "RFC 3339"},
		{"datetime", `"9999-12-31T23:59:59-01:00"`, "RFC 3339"},
		{"datetime", `1700000000`, "not a number"},
		{"json", long, "longer than"},
		{"email", `"Ann <ann@example.com>"`, "mail address"},
		{"email", `"ann"`, "mail address"},
		{"email", `"a@b\u0000"`, "U+0000"},
		{"email", `"` + strings.Repeat("a", 251) + `@b.c"`, "mail address"},
		{"url", `"javascript:alert(1)"`, "https://"},
		{"url", `"//example.com"`, "https://"},
		{"url", `"https://"`, "https://"},
		{"url", `"https://example.com/` + strings.Repeat("x", 2048) + `"`, "https://"},
		{"uuid", `"123e4567e89b12d3a456426614174000"`, "UUID"},
		{"uuid", `"{123e4567-e89b-12d3-a456-426614174000}"`, "UUID"},
		{"select", `"other"`, "choices"},
		{"select", `["paid"]`, "must be a string, not an array"},
	}
	for _, test := range tests {
		_, err := f.Create(t.Context(), "all", value.Raw(fmt.Sprintf(`{%q: %s}`, test.field, test.in)))
		if err == nil {
			t.Errorf("%s takes %.60s", test.field, test.in)
			continue
		}
		fails(t, err, hookflow.CodeInvalid, "/"+test.field, test.want)
	}
	equal(t, "records written", f.count(t, "all", ""), 0)

	created := f.create(t, "all", `{"string": "\ud800x"}`)
	equal(t, "a lone surrogate in a text", created.Get("string").Text(), "\ufffdx")
}

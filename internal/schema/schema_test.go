package schema_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/schema"
	"github.com/hookflow/hookflow/internal/value"
)

func compile(t *testing.T, document string) *schema.Schema {
	t.Helper()
	s, err := schema.Compile([]byte(document))
	if err != nil {
		t.Fatalf("%s: %v", document, err)
	}
	return s
}

func TestViolations(t *testing.T) {
	t.Parallel()
	const person = `{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"a/b~":{"minimum":1},"tags":{"items":{"enum":["x","y"]}}}}`
	tests := []struct {
		schema, data string
		want         []hookflow.Problem
	}{
		{person, `{"name":"Ada","a/b~":1.0,"tags":["x"]}`, nil},
		{person, `{}`, []hookflow.Problem{{Detail: "missing property 'name'"}}},
		{person, `[]`, []hookflow.Problem{{Detail: "got array, want object"}}},
		{person, `{"name":1,"a/b~":0,"tags":["x","z"]}`, []hookflow.Problem{
			{Pointer: "/a~1b~0", Detail: "minimum: got 0, want 1"},
			{Pointer: "/name", Detail: "got number, want string"},
			{Pointer: "/tags/1", Detail: "value must be one of 'x', 'y'"},
		}},
		{`{"prefixItems":[{"type":"integer"}],"items":false}`, `[12345678901234567890,1]`, []hookflow.Problem{{Pointer: "/1", Detail: "false schema"}}},
		{`{"$ref":"#/$defs/a","$defs":{"a":{"const":1}}}`, `1.0`, nil},
		{`{"$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"string"}]}`, `[1]`, []hookflow.Problem{{Pointer: "/0", Detail: "got number, want string"}}},
		{`true`, `null`, nil},
	}
	for _, test := range tests {
		got := compile(t, test.schema).Violations(value.Raw(test.data))
		slices.SortFunc(got, func(a, b hookflow.Problem) int { return strings.Compare(a.Pointer, b.Pointer) })
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.data, diff)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		`{"type":"thing"}`:                  `at "/type"`,
		`{"pattern":"("}`:                   `at "/pattern"`,
		`{"$ref":"file:///etc/passwd"}`:     "another document",
		`{"$ref":"https://example.com/s"}`:  "another document",
		`{"$schema":"https://example.com"}`: "another document",
		`{"$ref":"schema:not"}`:             "another document",
		`{`:                                 "",
	} {
		if _, err := schema.Compile([]byte(document)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", document, err)
		}
	}
}

// What a caller sends breaks nothing and is answered briefly.
func TestHostileData(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 1<<20)
	many := func(n int, item string) string { return "[" + strings.Repeat(item+",", n) + item + "]" }
	const vast = "too large, too small or too long"
	tests := []struct{ name, schema, data, want string }{
		{"a vast number", `{"maximum":5}`, `1e9999999`, vast},
		{"a vast integer", `{"properties":{"a":{"type":"integer"}}}`, `{"a":[{"b":1e-1999999}]}`, vast},
		{"a vast exponent", `{"multipleOf":5}`, `1E99999999999999999999`, vast},
		{"many digits", `{"multipleOf":5}`, strings.Repeat("9", 1<<20), vast},
		{"long text", `{"pattern":"^a$"}`, `"` + long + `"`, "ééé"},
		{"a long name", `{"additionalProperties":false}`, `{"` + long + `":1}`, "additional properties"},
		{"a long place", `{"additionalProperties":{"type":"string"}}`, `{"` + long + `":1}`, "got number"},
		{"many violations", `{"items":{"type":"string"}}`, many(1000, "1"), "got number"},
		{"more than are listed", `{"items":{"type":"string"}}`, many(60_000, "1"), "does not match the schema"},
		{"more than are checked", `{}`, many(schema.MaxValues, "1"), "more than 1048576 values"},
		{"deep", `{"$ref":"#/$defs/a","$defs":{"a":{"items":{"$ref":"#/$defs/a"},"type":"array"}}}`, strings.Repeat("[", 5000) + "1" + strings.Repeat("]", 5000), "got number"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found := compile(t, test.schema).Violations(value.Raw(test.data))
			if len(found) == 0 || len(found) > schema.MaxViolations || !strings.Contains(found[0].Detail, test.want) {
				t.Fatalf("%d violations, %.200v", len(found), found)
			}
			for _, v := range found {
				if len(v.Detail) > 310 || len(v.Pointer) > 310 {
					t.Errorf("%d bytes of detail, %d of pointer", len(v.Detail), len(v.Pointer))
				}
			}
		})
	}
	for name, ok := range map[string]string{
		"as many as are listed": many(20_000, "1"), "more than are listed": many(60_000, "1"), "large numbers": `[1e400,1e-400,` + strings.Repeat("9", 400) + `]`,
	} {
		if found := compile(t, `{"items":{"type":"number"}}`).Violations(value.Raw(ok)); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]int{
		`1`: 1, `[1,2]`: 3, `{"a":[1],"b":"x"}`: 6, `"a,b:[{\\\",,"`: 1, `["a\"],[",",,,"]`: 3, `[]`: 2,
	} {
		if got := schema.Values(value.Raw(data)); got != want {
			t.Errorf("%s has %d values, counted %d", data, want, got)
		}
	}
}

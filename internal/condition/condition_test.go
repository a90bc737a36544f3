package condition_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/condition"
	"github.com/hookflow/hookflow/internal/value"
)

func TestOperators(t *testing.T) {
	t.Parallel()
	const missing = ""
	tests := []struct {
		left, op, right string
		want            bool
	}{
		{`1.0`, "equals", `1`, true},
		{`"1"`, "equals", `1`, false},
		{`9007199254740993`, "equals", `9007199254740992`, false},
		{`{"a":1,"b":2}`, "equals", `{"b":2,"a":1.0}`, true},
		{missing, "equals", `null`, true},
		{`"a"`, "notEquals", `"b"`, true},
		{`"a"`, "notEquals", `"a"`, false},
		{`10`, "gt", `9`, true},
		{`"10"`, "gt", `9`, true},
		{`"10"`, "gt", `"9"`, true},
		{`10`, "gt", `10`, false},
		{`10`, "gte", `10.0`, true},
		{`9`, "gte", `10`, false},
		{`"abc"`, "lt", `"abd"`, true},
		{`2`, "lt", `1`, false},
		{`1`, "lte", `1`, true},
		{`2`, "lte", `1`, false},
		{`"abc"`, "lt", `1`, false},
		{`"abc"`, "gte", `1`, false},
		{`null`, "lte", `0`, false},
		{`"hello"`, "contains", `"ell"`, true},
		{`"hello"`, "contains", `"x"`, false},
		{`"room 101"`, "contains", `101`, true},
		{`"hello"`, "contains", missing, false},
		{`["a",1]`, "contains", `1.0`, true},
		{`["a",1]`, "contains", `"1"`, false},
		{`{"a":1}`, "contains", `"a"`, false},
		{`["a"]`, "notContains", `"b"`, true},
		{missing, "notContains", `"b"`, true},
		{`"refs/heads/main"`, "startsWith", `"refs/heads/"`, true},
		{`"main"`, "startsWith", `"refs/"`, false},
		{`null`, "startsWith", `""`, false},
		{`"a.go"`, "endsWith", `".go"`, true},
		{`"a.go"`, "endsWith", `".js"`, false},
		{`"v1.2.3"`, "matches", `"^v\\d+\\."`, true},
		{`"x1"`, "matches", `"^v"`, false},
		{`123`, "matches", `"^\\d+$"`, true},
		{`[1]`, "matches", `"1"`, false},
		{`"a"`, "matches", missing, false},
		{`"a"`, "in", `["b","a"]`, true},
		{`"a"`, "in", `[]`, false},
		{`"a"`, "in", `"cab"`, true},
		{`"a"`, "notIn", `["b"]`, true},
		{`null`, "empty", missing, true},
		{missing, "empty", missing, true},
		{`""`, "empty", missing, true},
		{`[ ]`, "empty", missing, true},
		{`{ }`, "empty", missing, true},
		{`0`, "empty", missing, false},
		{`false`, "empty", missing, false},
		{`[null]`, "empty", missing, false},
		{`{"a":null}`, "notEmpty", missing, true},
		{`" "`, "notEmpty", missing, true},
		{`null`, "exists", missing, true},
		{missing, "exists", missing, false},
		{`true`, "isTrue", missing, true},
		{`"true"`, "isTrue", missing, false},
		{`1`, "isTrue", missing, false},
		{`false`, "isFalse", missing, true},
		{`null`, "isFalse", missing, false},
	}
	for _, test := range tests {
		got, err := condition.Eval(condition.Condition{Left: parse(t, test.left), Op: test.op, Right: parse(t, test.right)})
		if err != nil || got != test.want {
			t.Errorf("%s %s %s = %v, %v; want %v", test.left, test.op, test.right, got, err, test.want)
		}
	}
}

func TestEveryOperatorIsDocumentedAndKnown(t *testing.T) {
	t.Parallel()
	field, _ := reflect.TypeFor[condition.Condition]().FieldByName("Op")
	for op := range strings.SplitSeq(field.Tag.Get("enum"), ",") {
		c := condition.Condition{Left: value.String("a"), Op: op, Right: value.String("a")}
		if _, err := condition.Eval(c); err != nil {
			t.Errorf("%s: %v", op, err)
		}
	}
}

func TestTrees(t *testing.T) {
	t.Parallel()
	const yes, no = `{"left":1,"op":"equals","right":1}`, `{"left":1,"op":"equals","right":2}`
	const broken = `{"left":"a","op":"matches","right":"("}`
	tests := []struct {
		condition string
		want      bool
		wantErr   string
	}{
		{`{"all":[` + yes + `,` + yes + `]}`, true, ""},
		{`{"all":[` + yes + `,` + no + `]}`, false, ""},
		{`{"all":[]}`, true, ""},
		{`{"any":[` + no + `,` + yes + `]}`, true, ""},
		{`{"any":[` + no + `]}`, false, ""},
		{`{"any":[]}`, false, ""},
		{`{"not":` + yes + `}`, false, ""},
		{`{"not":{"any":[` + no + `,{"all":[` + no + `]}]}}`, true, ""},
		{`{"all":[` + no + `,` + broken + `]}`, false, ""},
		{`{"any":[` + yes + `,` + broken + `]}`, true, ""},
		{`{"not":` + broken + `}`, false, "not a regular expression"},
		{`{"left":"a","op":"matches","right":"` + strings.Repeat("a", 1001) + `"}`, false, "more than 1000 characters"},
		{`{}`, false, "a condition needs"},
		{`{"left":1,"op":"equals","right":1,"all":[]}`, false, "either"},
		{`{"left":1,"op":"like","right":1}`, false, `no operator "like"`},
	}
	for _, test := range tests {
		got, err := condition.Eval(decode(t, test.condition))
		if got != test.want || !hasText(err, test.wantErr) {
			t.Errorf("%.80s = %v, %v; want %v, %q", test.condition, got, err, test.want, test.wantErr)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		condition string
		want      []string
	}{
		{`{"op":"equals"}`, nil},
		{`{"op":"matches"}`, nil},
		{`{"all":[{"op":"exists"},{"not":{"op":"empty"}}]}`, nil},
		{`{}`, []string{""}},
		{`{"left":1,"all":[]}`, []string{""}},
		{`{"any":[{"op":"like"},{"op":"matches","right":"("},{}]}`, []string{"/any/0/op", "/any/1/right", "/any/2"}},
		{nested(20), nil},
		{nested(21), []string{strings.Repeat("/not", 20)}},
	}
	for _, test := range tests {
		var got []string
		for _, p := range condition.Check(decode(t, test.condition)) {
			got = append(got, p.Pointer)
			if p.Detail == "" {
				t.Errorf("%s: a problem without words: %+v", test.condition, hookflow.Problem(p))
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", test.condition, diff)
		}
	}
}

func nested(depth int) string {
	return strings.Repeat(`{"not":`, depth-1) + `{"op":"exists"}` + strings.Repeat(`}`, depth-1)
}

func decode(t *testing.T, text string) condition.Condition {
	t.Helper()
	var c condition.Condition
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func parse(t *testing.T, text string) value.Value {
	t.Helper()
	if text == "" {
		return nil
	}
	v, err := value.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func hasText(err error, part string) bool {
	if part == "" || err == nil {
		return part == "" && err == nil
	}
	return strings.Contains(err.Error(), part)
}

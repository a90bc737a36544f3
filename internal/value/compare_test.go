package value_test

import (
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/value"
)

func TestEqual(t *testing.T) {
	t.Parallel()
	equal := [][2]string{
		{``, `null`},
		{`null`, `null`},
		{`1`, `1.0`},
		{`100`, `1e2`},
		{`-0`, `0`},
		{`0.1`, `1e-1`},
		{`0`, `0e999999999`},
		{`12345678901234567890123`, `12345678901234567890123.0`},
		{`"\u0061\/"`, `"a/"`},
		{`"\ud83d\ude00"`, `"😀"`},
		{`"\uD800"`, `"\ud800"`},
		{`[1, {"a":2}]`, `[1.0,{"a":2e0}]`},
		{`{"a":1,"b":[]}`, `{ "b" : [ ], "a": 1 }`},
		{`{"a":1,"a":2}`, `{"\u0061":2}`},
		{`{"a":null}`, `{"a": null}`},
	}
	different := [][2]string{
		{`1`, `"1"`},
		{`0`, `false`},
		{`null`, `false`},
		{``, `""`},
		{`true`, `false`},
		{`12345678901234567890`, `12345678901234567891`},
		{`1e999999999`, `1e999999998`},
		{`1`, `-1`},
		{`10`, `100`},
		{`"a"`, `"A"`},
		{`"\ud800"`, `"\ud801"`},
		{`"\ud800"`, `"\ufffd"`},
		{`"a"`, `"ab\n"`},
		{`[1,2]`, `[2,1]`},
		{`[1]`, `[1,null]`},
		{`[]`, `{}`},
		{`{"a":1}`, `{"a":1,"b":null}`},
		{`{"a":1}`, `{"b":1}`},
		{`{"\ud800":1}`, `{"\ud801":1}`},
	}
	for _, test := range equal {
		if !value.Equal(value.Raw(test[0]), value.Raw(test[1])) || !value.Equal(value.Raw(test[1]), value.Raw(test[0])) {
			t.Errorf("%s and %s differ", test[0], test[1])
		}
	}
	for _, test := range different {
		if value.Equal(value.Raw(test[0]), value.Raw(test[1])) || value.Equal(value.Raw(test[1]), value.Raw(test[0])) {
			t.Errorf("%s and %s are equal", test[0], test[1])
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want int
	}{
		{`1`, `2`, -1},
		{`2`, `10`, -1},
		{`-2`, `-10`, 1},
		{`-1`, `1`, -1},
		{`0`, `-0.0`, 0},
		{`0`, `1e-9`, -1},
		{`0`, `-3`, 1},
		{`1.10`, `1.1`, 0},
		{`1.09`, `1.1`, -1},
		{`99`, `1e2`, -1},
		{`12345678901234567890`, `12345678901234567891`, -1},
		{`1e999999999`, `1e999999998`, 1},
		{`-1e999999999`, `5`, -1},
		{`1e-999999999`, `0`, 1},
		{`"10"`, `9`, 1},
		{`9`, `"10"`, -1},
		{`"10"`, `"9"`, 1},
		{`" +007 "`, `7.0`, 0},
		{`".5"`, `"0.50"`, 0},
		{`"5."`, `5`, 0},
		{`"a"`, `"b"`, -1},
		{`"10"`, `"9a"`, -1},
		{`"b"`, `"\u0061"`, 1},
		{`"\uffff"`, `"😀"`, -1},
		{`""`, `""`, 0},
	}
	for _, test := range tests {
		a, b := value.Raw(test.a), value.Raw(test.b)
		if got, ok := value.Compare(a, b); !ok || got != test.want {
			t.Errorf("%s and %s: %d, %v; want %d", test.a, test.b, got, ok, test.want)
		}
		if got, ok := value.Compare(b, a); !ok || got != -test.want {
			t.Errorf("%s and %s: %d, %v; want %d", test.b, test.a, got, ok, -test.want)
		}
	}
	for _, test := range [][2]string{
		{`1`, `"a"`},
		{`1`, `""`},
		{`1`, `"+-1"`},
		{`1`, `"0x10"`},
		{`1`, `"1e"`},
		{`1`, `"1e+-2"`},
		{`1`, `"."`},
		{`1`, `"Infinity"`},
		{`1`, `"1 2"`},
		{`null`, `1`},
		{``, `1`},
		{`true`, `false`},
		{`[]`, `[]`},
		{`{}`, `"a"`},
	} {
		if got, ok := value.Compare(value.Raw(test[0]), value.Raw(test[1])); ok {
			t.Errorf("%s and %s: %d", test[0], test[1], got)
		}
	}
}

// As deep as Parse allows, and long at the bottom.
func TestEqualOfDeepValues(t *testing.T) {
	t.Parallel()
	deep := func(inner string) value.Value {
		const levels = 10_000
		return value.Raw(strings.Repeat(`{"a":[`, levels/2) + inner + strings.Repeat(`]}`, levels/2))
	}
	long := strings.Repeat(`[1],`, 1<<16)
	if !value.Equal(deep(long+"1"), deep(long+"1.0")) {
		t.Error("1 and 1.0 differ")
	}
	if value.Equal(deep(long+"1"), deep(long+"2")) {
		t.Error("1 and 2 are equal")
	}
}

package value_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/value"
)

func TestKindAndText(t *testing.T) {
	t.Parallel()
	tests := []struct {
		json string
		kind value.Kind
		text string
		len  int
	}{
		{``, value.KindMissing, "", 0},
		{`null`, value.KindNull, "", 0},
		{`true`, value.KindBool, "true", 0},
		{`-1.50e2`, value.KindNumber, "-1.50e2", 0},
		{`""`, value.KindString, "", 0},
		{`"a\n\u00e9\ud83d\ude00"`, value.KindString, "a\né😀", 4},
		{`"\ud83d!"`, value.KindString, "\ufffd!", 2},
		{`"\/\\\"\b\f\r\t"`, value.KindString, "/\\\"\b\f\r\t", 7},
		{`[ 1 , [2,3] ]`, value.KindArray, "[ 1 , [2,3] ]", 2},
		{`{"a":1, "b":{"a":2}, "a":3}`, value.KindObject, `{"a":1, "b":{"a":2}, "a":3}`, 2},
	}
	for _, test := range tests {
		v := value.Raw(test.json)
		if v.Kind() != test.kind || v.Text() != test.text || v.Len() != test.len {
			t.Errorf("%s: kind %s, text %q, len %d; want %s, %q, %d", test.json, v.Kind(), v.Text(), v.Len(), test.kind, test.text, test.len)
		}
	}
}

func TestScalars(t *testing.T) {
	t.Parallel()
	if b, ok := value.Raw("true").Bool(); !b || !ok {
		t.Error("true is not true")
	}
	if _, ok := value.Raw(`"true"`).Bool(); ok {
		t.Error("a string is a boolean")
	}
	if s, ok := value.Raw("1.10").Number(); s != "1.10" || !ok {
		t.Errorf("number is spelt %q", s)
	}
	if _, ok := value.Raw("1").Str(); ok {
		t.Error("a number is a string")
	}
	if f, ok := value.Raw("-0.5").Float64(); f != -0.5 || !ok {
		t.Errorf("float is %v, %v", f, ok)
	}
	if _, ok := value.Raw("1e999").Float64(); ok {
		t.Error("1e999 fits a float")
	}
}

func TestInt64(t *testing.T) {
	t.Parallel()
	fits := map[string]int64{
		"0": 0, "-0": 0, "0.0": 0, "0e99": 0, "7": 7, "-7": -7, "1.0": 1, "10e-1": 1, "1.5e1": 15, "1e18": 1e18, "-120.00": -120,
		"9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64, "922337203685477580.7e1": math.MaxInt64,
	}
	for text, want := range fits {
		if got, ok := value.Raw(text).Int64(); got != want || !ok {
			t.Errorf("%s: %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"1.5", "1e19", "9223372036854775808", "1e-1", "1e999999999", "1e99999999999999999999", "1e-99999999999999999999", `"1"`, "null", ""} {
		if got, ok := value.Raw(text).Int64(); ok {
			t.Errorf("%s: %d fits", text, got)
		}
	}
}

func TestIterators(t *testing.T) {
	t.Parallel()
	v := value.Raw(` {"a" : [1, "]", {}] , "\u0062":{"}":"\"{"}, "a":[]} `)
	var got []string
	for name, member := range v.Members() {
		got = append(got, name+"="+string(member))
		for i, item := range member.Items() {
			got = append(got, string(rune('0'+i))+"="+string(item))
		}
	}
	want := []string{`a=[1, "]", {}]`, `0=1`, `1="]"`, `2={}`, `b={"}":"\"{"}`, `a=[]`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for range v.Items() {
		t.Error("an object has items")
	}
	for range value.Raw(`[1]`).Members() {
		t.Error("an array has members")
	}
}

func TestMarshal(t *testing.T) {
	t.Parallel()
	type document struct{ A, B, C value.Value }
	var d document
	if err := json.Unmarshal([]byte(`{"A":{"z":1.10,"a":12345678901234567890},"B":null}`), &d); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"A":{"z":1.10,"a":12345678901234567890},"B":null,"C":null}`; string(text) != want {
		t.Errorf("got %s, want %s", text, want)
	}
	shared := value.Null
	if err := json.Unmarshal([]byte(`true`), &shared); err != nil || string(value.Null) != "null" {
		t.Errorf("null became %s, %v", value.Null, err)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	accepted := map[string]string{
		" [1.10, 2] \n":          "[1.10, 2]",
		"\ufeff{}":               "{}",
		`{"a":1,"a":2}`:          `{"a":1,"a":2}`,
		`"\ud800"`:               `"\ud800"`,
		"12345678901234567890.0": "12345678901234567890.0",
		strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000): strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000),
	}
	for text, want := range accepted {
		if got, err := value.Parse([]byte(text)); err != nil || string(got) != want {
			t.Errorf("%.40q: %.40q, %v", text, got, err)
		}
	}
	refused := map[string]string{
		"":                        "line 1, column 1 (byte 0): the text is empty",
		" \n ":                    "the text is empty",
		"{\"a\":1,\n \"b\": nul}": "line 2, column 10 (byte 17)",
		"[1] 2":                   "line 1, column 5 (byte 4): something follows the value",
		"[1":                      "unexpected EOF",
		"01":                      "byte 1",
		"1 2":                     "byte 2",
		`{"secret":"hunter2",}`:   "byte 20",
		"\"a\xff\"":               "line 1, column 3 (byte 2): malformed UTF-8",
		"\ufeff]":                 "byte 3",
		"'a'":                     "byte 0",
		strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001): "max depth",
	}
	for text, want := range refused {
		_, err := value.Parse([]byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		} else if strings.Contains(err.Error(), "hunter2") || len(err.Error()) > 200 {
			t.Errorf("%.40q: error tells too much: %v", text, err)
		}
	}
}

func TestBuild(t *testing.T) {
	t.Parallel()
	o := &value.Object{}
	o.Set("b", value.Int(-5)).Set("a\n<>", value.String("\u2028<&>\"\\\x01\xff")).Set("b", value.Float(1.5))
	o.Set("none", nil).Set("list", (&value.Array{}).Append(value.Bool(true)).Append(nil).Value())
	o.Set("nan", value.Float(math.NaN())).Set("big", value.Float(1e21)).Set("empty", (&value.Array{}).Value())
	want := `{"b":1.5,"a\n<>":"` + "\u2028" + `<&>\"\\\u0001` + "\ufffd" + `","none":null,"list":[true,null],"nan":null,"big":1e+21,"empty":[]}`
	if got := string(o.Value()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := string((&value.Object{}).Value()); got != "{}" {
		t.Errorf("empty object is %s", got)
	}
}

func TestBuildManyNames(t *testing.T) {
	t.Parallel()
	o := &value.Object{}
	for round := range 2 {
		for i := range 100 {
			o.Set(strings.Repeat("x", i), value.Int(int64(round)))
		}
	}
	if v := o.Value(); v.Len() != 100 || strings.Contains(string(v), "0") {
		t.Errorf("got %d names: %s", v.Len(), v)
	}
}

func TestArrayGrowsAfterValue(t *testing.T) {
	t.Parallel()
	a := (&value.Array{}).Append(value.Int(1))
	first := a.Value()
	second := a.Append(value.Int(2)).Value()
	if string(first) != "[1]" || string(second) != "[1,2]" {
		t.Errorf("got %s and %s", first, second)
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	v, err := value.Of(map[string]any{"a": "<b>", "raw": value.Raw("1.10"), "n": nil})
	if want := `{"a":"<b>","n":null,"raw":1.10}`; err != nil || string(v) != want {
		t.Errorf("got %s, %v", v, err)
	}
	if v, err := value.Of(value.Raw("1.10")); err != nil || string(v) != "1.10" {
		t.Errorf("got %s, %v", v, err)
	}
	if _, err := value.Of(make(chan int)); err == nil {
		t.Error("a channel is JSON")
	}
}

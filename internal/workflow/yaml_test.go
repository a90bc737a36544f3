package workflow

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
)

func TestFromYAML(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ in, want string }{
		"YAML 1.2 words":      {"[yes, no, on, off, y, Yes]", `["yes","no","on","off","y","Yes"]`},
		"booleans":            {"[true, False, TRUE]", `[true,false,true]`},
		"nulls":               {"a: ~\nb: null\nc:\nd: Null\ne: nULL\n", `{"a":null,"b":null,"c":null,"d":null,"e":"nULL"}`},
		"key order":           {"b: 1\na: 2\nc: {z: 1, y: 2}\n", `{"b":1,"a":2,"c":{"z":1,"y":2}}`},
		"number spelling":     {"[1.10, 1e3, 1E+3, -0, -0.50, 12345678901234567890123, 0.0]", `[1.10,1e3,1E+3,-0,-0.50,12345678901234567890123,0.0]`},
		"not JSON's spelling": {"[+1, 017, 0o17, 0xfF, .5, 5., +.5e3, 00.5, 1.e5]", `[1,17,15,255,0.5,5,0.5e3,0.5,1e5]`},
		"no numbers in 1.2":   {"[1_000, 0b11, 1:20, 0o8, 0x, '1', \"2\", ., +, e5, 1e]", `["1_000","0b11","1:20","0o8","0x","1","2",".","+","e5","1e"]`},
		"dates are text":      {"[2024-01-01, 2024-01-01T00:00:00Z]", `["2024-01-01","2024-01-01T00:00:00Z"]`},
		"block texts":         {"a: |\n  x\n  y\nb: >\n  x\n  y\n", `{"a":"x\ny\n","b":"x y\n"}`},
		"quotes":              {`{"a\tb": 'it''s', true: "\u00e9<\x41"}`, `{"a\tb":"it's","true":"é<A"}`},
		"aliases":             {"a: &x {k: 1.0}\nb: *x\nc: [*x]\n", `{"a":{"k":1.0},"b":{"k":1.0},"c":[{"k":1.0}]}`},
		"merge is a key":      {"a: {<<: {k: 1}}", `{"a":{"<<":{"k":1}}}`},
		"tags":                {"[!!str 12, !!int 12, !!float 1.5, !!bool true, !!map {a: 1}, !!seq [1]]", `["12",12,1.5,true,{"a":1},[1]]`},
		"JSON":                {`{"a":[1,2.50,"x",null,true,{}],"b":[]}`, `{"a":[1,2.50,"x",null,true,{}],"b":[]}`},
		"marker and comment":  {"# hello\n---\na: 1 # one\n...\n", `{"a":1}`},
		"a variable":          {`a: "{{$context.data}}"`, `{"a":"{{$context.data}}"}`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := FromYAML([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFromYAMLRefuses(t *testing.T) {
	t.Parallel()
	bomb := "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for i := range 9 {
		from, to := string(rune('0'+i)), string(rune('1'+i))
		bomb += "a" + to + ": &a" + to + " [" + strings.TrimSuffix(strings.Repeat("*a"+from+",", 10), ",") + "]\n"
	}
	tests := map[string]struct{ in, want string }{
		"nothing":          {"", "empty"},
		"only a comment":   {"# x\n", "empty"},
		"broken":           {"a: [1,\nb: 2", "line"},
		"a key twice":      {"a: 1\nb: 2\na: 3\n", `line 3, column 1: "a" is given twice`},
		"two documents":    {"a: 1\n---\nb: 2\n", "more than one"},
		"a key of keys":    {"{a: 1}: 2", "line 1, column 1: a key must be a text"},
		"infinity":         {"a: .inf", "JSON has no number"},
		"not a number":     {"a: .NaN", "JSON has no number"},
		"another tag":      {"a: !thing 1", "!thing"},
		"binary":           {"a: !!binary aGk=", "!!binary"},
		"a wrong tag":      {"a: !!int x", "x"},
		"a tagged list":    {"a: !!set {x}", "!!set"},
		"an unknown alias": {"a: *x", "x"},
		"many laughs":      {bomb, "too large"},
		"itself":           {"a: &x [*x]", "nests too deep"},
		"deep":             {strings.Repeat("[", 600) + strings.Repeat("]", 600), "nests too deep"},
		"long":             {"a: " + strings.Repeat("x", 1<<20), "longer than"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := FromYAML([]byte(tt.in))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %.80s, %v", got, err)
			}
			if code := hookflow.CodeOf(err); code != hookflow.CodeInvalid && code != hookflow.CodeTooLarge {
				t.Errorf("code %s", code)
			}
		})
	}
}

func FuzzFromYAML(f *testing.F) {
	for _, seed := range []string{"a: 1\n", "[1.10, 0x1f, +.5]", "a: &x {b: *x}", "? a\n: b", "a: !!int '0'", "- |\n x", "%YAML 1.2\n---\na"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := FromYAML(text)
		if err == nil && !json.Valid(got) {
			t.Errorf("%q became %q", text, got)
		}
	})
}

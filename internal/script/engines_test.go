package script

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// skipWhenSlow skips what loads Math.js.
func skipWhenSlow(t *testing.T) {
	t.Helper()
	if raceEnabled {
		t.Skip("the race detector slows the engine too far")
	}
}

func TestEngines(t *testing.T) {
	t.Parallel()
	skipWhenSlow(t)
	pool := newTestPool(t, Options{Workers: 1})
	source := json.RawMessage(`{"items":[{"name":"a","price":1.5,"tags":["x"]},{"name":"b","price":2.5}],"n":3,"text":"t"}`)
	params := json.RawMessage(`{"$v0":[1,2,3],"$v1":{"a":1},"$v2":"A","$v3":4}`)
	for _, c := range []struct {
		engine Engine
		code   string
		want   string // the result, or the error
	}{
		{JavaScript, `$v3 * 2 + $v1.a`, `9`},
		{JavaScript, `$v0.map((n) => n / 3)`, `[0.3333333333333333,0.6666666666666666,1]`},
		{JavaScript, `{a: $v3, b: [$v2]}`, `{"a":4,"b":["A"]}`},
		{JavaScript, `await Promise.resolve($v3) // a comment`, `4`},
		{JavaScript, `$v3 +`, `SyntaxError: unexpected token in expression: ')'`},
		{JavaScript, `1; 2`, `SyntaxError: expecting ')'`},
		{JavaScript, `1)}); (async function () {return (2`, `SyntaxError: Unexpected token '}'`},
		{JavaScript, `missing.a`, `ReferenceError: 'missing' is not defined`},
		{JavaScript, `undefined`, `undefined`},
		{Formula, `SUM($v0, $v3)`, `10`},
		{Formula, `0.1 + 0.2`, `0.3`},
		{Formula, `IF($v3 > 3, UPPER("yes"), "no") + CONCATENATE("-", $v2)`, `"YES-A"`},
		{Formula, `DATE(2026, 1, 2) instanceof Date`, `true`},
		{Formula, `ROUND(AVERAGE([1, 2, 4]), 2)`, `2.33`},
		{Formula, `1 / 0`, `null`},
		{Formula, `SQRT(-1)`, `Error: #NUM!`},
		{Formula, `SUM(1,`, `SyntaxError: expecting ')'`},
		{Math, `sum($v0) * 2 + $v3`, `16`},
		{Math, `0.1 + 0.2`, `0.3`},
		{Math, `$v0[1] + $v1.a`, `2`},
		{Math, `[1, 2; 3, 4] * 2`, `[[2,4],[6,8]]`},
		{Math, "a = 2\na ^ 10", `1024`},
		{Math, `sqrt(-4)`, `"2i"`},
		{Math, `2 cm + 10 mm to cm`, `"3 cm"`},
		{Math, `bignumber(1) / 3`, `0.333333333`},
		{Math, `1 / 0`, `null`},
		{Math, `{a: 1 + 1, b: [1/2]}`, `{"a":2,"b":[0.5]}`},
		{Math, `equalText($v2, "A") and $v3 > 3`, `true`},
		{Math, `missing + 1`, `Error: Undefined symbol missing`},
		{Math, `2 +`, `SyntaxError: Unexpected end of expression (char 4)`},
		{JSONata, `$sum(items.price)`, `4`},
		{JSONata, `items[price > 2].name`, `"b"`},
		{JSONata, `items.{"n": name, "c": $count(tags)}`, `[{"n":"a","c":1},{"n":"b","c":0}]`},
		{JSONata, `missing`, `undefined`},
		{JSONata, `items[`, `Expected "]" before end of expression`},
		{JSONata, `$notThere()`, `Attempted to invoke a non-function`},
		{JMESPath, `items[?price > ` + "`2`" + `].name`, `["b"]`},
		{JMESPath, `sum(items[].price)`, `4`},
		{JMESPath, `missing`, `null`},
		{JMESPath, `items[?`, `ParserError: Invalid token (EOF): ""`},
		{JSONPath, `$.items[*].name`, `["a","b"]`},
		{JSONPath, `$..price`, `[1.5,2.5]`},
		{JSONPath, `$.items[?(@.price > 2)].name`, `["b"]`},
		{JSONPath, `$.missing`, `[]`},
		{"perl", `1`, `there is no engine "perl"`},
	} {
		result, err := pool.Run(t.Context(), Run{Engine: c.engine, Code: c.code, Context: source, Params: params})
		got := string(result.Value)
		switch {
		case err != nil:
			got = err.Error()
		case result.Value == nil:
			got = "undefined"
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", c.engine, c.code, diff)
		}
	}
}

// TestExpressionsAreParsed: what is not in an engine's language is found without
// running it, also its place.
func TestExpressionsAreParsed(t *testing.T) {
	t.Parallel()
	skipWhenSlow(t)
	pool := newTestPool(t, Options{Workers: 1})
	for _, c := range []struct {
		engine   Engine
		good     string
		bad      string
		line, at int
	}{
		{JavaScript, "missing + 1", "1 +\n* 2", 2, 1},
		{Formula, "SUM(1, missing)", "SUM(1,\n)]", 2, 2},
		{Math, "missing + 1", "1 +", 0, 0},
		{JSONata, "missing[0]", "[1, ", 0, 0},
		{JMESPath, "a.b[0]", "a[", 0, 0},
	} {
		if err := pool.Check(t.Context(), c.engine, c.good); err != nil {
			t.Errorf("%s: %s: %v", c.engine, c.good, err)
		}
		err := pool.Check(t.Context(), c.engine, c.bad)
		if kindOf(err) != KindSyntax {
			t.Errorf("%s: %s: got %v", c.engine, c.bad, err)
			continue
		}
		if line, at := err.(*Error).Position(); line != c.line || at != c.at { //nolint:errorlint // Check wraps nothing
			t.Errorf("%s: at %d:%d, want %d:%d", c.engine, line, at, c.line, c.at)
		}
	}
}

// TestMathKeepsNothing: the machine of Math.js is used again, and no expression
// sees what another did.
func TestMathKeepsNothing(t *testing.T) {
	t.Parallel()
	skipWhenSlow(t)
	pool := newTestPool(t, Options{Workers: 1})
	for _, c := range []struct{ code, want string }{
		{"left = 7; f(x) = x + 1; f(left)", `8`},
		{"left", "Error: Undefined symbol left"},
		{"f(1)", "Error: Undefined function f"},
		{`config({number: "BigNumber"})`, "Error: Function config is disabled"},
		{`import({sqrt: 1}, {override: true})`, "Error: Function import is disabled"},
		{`createUnit("foo")`, "Error: Function createUnit is disabled"},
		{`evaluate("1 + 1")`, "Error: Function evaluate is disabled"},
		{`parse("1").constructor`, "Error: Function parse is disabled"},
		{`cos.constructor("return 1")`, `Error: No access to method "constructor"`},
		{`"a".constructor`, `Error: No access to property "constructor"`},
		{`{}.__proto__`, `Error: No access to property "__proto__"`},
		{`typeOf(1 / 3)`, `"number"`},
		{`sqrt(16)`, `4`},
	} {
		result, err := pool.Run(t.Context(), Run{Engine: Math, Code: c.code})
		if got := string(result.Value) + errorText(err); got != c.want {
			t.Errorf("%s: got %s, want %s", c.code, got, c.want)
		}
	}
}

func TestEnginesAreBounded(t *testing.T) {
	t.Parallel()
	skipWhenSlow(t)
	pool := newTestPool(t, Options{Workers: 1})
	for _, c := range []struct {
		engine Engine
		code   string
		want   Kind
	}{
		{JavaScript, `(() => { for (;;) {} })()`, KindTimeout},
		{JavaScript, `[].indexOf.call({length: 2 ** 53 - 1}, 1)`, KindTimeout},
		{JavaScript, `'x'.repeat(2 ** 21)`, KindTooLarge},
		{Formula, `(() => { for (;;) {} })()`, KindTimeout},
		{Math, `f(x) = f(x + 1) + 1; f(1)`, KindError},
		{Math, `sum(map(1:1000000000, f(x) = x))`, KindTimeout},
		{Math, `zeros(10000, 10000)`, KindMemory},
		{JSONata, `($f := function($x) { $f($x + 1) }; $f(1))`, KindTimeout},
	} {
		_, err := pool.Run(t.Context(), Run{Engine: c.engine, Code: c.code, Timeout: 300 * time.Millisecond})
		if got := kindOf(err); got != c.want && (got != KindTimeout && got != KindMemory || err == nil) {
			t.Errorf("%s: %s: got %v, want kind %s", c.engine, c.code, err, c.want)
		}
		result, err := pool.Run(t.Context(), Run{Engine: c.engine, Code: "1", Timeout: long})
		if err != nil {
			t.Errorf("after %s: %s: %s, %v", c.engine, c.code, result.Value, err)
		}
	}
}

func BenchmarkEngines(b *testing.B) {
	for _, e := range engines[1:] {
		b.Run(string(e), func(b *testing.B) {
			code := map[Engine]string{JSONata: "$.a", JMESPath: "a", JSONPath: "$.a"}[e]
			if code == "" {
				code = "$v0 * 2"
			}
			benchmark(b, Run{Engine: e, Code: code, Context: json.RawMessage(`{"a":1}`), Params: json.RawMessage(`{"$v0":21}`)})
		})
	}
}

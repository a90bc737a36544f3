package value_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/value"
)

// scope looks paths up in one document whose members are the roots.
type scope value.Value

func (s scope) Lookup(p value.Path) value.Value {
	return value.Value(s).Get(append([]value.Segment{value.Segment(p.Root)}, p.Segments...)...)
}

var testScope = scope(`{"$a": {
	"n": 1.10, "big": 12345678901234567890, "s": "x\"\u00e9\ud800", "t": true, "nil": null,
	"o": {"k" : "v\n\ud800"}, "l": [1, 2], "inject": "{{$a.n}} $& \\", "}}": "braces", "low": "\ude00"
}}`)

func TestTemplate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		source, want string
		whole        bool
	}{
		{`"plain \u00e9 text"`, `"plain \u00e9 text"`, false},
		{`""`, `""`, false},
		{`"{{$a.n}}"`, `1.10`, true},
		{`"{{ $a.big }}"`, `12345678901234567890`, true},
		{`"{{$a.s}}"`, `"x\"\u00e9\ud800"`, true},
		{`"{{$a.o}}"`, `{"k" : "v\n\ud800"}`, true},
		{`"{{$a.nil}}"`, `null`, true},
		{`"{{$a.none}}"`, ``, true},
		{`"{{$nowhere}}"`, ``, true},
		{`" {{$a.n}}"`, `" 1.10"`, false},
		{`"{{$a.n}}{{$a.t}}"`, `"1.10true"`, false},
		{`"\ud83d<{{$a.s}}>\u0041"`, `"\ud83d<x\"\u00e9\ud800>\u0041"`, false},
		{`"o={{$a.o}} l={{$a.l}}"`, `"o={\"k\" : \"v\\n\\ud800\"} l=[1, 2]"`, false},
		{`"[{{$a.nil}}{{$a.none}}]"`, `"[]"`, false},
		{`"{{$a.inject}}!"`, `"{{$a.n}} $& \\!"`, false},
		{`"\ud83d{{$a.low}}"`, `"\ud83d\ude00"`, false},
		{`"{{$a[\"}}\"]}}"`, `"braces"`, true},
		{`"{{$a['}}']}}"`, `"braces"`, true},
		{`"\u007b{$a.n}\u007D"`, `1.10`, true},
		{`"{{$a.n"`, `"{{$a.n"`, false},
		{`"a {{"`, `"a {{"`, false},
		{`"{ {$a.n} }"`, `"{ {$a.n} }"`, false},
		{`"{\"x\":{{$a.n}}}"`, `"{\"x\":1.10}"`, false},
		{`"{{$a.n}} and {{ unclosed"`, `"1.10 and {{ unclosed"`, false},
	}
	for _, test := range tests {
		template, err := value.ParseTemplate(value.Raw(test.source))
		if err != nil {
			t.Errorf("%s: %v", test.source, err)
			continue
		}
		got, err := template.Resolve(testScope)
		if err != nil || string(got) != test.want || (got == nil) != (test.want == "") || template.IsWhole() != test.whole {
			t.Errorf("%s: got %s (whole %v), %v; want %s", test.source, got, template.IsWhole(), err, test.want)
		}
	}
}

func TestTemplateRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		`"{{}}"`:                       `between {{ and }}: "" is not a path`,
		`"{{ name }}"`:                 `"name" is not a path: it must begin with a name such as $context`,
		`"{{$a.n + 1}}"`:               `expected at " + 1"`,
		`"{{ it's }}"`:                 `"it's" is not a path`,
		`"ok {{$a.n}} bad {{{$a.n}}}"`: `"{$a.n" is not a path`,
	}
	for source, want := range tests {
		if _, err := value.ParseTemplate(value.Raw(source)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", source, err, want)
		}
	}
}

func TestTree(t *testing.T) {
	t.Parallel()
	source := `{ "n" : "{{$a.n}}", "{{$a.k}}": [ 1.50, "{{$a.none}}", {"s\u0020":"hi {{$a.t}}"} ], "n": {"keep" : 2.0 }, "e":[], "f":{} }`
	tree, problems := value.Compile(value.Raw(source))
	if problems != nil || tree.IsStatic() {
		t.Fatalf("static %v, problems %v", tree.IsStatic(), problems)
	}
	want := `{"n":1.10,"{{$a.k}}":[1.50,null,{"s\u0020":"hi true"}],"n":{"keep" : 2.0 },"e":[],"f":{}}`
	if got, err := tree.Render(testScope); err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	var paths []string
	for _, p := range tree.Paths() {
		paths = append(paths, p.String())
	}
	if diff := cmp.Diff([]string{"$a.n", "$a.none", "$a.t"}, paths); diff != "" {
		t.Error(diff)
	}
}

func TestTreeParts(t *testing.T) {
	t.Parallel()
	source := value.Raw(`{"a":"{{$a.n}}","b":[1,"x"]}`)
	compiled, _ := value.Compile(source)
	templates := map[string]bool{}
	for _, tree := range []*value.Tree{compiled, value.Literal(source)} {
		for name, member := range tree.Members() {
			_, templates[name] = member.Template()
			for _, item := range member.Items() {
				if !item.IsStatic() || item.Source() == nil {
					t.Errorf("item %s", item.Source())
				}
			}
		}
		if want := map[string]bool{"a": tree == compiled, "b": false}; !cmp.Equal(want, templates) {
			t.Errorf("templates %v, want %v", templates, want)
		}
	}
}

func TestTreeStaticAndMissing(t *testing.T) {
	t.Parallel()
	static, _ := value.Compile(value.Raw(`{"a" : ["x"] }`))
	if got, err := static.Render(nil); err != nil || string(got) != `{"a" : ["x"] }` || !static.IsStatic() {
		t.Errorf("got %s, %v", got, err)
	}
	literal := value.Literal(value.Raw(`"{{$a.n}}"`))
	if got, err := literal.Render(nil); err != nil || string(got) != `"{{$a.n}}"` {
		t.Errorf("got %s, %v", got, err)
	}
	whole, _ := value.Compile(value.Raw(`"{{$a.none}}"`))
	if got, err := whole.Render(testScope); err != nil || got != nil {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestCompileProblems(t *testing.T) {
	t.Parallel()
	_, problems := value.Compile(value.Raw(`{"a/b":["{{$ok}}","{{x}}"],"~":{"c":"{{}}"},"d":"{{$a.}}"}`))
	var pointers []string
	for _, p := range problems {
		pointers = append(pointers, p.Pointer)
	}
	if diff := cmp.Diff([]string{"/a~1b/1", "/~0/c", "/d"}, pointers); diff != "" {
		t.Error(diff)
	}
	deep := value.Raw(strings.Repeat(`{"a":[`, 101) + `"{{x}}"` + strings.Repeat(`]}`, 101))
	if _, problems := value.Compile(deep); len(problems) != 1 || problems[0].Detail != value.TooDeep || problems[0].Pointer != strings.Repeat("/a/0", 100) {
		t.Errorf("problems of a deep document: %v", problems)
	}
	many := value.Raw(`[[` + strings.Repeat(`"{{x}}",`, 100) + `0],` + strings.Repeat(`"{{x}}",`, 100) + `0]`)
	if _, problems := value.Compile(many); len(problems) != value.MaxProblems {
		t.Errorf("%d problems", len(problems))
	}
}

func TestRenderIsBounded(t *testing.T) {
	t.Parallel()
	big := scope(`{"$a":"` + strings.Repeat("x", 1<<20) + `"}`)
	for _, source := range []string{
		`"` + strings.Repeat(`{{$a}}`, 100) + `"`,
		`[` + strings.Repeat(`"{{$a}}",`, 99) + `"{{$a}}"]`,
	} {
		tree, _ := value.Compile(value.Raw(source))
		if v, err := tree.Render(big); !errors.Is(err, value.ErrTooLarge) || v != nil {
			t.Errorf("%.20s: %d bytes, %v", source, len(v), err)
		}
	}
}

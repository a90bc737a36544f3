package spec_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

type config struct {
	URL     string            `json:"url" required:"true"`
	Method  string            `json:"method" enum:"GET,POST" default:"POST"`
	Tries   int               `json:"tries" min:"1" max:"10" default:"3"`
	Small   int8              `json:"small"`
	Count   uint16            `json:"count"`
	Rate    float64           `json:"rate" max:"0.5"`
	Follow  bool              `json:"follow" default:"true"`
	Wait    hookflow.Duration `json:"wait" min:"1s" max:"1m" default:"10s"`
	Code    string            `json:"code" literal:"true"`
	Name    string            `json:"name,omitempty" min:"2" max:"3"`
	To      []string          `json:"to,omitempty" min:"1"`
	Verbs   []string          `json:"verbs" enum:"GET,POST" default:"[\"GET\"]"`
	Headers map[string]string `json:"headers"`
	Body    value.Value       `json:"body"`
	Raw     json.RawMessage   `json:"raw"`
	Auth    *auth             `json:"auth"`
	Retry   retry             `json:"retry"`
	When    condition         `json:"when"`
	Secret  hookflow.Duration `json:"secret" secret:"true"`
	Ignored int               `json:"-"`
	Common
}

type Common struct {
	Note string `json:"note,omitempty"`
}

type auth struct {
	User string `json:"user" required:"true"`
	Kind string `json:"kind" default:"basic"`
}

type retry struct {
	Interval hookflow.Duration `json:"interval" default:"5s"`
	Deep     struct {
		On bool `json:"on" default:"true"`
	} `json:"deep"`
}

type condition struct {
	Left value.Value `json:"left"`
	All  []condition `json:"all"`
}

// defaults is what a config with nothing but its URL holds.
func defaults(change func(*config)) config {
	c := config{URL: "u", Method: "POST", Tries: 3, Follow: true, Wait: seconds(10), Verbs: []string{"GET"}}
	c.Retry.Interval, c.Retry.Deep.On = seconds(5), true
	change(&c)
	return c
}

func seconds(n int64) hookflow.Duration { return hookflow.Duration(n * 1e9) }

// scope looks paths up in one document whose members are the roots.
type scope value.Value

func (s scope) Lookup(p value.Path) value.Value {
	return value.Value(s).Get(append([]value.Segment{value.Segment(p.Root)}, p.Segments...)...)
}

var testScope = scope(`{"$a":{"n":"7","i":7,"f":"0.25","t":"true","yes":"yes","nil":null,"s":"text","o":{"k":1.10},"l":["x",null,"y"],"auth":{"user":"ann","extra":1},"big":99999}}`)

func TestDecode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, source string
		want         config
	}{
		{"defaults", `{"url":"u"}`, defaults(func(*config) {})},
		{"null is not given", `{"url":"u","tries":null,"auth":null,"retry":null,"headers":null}`, defaults(func(*config) {})},
		{
			"literals", `{"url":"u","tries":2.0,"small":-128,"count":65535,"rate":0.5,"follow":false,"wait":"1m","note":"n","verbs":[]}`,
			defaults(func(c *config) {
				c.Tries, c.Small, c.Count, c.Rate, c.Follow, c.Wait, c.Note, c.Verbs = 2, -128, 65535, 0.5, false, seconds(60), "n", []string{}
			}),
		},
		{
			"scalars as text", `{"url":8080,"note":true,"headers":{"A":1.10}}`,
			defaults(func(c *config) { c.URL, c.Note, c.Headers = "8080", "true", map[string]string{"A": "1.10"} }),
		},
		{
			"any JSON", `{"url":"u","body":{"z":1.10,"a":[null]},"raw":null}`,
			defaults(func(c *config) { c.Body, c.Raw = value.Raw(`{"z":1.10,"a":[null]}`), json.RawMessage(`null`) }),
		},
		{
			"objects", `{"url":"u","auth":{"user":"ann"},"retry":{"interval":"1s"},"when":{"all":[{"left":1},{"all":[]}]}}`,
			defaults(func(c *config) {
				c.Auth, c.Retry.Interval = &auth{User: "ann", Kind: "basic"}, seconds(1)
				c.When.All = []condition{{Left: value.Raw("1")}, {All: []condition{}}}
			}),
		},
		{
			"templates", `{"url":"http://{{$a.s}}/{{$a.n}}","tries":"{{$a.n}}","small":"{{$a.i}}","rate":"{{$a.f}}","follow":"{{$a.t}}","wait":"{{$a.n}}s"}`,
			defaults(func(c *config) {
				c.URL, c.Tries, c.Small, c.Rate, c.Wait = "http://text/7", 7, 7, 0.25, seconds(7)
			}),
		},
		{
			"missing templates", `{"url":"u","tries":"{{$a.nope}}","follow":"{{$a.nil}}","auth":"{{$a.nope}}","to":["{{$a.nope}}","b"],"headers":{"A":"{{$a.nil}}","B":"[{{$a.nil}}]"}}`,
			defaults(func(c *config) { c.To, c.Headers = []string{"b"}, map[string]string{"B": "[]"} }),
		},
		{
			"any JSON from templates", `{"url":"u","body":"{{$a.nope}}","raw":"{{$a.nil}}","when":{"left":{"k":"{{$a.nope}}","o":"{{$a.o}}"}}}`,
			defaults(func(c *config) {
				c.Raw, c.When.Left = json.RawMessage(`null`), value.Raw(`{"k":null,"o":{"k":1.10}}`)
			}),
		},
		{"lists from templates", `{"url":"u","to":"{{$a.l}}"}`, defaults(func(c *config) { c.To = []string{"x", "y"} })},
		{"literal", `{"url":"u","code":"{{ not.a.path }} {{$a.n}}"}`, defaults(func(c *config) { c.Code = "{{ not.a.path }} {{$a.n}}" })},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tree, _ := value.Compile(value.Raw(test.source))
			var got config
			if problems := spec.Decode(tree, testScope, &got); problems != nil {
				t.Fatalf("problems: %v", problems)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if problems := spec.Decode(tree, nil, &config{}); problems != nil {
				t.Errorf("problems at save: %v", problems)
			}
		})
	}
}

var refusals = []struct{ source, want string }{
	{`{}`, `/url is required`},
	{`null`, `/url is required`},
	{`[]`, ` expected object, got array`},
	{`{"url":null}`, `/url is required`},
	{`{"url":[]}`, `/url expected string, got array`},
	{`{"url":"u","url":"v"}`, `/url is given twice`},
	{`{"url":"u","trise":1,"HEADERS":{},"xyz/~":0}`, `/trise is not a known name; did you mean "tries"?|/HEADERS is not a known name; did you mean "headers"?|/xyz~1~0 is not a known name`},
	{`{"url":"u","Ignored":1,"Common":1}`, `/Ignored is not a known name|/Common is not a known name`},
	{`{"url":"u","tries":"7"}`, `/tries expected integer, got string`},
	{`{"url":"u","tries":1.5}`, `/tries expected integer, got a fraction or a number too large`},
	{`{"url":"u","tries":0,"rate":0.75,"name":"a","to":[]}`, `/tries must be at least 1|/rate must be at most 0.5|/name number of characters must be at least 2|/to number of items must be at least 1`},
	{`{"url":"u","name":"äöüß"}`, `/name number of characters must be at most 3`},
	{`{"url":"u","small":128,"count":-1,"rate":1e999}`, `/small is out of range|/count is out of range|/rate is out of range`},
	{`{"url":"u","follow":"true","rate":true}`, `/follow expected boolean, got string|/rate expected number, got boolean`},
	{`{"url":"u","method":"PUT","verbs":["GET","put"]}`, `/method must be one of GET, POST|/verbs/1 must be one of GET, POST`},
	{`{"url":"u","wait":"soon"}`, `/wait "soon" is not a duration such as 30s, 10m or 7d`},
	{`{"url":"u","wait":"2m"}`, `/wait must be at most 1m`},
	{`{"url":"u","wait":{},"secret":"hunter2"}`, `/wait expected string, got object|/secret is not valid`},
	{`{"url":"u","to":"a","headers":[]}`, `/to expected array, got string|/headers expected object, got array`},
	{`{"url":"u","to":[null,{}],"headers":{"a":"1","a":"2","b":null}}`, `/to/0 expected string, got null|/to/1 expected string, got object|/headers/a is given twice|/headers/b expected string, got null`},
	{`{"url":"u","auth":{},"when":{"all":[{"all":[{"lefft":1}]}]}}`, `/auth/user is required|/when/all/0/all/0/lefft is not a known name; did you mean "left"?`},
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range refusals {
		tree, _ := value.Compile(value.Raw(test.source))
		if got := join(spec.Decode(tree, nil, &config{})); got != test.want {
			t.Errorf("%s at save:\n got %s\nwant %s", test.source, got, test.want)
		}
		if got := join(spec.Decode(tree, testScope, &config{})); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.source, got, test.want)
		}
		if got := join(spec.DecodeJSON(value.Raw(test.source), &config{})); got != test.want {
			t.Errorf("%s as a document:\n got %s\nwant %s", test.source, got, test.want)
		}
	}
}

func join(problems []spec.Problem) string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Pointer+" "+p.Detail)
	}
	return strings.Join(all, "|")
}

func TestDecodeRefusesTemplates(t *testing.T) {
	t.Parallel()
	tests := []struct{ source, atSave, resolved string }{
		{`{"url":"{{$a.nope}}"}`, ``, `/url is required, and $a.nope is missing or null`},
		{`{"url":"{{$a.o}}"}`, ``, `/url expected string, got object`},
		{`{"url":"u","follow":"{{$a.yes}}"}`, ``, `/follow expected boolean, got string`},
		{`{"url":"u","tries":"{{$a.s}}"}`, ``, `/tries expected integer, got string`},
		{`{"url":"u","tries":"{{$a.big}}"}`, ``, `/tries must be at most 10`},
		{`{"url":"u","auth":"{{$a.auth}}"}`, ``, `/auth/extra is not a known name`},
		{`{"url":"u","method":"{{$a.s}}"}`, ``, `/method must be one of GET, POST`},
		{`{"url":"u","to":"{{$a.s}}"}`, ``, `/to expected array, got string`},
		{
			`{"url":"{{a}}","body":{"x":["{{b}}"]},"code":"{{c}}","to":["{{d}}"]}`,
			`/url between {{ and }}: "a" is not a path: it must begin with a name such as $context|` +
				`/body/x/0 between {{ and }}: "b" is not a path: it must begin with a name such as $context|` +
				`/to/0 between {{ and }}: "d" is not a path: it must begin with a name such as $context`,
			`/url between {{ and }}: "a" is not a path: it must begin with a name such as $context|` +
				`/body/x/0 between {{ and }}: "b" is not a path: it must begin with a name such as $context|` +
				`/to/0 between {{ and }}: "d" is not a path: it must begin with a name such as $context`,
		},
	}
	for _, test := range tests {
		tree, _ := value.Compile(value.Raw(test.source))
		if got := join(spec.Decode(tree, nil, &config{})); got != test.atSave {
			t.Errorf("%s at save:\n got %s\nwant %s", test.source, got, test.atSave)
		}
		if got := join(spec.Decode(tree, testScope, &config{})); got != test.resolved {
			t.Errorf("%s:\n got %s\nwant %s", test.source, got, test.resolved)
		}
	}
}

func TestDecodeJSON(t *testing.T) {
	t.Parallel()
	var got config
	if problems := spec.DecodeJSON(value.Raw(`{"url":"{{ no path }}","wait":0.0,"body":"{{x}}"}`), &got); join(problems) != `/wait "0.0" is not a duration such as 30s, 10m or 7d` {
		t.Errorf("problems: %v", problems)
	}
	if got.URL != "{{ no path }}" || string(got.Body) != `"{{x}}"` {
		t.Errorf("got %q and %s", got.URL, got.Body)
	}
	if problems := spec.DecodeJSON(value.Raw(`{"url":8080}`), &config{}); join(problems) != "/url expected string, got number" {
		t.Errorf("problems: %v", problems)
	}
}

func TestDecodeMissingDocument(t *testing.T) {
	t.Parallel()
	var got retry
	if problems := spec.Decode(nil, nil, &got); problems != nil || got.Interval != seconds(5) || !got.Deep.On {
		t.Errorf("got %+v, %v", got, problems)
	}
}

func TestDecodeOtherThanObjects(t *testing.T) {
	t.Parallel()
	var list []int
	if problems := spec.DecodeJSON(value.Raw(`[1,2]`), &list); problems != nil || len(list) != 2 {
		t.Errorf("got %v, %v", list, problems)
	}
}

func TestProblemsAreBounded(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	for i := range 200 {
		fmt.Fprintf(&source, `"unknown%d":0,`, i)
	}
	problems := spec.DecodeJSON(value.Raw(`{`+source.String()+`"url":"u"}`), &config{})
	if len(problems) != value.MaxProblems || problems[49].Pointer != "/unknown49" {
		t.Errorf("%d problems, the last at %s", len(problems), problems[len(problems)-1].Pointer)
	}
}

func TestDepthIsBounded(t *testing.T) {
	t.Parallel()
	deep := value.Raw(strings.Repeat(`{"all":[`, 2000) + strings.Repeat(`]}`, 2000))
	tree, _ := value.Compile(deep)
	for name, problems := range map[string][]spec.Problem{
		"compiled": spec.Decode(tree, testScope, &condition{}),
		"document": spec.DecodeJSON(deep, &condition{}),
	} {
		if join(problems) != strings.Repeat("/all/0", value.MaxDepth/2)+" "+value.TooDeep {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func TestWorkflowDocument(t *testing.T) {
	t.Parallel()
	source := `{"kind":"Workflow","key":"k","enabled":true,"options":{"timeout":"10m","retain":{"failed":"90d"}},
		"trigger":{"type":"webhook","config":{"maxBytes":"5MiB"}},
		"nodes":[{"key":"a","type":"condition","config":{"left":"{{$context.x}}"},"branches":{"true":[{"key":"b","type":"end"}]}}]}`
	var w hookflow.Workflow
	if problems := spec.DecodeJSON(value.Raw(source), &w); problems != nil {
		t.Fatal(problems)
	}
	if b := w.Nodes[0].Branches["true"][0]; b.Key != "b" || b.OnError != "fail" || w.Options.Retain.Failed != seconds(90*24*3600) {
		t.Errorf("got %+v", w)
	}
	var hook hookflow.Webhook
	if problems := spec.DecodeJSON(value.Value(w.Trigger.Config), &hook); problems != nil || hook.MaxBytes != 5<<20 || hook.Sync.Timeout != seconds(30) {
		t.Errorf("got %+v, %v", hook, problems)
	}
}

func TestTypesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	tests := map[string]any{
		"chan int has no place": &struct{ C chan int }{},
		"default of": &struct {
			N int `default:"x"`
		}{},
		`bound "x"`: &struct {
			N int `min:"x"`
		}{},
		"must be one of": &struct {
			S string `enum:"a" default:"b"`
		}{},
		"map[int]string has no place": &struct{ M map[int]string }{},
	}
	for want, dst := range tests {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
					t.Errorf("panic %q, want %s", got, want)
				}
			}()
			spec.DecodeJSON(value.Raw("{}"), dst)
		}()
	}
}

package nodes

import (
	"context"
	"fmt"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[calculateConfig]{
		Type:  "calculate",
		Title: node.Text{EN: "Calculation", ZH: "计算"},
		Help: node.Text{
			EN: "Evaluates an expression in a sandbox, for at most 5 seconds. template fills in a text; in javascript, formula (Formula.js: the functions of spreadsheets) and math (Math.js: its lists begin at 1) every {{variable}} stands for its value, so do not put it into quotes; jsonata, jmespath and jsonpath query source. Results of formula and math are rounded to nine decimals; what is no finite number is null.",
			ZH: "在沙箱中计算表达式，最长 5 秒。template 填充文本；在 javascript、formula（Formula.js，电子表格函数）与 math（Math.js，列表从 1 开始）中，每个 {{变量}} 代表其值，因此不要加引号；jsonata、jmespath 与 jsonpath 查询 source。formula 与 math 的结果保留九位小数；非有限数值为 null。",
		},
		Icon: "calculator", Family: node.FamilyData,
		Result: node.Text{EN: "the value of the expression", ZH: "表达式的值"},
		Check: func(c *calculateConfig) []hookflow.Problem {
			return problemAt("/expression", checkExpression(c.Engine, c.Expression))
		},
		Sources: func(c *calculateConfig) []node.Source { return sourceOf(c.Engine, c.Expression) },
		Run:     runCalculate,
	})
}

type calculateConfig struct {
	Engine     string      `json:"engine,omitempty" literal:"true" enum:"template,javascript,formula,math,jsonata,jmespath,jsonpath" default:"javascript" doc:"Language of the expression" zh:"表达式语言"`
	Expression string      `json:"expression" required:"true" literal:"true" ui:"expression" doc:"What to calculate; {{variables}} mean something in template, javascript, formula and math" zh:"要计算的表达式；{{变量}} 仅在 template、javascript、formula 与 math 中有效"`
	Source     value.Value `json:"source,omitempty" default:"{{$context.data}}" when:"engine=jsonata,jmespath,jsonpath" doc:"What jsonata, jmespath and jsonpath query" zh:"jsonata、jmespath 与 jsonpath 查询的数据"`
}

func runCalculate(ctx context.Context, call *node.Call[calculateConfig]) (node.Outcome, error) {
	c := call.Config
	result, err := evaluate(ctx, call.Run, c.Engine, c.Expression, c.Source)
	return node.Done{Result: result}, err
}

// Engines that are not plain code: one that needs no sandbox, and those whose
// expressions have a source instead of variables.
const (
	engineTemplate = "template"
	engineJSONata  = "jsonata"
	engineJMESPath = "jmespath"
	engineJSONPath = "jsonpath"
)

func isQuery(engine string) bool {
	return engine == engineJSONata || engine == engineJMESPath || engine == engineJSONPath
}

// defaultSource is what a source is that was left out: the tag's default, which
// nobody has resolved.
const defaultSource = `"{{$context.data}}"`

// givenOrBody is a source, or the request's body where none is given.
func givenOrBody(run *node.Run, source value.Value) value.Value {
	if string(source) == defaultSource {
		source = run.Scope.Lookup(bodyPath)
	}
	if source == nil {
		return value.Null
	}
	return source
}

// evaluate gives an expression its value.
func evaluate(ctx context.Context, run *node.Run, engine, expression string, source value.Value) (value.Value, error) {
	source = givenOrBody(run, source)
	script := node.Script{Engine: engine, Code: expression, Group: run.Workflow}
	if isQuery(engine) {
		script.Context = source
	} else {
		template, err := value.ParseTemplate(value.String(expression))
		if err != nil {
			return nil, fmt.Errorf("expression: %w", err)
		}
		if engine == engineTemplate {
			return template.Resolve(run.Scope)
		}
		if script.Code, script.Params, err = bind(template, run.Scope); err != nil {
			return nil, fmt.Errorf("expression: %w", err)
		}
	}
	ran, err := run.Env.Scripts.Run(ctx, script)
	return ran.Value, err
}

var bodyPath = value.Path{Root: "$context", Segments: []value.Segment{"data"}}

// bind puts a name in the place of every variable, so that nothing of what a
// variable holds is ever taken for code, and returns the values of the names.
func bind(template value.Template, scope value.Scope) (code string, values value.Value, err error) {
	b := binder{scope: scope, names: map[string]string{}}
	bound, err := template.Resolve(&b)
	return bound.Text(), b.values.Value(), err
}

// binder is a scope whose values are names. The spaces keep them apart from what
// stands beside them.
type binder struct {
	scope  value.Scope
	names  map[string]string // by path
	values value.Object
}

func (b *binder) Lookup(path value.Path) value.Value {
	name, known := b.names[path.String()]
	if !known {
		name = fmt.Sprintf("$v%d", len(b.names))
		b.names[path.String()] = name
		v := b.scope.Lookup(path)
		if v == nil {
			v = value.Null
		}
		b.values.Set(name, v)
	}
	return value.String(" " + name + " ")
}

// checkExpression finds what is wrong with the variables of an expression.
func checkExpression(engine, expression string) error {
	if isQuery(engine) {
		return nil
	}
	_, err := value.ParseTemplate(value.String(expression))
	return err
}

// noScope has no values: for looking at code alone.
type noScope struct{}

func (noScope) Lookup(value.Path) value.Value { return nil }

// sourceOf is an expression as the sandbox parses it.
func sourceOf(engine, expression string) []node.Source {
	if engine == engineTemplate || expression == "" {
		return nil
	}
	source := node.Source{Pointer: "/expression", Engine: engine, Code: expression}
	if !isQuery(engine) {
		template, err := value.ParseTemplate(value.String(expression))
		if err != nil {
			return nil
		}
		if source.Code, _, err = bind(template, noScope{}); err != nil {
			return nil
		}
	}
	return []node.Source{source}
}

package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/script"
	"github.com/hookflow/hookflow/internal/value"
)

// Scripts runs JavaScript in the sandbox, with the network that nodes have.
type Scripts interface {
	Run(ctx context.Context, r script.Run) (script.Result, error)
}

// maxScriptTests is how many tests of scripts run at once.
const maxScriptTests = 4

// scriptTest is a script with all that it sees.
type scriptTest struct {
	Code    string            `json:"code" required:"true" doc:"Body of an async function" zh:"异步函数体"`
	Params  value.Value       `json:"params" doc:"An object; each of its values is a global of its name" zh:"对象；其每个值都是同名全局变量"`
	Context value.Value       `json:"context" doc:"What context holds" zh:"context 的内容"`
	Steps   value.Value       `json:"steps" doc:"What steps holds" zh:"steps 的内容"`
	Env     []string          `json:"env" doc:"Names of the variables that env has; only an administrator may name secrets" zh:"env 中可用的变量名称；仅管理员可列出机密"`
	Timeout hookflow.Duration `json:"timeout" default:"5s" min:"1ms" max:"60s" doc:"Longest time it may run" zh:"最长运行时间"`
}

// scriptResult is what became of it.
type scriptResult struct {
	Body struct {
		Result     json.RawMessage `json:"result" doc:"What the code returned"`
		Logs       []scriptLog     `json:"logs"`
		Error      *scriptError    `json:"error" doc:"null when it succeeded"`
		DurationMS float64         `json:"durationMs"`
	}
}

type scriptLog struct {
	Level string  `json:"level" enum:"log,info,warn,error,debug"`
	Text  string  `json:"text"`
	AtMS  float64 `json:"atMs" doc:"Milliseconds since the start"`
}

type scriptError struct {
	Kind    script.Kind `json:"kind" enum:"error,syntax,timeout,memory,too_large,lost"`
	Message string      `json:"message"`
	Stack   string      `json:"stack" doc:"Lines count from the first of the code"`
	Line    int         `json:"line" doc:"0 when it is not known"`
	Column  int         `json:"column"`
}

func (a *api) registerScripts() {
	slots := make(chan struct{}, maxScriptTests)
	register(a, operation{
		id: "test-script", method: http.MethodPost, path: under("scripts", "test"), tag: "scripts", role: auth.Editor,
		body:    scriptTest{},
		summary: "Run a script in the sandbox, outside any workflow; what it fetches is really sent", zh: "在沙箱中单独运行脚本；其 fetch 请求会真实发送",
	}, func(ctx context.Context, in *struct{ Raw }) (*scriptResult, error) {
		test, err := decode[scriptTest](&in.Raw)
		if err != nil {
			return nil, err
		}
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
		default:
			return nil, hookflow.Errorf(hookflow.CodeOverloaded, "%d scripts are being tested already; try again", maxScriptTests)
		}
		return a.testScript(ctx, test)
	})
}

func (a *api) testScript(ctx context.Context, test scriptTest) (*scriptResult, error) {
	env, problems := a.variablesFor(auth.From(ctx), test.Env)
	if test.Params.IsNull() {
		test.Params = nil
	} else if test.Params.Kind() != value.KindObject {
		problems = append(problems, hookflow.Problem{Pointer: "/params", Detail: "expected object, got " + test.Params.Kind().String()})
	}
	if len(problems) > 0 {
		return nil, hookflow.Invalid("the script cannot be tested", problems...)
	}
	run := script.Run{
		Code: test.Code, Group: "tests of scripts", Context: json.RawMessage(test.Context), Steps: json.RawMessage(test.Steps),
		Env: json.RawMessage(env), Params: json.RawMessage(test.Params), Timeout: test.Timeout.Std(),
	}
	result, err := a.Scripts.Run(ctx, run)
	var failed *script.Error
	switch {
	case err != nil && !errors.As(err, &failed):
		return nil, err
	case failed != nil && failed.Kind == script.KindOverloaded:
		return nil, hookflow.Errorf(hookflow.CodeOverloaded, "%s", failed.Message)
	}
	return a.shownScript(result, failed), nil
}

// variablesFor is an object of the variables that exist among names, or why who
// asks may not have one.
func (a *api) variablesFor(who auth.Principal, names []string) (value.Value, []hookflow.Problem) {
	var object value.Object
	var problems []hookflow.Problem
	for i, name := range names {
		v, isSecret, ok := a.Env.Lookup(name)
		switch {
		case isSecret && !who.Role.Allows(auth.Admin):
			problems = append(problems, hookflow.Problem{
				Pointer: fmt.Sprintf("/env/%d", i), Detail: name + " is a secret; only an administrator may give one to a test",
			})
		case ok:
			object.Set(name, value.String(v))
		}
	}
	return object.Value(), problems
}

// shownScript masks what secrets a script has returned, logged or thrown.
func (a *api) shownScript(result script.Result, failed *script.Error) *scriptResult {
	masker, out := a.Env.Masker(), &scriptResult{}
	out.Body.Logs = make([]scriptLog, len(result.Logs))
	for i, line := range result.Logs {
		out.Body.Logs[i] = scriptLog{Level: line.Level, Text: masker.String(line.Text), AtMS: milliseconds(line.At)}
	}
	out.Body.DurationMS = milliseconds(result.Duration)
	if failed != nil {
		line, column := failed.Position()
		out.Body.Error = &scriptError{
			Kind: failed.Kind, Message: masker.String(failed.Error()), Stack: masker.String(failed.Stack), Line: line, Column: column,
		}
		return out
	}
	if result.Value != nil {
		out.Body.Result = masker.JSON(result.Value)
	}
	return out
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

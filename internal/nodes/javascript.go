package nodes

import (
	"context"
	"fmt"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[javascriptConfig]{
		Type:  "javascript",
		Title: node.Text{EN: "JavaScript", ZH: "JavaScript"},
		Help: node.Text{
			EN: "Runs code in a sandbox without files. context, steps, env and every param are globals; console lines are kept with the step, also when the code fails. fetch sends HTTP requests, at most 50 in a run, where the egress policy lets it; a node whose code mentions fetch acts on the outside: after a crash it may run again, with the same Idempotency-Key for each of its requests.",
			ZH: "在沙箱中运行代码，无法访问文件。context、steps、env 以及每个 param 都是全局变量；console 输出随步骤保存，失败时也保留。fetch 可在出站策略允许的范围内发送 HTTP 请求，每次运行最多 50 个；代码中出现 fetch 的节点视为会影响外部：崩溃后可能重新运行，各请求的 Idempotency-Key 不变。",
		},
		Icon: "braces", Family: node.FamilyCode,
		Result: node.Text{EN: "what the code returns; null when nothing", ZH: "代码的返回值；无返回值时为 null"},
		Check: func(c *javascriptConfig) []hookflow.Problem {
			return problemAt("/params", checkObject(c.Params))
		},
		Outside: func(c *javascriptConfig) bool { return fetches(c.Code) },
		Run:     runJavaScript,
	})
}

type javascriptConfig struct {
	Code    string            `json:"code" required:"true" literal:"true" ui:"code" doc:"Body of an async function; what it returns is the result" zh:"异步函数体；其返回值即为结果"`
	Params  value.Value       `json:"params,omitempty" ui:"keyvalue" doc:"Values by name, each a global of that name" zh:"按名称给出的值，每个都是同名全局变量"`
	Env     []string          `json:"env,omitempty" literal:"true" ui:"env" doc:"Names of the variables and secrets that env has; others are not there" zh:"env 中可用的变量与机密名称；其余不可见"`
	Timeout hookflow.Duration `json:"timeout,omitzero" default:"5s" min:"1ms" max:"60s" more:"true" doc:"Longest time it may run" zh:"最长运行时间"`
}

func runJavaScript(ctx context.Context, call *node.Call[javascriptConfig]) (node.Outcome, error) {
	c := call.Config
	if err := checkObject(c.Params); err != nil {
		return nil, fmt.Errorf("params: %w", err)
	}
	script := node.Script{
		Code: c.Code, Group: call.Workflow, Context: call.Context(), Steps: call.Steps(), Env: environment(call.Env, c.Env),
		Params: c.Params, Timeout: c.Timeout.Std(),
	}
	if fetches(c.Code) {
		script.HTTP, script.IdemKey = call.Env.HTTP, call.IdemKey
	}
	ran, err := call.Env.Scripts.Run(ctx, script)
	call.LogLines = append(call.LogLines, ran.Logs...)
	return node.Done{Result: ran.Value}, err
}

// fetches reports whether code may reach the network. Code that does not say so
// in plain letters has none: whether a node acts on the outside is known before
// it runs.
func fetches(code string) bool { return strings.Contains(code, "fetch") }

// environment is an object of the variables that exist among names.
func environment(env *node.Env, names []string) value.Value {
	var object value.Object
	for _, name := range names {
		if v, ok := env.Variable(name); ok {
			object.Set(name, v)
		}
	}
	return object.Value()
}

// checkObject takes an object, or nothing.
func checkObject(v value.Value) error {
	if v.IsNull() || v.Kind() == value.KindObject {
		return nil
	}
	return fmt.Errorf("expected object, got %s", v.Kind())
}

func problemAt(pointer string, err error) []hookflow.Problem {
	if err == nil {
		return nil
	}
	return []hookflow.Problem{{Pointer: pointer, Detail: err.Error()}}
}

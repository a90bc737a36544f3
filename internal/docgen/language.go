package main

import (
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/spec"
)

// language is what the pages say in one language around the texts that the
// code has in both.
type language struct {
	suffix string // of a page's file name

	settingsIntro  string
	settingsHeader []string
	expects, end   string
	setting        func(config.Setting) (shown, doc, expects string)

	nodesIntro, everyNode, backToNodes string
	nodesHeader, resultHeader          []string
	examples, sends, comes             string
	effect, branches, result           string
	branchesFrom, anyBranch, resultHas string
	effects                            map[node.Effect]string
	text                               func(node.Text) string

	triggersIntro string

	channelsIntro  string
	channelsHeader []string

	schemesIntro  string
	schemesHeader []string
	setUp         string

	fieldsHeader             []string
	noFields, required       string
	oneOf, atLeast, atMost   string
	characters, items        string
	literal, secret, repeats string
	separator                string
	doc                      func(spec.Field) string
}

var english = language{
	suffix: ".md",

	settingsIntro: `# Settings

A flag wins over a variable, a variable over the file, the file over the
default. An empty variable counts as not set. The file is ` + "`hookflow.yaml`" + ` in
the working directory, or the one that ` + "`--config` or `HOOKFLOW_CONFIG`" + ` names;
lists may be written as YAML lists there.

`,
	settingsHeader: []string{"flag", "variable", "in the file", "default", "meaning"},
	expects:        " Expects ",
	end:            ".",
	setting: func(s config.Setting) (shown, doc, expects string) {
		return s.Shown, s.Doc, s.Expects()
	},

	nodesIntro: `# Node types

Strings may hold ` + "`{{variables}}`" + ` except where a field is taken literally.
Each type has a page with its settings and with examples, which are tests too.
There ` + "`records`" + ` are those of the collections and ` + "`names`" + ` the branches of the node; ` + "`branch`," + `
` + "`branches` and `called`" + ` tell how a branch, several or a called workflow have ended when it goes on.

`,
	everyNode: "What every node has", backToNodes: "All node types", nodesHeader: []string{"type", "what it does"},
	resultHeader: []string{"field", "type", "meaning"},
	examples:     "Examples", sends: "sends", comes: "gives",
	effect: "Effect: ", branches: "Branches: ", result: "Result: ",
	branchesFrom: "those that the config names at ", anyBranch: "any others", resultHas: "The result has:",
	effects: map[node.Effect]string{
		node.Pure:     "changes nothing outside the execution",
		node.Database: "writes records, together with its step: exactly once",
		node.External: "acts on the outside; after a crash it runs again with the same idempotency key",
	},
	text: func(t node.Text) string { return t.EN },

	triggersIntro: `# Triggers

What starts a workflow: ` + "`trigger.type`, with its settings in `trigger.config`" + `.
`,

	channelsIntro: `# Channels

What the ` + "`notify` and `mail`" + ` nodes send through, set up once by an administrator under
` + "`/api/channels`: `{key, title, type, config}`" + `. Strings of a config may hold ` + "`{{$env.NAME}}`" + `.
Secrets are kept encrypted and shown as ` + "`••••`" + `. A message that has a part which a channel does
not take is refused, and so is one that the provider has not taken, whatever its HTTP status.

`,
	channelsHeader: []string{"channel", "takes", "needs", "source"},

	schemesIntro: `# Verification schemes

How a caller proves who it is, in ` + "`trigger.config.verification`" + `. Secrets are best
kept as ` + "`{{$env.NAME}}`" + `; an empty or unresolved one refuses every request.
A handshake is answered before the workflow, also while that is disabled.

`,
	schemesHeader: []string{"scheme", "checks", "handshake", "unique id", "answer within", "source"},
	setUp:         "Setting it up",

	fieldsHeader: []string{"field", "type", "default", "meaning"},
	noFields:     "No settings.",
	required:     "required",
	oneOf:        "one of ", atLeast: "at least ", atMost: "at most ",
	characters: " characters", items: " items",
	literal: "taken literally", secret: "a secret", repeats: "has the same fields again",
	separator: "; ",
	doc:       func(f spec.Field) string { return f.Doc },
}

var chinese = language{
	suffix: ".zh-CN.md",

	settingsIntro: `# 配置项

优先级：命令行参数 > 环境变量 > 配置文件 > 默认值。空的环境变量视为未设置。配置文件为工作目录中的
` + "`hookflow.yaml`，或由 `--config`、`HOOKFLOW_CONFIG`" + ` 指定；其中的列表可写成 YAML 列表。

`,
	settingsHeader: []string{"参数", "环境变量", "配置文件", "默认值", "含义"},
	expects:        "取值：",
	end:            "。",
	setting: func(s config.Setting) (shown, doc, expects string) {
		return s.ShownZh, s.Zh, s.ExpectsZh()
	},

	nodesIntro: `# 节点类型

字符串中可使用 ` + "`{{变量}}`" + `，按字面处理的字段除外。
每种类型各有一页，说明其设置并给出示例；示例同时也是测试。
示例中 ` + "`records`" + ` 为数据表中的记录，` + "`names`" + ` 为节点的分支；` + "`branch`、`branches` 与 `called`" + ` 为节点继续运行时，一个分支、多个分支或被调用的工作流的结束情况。

`,
	everyNode: "每个节点都有的设置", backToNodes: "全部节点类型", nodesHeader: []string{"类型", "用途"},
	resultHeader: []string{"字段", "类型", "含义"},
	examples:     "示例", sends: "发送", comes: "得到",
	effect: "作用：", branches: "分支：", result: "结果：",
	branchesFrom: "配置中指定的 ", anyBranch: "任意名称", resultHas: "结果包含：",
	effects: map[node.Effect]string{
		node.Pure:     "不改变执行之外的任何东西",
		node.Database: "写入记录，与步骤一同提交：恰好一次",
		node.External: "作用于外部；崩溃后以相同的幂等键重新运行",
	},
	text: func(t node.Text) string { return t.ZH },

	triggersIntro: `# 触发器

工作流由什么启动：` + "`trigger.type`，其设置在 `trigger.config`" + ` 中。
`,

	channelsIntro: `# 渠道

` + "`notify` 与 `mail`" + ` 节点通过渠道发送消息。渠道由管理员在 ` + "`/api/channels`" + ` 一次性设置：
` + "`{key, title, type, config}`" + `，其中 config 的字符串可使用 ` + "`{{$env.NAME}}`" + `。机密加密保存，显示为 ` + "`••••`" + `。
消息含有渠道不支持的字段时会被拒绝；平台未接收的消息视为失败，无论其 HTTP 状态码为何。

`,
	channelsHeader: []string{"渠道", "支持的字段", "必需的字段", "来源"},

	schemesIntro: `# 验证方式

调用方如何证明身份，写在 ` + "`trigger.config.verification`" + ` 中。机密最好写成 ` + "`{{$env.NAME}}`" + `；
为空或无法解析时，拒绝所有请求。
握手在工作流之前应答，工作流停用时亦然。

`,
	schemesHeader: []string{"方式", "校验内容", "握手", "唯一标识", "应答时限", "来源"},
	setUp:         "接入步骤",

	fieldsHeader: []string{"字段", "类型", "默认值", "含义"},
	noFields:     "没有设置项。",
	required:     "必填",
	oneOf:        "取值 ", atLeast: "最小 ", atMost: "最大 ",
	characters: " 个字符", items: " 项",
	literal: "按字面处理", secret: "机密", repeats: "其下又是同样的字段",
	separator: "；",
	doc:       func(f spec.Field) string { return f.ZH },
}

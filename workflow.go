package hookflow

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Workflow is the document that a user writes: a trigger and a tree of nodes.
// The tags are read by package spec, which decodes it strictly.
type Workflow struct {
	Kind    string   `json:"kind" enum:"Workflow" default:"Workflow" doc:"Always Workflow" zh:"固定为 Workflow"`
	Key     string   `json:"key" required:"true" doc:"Unique name: a-z, 0-9 and -, at most 64 characters" zh:"唯一标识：a-z、0-9 和 -，最多 64 个字符"`
	Title   string   `json:"title,omitempty" doc:"Name shown to people" zh:"显示名称"`
	Tags    []string `json:"tags,omitempty" doc:"Words to find it by: at most 20 of 40 characters" zh:"便于查找的标签：最多 20 个，每个最多 40 个字符"`
	Enabled bool     `json:"enabled" doc:"Whether requests run it" zh:"是否启用"`
	Options Options  `json:"options,omitzero" doc:"Limits and housekeeping" zh:"限制与保留策略"`
	Trigger Trigger  `json:"trigger" required:"true" doc:"What starts it" zh:"触发方式"`
	Nodes   []Node   `json:"nodes" doc:"What it does, in order" zh:"按顺序执行的节点"`
}

// Options bound a workflow's executions.
type Options struct {
	Timeout     Duration `json:"timeout,omitzero" doc:"Longest time of a whole execution; 0 = none" zh:"整个执行的最长时间；0 表示不限"`
	Concurrency int      `json:"concurrency,omitempty" min:"0" max:"10000" doc:"Most executions at once; 0 = no limit, 1 = strictly in order of arrival" zh:"同时执行的最大数量；0 不限，1 表示严格按到达顺序"`
	Retain      Retain   `json:"retain,omitzero" doc:"How long records are kept" zh:"记录保留时间"`
	OnError     string   `json:"onError,omitempty" doc:"Key of a workflow to run with the failed execution" zh:"失败时运行的工作流标识"`
}

// Retain says how long finished executions and deliveries are kept.
type Retain struct {
	Succeeded  Duration `json:"succeeded,omitzero" doc:"Executions that succeeded" zh:"成功的执行"`
	Failed     Duration `json:"failed,omitzero" doc:"Executions that did not" zh:"未成功的执行"`
	Deliveries Duration `json:"deliveries,omitzero" doc:"Requests received" zh:"收到的请求"`
}

// Trigger kinds.
const (
	TriggerWebhook = "webhook"
	TriggerManual  = "manual"
)

// Trigger says what starts a workflow. Config of a webhook is a Webhook.
type Trigger struct {
	Type   string          `json:"type" required:"true" enum:"webhook,manual" doc:"webhook, or manual: only run by /run and call nodes" zh:"webhook；或 manual：仅由 /run 与 call 节点运行"`
	Config json.RawMessage `json:"config,omitempty" doc:"Settings of the trigger" zh:"触发器配置"`
}

// Node is one vertex of the tree.
type Node struct {
	Key      string            `json:"key" required:"true" doc:"Unique in the workflow" zh:"在工作流内唯一"`
	Type     string            `json:"type" required:"true" doc:"Node type" zh:"节点类型"`
	Title    string            `json:"title,omitempty" doc:"Name shown to people" zh:"显示名称"`
	Disabled bool              `json:"disabled,omitempty" doc:"Skip this node" zh:"跳过此节点"`
	Timeout  Duration          `json:"timeout,omitzero" doc:"Longest time of one attempt; 0 = none" zh:"单次尝试的最长时间；0 表示不限"`
	Retry    *Retry            `json:"retry,omitempty" doc:"Try again after an error" zh:"出错后重试"`
	OnError  string            `json:"onError,omitempty" enum:"fail,continue,branch" default:"fail" doc:"What an error does: fail the execution, continue after the node, or run its error branch" zh:"出错时：fail 失败、continue 继续、branch 运行 error 分支"`
	Config   json.RawMessage   `json:"config,omitempty" doc:"Settings of the node type; strings may hold {{variables}}" zh:"节点配置；字符串可含 {{变量}}"`
	Branches map[string][]Node `json:"branches,omitempty" doc:"Nodes under this one, by branch" zh:"各分支的节点"`
}

// Ways to wait between attempts.
const (
	BackoffFixed       = "fixed"
	BackoffExponential = "exponential"
)

// Retry repeats a node that broke.
type Retry struct {
	Attempts int      `json:"attempts" required:"true" min:"1" max:"100" doc:"How often at most, the first included" zh:"最多尝试次数（含第一次）"`
	Backoff  string   `json:"backoff,omitempty" enum:"fixed,exponential" default:"fixed" doc:"How the wait grows" zh:"等待方式"`
	Interval Duration `json:"interval,omitzero" default:"1s" doc:"The first wait" zh:"首次等待时间"`
	OnCrash  string   `json:"onCrash,omitempty" enum:"retry,fail" default:"retry" doc:"A node in flight when the process died: run it again, or fail" zh:"进程崩溃时正在运行的节点：重新运行或失败"`
}

// What a node's error does to its execution.
const (
	OnErrorFail     = "fail"
	OnErrorContinue = "continue"
	OnErrorBranch   = "branch"
)

// Revision is one immutable saved version of a workflow.
type Revision struct {
	ID         ID
	WorkflowID ID
	Number     int // counts from 1; 0 while it is a draft
	Document   []byte
	CreatedAt  time.Time
	CreatedBy  string
	Grants     Grants
}

// Grants are the secrets of $env that the nodes of a revision may read: those that were in them when
// an administrator saved it.
type Grants struct {
	Names []string
	All   bool // of a revision that is older than grants
}

// Allow reports whether the nodes may read the secret.
func (g Grants) Allow(name string) bool { return g.All || slices.Contains(g.Names, name) }

// Covers reports whether g allows all that the other names.
func (g Grants) Covers(other Grants) bool {
	return !slices.ContainsFunc(other.Names, func(name string) bool { return !g.Allow(name) })
}

var (
	keyPattern     = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,63})$`)
	nodeKeyPattern = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]{0,63}$`)
)

const (
	// MaxNodes bounds the nodes of one workflow.
	MaxNodes = 1000
	// MaxDepth bounds how deep branches nest.
	MaxDepth = 32
	// MaxTags bounds the tags of one workflow.
	MaxTags = 20
	// MaxTag bounds one of them, in characters.
	MaxTag = 40
	// MaxDocument bounds a workflow document, in bytes.
	MaxDocument = 4 << 20
)

// ValidKey reports whether s can be the key of a workflow.
func ValidKey(s string) bool { return keyPattern.MatchString(s) }

// Validate checks what can be said without knowing any node type: keys,
// uniqueness and bounds.
func (w *Workflow) Validate() []Problem {
	var problems []Problem
	if !ValidKey(w.Key) {
		problems = append(problems, Problem{"/key", "must be 1 to 64 of a-z, 0-9 and -"})
	}
	problems = append(problems, w.validateTags()...)
	seen := map[string]string{}
	WalkNodes(w.Nodes, "/nodes", func(pointer string, depth int, n *Node) {
		switch first := seen[n.Key]; {
		case !nodeKeyPattern.MatchString(n.Key):
			problems = append(problems, Problem{pointer + "/key", "must begin with a letter or _ and hold at most 64 letters, digits, _ and -"})
		case first != "":
			problems = append(problems, Problem{pointer + "/key", fmt.Sprintf("%q is already the key of %s", n.Key, first)})
		default:
			seen[n.Key] = pointer
		}
		if depth > MaxDepth {
			problems = append(problems, Problem{pointer, fmt.Sprintf("branches nest deeper than %d", MaxDepth)})
		}
	})
	if len(seen) > MaxNodes {
		problems = append(problems, Problem{"/nodes", fmt.Sprintf("more than %d nodes", MaxNodes)})
	}
	return problems
}

func (w *Workflow) validateTags() (problems []Problem) {
	if len(w.Tags) > MaxTags {
		return []Problem{{"/tags", fmt.Sprintf("more than %d tags", MaxTags)}}
	}
	for i, tag := range w.Tags {
		pointer := "/tags/" + strconv.Itoa(i)
		switch {
		case strings.TrimSpace(tag) != tag || tag == "" || utf8.RuneCountInString(tag) > MaxTag || strings.ContainsFunc(tag, unicode.IsControl):
			problems = append(problems, Problem{pointer, fmt.Sprintf("must be 1 to %d characters, with no space at its ends", MaxTag)})
		case slices.Contains(w.Tags[:i], tag):
			problems = append(problems, Problem{pointer, "is there twice"})
		}
	}
	return problems
}

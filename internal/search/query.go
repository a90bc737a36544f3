// Package search finds deliveries by what they are and by what they hold. What they are an index
// answers; what they hold is read, a bounded piece at a time.
package search

import (
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Filter is a search as people write it; what is empty does not narrow. Texts are found whatever
// their case.
type Filter struct {
	Workflow  string           `json:"workflow,omitempty" query:"workflow" doc:"Key" zh:"工作流标识"`
	Outcome   hookflow.Outcome `json:"outcome,omitempty" query:"outcome" enum:"accepted,rejected,duplicate,filtered,handshake" doc:"What became of it" zh:"处理结果"`
	Reason    hookflow.Reason  `json:"reason,omitempty" query:"reason" doc:"Code of the rejection" zh:"拒绝原因代码"`
	Status    int              `json:"status,omitempty" query:"status" doc:"HTTP status answered" zh:"应答的 HTTP 状态码"`
	Method    string           `json:"method,omitempty" query:"method" doc:"Method" zh:"请求方法"`
	IP        string           `json:"ip,omitempty" query:"ip" doc:"Address of the client" zh:"客户端地址"`
	Execution string           `json:"execution,omitempty" query:"execution" doc:"Id of the execution it started" zh:"所启动的执行 ID"`
	ReplayOf  string           `json:"replayOf,omitempty" query:"replayOf" doc:"Id of the delivery it repeats" zh:"所重放的请求 ID"`
	Replay    string           `json:"replay,omitempty" query:"replay" enum:"true,false" doc:"Whether it repeats another one" zh:"是否为重放"`
	Test      string           `json:"test,omitempty" query:"test" enum:"true,false" doc:"Whether it came to the test URL" zh:"是否发往测试 URL"`
	From      time.Time        `json:"from,omitzero" query:"from" doc:"Not before" zh:"起始时间（含）"`
	To        time.Time        `json:"to,omitzero" query:"to" doc:"Before" zh:"结束时间（不含）"`
	Q         string           `json:"q,omitempty" query:"q" maxLength:"200" doc:"Text to look for in URL, address, detail, headers and body" zh:"在 URL、地址、说明、请求头与请求体中查找的文本"`
	InHeader  string           `json:"header,omitempty" query:"header" maxLength:"1000" doc:"Name:text, a header that holds the text, or the name alone" zh:"名称:文本，请求头包含该文本；也可只写名称"`
	InBody    string           `json:"body,omitempty" query:"body" maxLength:"1000" doc:"path:value, a member of the body that is the value, or the path alone" zh:"路径:值，请求体成员等于该值；也可只写路径"`
}

// Query is a Filter ready to be used.
type Query struct {
	rows   store.DeliveryFilter
	text   string // in lower case
	header pair
	body   pair
	path   []value.Segment // of body
	view   View
}

// View is what of a delivery its seeker may see. Only that is looked at: a search would tell the rest
// letter by letter.
type View struct {
	URL     func(string) string
	Headers func([]hookflow.Header) []hookflow.Header
	Text    func(string) string
}

// Originals leaves out replays, and what was rejected and a replay has let in since.
func (q Query) Originals() Query {
	q.rows.Originals = true
	return q
}

// pair is a name and a text, or a name alone.
type pair struct {
	name, text string
	hasText    bool
}

func parsePair(written string) pair {
	name, text, found := strings.Cut(written, ":")
	return pair{strings.TrimSpace(name), strings.ToLower(strings.TrimSpace(text)), found}
}

// Query checks the filter. Pointers of problems begin at it.
func (f *Filter) Query(view View) (Query, []hookflow.Problem) {
	var problems []hookflow.Problem
	id := func(pointer, text string) hookflow.ID {
		id, err := hookflow.ParseID(text)
		if err != nil {
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: err.Error()})
		}
		return id
	}
	q := Query{
		rows: store.DeliveryFilter{
			Workflow: f.Workflow, Outcome: f.Outcome, Reason: f.Reason, Status: f.Status, Method: strings.ToUpper(f.Method), IP: f.IP,
			Execution: id("/execution", f.Execution), ReplayOf: id("/replayOf", f.ReplayOf), From: f.From, To: f.To,
		},
		text: strings.ToLower(f.Q), header: parsePair(f.InHeader), body: parsePair(f.InBody), view: view,
	}
	q.rows.Replay, q.rows.Test = boolean(f.Replay), boolean(f.Test)
	if q.body.name != "" {
		path, err := value.ParsePath("$data." + q.body.name)
		if err != nil {
			problems = append(problems, hookflow.Problem{Pointer: "/body", Detail: err.Error()})
		}
		q.path = path.Segments
	}
	return q, problems
}

// boolean is nil for "".
func boolean(text string) *bool {
	if text == "" {
		return nil
	}
	is := text == "true"
	return &is
}

// reads reports whether rows alone do not tell.
func (q *Query) reads() bool { return q.text != "" || q.header.name != "" || q.body.name != "" }

package trigger

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/webhook"
	"github.com/hookflow/hookflow/internal/workflow"
)

// Endpoint is what there is to know of a workflow's URLs.
type Endpoint struct {
	Live     Side         `json:"live"`
	Test     Side         `json:"test"`
	Methods  []string     `json:"methods" nullable:"false" doc:"That the draft takes, or else what is published"`
	Scheme   string       `json:"scheme" doc:"Key of its verification"`
	CanSign  bool         `json:"canSign" doc:"Whether a test request can be signed here"`
	WhyNot   *verify.Text `json:"whyNot" doc:"Why it cannot"`
	Ready    bool         `json:"ready" doc:"Whether there are no problems"`
	Problems []Issue      `json:"problems" nullable:"false" doc:"What keeps requests from passing"`
}

// Side is one of the two URLs.
type Side struct {
	URL         string       `json:"url" doc:"With its path parameters as :name and *rest"`
	AnswersWith *string      `json:"answersWith" enum:"published,draft" doc:"Null when it answers nothing but 404"`
	Revision    *int         `json:"revision" doc:"Number of what is published, when it answers with that"`
	Reason      *verify.Text `json:"reason" doc:"Why it does not answer"`
	OpenUntil   *time.Time   `json:"openUntil" doc:"When the test URL closes; null when it is closed or somebody listens"`
	Curl        string       `json:"curl" doc:"A request for a terminal, signed where that can be written down"`
}

// Issue is one thing that keeps requests from passing.
type Issue struct {
	verify.Text
	Pointer string `json:"pointer,omitempty" doc:"JSON pointer into the workflow"`
}

// Endpoint describes the URLs of a workflow below a base URL.
func (s *Service) Endpoint(ctx context.Context, key, base string) (*Endpoint, error) {
	published, err := s.Workflows.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	draft, err := s.Workflows.Draft(ctx, key)
	if err != nil {
		return nil, err
	}
	d, err := workflow.Decode(draft.Revision.Document, key)
	if err != nil {
		return nil, err
	}
	if d.Workflow.Trigger.Type != hookflow.TriggerWebhook {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "the workflow %q has no webhook", key)
	}
	out := &Endpoint{Methods: []string{http.MethodPost}, Problems: issues(s.Workflows.Problems(d.Workflow))}
	out.Live = live(published, base)
	if out.Test, err = s.test(ctx, draft, base); err != nil {
		return nil, err
	}
	if endpoint, _ := webhook.Compile(d.Workflow); endpoint != nil {
		s.describe(ctx, endpoint, key, out)
	}
	out.Ready = len(out.Problems) == 0
	return out, nil
}

func issues(problems []hookflow.Problem) []Issue {
	found := []Issue{}
	for _, p := range problems {
		found = append(found, Issue{verify.Text{EN: p.Detail, ZH: p.Detail}, p.Pointer})
	}
	return found
}

func (s *Service) describe(ctx context.Context, e *webhook.Endpoint, key string, out *Endpoint) {
	v := e.Verifier()
	out.Methods, out.Scheme = e.Methods(), v.Scheme()
	why, ok := v.CanSign()
	if out.CanSign = ok; !ok {
		out.WhyNot = &why
	}
	for _, path := range v.Variables() {
		if path.Root != "$env" || (scope{env: s.Env}).Lookup(path).Text() != "" {
			continue
		}
		out.Problems = append(out.Problems, Issue{verify.Text{
			EN: "The variable " + path.String() + " is not set, so that every request is refused.",
			ZH: "变量 " + path.String() + " 未设置，所有请求都会被拒绝。",
		}, "/trigger/config/verification"})
	}
	for _, side := range []struct {
		*Side
		live bool
	}{{&out.Live, true}, {&out.Test, false}} {
		side.Curl, _ = s.curl(ctx, key, side.URL, side.live) // none for what is not right yet
	}
}

// curl is a request that any workflow takes.
func (s *Service) curl(ctx context.Context, key, url string, live bool) (string, error) {
	endpoint, err := s.target(ctx, key, live)
	if err != nil {
		return "", err
	}
	r := &verify.Request{Method: endpoint.Methods()[0], URL: filled(url), Now: s.Clock()}
	if r.Method != http.MethodGet {
		r.Body = []byte(`{"hello":"world"}`)
		r.Headers = []hookflow.Header{{Name: "Content-Type", Value: "application/json"}}
	}
	written, err := s.write(endpoint.Verifier(), r, LanguageCurl)
	return written.Code, err
}

// live is what answers at the URL that providers are given.
func live(w *workflow.Saved, base string) Side {
	side := Side{URL: address(base, pathOf(w), true)}
	switch {
	case w.Published == 0:
		side.Reason = &verify.Text{EN: "The workflow has not been published yet.", ZH: "工作流尚未发布。"}
	case !w.Enabled:
		side.Reason = &verify.Text{EN: "The workflow is disabled.", ZH: "工作流已停用。"}
	default:
		with := "published"
		side.AnswersWith, side.Revision = &with, &w.Number
	}
	return side
}

// test is what answers at the other one.
func (s *Service) test(ctx context.Context, w *workflow.Saved, base string) (Side, error) {
	side := Side{URL: address(base, pathOf(w), false)}
	now := s.Clock()
	opened, err := s.Store.OpenTests(ctx, now)
	if err != nil {
		return side, err
	}
	until := OpenUntil(w.Row, opened[w.ID])
	switch {
	case now.Before(until):
		side.OpenUntil = &until
	case !s.Listening(ctx, w.ID):
		side.Reason = &verify.Text{
			EN: "It answers while somebody listens, and for an hour after the draft was saved or somebody opened it.",
			ZH: "仅在有人监听时，以及保存草稿或手动开启后的一小时内应答。",
		}
		return side, nil
	}
	with := "draft"
	if w.Draft == 0 {
		with, side.Revision = "published", &w.Number
	}
	side.AnswersWith = &with
	return side, nil
}

// pathOf is the pattern of a workflow's endpoint.
func pathOf(w *workflow.Saved) string {
	if path := value.Value(w.Revision.Document).Get("trigger", "config", "path").Text(); path != "" {
		return path
	}
	return w.Key
}

// PathCheck says whether a workflow may have a path.
type PathCheck struct {
	OK       bool      `json:"ok"`
	Problem  string    `json:"problem" doc:"What is wrong with the path itself"`
	Conflict *Conflict `json:"conflict" doc:"The enabled workflow that has it"`
}

// Conflict is who has a path.
type Conflict struct {
	Workflow string `json:"workflow" doc:"Key"`
	Title    string `json:"title"`
	Method   string `json:"method" doc:"The first that both take"`
	Pattern  string `json:"pattern" doc:"Its own path"`
}

// CheckPath says whether another enabled workflow takes a method at a path, "" being the key.
func (s *Service) CheckPath(ctx context.Context, key, path string, methods []string) (*PathCheck, error) {
	if path == "" {
		path = key
	}
	pattern, err := request.ParsePattern(path)
	if err != nil {
		return &PathCheck{Problem: err.Error()}, nil
	}
	for _, method := range methods {
		owner, err := s.Store.EndpointOwner(ctx, store.Endpoint{Method: method, Pattern: pattern.Claim()})
		if hookflow.CodeOf(err) == hookflow.CodeNotFound || err == nil && owner.Key == key {
			continue
		}
		if err != nil {
			return nil, err
		}
		other, err := s.Workflows.Get(ctx, owner.Key)
		if err != nil {
			return nil, err
		}
		return &PathCheck{Conflict: &Conflict{owner.Key, owner.Title, method, pathOf(other)}}, nil
	}
	return &PathCheck{OK: true}, nil
}

// filled puts a text in the place of each parameter of a pattern.
func filled(pattern string) string {
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") || strings.HasPrefix(part, "*") {
			parts[i] = "test"
		}
	}
	return strings.Join(parts, "/")
}

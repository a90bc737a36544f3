package trigger

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/replay"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/webhook"
	"github.com/hookflow/hookflow/internal/workflow"
)

// Checked is what a verification says of a stored request.
type Checked struct {
	OK     bool            `json:"ok" doc:"Whether it passes, as of the time when it came"`
	Report hookflow.Report `json:"report" doc:"Check by check, as of the time when it came"`
	Now    hookflow.Report `json:"now" doc:"The same as if it came now: past its time window it is refused"`
	Note   *verify.Text    `json:"note" doc:"Why it cannot be verified again; the reports are then those of its arrival"`
}

var decrypted = verify.Text{
	EN: "The request came encrypted and is kept as it was read, so that its signature cannot be checked again.",
	ZH: "该请求以密文到达，保存的是解密后的内容，无法再次校验其签名。",
}

// Check verifies a stored request of the workflow by the draft, with other settings of its
// verification unless they are nil.
func (s *Service) Check(ctx context.Context, key string, delivery hookflow.ID, verification value.Value) (*Checked, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	d, err := s.Store.Delivery(ctx, delivery)
	if err != nil {
		return nil, err
	}
	if d.WorkflowID != row.ID {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "delivery %s is not one of the workflow %q", delivery, key)
	}
	endpoint, err := s.endpointWith(ctx, key, verification)
	if err != nil {
		return nil, err
	}
	if webhook.Decrypted(d) {
		return &Checked{OK: true, Report: *d.Report, Now: *d.Report, Note: &decrypted}, nil
	}
	stored := webhook.Stored{ReceivedAt: d.ReceivedAt}
	if stored.Body, err = s.Store.DeliveryBody(ctx, delivery); err != nil {
		return nil, err
	}
	if len(d.Sealed) > 0 {
		if stored.Credentials, err = replay.Credentials(s.Env, d); err != nil {
			return nil, err
		}
	}
	checked, err := s.Door.Check(ctx, endpoint, d, stored, s.Clock())
	return &Checked{OK: checked.Then.OK, Report: checked.Then, Now: checked.Now}, err
}

// endpointWith is the draft's endpoint, with other settings of its verification unless they are nil.
// Masks in them stand for what is saved.
func (s *Service) endpointWith(ctx context.Context, key string, verification value.Value) (*webhook.Endpoint, error) {
	if verification == nil {
		return s.target(ctx, key, false)
	}
	draft, err := s.Workflows.Draft(ctx, key)
	if err != nil {
		return nil, err
	}
	trigger := value.Value(draft.Revision.Document).Get("trigger")
	changed := with(draft.Revision.Document, "trigger", with(trigger, "config", with(trigger.Get("config"), "verification", verification)))
	d, err := workflow.Decode(changed, key)
	if err != nil {
		return nil, err
	}
	if d, err = s.Workflows.Restored(ctx, d); err != nil {
		return nil, err
	}
	endpoint, w, err := endpointOf(d.Text, key)
	if err != nil {
		return nil, err
	}
	if problems := s.Workflows.TriggerProblems(w); len(problems) > 0 {
		return nil, hookflow.Invalid("the verification is not valid", problems...)
	}
	return endpoint, nil
}

// with is an object with a member.
func with(v value.Value, name string, member value.Value) value.Value {
	var out value.Object
	for n, m := range v.Members() {
		out.Set(n, m)
	}
	return out.Set(name, member).Value()
}

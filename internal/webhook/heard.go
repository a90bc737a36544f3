package webhook

import "github.com/hookflow/hookflow"

// onlyHeard acknowledges what a disabled workflow would have run, had it been enabled: the provider
// that is being connected sees that it arrives, and who listens sees what it has sent.
func onlyHeard(in *inbound) *verdict {
	if in.found.Enabled {
		return nil
	}
	detail := "captured for the editor, who listens; nothing runs while the workflow is disabled or not published"
	answer, problem := in.acknowledge()
	if problem != "" {
		detail += "; " + problem
	}
	return &verdict{outcome: hookflow.OutcomeFiltered, detail: detail, answer: in.enveloped(answer), shown: answer}
}

// isHeard reports whether somebody waits for the next request to the workflow.
func (in *inbound) isHeard() bool {
	return in.Listening != nil && in.Listening(in.ctx, in.found.Workflow)
}

package workflow

import (
	"context"

	"github.com/hookflow/hookflow"
)

// Problems finds everything that keeps a workflow from being published.
func (s *Service) Problems(w hookflow.Workflow) []hookflow.Problem {
	problems := s.checkTrigger(w)
	for _, c := range s.Compilers {
		problems = append(problems, c.Check(w)...)
	}
	return problems
}

// TriggerProblems finds secrets in a trigger where they could be seen.
func (s *Service) TriggerProblems(w hookflow.Workflow) []hookflow.Problem { return s.checkTrigger(w) }

// Restored gives a document back the secrets that a draft's shows masked, as Save does.
func (s *Service) Restored(ctx context.Context, d *Document) (*Document, error) {
	return s.restored(ctx, d, true)
}

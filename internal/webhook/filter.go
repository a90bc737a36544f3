package webhook

import (
	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/condition"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// filter acknowledges, but does not run, requests that do not meet the endpoint's condition.
func filter(in *inbound) *verdict {
	if in.found.filter == nil {
		return nil
	}
	passes, why := in.passes()
	if passes {
		return nil
	}
	answer, problem := in.acknowledge()
	if problem != "" {
		why += "; " + problem
	}
	return &verdict{outcome: hookflow.OutcomeFiltered, detail: why, answer: in.enveloped(answer), shown: answer}
}

func (in *inbound) passes() (passes bool, why string) {
	var c condition.Condition
	if problems := spec.Decode(in.found.filter, scope{env: in.Env, context: in.context, plain: true}, &c); len(problems) > 0 {
		return false, "the filter cannot be decided: " + problems[0].Pointer + " " + problems[0].Detail
	}
	passes, err := condition.Eval(c)
	if err != nil {
		return false, "the filter cannot be decided: " + err.Error()
	}
	return passes, "the filter's condition is not met"
}

func (c *compiler) filter(document []byte) *value.Tree {
	tree := c.tree("/filter", document, "$context", "$env")
	if tree == nil {
		return nil
	}
	var written condition.Condition
	if problems := spec.Decode(tree, nil, &written); len(problems) > 0 {
		c.found("/filter", problems)
		return nil
	}
	for _, p := range condition.Check(written) {
		c.refuse("/filter"+p.Pointer, "%s", p.Detail)
	}
	return tree
}

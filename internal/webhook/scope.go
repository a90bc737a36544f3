package webhook

import (
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/value"
)

// scope answers the variables of a trigger. Without env there is only $context.
type scope struct {
	env     Env
	context *request.Context
	plain   bool // secrets are missing: what is done with them could be seen from outside
}

// Lookup answers one path.
func (s scope) Lookup(p value.Path) value.Value {
	switch {
	case p.Root == "$context":
		return s.context.Lookup(p.Segments...)
	case p.Root == "$env" && s.env != nil && len(p.Segments) > 0:
		text, secret, ok := s.env.Lookup(string(p.Segments[0]))
		if !ok || secret && s.plain {
			return nil
		}
		return value.String(text).Get(p.Segments[1:]...)
	default:
		return nil
	}
}

package webhook

import "github.com/hookflow/hookflow/internal/request"

// parse reads the body by its content type.
func parse(in *inbound) *verdict {
	in.raw.Body = in.body
	context, err := request.Parse(in.raw)
	if err != nil {
		return malformed(err.Error())
	}
	in.context = context
	return nil
}

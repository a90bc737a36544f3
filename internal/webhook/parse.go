package webhook

import (
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/verify"
)

// parse reads the body, decrypted, by its content type.
func parse(in *inbound) *verdict {
	if p := in.verdict.Payload; p != nil {
		in.unwrap(p)
	}
	in.raw.Body = in.body
	context, err := request.Parse(in.raw)
	if err != nil {
		return malformed(err.Error())
	}
	in.context = context
	return nil
}

// unwrap puts what was encrypted in the place of the body, for good: the delivery keeps it with the
// Content-Type it has, so that the workflow sees the same after a restart.
func (in *inbound) unwrap(p *verify.Payload) {
	in.body = p.Body
	in.raw.Headers = withContentType(in.raw.Headers, p.ContentType)
	in.delivery.Headers, in.delivery.BodySize = in.raw.Headers, int64(len(p.Body))
}

func withContentType(headers []hookflow.Header, contentType string) []hookflow.Header {
	headers = slices.Clone(headers)
	for i, h := range headers {
		if strings.EqualFold(h.Name, "Content-Type") {
			headers[i].Value = contentType
			return headers
		}
	}
	return append(headers, hookflow.Header{Name: "Content-Type", Value: contentType})
}

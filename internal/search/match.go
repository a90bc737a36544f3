package search

import (
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/value"
)

// matches looks at what a delivery holds.
func (q *Query) matches(d *hookflow.Delivery, body []byte) bool {
	headers := q.view.Headers(d.Headers)
	return (q.header.name == "" || slices.ContainsFunc(headers, q.header.matches)) &&
		(q.text == "" || q.holdsText(d, headers, body)) &&
		(q.body.name == "" || q.holdsMember(d, body))
}

func (p pair) matches(h hookflow.Header) bool {
	return strings.EqualFold(h.Name, p.name) && holds(h.Value, p.text)
}

// holds reports whether s holds a text in lower case.
func holds(s, text string) bool { return strings.Contains(strings.ToLower(s), text) }

func (q *Query) holdsText(d *hookflow.Delivery, headers []hookflow.Header, body []byte) bool {
	return holds(q.view.URL(d.URL), q.text) || holds(d.IP, q.text) || holds(q.view.Text(d.Detail), q.text) ||
		slices.ContainsFunc(headers, func(h hookflow.Header) bool { return holds(h.Name+": "+q.view.Text(h.Value), q.text) }) ||
		holds(q.view.Text(string(body)), q.text)
}

// holdsMember reads the body as its workflow does.
func (q *Query) holdsMember(d *hookflow.Delivery, body []byte) bool {
	parsed, err := request.FromDelivery(d, body)
	if err != nil {
		return false
	}
	found := parsed.Data().Get(q.path...)
	if !q.body.hasText {
		return found.Kind() != value.KindMissing
	}
	if q.is(found) {
		return true
	}
	for _, item := range found.Items() {
		if q.is(item) {
			return true
		}
	}
	return false
}

func (q *Query) is(v value.Value) bool {
	return v.Kind() != value.KindMissing && strings.ToLower(q.view.Text(v.Text())) == q.body.text
}

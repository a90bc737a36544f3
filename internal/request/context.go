// Package request reads what callers send: it decodes, parses and addresses HTTP requests and
// answers $context from them.
package request

import (
	"strings"
	"sync"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Raw is an HTTP request as it was received, or as its delivery keeps it.
type Raw struct {
	Method     string
	Path       string // below /api/webhooks/
	URL        string // as the caller saw it
	IP         string
	Headers    []hookflow.Header
	Params     hookflow.Params
	Query      string // as it stands in the URL
	Body       []byte // after content decoding
	ReceivedAt time.Time
	DeliveryID hookflow.ID
}

// Context answers $context. It is the same for the same Raw, today and after a restart, and safe
// for concurrent use.
type Context struct {
	raw     Raw
	data    *value.Doc
	query   once
	rawBody once
}

// once is a value made when it is first asked for.
type once struct {
	sync.Once
	value value.Value
}

func (o *once) get(build func() value.Value) value.Value {
	o.Do(func() { o.value = build() })
	return o.value
}

// New returns a Context without data, for what is decided before the body is parsed.
func New(in Raw) *Context { return &Context{raw: in, data: value.NewDoc(nil)} }

// Parse returns a Context with the parsed body. Its error says to people where the body is wrong.
func Parse(in Raw) (*Context, error) {
	data, err := parseBody(in)
	if err != nil {
		return nil, err
	}
	return &Context{raw: in, data: value.NewDoc(data)}, nil
}

// FromDelivery rebuilds the Context of a stored delivery.
func FromDelivery(d *hookflow.Delivery, body []byte) (*Context, error) {
	in := Raw{
		Method: d.Method, Path: d.Path, URL: d.URL, IP: d.IP, Headers: d.Headers,
		Body: body, ReceivedAt: d.ReceivedAt, DeliveryID: d.ID,
	}
	_, in.Query, _ = strings.Cut(d.URL, "?")
	if pattern, err := ParsePattern(d.Pattern); err == nil {
		in.Params, _ = pattern.Match(d.Path)
	}
	return Parse(in)
}

// members are what $context has, in the order in which JSON tells it.
var members = []struct {
	name string
	get  func(*Context) value.Value
}{
	{"data", (*Context).Data},
	{"headers", (*Context).headers},
	{"query", (*Context).queryValue},
	{"params", (*Context).params},
	{"method", func(c *Context) value.Value { return value.String(c.raw.Method) }},
	{"path", func(c *Context) value.Value { return value.String(c.raw.Path) }},
	{"url", func(c *Context) value.Value { return value.String(c.raw.URL) }},
	{"ip", func(c *Context) value.Value { return value.String(c.raw.IP) }},
	{"rawBody", (*Context).rawBodyValue},
	{"receivedAt", (*Context).receivedAt},
	{"deliveryId", func(c *Context) value.Value { return value.String(c.raw.DeliveryID.String()) }},
}

// Lookup reads the value at the end of a path below $context, nil when there is none.
func (c *Context) Lookup(path ...value.Segment) value.Value {
	if len(path) == 0 {
		return c.JSON()
	}
	switch {
	case path[0] == "data":
		return c.data.Get(path[1:]...)
	case path[0] == "headers" && len(path) > 1:
		return c.header(string(path[1])).Get(path[2:]...)
	}
	for i := range members {
		if members[i].name == string(path[0]) {
			return members[i].get(c).Get(path[1:]...)
		}
	}
	return nil
}

// JSON is the whole of $context.
func (c *Context) JSON() value.Value {
	var object value.Object
	for i := range members {
		object.Set(members[i].name, members[i].get(c))
	}
	return object.Value()
}

// Data is the parsed body.
func (c *Context) Data() value.Value { return c.data.Value() }

// header is one header without building them all; its lines are joined as RFC 9110, section 5.3
// has it.
func (c *Context) header(name string) value.Value {
	if name != strings.ToLower(name) {
		return nil
	}
	var lines []string
	for _, h := range c.raw.Headers {
		if strings.EqualFold(h.Name, name) {
			lines = append(lines, h.Value)
		}
	}
	if lines == nil {
		return nil
	}
	return value.String(strings.Join(lines, ", "))
}

func (c *Context) headers() value.Value {
	lines := make(map[string][]string, len(c.raw.Headers))
	for _, h := range c.raw.Headers {
		name := strings.ToLower(h.Name)
		lines[name] = append(lines[name], h.Value)
	}
	var object value.Object
	for _, h := range c.raw.Headers {
		name := strings.ToLower(h.Name)
		if joined, first := lines[name]; first {
			object.Set(name, value.String(strings.Join(joined, ", ")))
			delete(lines, name)
		}
	}
	return object.Value()
}

func (c *Context) queryValue() value.Value {
	return c.query.get(func() value.Value { return parseQuery(c.raw.Query) })
}

func (c *Context) params() value.Value {
	var object value.Object
	for _, p := range c.raw.Params {
		object.Set(p.Name, value.String(p.Value))
	}
	return object.Value()
}

func (c *Context) rawBodyValue() value.Value {
	return c.rawBody.get(func() value.Value {
		text, err := decodeText(c.raw.Body, contentTypeOf(c.raw.Headers).charset())
		if err != nil {
			text = c.raw.Body
		}
		return value.String(string(text))
	})
}

func (c *Context) receivedAt() value.Value {
	return value.String(c.raw.ReceivedAt.UTC().Format("2006-01-02T15:04:05.000Z"))
}

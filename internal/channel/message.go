package channel

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// Part is a part of a message, as the notify and mail nodes name it.
type Part string

// The parts.
const (
	To          Part = "to"
	CC          Part = "cc"
	BCC         Part = "bcc"
	Title       Part = "title"
	Text        Part = "text"
	Markdown    Part = "markdown"
	HTML        Part = "html"
	Template    Part = "template"
	Params      Part = "params"
	Attachments Part = "attachments"
)

var parts = []struct {
	part  Part
	given func(*node.Message) bool
}{
	{To, func(m *node.Message) bool { return len(m.To) > 0 }},
	{CC, func(m *node.Message) bool { return len(m.CC) > 0 }},
	{BCC, func(m *node.Message) bool { return len(m.BCC) > 0 }},
	{Title, func(m *node.Message) bool { return m.Title != "" }},
	{Text, func(m *node.Message) bool { return m.Text != "" }},
	{Markdown, func(m *node.Message) bool { return m.Markdown != "" }},
	{HTML, func(m *node.Message) bool { return m.HTML != "" }},
	{Template, func(m *node.Message) bool { return m.Template != "" }},
	{Params, func(m *node.Message) bool { return !m.Params.IsNull() }},
	{Attachments, func(m *node.Message) bool { return len(m.Attachments) > 0 }},
}

// fits compares the parts of a message with those that the type takes and needs.
func (t *Type) fits(m *node.Message) error {
	for _, p := range parts {
		switch given := p.given(m); {
		case given && !slices.Contains(t.Takes, p.part):
			return fmt.Errorf("%s: a channel of type %s has no place for it; it takes %s", p.part, t.Name, list(t.Takes))
		case !given && slices.Contains(t.Needs, p.part):
			return fmt.Errorf("%s: is missing; a channel of type %s needs %s", p.part, t.Name, list(t.Needs))
		}
	}
	return nil
}

func list(parts []Part) string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = string(p)
	}
	return strings.Join(names, ", ")
}

var (
	errEmpty   = errors.New("the message is empty: give text or markdown")
	errBoth    = errors.New("give text or markdown, not both")
	errOneOnly = errors.New("to: only one recipient is possible in a message; send one for each")
)

// body gives what a chat shows: text or Markdown, and a title alone as text.
func body(m *node.Message) (content string, isMarkdown bool, err error) {
	switch {
	case m.Text != "" && m.Markdown != "":
		return "", false, errBoth
	case m.Title+m.Text+m.Markdown == "":
		return "", false, errEmpty
	case m.Markdown != "":
		return m.Markdown, true, nil
	default:
		return m.Text, false, nil
	}
}

// lines joins what is not empty.
func lines(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), "\n")
}

const (
	rootEnv     = "$env"
	rootMessage = "$message"
)

// Variable returns a value of $env.
type Variable func(name string) (value.Value, bool)

// scope is what the variables of a config stand for.
type scope struct {
	variable Variable
	message  *node.Message
	encoded  value.Value // of the message, once it is asked for
}

func (s *scope) Lookup(path value.Path) value.Value {
	switch {
	case path.Root == rootMessage:
		if s.encoded == nil {
			s.encoded = encode(s.message)
		}
		return s.encoded.Get(path.Segments...)
	case path.Root == rootEnv && len(path.Segments) == 1:
		v, _ := s.variable(string(path.Segments[0]))
		return v
	default:
		return nil
	}
}

// encode is a message as JSON, without the parts that it has not.
func encode(m *node.Message) value.Value {
	var o value.Object
	o.Set("id", value.String(m.ID))
	for _, text := range []struct {
		name, text string
	}{{"title", m.Title}, {"text", m.Text}, {"markdown", m.Markdown}, {"template", m.Template}} {
		if text.text != "" {
			o.Set(text.name, value.String(text.text))
		}
	}
	if len(m.To) > 0 {
		var to value.Array
		for _, name := range m.To {
			to.Append(value.String(name))
		}
		o.Set("to", to.Value())
	}
	if !m.Params.IsNull() {
		o.Set("params", m.Params)
	}
	return o.Value()
}

package document

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"

	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// toYAML writes JSON as YAML 1.2 that says the same, down to the order of members and the spelling
// of numbers; false when YAML cannot.
func toYAML(v value.Value) ([]byte, bool) {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	encoder.DefaultSeqIndent()
	if encoder.Encode(node(v)) != nil || encoder.Close() != nil {
		return nil, false
	}
	back, err := workflow.FromYAML(out.Bytes())
	return out.Bytes(), err == nil && identical(v, back)
}

// toJSON writes JSON for people.
func toJSON(v value.Value) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, v, "", "  "); err != nil {
		return append(v, '\n') // not reached: a value is JSON
	}
	out.WriteByte('\n')
	return out.Bytes()
}

func node(v value.Value) *yaml.Node {
	n := &yaml.Node{}
	switch v.Kind() {
	case value.KindObject:
		n.Kind = yaml.MappingNode
		for name, member := range v.Members() {
			n.Content = append(n.Content, text(name), node(member))
		}
	case value.KindArray:
		n.Kind = yaml.SequenceNode
		for _, item := range v.Items() {
			n.Content = append(n.Content, node(item))
		}
	case value.KindString:
		return text(v.Text())
	default:
		n.Kind, n.Value = yaml.ScalarNode, string(v)
	}
	return n
}

// plain matches texts that no reader of YAML, old or new, takes for something else; the library
// sees to those that hold a marker.
var plain = regexp.MustCompile(`^[\pL/$][\pL\pN _./$@+?!,'()-]*$`)

var special = regexp.MustCompile(`(?i)^(?:null|true|false|yes|no|on|off|y|n)$`)

// text is written so that people can read it: lines as lines, and what needs quotes in those that
// need no escapes, if it can.
func text(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	switch {
	case plain.MatchString(s) && !special.MatchString(s):
	case strings.Contains(s, "\n") && !strings.Contains(s, "\r"):
		n.Style = yaml.LiteralStyle
	case strings.ContainsAny(s, `\"`) && !strings.ContainsFunc(s, unicode.IsControl):
		n.Style = yaml.SingleQuotedStyle
	default:
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

package workflow

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/big"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	maxYAML      = 1 << 20 // bytes: the parser takes some 2 s for the worst MiB
	maxYAMLDepth = 500
	// maxYAMLValues bounds what aliases may unfold to.
	maxYAMLValues = 200_000
)

// FromYAML converts one YAML 1.2 document (core schema: yes is a string, 0o17 a number) of at most
// 1 MiB to JSON, keeping the order of keys and, where JSON can, the spelling
// of numbers. Keys given twice, tags that JSON has no value for and more than one document are
// refused; << is a key like any other.
func FromYAML(text []byte) ([]byte, error) {
	if len(text) > maxYAML {
		return nil, hookflow.Errorf(hookflow.CodeTooLarge, "the document is longer than %d bytes of YAML; JSON may be longer", maxYAML)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document, next yaml.Node
	if err := decoder.Decode(&document); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, hookflow.Invalid("the document is empty")
		}
		return nil, yamlError(err)
	}
	switch err := decoder.Decode(&next); {
	case err == nil:
		return nil, hookflow.Invalid("there is more than one YAML document")
	case !errors.Is(err, io.EOF):
		return nil, yamlError(err)
	}
	c := converter{}
	out, err := c.convert(nil, document.Content[0], 0)
	if err != nil {
		return nil, hookflow.Invalid(err.Error())
	}
	return out, nil
}

func yamlError(err error) error {
	return &hookflow.Error{
		Code:    hookflow.CodeInvalid,
		Message: "the document is not YAML: " + strings.TrimPrefix(err.Error(), "yaml: "),
		Cause:   err,
	}
}

type converter struct{ values int }

func (c *converter) convert(out []byte, n *yaml.Node, depth int) ([]byte, error) {
	c.values++
	switch {
	case depth > maxYAMLDepth:
		return nil, at(n, "nests too deep, or holds itself")
	case c.values > maxYAMLValues || len(out) > hookflow.MaxDocument:
		return nil, at(n, "the document with its aliases unfolded is too large")
	}
	switch n.Kind {
	case yaml.AliasNode:
		return c.convert(out, n.Alias, depth+1)
	case yaml.SequenceNode:
		return c.sequence(out, n, depth)
	case yaml.MappingNode:
		return c.mapping(out, n, depth)
	default:
		return scalar(out, n)
	}
}

func (c *converter) sequence(out []byte, n *yaml.Node, depth int) (_ []byte, err error) {
	if err := plainTag(n, "!!seq"); err != nil {
		return nil, err
	}
	out = append(out, '[')
	for i, item := range n.Content {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = c.convert(out, item, depth+1); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

func (c *converter) mapping(out []byte, n *yaml.Node, depth int) (_ []byte, err error) {
	if err := plainTag(n, "!!map"); err != nil {
		return nil, err
	}
	seen := make(map[string]bool, len(n.Content)/2)
	out = append(out, '{')
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case key.Kind != yaml.ScalarNode:
			return nil, at(key, "a key must be a text")
		case seen[key.Value]:
			return nil, at(key, "%q is given twice", key.Value)
		case i > 0:
			out = append(out, ',')
		}
		seen[key.Value] = true
		out = append(append(out, value.String(key.Value)...), ':')
		if out, err = c.convert(out, n.Content[i+1], depth+1); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

// plainTag refuses a list or mapping that is written with another tag than its own.
func plainTag(n *yaml.Node, tag string) error {
	if n.Style&yaml.TaggedStyle != 0 && n.ShortTag() != tag {
		return at(n, "the tag %s has no meaning here", n.ShortTag())
	}
	return nil
}

var (
	yamlNull    = regexp.MustCompile(`^(?:null|Null|NULL|~|)$`)
	yamlBool    = regexp.MustCompile(`^(?:true|True|TRUE|false|False|FALSE)$`)
	yamlInt     = regexp.MustCompile(`^([-+]?)0*([0-9]+)$`)
	yamlRadix   = regexp.MustCompile(`^0(?:o[0-7]{1,21}|x[0-9a-fA-F]{1,16})$`)
	yamlFloat   = regexp.MustCompile(`^([-+]?)0*([0-9]*)(?:\.([0-9]*))?([eE][-+]?[0-9]+)?$`)
	yamlSpecial = regexp.MustCompile(`^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$`)
)

const quotedStyles = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle

// scalar resolves by the core schema of YAML 1.2 itself: the library also knows the older one's
// 1_000, 0b11 and dates.
func scalar(out []byte, n *yaml.Node) ([]byte, error) {
	tag := ""
	if n.Style&yaml.TaggedStyle != 0 {
		tag = n.ShortTag()
	}
	switch {
	case tag == "!!str" || tag == "" && n.Style&quotedStyles != 0:
		return append(out, value.String(n.Value)...), nil
	case tag != "" && tag != "!!int" && tag != "!!float" && tag != "!!bool" && tag != "!!null":
		return nil, at(n, "the tag %s has no meaning here", tag)
	}
	literal, err := plain(n)
	if err == nil && tag != "" && value.Value(literal).Kind() == value.KindString {
		err = at(n, "%q is no %s", n.Value, tag)
	}
	return append(out, literal...), err
}

func plain(n *yaml.Node) ([]byte, error) {
	text := n.Value
	switch {
	case yamlNull.MatchString(text):
		return value.Null, nil
	case yamlBool.MatchString(text):
		return []byte(strings.ToLower(text)), nil
	case yamlRadix.MatchString(text):
		return radix(text), nil
	case yamlInt.MatchString(text):
		parts := yamlInt.FindStringSubmatch(text)
		return []byte(minus(parts[1]) + parts[2]), nil
	case yamlSpecial.MatchString(text):
		return nil, at(n, "JSON has no number %s", text)
	}
	parts := yamlFloat.FindStringSubmatch(text)
	if parts == nil || parts[2] == "" && parts[3] == "" {
		return value.String(text), nil
	}
	return []byte(float(parts)), nil
}

// float writes a number as JSON wants it: no plus, a digit before the point and one after it.
func float(parts []string) string {
	sign, whole, fraction, exponent := parts[1], parts[2], parts[3], parts[4]
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return minus(sign) + whole + fraction + exponent
}

func minus(sign string) string { return strings.TrimPrefix(sign, "+") }

func at(n *yaml.Node, format string, args ...any) error {
	return fmt.Errorf("line %d, column %d: %s", n.Line, n.Column, fmt.Sprintf(format, args...))
}

// radix writes 0o17 and 0xff as decimals.
func radix(text string) []byte {
	n, ok := new(big.Int).SetString(text, 0)
	if !ok {
		return value.String(text)
	}
	return n.Append(nil, 10)
}

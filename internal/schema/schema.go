// Package schema checks JSON against a JSON Schema 2020-12 in bounded time and memory, whatever the
// JSON is, and says what is wrong with it where.
package schema

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	// MaxViolations bounds the violations that are told.
	MaxViolations = 20
	// MaxValues bounds the values of JSON that is checked: a parsed value takes many times the room of
	// its text.
	MaxValues = 1 << 20

	// listedValues is up to how many values all violations are looked for, which takes room for each;
	// past it there is only a yes or no.
	listedValues = 50_000
	// maxText bounds a detail or a pointer, in bytes: they tell what the sender wrote.
	maxText = 300
)

// Schema is a compiled JSON Schema.
type Schema struct {
	whole *jsonschema.Schema
	not   *jsonschema.Schema // its negation, which the library decides without listing violations
}

// The documents of a compiler: not refers to whole.
const (
	wholeURL = "schema:"
	notURL   = "schema:not"
)

// Compile reads a JSON Schema. It may refer to itself only.
func Compile(document []byte) (*Schema, error) {
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.UseLoader(nothingElse{})
	if err := compiler.AddResource(wholeURL, parsed); err != nil {
		return nil, err
	}
	whole, err := compiler.Compile(wholeURL)
	if err != nil {
		return nil, readable(err)
	}
	if err := compiler.AddResource(notURL, map[string]any{"not": map[string]any{"$ref": wholeURL}}); err != nil {
		return nil, err
	}
	not, err := compiler.Compile(notURL)
	return &Schema{whole, not}, err
}

// readable says what of a schema is wrong where.
func readable(err error) error {
	var invalid *jsonschema.SchemaValidationError
	var details *jsonschema.ValidationError
	if errors.As(err, &invalid) && errors.As(invalid.Err, &details) {
		violation := flatten(details, nil)[0]
		return fmt.Errorf("is not a JSON Schema: at %q: %s", violation.Pointer, violation.Detail)
	}
	return err
}

// nothingElse keeps schemas from reading files or the network.
type nothingElse struct{}

func (nothingElse) Load(url string) (any, error) {
	return nil, fmt.Errorf("%q: a schema cannot refer to another document", url)
}

// Violations lists what is wrong with JSON, at most [MaxViolations]; none is right.
func (s *Schema) Violations(data value.Value) []hookflow.Problem {
	values := Values(data)
	if values > MaxValues {
		return violation("has more than %d values, which is the most that is checked", MaxValues)
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return violation("%v", err)
	}
	if path, found := vast(instance); found {
		slices.Reverse(path)
		return []hookflow.Problem{{Pointer: pointer(path), Detail: "is a number that is too large, too small or too long to be checked"}}
	}
	switch {
	case values <= listedValues:
		return s.list(instance)
	case s.not.Validate(instance) == nil:
		return violation("does not match the schema; where is not said of more than %d values", listedValues)
	default:
		return nil
	}
}

func violation(format string, args ...any) []hookflow.Problem {
	return []hookflow.Problem{{Detail: cut(fmt.Sprintf(format, args...))}}
}

// Values is about how many values JSON holds, names of members included; never less than there are.
func Values(data value.Value) int {
	n, quoted := 1, false
	for i := 0; i < len(data); i++ {
		switch b := data[i]; {
		case quoted && b == '\\':
			i++
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == ',' || b == '[' || b == '{' || b == ':':
			n++
		}
	}
	return n
}

func (s *Schema) list(instance any) []hookflow.Problem {
	err := s.whole.Validate(instance)
	var invalid *jsonschema.ValidationError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &invalid):
		return flatten(invalid, nil)
	default:
		return violation("%v", err)
	}
}

var english = message.NewPrinter(language.English)

// flatten lists the violations at the tips of the tree, which name what is wrong.
func flatten(v *jsonschema.ValidationError, found []hookflow.Problem) []hookflow.Problem {
	if len(found) == MaxViolations {
		return found
	}
	if len(v.Causes) == 0 {
		return append(found, hookflow.Problem{Pointer: pointer(v.InstanceLocation), Detail: cut(v.ErrorKind.LocalizedString(english))})
	}
	for _, cause := range v.Causes {
		found = flatten(cause, found)
	}
	return found
}

func pointer(location []string) string {
	var p strings.Builder
	for _, name := range location {
		p.WriteString("/" + hookflow.EscapePointer(name))
	}
	return cut(p.String())
}

// cut shortens what a sender made long.
func cut(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "") + "…"
}

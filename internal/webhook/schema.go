package webhook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// maxViolations bounds the violations that a caller is told.
const maxViolations = 20

// schema refuses bodies that the endpoint's JSON Schema does not allow.
func schema(in *inbound) *verdict {
	if in.found.schema == nil {
		return nil
	}
	violations := in.found.schema.violations(in.context.Data())
	if len(violations) == 0 {
		return nil
	}
	v := refuse(http.StatusUnprocessableEntity, hookflow.ReasonSchema, "", violations[0].Pointer+": "+violations[0].Detail)
	v.answer = problem(http.StatusUnprocessableEntity, "The body does not match the schema", violations)
	return v
}

// bodySchema is a compiled JSON Schema 2020-12.
type bodySchema struct{ compiled *jsonschema.Schema }

const schemaURL = "schema:"

func (c *compiler) schema(document []byte) *bodySchema {
	if value.Value(document).IsNull() {
		return nil
	}
	compiled, err := compileSchema(document)
	if err != nil {
		c.refuse("/schema", "%v", err)
		return nil
	}
	return &bodySchema{compiled}
}

func compileSchema(document []byte) (*jsonschema.Schema, error) {
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.UseLoader(nothingElse{})
	if err := compiler.AddResource(schemaURL, parsed); err != nil {
		return nil, err
	}
	compiled, err := compiler.Compile(schemaURL)
	var invalid *jsonschema.SchemaValidationError
	if errors.As(err, &invalid) {
		var details *jsonschema.ValidationError
		if errors.As(invalid.Err, &details) {
			violation := flatten(details, nil)[0]
			return nil, fmt.Errorf("is not a JSON Schema: at %q: %s", violation.Pointer, violation.Detail)
		}
	}
	return compiled, err
}

// nothingElse keeps schemas from reading files or the network.
type nothingElse struct{}

func (nothingElse) Load(url string) (any, error) {
	return nil, fmt.Errorf("%q: a schema cannot refer to another document", url)
}

func (s *bodySchema) violations(data value.Value) []hookflow.Problem {
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return []hookflow.Problem{{Detail: err.Error()}}
	}
	err = s.compiled.Validate(instance)
	var invalid *jsonschema.ValidationError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &invalid):
		return flatten(invalid, nil)
	default:
		return []hookflow.Problem{{Detail: err.Error()}}
	}
}

var english = message.NewPrinter(language.English)

// flatten lists the violations at the tips of the tree, which name what is wrong.
func flatten(v *jsonschema.ValidationError, found []hookflow.Problem) []hookflow.Problem {
	if len(found) == maxViolations {
		return found
	}
	if len(v.Causes) == 0 {
		return append(found, hookflow.Problem{Pointer: pointer(v.InstanceLocation), Detail: v.ErrorKind.LocalizedString(english)})
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
	return p.String()
}

// problem is an answer of RFC 9457.
func problem(status int, title string, errors []hookflow.Problem) *hookflow.Response {
	body, err := json.Marshal(struct {
		Title  string             `json:"title"`
		Status int                `json:"status"`
		Errors []hookflow.Problem `json:"errors"`
	}{title, status, errors})
	if err != nil {
		return text(status, title)
	}
	return &hookflow.Response{Status: status, Headers: map[string]string{"Content-Type": "application/problem+json"}, Body: body}
}

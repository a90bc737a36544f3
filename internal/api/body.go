package api

import (
	"mime"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// Raw is a body that is decoded here and not by huma: strictly, with pointers, numbers as spelt.
type Raw struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte `contentType:"application/json"`
}

// json returns the body's JSON. It is a copy: huma uses the buffer again.
func (b *Raw) json() (value.Value, error) {
	v, err := value.Parse(append([]byte(nil), b.RawBody...))
	if err != nil {
		return nil, hookflow.Invalid("the body is not JSON: " + err.Error())
	}
	return v, nil
}

// document returns the body of a call that takes YAML too, as JSON.
func (b *Raw) document() ([]byte, error) {
	media, _, err := mime.ParseMediaType(b.ContentType)
	if err == nil && strings.HasSuffix(media, "yaml") {
		return workflow.FromYAML(b.RawBody)
	}
	return append([]byte(nil), b.RawBody...), nil
}

// decode reads the body strictly into T.
func decode[T any](b *Raw) (T, error) {
	var into T
	v, err := b.json()
	if err != nil {
		return into, err
	}
	return decodeValue[T](v)
}

func decodeValue[T any](v value.Value) (T, error) {
	var into T
	if v.Kind() != value.KindObject {
		return into, hookflow.Invalid("the body is not valid", hookflow.Problem{Detail: "expected object, got " + v.Kind().String()})
	}
	var problems []hookflow.Problem
	for _, p := range spec.DecodeJSON(v, &into) {
		problems = append(problems, hookflow.Problem(p))
	}
	if len(problems) > 0 {
		return into, hookflow.Invalid("the body is not valid", problems...)
	}
	return into, nil
}

// bodySchemas are the JSON Schemas of bodies, by the name they have in the OpenAPI document.
type bodySchemas map[string]value.Value

var problemGoType = reflect.TypeFor[httpProblem]()

// describeBody tells in the OpenAPI document what a body holds, from the tags that its decoder reads.
func (a *api) describeBody(body *huma.RequestBody, op operation) {
	body.Required = !op.optional // huma takes every raw body for required
	schema := &huma.Schema{}
	if t := reflect.TypeOf(op.body); t != reflect.TypeFor[anyJSON]() {
		name := schemaName(t, "")
		a.bodies[name] = spec.Schema(t)
		schema.Ref = "#/components/schemas/" + name
	}
	body.Content["application/json"] = &huma.MediaType{Schema: schema}
	if op.yaml {
		body.Content["application/yaml"] = &huma.MediaType{Schema: schema}
	}
}

// anyJSON marks a body that may be any JSON.
type anyJSON struct{}

// schemaName names a Go type in the OpenAPI document: workflowList as WorkflowList.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

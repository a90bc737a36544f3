package spec_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

type documented struct {
	MaxBytes hookflow.Size     `json:"maxBytes" default:"5MiB" max:"16MiB" doc:"Largest body" zh:"请求体上限" ui:"size"`
	Tries    int               `json:"tries" required:"true" min:"1" max:"10" default:"3" example:"5"`
	Modes    []string          `json:"modes" enum:"a,b" min:"1"`
	Level    int               `json:"level" enum:"1,2"`
	Headers  map[string]string `json:"headers"`
	URL      *string           `json:"baseURL" required:"true" format:"uri" min:"1"`
	Code     string            `json:"code" literal:"true" ui:"code"`
	Token    string            `json:"token" secret:"true"`
	Any      value.Value       `json:"any" example:"[1.10]"`
	At       time.Time         `json:"at"`
	When     tree              `json:"when" doc:"Condition"`
	Inner    struct {
		On bool `json:"on"`
	} `json:"inner"`
	limits `ui:"limits" alt:"limits"`
	Code2  string `json:"code2" alt:"code" when:"level=1,2" more:"true"`
}

type limits struct {
	Least int `json:"least"`
}

type tree struct {
	Op  string `json:"op"`
	All []tree `json:"all"`
	Not *tree  `json:"not"`
}

const wantSchema = `{
	"$schema": "https://json-schema.org/draft/2020-12/schema",
	"type": "object",
	"properties": {
		"maxBytes": {"title": "Max bytes", "x-zh-title": "请求体上限", "description": "Largest body", "x-zh": "请求体上限", "x-ui": "size", "type": ["string", "number"], "default": "5MiB"},
		"tries": {"title": "Tries", "type": "integer", "minimum": 1, "maximum": 10, "default": 3, "examples": [5]},
		"modes": {"title": "Modes", "type": "array", "items": {"type": "string", "enum": ["a", "b"]}, "minItems": 1},
		"level": {"title": "Level", "type": "integer", "enum": [1, 2]},
		"headers": {"title": "Headers", "x-zh-title": "HTTP 头", "type": "object", "additionalProperties": {"type": "string"}},
		"baseURL": {"title": "Base URL", "type": "string", "minLength": 1, "format": "uri"},
		"code": {"title": "Code", "x-zh-title": "代码", "x-ui": "code", "type": "string", "x-literal": true},
		"token": {"title": "Token", "x-zh-title": "令牌", "type": "string", "x-secret": true},
		"any": {"title": "Any", "x-zh-title": "任一", "examples": [[1.10]]},
		"at": {"title": "At", "type": "string", "format": "date-time"},
		"when": {"title": "When", "x-zh-title": "条件", "description": "Condition", "$ref": "#/$defs/spec_test.tree"},
		"inner": {"title": "Inner", "type": "object", "properties": {"on": {"title": "On", "type": "boolean"}}, "additionalProperties": false},
		"least": {"title": "Least", "type": "integer", "x-together": "limits", "x-alternative": {"name": "limits", "title": "Limits"}},
		"code2": {"title": "Code2", "type": "string", "x-more": true, "x-when": {"level": [1, 2]}, "x-alternative": {"name": "code", "title": "Code", "x-zh-title": "代码"}}
	},
	"required": ["tries", "baseURL"],
	"additionalProperties": false,
	"$defs": {
		"spec_test.tree": {
			"type": "object",
			"properties": {
				"op": {"title": "Op", "x-zh-title": "运算符", "type": "string"},
				"all": {"title": "All", "x-zh-title": "全部", "type": "array", "items": {"$ref": "#/$defs/spec_test.tree"}},
				"not": {"title": "Not", "x-zh-title": "非", "$ref": "#/$defs/spec_test.tree"}
			},
			"additionalProperties": false
		}
	}
}`

func TestSchema(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(indent(t, wantSchema), indent(t, string(spec.Schema(reflect.TypeFor[documented]())))); diff != "" {
		t.Error(diff)
	}
}

func TestSchemaOfRecursiveRoot(t *testing.T) {
	t.Parallel()
	schema := spec.Schema(reflect.TypeFor[tree]())
	if ref := schema.Get("$ref").Text(); ref != "#/$defs/spec_test.tree" || schema.Get("$defs", "spec_test.tree", "type").Text() != "object" {
		t.Errorf("got %s", schema)
	}
}

func indent(t *testing.T, text string) string {
	t.Helper()
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(text), "", "\t"); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return indented.String()
}

func TestFields(t *testing.T) {
	t.Parallel()
	op := spec.Field{Name: "op", TitleZH: "运算符", Type: "string"}
	want := []spec.Field{
		{Name: "maxBytes", TitleZH: "请求体上限", Type: "size", Default: value.Raw(`"5MiB"`), Max: "16777216", Doc: "Largest body", ZH: "请求体上限", UI: "size"},
		{Name: "tries", Type: "integer", Required: true, Default: value.Raw("3"), Example: value.Raw("5"), Min: "1", Max: "10"},
		{Name: "modes", Type: "list of string", Enum: []string{"a", "b"}, Min: "1"},
		{Name: "level", Type: "integer", Enum: []string{"1", "2"}},
		{Name: "headers", TitleZH: "HTTP 头", Type: "map of string"},
		{Name: "baseURL", Type: "string", Required: true, Format: "uri", Min: "1"},
		{Name: "code", TitleZH: "代码", Type: "string", Literal: true, UI: "code"},
		{Name: "token", TitleZH: "令牌", Type: "string", Secret: true},
		{Name: "any", TitleZH: "任一", Type: "any", Example: value.Raw("[1.10]")},
		{Name: "at", Type: "time"},
		{Name: "when", TitleZH: "条件", Type: "object", Doc: "Condition", Fields: []spec.Field{op, {Name: "all", TitleZH: "全部", Type: "list of object"}, {Name: "not", TitleZH: "非", Type: "object"}}},
		{Name: "inner", Type: "object", Fields: []spec.Field{{Name: "on", Type: "boolean"}}},
		{Name: "least", Type: "integer"},
		{Name: "code2", Type: "string"},
	}
	if diff := cmp.Diff(want, spec.Fields(reflect.TypeFor[documented]())); diff != "" {
		t.Error(diff)
	}
}

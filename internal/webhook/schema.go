package webhook

import (
	"encoding/json"
	"net/http"

	"github.com/hookflow/hookflow"
	jsonschema "github.com/hookflow/hookflow/internal/schema"
	"github.com/hookflow/hookflow/internal/value"
)

// valueBytes is about what a parsed value takes, in bytes.
const valueBytes = 100

// schema refuses bodies that the endpoint's JSON Schema does not allow.
func schema(in *inbound) *verdict {
	if in.found.schema == nil {
		return nil
	}
	data := in.context.Data()
	room := max(0, int64(min(jsonschema.Values(data), jsonschema.MaxValues))*valueBytes-freeBytes)
	if err := in.take(room); err != nil {
		return unreadable(err, 0)
	}
	defer in.leave(room)
	violations := in.found.schema.Violations(data)
	if len(violations) == 0 {
		return nil
	}
	v := refuse(http.StatusUnprocessableEntity, hookflow.ReasonSchema, "", violations[0].Pointer+": "+violations[0].Detail)
	v.answer = problem(http.StatusUnprocessableEntity, "The body does not match the schema", violations)
	return v
}

func (c *compiler) schema(document []byte) *jsonschema.Schema {
	if value.Value(document).IsNull() {
		return nil
	}
	compiled, err := jsonschema.Compile(document)
	if err != nil {
		c.refuse("/schema", "%v", err)
		return nil
	}
	return compiled
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

package collection

import (
	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// jsonType is any JSON of at most MaxText bytes, kept byte for byte. The column is one of text on
// PostgreSQL too, whose jsonb reorders keys and refuses \u0000 and lone surrogates. A null is the
// absence of a value.
var jsonType = &fieldType{
	name: "json", class: structure, sqlite: "JSONTEXT", postgres: "TEXT",
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		text := string(v)
		return text, inBytes(text)
	},
	out: rawOut,
}

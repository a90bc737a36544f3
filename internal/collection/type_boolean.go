package collection

import (
	"strconv"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// booleanType is true or false.
var booleanType = &fieldType{
	name: "boolean", class: truth, sqlite: "BOOLEAN", postgres: "BOOLEAN", indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		b, ok := v.Bool()
		if !ok {
			return nil, expected("true or false", v)
		}
		return b, nil
	},
	out: func(text []byte, stored any) []byte {
		if n, ok := stored.(int64); ok { // as SQLite keeps it
			return strconv.AppendBool(text, n != 0)
		}
		b, _ := stored.(bool)
		return strconv.AppendBool(text, b)
	},
}

package collection

import (
	"fmt"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// decimalType is a number of up to 100 digits before and 100 after the point, kept exactly with its
// trailing zeros: 1.10 comes back as 1.10 and equals 1.1.
var decimalType = &fieldType{
	name: "decimal", class: exact, sqlite: "DECIMALTEXT COLLATE " + decimalCollation, postgres: "NUMERIC", asText: true, indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		literal, ok := v.Number()
		if !ok {
			return nil, expected("a number", v)
		}
		text, ok := plain(literal)
		if !ok {
			return nil, fmt.Errorf("must have at most %d digits before and after the point", maxDigits)
		}
		return text, nil
	},
	out: rawOut,
}

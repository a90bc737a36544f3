package collection

import (
	"errors"
	"math"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// numberType is a double. Fractions are rounded to the nearest one; a whole number that it cannot
// hold exactly is refused.
var numberType = &fieldType{
	name: "number", class: floating, sqlite: "REAL", postgres: "DOUBLE PRECISION", indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		f, err := floatIn(v)
		if err != nil {
			return nil, err
		}
		if math.Abs(f) > maxInteger && f == math.Trunc(f) && !value.Equal(value.Float(f), v) {
			return nil, errors.New("has more digits than a number field holds; a decimal or bigint field holds it exactly")
		}
		return f, nil
	},
	out: func(text []byte, stored any) []byte {
		f, _ := stored.(float64)
		return append(text, value.Float(f)...)
	},
}

func floatIn(v value.Value) (float64, error) {
	f, ok := v.Float64()
	switch {
	case ok && f == 0:
		return 0, nil // -0 is 0 everywhere
	case ok:
		return f, nil
	case v.Kind() == value.KindNumber:
		return 0, errors.New("must be a number between -1.8e308 and 1.8e308")
	default:
		return 0, expected("a number", v)
	}
}

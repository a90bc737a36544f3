package collection

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// maxInteger is the largest whole number that every JSON reader keeps exactly: 2^53-1.
const maxInteger = 1<<53 - 1

// integerType is a whole number that JavaScript holds exactly.
var integerType = &fieldType{
	name: "integer", class: whole, sqlite: "INTEGER", postgres: "BIGINT", indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		n, err := wholeIn(v)
		if err != nil {
			return nil, err
		}
		if n < -maxInteger || n > maxInteger {
			return nil, fmt.Errorf("must be between -%d and %d; a bigint field holds more", maxInteger, maxInteger)
		}
		return n, nil
	},
	operand: wholeOperand,
	out:     wholeOut,
}

// bigintType is a whole number of 64 bits.
var bigintType = &fieldType{
	name: "bigint", class: whole, sqlite: "INTEGER", postgres: "BIGINT", indexable: true,
	in:      func(v value.Value, _ hookflow.FieldOptions) (any, error) { return wholeOperand(v) },
	operand: wholeOperand,
	out:     wholeOut,
}

func wholeIn(v value.Value) (int64, error) {
	n, ok := v.Int64()
	switch {
	case ok:
		return n, nil
	case v.Kind() == value.KindNumber:
		return 0, fmt.Errorf("must be a whole number between %d and %d", math.MinInt64, math.MaxInt64)
	default:
		return 0, expected("a whole number", v)
	}
}

func wholeOperand(v value.Value) (any, error) {
	n, err := wholeIn(v)
	if err != nil {
		return nil, err
	}
	return n, nil
}

func wholeOut(text []byte, stored any) []byte {
	n, _ := stored.(int64)
	return strconv.AppendInt(text, n, 10)
}

// wholeBound puts a comparison of a whole number with any number as one with an int64: x > 1.5 is
// x > 1, x < 1.5 is x <= 1, and every x is below 2^63.
func wholeBound(comparison, plain string) (string, int64) {
	digits, fraction, _ := strings.Cut(plain, ".")
	n, _ := new(big.Int).SetString(digits, 10)
	above := comparison[0] == '>'
	if strings.Trim(fraction, "0") != "" {
		if plain[0] == '-' {
			n.Sub(n, big.NewInt(1))
		}
		comparison = "<="
		if above {
			comparison = ">"
		}
	}
	switch {
	case n.IsInt64():
		return comparison, n.Int64()
	case n.Sign() > 0 && above: // never
		return ">", math.MaxInt64
	case n.Sign() > 0: // always
		return "<=", math.MaxInt64
	case above: // always
		return ">=", math.MinInt64
	default: // never
		return "<", math.MinInt64
	}
}

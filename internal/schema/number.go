package schema

import (
	"encoding/json"
	"strconv"
	"strings"
)

// maxDigits bounds the digits of a number and its exponent. Both are far past what a float64 holds.
// The library computes with exact fractions: those of a larger exponent take their time, and those of
// a very large one it has none for.
const maxDigits = 400

// vast finds a number past the bounds; its path comes from the inside out.
func vast(v any) (path []string, found bool) {
	switch v := v.(type) {
	case json.Number:
		return nil, isVast(v.String())
	case []any:
		for i, item := range v {
			if path, found := vast(item); found {
				return append(path, strconv.Itoa(i)), true
			}
		}
	case map[string]any:
		for name, member := range v {
			if path, found := vast(member); found {
				return append(path, name), true
			}
		}
	}
	return nil, false
}

func isVast(number string) bool {
	digits, exponent := number, 0
	if at := strings.IndexAny(number, "eE"); at >= 0 {
		var err error
		if exponent, err = strconv.Atoi(number[at+1:]); err != nil {
			return true
		}
		digits = number[:at]
	}
	return len(digits) > maxDigits || exponent > maxDigits || exponent < -maxDigits
}

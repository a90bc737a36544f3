package collection

import (
	"strconv"
	"strings"
)

// maxDigits bounds the digits of a decimal before its point, and those after it.
const maxDigits = 100

// plain writes a JSON number without an exponent, keeping every digit: 1.10 stays so, 1.5e2 is 150.
// It fails when more than maxDigits digits would stand on either side of the point.
func plain(literal string) (string, bool) {
	unsigned := strings.TrimPrefix(literal, "-")
	mantissa, exponent, ok := splitExponent(unsigned)
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	zero := strings.Trim(digits, "0") == ""
	if !ok && zero {
		exponent, ok = 0, true
	}
	point := len(whole) + exponent
	if !ok || point > len(digits)+maxDigits || point < -maxDigits {
		return "", false
	}
	digits = strings.Repeat("0", max(0, 1-point)) + digits
	point = max(1, point)
	digits += strings.Repeat("0", max(0, point-len(digits)))
	whole, fraction = strings.TrimLeft(digits[:point], "0"), digits[point:]
	if len(whole) > maxDigits || len(fraction) > maxDigits {
		return "", false
	}
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if strings.HasPrefix(literal, "-") && !zero {
		whole = "-" + whole
	}
	return whole, true
}

func splitExponent(unsigned string) (mantissa string, exponent int, ok bool) {
	i := strings.IndexAny(unsigned, "eE")
	if i < 0 {
		return unsigned, 0, true
	}
	const most = 1 << 20 // far beyond any bound, far from overflowing
	exponent, err := strconv.Atoi(unsigned[i+1:])
	return unsigned[:i], exponent, err == nil && -most < exponent && exponent < most
}

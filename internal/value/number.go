package value

import (
	"cmp"
	"strconv"
	"strings"
)

// decimal is a number as 0.digits × 10^exponent. Digits have no zero at either end; zero has none
// at all. So two numbers are compared by their digits, and 1e999999999 costs nothing.
type decimal struct {
	negative bool
	digits   string
	exponent int64
}

// maxExponent bounds exponents; those beyond are all the same to us.
const maxExponent = 1 << 60

// parseDecimal reads a number as people write it: JSON's grammar, and also a plus sign, zeros in
// front and a point at either end.
func parseDecimal(text string) (decimal, bool) {
	mantissa, exponent := text, int64(0)
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		var ok bool
		if exponent, ok = parseExponent(text[i+1:]); !ok {
			return decimal{}, false
		}
		mantissa = text[:i]
	}
	unsigned := strings.TrimLeft(mantissa, "+-")
	whole, fraction, _ := strings.Cut(unsigned, ".")
	digits := whole + fraction
	if len(mantissa)-len(unsigned) > 1 || !isDigits(digits) {
		return decimal{}, false
	}
	significant := strings.TrimLeft(digits, "0")
	if significant == "" {
		return decimal{}, true
	}
	return decimal{
		negative: mantissa[0] == '-',
		digits:   strings.TrimRight(significant, "0"),
		exponent: exponent + int64(len(whole)-(len(digits)-len(significant))),
	}, true
}

func parseExponent(text string) (int64, bool) {
	if !isDigits(strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+")) {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil && n == 0 {
		return 0, false
	}
	return max(-maxExponent, min(n, maxExponent)), true
}

func (d decimal) compare(e decimal) int {
	switch {
	case d.sign() != e.sign():
		return cmp.Compare(d.sign(), e.sign())
	case d.negative:
		return e.compareMagnitude(d)
	default:
		return d.compareMagnitude(e)
	}
}

func (d decimal) sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.negative:
		return -1
	default:
		return 1
	}
}

func (d decimal) compareMagnitude(e decimal) int {
	return cmp.Or(cmp.Compare(d.exponent, e.exponent), strings.Compare(d.digits, e.digits))
}

// int64 gives an integer that is in range.
func (d decimal) int64() (int64, bool) {
	const mostDigits = len("9223372036854775807")
	if d.digits == "" {
		return 0, true
	}
	if d.exponent < int64(len(d.digits)) || d.exponent > int64(mostDigits) {
		return 0, false
	}
	text := d.digits + strings.Repeat("0", int(d.exponent)-len(d.digits))
	if d.negative {
		text = "-" + text
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}

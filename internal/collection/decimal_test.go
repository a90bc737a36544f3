package collection

import (
	"math"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/value"
)

func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"0", "-0.0", "1.10", "1e3", "-12.5E-7", "1e100", "1e101", "0e99999999999999999999", "0.00001e5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := value.Parse([]byte(text))
		if err != nil || v.Kind() != value.KindNumber {
			return
		}
		written, ok := plain(string(v))
		if !ok {
			return
		}
		again, err := value.Parse([]byte(written))
		if err != nil || !value.Equal(v, again) || strings.ContainsAny(written, "eE+") {
			t.Errorf("%s is written as %s", v, written)
		}
		if twice, ok := plain(written); !ok || twice != written {
			t.Errorf("%s is written as %s and then as %s", v, written, twice)
		}
	})
}

func TestPlainBounds(t *testing.T) {
	t.Parallel()
	nines := strings.Repeat("9", maxDigits)
	for literal, want := range map[string]bool{
		nines: true, nines + "9": false, "0." + nines: true, "0.0" + nines: false, nines + "." + nines: true,
		"1e99": true, "1e100": false, "1e-100": true, "1e-101": false, "0.1e100": true, "10e-101": false,
	} {
		if _, ok := plain(literal); ok != want {
			t.Errorf("plain(%s) = %t", literal, ok)
		}
	}
}

// Every comparison with an int64 must say what the one with the number does.
func TestWholeBound(t *testing.T) {
	t.Parallel()
	stored := []int64{math.MinInt64, math.MinInt64 + 1, -2, -1, 0, 1, 2, math.MaxInt64 - 1, math.MaxInt64}
	numbers := []string{"0", "0.0", "1.5", "-1.5", "-0.5", "2.000", "9223372036854775806.5", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775808.5", "-9223372036854775809", "1e50", "-1e50"}
	holds := map[string]func(order int) bool{
		">":  func(order int) bool { return order > 0 },
		">=": func(order int) bool { return order >= 0 },
		"<":  func(order int) bool { return order < 0 },
		"<=": func(order int) bool { return order <= 0 },
	}
	for _, number := range numbers {
		text, _ := plain(number)
		for comparison := range holds {
			bounded, bound := wholeBound(comparison, text)
			for _, n := range stored {
				order, _ := value.Compare(value.Int(n), value.Raw(number))
				boundOrder, _ := value.Compare(value.Int(n), value.Int(bound))
				if holds[comparison](order) != holds[bounded](boundOrder) {
					t.Errorf("%d %s %s became %d %s %d", n, comparison, number, n, bounded, bound)
				}
			}
		}
	}
}

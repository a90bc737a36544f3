// Package hookflow holds the nouns of the product and their rules: workflows
// and their revisions, deliveries, executions and steps, collections and
// records. It imports nothing but the standard library; every other package
// imports it.
package hookflow

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Clock tells the time. Packages take one instead of calling time.Now, so that
// tests decide what time it is.
type Clock func() time.Time

// Duration is a length of time written as in Go ("1h30m", "250ms") with "d"
// for days of 24 hours ("7d", "1d12h"). A bare 0 is allowed and usually means
// "no limit". Negative durations are refused.
type Duration time.Duration

// Std returns d as a time.Duration.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// UnmarshalText parses the written form.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := ParseDuration(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// ParseDuration parses the written form of a Duration.
func ParseDuration(s string) (Duration, error) {
	days, rest, hasDays := strings.Cut(s, "d")
	if !hasDays {
		days, rest = "0", s
	}
	n, err := strconv.ParseUint(days, 10, 16)
	if err != nil {
		return 0, fmt.Errorf("%q is not a duration such as 30s, 10m or 7d", s)
	}
	total := time.Duration(n) * 24 * time.Hour
	if rest != "" {
		part, err := time.ParseDuration(rest)
		if err != nil || part < 0 {
			return 0, fmt.Errorf("%q is not a duration such as 30s, 10m or 7d", s)
		}
		total += part
	}
	return Duration(total), nil
}

// MarshalText writes the shortest form that ParseDuration takes back.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d Duration) String() string {
	if d == 0 {
		return "0"
	}
	const day = Duration(24 * time.Hour)
	out := ""
	if d >= day {
		out = strconv.FormatInt(int64(d/day), 10) + "d"
		d %= day
	}
	if d == 0 {
		return out
	}
	s := d.Std().String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return out + s
}

// Size is a number of bytes, written plainly (65536) or with a binary unit
// ("64KiB", "5MiB", "1GiB"; "KB" and "MB" mean the same as "KiB" and "MiB").
type Size int64

var sizeUnits = []struct {
	suffix string
	bytes  int64
}{
	{"KiB", 1 << 10},
	{"MiB", 1 << 20},
	{"GiB", 1 << 30},
	{"KB", 1 << 10},
	{"MB", 1 << 20},
	{"GB", 1 << 30},
	{"B", 1},
}

// ErrSize is the cause of every refusal of a written Size.
var ErrSize = errors.New("not a size such as 65536, 64KiB or 5MiB")

// UnmarshalText parses the written form; a size is between 0 and 1 TiB.
func (s *Size) UnmarshalText(text []byte) error {
	written, unit := string(text), int64(1)
	for _, u := range sizeUnits {
		if rest, ok := strings.CutSuffix(written, u.suffix); ok {
			written, unit = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(written, 10, 64)
	if err != nil || n < 0 || n > (1<<40)/unit {
		return fmt.Errorf("%q: %w", text, ErrSize)
	}
	*s = Size(n * unit)
	return nil
}

// MarshalText writes the largest unit that divides the size.
func (s Size) MarshalText() ([]byte, error) {
	for _, u := range []int{2, 1, 0} {
		unit := sizeUnits[u]
		if s > 0 && int64(s)%unit.bytes == 0 {
			return []byte(strconv.FormatInt(int64(s)/unit.bytes, 10) + unit.suffix), nil
		}
	}
	return []byte(strconv.FormatInt(int64(s), 10)), nil
}

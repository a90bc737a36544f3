package verify

import (
	"fmt"
	"math"
	"time"

	"github.com/hookflow/hookflow"
)

// Window is the setting of schemes that sign the time.
type Window struct {
	Tolerance hookflow.Duration `json:"tolerance,omitempty" literal:"true" default:"5m" doc:"Largest distance of the timestamp from now; 0 = not checked" zh:"时间戳与当前时间的最大差距；0 表示不检查"`
}

// judge reports whether a timestamp in s or ms is near enough to now.
func (w Window) judge(now time.Time, timestamp, unit string, v *Verdict) bool {
	tolerance := w.Tolerance.Std()
	if tolerance == 0 {
		return true
	}
	at, err := parseTime(timestamp, unit)
	if err != nil {
		v.failAs("malformed_timestamp", "timestamp", fmt.Sprintf("the timestamp %.40q is not a number of %s since 1970", timestamp, unit),
			"See that no proxy changes the request.")
		return false
	}
	age := max(now.Sub(at), math.MinInt64/2) // the least Duration has no opposite
	judgeAge(age, tolerance, tolerance, "See that the clocks are right, or allow more time with tolerance.", v)
	return age.Abs() <= tolerance
}

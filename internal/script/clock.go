package script

import "time"

// A stopwatch measures from its making, on the monotonic clock.
type stopwatch struct{ start time.Time }

func newStopwatch() stopwatch { return stopwatch{time.Now()} }

func (s stopwatch) elapsed() time.Duration { return time.Since(s.start) }

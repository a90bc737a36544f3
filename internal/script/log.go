package script

import (
	"strings"
	"unicode/utf8"
)

// logQuota counts a run's log against its limits.
type logQuota struct {
	lines, bytes int
	full         bool
}

const (
	logCut     = "… (cut: a run's log holds 64 KB)"
	logStopped = "(log stopped: a run's log holds 64 KB and 1,000 lines)"
)

// admit returns the line as far as it fits, and whether it does at all. The
// first line past a limit becomes the mark that says so.
func (q *logQuota) admit(line Log) (Log, bool) {
	if q.full {
		return line, false
	}
	room := MaxLogBytes - q.bytes
	if q.lines == MaxLogLines-1 || room == 0 {
		q.full = true
		line.Text = logStopped
		return line, true
	}
	if len(line.Text) > room {
		q.full = true
		line.Text = cutText(line.Text, room) + logCut
	}
	q.lines++
	q.bytes += len(line.Text)
	return line, true
}

// cutText returns text, or as many of its whole characters as fit into limit
// bytes.
func cutText(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return strings.Clone(text[:limit])
}

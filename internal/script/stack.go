package script

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The engine calls compiled text <input>; two lines of its own come before
// the user's. Frames of our prelude are <eval>.
var stackFrame = regexp.MustCompile(`^(\s*at .*?)\(?<input>:(\d+):(\d+)\)?$`)

const linesBeforeCode = 2

// userStack is the stack in Node's form, with the frames of the user's code
// only and its lines counted from 1.
func userStack(e *Error) string {
	if e.Stack == "" {
		return ""
	}
	out := []string{e.Error()}
	for line := range strings.Lines(e.Stack) {
		frame := stackFrame.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if frame == nil {
			continue
		}
		n, err := strconv.Atoi(frame[2])
		if err != nil || n <= linesBeforeCode {
			continue
		}
		at := strings.Replace(strings.TrimRight(frame[1], " "), " anonymous", "", 1)
		out = append(out, fmt.Sprintf("%s script:%d:%s", at, n-linesBeforeCode, frame[3]))
	}
	return strings.Join(out, "\n")
}

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

// before is how many lines come before the code.
func (e Engine) before() int {
	if e == Script {
		return linesBeforeCode
	}
	return linesBeforeCode + 1
}

var position = regexp.MustCompile(`\bscript:(\d+):(\d+)$`)

// Position is the place in the code where the error arose, line and column
// counted from 1; both are 0 when it is not known.
func (e *Error) Position() (line, column int) {
	for frame := range strings.Lines(e.Stack) {
		if found := position.FindStringSubmatch(strings.TrimRight(frame, "\n")); found != nil {
			line, _ = strconv.Atoi(found[1]) // digits
			column, _ = strconv.Atoi(found[2])
			return line, column
		}
	}
	return 0, 0
}

// userStack is the stack in Node's form, with the frames of the user's code
// only and its lines counted from 1.
func userStack(e *Error, engine Engine) string {
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
		if err != nil || n <= engine.before() {
			continue
		}
		at := strings.Replace(strings.TrimRight(frame[1], " "), " anonymous", "", 1)
		out = append(out, fmt.Sprintf("%s script:%d:%s", at, n-engine.before(), frame[3]))
	}
	return strings.Join(out, "\n")
}

// Package script runs users' JavaScript where it can do no harm: each script
// in a fresh virtual machine, each machine in a child process that has no
// network, no files, no environment and a hard limit on everything.
//
// A [Pool] keeps a few such processes (the program itself, started again as
// "js-worker", see [Worker]) and hands each of them one script at a time. Data
// crosses as JSON text and is parsed and printed by the machine's own JSON, so
// that key order, number spelling and lone surrogates are JavaScript's. What a
// script fetches the server asks for, in its stead ([Fetch]).
package script

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Limits of a run. What passes one of them ends as an [Error], never as a
// crash of the server.
const (
	DefaultTimeout = 5 * time.Second
	MaxTimeout     = 60 * time.Second
	DefaultMemory  = 128 << 20 // bytes of the virtual machine's heap
	MaxMemory      = 512 << 20
	MaxCode        = 256 << 10 // bytes of source
	MaxInput       = 5 << 20   // bytes of JSON, of each of context, steps, env and params
	MaxResult      = 1 << 20   // bytes of JSON
	MaxLogBytes    = 64 << 10  // bytes of all log texts of a run
	MaxLogLines    = 1000      // console calls of a run
)

// Engine is a language that code is written in.
type Engine string

// The engines. Of an expression only its value is of interest: it sees Params
// as names when it is in JavaScript, with the functions of Formula.js, or in the
// language of Math.js; in the others it queries Context.
const (
	Script     Engine = "" // the body of an async function in JavaScript
	JavaScript Engine = "javascript"
	Formula    Engine = "formula"
	Math       Engine = "math"
	JSONata    Engine = "jsonata"
	JMESPath   Engine = "jmespath"
	JSONPath   Engine = "jsonpath"
)

// isSlow reports whether loading takes so long that the machine is kept for
// other runs. That is only for a language that cannot change its machine.
func (e Engine) isSlow() bool { return e == Math }

var engines = []Engine{Script, JavaScript, Formula, Math, JSONata, JMESPath, JSONPath}

// Run is one script run.
type Run struct {
	// Engine is what Code is written in.
	Engine Engine
	Code   string
	// Group is whose run this is. When runs have to wait, the groups take
	// turns.
	Group string
	// Context, Steps, Env and Params are JSON texts. The first three become
	// globals of their names; each member of the object Params becomes a
	// global of its own name, and the object itself is params. Empty is {}.
	Context, Steps, Env, Params json.RawMessage
	// Timeout bounds the run's wall clock; waiting for a worker does not
	// count. 0 is [DefaultTimeout], more than [MaxTimeout] is that.
	Timeout time.Duration
	// Fetch sends the requests of the script. nil is no network: then every
	// request fails.
	Fetch Fetch
	// Memory bounds the heap in bytes. 0 is [DefaultMemory], more than
	// [MaxMemory] is that.
	Memory int64
}

// Result is what a run left behind.
type Result struct {
	// Value is the exact text of JSON.stringify(result), nil when that is
	// undefined.
	Value json.RawMessage
	// Logs are the console's lines, at most [MaxLogLines] and
	// [MaxLogBytes]; when some were cut the last one says so.
	Logs []Log
	// Duration is the wall clock from the script's start to its end.
	Duration time.Duration
}

// Log is one console call.
type Log struct {
	Level string        `json:"level"` // log, info, warn, error or debug
	Text  string        `json:"text"`
	At    time.Duration `json:"at"` // since the script's start
}

// Kind says how a run failed.
type Kind string

// Kinds of failure.
const (
	KindError      Kind = "error"      // the script threw
	KindSyntax     Kind = "syntax"     // the script does not parse
	KindTimeout    Kind = "timeout"    // the wall clock ran out, or nothing was left that could end the script
	KindMemory     Kind = "memory"     // the heap's limit was reached
	KindTooLarge   Kind = "too_large"  // source, input or result over its limit
	KindLost       Kind = "lost"       // the worker died
	KindOverloaded Kind = "overloaded" // too many runs are waiting already
)

// Error is a script's failure. Name, Message and Stack are JavaScript's own
// for an error that was thrown; lines of the stack count from the script's
// first line.
type Error struct {
	Kind                 Kind
	Name, Message, Stack string
}

// Error is "Name: message", as JavaScript prints it.
func (e *Error) Error() string {
	switch {
	case e.Name == "":
		return e.Message
	case e.Message == "":
		return e.Name
	}
	return e.Name + ": " + e.Message
}

func failure(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// withDefaults returns r with its limits filled in and clamped, or the limit
// that its texts break.
func (r Run) withDefaults() (Run, error) {
	r.Timeout = min(orDefault(r.Timeout, DefaultTimeout), MaxTimeout)
	r.Memory = min(orDefault(r.Memory, DefaultMemory), MaxMemory)
	if !slices.Contains(engines, r.Engine) {
		return r, failure(KindError, "there is no engine %q", r.Engine)
	}
	if len(r.Code) > MaxCode {
		return r, failure(KindTooLarge, "script is %d bytes, the limit is %d", len(r.Code), MaxCode)
	}
	for _, input := range []struct {
		name string
		text *json.RawMessage
	}{{"context", &r.Context}, {"steps", &r.Steps}, {"env", &r.Env}, {"params", &r.Params}} {
		if len(*input.text) > MaxInput {
			return r, failure(KindTooLarge, "%s is %d bytes, the limit is %d", input.name, len(*input.text), MaxInput)
		}
		if len(*input.text) == 0 {
			*input.text = json.RawMessage("{}")
		}
	}
	return r, nil
}

func orDefault[T time.Duration | int64 | int](value, fallback T) T {
	if value <= 0 {
		return fallback
	}
	return value
}

const (
	maxErrorName = 256
	maxErrorText = 16 << 10
)

// bounded returns e with texts of a length that can be stored and shown.
func (e *Error) bounded() *Error {
	return &Error{
		Kind:    e.Kind,
		Name:    cutText(e.Name, maxErrorName),
		Message: cutText(e.Message, maxErrorText),
		Stack:   cutText(e.Stack, maxErrorText),
	}
}

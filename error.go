package hookflow

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of thing went wrong, for the code that decides what to
// do about it: the admin API maps each to one HTTP status.
type Code string

// The codes. Whatever is none of these is internal: logged whole, shown as
// "internal error" only.
const (
	CodeInvalid      Code = "invalid"      // the input is at fault; Problems say where
	CodeUnauthorized Code = "unauthorized" // nobody is logged in
	CodeForbidden    Code = "forbidden"    // somebody is, who may not do this
	CodeNotFound     Code = "not_found"
	CodeConflict     Code = "conflict"  // with something that exists
	CodeTooLarge     Code = "too_large" // past a bound
	CodeOverloaded   Code = "overloaded"
	CodeInternal     Code = "internal"
)

// Problem is one thing wrong with a document, at a JSON pointer (RFC 6901).
type Problem struct {
	Pointer string `json:"pointer"`
	Detail  string `json:"detail"`
}

// Error is an error whose message may be shown to a user: it says what
// happened and what to do, and holds no secret.
type Error struct {
	Code     Code
	Message  string
	Problems []Problem
	Cause    error // for the log only
}

func (e *Error) Error() string {
	parts := []string{e.Message}
	for _, p := range e.Problems {
		parts = append(parts, p.Pointer+": "+p.Detail)
	}
	return strings.Join(parts, "; ")
}

func (e *Error) Unwrap() error { return e.Cause }

// Errorf returns an Error with a formatted message; a %w in it is the cause.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Cause: errors.Unwrap(err)}
}

// Invalid returns an Error of CodeInvalid with its problems.
func Invalid(message string, problems ...Problem) *Error {
	return &Error{Code: CodeInvalid, Message: message, Problems: problems}
}

// CodeOf returns the code of the first Error in err's chain, or CodeInternal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

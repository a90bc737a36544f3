package node

import (
	"errors"
	"time"
)

// RetryError is the error of a node that knows more than its retry does about
// trying again.
type RetryError struct {
	Err   error
	After time.Duration // try no sooner; 0 leaves that to the node's retry
	Never bool          // it would come to the same
}

func (e *RetryError) Error() string { return e.Err.Error() }

func (e *RetryError) Unwrap() error { return e.Err }

// RetryOf is what an error says about trying again: may it help, and how long to
// wait at least.
func RetryOf(err error) (worthwhile bool, after time.Duration) {
	var known *RetryError
	if !errors.As(err, &known) {
		return true, 0
	}
	return !known.Never, known.After
}

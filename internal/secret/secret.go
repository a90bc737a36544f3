// Package secret keeps what must not be seen: it encrypts values at rest, holds them in a type that
// does not print, and masks them in whatever leaves the program.
package secret

import (
	"fmt"
	"io"
	"log/slog"
)

// Mask stands where a secret was.
const Mask = "••••"

// Secret is a text that shows itself only to [Secret.Reveal]: every fmt verb, JSON and slog print
// Mask in its place.
type Secret string

// Reveal returns the text itself.
func (s Secret) Reveal() string { return string(s) }

func (Secret) String() string { return Mask }

// Format prints Mask for every verb.
func (Secret) Format(f fmt.State, _ rune) {
	// A fmt.State collects in memory; there is nothing to do about an error either.
	_, _ = io.WriteString(f, Mask)
}

// MarshalText writes Mask, to JSON too.
func (Secret) MarshalText() ([]byte, error) { return []byte(Mask), nil }

// LogValue logs Mask.
func (Secret) LogValue() slog.Value { return slog.StringValue(Mask) }

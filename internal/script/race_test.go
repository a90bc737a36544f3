//go:build race

package script

// The race detector slows the engine, which is C turned into Go, too far for
// tests of how it bears abuse and deep recursion.
const raceEnabled = true

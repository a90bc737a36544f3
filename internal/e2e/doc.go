// Package e2e holds what users, scripts and callers rely on as tests: each drives the real program
// over HTTP.
package e2e

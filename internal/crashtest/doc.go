// Package crashtest kills the real program, stops it and takes its disk away,
// and proves from the records, the journal and what a receiver outside has seen
// that nothing accepted is lost and nothing finished runs again.
package crashtest

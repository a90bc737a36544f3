//go:build !linux

package script

import "os/exec"

// Elsewhere than on Linux the machine's own limits and the server's kill
// remain.

const canIsolate = false

func confine() error { return nil }

func limitMemory(int64) error { return nil }

func cpuSpent() bool { return false }

func residentBytes(int) int64 { return 0 }

func peakBytes() int64 { return 0 }

func isolate(*exec.Cmd, bool) {}

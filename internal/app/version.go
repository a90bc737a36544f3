package app

import "runtime/debug"

// Version is what the go command stamped: a release's tag, or a pseudo-version
// that holds the revision.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

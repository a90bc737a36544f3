package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

func (p *program) version(_ context.Context, args []string) error {
	if done, err := p.parse(newFlags("version"), args); done || err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.stdout, "hookflow %s %s %s/%s\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// buildVersion is what the go command stamped: a release's tag, or a
// pseudo-version that holds the revision.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

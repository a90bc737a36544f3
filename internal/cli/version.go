package cli

import (
	"context"
	"fmt"
	"runtime"

	"github.com/hookflow/hookflow/internal/app"
)

func (p *program) version(_ context.Context, args []string) error {
	if done, err := p.parse(newFlags("version"), args); done || err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.stdout, "hookflow %s %s %s/%s\n", app.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

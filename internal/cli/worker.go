package cli

import (
	"context"
	"fmt"

	"github.com/hookflow/hookflow/internal/script"
)

// jsWorker is the child process that scripts run in; the server starts it.
func (p *program) jsWorker(context.Context, []string) error {
	if code := script.Worker(p.stdin, p.stdout); code != 0 {
		return fmt.Errorf("js-worker ended with code %d", code)
	}
	return nil
}

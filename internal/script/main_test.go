package script

import (
	"os"
	"os/exec"
	"testing"
)

// The test binary is its own worker, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "js-worker" {
		os.Exit(Worker(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

func missingProgram() *exec.Cmd { return exec.Command("/nonexistent/program") } //nolint:noctx // as in ownWorker

package nodes_test

import (
	"os"
	"sync"
	"testing"

	"github.com/hookflow/hookflow/internal/script"
)

// sandbox is the one script pool of all tests.
var sandbox = sync.OnceValue(func() *script.Pool { return script.NewPool(script.Options{}) })

// The test binary is its own script worker, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "js-worker" {
		os.Exit(script.Worker(os.Stdin, os.Stdout))
	}
	code := m.Run()
	_ = sandbox().Close()
	os.Exit(code)
}

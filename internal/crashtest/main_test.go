package crashtest

import (
	"os"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

func TestMain(m *testing.M) { os.Exit(hookflowtest.Main(m)) }

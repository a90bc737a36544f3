// Command hookflow is the whole product: server, worker and tools.
package main

import (
	"os"

	"github.com/hookflow/hookflow/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Environ()))
}

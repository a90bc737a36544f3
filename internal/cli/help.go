package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/hookflow/hookflow/internal/config"
)

// details is what help says of a command beyond its summary.
var details = map[string]string{ //nolint:gosec // texts about passwords and keys, none of them
	"serve": `Usage: hookflow serve [flags]

Runs the server until SIGTERM or SIGINT. On an empty data directory it makes the
database, a secret key file and a sample workflow, and prints what to do next.

A flag wins over a variable, a variable over the file. The file is hookflow.yaml
in the working directory, or the one that --config or HOOKFLOW_CONFIG names.

`,
	"user create": `Usage: hookflow user create --email E --role admin|editor|viewer (--password P | --password-stdin)

Adds a user, straight into the database of the settings (hookflow serve --help);
the server may be running. --password-stdin reads the password from the first
line of standard input, so that it is in no process list.
`,
	"api-key create": `Usage: hookflow api-key create --name N --role admin|editor|viewer

Prints the new key alone on standard output. It is shown once; only a hash is
kept. The server may be running.
`,
	"secret-key rotate": `Usage: hookflow secret-key rotate

Makes a new secret key and seals all secrets with it, in one transaction. The
key file is replaced; it holds both keys until the database has changed, so that
nothing is lost when the command is stopped: call it again.

A key from HOOKFLOW_SECRET_KEY is replaced by the one in HOOKFLOW_NEW_SECRET_KEY
or, without one, by a new key that is printed on standard output.

A server may be running. It goes on with what it knows, and changes no variable
until it is started again.
`,
	"migrate": `Usage: hookflow migrate

Brings the database of the settings to this version's schema. The server does
so itself at every start; this is for doing it before.
`,
	"version": "Usage: hookflow version\n\nPrints the version, its revision and the Go release it was built with.\n",
	"help":    "Usage: hookflow help [command]\n",
}

func (p *program) help(_ context.Context, args []string) error {
	if len(args) == 0 {
		return p.overview()
	}
	c, rest, err := find(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 || c.hidden {
		return usagef("no help on %q; hookflow help lists the commands", strings.Join(args, " "))
	}
	if _, err := fmt.Fprint(p.stdout, details[c.name]); err != nil {
		return err
	}
	if c.name == "serve" {
		return config.WriteHelp(p.stdout)
	}
	return nil
}

func (p *program) overview() error {
	var text strings.Builder
	text.WriteString("Hookflow receives webhooks, proves who sent them, and runs workflows on them.\n\nUsage: hookflow <command> [flags]\n\n")
	for _, c := range commands() {
		if !c.hidden {
			fmt.Fprintf(&text, "  %-17s %s\n", c.name, c.summary)
		}
	}
	text.WriteString("\nhookflow <command> --help says more; hookflow serve --help lists the settings.\n")
	_, err := fmt.Fprint(p.stdout, text.String())
	return err
}

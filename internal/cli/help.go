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
	"apply": `Usage: hookflow apply -f FILE_OR_DIR [--dry-run] [--prune] [--server URL --token KEY]

Creates or updates the workflows, collections and channels of a file, or of all
*.yaml, *.yml and *.json in a directory and below it. The files are YAML 1.2 or
JSON, several documents each if need be; documents of kind Test are passed over.
Prints "created", "updated" or "unchanged" and the object for each. Called again
it changes nothing. A secret that is given as •••• stays as it is.

Nothing is done while a file has an error. Each object changes whole or not at
all. With --dry-run nothing changes. With --prune all workflows, collections
(with their records) and channels that the files do not describe are deleted.

With --server the server at this URL is changed; the API key is --token or
HOOKFLOW_TOKEN, and needs the role editor, for channels admin. Without it the
database of the settings is (hookflow serve --help); unless that is PostgreSQL
the server must not be running.
`,
	"export": `Usage: hookflow export [-o DIR] [--server URL --token KEY]

Writes all workflows, collections and channels as YAML: to DIR/workflows/KEY.yaml
and so on or, without -o, as one stream to standard output. hookflow apply takes
them back without a change. Secrets are written as ••••, workflows as they are
published. The server may be running; for --server see hookflow apply --help.
`,
	"test": `Usage: hookflow test -f FILE_OR_DIR

Runs the documents of kind Test in a file or directory, each on a new database
with the workflows, collections and channels of the same files. No server and no
network are needed: calls to the outside are answered by the test, or fail it,
and delays pass at once. Exits 1 when anything is not as expected.

  kind: Test
  title: A push to main is saved
  workflow: github-push              # a key, or a file beside this one
  now: 2026-01-01T00:00:00Z          # the time at the start
  env: {TOKEN: {value: abc, secret: true}, REGION: eu}
  records: {pushes: [{sha: abc}]}    # there before
  request:                           # or context: {…}, to run it by hand
    method: POST
    path: orders/42                  # the workflow's own when not given
    headers: {X-GitHub-Event: push}
    query: a=1
    body: {ref: refs/heads/main}     # a text is sent as it is
    verified: true                   # do not check its signature
  http:
    - match: {method: POST, url: "https://api.example.com/*"}
      answer: {status: 200, headers: {}, body: {ok: true}}   # or error: text
  expect:                            # what is not named may be anything
    outcome: accepted                # with reason, of a request
    response: {status: 201, headers: {}, body: {saved: true}}
    status: succeeded                # with error and output, of the execution
    nodes: {save: {sha: abc}, other: null}
    records: {pushes: [{sha: abc}]}  # all of them, oldest first
    calls: [{method: POST, url: "https://api.example.com/v1", body: {}}]
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
	"backup": `Usage: hookflow backup FILE [--with-key]

Writes the database of the settings, with everything in it, to one file. The
server may be running. The secret key is not in it: without the key file, which
is to be kept elsewhere, the secrets of a backup are lost. --with-key puts it in;
then whoever has the file can read them.

PostgreSQL has its own tools: pg_dump and pg_restore.
`,
	"restore": `Usage: hookflow restore FILE [--force]

Makes the data directory of the settings from what hookflow backup has written,
after it has checked all of that. A directory that has a database already is
refused; --force replaces that. The server must not be running.
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

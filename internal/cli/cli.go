// Package cli is the command line: it finds the command, reads its flags and
// settings, runs it and turns the outcome into one line and an exit code.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/hookflow/hookflow/internal/config"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// program is what every command works with.
type program struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	env    []string
}

// command is one thing the program does. run gets what follows the name.
type command struct {
	name    string
	summary string
	run     func(p *program, ctx context.Context, args []string) error
	hidden  bool // not for people
}

// commands returns every command in the order of the help text.
func commands() []command {
	return []command{
		{name: "serve", summary: "run the server", run: (*program).serve},
		{name: "user create", summary: "add a user, straight into the database", run: (*program).userCreate},
		{name: "api-key create", summary: "print a new API key; it is shown once", run: (*program).apiKeyCreate},
		{name: "apply", summary: "make workflows, collections and channels be as files say", run: (*program).apply},
		{name: "export", summary: "write workflows, collections and channels as files", run: (*program).export},
		{name: "test", summary: "run tests of workflows, offline", run: (*program).test},
		{name: "secret-key rotate", summary: "seal all secrets with a new key", run: (*program).keyRotate},
		{name: "migrate", summary: "bring the database to this version's schema", run: (*program).migrate},
		{name: "backup", summary: "write the database to a file, also while the server runs", run: (*program).backup},
		{name: "restore", summary: "make a data directory of a backup", run: (*program).restore},
		{name: "version", summary: "print the version", run: (*program).version},
		{name: "help", summary: "say what a command does", run: (*program).help},
		{name: "js-worker", run: (*program).jsWorker, hidden: true},
	}
}

// Main runs one command line and returns its exit code: 0 done, 1 failed, 2
// wrong usage. args does not hold the program's name; env is as os.Environ
// gives it.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer, env []string) int {
	p := &program{stdin, stdout, stderr, env}
	err := p.dispatch(context.Background(), args)
	if err == nil {
		return exitDone
	}
	_, _ = fmt.Fprintln(stderr, "hookflow: "+oneLine(err.Error()))
	var wrong usageError
	if errors.As(err, &wrong) {
		return exitUsage
	}
	return exitFailed
}

func (p *program) dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usagef("no command given; hookflow help lists them, hookflow serve starts the server")
	}
	switch args[0] {
	case "-h", "-help", "--help":
		return p.help(ctx, nil)
	case "-version", "--version":
		return p.version(ctx, nil)
	}
	c, rest, err := find(args)
	if err != nil {
		return err
	}
	return c.run(p, ctx, rest)
}

// find returns the command that args begin with and what follows its name.
func find(args []string) (command, []string, error) {
	var names []string
	for _, c := range commands() {
		words := len(strings.Fields(c.name))
		if len(args) >= words && strings.Join(args[:words], " ") == c.name {
			return c, args[words:], nil
		}
		names = append(names, c.name)
		if strings.HasPrefix(c.name, args[0]+" ") {
			return command{}, nil, usagef("%s needs to be told what to do: hookflow %s", args[0], c.name)
		}
	}
	return command{}, nil, usagef("unknown command %q%s; hookflow help lists them", args[0], config.DidYouMean(args[0], names))
}

// usageError is a wrong command line or a wrong setting.
type usageError struct{ error }

func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

func (e usageError) Unwrap() error { return e.error }

// newFlags returns the flag set of a command; parse reports its errors.
func newFlags(name string) *flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	return set
}

// parse reads args into set. done is true when help was asked for and given.
func (p *program) parse(set *flag.FlagSet, args []string) (done bool, err error) {
	switch err := set.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return true, p.help(context.Background(), strings.Fields(set.Name()))
	case err != nil:
		return false, usagef("%s; hookflow %s --help lists the flags", flagProblem(set, err), set.Name())
	case set.NArg() > 0:
		return false, usagef("unexpected argument %q; hookflow %s takes flags only", set.Arg(0), set.Name())
	}
	return false, nil
}

// flagProblem puts an error of package flag the way people write flags.
func flagProblem(set *flag.FlagSet, err error) string {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return strings.Replace(err.Error(), ": -", ": --", 1)
	}
	var flags []string
	set.VisitAll(func(f *flag.Flag) { flags = append(flags, "--"+f.Name) })
	return fmt.Sprintf("unknown flag --%s%s", name, config.DidYouMean("--"+name, flags))
}

// load reads the settings and warns of what it does not know.
func (p *program) load(flags *config.Flags) (config.Config, error) {
	cfg, warnings, err := flags.Load(p.env, os.ReadFile)
	for _, warning := range warnings {
		_, _ = fmt.Fprintln(p.stderr, "hookflow: warning: "+warning)
	}
	if err != nil {
		return config.Config{}, usageError{err}
	}
	return cfg, nil
}

func oneLine(text string) string {
	return strings.ReplaceAll(strings.TrimSpace(text), "\n", "; ")
}

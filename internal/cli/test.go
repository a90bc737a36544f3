package cli

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/document"
	"github.com/hookflow/hookflow/internal/fixture"
)

func (p *program) test(ctx context.Context, args []string) error {
	set := newFlags("test")
	path := set.String("f", "", "")
	if done, err := p.parse(set, args); done || err != nil {
		return err
	}
	if *path == "" {
		return usagef("-f is missing; hookflow test --help shows how")
	}
	documents, err := p.readDocuments(*path)
	if err != nil {
		return err
	}
	tests, err := fixture.Tests(documents)
	if err != nil {
		return err
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	failed := 0
	for _, test := range tests {
		if !p.passes(ctx, test, documents) {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d tests failed; standard output says where", failed, len(tests))
	}
	return nil
}

// passes runs a test and prints what is not as expected.
func (p *program) passes(ctx context.Context, test *fixture.Test, documents []document.Document) bool {
	differences, err := p.runTest(ctx, test, documents)
	if err != nil {
		differences = append(differences, oneLine(err.Error()))
	}
	verdict := "ok"
	if len(differences) > 0 {
		verdict = "FAIL"
	}
	_, _ = fmt.Fprintf(p.stdout, "%s %s %s\n", verdict, test.From, test.Name())
	for _, line := range differences {
		_, _ = fmt.Fprintln(p.stdout, "  "+line)
	}
	return len(differences) == 0
}

func (p *program) runTest(ctx context.Context, test *fixture.Test, documents []document.Document) ([]string, error) {
	needed, err := test.Needs(documents)
	if err != nil {
		return nil, err
	}
	outcome, err := app.RunTest(ctx, p.testSettings(), test, needed)
	if err != nil {
		return nil, err
	}
	return test.Expect.Differences(outcome), nil
}

// testSettings are the defaults: a test says the same on every machine.
func (p *program) testSettings() config.Config {
	none := func(string) ([]byte, error) { return nil, fs.ErrNotExist }
	cfg, _, err := config.Bind(newFlags("test")).Load(nil, none)
	if err != nil {
		panic(err) // defaults are valid
	}
	return cfg
}

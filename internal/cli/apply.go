package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/document"
	"github.com/hookflow/hookflow/internal/egress"
)

// callTimeout bounds one call to a server: it may convert the records of a collection.
const callTimeout = 10 * time.Minute

// tokenVariable is where --token comes from when it is not given: flags show in the process list.
const tokenVariable = "HOOKFLOW_TOKEN"

func (p *program) apply(ctx context.Context, args []string) error {
	set := newFlags("apply")
	path := set.String("f", "", "")
	dryRun := set.Bool("dry-run", false, "")
	prune := set.Bool("prune", false, "")
	place := p.placeFlags(set)
	if done, err := p.parse(set, args); done || err != nil {
		return err
	}
	if *path == "" {
		return usagef("-f is missing; hookflow apply --help shows how")
	}
	documents, err := p.readDocuments(*path)
	if err != nil {
		return err
	}
	return place.with(ctx, *dryRun, func(to document.Place) error {
		err := document.Apply(ctx, to, documents, document.Options{
			DryRun: *dryRun, Prune: *prune,
			Tell: func(action document.Action, object string) { _, _ = fmt.Fprintln(p.stdout, action, object) },
		})
		if err == nil && *dryRun {
			_, err = fmt.Fprintln(p.stderr, "dry run: nothing was changed")
		}
		return err
	})
}

// readDocuments finds every problem of the files themselves before anything is done with one.
func (p *program) readDocuments(path string) ([]document.Document, error) {
	documents, err := document.Read(path)
	return documents, errors.Join(err, document.Check(documents, app.CheckWorkflow))
}

// placeFlags are the flags that say where documents are kept.
type placeFlags struct {
	program       *program
	server, token *string
	settings      *config.Flags
}

func (p *program) placeFlags(set *flag.FlagSet) placeFlags {
	return placeFlags{p, set.String("server", "", ""), set.String("token", "", ""), config.Bind(set)}
}

// with runs do on the server of the flags or, without one, on the database of the settings. Who
// only reads may do so beside a server.
func (f placeFlags) with(ctx context.Context, reads bool, do func(document.Place) error) error {
	token := f.program.take(tokenVariable)
	switch {
	case *f.server != "":
		return f.remote(token, do)
	case *f.token != "":
		return usagef("--token is for --server, which is missing")
	default:
		return f.local(ctx, reads, do)
	}
}

func (f placeFlags) remote(token string, do func(document.Place) error) error {
	if *f.token != "" {
		token = *f.token
	}
	if token == "" {
		return usagef("--token or %s is missing; hookflow api-key create makes one", tokenVariable)
	}
	if u, err := url.Parse(*f.server); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return usagef("--server: %q is not a URL such as https://hooks.example.com", *f.server)
	}
	client := egress.New(egress.Policy{}, app.Version()).Standard(nil) // it is the operator who says where to
	client.Timeout = callTimeout
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // a PUT would become a GET
	return do(document.Server{Client: client, URL: *f.server, Token: token})
}

func (f placeFlags) local(ctx context.Context, reads bool, do func(document.Place) error) error {
	cfg, err := f.program.load(f.settings)
	if err != nil {
		return err
	}
	a, err := app.OpenOffline(ctx, cfg, app.Options{Logger: newLogger(f.program.stderr, cfg), Clock: time.Now}, reads)
	if hookflow.CodeOf(err) == hookflow.CodeConflict {
		return fmt.Errorf("%w; a server that runs is changed with --server and --token", err)
	}
	if err != nil {
		return err
	}
	return errors.Join(do(a.Documents()), a.Close())
}

func (p *program) export(ctx context.Context, args []string) error {
	set := newFlags("export")
	dir := set.String("o", "", "")
	place := p.placeFlags(set)
	if done, err := p.parse(set, args); done || err != nil {
		return err
	}
	return place.with(ctx, true, func(from document.Place) error {
		files, err := document.Export(ctx, from, func(object string) {
			_, _ = fmt.Fprintf(p.stderr, "%s is left out: it was never published\n", object)
		})
		if err != nil {
			return err
		}
		if *dir == "" {
			return p.printFiles(files)
		}
		return p.writeFiles(*dir, files)
	})
}

// printFiles makes one stream of all files, which apply takes as one file; JSON is YAML here.
func (p *program) printFiles(files []document.File) error {
	for _, file := range files {
		if _, err := fmt.Fprintf(p.stdout, "---\n%s", file.Text); err != nil {
			return err
		}
	}
	return nil
}

const (
	filePermissions = 0o644
	dirPermissions  = 0o755
)

// writeFiles writes below dir only: the names come from a server.
func (p *program) writeFiles(dir string, files []document.File) error {
	if err := os.MkdirAll(dir, dirPermissions); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }() // what was written has been closed
	for _, file := range files {
		if err := root.MkdirAll(file.Dir(), dirPermissions); err != nil {
			return err
		}
		if err := root.WriteFile(file.Name, file.Text, filePermissions); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(p.stdout, "wrote", file.Name); err != nil {
			return err
		}
	}
	return nil
}

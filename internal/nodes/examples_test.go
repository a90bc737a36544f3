package nodes_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	_ "github.com/hookflow/hookflow/internal/nodes"
	"github.com/hookflow/hookflow/internal/value"
)

var update = flag.Bool("update", false, "write what came out into the examples")

// example is one archive of testdata: a config, what is around it, and what
// comes of it. README.md there describes the files.
type example struct {
	path    string
	archive *txtar.Archive
	node    *node.Type
}

var exampleFiles = []string{
	"context.json", "steps.json", "scopes.json", "env.json", "state.json", "branch.json", "branches.json", "names.json", "called.json", "collections.json", "records.json",
	"channels.json", "files.json", "answer.http", "config.json", "want.json", "sent.http", "mails.txt", "after.json",
}

func examples(t *testing.T) []*example {
	t.Helper()
	paths, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := make([]*example, len(paths))
	for i, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = &example{path: path, archive: archive, node: node.Lookup(filepath.Base(filepath.Dir(path)))}
	}
	return all
}

func (e *example) name() string {
	return strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(e.path), "testdata/"), ".txtar")
}

// file is the text of a file, nil when there is none.
func (e *example) file(name string) []byte {
	for _, f := range e.archive.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func (e *example) json(t *testing.T, name string) value.Value {
	t.Helper()
	text := e.file(name)
	if text == nil {
		return nil
	}
	v, err := value.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func TestExamples(t *testing.T) {
	t.Parallel()
	for _, e := range examples(t) {
		t.Run(e.name(), func(t *testing.T) {
			t.Parallel()
			if e.node == nil {
				t.Fatal("there is no such node type")
			}
			if raceEnabled && bytes.Contains(e.file("config.json"), []byte(`"engine": "math"`)) {
				t.Skip("the race detector slows Math.js too far")
			}
			for _, f := range e.archive.Files {
				if !slices.Contains(exampleFiles, f.Name) {
					t.Errorf("no example has a file %s", f.Name)
				}
			}
			e.run(t)
		})
	}
}

func (e *example) run(t *testing.T) {
	t.Helper()
	var db *database
	variables := value.Object{}
	for name, v := range e.json(t, "env.json").Members() {
		variables.Set(name, v)
	}
	env := &node.Env{HTTP: newHTTP(t), Files: files{e.json(t, "files.json")}, Tokens: &node.Tokens{}, Scripts: scripts{}}
	if called := e.json(t, "called.json"); called != nil {
		env.Workflows = workflows{called}
	}
	if text := e.file("collections.json"); text != nil {
		db = e.database(t, text)
		env.Records = db
	}
	var remote *server
	if answer := e.file("answer.http"); answer != nil {
		remote = newServer(t, answer)
		variables.Set("API", value.String(remote.URL))
	}
	all := variables.Value()
	env.Variable = func(name string) (value.Value, bool) {
		v := all.Get(value.Segment(name))
		return v, v != nil
	}
	sending := newChannels(t, e.json(t, "channels.json"), env)
	env.Channels = sending
	got := e.outcome(t, env, db, all)
	if remote != nil {
		got = value.Value(strings.ReplaceAll(string(got), strings.TrimPrefix(remote.URL, "http://"), "api.example.com"))
	}
	e.compare(t, "want.json", pretty(t, namedIDs(got)))
	if e.file("sent.http") != nil {
		e.compare(t, "sent.http", []byte(remote.sent))
	}
	if e.file("mails.txt") != nil {
		e.compare(t, "mails.txt", []byte(sending.arrived(t)))
	}
	if e.file("after.json") != nil {
		e.compare(t, "after.json", pretty(t, db.contents(t)))
	}
	if *update {
		e.save(t)
	}
}

func (e *example) database(t *testing.T, text []byte) *database {
	t.Helper()
	var collections []hookflow.Collection
	if err := json.Unmarshal(text, &collections); err != nil {
		t.Fatalf("collections.json: %v", err)
	}
	records := map[string]value.Value{}
	for name, list := range e.json(t, "records.json").Members() {
		records[name] = list
	}
	return newDatabase(t, collections, records)
}

// outcome saves the config, as far as it can be saved, and runs the node.
func (e *example) outcome(t *testing.T, env *node.Env, db *database, variables value.Value) value.Value {
	t.Helper()
	config, _ := value.Compile(e.json(t, "config.json"))
	if problems := e.node.Check(config); len(problems) > 0 {
		return object(t, "problems", problems)
	}
	steps := e.json(t, "steps.json")
	run := &node.Run{
		NodeKey: e.node.Name, Attempt: 1, Now: now, IdemKey: "execution/" + e.node.Name, State: e.json(t, "state.json"),
		Context: func() value.Value { return e.json(t, "context.json") },
		Steps:   func() value.Value { return steps },
		Scope: scope{
			"$context": e.json(t, "context.json"), "$steps": steps, "$scopes": e.json(t, "scopes.json"), "$env": variables,
		},
		Env: env,
	}
	if ended := e.json(t, "branch.json"); ended != nil {
		run.Branch = &node.Ended{Branch: ended.Get("branch").Text()}
		if text, ok := ended.Get("error").Str(); ok {
			run.Branch.Err = errors.New(text)
		}
	}
	for name, ended := range e.json(t, "branches.json").Members() {
		branch := node.Ended{Branch: name, Result: ended.Get("result")}
		if text, ok := ended.Get("error").Str(); ok {
			branch.Err = errors.New(text)
		}
		run.Branches = append(run.Branches, branch)
	}
	for _, name := range e.json(t, "names.json").Items() {
		run.Names = append(run.Names, name.Text())
	}
	run.Unresolved = config.Member
	call := func() (node.Outcome, error) { return e.node.Run(t.Context(), config, run) }
	var outcome node.Outcome
	var err error
	if db != nil && e.node.Of(config).Effect == node.Database {
		outcome, err = db.write(context.WithoutCancel(t.Context()), call)
	} else {
		outcome, err = call()
	}
	return told(t, outcome, err, run.LogLines)
}

// told is what a run came to, as want.json says it.
func told(t *testing.T, outcome node.Outcome, err error, logs []hookflow.Log) value.Value {
	t.Helper()
	var o value.Object
	var failure *node.Failure
	switch {
	case errors.As(err, &failure):
		o.Set("failed", value.String(failure.Reason))
	case err != nil:
		o.Set("error", value.String(err.Error()))
	default:
		tellOutcome(t, &o, outcome)
	}
	if len(logs) > 0 {
		var lines value.Array
		for _, line := range logs {
			lines.Append(value.String(line.Level + ": " + line.Text))
		}
		o.Set("logs", lines.Value())
	}
	return o.Value()
}

func tellOutcome(t *testing.T, o *value.Object, outcome node.Outcome) {
	t.Helper()
	switch out := outcome.(type) {
	case node.Done:
		o.Set("result", out.Result)
		if out.Assign != nil {
			o.Set("assign", object(t, "", out.Assign))
		}
	case node.Enter:
		enter := new(value.Object).Set("branch", value.String(out.Branch))
		if out.Label != "" {
			enter.Set("label", value.String(out.Label)).Set("scope", out.Scope).Set("state", out.State)
		}
		o.Set("enter", enter.Value())
	case node.EnterAll:
		names := make([]string, len(out.Branches))
		for i, branch := range out.Branches {
			names[i] = branch.Branch
		}
		o.Set("enterAll", object(t, "branches", names)).Set("until", value.String(string(out.Until)))
	case node.Wait:
		o.Set("wait", value.String(out.Until.Format(time.RFC3339)))
	case node.End:
		end := new(value.Object).Set("status", value.String(string(out.Status)))
		if out.Error != "" {
			end.Set("error", value.String(out.Error))
		}
		if r := out.Response; r != nil {
			end.Set("response", new(value.Object).
				Set("status", value.Int(int64(r.Status))).
				Set("headers", object(t, "", r.Headers)).
				Set("body", value.String(string(r.Body))).
				Value()).Set("result", out.Result)
		}
		o.Set("end", end.Value())
	default:
		t.Errorf("a node answered %T", outcome)
	}
}

// object encodes v, inside an object when it is given a name.
func object(t *testing.T, name string, v any) value.Value {
	t.Helper()
	text, err := value.Of(v)
	if err != nil {
		t.Fatal(err)
	}
	if name == "" {
		return text
	}
	return new(value.Object).Set(name, text).Value()
}

var recordID = regexp.MustCompile(`"id":"[0-9a-z]{13}"`)

// namedIDs replaces the ids of records, which are new each time.
func namedIDs(v value.Value) value.Value {
	n := 0
	return recordID.ReplaceAllFunc(v, func([]byte) []byte {
		n++
		return fmt.Appendf(nil, `"id":"record %d"`, n)
	})
}

func pretty(t *testing.T, v value.Value) []byte {
	t.Helper()
	var text bytes.Buffer
	if err := json.Indent(&text, v, "", "  "); err != nil {
		t.Fatalf("%s: %v", v, err)
	}
	text.WriteByte('\n')
	return text.Bytes()
}

// compare compares a file with what came out, or updates it.
func (e *example) compare(t *testing.T, name string, got []byte) {
	t.Helper()
	want := e.file(name)
	if strings.HasSuffix(name, ".json") {
		want = pretty(t, e.json(t, name))
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" && !*update {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	} else if diff != "" {
		e.put(name, got)
	}
}

// save writes the archive with what was put into it.
func (e *example) save(t *testing.T) {
	t.Helper()
	if err := os.WriteFile(e.path, txtar.Format(e.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (e *example) put(name string, text []byte) {
	for i := range e.archive.Files {
		if e.archive.Files[i].Name == name {
			e.archive.Files[i].Data = text
		}
	}
}

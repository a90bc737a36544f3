package document_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/document"
	"github.com/hookflow/hookflow/internal/value"
)

// read reads a file of a name and tells what is in it and where, or why not.
func read(t *testing.T, name, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := document.Read(dir)
	var lines []string
	for _, d := range found {
		lines = append(lines, filepath.Base(d.From)+" "+d.String()+" "+string(d.Text))
	}
	if err != nil {
		lines = append(lines, strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""))
	}
	return strings.Join(lines, "\n")
}

func TestRead(t *testing.T) {
	t.Parallel()
	const doc = "{kind: Workflow, key: a}"
	const a, b = `workflow/a {"kind":"Workflow","key":"a"}`, `workflow/b {"kind":"Workflow","key":"b"}`
	tests := []struct{ name, file, text, want string }{
		{"one", "f.yaml", doc, "f.yaml:1 " + a},
		{"a mark of the byte order", "f.yaml", "\ufeff" + doc, "f.yaml:1 " + a},
		{"lines of Windows", "f.yaml", "---\r\n" + doc + "\r\n---\r\n{kind: Workflow, key: b}\r\n", "f.yaml:2 " + a + "\nf.yaml:4 " + b},
		{"on the marker's line", "f.yml", "--- " + doc + "\n--- {kind: Workflow, key: b}", "f.yml:1 " + a + "\nf.yml:2 " + b},
		{"directives", "f.yaml", "# text\n%YAML 1.2\n---\n" + doc + "\n...\n%YAML 1.2\n---\n{kind: Workflow, key: b}", "f.yaml:4 " + a + "\nf.yaml:8 " + b},
		{"only comments between", "f.yaml", "---\n# no\n---\n\n---\n" + doc + "\n---\n", "f.yaml:6 " + a},
		{"no marker", "f.yaml", "kind: Workflow\nkey: a\ntitle: |\n  ---\n  x\n", `f.yaml:1 workflow/a {"kind":"Workflow","key":"a","title":"---\nx\n"}`},
		{"JSON", "f.json", ` {"kind":"Workflow","key":"a"}{"kind":"Workflow","key":"b"}` + "\n", "f.json:1 " + a + "\nf.json:1 " + b},
		{"JSON on lines", "f.JSON", "{\"kind\":\"Workflow\",\"key\":\"a\"}\n\n{\"kind\":\"Workflow\",\"key\":\"b\"}", "f.JSON:1 " + a + "\nf.JSON:3 " + b},
		{"numbers and order", "f.yaml", "{kind: Collection, b: 1.50, name: c, a: 0x10}", `f.yaml:1 collection/c {"kind":"Collection","b":1.50,"name":"c","a":16}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, read(t, test.file, test.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	const doc = "{kind: Workflow, key: a}\n"
	tests := []struct{ name, file, text, want string }{
		{"an error with its line", "f.yaml", "---\n" + doc + "---\n\nkind: [\n", "f.yaml:5: the document is not YAML: line 6"},
		{"twice", "f.yaml", doc + "---\n" + doc, "f.yaml:3: workflow/a: it is in f.yaml:1 already"},
		{"no name", "f.yaml", "kind: Channel\n", "f.yaml:1: the channel has no key"},
		{"no kind", "f.yaml", "key: a\n", `f.yaml:1: kind must be Workflow, Collection, Channel or Test, not ""`},
		{"a list", "f.yaml", "- a\n", "f.yaml:1: a document must be an object, not array"},
		{"a list of JSON", "f.json", "[]", "f.json:1: a document must be an object, not array"},
		{"cut JSON", "f.json", "{\"kind\":\n\"Wo", "f.json:1: the document is not JSON"},
		{"nothing", "f.yaml", "# nothing\n", "holds no documents"},
		{"settings", "hookflow.yaml", doc, "holds no documents"},
		{"hidden", ".f.yaml", doc, "holds no documents"},
		{"another name", "f.txt", doc, "holds no documents"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := read(t, test.file, test.text); !strings.Contains(got, test.want) {
				t.Errorf("got %s", got)
			}
		})
	}
}

// place keeps documents in memory; what refuses says no.
type place struct {
	kept    map[string]value.Value
	refuses func(name string, text value.Value) bool
	log     []string
}

func at(kind document.Kind, name string) string { return string(kind) + "/" + name }

func (p *place) Names(_ context.Context, kind document.Kind) (names []string, _ error) {
	for key := range p.kept {
		if name, ok := strings.CutPrefix(key, at(kind, "")); ok {
			names = append(names, name)
		}
	}
	return names, nil
}

func (p *place) Get(_ context.Context, kind document.Kind, name string) (value.Value, error) {
	if text, ok := p.kept[at(kind, name)]; ok {
		return text, nil
	}
	return nil, hookflow.Errorf(hookflow.CodeNotFound, "there is none")
}

func (p *place) Put(_ context.Context, kind document.Kind, name string, text value.Value) (value.Value, error) {
	p.log = append(p.log, "put "+name)
	if p.refuses != nil && p.refuses(name, text) {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "no")
	}
	p.kept[at(kind, name)] = text
	return text, nil
}

func (p *place) Delete(_ context.Context, kind document.Kind, name string) error {
	p.log = append(p.log, "delete "+name)
	delete(p.kept, at(kind, name))
	return nil
}

// TestApplyEachTogether: what needs another one comes after it, and errors do not stop the others.
func TestApplyEachTogether(t *testing.T) {
	t.Parallel()
	p := &place{kept: map[string]value.Value{at(document.Channel, "old"): value.Raw(`{"key":"old"}`)}}
	p.refuses = func(name string, _ value.Value) bool {
		_, ready := p.kept[at(document.Workflow, "b")]
		return name == "never" || name == "a" && !ready
	}
	var documents []document.Document
	for _, name := range []string{"a", "never", "b"} {
		documents = append(documents, document.Document{Kind: document.Workflow, Name: name, Text: value.Raw(`{"key":"` + name + `"}`), From: "f:1"})
	}
	var told []string
	err := document.Apply(t.Context(), p, documents, document.Options{Prune: true, Tell: func(action document.Action, object string) {
		told = append(told, string(action)+" "+object)
	}})
	if err == nil || err.Error() != "f:1: workflow/never: no" {
		t.Errorf("error: %v", err)
	}
	if diff := cmp.Diff([]string{"created workflow/b", "created workflow/a"}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	if p.kept[at(document.Channel, "old")] == nil {
		t.Error("it was pruned in spite of an error")
	}
}

func TestDryRunChangesNothing(t *testing.T) {
	t.Parallel()
	p := &place{kept: map[string]value.Value{
		at(document.Channel, "old"):  value.Raw(`{"key":"old","type":"slack","config":{}}`),
		at(document.Workflow, "new"): value.Raw(`{"key":"new","title":"was","revision":3}`),
	}}
	documents := []document.Document{{Kind: document.Workflow, Name: "new", Text: value.Raw(`{"key":"new","title":"is"}`)}}
	var told []string
	err := document.Apply(t.Context(), p, documents, document.Options{DryRun: true, Prune: true, Tell: func(action document.Action, object string) {
		told = append(told, string(action)+" "+object)
	}})
	if err != nil || len(p.log) > 0 {
		t.Errorf("%v, done: %v", err, p.log)
	}
	if diff := cmp.Diff([]string{"updated workflow/new", "deleted channel/old"}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

// TestExportLarge: what is too long for YAML is written as JSON.
func TestExportLarge(t *testing.T) {
	t.Parallel()
	doc := value.Raw(`{"kind":"Workflow","key":"k","title":"` + strings.Repeat("x", 1<<20) + `"}`)
	p := &place{kept: map[string]value.Value{at(document.Workflow, "k"): doc}}
	files, err := document.Export(t.Context(), p, func(string) {})
	if err != nil || len(files) != 1 || files[0].Name != "workflows/k.json" {
		t.Fatal(len(files), err)
	}
	if got := read(t, "k.json", string(files[0].Text)); !strings.HasPrefix(got, "k.json:1 workflow/k ") {
		t.Error(got[:min(len(got), 200)])
	}
}

// FuzzExport: whatever JSON a document holds, its file says the same.
func FuzzExport(f *testing.F) {
	for _, seed := range []string{`"yes"`, `{"a":[1.0,-0,1E+2,null]}`, `"a\n b\n\n"`, `"\u0000\ud800"`, `{"":{"~":"#"}}`, `" x\n"`, `"\n"`, `"- a: b # c"`, `"\ufeff\u2028"`, `["\t\n","\r\n"]`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := value.Parse([]byte(text))
		if err != nil {
			return
		}
		var o value.Object
		doc := o.Set("kind", value.String("Workflow")).Set("key", value.String("k")).Set("x", v).Value()
		p := &place{kept: map[string]value.Value{at(document.Workflow, "k"): doc}}
		files, err := document.Export(t.Context(), p, func(string) {})
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		path := filepath.Join(t.TempDir(), filepath.Base(files[0].Name))
		if err := os.WriteFile(path, files[0].Text, 0o600); err != nil {
			t.Fatal(err)
		}
		documents, err := document.Read(path)
		if err != nil || len(documents) != 1 {
			t.Fatalf("%s\n%v", files[0].Text, err)
		}
		err = document.Apply(t.Context(), p, documents, document.Options{Tell: func(action document.Action, _ string) {
			if action != document.Unchanged {
				t.Errorf("%s\n%s", action, files[0].Text)
			}
		}})
		if err != nil {
			t.Error(err)
		}
	})
}

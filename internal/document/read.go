package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

const (
	maxFile  = 64 << 20 // bytes
	maxFiles = 10_000
	// settingsFile may lie beside documents and is none.
	settingsFile = "hookflow.yaml"
	// maxFailures is how many errors of files are told at most.
	maxFailures = 20
)

// Read reads the documents of a file, or of all files named *.yaml, *.yml and *.json in a directory
// and below it, by name; hidden ones and the settings' hookflow.yaml are passed over. YAML is 1.2, and a file of either form may
// hold several documents. The error joins what is wrong with any of them.
func Read(path string) ([]Document, error) {
	names, err := files(path)
	if err != nil {
		return nil, err
	}
	r := reader{known: map[string]string{}}
	for _, name := range names {
		r.file(name)
	}
	if len(r.documents) == 0 && len(r.failures) == 0 {
		return nil, hookflow.Errorf(hookflow.CodeInvalid, "%s holds no documents; they are in *.yaml, *.yml or *.json", path)
	}
	return r.documents, r.failures.err()
}

// Parse reads the documents of a text as Read does those of a file; lines are what errors name.
func Parse(text []byte, yaml bool) ([]Document, error) {
	split := jsonParts
	if yaml {
		split = yamlParts
	}
	r := reader{known: map[string]string{}}
	for _, p := range split(text) {
		r.part(fmt.Sprintf("line %d", p.line), p)
	}
	return r.documents, r.failures.err()
}

func files(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return []string{path}, err
	}
	var names []string
	err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != path && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case isDocument(entry.Name()) && !entry.IsDir():
			names = append(names, name)
		}
		if len(names) > maxFiles {
			return hookflow.Errorf(hookflow.CodeTooLarge, "%s holds more than %d files", path, maxFiles)
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}

func isDocument(name string) bool {
	return name != settingsFile && slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(name)))
}

// failures collects errors up to a bound.
type failures []error

func (f *failures) add(err error) { *f = append(*f, err) }

func (f failures) err() error {
	if more := len(f) - maxFailures; more > 0 {
		return errors.Join(append(f[:maxFailures:maxFailures], fmt.Errorf("and %d more", more))...)
	}
	return errors.Join(f...)
}

type reader struct {
	documents []Document
	failures  failures
	known     map[string]string // where each object is described
}

func (r *reader) file(name string) {
	text, err := readFile(name)
	if err != nil {
		r.failures.add(err)
		return
	}
	split := yamlParts
	if strings.EqualFold(filepath.Ext(name), ".json") {
		split = jsonParts
	}
	for _, p := range split(text) {
		r.part(fmt.Sprintf("%s:%d", name, p.line), p)
	}
}

func readFile(name string) ([]byte, error) {
	file, err := os.Open(name) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it is only read
	text, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = hookflow.Errorf(hookflow.CodeTooLarge, "%s is longer than %d MiB", name, maxFile>>20)
	}
	return text, err
}

func (r *reader) part(from string, p part) {
	d, err := p.document(from)
	switch first := r.known[d.String()]; {
	case err != nil:
		r.failures.add(fmt.Errorf("%s: %w", from, err))
	case d.Name != "" && first != "":
		r.failures.add(d.failed(fmt.Errorf("it is in %s already", first)))
	default:
		r.known[d.String()] = from
		r.documents = append(r.documents, d)
	}
}

// part is the text of one document of a file.
type part struct {
	line int // where it begins
	text []byte
	json func(text []byte) ([]byte, error)
}

func (p part) document(from string) (Document, error) {
	text, err := p.json(p.text)
	if err != nil {
		return Document{}, err
	}
	v, err := value.Parse(text)
	switch {
	case err != nil:
		return Document{}, fmt.Errorf("the document is %w", err)
	case v.Kind() != value.KindObject:
		return Document{}, fmt.Errorf("a document must be an object, not %s", v.Kind())
	}
	d := Document{Kind: Kind(v.Get("kind").Text()), Text: v, From: from}
	if d.Kind == Test {
		return d, nil
	}
	if plurals[d.Kind] == "" {
		return Document{}, fmt.Errorf("kind must be Workflow, Collection, Channel or Test, not %.40q", d.Kind)
	}
	if d.Name = v.Get(value.Segment(d.Kind.identifier())).Text(); d.Name == "" {
		return Document{}, fmt.Errorf("the %s has no %s", d.Kind.noun(), d.Kind.identifier())
	}
	return d, nil
}

// yamlParts splits a stream at its markers: a line that begins with them is one wherever it stands
// (YAML 1.2.2, section 9.1.2). Parts that only comment are no documents.
func yamlParts(text []byte) []part {
	var parts []part
	begin, line, marked := 0, 1, false
	cut := func(end, next int) {
		if before := contentLine(text[begin:end]); before >= 0 {
			parts = append(parts, part{line + before, text[begin:end], yamlFrom(line)})
		}
		begin, line, marked = end, next, false
	}
	at, number := 0, 1
	for row := range bytes.Lines(text) {
		switch {
		case isMarker(row, "---"):
			if marked || contentLine(text[begin:at]) >= 0 {
				cut(at, number)
			}
			marked = true
		case isMarker(row, "..."):
			cut(at, number+1)
			begin = at + len(row)
		}
		at, number = at+len(row), number+1
	}
	cut(at, number)
	return parts
}

func isMarker(line []byte, marker string) bool {
	rest, found := bytes.CutPrefix(line, []byte(marker))
	return found && (len(rest) == 0 || bytes.ContainsAny(rest[:1], " \t\r\n"))
}

// contentLine is how many lines stand before the first that is more than a comment, a directive or
// a marker; negative when there is none.
func contentLine(part []byte) int {
	number := 0
	for line := range bytes.Lines(part) {
		if isMarker(line, "---") {
			line = line[3:]
		}
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' && line[0] != '%' {
			return number
		}
		number++
	}
	return -1
}

// directives stand before a document's marker. The library takes none for YAML 1.2, and tags have no
// meaning here.
var directives = regexp.MustCompile(`(?m)\A(?:(?:#.*|[ \t]*)\r?\n)*(?:%.*\r?\n)+`)

// yamlFrom has errors count the lines of the whole file.
func yamlFrom(line int) func([]byte) ([]byte, error) {
	return func(text []byte) ([]byte, error) {
		before := directives.Find(text)
		lines := line - 1 + bytes.Count(before, []byte{'\n'})
		return workflow.FromYAML(append(bytes.Repeat([]byte{'\n'}, lines), text[len(before):]...))
	}
}

// jsonParts finds the texts that follow each other. What is not JSON is left to be a part, and to
// be refused as one.
func jsonParts(text []byte) []part {
	var parts []part
	decoder, begin := json.NewDecoder(bytes.NewReader(text)), int64(0)
	for {
		var raw json.RawMessage
		err := decoder.Decode(&raw)
		if errors.Is(err, io.EOF) {
			return parts
		}
		end := decoder.InputOffset()
		if err != nil {
			end = int64(len(text))
		}
		start := end - int64(len(bytes.TrimLeft(text[begin:end], " \t\r\n")))
		parts = append(parts, part{1 + bytes.Count(text[:start], []byte{'\n'}), text[start:end], asJSON})
		if begin = end; err != nil {
			return parts
		}
	}
}

func asJSON(text []byte) ([]byte, error) { return text, nil }

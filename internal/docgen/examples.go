package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// example is one of a node type's archives, whose README describes the files.
type example struct {
	en, zh       string
	given        []given
	config, want string
}

// given is something that the config refers to.
type given struct{ name, text string }

// examplesOf reads the examples of a node type, but for those that begin in
// the middle of a node: what it keeps there is its own.
func examplesOf(archives fs.FS, node string) ([]example, error) {
	names, err := fs.Glob(archives, node+"/*.txtar")
	if err != nil {
		return nil, err
	}
	var examples []example
	for _, name := range names {
		text, err := fs.ReadFile(archives, name)
		if err != nil {
			return nil, err
		}
		archive := txtar.Parse(text)
		if file(archive, "state.json") != "" || file(archive, "branch.json") != "" {
			continue
		}
		e, err := parse(archive)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		examples = append(examples, e)
	}
	slices.SortStableFunc(examples, func(a, b example) int { return cmp.Compare(a.fails(), b.fails()) })
	return examples, nil
}

// fails is 1 for examples of what does not work: they come last.
func (e *example) fails() int {
	var want map[string]json.RawMessage
	_ = json.Unmarshal([]byte(e.want), &want) // the tests of the examples read it
	if want["problems"] != nil || want["error"] != nil || want["failed"] != nil {
		return 1
	}
	return 0
}

func parse(archive *txtar.Archive) (e example, err error) {
	for line := range strings.Lines(string(archive.Comment)) {
		switch language, title, _ := strings.Cut(strings.TrimSpace(line), ": "); language {
		case "en":
			e.en = title
		case "zh":
			e.zh = title
		}
	}
	for _, name := range []string{"context", "steps", "scopes", "env"} {
		if text := file(archive, name+".json"); text != "" {
			var short bytes.Buffer
			if err := json.Compact(&short, []byte(text)); err != nil {
				return e, fmt.Errorf("%s: %w", name, err)
			}
			e.given = append(e.given, given{"$" + name, short.String()})
		}
	}
	e.config, e.want = file(archive, "config.json"), file(archive, "want.json")
	return e, nil
}

// file is the text of a file, empty when there is none.
func file(archive *txtar.Archive, name string) string {
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == name })
	if i < 0 {
		return ""
	}
	return string(archive.Files[i].Data)
}

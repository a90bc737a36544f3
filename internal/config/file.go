package config

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// maxFile bounds the settings file, in bytes.
const maxFile = 1 << 20

// fileSettings is what a settings file says.
type fileSettings struct {
	name    string
	entries map[string]fileEntry
}

type fileEntry struct {
	text string
	line int
}

// parseFile reads a flat YAML mapping of setting names to scalars or lists.
func parseFile(name string, text []byte) (fileSettings, error) {
	if len(text) > maxFile {
		return fileSettings{}, fmt.Errorf("%s: larger than %d bytes", name, maxFile)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return fileSettings{}, fmt.Errorf("%s: not valid YAML: %s", name, oneLine(err))
	}
	file := fileSettings{name: name, entries: map[string]fileEntry{}}
	if len(document.Content) == 0 || document.Content[0].Tag == "!!null" {
		return file, nil
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode {
		return fileSettings{}, fmt.Errorf("%s:%d: expected lines of the form name: value", name, root.Line)
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if err := file.add(root.Content[i], root.Content[i+1]); err != nil {
			return fileSettings{}, fmt.Errorf("%s:%d: %w", name, root.Content[i].Line, err)
		}
	}
	return file, nil
}

func (f fileSettings) add(key, value *yaml.Node) error {
	var known []string
	found := false
	for _, s := range Settings() {
		known = append(known, s.Name)
		found = found || s.Name == key.Value
	}
	if !found {
		return fmt.Errorf("unknown setting %q%s", key.Value, DidYouMean(key.Value, known))
	}
	if _, twice := f.entries[key.Value]; twice {
		return fmt.Errorf("%s is set twice", key.Value)
	}
	text, err := plainText(value)
	if err != nil {
		return fmt.Errorf("%s: %w", key.Value, err)
	}
	if text != "" {
		f.entries[key.Value] = fileEntry{text, key.Line}
	}
	return nil
}

var errNotPlain = errors.New("expected one value or a list of values")

// plainText returns a scalar as it was written, and a list joined by commas.
func plainText(value *yaml.Node) (string, error) {
	switch {
	case value.Kind == yaml.ScalarNode && value.Tag == "!!null":
		return "", nil
	case value.Kind == yaml.ScalarNode:
		return value.Value, nil
	case value.Kind != yaml.SequenceNode:
		return "", errNotPlain
	}
	var items []string
	for _, item := range value.Content {
		if item.Kind != yaml.ScalarNode {
			return "", errNotPlain
		}
		items = append(items, item.Value)
	}
	return strings.Join(items, ","), nil
}

func oneLine(err error) string {
	return strings.Join(strings.Fields(err.Error()), " ")
}

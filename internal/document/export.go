package document

import (
	"context"
	"fmt"
	"path"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// File is a document that is to be written.
type File struct {
	Name string // workflows/KEY.yaml; .json for what YAML cannot hold
	Text []byte
}

// Dir is the directory that the file belongs in.
func (f File) Dir() string { return path.Dir(f.Name) }

// Export returns everything that a place keeps as files that Apply takes back without a change, by
// kind and name. Secrets are masked. Of a workflow that is what is published; those that are not
// yet are told to skip instead.
func Export(ctx context.Context, from Place, skip func(object string)) ([]File, error) {
	var files []File
	for _, kind := range kinds {
		names, err := from.Names(ctx, kind)
		if err != nil {
			return nil, err
		}
		slices.Sort(names)
		for _, name := range names {
			d := Document{Kind: kind, Name: name}
			if d.Text, err = from.Get(ctx, kind, name); err != nil {
				return nil, err
			}
			if kind == Workflow && d.Text.Get("revision").Text() == "0" {
				skip(d.String())
				continue
			}
			text, err := d.normal()
			if err != nil {
				return nil, fmt.Errorf("%s cannot be read by this program: %w", d, err)
			}
			files = append(files, d.file(text))
		}
	}
	return files, nil
}

func (d Document) file(text value.Value) File {
	name := path.Join(plurals[d.Kind], d.Name)
	if written, ok := toYAML(text); ok {
		return File{name + ".yaml", written}
	}
	return File{name + ".json", toJSON(text)}
}

// Encode is the document as a file holds it, without what a server adds to it.
func (d Document) Encode(asYAML bool) ([]byte, error) {
	text, err := d.normal()
	if err != nil {
		return nil, err
	}
	if written, ok := toYAML(text); asYAML && ok {
		return written, nil
	}
	if asYAML {
		return nil, hookflow.Errorf(hookflow.CodeInvalid, "%s holds what YAML cannot say; take JSON", d)
	}
	return toJSON(text), nil
}

package request

import (
	"strconv"
	"strings"

	"github.com/hookflow/hookflow/internal/value"
)

// maxNesting bounds the brackets of a field's name; a deeper name is kept as it is written.
const maxNesting = 20

// fields is an object made of named fields, in the order of their first mention.
type fields struct {
	names []string
	nodes map[string]*field
}

// field is what was sent under one name: values (a=1&a=2, a[]=1) and fields below it (a[b]=1).
type field struct {
	leaf   value.Value // set in an item that is no more than a value
	items  []*field
	isList bool // named with []
	below  fields
}

// add sends a value to the field that name describes: a, a[b][c], a[] or a[][b].
func (f *fields) add(name string, v value.Value) {
	root, brackets := splitName(name)
	target := f.field(root)
	for _, b := range brackets {
		if b == "" {
			target.isList = true
			target = target.item()
		} else {
			target = target.below.field(b)
		}
	}
	leaf := target.item()
	leaf.leaf = v
}

func (f *fields) field(name string) *field {
	if found := f.nodes[name]; found != nil {
		return found
	}
	if f.nodes == nil {
		f.nodes = map[string]*field{}
	}
	added := &field{}
	f.nodes[name] = added
	f.names = append(f.names, name)
	return added
}

func (f *field) item() *field {
	added := &field{}
	f.items = append(f.items, added)
	return added
}

// splitName takes a[b][] apart into a and b, "". A name that is not of this form is one whole.
func splitName(name string) (root string, brackets []string) {
	open := strings.IndexByte(name, '[')
	if open <= 0 || !strings.HasSuffix(name, "]") {
		return name, nil
	}
	brackets = strings.Split(name[open+1:len(name)-1], "][")
	if len(brackets) > maxNesting {
		return name, nil
	}
	for _, b := range brackets {
		if strings.ContainsAny(b, "[]") {
			return name, nil
		}
	}
	return name[:open], brackets
}

// value writes the whole tree once, however deep it is.
func (f *fields) value() value.Value { return f.appendObject(nil) }

func (f *fields) appendObject(text []byte) []byte {
	text = append(text, '{')
	for i, name := range f.names {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(text, value.String(name)...), ':')
		text = f.nodes[name].appendTo(text)
	}
	return append(text, '}')
}

func (f *field) appendTo(text []byte) []byte {
	switch {
	case f.leaf != nil:
		return append(text, f.leaf...)
	case len(f.items) == 0 && f.below.areIndexes():
		return f.below.appendItems(append(text, '['))
	case len(f.items) == 0:
		return f.below.appendObject(text)
	case len(f.items) == 1 && !f.isList && len(f.below.names) == 0:
		return f.items[0].appendTo(text)
	}
	text = append(text, '[')
	for i, item := range f.items {
		if i > 0 {
			text = append(text, ',')
		}
		text = item.appendTo(text)
	}
	if len(f.below.names) > 0 {
		text = f.below.appendObject(append(text, ','))
	}
	return append(text, ']')
}

// areIndexes reports whether the names are 0, 1, 2 and so on (a[0]=x&a[1]=y): then it is a list.
func (f *fields) areIndexes() bool {
	for i, name := range f.names {
		if name != strconv.Itoa(i) {
			return false
		}
	}
	return true
}

func (f *fields) appendItems(text []byte) []byte {
	for i, name := range f.names {
		if i > 0 {
			text = append(text, ',')
		}
		text = f.nodes[name].appendTo(text)
	}
	return append(text, ']')
}

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

func (f *fields) value() value.Value {
	var object value.Object
	for _, name := range f.names {
		object.Set(name, f.nodes[name].value())
	}
	return object.Value()
}

func (f *field) value() value.Value {
	switch {
	case f.leaf != nil:
		return f.leaf
	case len(f.items) == 0:
		return f.below.listOrObject()
	case len(f.items) == 1 && !f.isList && len(f.below.names) == 0:
		return f.items[0].value()
	}
	var list value.Array
	for _, item := range f.items {
		list.Append(item.value())
	}
	if len(f.below.names) > 0 {
		list.Append(f.below.value())
	}
	return list.Value()
}

// listOrObject is a list when the names are 0, 1, 2 and so on (a[0]=x&a[1]=y), else an object.
func (f *fields) listOrObject() value.Value {
	var list value.Array
	for i, name := range f.names {
		if name != strconv.Itoa(i) {
			return f.value()
		}
		list.Append(f.nodes[name].value())
	}
	return list.Value()
}

package spec

import (
	"reflect"
	"strings"

	"github.com/hookflow/hookflow/internal/value"
)

// Field is a field of a configuration as its documentation shows it.
type Field struct {
	Name             string
	TitleZH          string
	Type             string // string, integer, duration, list of string, map of any, object …
	Required         bool
	Default, Example value.Value // nil for none
	Enum             []string
	Min, Max         string // as a configuration would write them; empty for none
	Format           string
	Doc, ZH, UI      string
	Secret, Literal  bool
	Fields           []Field // of an object, or of the objects in a list or map; not below itself again
}

// Fields lists the fields of a struct type.
func Fields(t reflect.Type) []Field {
	return fieldsOf(shapeOf(t).object(), nil)
}

// object is the object behind lists, maps and pointers, if there is one.
func (s *shape) object() *shape {
	for s != nil && s.kind != kindObject {
		s = s.elem
	}
	return s
}

func fieldsOf(s *shape, above []*shape) []Field {
	if s == nil {
		return nil
	}
	for _, outer := range above {
		if outer == s {
			return nil
		}
	}
	above = append(above[:len(above):len(above)], s)
	fields := make([]Field, 0, len(s.fields))
	for i := range s.fields {
		f := &s.fields[i]
		fields = append(fields, Field{
			Name: f.name, TitleZH: titlesZH[f.name], Type: f.shape.describe(), Required: f.required,
			Default: f.fallback, Example: f.about.example,
			Enum: f.rules.enum, Min: f.shape.spellBound(f.rules.min), Max: f.shape.spellBound(f.rules.max),
			Format: f.about.format, Doc: f.about.doc, ZH: f.about.zh, UI: f.about.ui,
			Secret: f.rules.secret, Literal: f.literal,
			Fields: fieldsOf(f.shape.object(), above),
		})
	}
	return fields
}

func (s *shape) spellBound(bound *float64) string {
	if bound == nil {
		return ""
	}
	return s.target().spell(*bound)
}

// describe names the type for people.
func (s *shape) describe() string {
	switch s.kind {
	case kindList:
		return "list of " + s.elem.describe()
	case kindMap:
		return "map of " + s.elem.describe()
	case kindPointer:
		return s.elem.describe()
	case kindText:
		return strings.ToLower(s.typ.Name())
	default:
		return s.typeName()
	}
}

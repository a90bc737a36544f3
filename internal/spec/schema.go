package spec

import (
	"reflect"

	"github.com/hookflow/hookflow/internal/value"
)

// Schema describes t in JSON Schema 2020-12: what [Decode] takes once templates are resolved. Beside
// the standard words, x-zh-title and x-zh are the Chinese title and description, x-ui the widget and
// x-together that of an embedded struct, x-secret, x-literal, x-more, x-when and x-alternative are
// those tags. A type that may hold itself is in $defs under its Go name.
func Schema(t reflect.Type) value.Value {
	root := shapeOf(t)
	defs := definitions{}
	schema := (&value.Object{}).Set("$schema", value.String("https://json-schema.org/draft/2020-12/schema"))
	defs.describe(schema, root, rules{})
	if len(defs.names) > 0 {
		all := &value.Object{}
		for i := 0; i < len(defs.names); i++ { // describing one may add others
			all.Set(defs.names[i].typ.String(), defs.object(&value.Object{}, defs.names[i]).Value())
		}
		schema.Set("$defs", all.Value())
	}
	return schema.Value()
}

// definitions are the recursive types met so far.
type definitions struct{ names []*shape }

func (d *definitions) add(s *shape) {
	for _, known := range d.names {
		if known.typ == s.typ {
			return
		}
	}
	d.names = append(d.names, s)
}

// describe adds to schema the words for a shape and its rules.
func (d *definitions) describe(schema *value.Object, s *shape, r rules) {
	switch s.kind {
	case kindPointer:
		d.describe(schema, s.elem, r)
		return
	case kindObject:
		if s.recursive {
			d.add(s)
			schema.Set("$ref", value.String("#/$defs/"+s.typ.String()))
			return
		}
		d.object(schema, s)
	case kindText:
		d.text(schema, s)
	case kindAny:
	case kindList, kindMap:
		schema.Set("type", value.String(s.typeName()))
		items := &value.Object{}
		d.describe(items, s.elem, r.forItems())
		if s.kind == kindList {
			schema.Set("items", items.Value())
		} else {
			schema.Set("additionalProperties", items.Value())
		}
	default:
		schema.Set("type", value.String(s.typeName()))
		addEnum(schema, s, r.enum)
	}
	addBounds(schema, s, r)
}

// text is what UnmarshalText reads; except for times, a number will do where its text does.
func (d *definitions) text(schema *value.Object, s *shape) {
	if s.typ == timeType {
		schema.Set("type", value.String("string")).Set("format", value.String("date-time"))
		return
	}
	schema.Set("type", value.Raw(`["string","number"]`))
}

func (d *definitions) object(schema *value.Object, s *shape) *value.Object {
	properties, required := &value.Object{}, &value.Array{}
	for i := range s.fields {
		f := &s.fields[i]
		properties.Set(f.name, d.property(s, f))
		if f.required {
			required.Append(value.String(f.name))
		}
	}
	schema.Set("type", value.String("object")).Set("properties", properties.Value())
	if required.Value().Len() > 0 {
		schema.Set("required", required.Value())
	}
	return schema.Set("additionalProperties", value.Bool(false))
}

func (d *definitions) property(of *shape, f *field) value.Value {
	schema := (&value.Object{}).Set("title", value.String(title(f.name)))
	setText(schema, "x-zh-title", titlesZH[f.name])
	setText(schema, "description", f.about.doc)
	setText(schema, "x-zh", f.about.zh)
	setText(schema, "x-ui", f.about.ui)
	d.describe(schema, f.shape, f.rules)
	setText(schema, "format", f.about.format)
	if f.fallback != nil {
		schema.Set("default", f.fallback)
	}
	if f.about.example != nil {
		schema.Set("examples", (&value.Array{}).Append(f.about.example).Value())
	}
	if f.rules.secret {
		schema.Set("x-secret", value.Bool(true))
	}
	if f.literal {
		schema.Set("x-literal", value.Bool(true))
	}
	addPlace(schema, of, f)
	return schema.Value()
}

// addPlace says when and where an editor shows a field.
func addPlace(schema *value.Object, of *shape, f *field) {
	setText(schema, "x-together", f.about.together)
	if f.about.more {
		schema.Set("x-more", value.Bool(true))
	}
	if on := f.about.when; on.field != "" {
		values, other := &value.Array{}, of.fields[of.byName[on.field]].shape
		for _, text := range on.values {
			values.Append(other.fromTag(text))
		}
		schema.Set("x-when", (&value.Object{}).Set(on.field, values.Value()).Value())
	}
	if name := f.about.alternative; name != "" {
		alternative := (&value.Object{}).Set("name", value.String(name)).Set("title", value.String(title(name)))
		setText(alternative, "x-zh-title", titlesZH[name])
		schema.Set("x-alternative", alternative.Value())
	}
}

func setText(schema *value.Object, name, text string) {
	if text != "" {
		schema.Set(name, value.String(text))
	}
}

func addEnum(schema *value.Object, s *shape, enum []string) {
	if enum == nil {
		return
	}
	values := &value.Array{}
	for _, text := range enum {
		values.Append(s.fromTag(text))
	}
	schema.Set("enum", values.Value())
}

// addBounds says min and max in the words of the kind; for text such as durations there are none.
func addBounds(schema *value.Object, s *shape, r rules) {
	words := map[kind][2]string{
		kindInteger: {"minimum", "maximum"},
		kindNumber:  {"minimum", "maximum"},
		kindString:  {"minLength", "maxLength"},
		kindList:    {"minItems", "maxItems"},
		kindMap:     {"minProperties", "maxProperties"},
	}[s.kind]
	if words[0] == "" {
		return
	}
	if r.min != nil {
		schema.Set(words[0], value.Float(*r.min))
	}
	if r.max != nil {
		schema.Set(words[1], value.Float(*r.max))
	}
}

// typeName is the JSON type of a shape.
func (s *shape) typeName() string {
	switch s.kind {
	case kindAny:
		return "any"
	case kindBool:
		return "boolean"
	case kindInteger:
		return "integer"
	case kindNumber:
		return "number"
	case kindList:
		return "array"
	case kindMap, kindObject:
		return "object"
	case kindPointer:
		return s.elem.typeName()
	default:
		return "string"
	}
}

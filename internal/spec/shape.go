// Package spec lets a struct's tags say everything about a configuration: how it is decoded and
// checked, its JSON Schema, its documentation.
//
// The tags of a field are
//
//	json:"name"       its name, as in encoding/json
//	required:"true"   it must be given
//	default:"…"       its value when it is not given: JSON, or bare text
//	enum:"a,b"        the only values; of a list or map, of each item
//	min:"0" max:"10"  bounds of a number or duration, of a text's characters, of a list's items
//	format:"…"        a JSON Schema format, told to people and editors but not checked
//	literal:"true"    {{ }} in it, at any depth, means nothing: code, for example
//	secret:"true"     it is shown to nobody
//	doc:"…" zh:"…"    what it means, in English and Chinese
//	ui:"…"            the editor's widget; of an embedded struct, one widget for all of its fields
//	more:"true"       the editor shows it only when asked for more
//	when:"mode=a,b"   it means something only while another field has one of these values
//	alt:"…"           fields of one struct with other names here are never given together
//	example:"…"       an example: JSON, or bare text
//
// Types may be strings, booleans, integers, floats, value.Value and json.RawMessage (any JSON),
// anything with UnmarshalText (written as text or number), and lists, maps by string, structs and
// pointers of these. Anything else, or a tag that makes no sense, is a mistake in the program and
// panics when the type is first used.
package spec

import (
	"cmp"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hookflow/hookflow/internal/value"
)

// kind is how a Go type appears in JSON.
type kind uint8

const (
	kindAny kind = iota
	kindString
	kindBool
	kindInteger
	kindNumber
	kindText // UnmarshalText
	kindList
	kindMap
	kindObject
	kindPointer
)

// shape is what reflection found out about a type, once.
type shape struct {
	kind      kind
	typ       reflect.Type
	elem      *shape  // of a list, map or pointer
	fields    []field // of an object
	byName    map[string]int
	recursive bool // an object that may hold itself
}

type field struct {
	name     string
	index    []int
	shape    *shape
	required bool
	literal  bool
	fallback value.Value // the default; nil for none
	rules    rules
	about    about
}

// rules hold for a value once it has the right type.
type rules struct {
	enum     []string
	min, max *float64
	secret   bool
}

// forItems are the rules of a list's or map's items: bounds are those of the list itself.
func (r rules) forItems() rules { return rules{enum: r.enum, secret: r.secret} }

// about is what only people and editors read.
type about struct {
	doc, zh, ui, format string
	example             value.Value
	more                bool
	when                condition
	alternative         string
	together            string // the widget of the embedded struct that it came with
}

// condition is the when tag: the values of a field.
type condition struct {
	field  string
	values []string
}

var (
	valueType = reflect.TypeFor[value.Value]()
	rawType   = reflect.TypeFor[json.RawMessage]()
	textType  = reflect.TypeFor[encoding.TextUnmarshaler]()
	timeType  = reflect.TypeFor[time.Time]()
)

var shapes sync.Map // reflect.Type to *shape

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	s := builder{}.build(t)
	known, _ := shapes.LoadOrStore(t, s)
	return known.(*shape)
}

// builder holds the objects of one build, so that a type may hold itself.
type builder map[reflect.Type]*shape

func (b builder) build(t reflect.Type) *shape {
	if s, ok := b[t]; ok {
		s.recursive = s.recursive || s.byName == nil // still being built: we are inside it
		return s
	}
	s := &shape{typ: t, kind: kindOf(t)}
	switch s.kind {
	case kindList, kindMap, kindPointer:
		s.elem = b.build(t.Elem())
	case kindObject:
		b[t] = s
		b.addFields(s, t, nil, "")
		s.byName = make(map[string]int, len(s.fields))
		for i, f := range s.fields {
			s.byName[f.name] = i
		}
		s.checkDefaults()
	default: // holds nothing else
	}
	return s
}

func kindOf(t reflect.Type) kind {
	if t == valueType || t == rawType {
		return kindAny
	}
	if reflect.PointerTo(t).Implements(textType) {
		return kindText
	}
	if t.Kind() == reflect.Map && t.Key().Kind() == reflect.String {
		return kindMap
	}
	switch t.Kind() {
	case reflect.String:
		return kindString
	case reflect.Bool:
		return kindBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return kindInteger
	case reflect.Float32, reflect.Float64:
		return kindNumber
	case reflect.Slice:
		return kindList
	case reflect.Struct:
		return kindObject
	case reflect.Pointer:
		return kindPointer
	default:
		panic(fmt.Sprintf("spec: %s has no place in a configuration", t))
	}
}

// addFields lists the fields of t, those of embedded structs as its own, with the tags of the
// embedding.
func (b builder) addFields(s *shape, t reflect.Type, index []int, embedding reflect.StructTag) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		at := append(index[:len(index):len(index)], i)
		switch {
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			b.addFields(s, f.Type, at, f.Tag)
		case f.IsExported() && name != "-":
			if name == "" {
				name = f.Name
			}
			s.fields = append(s.fields, newField(name, at, b.build(f.Type), f.Tag, embedding))
		}
	}
}

func newField(name string, index []int, s *shape, tag, embedding reflect.StructTag) field {
	f := field{
		name: name, index: index, shape: s,
		required: tag.Get("required") == "true",
		literal:  tag.Get("literal") == "true",
		fallback: s.fromTag(tag.Get("default")),
		rules: rules{
			min:    s.bound(tag.Get("min")),
			max:    s.bound(tag.Get("max")),
			secret: tag.Get("secret") == "true",
		},
		about: about{
			doc: tag.Get("doc"), zh: tag.Get("zh"), ui: tag.Get("ui"), format: tag.Get("format"),
			example: s.fromTag(tag.Get("example")),
			more:    tag.Get("more") == "true",
			when:    newCondition(tag.Get("when")), alternative: cmp.Or(tag.Get("alt"), embedding.Get("alt")),
			together: embedding.Get("ui"),
		},
	}
	if enum := tag.Get("enum"); enum != "" {
		f.rules.enum = strings.Split(enum, ",")
	}
	return f
}

func newCondition(tag string) condition {
	if tag == "" {
		return condition{}
	}
	field, values, _ := strings.Cut(tag, "=")
	return condition{field: field, values: strings.Split(values, ",")}
}

// fromTag reads a value of this shape that a tag holds as JSON or bare text.
func (s *shape) fromTag(text string) value.Value {
	if text == "" {
		return nil
	}
	v, err := value.Parse([]byte(text))
	if bare := s.target().kind == kindString || s.target().kind == kindText; err != nil || bare && v.Kind() != value.KindString {
		return value.String(text)
	}
	return v
}

// target is what is behind pointers.
func (s *shape) target() *shape {
	for s.kind == kindPointer {
		s = s.elem
	}
	return s
}

// bound reads min or max; a duration's is written as one.
func (s *shape) bound(text string) *float64 {
	if text == "" {
		return nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if target := s.target(); target.kind == kindText {
		written := reflect.New(target.typ)
		if err = unmarshalText(written.Elem(), text); err == nil {
			n, _ = measure(written.Elem())
		}
	}
	if err != nil {
		panic(fmt.Sprintf("spec: bound %q of a %s: %v", text, s.typ, err))
	}
	return &n
}

// checkDefaults finds defaults that their own field would refuse, and conditions on no field.
func (s *shape) checkDefaults() {
	for i := range s.fields {
		f := &s.fields[i]
		if on := f.about.when.field; on != "" {
			if _, ok := s.byName[on]; !ok {
				panic(fmt.Sprintf("spec: %s.%s depends on a field %q that is not there", s.typ, f.name, on))
			}
		}
		if f.fallback == nil {
			continue
		}
		d := decoder{loose: true}
		d.decode(value.Literal(f.fallback), f.shape, &f.rules, reflect.New(f.shape.typ).Elem(), false)
		if len(d.problems) > 0 {
			panic(fmt.Sprintf("spec: default of %s.%s: %s", s.typ, f.name, d.problems[0].Detail))
		}
	}
}

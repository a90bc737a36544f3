package spec

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hookflow/hookflow/internal/value"
)

// Problem is one thing wrong in a document.
type Problem = value.Problem

// Decode fills the zero value that dst points to from a configuration.
//
// Without a scope it is the check at save. A template may stand for any value and sets none (a list
// then holds a zero in its place); all else must be right: names known and given once, types,
// required, enum, min and max.
//
// With a scope templates are resolved and what they give must be right as well, though booleans
// and numbers may then come as text. A whole template that is missing or null leaves its field
// unset: the default applies, and a required field is a problem; in a list or map its place is left
// out. A field of any JSON takes what comes: nil for missing, null for null.
//
// A string may be written as any scalar. A missing or null document is an empty one. The problems
// are in document order, at most [value.MaxProblems].
func Decode(tree *value.Tree, scope value.Scope, dst any) []Problem {
	return decode(&decoder{scope: scope, check: scope == nil, loose: true}, tree, dst)
}

// DecodeJSON fills dst from a document without templates, checked as strictly as [Decode] does; a
// string must be written as one.
func DecodeJSON(doc value.Value, dst any) []Problem {
	return decode(&decoder{}, value.Literal(doc), dst)
}

func decode(d *decoder, t *value.Tree, dst any) []Problem {
	if t == nil {
		t = emptyObject
	}
	target := reflect.ValueOf(dst).Elem()
	s := shapeOf(target.Type())
	if given := d.decode(t, s, &rules{}, target, false); !given {
		d.decode(emptyObject, s, &rules{}, target, false)
	}
	return d.problems
}

var emptyObject = value.Literal(value.Raw("{}"))

type decoder struct {
	scope    value.Scope
	check    bool // templates stand for any value
	loose    bool // a string may be written as any scalar
	problems []Problem
	depth    int
}

func (d *decoder) add(format string, args ...any) {
	if len(d.problems) < value.MaxProblems {
		d.problems = append(d.problems, Problem{Detail: fmt.Sprintf(format, args...)})
	}
}

// under runs decode for what stands at name and puts its problems there.
func (d *decoder) under(name string, decode func()) {
	before := len(d.problems)
	decode()
	value.Under(name, d.problems[before:])
}

func (d *decoder) mistyped(want string, t *value.Tree) {
	d.add("expected %s, got %s", want, t.Kind())
}

// decode sets dst from t and reports whether a value was given: null is none, unless any JSON will
// do. Resolved tells that t came out of a template.
func (d *decoder) decode(t *value.Tree, s *shape, r *rules, dst reflect.Value, resolved bool) (given bool) {
	if s.kind == kindAny {
		d.any(t, dst)
		return t.Kind() != value.KindMissing
	}
	if template, ok := t.Template(); ok {
		if d.check {
			return true
		}
		v, err := template.Resolve(d.scope)
		if err != nil {
			d.add("%v", err)
			return true
		}
		t, resolved = value.Literal(v), true
	}
	if t.Source().IsNull() {
		return false
	}
	if problems := t.Problems(); len(problems) > 0 && t.Kind() == value.KindString {
		d.add("%s", problems[0].Detail)
		return true
	}
	if s.kind == kindPointer {
		target := reflect.New(s.typ.Elem())
		dst.Set(target)
		return d.decode(t, s.elem, r, target.Elem(), resolved)
	}
	d.typed(t, s, r, dst, resolved)
	return true
}

// any keeps t's JSON; at the check only when it has no templates.
func (d *decoder) any(t *value.Tree, dst reflect.Value) {
	found := t.Problems()
	d.problems = append(d.problems, found[:min(len(found), value.MaxProblems-len(d.problems))]...)
	if d.check && !t.IsStatic() {
		return
	}
	v, err := t.Render(d.scope)
	if err != nil {
		d.add("%v", err)
		return
	}
	dst.SetBytes(v)
}

// typed sets dst from a t that holds something and is no template itself.
func (d *decoder) typed(t *value.Tree, s *shape, r *rules, dst reflect.Value, resolved bool) {
	if d.depth == value.MaxDepth {
		d.add(value.TooDeep)
		return
	}
	d.depth++
	defer func() { d.depth-- }()
	before := len(d.problems)
	switch s.kind {
	case kindString:
		d.string(t, dst, resolved)
	case kindBool:
		d.bool(t, dst, resolved)
	case kindInteger:
		d.integer(number(t, resolved), t, dst)
	case kindNumber:
		d.number(number(t, resolved), t, dst)
	case kindText:
		d.text(t, r, dst)
	case kindList:
		d.list(t, s, r.forItems(), dst, resolved)
	case kindMap:
		d.mapping(t, s, r.forItems(), dst, resolved)
	default:
		d.object(t, s, dst, resolved)
	}
	if len(d.problems) == before {
		d.obey(r, s, dst)
	}
}

func (d *decoder) string(t *value.Tree, dst reflect.Value, resolved bool) {
	if !isScalar(t) || t.Kind() != value.KindString && !d.loose && !resolved {
		d.mistyped("string", t)
		return
	}
	dst.SetString(t.Source().Text())
}

func isScalar(t *value.Tree) bool {
	return t.Kind() == value.KindString || t.Kind() == value.KindNumber || t.Kind() == value.KindBool
}

func (d *decoder) bool(t *value.Tree, dst reflect.Value, resolved bool) {
	b, ok := t.Source().Bool()
	if text := t.Source().Text(); !ok && resolved && (text == "true" || text == "false") {
		b, ok = text == "true", true
	}
	if !ok {
		d.mistyped("boolean", t)
		return
	}
	dst.SetBool(b)
}

// number is t's number, which a template may give as text; missing when it is none.
func number(t *value.Tree, resolved bool) value.Value {
	v := t.Source()
	if text, ok := v.Str(); ok && resolved {
		v, _ = value.Parse([]byte(text))
	}
	if v.Kind() != value.KindNumber {
		return nil
	}
	return v
}

func (d *decoder) integer(v value.Value, t *value.Tree, dst reflect.Value) {
	n, ok := v.Int64()
	switch {
	case v == nil:
		d.mistyped("integer", t)
	case !ok:
		d.add("expected integer, got a fraction or a number too large")
	case dst.CanUint():
		if n < 0 || dst.OverflowUint(uint64(n)) {
			d.add("is out of range")
			return
		}
		dst.SetUint(uint64(n))
	case dst.OverflowInt(n):
		d.add("is out of range")
	default:
		dst.SetInt(n)
	}
}

func (d *decoder) number(v value.Value, t *value.Tree, dst reflect.Value) {
	f, ok := v.Float64()
	switch {
	case v == nil:
		d.mistyped("number", t)
	case !ok || dst.OverflowFloat(f):
		d.add("is out of range")
	default:
		dst.SetFloat(f)
	}
}

func (d *decoder) text(t *value.Tree, r *rules, dst reflect.Value) {
	if !isScalar(t) {
		d.mistyped("string", t)
		return
	}
	if err := unmarshalText(dst, t.Source().Text()); err != nil {
		if r.secret {
			d.add("is not valid")
			return
		}
		d.add("%v", err)
	}
}

var errTime = errors.New("must be a time with its zone, such as 2026-12-31T23:59:59Z (RFC 3339)")

func unmarshalText(dst reflect.Value, text string) error {
	if at, ok := dst.Addr().Interface().(*time.Time); ok {
		if at.UnmarshalText([]byte(text)) != nil {
			return errTime // the cause speaks of layouts
		}
		return nil
	}
	return dst.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text))
}

func (d *decoder) list(t *value.Tree, s *shape, r rules, dst reflect.Value, resolved bool) {
	if t.Kind() != value.KindArray {
		d.mistyped("array", t)
		return
	}
	list := reflect.MakeSlice(s.typ, 0, 0)
	for i, item := range t.Items() {
		d.under(strconv.Itoa(i), func() {
			dst := reflect.New(s.typ.Elem()).Elem()
			if d.element(item, s.elem, &r, dst, resolved) {
				list = reflect.Append(list, dst)
			}
		})
	}
	dst.Set(list)
}

func (d *decoder) mapping(t *value.Tree, s *shape, r rules, dst reflect.Value, resolved bool) {
	if t.Kind() != value.KindObject {
		d.mistyped("object", t)
		return
	}
	dst.Set(reflect.MakeMap(s.typ))
	seen := map[string]bool{}
	for name, member := range t.Members() {
		d.under(name, func() {
			if seen[name] {
				d.add("is given twice")
				return
			}
			seen[name] = true
			target := reflect.New(s.typ.Elem()).Elem()
			if d.element(member, s.elem, &r, target, resolved) {
				dst.SetMapIndex(reflect.ValueOf(name).Convert(s.typ.Key()), target)
			}
		})
	}
}

// element decodes an item or a map's member and reports whether it has a place: a null that a
// template brought has none, one that was written is a problem.
func (d *decoder) element(t *value.Tree, s *shape, r *rules, dst reflect.Value, resolved bool) bool {
	if d.decode(t, s, r, dst, resolved) {
		return true
	}
	if t.Kind() == value.KindNull && !resolved {
		d.mistyped(s.typeName(), t)
	}
	return false
}

func (d *decoder) object(t *value.Tree, s *shape, dst reflect.Value, resolved bool) {
	if t.Kind() != value.KindObject {
		d.mistyped("object", t)
		return
	}
	seen := make([]bool, len(s.fields))
	for name, member := range t.Members() {
		d.under(name, func() {
			i, known := s.byName[name]
			switch {
			case !known:
				d.add("is not a known name%s", suggestion(name, s))
			case seen[i]:
				d.add("is given twice")
			default:
				seen[i] = true
				d.field(member, &s.fields[i], dst, resolved)
			}
		})
	}
	for i := range s.fields {
		if f := &s.fields[i]; !seen[i] {
			d.under(f.name, func() { d.absent(nil, f, dst) })
		}
	}
}

func (d *decoder) field(t *value.Tree, f *field, object reflect.Value, resolved bool) {
	if f.literal {
		t = value.Literal(t.Source())
	}
	if !d.decode(t, f.shape, &f.rules, object.FieldByIndex(f.index), resolved) {
		d.absent(t, f, object)
	}
}

// absent deals with a field that was not given, or by t only as null.
func (d *decoder) absent(t *value.Tree, f *field, object reflect.Value) {
	dst := object.FieldByIndex(f.index)
	switch {
	case f.required && t != nil && !t.IsStatic():
		d.add("is required, and %s is missing or null", t.Paths()[0])
	case f.required:
		d.add("is required")
	case f.fallback != nil:
		setDefault(f, dst)
	case f.shape.kind == kindObject:
		setDefaults(f.shape, dst)
	}
}

func setDefault(f *field, dst reflect.Value) {
	d := decoder{loose: true}
	d.decode(value.Literal(f.fallback), f.shape, &f.rules, dst, false)
}

// setDefaults fills an object that was not given at all.
func setDefaults(s *shape, object reflect.Value) {
	for i := range s.fields {
		f := &s.fields[i]
		dst := object.FieldByIndex(f.index)
		if f.fallback != nil {
			setDefault(f, dst)
		} else if f.shape.kind == kindObject {
			setDefaults(f.shape, dst)
		}
	}
}

// obey checks the rules of a value that has its type.
func (d *decoder) obey(r *rules, s *shape, dst reflect.Value) {
	if text, ok := enumText(dst); ok && r.enum != nil && !slices.Contains(r.enum, text) {
		d.add("must be one of %s", strings.Join(r.enum, ", "))
	}
	if r.min == nil && r.max == nil {
		return
	}
	size, of := measure(dst)
	if r.min != nil && size < *r.min {
		d.add("%smust be at least %s", of, s.spell(*r.min))
	}
	if r.max != nil && size > *r.max {
		d.add("%smust be at most %s", of, s.spell(*r.max))
	}
}

// enumText spells a value as its enum tag does.
func enumText(v reflect.Value) (string, bool) {
	switch {
	case v.Kind() == reflect.String:
		return v.String(), true
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), true
	default:
		return "", false
	}
}

// measure is what min and max are compared with, and what it is the measure of.
func measure(v reflect.Value) (size float64, of string) {
	switch {
	case v.CanInt():
		return float64(v.Int()), ""
	case v.CanUint():
		return float64(v.Uint()), ""
	case v.CanFloat():
		return v.Float(), ""
	case v.Kind() == reflect.String:
		return float64(utf8.RuneCountInString(v.String())), "number of characters "
	case v.Kind() == reflect.Slice || v.Kind() == reflect.Map:
		return float64(v.Len()), "number of items "
	default:
		return 0, ""
	}
}

// spell writes a bound as a configuration would.
func (s *shape) spell(bound float64) string {
	if s.kind == kindText && reflect.Zero(s.typ).CanInt() {
		return fmt.Sprint(reflect.ValueOf(int64(bound)).Convert(s.typ))
	}
	return strconv.FormatFloat(bound, 'f', -1, 64)
}

// suggestion is the known name that an unknown one may stand for.
func suggestion(name string, s *shape) string {
	best, distance := "", 3
	for _, f := range s.fields {
		if strings.EqualFold(name, f.name) {
			return fmt.Sprintf("; did you mean %q?", f.name)
		}
		if n := editDistance(name, f.name); n < min(distance, len(f.name)) {
			best, distance = f.name, n
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// editDistance counts the letters to insert, drop or change (Levenshtein). Names of much different
// length are not compared at all.
func editDistance(a, b string) int {
	if max(len(a), len(b)) > min(len(a), len(b))+2 {
		return len(a) + len(b)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, corner+1, row[j]+1)
		}
	}
	return row[len(b)]
}

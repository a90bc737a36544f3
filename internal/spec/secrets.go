package spec

import (
	"reflect"
	"strconv"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// MapSecrets returns doc with every value that stands in a field tagged secret:"true" of t replaced
// by what replace gives for it; of a list or map in such a field each item on its own. The pointer
// begins at doc. Null is no secret, and names that t does not know hold none.
func MapSecrets(doc value.Value, t reflect.Type, replace func(pointer string, v value.Value) value.Value) value.Value {
	return mapSecrets(doc, shapeOf(t), "", replace)
}

type replacer = func(pointer string, v value.Value) value.Value

func mapSecrets(v value.Value, s *shape, pointer string, replace replacer) value.Value {
	switch {
	case s.kind == kindPointer:
		return mapSecrets(v, s.elem, pointer, replace)
	case s.kind == kindObject && v.Kind() == value.KindObject:
		return mapMembers(v, pointer, func(name string, member value.Value, at string) value.Value {
			i, known := s.byName[name]
			switch {
			case !known:
				return member
			case s.fields[i].rules.secret:
				return mapLeaves(member, at, replace)
			default:
				return mapSecrets(member, s.fields[i].shape, at, replace)
			}
		})
	case s.kind == kindMap && v.Kind() == value.KindObject:
		return mapMembers(v, pointer, func(_ string, member value.Value, at string) value.Value {
			return mapSecrets(member, s.elem, at, replace)
		})
	case s.kind == kindList && v.Kind() == value.KindArray:
		return mapItems(v, pointer, func(item value.Value, at string) value.Value {
			return mapSecrets(item, s.elem, at, replace)
		})
	default:
		return v
	}
}

// mapLeaves replaces the scalars of what stands in a secret field.
func mapLeaves(v value.Value, pointer string, replace replacer) value.Value {
	switch v.Kind() {
	case value.KindMissing, value.KindNull:
		return v
	case value.KindArray:
		return mapItems(v, pointer, func(item value.Value, at string) value.Value { return mapLeaves(item, at, replace) })
	case value.KindObject:
		return mapMembers(v, pointer, func(_ string, member value.Value, at string) value.Value { return mapLeaves(member, at, replace) })
	default:
		return replace(pointer, v)
	}
}

func mapMembers(v value.Value, pointer string, change func(name string, member value.Value, at string) value.Value) value.Value {
	var out value.Object
	for name, member := range v.Members() {
		out.Set(name, change(name, member, pointer+"/"+hookflow.EscapePointer(name)))
	}
	return out.Value()
}

func mapItems(v value.Value, pointer string, change func(item value.Value, at string) value.Value) value.Value {
	var out value.Array
	for i, item := range v.Items() {
		out.Append(change(item, pointer+"/"+strconv.Itoa(i)))
	}
	return out.Value()
}

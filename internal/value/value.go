// Package value is JSON that keeps what its writer wrote: key order, number spelling, escapes.
//
// A [Value] is the text itself. It is read in place by [Value.Get], woven into configuration by
// [Template] and [Tree], and compared by meaning with [Equal] and [Compare].
package value

import (
	"bytes"
	"errors"
	"iter"
	"strconv"
)

// Value is one JSON text exactly as it was written, without surrounding space. Nil means missing,
// which is not the same as null. Text from outside comes in through [Parse]; every other function
// takes a Value to be valid JSON and never panics when it is not.
type Value []byte

// Kind is what a Value holds.
type Kind uint8

// The kinds of JSON, and KindMissing for no text at all.
const (
	KindMissing Kind = iota
	KindNull
	KindBool
	KindNumber
	KindString
	KindArray
	KindObject
)

var kindNames = [...]string{"missing", "null", "boolean", "number", "string", "array", "object"}

// String names the kind as JSON Schema does.
func (k Kind) String() string { return kindNames[k] }

// Kind tells what v holds, by its first byte.
func (v Value) Kind() Kind {
	if len(v) == 0 {
		return KindMissing
	}
	switch v[0] {
	case 'n':
		return KindNull
	case 't', 'f':
		return KindBool
	case '"':
		return KindString
	case '[':
		return KindArray
	case '{':
		return KindObject
	default:
		return KindNumber
	}
}

// IsNull reports whether v is missing or null.
func (v Value) IsNull() bool { return v.Kind() <= KindNull }

// MarshalJSON gives the text as it is, null for a missing value.
func (v Value) MarshalJSON() ([]byte, error) {
	if len(v) == 0 {
		return Null, nil
	}
	return v, nil
}

// UnmarshalJSON keeps a copy of the text.
func (v *Value) UnmarshalJSON(text []byte) error {
	if v == nil {
		return errors.New("value: UnmarshalJSON on a nil pointer")
	}
	*v = bytes.Clone(text)
	return nil
}

// Str decodes a JSON string. Lone surrogates become U+FFFD, since a Go string cannot hold them.
func (v Value) Str() (string, bool) {
	if v.Kind() != KindString {
		return "", false
	}
	return unescape(v.inner()), true
}

// Text is v as it appears inside a text: strings raw, numbers and booleans by their literal, null
// and missing as nothing, arrays and objects as their JSON.
func (v Value) Text() string {
	switch v.Kind() {
	case KindMissing, KindNull:
		return ""
	case KindString:
		return unescape(v.inner())
	default:
		return string(v)
	}
}

// Bool decodes true or false.
func (v Value) Bool() (value, ok bool) {
	return len(v) > 0 && v[0] == 't', v.Kind() == KindBool
}

// Number gives a number's literal, as it was spelt.
func (v Value) Number() (string, bool) {
	if v.Kind() != KindNumber {
		return "", false
	}
	return string(v), true
}

// Int64 decodes a number that is an integer in range, however it is spelt: 1, 1.0 and 10e-1 are 1.
func (v Value) Int64() (int64, bool) {
	if v.Kind() != KindNumber {
		return 0, false
	}
	if n, err := strconv.ParseInt(string(v), 10, 64); err == nil {
		return n, true
	}
	d, ok := parseDecimal(string(v))
	if !ok {
		return 0, false
	}
	return d.int64()
}

// Float64 decodes a number to the nearest float; false when it is beyond the range of one.
func (v Value) Float64() (float64, bool) {
	if v.Kind() != KindNumber {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(v), 64)
	return f, err == nil
}

// Items yields an array's items; nothing for any other kind.
func (v Value) Items() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		w := v.walk(KindArray)
		for i := 0; ; i++ {
			item, ok := w.item()
			if !ok || !yield(i, item) {
				return
			}
		}
	}
}

// Members yields an object's members in source order, duplicate names as written; nothing for any
// other kind.
func (v Value) Members() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		w := v.walk(KindObject)
		for {
			name, member, ok := w.member()
			if !ok || !yield(unescape(name), member) {
				return
			}
		}
	}
}

// Len counts an array's items, an object's distinct names or a string's characters; else it is 0.
func (v Value) Len() int {
	n := 0
	switch v.Kind() {
	case KindArray:
		for range v.Items() {
			n++
		}
	case KindObject:
		names := map[string]struct{}{}
		for name := range v.Members() {
			names[name] = struct{}{}
		}
		n = len(names)
	case KindString:
		for text := v.inner(); len(text) > 0; n++ {
			_, size := nextRune(text)
			text = text[size:]
		}
	default: // has no length
	}
	return n
}

package value

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Null is null.
var Null = Value("null")

// String encodes s; malformed UTF-8 becomes U+FFFD.
func String(s string) Value { return appendString(make([]byte, 0, len(s)+2), s) }

// Int encodes n.
func Int(n int64) Value { return strconv.AppendInt(nil, n, 10) }

// Bool encodes b.
func Bool(b bool) Value { return strconv.AppendBool(nil, b) }

// Float encodes f as JavaScript would; NaN and the infinities are null.
func Float(f float64) Value {
	text, err := json.Marshal(f)
	if err != nil {
		return Null
	}
	return text
}

// Raw is a JSON text that is known to be valid, such as a literal in code.
func Raw(text string) Value { return bytes.TrimSpace([]byte(text)) }

// Of encodes any Go value as encoding/json does, without escaping for HTML.
func Of(v any) (Value, error) {
	if v, ok := v.(Value); ok {
		return v, nil
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("encode %T as JSON: %w", v, err)
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}

func appendString(text []byte, s string) []byte {
	// The only error is malformed UTF-8, which by then has been replaced.
	text, _ = jsontext.AppendQuote(text, s)
	return text
}

func appendValue(text []byte, v Value) []byte {
	if len(v) == 0 {
		return append(text, Null...)
	}
	return append(text, v...)
}

// Object makes an object whose names keep the order in which they were first set. The zero
// value is empty.
type Object struct {
	members []member
	index   map[string]int // kept only once a search would be slow
}

type member struct {
	name  string
	value Value
}

const indexFrom = 16

// Set gives name a value, in place when it has one already; a missing value is set as null.
func (o *Object) Set(name string, v Value) *Object {
	if i, ok := o.find(name); ok {
		o.members[i].value = v
		return o
	}
	o.members = append(o.members, member{name, v})
	switch {
	case o.index != nil:
		o.index[name] = len(o.members) - 1
	case len(o.members) >= indexFrom:
		o.index = make(map[string]int, 2*indexFrom)
		for i, m := range o.members {
			o.index[m.name] = i
		}
	}
	return o
}

func (o *Object) find(name string) (int, bool) {
	if o.index != nil {
		i, ok := o.index[name]
		return i, ok
	}
	for i, m := range o.members {
		if m.name == name {
			return i, true
		}
	}
	return 0, false
}

// Value is the object's text.
func (o *Object) Value() Value {
	size := 2
	for _, m := range o.members {
		size += len(m.name) + len(m.value) + len(`"":null,`)
	}
	text := append(make([]byte, 0, size), '{')
	for i, m := range o.members {
		if i > 0 {
			text = append(text, ',')
		}
		text = appendString(text, m.name)
		text = append(text, ':')
		text = appendValue(text, m.value)
	}
	return append(text, '}')
}

// Array makes an array. The zero value is empty.
type Array struct{ text []byte }

// Append adds an item; a missing one as null.
func (a *Array) Append(v Value) *Array {
	a.text = appendValue(a.separate(), v)
	return a
}

// separate is the text so far, ready for one more item.
func (a *Array) separate() []byte {
	if a.text == nil {
		return []byte{'['}
	}
	return append(a.text, ',')
}

// Value is the array's text.
func (a *Array) Value() Value {
	if a.text == nil {
		return Value("[]")
	}
	return append(a.text[:len(a.text):len(a.text)], ']')
}

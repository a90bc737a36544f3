package collection

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// fieldType is what a field can hold. A stored value is nil, an int64, a float64, a string or a
// bool.
type fieldType struct {
	name             string
	class            class
	sqlite, postgres string // types of the column
	asText           bool   // PostgreSQL is asked for the value as text
	indexable        bool

	// options checks the settings of a field; nil: the type has none.
	options func(o hookflow.FieldOptions) []hookflow.Problem
	// in converts a value that is not null to what is stored, or says what is expected instead.
	in func(v value.Value, o hookflow.FieldOptions) (any, error)
	// operand converts a value that stored ones are compared with; nil: as in.
	operand func(v value.Value) (any, error)
	// out appends what is stored, not nil, as JSON.
	out func(text []byte, stored any) []byte
}

// class tells which operators of a filter make sense.
type class uint8

const (
	textual   class = iota // ordered by code point, searched inside
	whole                  // integers
	floating               // doubles
	exact                  // decimals
	temporal               // dates and times
	truth                  // booleans
	reference              // ids of records
	structure              // json
)

// types are all field types by name.
var types = byTypeName(
	stringType, textType, integerType, bigintType, numberType, decimalType, booleanType,
	dateType, datetimeType, jsonType, emailType, urlType, uuidType, selectType, relationType, fileType,
)

func byTypeName(all ...*fieldType) map[string]*fieldType {
	byName := make(map[string]*fieldType, len(all))
	for _, t := range all {
		byName[t.name] = t
	}
	return byName
}

func typeNames() string {
	var names []string
	for name := range types {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// accept checks and converts a value for the field; null is nil.
func (c *column) accept(v value.Value) (any, error) {
	if v = c.typ.class.fromText(v); v.IsNull() {
		return nil, nil
	}
	stored, err := c.typ.in(v, c.options())
	if err != nil {
		return nil, err
	}
	if text, ok := stored.(string); ok && c.indexed() && len(text) > MaxIndexed {
		return nil, fmt.Errorf("is longer than the %d bytes that an indexed field holds", MaxIndexed)
	}
	return stored, nil
}

// fromText reads the text of a form, where everything is text, as what the class
// holds: a number or boolean as JSON spells it, and nothing as null. Any other
// text is left to be refused.
func (c class) fromText(v value.Value) value.Value {
	text, ok := v.Str()
	if !ok || c == textual || c == structure {
		return v
	}
	if c == reference {
		if text == "" {
			return value.Null
		}
		return v
	}
	if text = strings.TrimSpace(text); text == "" {
		return value.Null
	}
	wanted := value.KindNumber
	if c == truth {
		wanted = value.KindBool
	}
	if written, err := value.Parse([]byte(text)); err == nil && written.Kind() == wanted {
		return written
	}
	return v
}

func (c *column) options() hookflow.FieldOptions {
	if c.Options == nil {
		return hookflow.FieldOptions{}
	}
	return *c.Options
}

func (c *column) indexed() bool { return c.indexKind() != "" }

// operand converts a value to compare with; one that is not null.
func (c *column) operand(v value.Value) (any, error) {
	if c.typ.operand != nil {
		return c.typ.operand(v)
	}
	return c.typ.in(v, c.options())
}

// appendJSON appends what is stored as JSON.
func (c *column) appendJSON(text []byte, stored any) []byte {
	if stored == nil {
		return append(text, value.Null...)
	}
	return c.typ.out(text, stored)
}

// expected is the answer to a value of the wrong kind.
func expected(what string, v value.Value) error {
	return fmt.Errorf("must be %s, not %s", what, article(v.Kind()))
}

func article(k value.Kind) string {
	switch k {
	case value.KindArray, value.KindObject:
		return "an " + k.String()
	case value.KindMissing, value.KindNull:
		return k.String()
	default:
		return "a " + k.String()
	}
}

var errNUL = errors.New("must not hold the character U+0000")

// textIn takes a JSON string. Lone surrogates become U+FFFD: columns of text hold Unicode.
func textIn(v value.Value) (string, error) {
	text, ok := v.Str()
	if !ok {
		return "", expected("a string", v)
	}
	if strings.ContainsRune(text, 0) {
		return "", errNUL
	}
	return text, nil
}

func textOperand(v value.Value) (any, error) { return textIn(v) }

func textOut(text []byte, stored any) []byte {
	s, _ := stored.(string)
	return append(text, value.String(s)...)
}

// rawOut is for columns that hold JSON.
func rawOut(text []byte, stored any) []byte {
	s, _ := stored.(string)
	return append(text, s...)
}

package collection

import (
	"fmt"
	"unicode/utf8"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	defaultLength = 255
	maxLength     = 10_000
)

// stringType is a short text: options.maxLength characters, 255 when not set, 10,000 at most.
var stringType = &fieldType{
	name: "string", class: textual, sqlite: "TEXT", postgres: `TEXT COLLATE "C"`, indexable: true,
	options: func(o hookflow.FieldOptions) []hookflow.Problem {
		if o.MaxLength < 0 || o.MaxLength > maxLength {
			return []hookflow.Problem{{Pointer: "/maxLength", Detail: fmt.Sprintf("must be between 1 and %d", maxLength)}}
		}
		return nil
	},
	in: func(v value.Value, o hookflow.FieldOptions) (any, error) {
		text, err := textIn(v)
		if err != nil {
			return nil, err
		}
		most := o.MaxLength
		if most == 0 {
			most = defaultLength
		}
		return text, within(text, most)
	},
	operand: textOperand,
	out:     textOut,
}

// idType is the id of a record.
var idType = &fieldType{
	name: "id", class: textual, sqlite: "TEXT", postgres: `TEXT COLLATE "C"`, indexable: true,
	operand: textOperand,
	out:     textOut,
}

func within(text string, most int) error {
	if len(text) > most && utf8.RuneCountInString(text) > most {
		return fmt.Errorf("is longer than %d characters", most)
	}
	return nil
}

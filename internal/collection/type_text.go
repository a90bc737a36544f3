package collection

import (
	"fmt"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// textType is a long text of at most MaxText bytes. It cannot be indexed or sorted by.
var textType = &fieldType{
	name: "text", class: textual, sqlite: "TEXT", postgres: `TEXT COLLATE "C"`,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		text, err := textIn(v)
		if err != nil {
			return nil, err
		}
		return text, inBytes(text)
	},
	operand: textOperand,
	out:     textOut,
}

func inBytes(text string) error {
	if len(text) > MaxText {
		return fmt.Errorf("is longer than %d bytes", MaxText)
	}
	return nil
}

package collection

import (
	"errors"
	"regexp"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

var uuidPattern = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// uuidType is a UUID in its usual form (RFC 9562, section 4), kept in lower case.
var uuidType = &fieldType{
	name: "uuid", class: textual, sqlite: "TEXT", postgres: `TEXT COLLATE "C"`, indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		text, err := textIn(v)
		if err != nil {
			return nil, err
		}
		text = strings.ToLower(text)
		if !uuidPattern.MatchString(text) {
			return nil, errors.New("must be a UUID such as 123e4567-e89b-12d3-a456-426614174000")
		}
		return text, nil
	},
	operand: func(v value.Value) (any, error) {
		text, err := textIn(v)
		return strings.ToLower(text), err
	},
	out: textOut,
}

package collection

import (
	"errors"
	"net/mail"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// maxEmail is the longest address that SMTP can carry (RFC 5321, 4.5.3.1.3).
const maxEmail = 254

// emailType is one bare mail address.
var emailType = &fieldType{
	name: "email", class: textual, sqlite: "TEXT", postgres: `TEXT COLLATE "C"`, indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		text, err := textIn(v)
		if err != nil {
			return nil, err
		}
		address, err := mail.ParseAddress(text)
		if err != nil || address.Address != text || len(text) > maxEmail {
			return nil, errors.New("must be a mail address such as ann@example.com")
		}
		return text, nil
	},
	operand: textOperand,
	out:     textOut,
}

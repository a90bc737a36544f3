package collection

import (
	"errors"
	"net/url"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const maxURL = 2048

// urlType is an absolute http or https address of at most 2,048 bytes.
var urlType = &fieldType{
	name: "url", class: textual, sqlite: "TEXT", postgres: `TEXT COLLATE "C"`, indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		text, err := textIn(v)
		if err != nil {
			return nil, err
		}
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || len(text) > maxURL {
			return nil, errors.New("must be an address such as https://example.com/path")
		}
		return text, nil
	},
	operand: textOperand,
	out:     textOut,
}

package request

import "github.com/hookflow/hookflow/internal/value"

func parseText(in Raw, t contentType) (value.Value, error) {
	text, err := decodeText(in.Body, t.charset())
	if err != nil {
		return nil, err
	}
	return value.String(string(text)), nil
}

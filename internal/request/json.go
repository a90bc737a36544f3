package request

import "github.com/hookflow/hookflow/internal/value"

// parseJSON keeps the sender's bytes; see [value.Parse].
func parseJSON(in Raw, t contentType) (value.Value, error) {
	text, err := decodeText(in.Body, t.charset())
	if err != nil {
		return nil, err
	}
	return value.Parse(text)
}

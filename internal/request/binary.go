package request

import (
	"encoding/base64"

	"github.com/hookflow/hookflow/internal/value"
)

func parseBinary(in Raw, t contentType) (value.Value, error) {
	object := new(value.Object).
		Set("base64", value.String(base64.StdEncoding.EncodeToString(in.Body))).
		Set("contentType", value.String(t.media)).
		Set("size", value.Int(int64(len(in.Body))))
	return object.Value(), nil
}

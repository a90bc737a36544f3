package secret

import (
	"encoding/base64"
	"regexp"

	"github.com/hookflow/hookflow/internal/value"
)

// A sealed value stands in a document as an object of one member. Inside a string its quotes would
// be escaped, so that it can be found in the text.
const (
	sealedBegin = `{"$sealed":"`
	sealedEnd   = `"}`
)

var sealedValue = regexp.MustCompile(regexp.QuoteMeta(sealedBegin) + `([A-Za-z0-9+/]+)` + regexp.QuoteMeta(sealedEnd))

// SealValue encrypts a value that stands in a document.
func (e *Env) SealValue(plain value.Value) value.Value {
	return value.Value(sealedBegin + base64.RawStdEncoding.EncodeToString(e.seal(plain)) + sealedEnd)
}

// OpenDocument puts the values back that SealValue encrypted. What it cannot open stays as it is.
func (e *Env) OpenDocument(document []byte) []byte {
	return sealedValue.ReplaceAllFunc(document, func(match []byte) []byte {
		sealed := make([]byte, base64.RawStdEncoding.DecodedLen(len(match)))
		n, err := base64.RawStdEncoding.Decode(sealed, match[len(sealedBegin):len(match)-len(sealedEnd)])
		if err != nil {
			return match
		}
		plain, err := e.Open(sealed[:n])
		if err != nil {
			return match
		}
		return plain
	})
}

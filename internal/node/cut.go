package node

import (
	"strings"

	"github.com/hookflow/hookflow/internal/value"
)

// MaxResult bounds one node's result, in bytes of JSON.
const MaxResult = 5 << 20

// maxHead is how much of what is too large is kept, in bytes.
const maxHead = 64 << 10

// Cut stands for what is too large to be kept: {truncated: true, bytes, head}.
// It begins with content and has so many bytes, as far as they were counted.
func Cut(content []byte, bytes int64) value.Value {
	head := strings.ToValidUTF8(string(content[:min(len(content), maxHead)]), "\ufffd")
	return new(value.Object).
		Set("truncated", value.Raw("true")).
		Set("bytes", value.Int(bytes)).
		Set("head", value.String(head)).
		Value()
}

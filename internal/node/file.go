package node

import (
	"cmp"
	"context"
	"mime"

	"golang.org/x/net/http/httpguts"

	"github.com/hookflow/hookflow/internal/value"
)

// Files reads the files that values refer to.
type Files interface {
	// Open reads the file that a value means: as a multipart body or a record
	// has it, its id alone, or {base64, filename, contentType}.
	Open(ctx context.Context, file value.Value) (*File, error)
}

// File is a file with its content.
type File struct {
	ID          string // "" when it was given whole
	Filename    string
	ContentType string // as it was given; "" when nobody said
	Content     []byte
}

// MediaType is the file's type as far as a header can hold it.
func (f *File) MediaType() string {
	if _, _, err := mime.ParseMediaType(f.ContentType); err != nil || !httpguts.ValidHeaderFieldValue(f.ContentType) {
		return "application/octet-stream"
	}
	return f.ContentType
}

// Disposition is a Content-Disposition (RFC 6266) for a file that is to be saved
// and not shown.
func (f *File) Disposition() string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": cmp.Or(f.Filename, "file")})
}

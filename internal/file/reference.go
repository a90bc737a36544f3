package file

import (
	"cmp"
	"encoding/base64"
	"errors"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/value"
)

var (
	errReference = errors.New("must be a file: one of a request or a record, its id, or {base64, filename, contentType}")
	errBase64    = errors.New("its base64 cannot be decoded")
)

// reference is what a value says about a file. Its name and type win over those
// that the file is kept with.
type reference struct {
	id                    request.FileID
	filename, contentType string
	whole                 bool // content is the file
	content               []byte
}

func refer(v value.Value) (ref reference, err error) {
	id, isText := v.Str()
	if !isText {
		if v.Kind() != value.KindObject {
			return ref, errReference
		}
		ref.filename, ref.contentType = v.Get("filename").Text(), v.Get("contentType").Text()
		if encoded, ok := v.Get("base64").Str(); ok {
			return ref.given(encoded)
		}
		id = v.Get("id").Text()
	}
	if ref.id, err = request.ParseFileID(id); err != nil {
		return ref, errReference
	}
	return ref, nil
}

func (r reference) given(encoded string) (reference, error) {
	content, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return r, errBase64
	}
	r.whole, r.content, r.id = true, content, request.FileID{Digest: request.Digest(content)}
	return r, nil
}

// file is the file under the name and type that the value gives it.
func (r reference) file(id, filename, contentType string, content []byte) *node.File {
	return &node.File{
		ID: id, Filename: cmp.Or(r.filename, filename), ContentType: cmp.Or(r.contentType, contentType), Content: content,
	}
}

// Describe is how a record holds a file.
func Describe(id, filename, contentType string, size int64) value.Value {
	return new(value.Object).
		Set("id", value.String(id)).
		Set("filename", value.String(filename)).
		Set("contentType", value.String(contentType)).
		Set("size", value.Int(size)).
		Value()
}

// Check reports whether a value can mean a file.
func Check(v value.Value) error {
	_, err := refer(v)
	return err
}

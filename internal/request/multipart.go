package request

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"hash"
	"io"
	"mime/multipart"
	"strconv"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// maxParts bounds the parts of a multipart body.
const maxParts = 1000

// parseMultipart reads multipart/form-data (RFC 7578). A file's content stays in the stored body.
func parseMultipart(in Raw, t contentType) (value.Value, error) {
	var form fields
	err := eachPart(in.Body, t, func(index int, part *multipart.Part) error {
		v, err := parsePart(part, in.DeliveryID, index)
		if err == nil {
			form.add(part.FormName(), v)
		}
		return err
	})
	return form.value(), err
}

// eachPart visits the parts of a body until one is an error.
func eachPart(body []byte, t contentType, visit func(index int, part *multipart.Part) error) error {
	boundary := t.params["boundary"]
	if boundary == "" {
		return errors.New("the Content-Type of the multipart body has no boundary")
	}
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for index := 0; ; index++ {
		part, err := reader.NextPart()
		switch {
		case err == io.EOF: // the error of a body that is cut short wraps io.EOF
			return nil
		case err != nil:
			return fmt.Errorf("part %d of the multipart body is malformed: %w", index+1, err)
		case index == maxParts:
			return fmt.Errorf("the multipart body has more than %d parts", maxParts)
		}
		if err := visit(index, part); err != nil {
			return fmt.Errorf("part %d of the multipart body: %w", index+1, err)
		}
	}
}

func parsePart(part *multipart.Part, delivery hookflow.ID, index int) (value.Value, error) {
	if part.FileName() != "" {
		return parseFile(part, delivery, index)
	}
	content, err := io.ReadAll(part)
	if err != nil {
		return nil, err
	}
	text, err := decodeText(content, parseContentType(part.Header.Get("Content-Type")).charset())
	if err != nil {
		return nil, err
	}
	return value.String(string(text)), nil
}

func parseFile(part *multipart.Part, delivery hookflow.ID, index int) (value.Value, error) {
	digest := sha256.New()
	size, err := io.Copy(digest, part)
	if err != nil {
		return nil, err
	}
	id := FileID{Delivery: delivery, Part: index, Digest: digestText(digest)}
	file := new(value.Object).
		Set("name", value.String(part.FormName())).
		Set("filename", value.String(part.FileName())).
		Set("contentType", value.String(part.Header.Get("Content-Type"))).
		Set("size", value.Int(size)).
		Set("id", value.String(id.String()))
	return file.Value(), nil
}

// FileID names a file. The digest is of its content, so that nobody can name a file that they have
// not seen: what a caller sends as JSON could otherwise mean another caller's file.
type FileID struct {
	Delivery hookflow.ID // whose body holds the file; 0 when it is kept for itself
	Part     int         // of the body, from 0
	Digest   string
}

// digestBytes of a SHA-256 are enough to tell all files apart.
const digestBytes = 20

var digestEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz")

func digestText(digest hash.Hash) string {
	return digestEncoding.EncodeToString(digest.Sum(nil)[:digestBytes])
}

// Digest is that of a file's content.
func Digest(content []byte) string {
	digest := sha256.New()
	digest.Write(content)
	return digestText(digest)
}

func (id FileID) String() string {
	if id.Delivery == 0 {
		return id.Digest
	}
	return id.Delivery.String() + "-" + strconv.Itoa(id.Part) + "-" + id.Digest
}

var errFileID = errors.New("is not the id of a file")

// ParseFileID reads what String wrote, and nothing else.
func ParseFileID(text string) (id FileID, err error) {
	id.Digest = text
	if parts := strings.Split(text, "-"); len(parts) == 3 {
		id.Delivery, _ = hookflow.ParseID(parts[0])
		id.Part, _ = strconv.Atoi(parts[1])
		id.Digest = parts[2]
	}
	digest, err := digestEncoding.DecodeString(id.Digest)
	if err != nil || len(digest) != digestBytes || id.String() != text || digestEncoding.EncodeToString(digest) != id.Digest {
		return FileID{}, errFileID
	}
	return id, nil
}

// File is a file of a multipart body.
type File struct {
	Filename    string
	ContentType string
	Content     []byte
}

// errFound ends the search for a file.
var errFound = errors.New("found")

// FindFile returns a file of a request, nil when its body holds no such one.
func FindFile(headers []hookflow.Header, body []byte, id FileID) (found *File, err error) {
	err = eachPart(body, contentTypeOf(headers), func(index int, part *multipart.Part) error {
		if index != id.Part {
			return nil
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() != "" && Digest(content) == id.Digest {
			found = &File{part.FileName(), part.Header.Get("Content-Type"), content}
		}
		return errFound
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return found, err
}

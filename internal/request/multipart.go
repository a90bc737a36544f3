package request

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"strconv"

	"github.com/hookflow/hookflow/internal/value"
)

// maxParts bounds the parts of a multipart body.
const maxParts = 1000

// parseMultipart reads multipart/form-data (RFC 7578). A file's content stays in the stored body;
// its id is the delivery's and the number of the part.
func parseMultipart(in Raw, t contentType) (value.Value, error) {
	boundary := t.params["boundary"]
	if boundary == "" {
		return nil, errors.New("the Content-Type of the multipart body has no boundary")
	}
	reader := multipart.NewReader(bytes.NewReader(in.Body), boundary)
	var form fields
	for index := 0; ; index++ {
		part, err := reader.NextPart()
		switch {
		case err == io.EOF: //nolint:errorlint // the error of a body that is cut short wraps io.EOF
			return form.value(), nil
		case err != nil:
			return nil, fmt.Errorf("part %d of the multipart body is malformed: %w", index+1, err)
		case index == maxParts:
			return nil, fmt.Errorf("the multipart body has more than %d parts", maxParts)
		}
		v, err := parsePart(part, in.DeliveryID.String()+"-"+strconv.Itoa(index))
		if err != nil {
			return nil, fmt.Errorf("part %d of the multipart body: %w", index+1, err)
		}
		form.add(part.FormName(), v)
	}
}

func parsePart(part *multipart.Part, id string) (value.Value, error) {
	if part.FileName() != "" {
		return parseFile(part, id)
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

func parseFile(part *multipart.Part, id string) (value.Value, error) {
	size, err := io.Copy(io.Discard, part)
	if err != nil {
		return nil, err
	}
	file := new(value.Object).
		Set("name", value.String(part.FormName())).
		Set("filename", value.String(part.FileName())).
		Set("contentType", value.String(part.Header.Get("Content-Type"))).
		Set("size", value.Int(size)).
		Set("id", value.String(id))
	return file.Value(), nil
}

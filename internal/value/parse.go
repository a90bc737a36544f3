package value

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Parse checks that text holds one JSON text and keeps it, without a byte order mark and the space
// around it; the Value shares text's memory. As in JavaScript's JSON.parse, duplicate names and lone
// surrogates are allowed; malformed UTF-8 and more than 10,000 levels of nesting are not. An error
// is a *[SyntaxError].
func Parse(text []byte) (Value, error) {
	body := bytes.TrimPrefix(text, byteOrderMark)
	if err := check(body); err != nil {
		return nil, locate(text, len(text)-len(body), err)
	}
	body = bytes.Trim(body, " \n\t\r")
	return Value(body[:len(body):len(body)]), nil
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// SyntaxError says where a text stops being JSON. Line and column start at 1, columns count bytes.
type SyntaxError struct {
	Offset, Line, Column int
	Reason               string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("not JSON at line %d, column %d (byte %d): %s", e.Line, e.Column, e.Offset, e.Reason)
}

var errEmpty = errors.New("the text is empty")

// check reads one JSON text to its end. jsontext's leave for lone surrogates is also one for
// malformed UTF-8, which is therefore looked for first.
func check(text []byte) error {
	if i := invalidUTF8(text); i >= 0 {
		return &jsontext.SyntacticError{ByteOffset: int64(i), Err: errors.New("malformed UTF-8")}
	}
	d := jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if _, err := d.ReadValue(); err != nil {
		if errors.Is(err, io.EOF) {
			return errEmpty
		}
		return err
	}
	if i := skipSpace(text, int(d.InputOffset())); i < len(text) {
		return &jsontext.SyntacticError{ByteOffset: int64(i), Err: errors.New("something follows the value")}
	}
	return nil
}

func invalidUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}

// locate gives err its place in text, whose first skipped bytes the checker did not see. Of a
// jsontext error only the reason is kept: its pointer would quote names of the document.
func locate(text []byte, skipped int, err error) *SyntaxError {
	at, reason := skipped, err.Error()
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at, reason = at+int(syntactic.ByteOffset), syntactic.Err.Error()
	}
	before := text[:min(at, len(text))]
	return &SyntaxError{
		Offset: at,
		Line:   1 + bytes.Count(before, []byte("\n")),
		Column: len(before) - bytes.LastIndexByte(before, '\n'),
		Reason: reason,
	}
}

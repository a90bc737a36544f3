package transfer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// MaxRows bounds the rows of one file.
const MaxRows = 1_000_000

// row is one row of a file: a record, or what keeps it from being one.
type row struct {
	number   int // counts from 1, without the header
	line     int // of the file, from 1; 0 in a JSON list
	record   value.Value
	problems []hookflow.Problem
}

// decoded makes a file of a charset (a label of the WHATWG's encoding standard, "" is UTF-8) valid
// UTF-8 without a byte order mark.
func decoded(file []byte, label string) ([]byte, error) {
	if label == "" {
		label = "utf-8"
	}
	charset, err := htmlindex.Get(label)
	if err != nil {
		return nil, hookflow.Invalid(fmt.Sprintf("the charset %.40q is not known", label))
	}
	text, _, err := transform.Bytes(unicode.BOMOverride(charset.NewDecoder()), file)
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err != nil || !utf8.Valid(file) && bytes.ContainsRune(text, utf8.RuneError) {
		return nil, hookflow.Invalid("the file is not text in " + label + "; save it as UTF-8, or say in which charset it is")
	}
	return text, nil
}

// open reads a file of UTF-8 for a collection. A header that does not fit, and a file that is no list,
// are an error; what is wrong with a single row stands with it.
func open(format string, file []byte, c *hookflow.Collection) (iter.Seq[row], error) {
	switch format {
	case CSV:
		return csvRows(file, c)
	case JSONL:
		return lineRows(file, c), nil
	default:
		return listRows(file, c)
	}
}

func listRows(file []byte, c *hookflow.Collection) (iter.Seq[row], error) {
	list, err := value.Parse(file)
	if err != nil {
		return nil, hookflow.Invalid("the file is not JSON: " + err.Error())
	}
	if list.Kind() != value.KindArray {
		return nil, hookflow.Invalid("the file must be a list of objects, not a " + list.Kind().String())
	}
	return func(yield func(row) bool) {
		for i, item := range list.Items() {
			if !yield(row{number: i + 1, record: given(item, c)}) {
				return
			}
		}
	}, nil
}

func lineRows(file []byte, c *hookflow.Collection) iter.Seq[row] {
	return func(yield func(row) bool) {
		number, line := 0, 0
		for text := range bytes.Lines(file) {
			line++
			text = bytes.TrimSpace(text)
			if len(text) == 0 {
				continue
			}
			number++
			r := row{number: number, line: line}
			if item, err := value.Parse(text); err == nil {
				r.record = given(item, c)
			} else {
				r.problems = []hookflow.Problem{{Detail: "is " + err.Error()}}
			}
			if !yield(r) {
				return
			}
		}
	}
}

// given is a record without what the server sets.
func given(item value.Value, c *hookflow.Collection) value.Value {
	if item.Kind() != value.KindObject {
		return item
	}
	var out value.Object
	for name, v := range item.Members() {
		if !passedOver(c, name) {
			out.Set(name, v)
		}
	}
	return out.Value()
}

func csvRows(file []byte, c *hookflow.Collection) (iter.Seq[row], error) {
	reader := csv.NewReader(bytes.NewReader(file))
	reader.FieldsPerRecord, reader.ReuseRecord = -1, true
	header, err := reader.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, hookflow.Invalid("the file is empty: its first row must name the fields")
	case err != nil:
		return nil, hookflow.Invalid("the first row cannot be read: " + err.Error())
	}
	columns, problems := columnsOf(header, c)
	if len(problems) > 0 {
		return nil, hookflow.Invalid("the first row must name the fields", problems...)
	}
	return func(yield func(row) bool) {
		for number := 1; ; number++ {
			cells, err := reader.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			r := row{number: number}
			if broken, ok := errors.AsType[*csv.ParseError](err); ok {
				r.line = broken.StartLine
				r.problems = []hookflow.Problem{{Detail: fmt.Sprintf("is not CSV: line %d, column %d: %s", broken.Line, broken.Column, broken.Err)}}
			} else {
				r.line, _ = reader.FieldPos(0)
				r.record, r.problems = recordOf(columns, cells)
			}
			if !yield(r) {
				return
			}
		}
	}, nil
}

// columnsOf finds the fields that a header names, by name or by title; nil is a column that nothing is
// done with.
func columnsOf(header []string, c *hookflow.Collection) ([]*hookflow.Field, []hookflow.Problem) {
	columns := make([]*hookflow.Field, len(header))
	seen := map[string]bool{}
	var problems []hookflow.Problem
	for i, cell := range header {
		name := named(strings.TrimSpace(unguarded(cell)), c)
		columns[i] = settable(c, name)
		switch {
		case columns[i] == nil && (name == "" || passedOver(c, name)):
		case columns[i] == nil:
			problems = append(problems, hookflow.Problem{Pointer: "/" + hookflow.EscapePointer(name), Detail: fmt.Sprintf("column %d names no field of %s", i+1, c.Name)})
		case seen[name]:
			problems = append(problems, hookflow.Problem{Pointer: "/" + name, Detail: fmt.Sprintf("column %d names a field that another column names too", i+1)})
		}
		seen[name] = true
	}
	return columns, problems
}

// named is the name of the field that has a title, unless it is a name already.
func named(title string, c *hookflow.Collection) string {
	if settable(c, title) != nil || passedOver(c, title) {
		return title
	}
	for _, f := range c.Fields {
		if f.Title == title && title != "" {
			return f.Name
		}
	}
	return title
}

// recordOf makes a record of a row's cells. An empty cell is no value.
func recordOf(columns []*hookflow.Field, cells []string) (value.Value, []hookflow.Problem) {
	var record value.Object
	for i, cell := range cells {
		switch {
		case cell == "":
		case i >= len(columns):
			return nil, []hookflow.Problem{{Detail: fmt.Sprintf("has more cells than the first row's %d", len(columns))}}
		case columns[i] != nil:
			record.Set(columns[i].Name, valueOf(columns[i], unguarded(cell)))
		}
	}
	return record.Value(), nil
}

// valueOf is what a cell holds; the field's type makes numbers and such of text.
func valueOf(f *hookflow.Field, cell string) value.Value {
	if structured(f) {
		if parsed, err := value.Parse([]byte(cell)); err == nil {
			return parsed
		}
	}
	return value.String(cell)
}

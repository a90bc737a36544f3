package transfer

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/value"
)

// pageSize is how many records an export reads at once.
const pageSize = 500

// Query says what to export.
type Query struct {
	Collection string
	Format     string
	Filter     value.Value                   // missing: all records
	Search     string                        // a text that one of a record's text fields holds
	Show       func(value.Value) value.Value // a record as it may be shown
	BOM        bool                          // CSV begins with a byte order mark, which has spreadsheets read it as UTF-8
}

// Export is an export that has begun.
type Export struct {
	Query
	records *collection.Service
	known   hookflow.Collection
	page    collection.Page
}

// Begin reads the first records, so that what is wrong with the query is known before anything is
// written.
func Begin(ctx context.Context, records *collection.Service, q Query) (*Export, error) {
	e := &Export{Query: q, records: records}
	var err error
	if e.known, err = records.Get(ctx, q.Collection); err != nil {
		return nil, err
	}
	return e, e.read(ctx)
}

// read reads the records that follow, the oldest first.
func (e *Export) read(ctx context.Context) (err error) {
	e.page, err = e.records.Records(ctx, e.Collection, collection.Query{
		Filter: e.Filter, Search: e.Search, Sort: []string{"id"}, Limit: pageSize, Cursor: e.page.Next,
	})
	return err
}

// Write writes all records. Those that are made or changed meanwhile are there as they were or as they
// are.
func (e *Export) Write(ctx context.Context, to io.Writer) error {
	buffered := bufio.NewWriterSize(to, 64<<10)
	out := e.writer(buffered)
	err := out.begin()
	for err == nil {
		for _, record := range e.page.Records {
			if err := out.record(e.Show(record)); err != nil {
				return err
			}
		}
		if e.page.Next == "" {
			break
		}
		err = e.read(ctx)
	}
	if err == nil {
		err = out.end()
	}
	if err != nil {
		return err
	}
	return buffered.Flush()
}

// writer writes records in one format.
type writer interface {
	begin() error
	record(value.Value) error
	end() error
}

func (e *Export) writer(to *bufio.Writer) writer {
	switch e.Format {
	case CSV:
		return &csvWriter{to, csv.NewWriter(to), fieldsOf(&e.known), e.BOM}
	case JSONL:
		return &jsonWriter{to: to, after: "\n"}
	default:
		return &jsonWriter{to: to, before: "[", between: ",\n", after: "", close: "]\n"}
	}
}

// jsonWriter writes a list, or lines.
type jsonWriter struct {
	to                            *bufio.Writer
	before, between, after, close string
	begun                         bool
}

func (w *jsonWriter) begin() error { return w.text(w.before) }

func (w *jsonWriter) record(v value.Value) error {
	if w.begun {
		if err := w.text(w.between); err != nil {
			return err
		}
	}
	w.begun = true
	if _, err := w.to.Write(v); err != nil {
		return err
	}
	return w.text(w.after)
}

func (w *jsonWriter) end() error { return w.text(w.close) }

func (w *jsonWriter) text(text string) error {
	_, err := w.to.WriteString(text)
	return err
}

// fieldsOf are the columns of a CSV file.
func fieldsOf(c *hookflow.Collection) []hookflow.Field {
	fields := []hookflow.Field{{Name: own[0]}}
	for _, f := range c.Fields {
		if !isMany(&f) {
			fields = append(fields, f)
		}
	}
	return append(fields, hookflow.Field{Name: own[1]}, hookflow.Field{Name: own[2]})
}

type csvWriter struct {
	to     *bufio.Writer
	rows   *csv.Writer
	fields []hookflow.Field
	bom    bool
}

func (w *csvWriter) begin() error {
	if w.bom {
		if _, err := w.to.WriteString("\ufeff"); err != nil {
			return err
		}
	}
	header := make([]string, len(w.fields))
	for i, f := range w.fields {
		header[i] = f.Name
	}
	return w.rows.Write(header)
}

func (w *csvWriter) record(v value.Value) error {
	cells := make([]string, len(w.fields))
	for i, f := range w.fields {
		cells[i] = cellOf(&f, v.Get(value.Segment(f.Name)))
	}
	return w.rows.Write(cells)
}

func (w *csvWriter) end() error {
	w.rows.Flush()
	return w.rows.Error()
}

func cellOf(f *hookflow.Field, v value.Value) string {
	switch {
	case v.IsNull():
		return ""
	case structured(f):
		return guarded(string(v))
	case v.Kind() == value.KindNumber:
		return v.Text() // -1 is no formula
	default:
		return guarded(v.Text())
	}
}

// starts are how a cell begins that a spreadsheet takes for a formula
// (https://owasp.org/www-community/attacks/CSV_Injection).
const starts = "=+-@\t\r"

// guarded puts a ' in front of what a spreadsheet would run.
func guarded(cell string) string {
	if isGuarded(cell) || dangerous(cell) {
		return "'" + cell
	}
	return cell
}

// unguarded takes back what guarded did.
func unguarded(cell string) string {
	if isGuarded(cell) {
		return cell[1:]
	}
	return cell
}

func dangerous(cell string) bool { return cell != "" && strings.Contains(starts, cell[:1]) }

// isGuarded reports whether a cell begins with ' and what guarded guards.
func isGuarded(cell string) bool {
	return strings.HasPrefix(cell, "'") && dangerous(strings.TrimLeft(cell, "'"))
}

var formats = []string{CSV, JSON, JSONL}

// Known reports whether there is a format.
func Known(format string) bool { return slices.Contains(formats, format) }

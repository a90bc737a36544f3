package collection

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow/internal/value"
)

const (
	conversionBatch = 500
	maxSamples      = 3
)

// retype converts the values of a column to those of the next. Where the column of the database
// cannot hold them, a new one takes its place: no statement that was prepared for the old one then
// finds something else there.
func (e *edit) retype(t *table, c, next *column, position int) (rebuilt bool, err error) {
	switch {
	case c.virtual() && next.virtual():
		return false, nil
	case c.virtual() != next.virtual():
		e.refuse("/fields"+item(position)+"/type", "cannot change between a field that keeps something and a relation of kind many: delete the field and add the other")
		return false, nil
	}
	rebuilt = c.columnType(e.postgres()) != next.columnType(e.postgres())
	if !rebuilt && c.typ == next.typ && document(c.Options) == document(next.Options) {
		return false, nil
	}
	if rebuilt {
		next.physical = "c_" + e.ids.Next().String()
		if err := e.addColumn(t, next); err != nil {
			return true, err
		}
	}
	conversion := conversion{edit: e, table: t, from: c, to: next, rebuilt: rebuilt}
	if err := conversion.run(); err != nil {
		return rebuilt, err
	}
	if c.typ != next.typ {
		e.step(ActionRetype, next.Name, c.Type, next.Type, conversion.seen)
	}
	if conversion.failed > 0 {
		e.refuse("/fields"+item(position)+"/type", "%d of %d values cannot be %s: %s",
			conversion.failed, conversion.seen, next.Type, strings.Join(conversion.samples, "; "))
		return rebuilt, nil
	}
	if rebuilt {
		return true, e.dropColumn(t, c)
	}
	return false, nil
}

// conversion brings the values of one column into another, or into the same in another form.
type conversion struct {
	*edit
	table        *table
	from, to     *column
	rebuilt      bool
	seen, failed int64
	samples      []string
}

// held is a value with the record that holds it.
type held struct {
	id     string
	stored any
}

func (c *conversion) run() error {
	last := ""
	for {
		batch, err := c.read(last)
		if err != nil {
			return fmt.Errorf("read the values of %s: %w", c.from.Name, err)
		}
		if len(batch) == 0 {
			return nil
		}
		last = batch[len(batch)-1].id
		if err := c.convertAll(batch); err != nil {
			return err
		}
	}
}

// read reads the values after a record.
func (c *conversion) read(after string) ([]held, error) {
	shown := c.table.selected([]*column{c.from})
	rows, err := c.tx.Query("SELECT id, "+shown+" FROM "+c.table.physical+" WHERE id > ? AND "+c.from.physical+" IS NOT NULL ORDER BY id LIMIT ?", after, conversionBatch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var batch []held
	for rows.Next() {
		var one held
		if err := rows.Scan(&one.id, &one.stored); err != nil {
			return nil, err
		}
		batch = append(batch, one)
	}
	return batch, rows.Err()
}

func (c *conversion) convertAll(batch []held) error {
	converted := make([]any, len(batch))
	reasons := make([]error, len(batch))
	var ids []any
	for i, one := range batch {
		converted[i], reasons[i] = c.to.convert(c.from, one.stored)
		if c.to.typ == relationType && reasons[i] == nil && converted[i] != nil {
			ids = append(ids, converted[i])
		}
	}
	there, err := present(c.tx, c.to.target, ids)
	if err != nil {
		return err
	}
	for i, one := range batch {
		if id, _ := converted[i].(string); c.to.typ == relationType && id != "" && !there[id] {
			reasons[i] = noSuchRecord(c.to.target)
		}
		c.keep(one, converted[i], reasons[i])
	}
	return nil
}

// keep writes a converted value, or notes that it is none.
func (c *conversion) keep(one held, converted any, reason error) {
	c.seen++
	switch {
	case reason != nil:
		if c.failed++; c.failed <= maxSamples {
			c.samples = append(c.samples, fmt.Sprintf("record %s has %s, which %s", one.id, short(string(c.from.appendJSON(nil, one.stored))), reason))
		}
	case c.rebuilt || converted != one.stored:
		c.tx.Queue("UPDATE "+c.table.physical+" SET "+c.to.physical+" = ? WHERE id = ?", converted, one.id)
	}
}

var errLoss = errors.New("would lose digits")

// convert is what a value of another column is in this one, when it is all there.
func (c *column) convert(from *column, stored any) (any, error) {
	if c.typ == fileType && from.typ != fileType {
		return nil, errors.New("is no file: add a field for files and upload them")
	}
	v := c.spelled(from, from.appendJSON(nil, stored))
	converted, err := c.accept(v)
	if err != nil || converted == nil {
		return converted, err
	}
	if class := c.typ.class; class == whole || class == floating || class == exact {
		if order, ok := value.Compare(c.appendJSON(nil, converted), v); !ok || order != 0 {
			return nil, errLoss
		}
	}
	return converted, nil
}

// spelled writes a value as the type of the column wants it.
func (c *column) spelled(from *column, v value.Value) value.Value {
	switch {
	case c.typ.class == textual && v.Kind() != value.KindString:
		return value.String(string(v))
	case c.typ.class == truth && slices.Contains([]string{"0", "1"}, string(v)):
		return value.Raw(fmt.Sprint(string(v) == "1"))
	case c.typ == datetimeType && from.typ == dateType:
		return value.String(v.Text() + "T00:00:00Z")
	case c.typ == dateType && from.typ == datetimeType:
		if at, err := time.Parse(time.RFC3339, v.Text()); err == nil && at.Equal(at.Truncate(24*time.Hour)) {
			return value.String(at.Format(time.DateOnly))
		}
	}
	return v
}

func noSuchRecord(t *table) error {
	return fmt.Errorf("is not the id of a record in %s", t.collection.Name)
}

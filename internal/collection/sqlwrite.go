package collection

import (
	"fmt"
	"slices"

	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// sqlWrite runs INSERT, UPDATE and DELETE. The database never sees them: each is a query for what is
// to be written, and then a write of records like any other. So fields, defaults and the times of
// records mean what they mean elsewhere, and a statement that takes too long is stopped while it
// only reads.
type sqlWrite struct {
	service *Service
	tx      *store.Tx
	by      Writer
	query   queryFunc
	known   *catalogue
	params  value.Value
}

// insert is INSERT INTO collection (field, …) VALUES … or SELECT ….
func (w *sqlWrite) insert(all []token) (value.Value, error) {
	all, into := follows(all[1:], "into")
	t, all, err := w.target(all, into)
	if err != nil {
		return nil, err
	}
	names, all, err := listed(all)
	if err != nil {
		return nil, err
	}
	if first := firstOf(all); !first.is("values") && !first.is("select") && !first.is("with") {
		return nil, refusedSQL("must go on with VALUES or SELECT after the fields")
	}
	rows, err := w.rows(all)
	if err != nil {
		return nil, err
	}
	var list value.Array
	for _, row := range rows {
		if len(row) != len(names) {
			return nil, refusedSQL("gives %d values to %d fields", len(row), len(names))
		}
		list.Append(t.assigned(names, row))
	}
	if _, err := w.service.create(w.tx, w.by, t, list.Value()); err != nil {
		return nil, err
	}
	return counted(len(rows)), nil
}

// update is UPDATE collection [AS name] SET field = …, … [WHERE …].
func (w *sqlWrite) update(all []token) (value.Value, error) {
	t, all, err := w.target(all[1:], true)
	if err != nil {
		return nil, err
	}
	name, all := alias(all, t)
	all, set := follows(all, "set")
	if !set {
		return nil, refusedSQL("must go on with SET after the collection")
	}
	assignments, where := cut(all, "where")
	query := []token{word("select"), name, symbol("."), {nameToken, idField}}
	var names []string
	for len(assignments) > 0 {
		var one []token
		one, assignments = cut(assignments, ",")
		assignments = assignments[min(1, len(assignments)):]
		if len(one) < 3 || one[0].kind > nameToken || !one[1].is("=") {
			return nil, errSet
		}
		names = append(names, one[0].text)
		query = slices.Concat(query, []token{symbol(","), symbol("(")}, one[2:], []token{symbol(")")})
	}
	if len(names) == 0 {
		return nil, errSet
	}
	rows, err := w.chosen(t, name, query, where)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if len(row) != 1+len(names) {
			return nil, errSet
		}
		if err := w.change(t, row[0].value.Text(), t.assigned(names, row[1:])); err != nil {
			return nil, err
		}
	}
	return counted(len(rows)), nil
}

var errSet = refusedSQL("must go on with field = value, … after SET")

// destroy is DELETE FROM collection [AS name] [WHERE …].
func (w *sqlWrite) destroy(all []token) (value.Value, error) {
	all, from := follows(all[1:], "from")
	t, all, err := w.target(all, from)
	if err != nil {
		return nil, err
	}
	name, where := alias(all, t)
	rows, err := w.chosen(t, name, []token{word("select"), name, symbol("."), {nameToken, idField}}, where)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if _, err := w.service.destroy(w.tx, w.by, t, condition{"id = ?", []any{row[0].value.Text()}}); err != nil {
			return nil, err
		}
	}
	return counted(len(rows)), nil
}

// chosen runs a query on the records of t that a statement will write. On PostgreSQL others wait
// with their writes to t until this transaction is over; on SQLite they do anyway.
func (w *sqlWrite) chosen(t *table, name token, query, where []token) ([]cells, error) {
	if len(where) > 0 && !where[0].is("where") {
		return nil, refusedSQL("goes on with %s where WHERE is expected", quote(where[0].text))
	}
	if w.known.postgres {
		if _, err := w.tx.Exec("LOCK TABLE " + t.physical + " IN SHARE ROW EXCLUSIVE MODE"); err != nil {
			return nil, err
		}
	}
	from := []token{word("from"), {nameToken, t.collection.Name}, word("as"), name}
	return w.rows(slices.Concat(query, from, where))
}

func (w *sqlWrite) rows(query []token) ([]cells, error) {
	return runSQL(w.query, w.known, query, w.params, MaxSQLWrites)
}

// target is the collection that a statement writes.
func (w *sqlWrite) target(all []token, begun bool) (*table, []token, error) {
	if !begun || len(all) == 0 || all[0].kind > nameToken {
		return nil, nil, refusedSQL("must name a collection to write")
	}
	t, err := w.known.table(all[0].text)
	return t, all[1:], err
}

func (w *sqlWrite) change(t *table, id string, values value.Value) error {
	changes, problems := t.changes(values, false)
	if err := invalid(badRecord, problems); err != nil {
		return err
	}
	_, err := w.service.update(w.tx, w.by, t, condition{"id = ?", []any{id}}, changes)
	return err
}

// assigned puts the values of a row together as a record.
func (t *table) assigned(names []string, row cells) value.Value {
	var o value.Object
	for i, name := range names {
		v := row[i].value
		if c := t.byName[name]; c != nil {
			v = c.fromSQL(v)
		}
		o.Set(name, v)
	}
	return o.Value()
}

// fromSQL is what a value of the database means for the field: SQLite has 0 and 1 for booleans, and
// JSON is text.
func (c *column) fromSQL(v value.Value) value.Value {
	switch n, isWhole := v.Int64(); {
	case c.typ.class == truth && isWhole && (n == 0 || n == 1):
		return value.Raw(fmt.Sprint(n == 1))
	case c.typ.class == structure && v.Kind() == value.KindString:
		if parsed, err := value.Parse([]byte(v.Text())); err == nil {
			return parsed
		}
	}
	return v
}

// listed reads (name, …).
func listed(all []token) (names []string, rest []token, err error) {
	inside, rest := cut(all, ")")
	if len(all) == 0 || !all[0].is("(") || len(rest) == 0 {
		return nil, nil, refusedSQL("must list the fields in parentheses after the collection")
	}
	for i, t := range inside[1:] {
		switch {
		case i%2 == 0 && t.kind <= nameToken:
			names = append(names, t.text)
		case i%2 == 0 || !t.is(","):
			return nil, nil, refusedSQL("must list the fields in parentheses after the collection")
		}
	}
	return names, rest[1:], nil
}

// alias reads the name that a statement gives to its collection.
func alias(all []token, t *table) (token, []token) {
	rest, as := follows(all, "as")
	if len(rest) > 0 && (as || rest[0].kind == nameToken || rest[0].kind == wordToken && !rest[0].is("set") && !rest[0].is("where")) {
		return token{nameToken, rest[0].text}, rest[1:]
	}
	return token{nameToken, t.collection.Name}, rest
}

// follows takes a keyword off the beginning.
func follows(all []token, keyword string) (rest []token, ok bool) {
	if len(all) > 0 && all[0].is(keyword) {
		return all[1:], true
	}
	return all, false
}

// cut splits before the first of a word or sign that stands in no parentheses of its own.
func cut(all []token, at string) (before, rest []token) {
	depth := 0
	for i, t := range all {
		if t.is(")") {
			depth--
		}
		if depth == 0 && t.is(at) {
			return all[:i], all[i:]
		}
		if t.is("(") {
			depth++
		}
	}
	return all, nil
}

func word(text string) token { return token{wordToken, text} }

func symbol(text string) token { return token{symbolToken, text} }

func counted(n int) value.Value {
	return new(value.Object).Set("count", value.Int(int64(n))).Value()
}

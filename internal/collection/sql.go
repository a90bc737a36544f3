package collection

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Bounds of a user's SQL.
const (
	MaxSQLRows   = 1000            // of an answer
	MaxSQLTime   = 5 * time.Second // of a query
	MaxSQLWrites = MaxList         // records that one statement writes
	// MaxSQLHold is how long a statement may read in a transaction, while other writes wait.
	MaxSQLHold = time.Second
	maxSQLSize = 16 << 20 // bytes of an answer
)

// Statement is one SQL statement on collections, in the words of the server's database, by the names
// of collections and fields. It reaches nothing else: see docs/adr/0012-sql-node.md.
type Statement struct {
	SQL    string
	Params value.Value // values of the :names, by name
	Write  bool        // INSERT, UPDATE and DELETE are allowed
}

// SQL runs a query on what is committed and returns its rows, as a list of objects. It fails when
// there are more than MaxSQLRows, or when it takes longer than MaxSQLTime.
func (s *Service) SQL(ctx context.Context, st Statement) (rows value.Value, err error) {
	ctx, cancel := context.WithTimeout(ctx, MaxSQLTime)
	defer cancel()
	err = s.store.View(ctx, func(r store.Reader) error {
		rows, err = s.selectIn(r.Query, r, st)
		return err
	})
	return rows, told(err, MaxSQLTime)
}

// SQLIn runs a statement in a transaction, where it reads for at most MaxSQLHold. A query answers as SQL
// does; what writes answers {count}, and each record that it writes is checked as any other.
func (s *Service) SQLIn(tx *store.Tx, by Writer, st Statement) (value.Value, error) {
	query := func(sql string, args ...any) (store.Rows, error) { return tx.QueryWithin(MaxSQLHold, sql, args...) }
	result, err := s.sqlIn(tx, by, query, st)
	return result, told(err, MaxSQLHold)
}

func (s *Service) sqlIn(tx *store.Tx, by Writer, query queryFunc, st Statement) (value.Value, error) {
	if !st.Write {
		return s.selectIn(query, tx, st)
	}
	known, err := s.catalogue(tx)
	if err != nil {
		return nil, err
	}
	all, err := tokens(st.SQL)
	if err != nil {
		return nil, err
	}
	w := sqlWrite{service: s, tx: tx, by: by, query: query, known: known, params: st.Params}
	switch first := firstOf(all); {
	case first.is("insert"):
		return w.insert(all)
	case first.is("update"):
		return w.update(all)
	case first.is("delete"):
		return w.destroy(all)
	default:
		return s.selectIn(query, tx, st)
	}
}

// queryFunc runs what was confined.
type queryFunc func(sql string, args ...any) (store.Rows, error)

func (s *Service) selectIn(query queryFunc, r store.Reader, st Statement) (value.Value, error) {
	known, err := s.catalogue(r)
	if err != nil {
		return nil, err
	}
	all, err := tokens(st.SQL)
	if err != nil {
		return nil, err
	}
	if first := firstOf(all); !first.is("select") && !first.is("with") && !first.is("values") {
		return nil, notAllowed(first, st.Write)
	}
	rows, err := runSQL(query, known, all, st.Params, MaxSQLRows)
	if err != nil {
		return nil, err
	}
	var list value.Array
	for _, cells := range rows {
		list.Append(cells.object())
	}
	return list.Value(), nil
}

func notAllowed(first token, write bool) error {
	switch {
	case first == token{}:
		return refusedSQL("is empty")
	case write:
		return refusedSQL("must begin with SELECT, WITH, INSERT, UPDATE or DELETE")
	default:
		return refusedSQL("must begin with SELECT or WITH; INSERT, UPDATE and DELETE need write: true")
	}
}

func firstOf(all []token) token {
	if len(all) == 0 {
		return token{}
	}
	return all[0]
}

// cell is one value of a row, with its name.
type cell struct {
	name  string
	value value.Value
}

type cells []cell

func (c cells) object() value.Value {
	var o value.Object
	for _, one := range c {
		o.Set(one.name, one.value)
	}
	return o.Value()
}

// runSQL runs a query of a user.
func runSQL(query queryFunc, known *catalogue, all []token, params value.Value, most int) ([]cells, error) {
	c := confined{params: params, known: known}
	if err := c.confine(all); err != nil {
		return nil, err
	}
	text, args := c.statement(most + 1)
	rows, err := query(text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var read []cells
	size := 0
	for rows.Next() {
		if len(read) == most {
			return nil, hookflow.Errorf(hookflow.CodeTooLarge, "the statement finds more than %d rows: add a LIMIT or a WHERE", most)
		}
		one, bytes, err := readCells(rows, known.postgres)
		if err != nil {
			return nil, err
		}
		if size += bytes; size > maxSQLSize {
			return nil, hookflow.Errorf(hookflow.CodeTooLarge, "the rows hold more than %d bytes: select less", maxSQLSize)
		}
		read = append(read, one)
	}
	return read, rows.Err()
}

// readCells reads a row. PostgreSQL gives it as one JSON object.
func readCells(rows store.Rows, postgres bool) (row cells, size int, err error) {
	columns := rows.Columns()
	stored, into := scanner(len(columns))
	if err := rows.Scan(into...); err != nil {
		return nil, 0, err
	}
	if !postgres {
		for i, c := range columns {
			v, err := sqlValue(stored[i], c.Type)
			if err != nil {
				return nil, 0, err
			}
			row, size = append(row, cell{unmarked(c.Name), v}), size+len(v)
		}
		return row, size, nil
	}
	text, _ := stored[0].(string)
	for name, v := range value.Raw(text).Members() {
		row = append(row, cell{unmarked(name), v})
	}
	return row, len(text), nil
}

// sqlValue is a value of SQLite as JSON. The type of a column that is shown as it is says how.
func sqlValue(stored any, declared string) (value.Value, error) {
	text, isText := stored.(string)
	if isText && (declared == "JSONTEXT" || strings.HasPrefix(declared, "DECIMALTEXT")) {
		return value.Value(text), nil
	}
	if n, ok := stored.(int64); ok && declared == "BOOLEAN" {
		stored = n != 0
	}
	v, err := value.Of(stored)
	if err != nil {
		return nil, hookflow.Errorf(hookflow.CodeInvalid, "the statement computes a value that JSON cannot hold: %w", err)
	}
	return v, nil
}

// unmarked is a name as the user wrote it; that of an expression may hold several.
func unmarked(name string) string {
	name = strings.TrimPrefix(name, mark)
	return strings.ReplaceAll(name, `"`+mark, `"`)
}

// told explains why the database refused or stopped a statement.
func told(err error, limit time.Duration) error {
	var known *hookflow.Error
	switch refusal := store.Refusal(err); {
	case err == nil || errors.As(err, &known):
		return err
	case store.IsTimeout(err):
		return hookflow.Errorf(hookflow.CodeTooLarge, "the statement takes longer than %s", limit)
	case refusal != "":
		return hookflow.Errorf(hookflow.CodeInvalid, "the database refuses the statement: %s", strings.ReplaceAll(refusal, mark, ""))
	default:
		return fmt.Errorf("run the statement: %w", err)
	}
}

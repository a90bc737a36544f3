package store

import (
	"context"
	"errors"
	"time"
)

// Reader reads rows. The `?` in a query stand for args, on both databases.
type Reader interface {
	Query(query string, args ...any) (Rows, error)
	QueryRow(query string, args ...any) Row
}

// Rows is the answer to a query. It must be closed before its Tx is used again.
type Rows interface {
	// Columns are those of the answer.
	Columns() []Column
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close()
}

// Column is one column of an answer.
type Column struct {
	Name string
	Type string // as the column was declared, in upper case; "" when it is computed
}

// Row is the first row of an answer. Scan returns ErrNoRows when there is none.
type Row interface {
	Scan(dest ...any) error
}

// ErrNoRows says that a query found nothing.
var ErrNoRows = errors.New("no rows")

// Tx is one caller's part of a transaction. It must not be used after the
// function it was given to has returned. A statement that fails makes the whole
// part fail, whatever the function returns. The methods that write return the
// first error of the part that is known by now; PostgreSQL may tell later.
type Tx struct {
	conn    writeConn
	ctx     context.Context // a Tx lives as long as one call
	dialect Dialect
	err     error // of the first statement that failed
	touched bool  // whether anything must be rolled back
	assumes bool  // whether it may know tables as they were
	again   bool  // whether it runs because it lost a race
	hooks   []func()
	topics  []string
}

var _ Reader = (*Tx)(nil)

// Context is the context of the caller.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Dialect tells the database.
func (tx *Tx) Dialect() Dialect { return tx.dialect }

// Assume says that the function knows tables as they may no longer be. When one
// of its statements finds that a table or a column has gone, it runs again.
func (tx *Tx) Assume() { tx.assumes = true }

// Again reports that the function runs once more because it lost a race against
// another transaction: what it knew of the database may have changed.
func (tx *Tx) Again() bool { return tx.again }

// Exec runs a statement and returns how many rows it changed.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if tx.err != nil {
		return 0, tx.err
	}
	tx.touched = true
	rows, err := tx.conn.exec(query, args)
	return rows, tx.note(err)
}

// ExecRow runs a statement that writes and answers with a row.
func (tx *Tx) ExecRow(query string, args ...any) Row {
	tx.touched = true
	return tx.QueryRow(query, args...)
}

// Queue runs a statement whose result nobody needs; PostgreSQL may get it
// later, together with others. Its error fails the whole part.
func (tx *Tx) Queue(query string, args ...any) {
	tx.queue(statement{query: query, args: args, want: anyRows})
}

// QueueExpect is Queue for a statement that must change exactly so many rows;
// else the part fails with err.
func (tx *Tx) QueueExpect(rows int64, err error, query string, args ...any) {
	tx.queue(statement{query: query, args: args, want: rows, otherwise: err})
}

func (tx *Tx) queue(s statement) {
	if tx.err == nil {
		tx.touched = true
		_ = tx.note(tx.conn.queue(s))
	}
}

// put queues a statement and returns the first error of the part that is known
// by now.
func (tx *Tx) put(query string, args ...any) error {
	tx.Queue(query, args...)
	return tx.err
}

// putOne is put for a statement that must change one row.
func (tx *Tx) putOne(otherwise error, query string, args ...any) error {
	tx.QueueExpect(1, otherwise, query, args...)
	return tx.err
}

// Query reads; it sees the writes of this part.
func (tx *Tx) Query(query string, args ...any) (Rows, error) {
	if tx.err != nil {
		return nil, tx.err
	}
	rows, err := tx.conn.query(query, args)
	if err != nil {
		return nil, tx.note(err)
	}
	return notedRows{rows, tx}, nil
}

// QueryWithin is Query for a statement of at most limit: one that takes longer
// fails, and the part with it.
func (tx *Tx) QueryWithin(limit time.Duration, query string, args ...any) (Rows, error) {
	if tx.err != nil {
		return nil, tx.err
	}
	rows, err := tx.conn.queryWithin(limit, query, args)
	if err != nil {
		return nil, tx.note(err)
	}
	return notedRows{rows, tx}, nil
}

// notedRows tells its Tx of errors: PostgreSQL sends some with the rows.
type notedRows struct {
	Rows
	tx *Tx
}

func (r notedRows) Scan(dest ...any) error { return r.tx.note(r.Rows.Scan(dest...)) }
func (r notedRows) Err() error             { return r.tx.note(r.Rows.Err()) }

// QueryRow reads one row.
func (tx *Tx) QueryRow(query string, args ...any) Row {
	rows, err := tx.Query(query, args...)
	return firstRow{rows, err}
}

// OnCommit has fn run after the commit is durable and before Write returns;
// never after a rollback. All such functions run in the order of the commit, in
// the writer: they must be quick.
func (tx *Tx) OnCommit(fn func()) { tx.hooks = append(tx.hooks, fn) }

// Notify announces a change of topic to every Watch of it, after the commit.
func (tx *Tx) Notify(topic string) { tx.topics = append(tx.topics, topic) }

// note remembers the first failure.
func (tx *Tx) note(err error) error {
	if err != nil && tx.err == nil {
		tx.err, tx.touched = err, true
	}
	return err
}

// statement is a queued statement with the number of rows it must change.
type statement struct {
	query     string
	args      []any
	want      int64
	otherwise error
}

const anyRows = -1

// check returns an error when the number of changed rows is not the wanted one.
func (s *statement) check(rows int64) error {
	if s.want == anyRows || s.want == rows {
		return nil
	}
	return s.otherwise
}

// firstRow reads one row of an answer and closes it.
type firstRow struct {
	rows Rows
	err  error
}

func (r firstRow) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return ErrNoRows
	}
	if err := r.rows.Scan(dest...); err != nil {
		return err
	}
	r.rows.Close()
	return r.rows.Err()
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/hookflow/hookflow"
)

const (
	// sqliteReaders bounds the reads that run at once.
	sqliteReaders = 16
	// maxPrepared bounds the writer's prepared statements: user tables make
	// new ones without end.
	maxPrepared = 512
	// checkpointPages is after how many written pages the write-ahead log is
	// copied into the database.
	checkpointPages = 4096
	// maxLength bounds one value and one row, in bytes, so that no expression
	// can make the process run out of memory.
	maxLength = 128 << 20
)

// sqliteBackend is one file: a connection for the writer, a pool for readers
// (which the write-ahead log keeps out of the writer's way) and a lock file.
type sqliteBackend struct {
	beside bool // no lock is held
	lock   *flock.Flock
	write  *sql.DB
	conn   *sql.Conn
	read   *sql.DB
	// reading is held by every read. Once close waits for it no read begins.
	reading sync.RWMutex
}

func openSQLite(ctx context.Context, path string, beside bool) (_ backend, err error) {
	// The commit waits for the data and not for the file's timestamps; where
	// the system has no such call it waits for both.
	if _, err := sqlite.Fdatasync(true); err != nil && !errors.Is(err, sqlite.ErrFdatasyncUnavailable) {
		return nil, fmt.Errorf("choose the sync call: %w", err)
	}
	b := &sqliteBackend{beside: beside, lock: flock.New(path+".lock", flock.SetPermissions(0o600))}
	if err := b.take(path); err != nil {
		return nil, err
	}
	if err := b.open(ctx, path); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

// take keeps a second server out.
func (b *sqliteBackend) take(path string) error {
	if b.beside {
		return nil
	}
	locked, err := b.lock.TryLock()
	if err != nil {
		return fmt.Errorf("lock the database: %w", err)
	}
	if !locked {
		return hookflow.Errorf(hookflow.CodeConflict, "another process uses %s; stop it, or use PostgreSQL for several processes", path)
	}
	return nil
}

// create makes the file if there is none, for its owner only; SQLite gives the
// files beside it the same permissions.
func create(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the path is the operator's setting
	if err != nil {
		return fmt.Errorf("create the database: %w", err)
	}
	return file.Close()
}

func (b *sqliteBackend) open(ctx context.Context, path string) (err error) {
	if err := create(path); err != nil {
		return err
	}
	if b.write, err = sql.Open("sqlite", sqliteDSN(path, "rwc")); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	b.write.SetMaxOpenConns(1)
	if err := migrate(ctx, b.write, goose.DialectSQLite3, "migrations/sqlite"); err != nil {
		return err
	}
	if b.conn, err = b.write.Conn(ctx); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if b.read, err = sql.Open("sqlite", sqliteDSN(path, "ro")); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if _, err := sqlite.Limit(b.conn, sqlite3.SQLITE_LIMIT_LENGTH, maxLength); err != nil {
		return fmt.Errorf("bound the length of values: %w", err)
	}
	b.read.SetMaxOpenConns(sqliteReaders)
	b.read.SetMaxIdleConns(sqliteReaders)
	return nil
}

// sqliteDSN is the address of the file with the settings of every connection.
// The writer copies the log into the database itself (see tidy), since SQLite
// keeps silent about a failed sync there.
func sqliteDSN(path, mode string) string {
	settings := url.Values{"mode": {mode}, "_dqs": {"0"}, "_pragma": {
		"busy_timeout(5000)", "foreign_keys(1)", "temp_store(MEMORY)",
	}}
	if mode == "ro" {
		settings["_pragma"] = append(settings["_pragma"], "query_only(1)", "cache_size(-8192)")
	} else {
		settings["_pragma"] = append(settings["_pragma"], "cache_size(-65536)",
			"journal_mode(WAL)", "synchronous(FULL)", "wal_autocheckpoint(0)", "journal_size_limit(67108864)")
	}
	file := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: settings.Encode()}
	return file.String()
}

func (b *sqliteBackend) dialect() Dialect { return SQLite }
func (b *sqliteBackend) writers() int     { return 1 }

func (b *sqliteBackend) connect() writeConn {
	return &sqliteConn{conn: b.conn, stmts: map[string]*sql.Stmt{}}
}

func (b *sqliteBackend) reader(ctx context.Context) Reader { return heldReader{ctx, b} }

// view ends its transaction itself rather than leave that to a done ctx: none
// is open any more when it returns.
func (b *sqliteBackend) view(ctx context.Context, fn func(Reader) error) error {
	if !b.reading.TryRLock() {
		return errClosed
	}
	defer b.reading.RUnlock()
	conn, err := b.read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer func() { _ = conn.Close() }() // it goes back to the pool
	if _, err := sqlite.Limit(conn, sqlite3.SQLITE_LIMIT_LENGTH, maxLength); err != nil {
		return fmt.Errorf("bound the length of values: %w", err)
	}
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // there is nothing to take back
	return fn(sqlReader{ctx, tx})
}

// slot keeps the server's IDs and those of a command beside it apart.
func (b *sqliteBackend) slot(context.Context, string) (int, error) {
	if b.beside {
		return hookflow.MaxSlot, nil
	}
	return 0, nil
}

func (b *sqliteBackend) watch(context.Context, func(string), func()) {}

// close closes what was opened, the lock last. It waits for the reads that
// have begun, as database/sql does not: the last connection to close removes
// the files beside the database.
func (b *sqliteBackend) close() error {
	b.reading.Lock() // for good
	var errs []error
	if b.read != nil {
		errs = append(errs, b.read.Close())
	}
	if b.conn != nil {
		errs = append(errs, b.conn.Close())
	}
	if b.write != nil {
		errs = append(errs, b.write.Close())
	}
	return errors.Join(append(errs, b.lock.Unlock())...)
}

// heldReader reads through the pool; the backend stays open until its rows are
// closed.
type heldReader struct {
	ctx     context.Context // a reader lives as long as one call
	backend *sqliteBackend
}

func (r heldReader) Query(query string, args ...any) (Rows, error) {
	reading := &r.backend.reading
	if !reading.TryRLock() {
		return nil, errClosed
	}
	rows, err := sqlReader{r.ctx, r.backend.read}.Query(query, args...)
	if err != nil {
		reading.RUnlock()
		return nil, err
	}
	return &heldRows{Rows: rows, reading: reading}, nil
}

func (r heldReader) QueryRow(query string, args ...any) Row {
	rows, err := r.Query(query, args...)
	return firstRow{rows, err}
}

// heldRows let go of the backend when they are closed.
type heldRows struct {
	Rows
	reading *sync.RWMutex
	closed  bool
}

func (r *heldRows) Close() {
	r.Rows.Close()
	if !r.closed {
		r.closed = true
		r.reading.RUnlock()
	}
}

// sqlReader reads through database/sql.
type sqlReader struct {
	ctx context.Context // a reader lives as long as one call
	db  interface {
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	}
}

func (r sqlReader) Query(query string, args ...any) (Rows, error) {
	rows, err := r.db.QueryContext(r.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return sqlRows{rows}, nil
}

func (r sqlReader) QueryRow(query string, args ...any) Row {
	rows, err := r.Query(query, args...)
	return firstRow{rows, err}
}

type sqlRows struct{ *sql.Rows }

func (r sqlRows) Columns() []Column {
	types, err := r.ColumnTypes()
	if err != nil { // of rows that are closed
		return nil
	}
	columns := make([]Column, len(types))
	for i, t := range types {
		columns[i] = Column{t.Name(), strings.ToUpper(t.DatabaseTypeName())}
	}
	return columns
}

func (r sqlRows) Close() { _ = r.Rows.Close() } // Err has told what there is to tell

// sqliteConn is the writer's connection. Its statements are never interrupted:
// a batch belongs to many callers.
type sqliteConn struct {
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt
	relaxed bool // foreign keys wait for the end of a schema change
}

func (c *sqliteConn) dialect() Dialect { return SQLite }

func (c *sqliteConn) begin() error { return c.run("BEGIN IMMEDIATE") }

// beginSchema turns foreign keys off, which SQLite can only do outside of a
// transaction: a table that is built anew must be able to replace the old one.
func (c *sqliteConn) beginSchema() error {
	if err := c.run("PRAGMA foreign_keys = OFF"); err != nil {
		return err
	}
	c.relaxed = true
	return c.begin()
}

func (c *sqliteConn) run(query string) error {
	_, err := c.exec(query, nil)
	return err
}

func (c *sqliteConn) exec(query string, args []any) (int64, error) {
	stmt, err := c.prepared(query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(context.Background(), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (c *sqliteConn) query(query string, args []any) (Rows, error) {
	stmt, err := c.prepared(query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(context.Background(), args...)
	if err != nil {
		return nil, err
	}
	return sqlRows{rows}, nil
}

// queryWithin interrupts a statement that takes too long. As it only reads, the
// transaction goes on.
func (c *sqliteConn) queryWithin(limit time.Duration, query string, args []any) (Rows, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	rows, err := c.conn.QueryContext(ctx, query, args...)
	if err != nil {
		cancel()
		return nil, err
	}
	return releasedRows{sqlRows{rows}, cancel}, nil
}

// releasedRows let go of something when they are closed.
type releasedRows struct {
	Rows
	release func()
}

func (r releasedRows) Close() {
	r.Rows.Close()
	r.release()
}

func (c *sqliteConn) prepared(query string) (*sql.Stmt, error) {
	if stmt, ok := c.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := c.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	if len(c.stmts) == maxPrepared {
		c.forget()
	}
	c.stmts[query] = stmt
	return stmt, nil
}

// forget closes all prepared statements; those in use close when they end.
func (c *sqliteConn) forget() {
	for _, stmt := range c.stmts {
		_ = stmt.Close() // an error would repeat that of its last run
	}
	clear(c.stmts)
}

func (c *sqliteConn) queue(s statement) error {
	rows, err := c.exec(s.query, s.args)
	if err != nil {
		return err
	}
	return s.check(rows)
}

func (c *sqliteConn) flush() error           { return nil }
func (c *sqliteConn) notify(map[string]bool) {} // no other process is there to be told

func (c *sqliteConn) commit() error {
	if err := c.checkForeignKeys(); err != nil {
		return err
	}
	if err := c.run("COMMIT"); err != nil {
		return err
	}
	return c.tighten()
}

func (c *sqliteConn) checkForeignKeys() error {
	if !c.relaxed {
		return nil
	}
	rows, err := c.query("PRAGMA foreign_key_check", nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		return hookflow.Errorf(hookflow.CodeConflict, "the change would leave rows that refer to nothing")
	}
	return rows.Err()
}

// tighten turns foreign keys on again after a schema change.
func (c *sqliteConn) tighten() error {
	if !c.relaxed {
		return nil
	}
	c.relaxed = false
	return c.run("PRAGMA foreign_keys = ON")
}

// rollback fails when SQLite has rolled back by itself, as it does when the
// disk is full.
func (c *sqliteConn) rollback() {
	_ = c.run("ROLLBACK")
	_ = c.tighten()
}

// diagnose takes an error of the file for noRoom unless it is one after which
// the file may not hold what it should.
func (c *sqliteConn) diagnose(err error) diagnosis {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return ownFault
	}
	switch e.Code() {
	case sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC:
		return noTrust
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return noTrust
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM,
		sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return noRoom
	}
	return ownFault
}

// tidy copies the log into the database once enough has gathered. That the log
// could not be copied whole, because a reader still needs it, is no error.
func (c *sqliteConn) tidy() error {
	written, err := c.written(false)
	if err != nil || written < checkpointPages {
		return err
	}
	if _, err := c.written(true); err != nil {
		return err
	}
	return c.run("PRAGMA wal_checkpoint(PASSIVE)")
}

// written returns how many pages were written since the last reset.
func (c *sqliteConn) written(reset bool) (pages int, err error) {
	err = c.conn.Raw(func(driver any) error {
		pages, _, err = driver.(sqlite.DBStatus).Status(sqlite.DBStatusCacheWrite, reset)
		return err
	})
	return pages, err
}

// close leaves the connection to the backend.
func (c *sqliteConn) close() { c.forget() }

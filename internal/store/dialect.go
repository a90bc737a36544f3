package store

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Dialect tells which database it is, for the few statements that cannot be
// the same on both.
type Dialect string

// The dialects.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

const (
	pgUniqueViolation  = "23505"
	pgForeignViolation = "23503"
	pgCanceled         = "57014"
	pgUndefinedColumn  = "42703"
	pgUndefinedTable   = "42P01"
)

// IsForeign reports whether err is a reference to a row that is not there, or
// the deletion of one that is referred to.
func IsForeign(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == pgForeignViolation
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (e.Code() == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY || e.Code() == sqlite3.SQLITE_CONSTRAINT_TRIGGER)
}

// IsTimeout reports whether err is of a statement that was stopped because it
// took too long.
func IsTimeout(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == pgCanceled
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code() == sqlite3.SQLITE_INTERRUPT || errors.Is(err, context.DeadlineExceeded)
}

// IsOutdated reports whether err is of a statement that names a table or column
// which is no longer there.
func IsOutdated(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == pgUndefinedColumn || e.Code == pgUndefinedTable
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (strings.Contains(e.Error(), "no such column") || strings.Contains(e.Error(), "no such table"))
}

// Refusal is the database's own word on a statement that it refused, without
// the address of the server; "" when err is none of it.
func Refusal(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Message
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		text := strings.TrimPrefix(e.Error(), "SQL logic error: ")
		if at := strings.LastIndex(text, " ("); at > 0 {
			text = text[:at]
		}
		return text
	}
	return ""
}

// IsUnique reports whether err is the violation of a unique index, and of
// which: PostgreSQL gives its name, SQLite its columns as "table.column",
// joined by ", " (or "index 'name'" for one over expressions).
func IsUnique(err error) (constraint string, ok bool) {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.ConstraintName, e.Code == pgUniqueViolation
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok || e.Code() != sqlite3.SQLITE_CONSTRAINT_UNIQUE && e.Code() != sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY {
		return "", false
	}
	_, constraint, _ = strings.Cut(e.Error(), "UNIQUE constraint failed: ")
	constraint, _, _ = strings.Cut(constraint, " (")
	return constraint, true
}

// numbered rewrites the `?` of a query, those outside of quotes, to $1, $2 …
func numbered(query string) string {
	var out strings.Builder
	out.Grow(len(query) + 16)
	quote, n := byte(0), 0
	for i := range len(query) {
		c := query[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '?':
			n++
			out.WriteString("$" + strconv.Itoa(n))
			continue
		}
		out.WriteByte(c)
	}
	return out.String()
}

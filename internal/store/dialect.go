package store

import (
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

const pgUniqueViolation = "23505"

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

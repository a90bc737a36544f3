package collection

import (
	"fmt"

	"github.com/hookflow/hookflow/internal/store"
)

func (e *edit) postgres() bool { return e.tx.Dialect() == store.Postgres }

func (e *edit) ddl(statement string) error {
	if _, err := e.tx.Exec(statement); err != nil {
		return fmt.Errorf("change the schema: %w", err)
	}
	return nil
}

func (t *table) createTable() string {
	return "CREATE TABLE " + t.physical + " (id " + t.columns[0].columnType(t.postgres) +
		" NOT NULL PRIMARY KEY, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)"
}

func (c *column) columnType(postgres bool) string {
	kind := c.typ.sqlite
	if postgres {
		kind = c.typ.postgres
	}
	if c.typ == relationType {
		kind += " REFERENCES " + c.target.physical + " (id) ON DELETE " + deletions[c.onDelete()]
	}
	return kind
}

// notNull tells PostgreSQL whether a column may be null. SQLite could only be told by building the
// table anew, and needs not be: no other process writes there.
func (e *edit) notNull(t *table, c *column, on bool) error {
	if !e.postgres() {
		return nil
	}
	verb := " DROP NOT NULL"
	if on {
		verb = " SET NOT NULL"
	}
	return e.ddl("ALTER TABLE " + t.physical + " ALTER COLUMN " + c.physical + verb)
}

// Kinds of index that a field can have; "" is none.
const (
	uniqueIndex = "_u"
	plainIndex  = "_i"
)

func (c *column) indexKind() string {
	switch {
	case c.Unique:
		return uniqueIndex
	case c.Index || c.typ == relationType: // else a deletion reads all records that may refer to it
		return plainIndex
	default:
		return ""
	}
}

// index makes the index that a field wants, over what exists.
func (e *edit) index(t *table, c *column, position int) error {
	if !c.indexed() {
		return nil
	}
	problems := len(e.problems)
	at := "/fields" + item(position)
	if err := e.indexable(t, c, at); err != nil {
		return err
	}
	if err := e.different(t, c, at); err != nil {
		return err
	}
	if len(e.problems) > problems {
		return nil
	}
	return e.ddl(c.createIndex(t))
}

// different refuses records that share a value which is to be unique.
func (e *edit) different(t *table, c *column, at string) error {
	if !c.Unique {
		return nil
	}
	var shared int64
	query := "SELECT COUNT(*) FROM (SELECT 1 FROM " + t.physical + " WHERE " + c.physical + " IS NOT NULL GROUP BY " + c.physical + " HAVING COUNT(*) > 1) AS shared"
	if err := e.tx.QueryRow(query).Scan(&shared); err != nil {
		return fmt.Errorf("look for equal values of %s: %w", c.Name, err)
	}
	if shared > 0 {
		e.clash(at+"/unique", "%d values are shared: some records have the same value", shared)
	}
	return nil
}

// indexable refuses values that are too long for an index of PostgreSQL.
func (e *edit) indexable(t *table, c *column, at string) error {
	if c.typ.class != textual {
		return nil
	}
	var long int64
	query := "SELECT COUNT(*) FROM " + t.physical + " WHERE octet_length(" + c.physical + ") > ?"
	if err := e.tx.QueryRow(query, int64(MaxIndexed)).Scan(&long); err != nil {
		return fmt.Errorf("look for long values of %s: %w", c.Name, err)
	}
	if long > 0 {
		e.refuse(at, "%d records hold more than the %d bytes that an indexed field can", long, MaxIndexed)
	}
	return nil
}

// createIndex orders by the field and then by the id, as sorted pages do. Null comes first on both
// databases, which is what SQLite does anyway.
func (c *column) createIndex(t *table) string {
	head := "INDEX " + c.physical + c.indexKind() + " ON " + t.physical + " (" + c.physical
	switch {
	case c.Unique:
		return "CREATE UNIQUE " + head + ")"
	case t.postgres:
		return "CREATE " + head + " NULLS FIRST, id)"
	default:
		return "CREATE " + head + ", id)"
	}
}

func (e *edit) dropIndex(c *column) error {
	if !c.indexed() {
		return nil
	}
	return e.ddl("DROP INDEX " + c.physical + c.indexKind())
}

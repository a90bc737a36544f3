package collection

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// catalogue is all collections as they stand at one moment. It is never changed once it is made.
type catalogue struct {
	tables   []*table // by name
	byName   map[string]*table
	postgres bool
}

func (c *catalogue) table(name string) (*table, error) {
	t, ok := c.byName[name]
	if !ok {
		return nil, notFound(name)
	}
	return t, nil
}

// byID is nil where there is no such table.
func (c *catalogue) byID(id hookflow.ID) *table {
	at := slices.IndexFunc(c.tables, func(t *table) bool { return t.id == id })
	if at < 0 {
		return nil
	}
	return c.tables[at]
}

// table is a collection, ready for statements.
type table struct {
	id         hookflow.ID
	physical   string
	collection hookflow.Collection
	columns    []*column // in the order of a record: id, the fields, createdAt, updatedAt
	byName     map[string]*column
	all        []*column // the fields as a document lists them, with those that have no column
	byMany     map[string]*column
	relations  []*column // the columns that hold ids of other records
	insert     string    // a statement that takes one value per column
	fallible   bool      // a record may be refused by the database: a field is unique, or a relation
	postgres   bool
}

// column is a field, or one of the three that every record has.
type column struct {
	hookflow.Field
	id       hookflow.ID
	physical string
	position int // among the columns of its table
	typ      *fieldType
	key      []byte // the name as the key of a record
	fallback any    // the default, as it is stored
	target   *table // of a relation
	system   bool
}

// Columns that every record has.
const (
	idField        = "id"
	createdAtField = "createdAt"
	updatedAtField = "updatedAt"
)

// load reads the whole catalogue.
func load(r store.Reader, postgres bool) (*catalogue, error) {
	tables, err := loadTables(r)
	if err != nil {
		return nil, fmt.Errorf("read collections: %w", err)
	}
	if err := loadFields(r, tables); err != nil {
		return nil, fmt.Errorf("read fields: %w", err)
	}
	if err := link(tables); err != nil {
		return nil, err
	}
	known := &catalogue{byName: make(map[string]*table, len(tables)), postgres: postgres}
	for _, t := range tables {
		t.finish(postgres)
		known.tables = append(known.tables, t)
		known.byName[t.collection.Name] = t
	}
	slices.SortFunc(known.tables, func(a, b *table) int { return strings.Compare(a.collection.Name, b.collection.Name) })
	return known, nil
}

func loadTables(r store.Reader) (map[hookflow.ID]*table, error) {
	rows, err := r.Query(`SELECT id, name, document, created_at, updated_at FROM hf_collections`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	tables := map[hookflow.ID]*table{}
	for rows.Next() {
		var id, created, updated int64
		var name, document string
		if err := rows.Scan(&id, &name, &document, &created, &updated); err != nil {
			return nil, err
		}
		t := newTable(hookflow.ID(id))
		if err := json.Unmarshal([]byte(document), &t.collection); err != nil {
			return nil, fmt.Errorf("collection %s: %w", name, err)
		}
		t.collection.Name = name
		t.collection.CreatedAt, t.collection.UpdatedAt = fromMicro(created), fromMicro(updated)
		tables[t.id] = t
	}
	return tables, rows.Err()
}

func loadFields(r store.Reader, tables map[hookflow.ID]*table) error {
	rows, err := r.Query(`SELECT id, collection_id, name, physical, document FROM hf_fields ORDER BY collection_id, position`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, collection int64
		var name, physical, document string
		if err := rows.Scan(&id, &collection, &name, &physical, &document); err != nil {
			return err
		}
		var field hookflow.Field
		if err := json.Unmarshal([]byte(document), &field); err != nil {
			return fmt.Errorf("field %s: %w", name, err)
		}
		field.Name = name
		t, typ := tables[hookflow.ID(collection)], types[field.Type]
		if t == nil || typ == nil {
			return fmt.Errorf("field %s: no such collection or type %q", name, field.Type)
		}
		t.add(&column{Field: field, id: hookflow.ID(id), physical: physical, typ: typ})
	}
	return rows.Err()
}

// link gives relations the tables that they lead to.
func link(tables map[hookflow.ID]*table) error {
	byName := make(map[string]*table, len(tables))
	for _, t := range tables {
		byName[t.collection.Name] = t
	}
	for _, t := range tables {
		for _, c := range t.all {
			if c.typ != relationType {
				continue
			}
			if c.target = byName[c.options().Collection]; c.target == nil {
				return fmt.Errorf("field %s of %s leads to a collection that is not there", c.Name, t.collection.Name)
			}
		}
	}
	return nil
}

func newTable(id hookflow.ID) *table {
	t := &table{id: id, physical: "ut_" + id.String(), byName: map[string]*column{}, byMany: map[string]*column{}}
	t.append(&column{Field: hookflow.Field{Name: idField, Required: true}, physical: "id", typ: idType, system: true})
	return t
}

// add adds a field.
func (t *table) add(c *column) {
	t.all = append(t.all, c)
	if c.key = value.String(c.Name); c.virtual() {
		t.byMany[c.Name] = c
		return
	}
	if c.typ == relationType {
		t.relations = append(t.relations, c)
	}
	t.append(c)
}

// append adds a column.
func (t *table) append(c *column) {
	c.key, c.position = value.String(c.Name), len(t.columns)
	if len(c.Default) > 0 {
		// A default was checked when it was saved; one that no longer fits its type is none.
		c.fallback, _ = c.accept(value.Value(c.Default))
	}
	t.columns = append(t.columns, c)
	t.byName[c.Name] = c
	t.fallible = t.fallible || c.Unique || c.typ == relationType
}

// finish adds what comes after the fields.
func (t *table) finish(postgres bool) {
	t.postgres = postgres
	t.append(&column{Field: hookflow.Field{Name: createdAtField, Required: true}, physical: "created_at", typ: datetimeType, system: true})
	t.append(&column{Field: hookflow.Field{Name: updatedAtField, Required: true}, physical: "updated_at", typ: datetimeType, system: true})
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.physical
	}
	t.insert = "INSERT INTO " + t.physical + " (" + strings.Join(names, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(names)-1) + ")"
}

// fields are the columns that a user made, and that records show.
func (t *table) fields() []*column { return t.columns[1 : len(t.columns)-2] }

// document is the collection as users see it.
func (t *table) document() hookflow.Collection {
	c := t.collection
	c.Kind = "Collection"
	c.Fields = make([]hookflow.Field, len(t.all))
	for i, column := range t.all {
		c.Fields[i] = column.Field
		c.Fields[i].ID = column.id.String()
	}
	return c
}

func fromMicro(us int64) time.Time { return time.UnixMicro(us).UTC() }

// quote shows text from outside in a message, cut when it is long.
func quote(text string) string { return fmt.Sprintf("%q", short(text)) }

func short(text string) string {
	const most = 64
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return text
}

package collection

import (
	"fmt"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// alter makes t what c says. It goes on after a problem, to tell them all; none of its statements can
// fail because of what users have stored, since that is looked at first.
func (e *edit) alter(t *table, c *hookflow.Collection) error {
	e.table = t.id
	if err := e.free(c.Name, t); err != nil {
		return err
	}
	if e.postgres() { // no writer comes between a look at the records and what follows from it
		if err := e.ddl("LOCK TABLE " + t.physical + " IN ACCESS EXCLUSIVE MODE"); err != nil {
			return err
		}
	}
	e.checkTargets(t, c)
	if err := e.verdict(); err != nil {
		return err
	}
	found := e.match(t, c)
	if err := e.drop(t, found); err != nil {
		return err
	}
	if err := e.apply(t, c, found); err != nil {
		return err
	}
	if c.Title != t.collection.Title {
		e.step(ActionTitle, "", t.collection.Title, c.Title, 0)
	}
	if len(e.outcome.Changes) > 0 {
		e.tx.Queue(`UPDATE hf_collections SET name = ?, document = ?, updated_at = ? WHERE id = ?`, c.Name, document(c), e.now, t.id)
	}
	return e.verdict()
}

// match finds the column that each field of c is now, nil for those that are new.
func (e *edit) match(t *table, c *hookflow.Collection) []*column {
	found := make([]*column, len(c.Fields))
	claim := func(i int, is func(*column) bool) {
		at := slices.IndexFunc(t.all, func(c *column) bool { return is(c) && !slices.Contains(found, c) })
		if found[i] == nil && at >= 0 {
			found[i] = t.all[at]
		}
	}
	for i, f := range c.Fields {
		claim(i, func(c *column) bool { return f.ID != "" && c.id.String() == f.ID })
	}
	for i, f := range c.Fields {
		claim(i, func(c *column) bool { return c.Name == f.Name })
	}
	for i, f := range c.Fields {
		claim(i, func(c *column) bool { return f.PreviousName != "" && c.Name == f.PreviousName })
	}
	return found
}

// drop deletes the fields that are not among those found, when that is meant.
func (e *edit) drop(t *table, found []*column) error {
	for _, c := range t.all {
		if slices.Contains(found, c) {
			continue
		}
		held, err := e.held(t, c)
		if err != nil {
			return err
		}
		e.step(ActionDrop, c.Name, c.Type, "", held)
		switch {
		case !e.Drop:
			e.refuse("/fields", "field %s is missing, and %d records have a value there: leaving a field out does not delete it; say drop=true to delete it, or send its id or previousName to rename it", c.Name, held)
		case e.ledBackBy(t, c) != "":
			e.refuse("/fields", "field %s is missing, but %s stands for the records with it: delete that field first", c.Name, e.ledBackBy(t, c))
		default:
			if err := e.dropField(t, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// ledBackBy names the field of another collection that stands for the records whose field c leads to
// it.
func (e *edit) ledBackBy(t *table, c *column) string {
	for _, other := range e.known.leadingTo(t) {
		if other.table != t && other.virtual() && other.options().Field == c.Name {
			return other.Name + " of " + other.table.collection.Name
		}
	}
	return ""
}

// held counts the records that have a value in a field.
func (e *edit) held(t *table, c *column) (count int64, err error) {
	if c.virtual() {
		return 0, nil
	}
	if err := e.tx.QueryRow("SELECT COUNT(" + c.physical + ") FROM " + t.physical).Scan(&count); err != nil {
		return 0, fmt.Errorf("count the values of %s: %w", c.Name, err)
	}
	return count, nil
}

// apply makes the fields of t those of c.
func (e *edit) apply(t *table, c *hookflow.Collection, found []*column) error {
	if c.Name != t.collection.Name {
		e.step(ActionRename, "", t.collection.Name, c.Name, 0)
		e.renamed(t, c.Name)
	}
	for i, column := range found {
		if column != nil && column.Name != c.Fields[i].Name { // two fields may swap their names
			e.tx.Queue(`UPDATE hf_fields SET name = ? WHERE id = ?`, mark+column.id.String(), column.id)
		}
	}
	for i, column := range found {
		wanted := &c.Fields[i]
		var err error
		if column == nil {
			err = e.addField(t, wanted, i)
		} else {
			err = e.alterField(t, column, wanted, i)
		}
		if err != nil {
			return err
		}
	}
	e.reordered(t, found)
	return nil
}

// reordered tells of a new order of fields that stay.
func (e *edit) reordered(t *table, found []*column) {
	stay := func(all []*column) []*column {
		return slices.DeleteFunc(slices.Clone(all), func(c *column) bool { return c == nil || !slices.Contains(found, c) })
	}
	moved := !slices.Equal(stay(t.all), stay(found))
	first := slices.Index(found, nil)
	if moved || first >= 0 && slices.ContainsFunc(found[first:], func(c *column) bool { return c != nil }) {
		e.step(ActionReorder, "", "", "", 0)
	}
}

// renamed has the relations to t lead to its new name.
func (e *edit) renamed(t *table, name string) {
	for _, c := range e.known.leadingTo(t) {
		if c.table != t { // those of t itself come with it
			e.rewrite(c, func(o *hookflow.FieldOptions) { o.Collection = name })
		}
	}
}

// rewrite changes the options of a relation in another collection.
func (e *edit) rewrite(c leading, change func(*hookflow.FieldOptions)) {
	options := *c.Options
	change(&options)
	c.Options = &options
	e.tx.Queue(`UPDATE hf_fields SET document = ? WHERE id = ?`, document(&c.Field), c.id)
}

// addField makes a column. Records that exist get the default only where the field is required: a
// default is for new records.
func (e *edit) addField(t *table, f *hookflow.Field, position int) error {
	c := &column{Field: *f, id: e.ids.Next(), typ: types[f.Type]}
	c.physical = "c_" + c.id.String()
	if c.typ == relationType {
		c.target = e.target(t, f)
	}
	if !c.virtual() {
		if err := e.addColumn(t, c); err != nil {
			return err
		}
	}
	e.tx.Queue(`INSERT INTO hf_fields (id, collection_id, name, physical, position, document) VALUES (?, ?, ?, ?, ?, ?)`,
		c.id, t.id, f.Name, c.physical, position, document(f))
	filled, err := e.constrain(t, c, position)
	if !e.outcome.Created {
		e.step(ActionAdd, f.Name, "", f.Type, filled)
	}
	return err
}

func (e *edit) addColumn(t *table, c *column) error {
	return e.ddl("ALTER TABLE " + t.physical + " ADD COLUMN " + c.physical + " " + c.columnType(e.postgres()))
}

// constrain has a column obey its field, and returns how many records were filled.
func (e *edit) constrain(t *table, c *column, position int) (filled int64, err error) {
	if c.virtual() {
		return 0, nil
	}
	if filled, err = e.require(t, c, position); err != nil {
		return filled, err
	}
	return filled, e.index(t, c, position)
}

// require fills what is missing in a required column, or refuses. From then on records are checked
// before they are written; PostgreSQL checks too, since a process that has not heard of the change
// may still write.
func (e *edit) require(t *table, c *column, position int) (missing int64, err error) {
	if !c.Required {
		return 0, nil
	}
	if err := e.tx.QueryRow("SELECT COUNT(*) FROM " + t.physical + " WHERE " + c.physical + " IS NULL").Scan(&missing); err != nil {
		return 0, fmt.Errorf("look for records without %s: %w", c.Name, err)
	}
	if missing > 0 {
		at := "/fields" + item(position)
		fallback, err := c.accept(value.Value(c.Default))
		if err != nil {
			return 0, err
		}
		if fallback == nil {
			e.refuse(at+"/required", "%d records have no value: give them one, or the field a default", missing)
			return 0, nil
		}
		if c.Unique && missing > 1 {
			e.clash(at, "%d records would get the same default", missing)
			return 0, nil
		}
		if _, err := e.tx.Exec("UPDATE "+t.physical+" SET "+c.physical+" = ? WHERE "+c.physical+" IS NULL", fallback); err != nil {
			return 0, t.failed(err, at)
		}
	}
	return missing, e.notNull(t, c, true)
}

func (e *edit) clash(at, format string, args ...any) {
	e.clashes++
	e.refuse(at, format, args...)
}

// alterField makes a column what a field of c says.
func (e *edit) alterField(t *table, c *column, wanted *hookflow.Field, position int) error {
	next := &column{Field: *wanted, id: c.id, physical: c.physical, typ: types[wanted.Type], target: c.target}
	if next.typ == relationType {
		next.target = e.target(t, wanted)
	}
	if c.Name != next.Name {
		e.step(ActionRename, next.Name, c.Name, next.Name, 0)
		e.renamedField(t, c, next.Name)
	}
	changed := len(e.outcome.Changes)
	if err := e.refit(t, c, next, position); err != nil {
		return err
	}
	settings := func(c *column) string {
		f := c.Field
		f.Name = ""
		return document(&f)
	}
	if changed == len(e.outcome.Changes) && settings(c) != settings(next) {
		e.step(ActionSet, next.Name, "", "", 0)
	}
	e.tx.Queue(`UPDATE hf_fields SET name = ?, physical = ?, position = ?, document = ? WHERE id = ? AND collection_id = ?`,
		next.Name, next.physical, position, document(wanted), c.id, t.id)
	return nil
}

// renamedField has the fields of others that stand for records with c know its new name.
func (e *edit) renamedField(t *table, c *column, name string) {
	for _, other := range e.known.leadingTo(t) {
		if other.table != t && other.virtual() && other.options().Field == c.Name {
			e.rewrite(other, func(o *hookflow.FieldOptions) { o.Field = name })
		}
	}
}

// refit changes the column itself: its type with the values, whether it may be null, its index.
func (e *edit) refit(t *table, c, next *column, position int) error {
	problems := len(e.problems)
	rebuilt, err := e.retype(t, c, next, position)
	if err != nil || len(e.problems) > problems || next.virtual() {
		return err
	}
	if c.Required && !next.Required && !rebuilt {
		if err := e.notNull(t, c, false); err != nil {
			return err
		}
	}
	if !c.Required || rebuilt {
		filled, err := e.require(t, next, position)
		if err != nil {
			return err
		}
		if filled > 0 {
			e.step(ActionSet, next.Name, "", "", filled)
		}
	}
	if rebuilt || c.indexKind() == next.indexKind() {
		if rebuilt {
			return e.index(t, next, position)
		}
		return nil
	}
	if err := e.dropIndex(c); err != nil {
		return err
	}
	return e.index(t, next, position)
}

func (e *edit) dropField(t *table, c *column) error {
	if !c.virtual() {
		if err := e.dropColumn(t, c); err != nil {
			return err
		}
	}
	e.tx.Queue(`DELETE FROM hf_fields WHERE id = ?`, c.id)
	return nil
}

func (e *edit) dropColumn(t *table, c *column) error {
	if err := e.dropIndex(c); err != nil {
		return err
	}
	return e.ddl("ALTER TABLE " + t.physical + " DROP COLUMN " + c.physical)
}

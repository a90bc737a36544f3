package collection

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Bounds of the relations of one Query.
const (
	MaxWith    = 10     // relations
	MaxRelated = 10_000 // records that come with those asked for
)

// present finds out which ids are those of records.
func present(r store.Reader, t *table, ids []any) (map[string]bool, error) {
	there := map[string]bool{}
	for part := range slices.Chunk(ids, maxIn) {
		rows, err := r.Query("SELECT id FROM "+t.physical+" WHERE "+among("id", &part), part...)
		if err != nil {
			return nil, fmt.Errorf("look for records of %s: %w", t.collection.Name, err)
		}
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				rows.Close()
				return nil, err
			}
			there[id] = true
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return there, nil
}

// among is met where a column holds one of args, of which there is at least one.
func among(column string, args *[]any) string {
	*args = padded(slices.Clone(*args))
	return column + " IN (?" + strings.Repeat(", ?", len(*args)-1) + ")"
}

// dangling are the problems of rows that lead to no record. The row of each index stands at a pointer.
func (t *table) dangling(r store.Reader, rows []newRow, at func(int) string) ([]hookflow.Problem, error) {
	var problems []hookflow.Problem
	for _, c := range t.relations {
		var ids []any
		for _, row := range rows {
			if row.row[c.position] != nil {
				ids = append(ids, row.row[c.position])
			}
		}
		there, err := present(r, c.target, ids)
		if err != nil {
			return nil, err
		}
		for i, row := range rows {
			if id, _ := row.row[c.position].(string); id != "" && !there[id] {
				problems = append(problems, problem(at(i), c.Name, noSuchRecord(c.target)))
			}
		}
	}
	return problems, nil
}

// with is a relation to be loaded, with those of its records.
type with struct {
	column *column
	inside []with
}

// withs finds the relations of names such as customer and customer.region, which are two levels.
func (t *table) withs(names []string) ([]with, []hookflow.Problem) {
	if len(names) > MaxWith {
		return nil, []hookflow.Problem{{Pointer: "/with", Detail: fmt.Sprintf("must name at most %d relations", MaxWith)}}
	}
	var all []with
	var problems []hookflow.Problem
	for i, path := range names {
		if err := t.addWith(&all, strings.Split(path, "."), 1); err != nil {
			problems = append(problems, hookflow.Problem{Pointer: "/with" + item(i), Detail: err.Error()})
		}
	}
	return all, problems
}

func (t *table) addWith(all *[]with, path []string, level int) error {
	c := t.relation(path[0])
	switch {
	case c == nil:
		return fmt.Errorf("there is no relation %s in %s", quote(path[0]), t.collection.Name)
	case level == 2 && len(path) > 1:
		return fmt.Errorf("goes deeper than two relations")
	}
	at := slices.IndexFunc(*all, func(w with) bool { return w.column == c })
	if at < 0 {
		at = len(*all)
		*all = append(*all, with{column: c})
	}
	if len(path) == 1 {
		return nil
	}
	return c.target.addWith(&(*all)[at].inside, path[1:], level+1)
}

// relation is a field that leads to other records, or nil.
func (t *table) relation(name string) *column {
	if c := t.byMany[name]; c != nil {
		return c
	}
	if c := t.byName[name]; c != nil && c.typ == relationType {
		return c
	}
	return nil
}

// loader puts related records into records, by one query for each relation.
type loader struct {
	reader store.Reader
	count  int
	size   int
}

// load gives records what their relations lead to: a record or null, or a list of records.
func (l *loader) load(records []value.Value, all []with) ([]value.Value, error) {
	for _, w := range all {
		var found map[string][]value.Value
		var err error
		key := value.Segment(idField)
		if w.column.virtual() {
			found, err = l.many(records, w)
		} else {
			key = value.Segment(w.column.Name)
			found, err = l.one(records, w)
		}
		if err != nil {
			return nil, err
		}
		for i, record := range records {
			records[i] = w.column.put(record, found[record.Get(key).Text()])
		}
	}
	return records, nil
}

// put is a record with what a relation leads to.
func (c *column) put(record value.Value, found []value.Value) value.Value {
	shown := value.Null
	switch {
	case c.virtual():
		var list value.Array
		for _, one := range found {
			list.Append(one)
		}
		shown = list.Value()
	case len(found) > 0:
		shown = found[0]
	}
	var o value.Object
	for name, v := range record.Members() {
		o.Set(name, v)
	}
	return o.Set(c.Name, shown).Value()
}

// one finds the records whose ids stand in the field.
func (l *loader) one(records []value.Value, w with) (map[string][]value.Value, error) {
	found, err := l.find(w, w.column.target.columns[0], texts(records, w.column.Name))
	byID := map[string][]value.Value{}
	for _, record := range found {
		byID[record.Get(idField).Text()] = []value.Value{record}
	}
	return byID, err
}

// many finds the records that lead to those given.
func (l *loader) many(records []value.Value, w with) (map[string][]value.Value, error) {
	back := w.column.target.byName[w.column.options().Field]
	inside := w
	inside.inside = nil
	found, err := l.find(inside, back, texts(records, idField))
	if err != nil {
		return nil, err
	}
	owners := make([]string, len(found))
	for i, record := range found {
		owners[i] = record.Get(value.Segment(back.Name)).Text()
	}
	if found, err = l.load(found, w.inside); err != nil {
		return nil, err
	}
	byOwner := map[string][]value.Value{}
	for i, record := range found {
		byOwner[owners[i]] = append(byOwner[owners[i]], record)
	}
	return byOwner, nil
}

// texts are the different texts of a field.
func texts(records []value.Value, name string) []any {
	seen := map[string]bool{}
	var all []any
	for _, record := range records {
		if text, ok := record.Get(value.Segment(name)).Str(); ok && !seen[text] {
			seen[text] = true
			all = append(all, text)
		}
	}
	return all
}

// find reads the records of a relation's collection whose column holds one of some texts, by id.
func (l *loader) find(w with, by *column, wanted []any) ([]value.Value, error) {
	t := w.column.target
	var found []value.Value
	for part := range slices.Chunk(wanted, maxIn) {
		p := plan{table: t, shown: t.columns, order: []sortKey{{t.columns[0], false}}, limit: MaxRelated - l.count}
		p.where.sql = among(by.physical, &part)
		p.where.args = part
		page, err := p.run(l.reader)
		if err != nil {
			return nil, err
		}
		l.count += len(page.Records)
		for _, record := range page.Records {
			l.size += len(record)
		}
		if page.Next != "" || l.size > MaxAnswer {
			return nil, hookflow.Errorf(hookflow.CodeTooLarge, "more than %d records, or %d bytes, come with those asked for: ask for fewer", MaxRelated, MaxAnswer)
		}
		found = append(found, page.Records...)
	}
	return l.load(found, w.inside)
}

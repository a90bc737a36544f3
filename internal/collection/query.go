package collection

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Query asks for records.
type Query struct {
	Filter value.Value // missing: all records
	Search string      // a text that one of a record's text fields holds, in any ASCII case
	Sort   []string    // names of fields, "-" in front for descending; none: newest first
	Fields []string    // names of the fields wanted beside the id; none: all
	With   []string    // relations to load: customer, and customer.region for those of its record
	Limit  int         // 0: 100; at most MaxLimit
	Offset int         // at most MaxOffset
	Cursor string      // from the Page before, asked for with the same Sort
}

// Page is a part of the records that a Query asks for.
type Page struct {
	Records []value.Value
	Next    string // Cursor of the page after; "" at the end
}

const (
	defaultLimit = 100
	maxSort      = 5
)

// Find returns the records that q asks for, at most MaxAnswer bytes of them (CodeTooLarge). Null
// sorts before everything else. Keys stand in the order of the collection's fields.
func (s *Service) Find(r store.Reader, collection string, q Query) ([]value.Value, error) {
	page, err := s.Page(r, collection, q)
	return page.Records, err
}

// Page is Find with a cursor for what follows.
func (s *Service) Page(r store.Reader, collection string, q Query) (Page, error) {
	t, err := s.table(r, collection)
	if err != nil {
		return Page{}, err
	}
	plan, err := t.plan(q)
	if err != nil {
		return Page{}, err
	}
	page, err := plan.run(r)
	if err == nil && len(plan.with) > 0 {
		load := loader{reader: r}
		page.Records, err = load.load(page.Records, plan.with)
	}
	return page, err
}

// Count returns how many records meet a filter and hold a text; a missing filter and an empty text
// count all.
func (s *Service) Count(r store.Reader, collection string, filter value.Value, search string) (int64, error) {
	t, err := s.table(r, collection)
	if err != nil {
		return 0, err
	}
	where, err := t.where(Query{Filter: filter, Search: search})
	if err != nil {
		return 0, err
	}
	var count int64
	if err := r.QueryRow("SELECT COUNT(*) FROM "+t.physical+" WHERE "+where.sql, where.args...).Scan(&count); err != nil {
		return 0, fmt.Errorf("count records: %w", err)
	}
	return count, nil
}

// Records is Page on what is committed.
func (s *Service) Records(ctx context.Context, collection string, q Query) (page Page, err error) {
	err = s.view(ctx, func(r store.Reader) error {
		page, err = s.Page(r, collection, q)
		return err
	})
	return page, err
}

// plan is a Query, checked.
type plan struct {
	table *table
	shown []*column // of the answer
	extra []*column // read for the cursor only
	where condition
	order []sortKey
	limit int
	skip  int
	with  []with
}

type sortKey struct {
	*column
	descending bool
}

func (t *table) plan(q Query) (*plan, error) {
	where, err := t.where(q)
	if err != nil {
		return nil, err
	}
	p := &plan{table: t, limit: q.Limit, skip: q.Offset, where: where}
	if p.limit == 0 {
		p.limit = defaultLimit
	}
	with, problems := t.withs(q.With)
	p.with = with
	problems = slices.Concat(problems, p.choose(q.Fields), p.sort(q.Sort))
	if p.limit < 1 || p.limit > MaxLimit {
		problems = append(problems, hookflow.Problem{Pointer: "/limit", Detail: fmt.Sprintf("must be between 1 and %d", MaxLimit)})
	}
	if p.skip < 0 || p.skip > MaxOffset {
		problems = append(problems, hookflow.Problem{Pointer: "/offset", Detail: fmt.Sprintf("must be between 0 and %d", MaxOffset)})
	}
	if len(problems) == 0 && q.Cursor != "" {
		problems = p.resume(q.Cursor)
	}
	return p, invalid("the query is not valid", problems)
}

// where is the part of the query that chooses records.
func (t *table) where(q Query) (condition, error) {
	filter, err := t.filter(q.Filter, "/filter")
	if err != nil || q.Search == "" {
		return filter, err
	}
	if strings.ContainsRune(q.Search, 0) {
		return never, hookflow.Invalid("the query is not valid", hookflow.Problem{Pointer: "/q", Detail: errNUL.Error()})
	}
	found := never
	for _, c := range t.fields() {
		if c.typ.class != textual {
			continue
		}
		t := target{c, t.postgres}
		one := t.with(t.position()+"(lower(%s), ?) > 0", lowerASCII(q.Search))
		found = condition{found.sql + " OR " + one.sql, append(found.args, one.args...)}
	}
	return and(filter, condition{"(" + found.sql + ")", found.args}), nil
}

func and(a, b condition) condition {
	return condition{a.sql + " AND " + b.sql, slices.Concat(a.args, b.args)}
}

// lowerASCII does what both databases' lower does with a text in code-point order.
func lowerASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}

// choose keeps the id and the named columns, in the order of the table.
func (p *plan) choose(names []string) []hookflow.Problem {
	if len(names) == 0 {
		p.shown = p.table.columns
		return nil
	}
	var problems []hookflow.Problem
	chosen := map[string]bool{idField: true}
	for _, w := range p.with {
		chosen[w.column.Name] = true
	}
	for i, name := range names {
		if p.table.byName[name] == nil && !chosen[name] {
			problems = append(problems, hookflow.Problem{Pointer: "/fields" + item(i), Detail: "there is no field " + quote(name)})
		}
		chosen[name] = true
	}
	for _, c := range p.table.columns {
		if chosen[c.Name] {
			p.shown = append(p.shown, c)
		}
	}
	return problems
}

// sort makes the order complete with the id, which lets a page begin where another ended.
func (p *plan) sort(names []string) []hookflow.Problem {
	if len(names) > maxSort {
		return []hookflow.Problem{{Pointer: "/sort", Detail: fmt.Sprintf("must name at most %d fields", maxSort)}}
	}
	var problems []hookflow.Problem
	descending := true
	for i, text := range names {
		name, down := strings.CutPrefix(text, "-")
		c := p.table.byName[name]
		switch {
		case c == nil:
			problems = append(problems, hookflow.Problem{Pointer: "/sort" + item(i), Detail: "there is no field " + quote(name)})
			continue
		case !c.typ.indexable:
			problems = append(problems, hookflow.Problem{Pointer: "/sort" + item(i), Detail: fmt.Sprintf("%s fields cannot be sorted by", c.typ.name)})
			continue
		case i == 0:
			descending = down
		}
		p.order = append(p.order, sortKey{c, down})
	}
	p.order = append(p.order, sortKey{p.table.columns[0], descending})
	for _, key := range p.order {
		if !slices.Contains(p.shown, key.column) && !slices.Contains(p.extra, key.column) {
			p.extra = append(p.extra, key.column)
		}
	}
	return problems
}

// run reads one record more than asked for, to know whether there is a next page.
func (p *plan) run(r store.Reader) (Page, error) {
	read := slices.Concat(p.shown, p.extra)
	rows, err := r.Query(p.statement(read), append(slices.Clone(p.where.args), p.limit+1, p.skip)...)
	if err != nil {
		return Page{}, fmt.Errorf("find records: %w", err)
	}
	defer rows.Close()
	page := Page{Records: []value.Value{}}
	stored, into := scanner(len(read))
	last, size := make([]any, len(read)), 0
	for rows.Next() {
		if len(page.Records) == p.limit {
			page.Next = p.cursor(read, last)
			break
		}
		if err := rows.Scan(into...); err != nil {
			return Page{}, fmt.Errorf("find records: %w", err)
		}
		one := record(p.shown, stored)
		if size += len(one); size > MaxAnswer {
			return Page{}, hookflow.Errorf(hookflow.CodeTooLarge, "the records hold more than %d bytes: ask for fewer of them or for fewer fields", MaxAnswer)
		}
		page.Records = append(page.Records, one)
		copy(last, stored)
	}
	if err := rows.Err(); err != nil {
		return Page{}, fmt.Errorf("find records: %w", err)
	}
	return page, nil
}

// scanner is a row of n values to scan into, over and over.
func scanner(n int) (stored []any, into []any) {
	stored, into = make([]any, n), make([]any, n)
	for i := range stored {
		into[i] = &stored[i]
	}
	return stored, into
}

func (p *plan) statement(read []*column) string {
	var sql strings.Builder
	sql.WriteString("SELECT ")
	sql.WriteString(p.table.selected(read))
	sql.WriteString(" FROM " + p.table.physical + " WHERE " + p.where.sql + " ORDER BY ")
	for i, key := range p.order {
		if i > 0 {
			sql.WriteString(", ")
		}
		sql.WriteString(key.physical + key.direction())
	}
	sql.WriteString(" LIMIT ? OFFSET ?")
	return sql.String()
}

// selected lists columns as they are read.
func (t *table) selected(columns []*column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.physical
		if t.postgres && c.typ.asText {
			names[i] += "::text"
		}
	}
	return strings.Join(names, ", ")
}

func (k sortKey) direction() string {
	if k.descending {
		return " DESC NULLS LAST"
	}
	return " ASC NULLS FIRST"
}

// cursor names a record by its place in the order: the order itself, then the record's values.
func (p *plan) cursor(read []*column, stored []any) string {
	var place value.Array
	place.Append(value.String(p.orderName()))
	for _, key := range p.order {
		place.Append(key.appendJSON(nil, stored[slices.Index(read, key.column)]))
	}
	return base64.RawURLEncoding.EncodeToString(place.Value())
}

func (p *plan) orderName() string {
	var name strings.Builder
	for _, key := range p.order {
		name.WriteString(key.physical + key.direction() + ",")
	}
	return name.String()
}

var errCursor = errors.New("is not the cursor of a page in this order")

// resume makes the plan begin after the record that a cursor names.
func (p *plan) resume(cursor string) []hookflow.Problem {
	refused := []hookflow.Problem{{Pointer: "/cursor", Detail: errCursor.Error()}}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return refused
	}
	place, err := value.Parse(text)
	if err != nil {
		return refused
	}
	var values []value.Value
	for _, v := range place.Items() {
		values = append(values, v)
	}
	if len(values) != len(p.order)+1 || values[0].Text() != p.orderName() {
		return refused
	}
	after, err := p.after(values[1:])
	if err != nil {
		return refused
	}
	p.where = and(p.where, after)
	return nil
}

// after is met by what follows a place: a later first key, or the same one and a later second …
func (p *plan) after(place []value.Value) (condition, error) {
	var alternatives []string
	var args []any
	same := condition{}
	for i, key := range p.order {
		equal, later := key.null()
		if !place[i].IsNull() {
			stored, err := key.operand(place[i])
			if err != nil {
				return never, err
			}
			equal, later = key.at(stored)
		}
		alternatives = append(alternatives, same.sql+later.sql)
		args = slices.Concat(args, same.args, later.args)
		same = condition{same.sql + equal.sql + " AND ", slices.Concat(same.args, equal.args)}
	}
	return condition{"(" + strings.Join(alternatives, " OR ") + ")", args}, nil
}

// null gives the conditions for being null, and for coming after null.
func (k sortKey) null() (equal, later condition) {
	equal = condition{sql: k.physical + " IS NULL"}
	if k.descending {
		return equal, never
	}
	return equal, condition{sql: k.physical + " IS NOT NULL"}
}

// at gives the conditions for being equal to what is stored, and for coming after it.
func (k sortKey) at(stored any) (equal, later condition) {
	equal = condition{k.physical + " = ?", []any{stored}}
	if k.descending {
		return equal, condition{"(" + k.physical + " < ? OR " + k.physical + " IS NULL)", []any{stored}}
	}
	return equal, condition{k.physical + " > ?", []any{stored}}
}

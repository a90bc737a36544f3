package collection

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Check looks at records that are not written yet, and returns the problems of each. UpsertBy is as of
// UpsertIn, "" for records that are to be created. What other records have by the time of the write
// may still refuse one that has no problem now.
//
// Taken remembers the unique values of the records without a problem, so that the next Check finds
// them: it is the caller's, for all records that come together.
func (s *Service) Check(ctx context.Context, collection string, records []value.Value, upsertBy string, taken map[string]bool) (problems [][]hookflow.Problem, err error) {
	err = s.view(ctx, func(r store.Reader) error {
		problems, err = s.check(r, collection, records, upsertBy, taken)
		return err
	})
	return problems, err
}

func (s *Service) check(r store.Reader, collection string, records []value.Value, upsertBy string, taken map[string]bool) ([][]hookflow.Problem, error) {
	t, err := s.table(r, collection)
	if err != nil {
		return nil, err
	}
	c := checking{table: t, reader: r, rows: make([]newRow, len(records)), problems: make([][]hookflow.Problem, len(records)), taken: taken}
	if upsertBy != "" {
		if c.key, err = t.upsertKey([]string{upsertBy}); err != nil {
			return nil, err
		}
	}
	c.alone(records)
	if err := c.related(); err != nil {
		return nil, err
	}
	return c.problems, c.unique()
}

// checking is one Check.
type checking struct {
	*table
	reader   store.Reader
	key      *column // of an upsert
	rows     []newRow
	problems [][]hookflow.Problem
	taken    map[string]bool
}

// alone checks each record by itself.
func (c *checking) alone(records []value.Value) {
	for i, v := range records {
		r, problems := c.newRow(v, "", false)
		switch {
		case r == nil:
			r = make(row, len(c.columns))
		case c.key != nil && r[c.key.position] == nil && len(problems) == 0:
			problems = append(problems, problem("", c.key.Name, errRequired))
		}
		c.rows[i], c.problems[i] = newRow{r, v}, problems
	}
}

// related finds what leads to no record.
func (c *checking) related() error {
	found, err := c.dangling(c.reader, c.rows, item)
	for _, p := range found {
		place, rest, _ := strings.Cut(p.Pointer[1:], "/")
		i, err := strconv.Atoi(place)
		if err != nil {
			return fmt.Errorf("the place of a problem: %w", err)
		}
		c.problems[i] = append(c.problems[i], hookflow.Problem{Pointer: "/" + rest, Detail: p.Detail})
	}
	return err
}

// unique finds values that must be unique and are there already. Of upserts only the database knows:
// the other record may be the one that is changed.
func (c *checking) unique() error {
	if c.key != nil {
		return nil
	}
	suspects := map[*column]bool{} // whether the database has some of the values
	for _, column := range c.fields() {
		if column.Unique {
			var err error
			if suspects[column], err = c.stored(column); err != nil {
				return err
			}
		}
	}
	for i := range c.rows {
		if len(c.problems[i]) > 0 {
			continue
		}
		if err := c.uniqueAt(i, suspects); err != nil {
			return err
		}
	}
	return nil
}

// uniqueAt checks one record, and remembers it when it has no problem.
func (c *checking) uniqueAt(i int, suspects map[*column]bool) (err error) {
	var marks []string
	for _, column := range c.fields() {
		v := c.rows[i].row[column.position]
		if !column.Unique || v == nil {
			continue
		}
		mark := column.physical + string(column.appendJSON(nil, v))
		there := c.taken[mark]
		if suspects[column] && !there {
			if there, err = c.exists(column.physical+" = ?", []any{v}); err != nil {
				return err
			}
		}
		if there {
			c.problems[i] = append(c.problems[i], problem("", column.Name, errTaken))
		}
		marks = append(marks, mark)
	}
	if len(c.problems[i]) == 0 {
		for _, mark := range marks {
			c.taken[mark] = true
		}
	}
	return nil
}

// stored reports whether any record has one of the new values: mostly none has.
func (c *checking) stored(column *column) (bool, error) {
	var values []any
	for i, r := range c.rows {
		if v := r.row[column.position]; v != nil && len(c.problems[i]) == 0 {
			values = append(values, v)
		}
	}
	for len(values) > 0 {
		part := values[:min(len(values), maxIn)]
		values = values[len(part):]
		if there, err := c.exists(among(column.physical, &part), part); err != nil || there {
			return there, err
		}
	}
	return false, nil
}

func (c *checking) exists(where string, args []any) (bool, error) {
	var count int
	err := c.reader.QueryRow("SELECT COUNT(*) FROM (SELECT 1 FROM "+c.physical+" WHERE "+where+" LIMIT 1) found", args...).Scan(&count)
	if err != nil {
		return false, fmt.Errorf("look for taken values of %s: %w", c.collection.Name, err)
	}
	return count > 0, nil
}

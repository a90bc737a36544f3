package store

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hookflow/hookflow"
)

// collect reads all rows of an answer.
func collect[T any](r Reader, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := r.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var items []T
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read a row: %w", err)
		}
		items = append(items, item)
	}
	return items, rows.Err()
}

// one reads the only row of an answer; none is CodeNotFound.
func one[T any](r Reader, scan func(Row) (T, error), what, query string, args ...any) (T, error) {
	item, err := scan(r.QueryRow(query, args...))
	if errors.Is(err, ErrNoRows) {
		return item, notFound(what)
	}
	if err != nil {
		return item, fmt.Errorf("read the %s: %w", what, err)
	}
	return item, nil
}

func notFound(what string) error {
	return hookflow.Errorf(hookflow.CodeNotFound, "there is no such %s", what)
}

func count(r Reader, query string, args ...any) (n int64, err error) {
	err = r.QueryRow(query, args...).Scan(&n)
	return n, err
}

// conditions gather the WHERE of a list.
type conditions struct {
	terms []string
	args  []any
}

func (c *conditions) add(term string, args ...any) {
	c.terms = append(c.terms, term)
	c.args = append(c.args, args...)
}

// where returns the clause, empty when everything is wanted.
func (c *conditions) where() string {
	if len(c.terms) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.terms, " AND ")
}

// page adds what a page needs and returns the rest of the query.
func (c *conditions) page(p Page, id string) (tail string, err error) {
	before, err := p.Before()
	if err != nil {
		return "", err
	}
	c.add(id+" < ?", before)
	tail = c.where() + " ORDER BY " + id + " DESC LIMIT ?"
	c.args = append(c.args, p.Size()+1)
	return tail, nil
}

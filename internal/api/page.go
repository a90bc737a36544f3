package api

import (
	"encoding/json"
	"strconv"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// Page are the parameters of every list. It is exported, as other embedded parameters are, since huma
// passes over embedded types that are not.
type Page struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"50" doc:"Most items"`
	Cursor string `query:"cursor" maxLength:"4096" doc:"nextCursor of the page before"`
	Count  bool   `query:"count" doc:"Also count all items"`
}

func (p *Page) store() store.Page { return store.Page{Limit: p.Limit, Cursor: p.Cursor} }

// list is a page's answer.
type list[T any] struct {
	Items      []T     `json:"items" nullable:"false"`
	NextCursor *string `json:"nextCursor" doc:"Of the next page; null on the last one"`
	Total      *int64  `json:"total,omitempty" doc:"How many there are in all, with count=true"`
}

type listOf[T any] struct{ Body list[T] }

// listed turns rows into items and counts them all when that is asked for.
func listed[R, T any](p *Page, rows []R, next string, item func(R) T, count func() (int64, error)) (*listOf[T], error) {
	out := &listOf[T]{list[T]{Items: make([]T, len(rows))}}
	for i, row := range rows {
		out.Body.Items[i] = item(row)
	}
	if next != "" {
		out.Body.NextCursor = &next
	}
	if p.Count {
		total, err := count()
		if err != nil {
			return nil, err
		}
		out.Body.Total = &total
	}
	return out, nil
}

// paged is a page of a list that is short enough to be read whole; its cursor is a place in it.
func paged[R, T any](p *Page, rows []R, item func(R) T) (*listOf[T], error) {
	from := 0
	if p.Cursor != "" {
		var err error
		if from, err = strconv.Atoi(p.Cursor); err != nil || from < 0 {
			return nil, hookflow.Invalid("the cursor is not one of this list")
		}
	}
	from = min(from, len(rows))
	to, next := len(rows), ""
	if to-from > p.Limit {
		to = from + p.Limit
		next = strconv.Itoa(to)
	}
	return listed(p, rows[from:to], next, item, func() (int64, error) { return int64(len(rows)), nil })
}

func itself[T any](item T) T { return item }

// document is an answer that is JSON already.
type document struct{ Body json.RawMessage }

package store

import (
	"github.com/hookflow/hookflow"
)

const (
	defaultLimit = 100
	// MaxLimit is the largest page.
	MaxLimit = 1000
)

// Page asks for one page of a list. A Limit of 0 is 100; the largest is
// MaxLimit. Cursor is "" or what came with the page before; the last page comes
// with "".
type Page struct {
	Limit  int
	Cursor string
}

// Size is how many items the page has at most.
func (p Page) Size() int {
	if p.Limit <= 0 {
		return defaultLimit
	}
	return min(p.Limit, MaxLimit)
}

// Before returns the ID below which the page begins.
func (p Page) Before() (hookflow.ID, error) {
	if p.Cursor == "" {
		return 1<<63 - 1, nil
	}
	id, err := hookflow.ParseID(p.Cursor)
	if err != nil {
		return 0, hookflow.Invalid("the cursor is not one of this list")
	}
	return id, nil
}

// cut takes one item more than the page holds and returns the page and its
// cursor.
func cut[T any](p Page, items []T, id func(T) hookflow.ID) ([]T, string) {
	if len(items) <= p.Size() {
		return items, ""
	}
	items = items[:p.Size()]
	return items, id(items[len(items)-1]).String()
}

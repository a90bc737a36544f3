package search

import (
	"context"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// budget bounds what is read before there is an answer: about a fifth of a second.
type budget struct{ rows, bytes int }

var (
	pageBudget  = budget{rows: 5_000, bytes: 16 << 20}
	countBudget = budget{rows: 10_000, bytes: 32 << 20}
)

// chunk is how many rows are asked for at once.
const chunk = 500

// Found is a page of what was found.
type Found struct {
	Deliveries []hookflow.Delivery // without headers, report and answer
	Next       string              // the cursor of the next page, "" when there is none
	Scanned    int                 // how many deliveries were read for it; 0 when an index knew
	SearchedTo time.Time           // when the last of them came in; zero when an index knew, or all were read
}

// Find returns a page, newest first. When what deliveries hold is looked for, it reads so many at
// most: the page may then have fewer items than asked for, none even, and still a Next.
func (q *Query) Find(ctx context.Context, s *store.Store, page store.Page) (Found, error) {
	if !q.reads() {
		items, next, err := s.Deliveries(ctx, q.rows, page)
		return Found{Deliveries: items, Next: next}, err
	}
	before, err := page.Before()
	if err != nil {
		return Found{}, err
	}
	var found Found
	r := &reading{query: q, store: s, before: before, backward: true, left: pageBudget}
	err = r.each(ctx, func(d *hookflow.Delivery, matches bool) bool {
		if !matches {
			return true
		}
		d.Headers = nil
		found.Deliveries = append(found.Deliveries, *d)
		return len(found.Deliveries) <= page.Size()
	})
	found.Scanned = r.scanned
	if len(found.Deliveries) > page.Size() {
		found.Deliveries = found.Deliveries[:page.Size()]
		r.last, r.exhausted = found.Deliveries[page.Size()-1].ID, false
	}
	if !r.exhausted {
		found.Next, found.SearchedTo = r.last.String(), r.last.Time()
	}
	return found, err
}

// Count counts what Find finds. It is not exact, but too small, when that cannot be said without
// reading too much.
func (q *Query) Count(ctx context.Context, s *store.Store) (n int64, exact bool, err error) {
	if !q.reads() {
		n, err = s.CountDeliveries(ctx, q.rows)
		return n, true, err
	}
	r := &reading{query: q, store: s, backward: true, left: countBudget}
	err = r.each(ctx, func(_ *hookflow.Delivery, matches bool) bool {
		if matches {
			n++
		}
		return true
	})
	return n, r.exhausted, err
}

// Next visits what it finds among the deliveries after an ID and before another one, the oldest
// first, until visit wants no more or so many were read. It returns the last ID it has looked at, and
// whether there are no more. A before of zero is no bound.
func (q *Query) Next(ctx context.Context, s *store.Store, after, before hookflow.ID, visit func(*hookflow.Delivery) bool) (last hookflow.ID, exhausted bool, err error) {
	return q.Each(ctx, s, after, before, func(d *hookflow.Delivery, matches bool) bool { return !matches || visit(d) })
}

// Each is Next for those who also want to know what was looked at and does not match.
func (q *Query) Each(ctx context.Context, s *store.Store, after, before hookflow.ID, look func(d *hookflow.Delivery, matches bool) bool) (last hookflow.ID, exhausted bool, err error) {
	r := &reading{query: q, store: s, after: after, before: before, last: after, left: pageBudget}
	err = r.each(ctx, look)
	return r.last, r.exhausted, err
}

// Latest are the IDs of the newest deliveries between two others, newest first, that Each would look
// at.
func (q *Query) Latest(ctx context.Context, s *store.Store, after, before hookflow.ID, limit int) ([]hookflow.ID, error) {
	return s.DeliveryIDs(ctx, store.Scan{Filter: q.rows, After: after, Before: before, Backward: true, Limit: limit})
}

// reading goes through deliveries in chunks, each short, since a reader of a database holds something
// up.
type reading struct {
	query         *Query
	store         *store.Store
	after, before hookflow.ID
	backward      bool
	left          budget

	last      hookflow.ID // looked at
	scanned   int
	exhausted bool // all have been looked at
}

func (r *reading) each(ctx context.Context, look func(d *hookflow.Delivery, matches bool) bool) error {
	for r.left.rows > 0 && r.left.bytes > 0 {
		goOn, err := r.chunk(ctx, look)
		if err != nil || !goOn {
			return err
		}
	}
	return nil
}

// chunk reports whether to go on.
func (r *reading) chunk(ctx context.Context, look func(d *hookflow.Delivery, matches bool) bool) (goOn bool, err error) {
	goOn = true
	rows, whole := 0, r.query.reads()
	limit := min(chunk, r.left.rows)
	q := store.Scan{Filter: r.query.rows, After: r.after, Before: r.before, Backward: r.backward, Limit: limit, Whole: whole}
	err = r.store.ScanDeliveries(ctx, q, func(d *hookflow.Delivery, body []byte) bool {
		rows++
		r.advance(d.ID, len(body))
		goOn = look(d, !whole || r.query.matches(d, body))
		return goOn && r.left.bytes > 0
	})
	if err == nil && goOn && rows < limit && r.left.bytes > 0 {
		r.exhausted, goOn = true, false
	}
	return goOn, err
}

func (r *reading) advance(id hookflow.ID, bytes int) {
	r.last = id
	r.scanned++
	r.left.rows--
	r.left.bytes -= bytes
	if r.backward {
		r.before = id
	} else {
		r.after = id
	}
}

package search_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/store"
)

func databases(t *testing.T, run func(*testing.T, *store.Store)) {
	t.Helper()
	for name, options := range map[string]func() store.Options{
		"sqlite":   func() store.Options { return store.Options{Path: t.TempDir() + "/hookflow.db"} },
		"postgres": func() store.Options { return store.Options{URL: pgtest.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options()
			o.Clock, o.Logger = time.Now, slog.New(slog.DiscardHandler)
			s, err := store.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			run(t, s)
		})
	}
}

// deliver stores what a webhook would have.
func deliver(t *testing.T, s *store.Store, body string, change func(*hookflow.Delivery)) hookflow.ID {
	t.Helper()
	d := &hookflow.Delivery{
		ID: s.IDs().Next(), ReceivedAt: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), Method: "POST", URL: "https://h.example/api/webhooks/a",
		Path: "a", Pattern: "a", IP: "192.0.2.1", Headers: []hookflow.Header{{Name: "Content-Type", Value: "application/json"}},
		BodySize: int64(len(body)), Outcome: hookflow.OutcomeAccepted, Status: 200,
	}
	if change != nil {
		change(d)
	}
	packed, err := store.PackDelivery(d, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertDelivery(packed) }); err != nil {
		t.Fatal(err)
	}
	return d.ID
}

// view hides the word hush, and what the header X-Token holds.
var view = search.View{
	URL:  func(s string) string { return strings.ReplaceAll(s, "hush", "••••") },
	Text: func(s string) string { return strings.ReplaceAll(s, "hush", "••••") },
	Headers: func(headers []hookflow.Header) []hookflow.Header {
		shown := append([]hookflow.Header{}, headers...)
		for i, h := range shown {
			if h.Name == "X-Token" {
				shown[i].Value = "••••"
			}
		}
		return shown
	},
}

func query(t *testing.T, f search.Filter) *search.Query {
	t.Helper()
	q, problems := f.Query(view)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return &q
}

func TestFind(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, s *store.Store) {
		order := deliver(t, s, `{"order":{"id":42,"items":[{"sku":"A-1"},{"sku":"B-2"}]},"note":"Größe"}`, nil)
		big := deliver(t, s, `{"pad":"`+strings.Repeat("padding ", 1000)+`","last":"Needle"}`, nil) // compressed
		form := deliver(t, s, "order[id]=42&token=hush", func(d *hookflow.Delivery) {
			d.Headers = []hookflow.Header{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}, {Name: "X-Token", Value: "letmein"}, {Name: "X-Event", Value: "Push"}}
			d.URL += "?city=Bonn"
		})
		refused := deliver(t, s, `{"broken`, func(d *hookflow.Delivery) {
			d.Outcome, d.Reason, d.Detail, d.Status, d.IP = hookflow.OutcomeRejected, hookflow.ReasonMalformed, "Unexpected end", 400, "2001:db8::7"
		})
		for name, test := range map[string]struct {
			filter search.Filter
			want   []hookflow.ID
		}{
			"all":                       {search.Filter{}, []hookflow.ID{refused, form, big, order}},
			"outcome":                   {search.Filter{Outcome: hookflow.OutcomeRejected}, []hookflow.ID{refused}},
			"status":                    {search.Filter{Status: 400}, []hookflow.ID{refused}},
			"method, whatever its case": {search.Filter{Method: "post", Reason: hookflow.ReasonMalformed}, []hookflow.ID{refused}},
			"address":                   {search.Filter{Q: "DB8::7"}, []hookflow.ID{refused}},
			"detail":                    {search.Filter{Q: "unexpected END"}, []hookflow.ID{refused}},
			"url":                       {search.Filter{Q: "city=bonn"}, []hookflow.ID{form}},
			"header text":               {search.Filter{Q: "x-event: push"}, []hookflow.ID{form}},
			"body text":                 {search.Filter{Q: "GRÖSSE"}, nil},
			"body text, folded":         {search.Filter{Q: "GRÖßE"}, []hookflow.ID{order}},
			"compressed body":           {search.Filter{Q: "needle"}, []hookflow.ID{big}},
			"no wildcards":              {search.Filter{Q: "needl%"}, nil},
			"broken body":               {search.Filter{Q: `{"bro`}, []hookflow.ID{refused}},
			"header":                    {search.Filter{InHeader: "content-type:form"}, []hookflow.ID{form}},
			"header there":              {search.Filter{InHeader: "x-event"}, []hookflow.ID{form}},
			"member":                    {search.Filter{InBody: "order.id:42"}, []hookflow.ID{form, order}},
			"member of a list":          {search.Filter{InBody: "order.items.sku:b-2"}, []hookflow.ID{order}},
			"member there":              {search.Filter{InBody: "note"}, []hookflow.ID{order}},
			"member by part":            {search.Filter{InBody: "order.id:4"}, nil},
			"both":                      {search.Filter{InBody: "order.id:42", Q: "bonn"}, []hookflow.ID{form}},
			"what is masked":            {search.Filter{Q: "letmein"}, nil},
			"a masked header":           {search.Filter{InHeader: "X-Token:let"}, nil},
			"a secret":                  {search.Filter{Q: "hush"}, nil},
			"a secret member":           {search.Filter{InBody: "token:hush"}, nil},
			"newer than all":            {search.Filter{From: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Q: "a"}, nil},
		} {
			q := query(t, test.filter)
			found, err := q.Find(t.Context(), s, store.Page{})
			if err != nil || found.Next != "" {
				t.Errorf("%s: next %q, %v", name, found.Next, err)
			}
			var ids []hookflow.ID
			for _, d := range found.Deliveries {
				ids = append(ids, d.ID)
			}
			if diff := cmp.Diff(test.want, ids); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			if n, exact, err := q.Count(t.Context(), s); n != int64(len(test.want)) || !exact || err != nil {
				t.Errorf("%s: counted %d, exact %v, %v", name, n, exact, err)
			}
		}
	})
}

func TestBadFilters(t *testing.T) {
	t.Parallel()
	for pointer, filter := range map[string]search.Filter{
		"/execution": {Execution: "nonsense"}, "/replayOf": {ReplayOf: "7"}, "/body": {InBody: "a..b:1"},
	} {
		if _, problems := filter.Query(view); len(problems) != 1 || problems[0].Pointer != pointer {
			t.Errorf("%s: %v", pointer, problems)
		}
	}
}

// A search reads a bounded piece, says so, and goes on from there; a page is neither repeated nor
// left out.
func TestPages(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, s *store.Store) {
		heavy := string(bytes.Repeat([]byte("x"), 6<<20))
		var want []hookflow.ID
		for i := range 12 {
			body := fmt.Sprintf(`{"n":%d,"pad":%q}`, i, heavy)
			if i%4 == 0 {
				body = `{"n":"needle"}`
			}
			if id := deliver(t, s, body, nil); i%4 == 0 {
				want = append([]hookflow.ID{id}, want...)
			}
		}
		q := query(t, search.Filter{Q: "needle"})
		var found []hookflow.ID
		pages, scanned := 0, 0
		for page := (store.Page{Limit: 2}); pages == 0 || page.Cursor != ""; pages++ {
			part, err := q.Find(t.Context(), s, page)
			if err != nil || len(part.Deliveries) > 2 || pages > 12 {
				t.Fatalf("page %d: %d items, %v", pages, len(part.Deliveries), err)
			}
			if part.SearchedTo.IsZero() != (part.Next == "") {
				t.Errorf("page %d: searched to %s, next %q", pages, part.SearchedTo, part.Next)
			}
			for _, d := range part.Deliveries {
				found = append(found, d.ID)
			}
			page.Cursor, scanned = part.Next, scanned+part.Scanned
		}
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("found (-want +got):\n%s", diff)
		}
		if pages < 3 || scanned != 12 {
			t.Errorf("%d deliveries of 6 MiB were read in %d pages", scanned, pages)
		}
		if n, exact, err := q.Count(t.Context(), s); exact && n != 3 || err != nil {
			t.Errorf("counted %d, exact %v, %v", n, exact, err)
		}

		var forward []hookflow.ID
		for after, done := hookflow.ID(0), false; !done; {
			var err error
			after, done, err = q.Next(t.Context(), s, after, want[0], func(d *hookflow.Delivery) bool {
				forward = append(forward, d.ID)
				return false
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff([]hookflow.ID{want[2], want[1]}, forward); diff != "" {
			t.Errorf("forward (-want +got):\n%s", diff)
		}
	})
}

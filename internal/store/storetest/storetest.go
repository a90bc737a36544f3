// Package storetest holds what every database behind package store must do.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// Exercise runs the suite; open returns an empty database.
func Exercise(t *testing.T, open func(t *testing.T) *store.Store) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, *store.Store)
	}{
		{"a write is seen when it returns", seenOnReturn},
		{"a part sees its own writes", ownWrites},
		{"an error takes back its own part", ownError},
		{"an ignored failure fails the part", ignoredFailure},
		{"an expectation that fails", expectation},
		{"bad parts among 200", poisonedBatch},
		{"a query that breaks", brokenQuery},
		{"a panic fails its part", panics},
		{"hooks run in order, once, after commits only", hooks},
		{"values come back as they went in", roundTrip},
		{"question marks in quotes are text", quotes},
		{"a view does not change", view},
		{"too many writes", overload},
		{"giving up while waiting", giveUp},
		{"a closed store", closed},
		{"watch", watch},
		{"schema", schema},
		{"unique violations are told apart", unique},
		{"ids", ids},
		{"workflows", workflows},
		{"endpoints", endpoints},
		{"revisions", revisions},
		{"deliveries", deliveries},
		{"bodies", bodies},
		{"delivery filters", deliveryFilters},
		{"delivery pages", deliveryPages},
		{"sealed deliveries", sealedDelivery},
		{"more delivery filters", moreDeliveryFilters},
		{"scans of deliveries", scans},
		{"executions of a delivery", executionsOfDelivery},
		{"replays", replays},
		{"old rows", oldRows},
		{"published documents", publishedDocuments},
		{"executions", executions},
		{"execution filters", executionFilters},
		{"commits", commits},
		{"fencing", fencing},
		{"ending from outside", ending},
		{"claims", claims},
		{"claims at once", claimsAtOnce},
		{"claims of a part that fails", claimsFail},
		{"claims expire", claimsExpire},
		{"ip sets", ipSets},
		{"files", files},
		{"uploads", uploads},
		{"idle files", idleFiles},
		{"bodies with files", sentBodies},
		{"channels", channels},
		{"samples", samples},
		{"tests", tests},
		{"listeners", listeners},
		{"drafted workflows", drafted},
		{"env", env},
		{"users", users},
		{"sessions", sessions},
		{"logins", logins},
		{"api keys", apiKeys},
		{"audit", audit},
		{"meta", meta},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, open(t))
		})
	}
}

// now is when everything in the suite happens.
var now = time.Date(2026, 11, 23, 12, 0, 0, 123456000, time.UTC)

func write(t *testing.T, s *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), fn); err != nil {
		t.Fatalf("write: %v", err)
	}
}

// ok fails the test on an error: ok(t)(f()) gives f's result.
func ok[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func same(t *testing.T, what string, got, want any, options ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, options...); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func wantCode(t *testing.T, err error, code hookflow.Code) {
	t.Helper()
	if err == nil || hookflow.CodeOf(err) != code {
		t.Errorf("got error %v, want code %s", err, code)
	}
}

// numbers makes a table n of numbers that are all different.
func numbers(t *testing.T, s *store.Store) {
	t.Helper()
	err := s.Schema(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec("CREATE TABLE numbers (n BIGINT NOT NULL UNIQUE)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func add(tx *store.Tx, n int) error {
	_, err := tx.Exec("INSERT INTO numbers (n) VALUES (?)", n)
	return err
}

func stored(t *testing.T, s *store.Store) []int {
	t.Helper()
	rows := ok[store.Rows](t)(s.Query(t.Context(), "SELECT n FROM numbers ORDER BY n"))
	defer rows.Close()
	var all []int
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func seenOnReturn(t *testing.T, s *store.Store) {
	numbers(t, s)
	var callers sync.WaitGroup
	for i := range 50 {
		callers.Go(func() {
			if err := s.Write(t.Context(), func(tx *store.Tx) error { return add(tx, i) }); err != nil {
				t.Errorf("write: %v", err)
			}
			var n int
			if err := s.QueryRow(t.Context(), "SELECT n FROM numbers WHERE n = ?", i).Scan(&n); err != nil {
				t.Errorf("%d was not seen: %v", i, err)
			}
		})
	}
	callers.Wait()
}

func ownWrites(t *testing.T, s *store.Store) {
	numbers(t, s)
	write(t, s, func(tx *store.Tx) error {
		tx.Queue("INSERT INTO numbers (n) VALUES (?)", 1)
		var n int
		if err := tx.QueryRow("SELECT n FROM numbers").Scan(&n); err != nil || n != 1 {
			return fmt.Errorf("read %d, %w", n, err)
		}
		rows, err := tx.Exec("UPDATE numbers SET n = n + ?", 1)
		if err != nil || rows != 1 {
			return fmt.Errorf("updated %d rows, %w", rows, err)
		}
		if err := tx.QueryRow("SELECT n FROM numbers WHERE n = 7").Scan(&n); !errors.Is(err, store.ErrNoRows) {
			return fmt.Errorf("got %w, want ErrNoRows", err)
		}
		return nil
	})
	same(t, "stored", stored(t, s), []int{2})
}

var errOwn = errors.New("the caller's own error")

func ownError(t *testing.T, s *store.Store) {
	numbers(t, s)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		if err := add(tx, 1); err != nil {
			return err
		}
		return errOwn
	})
	if err != errOwn { //nolint:errorlint // it must come back as it is
		t.Errorf("got %v", err)
	}
	write(t, s, func(tx *store.Tx) error { return add(tx, 2) })
	same(t, "stored", stored(t, s), []int{2})
}

func ignoredFailure(t *testing.T, s *store.Store) {
	numbers(t, s)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		_ = add(tx, 1)
		_ = add(tx, 1)
		return nil
	})
	if _, is := store.IsUnique(err); !is {
		t.Errorf("got %v, want a unique violation", err)
	}
	same(t, "stored", stored(t, s), []int(nil))
}

func expectation(t *testing.T, s *store.Store) {
	numbers(t, s)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		tx.Queue("INSERT INTO numbers (n) VALUES (1)")
		tx.QueueExpect(1, errOwn, "UPDATE numbers SET n = 3 WHERE n = 2")
		return nil
	})
	if !errors.Is(err, errOwn) {
		t.Errorf("got %v", err)
	}
	same(t, "stored", stored(t, s), []int(nil))
}

func poisonedBatch(t *testing.T, s *store.Store) {
	numbers(t, s)
	write(t, s, func(tx *store.Tx) error { return add(tx, 77) })
	open := block(t, s)
	var callers sync.WaitGroup
	var committed, failures atomic.Int32
	for i := range 200 {
		callers.Go(func() {
			err := s.Write(t.Context(), func(tx *store.Tx) error {
				tx.OnCommit(func() { committed.Add(1) })
				switch {
				case i == 76:
					tx.Queue("INSERT INTO nowhere (n) VALUES (?)", i)
					return nil
				case i == 78: // breaks after a statement that breaks
					tx.Queue("INSERT INTO numbers (n) VALUES (77)")
					return errOwn
				case i%2 == 0:
					tx.Queue("INSERT INTO numbers (n) VALUES (?)", i)
					return nil
				}
				return add(tx, i)
			})
			_, isConflict := store.IsUnique(err)
			switch {
			case i == 77 && isConflict, i == 76 && hookflow.CodeOf(err) == hookflow.CodeInternal, i == 78 && err != nil:
				failures.Add(1)
			case err != nil:
				t.Errorf("write %d: %v", i, err)
			}
		})
	}
	open()
	callers.Wait()
	same(t, "commits and failures", []int32{committed.Load(), failures.Load()}, []int32{197, 3})
	same(t, "numbers stored", len(stored(t, s)), 198)
}

// block keeps the writers busy until the returned function is called.
func block(t *testing.T, s *store.Store) (open func()) {
	const enough = 16
	gate, started := make(chan struct{}), make(chan struct{}, enough*2)
	var blocked sync.WaitGroup
	for range enough {
		blocked.Go(func() {
			err := s.Write(t.Context(), func(*store.Tx) error {
				select {
				case started <- struct{}{}:
				default:
				}
				<-gate
				return nil
			})
			if err != nil {
				t.Errorf("blocking write: %v", err)
			}
		})
	}
	<-started
	return sync.OnceFunc(func() {
		close(gate)
		blocked.Wait()
	})
}

func brokenQuery(t *testing.T, s *store.Store) {
	numbers(t, s)
	var callers sync.WaitGroup
	for i := range 20 {
		callers.Go(func() {
			err := s.Write(t.Context(), func(tx *store.Tx) error {
				if i == 7 {
					var n int
					return tx.QueryRow("SELECT 1 / (count(*) - count(*)) FROM numbers").Scan(&n)
				}
				return add(tx, i)
			})
			if (err != nil) != (i == 7) || err != nil && hookflow.CodeOf(err) != hookflow.CodeInternal {
				t.Errorf("write %d: %v", i, err)
			}
		})
	}
	callers.Wait()
	same(t, "numbers stored", len(stored(t, s)), 19)
}

func panics(t *testing.T, s *store.Store) {
	numbers(t, s)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		_ = add(tx, 1)
		panic("broken")
	})
	wantCode(t, err, hookflow.CodeInternal)
	write(t, s, func(tx *store.Tx) error { return add(tx, 2) })
	same(t, "stored", stored(t, s), []int{2})
}

func hooks(t *testing.T, s *store.Store) {
	numbers(t, s)
	var ran []int
	for i := range 10 {
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			tx.OnCommit(func() { ran = append(ran, 10*i) })
			tx.OnCommit(func() {
				var n int
				if err := s.QueryRow(t.Context(), "SELECT n FROM numbers WHERE n = ?", i).Scan(&n); err != nil {
					t.Errorf("the hook ran before the commit: %v", err)
				}
				ran = append(ran, 10*i+1)
			})
			if err := add(tx, i); err != nil || i == 5 {
				return errors.Join(err, errOwn)
			}
			return nil
		})
		if (err != nil) != (i == 5) {
			t.Errorf("write %d: %v", i, err)
		}
	}
	same(t, "hooks", ran, []int{0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 60, 61, 70, 71, 80, 81, 90, 91})
}

func roundTrip(t *testing.T, s *store.Store) {
	err := s.Schema(t.Context(), func(tx *store.Tx) error {
		bytes := map[store.Dialect]string{store.SQLite: "BLOB", store.Postgres: "BYTEA"}[tx.Dialect()]
		_, err := tx.Exec("CREATE TABLE kinds (id BIGINT, other BIGINT, big BIGINT, b BOOLEAN, s TEXT, status TEXT, data " + bytes + ", none " + bytes + ", empty " + bytes + ")")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	type kinds struct {
		ID, Other         hookflow.ID
		Big               int64
		B                 bool
		S                 string
		Status            hookflow.Status
		Data, None, Empty []byte
	}
	in := kinds{ID: 1 << 62, Big: 1<<63 - 1, B: true, S: "日本 ' \" ? $1 \\", Status: hookflow.StatusQueued, Data: []byte{0, 1, 255, 0}, Empty: []byte{}}
	write(t, s, func(tx *store.Tx) error {
		_, err := tx.Exec("INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", in.ID, in.Other, in.Big, in.B, in.S, in.Status, in.Data, in.None, in.Empty)
		return err
	})
	var out kinds
	err = s.QueryRow(t.Context(), "SELECT id, other, big, b, s, status, data, none, empty FROM kinds WHERE other IS NULL AND none IS NULL AND empty IS NOT NULL").
		Scan(&out.ID, &out.Other, &out.Big, &out.B, &out.S, &out.Status, &out.Data, &out.None, &out.Empty)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "row", out, in, cmpopts.EquateEmpty())
}

func quotes(t *testing.T, s *store.Store) {
	var a, b string
	err := s.QueryRow(t.Context(), `SELECT 'a?''?' AS "c?", CAST(? AS TEXT)`, "x").Scan(&a, &b)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "texts", []string{a, b}, []string{"a?'?", "x"})
}

func view(t *testing.T, s *store.Store) {
	numbers(t, s)
	err := s.View(t.Context(), func(r store.Reader) error {
		for range 2 {
			var n int
			if err := r.QueryRow("SELECT count(*) FROM numbers").Scan(&n); err != nil || n != 0 {
				return fmt.Errorf("%d numbers, %w", n, err)
			}
			if err := s.Write(t.Context(), func(tx *store.Tx) error { return add(tx, 1) }); err != nil {
				break // the second time it is there already
			}
		}
		return errOwn
	})
	if !errors.Is(err, errOwn) {
		t.Errorf("view: %v", err)
	}
	same(t, "stored", stored(t, s), []int{1})
}

func overload(t *testing.T, s *store.Store) {
	numbers(t, s)
	open := block(t, s)
	const callers = 7000
	results := make(chan error, callers)
	for i := range callers {
		go func() { results <- s.Write(t.Context(), func(tx *store.Tx) error { return add(tx, i) }) }()
	}
	err := <-results // nothing but a refusal returns while the writers are blocked
	wantCode(t, err, hookflow.CodeOverloaded)
	open()
	done := 0
	for range callers - 1 {
		if err := <-results; err == nil {
			done++
		} else {
			wantCode(t, err, hookflow.CodeOverloaded)
		}
	}
	same(t, "numbers stored", len(stored(t, s)), done)
}

func giveUp(t *testing.T, s *store.Store) {
	open := block(t, s)
	defer open()
	ctx, cancel := context.WithCancel(t.Context())
	const callers = 20 // more than the writers could have taken before they were blocked
	results := make(chan error, callers)
	var ran atomic.Int32
	for range callers {
		go func() {
			results <- s.Write(ctx, func(*store.Tx) error { ran.Add(1); return nil })
		}()
	}
	cancel()
	canceled := 0
	for range callers {
		if errors.Is(<-results, context.Canceled) {
			canceled++
		}
	}
	open()
	write(t, s, func(*store.Tx) error { return nil })
	same(t, "parts that ran", int(ran.Load()), callers-canceled)
}

func closed(t *testing.T, s *store.Store) {
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	wantCode(t, s.Write(t.Context(), func(*store.Tx) error { return nil }), hookflow.CodeOverloaded)
	if err := s.Close(); err != nil {
		t.Errorf("close again: %v", err)
	}
}

func watch(t *testing.T, s *store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	here, too := s.Watch(ctx, "here"), s.Watch(ctx, "here")
	write(t, s, func(tx *store.Tx) error {
		tx.Notify("here")
		tx.Notify("here")
		return nil
	})
	<-here
	<-too
}

func schema(t *testing.T, s *store.Store) {
	err := s.Schema(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec("CREATE TABLE gone (n BIGINT)")
		return errors.Join(err, errOwn)
	})
	if !errors.Is(err, errOwn) {
		t.Errorf("got %v", err)
	}
	err = s.Schema(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Exec("CREATE TABLE gone (other TEXT)"); err != nil {
			return err
		}
		tx.Queue("ALTER TABLE gone ADD COLUMN more TEXT")
		tx.Queue("INSERT INTO hf_meta (key, value) VALUES ('a', 'b')")
		_, err := tx.Exec("INSERT INTO gone (other, more) VALUES ('x', 'y')")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, func(tx *store.Tx) error {
		rows, err := tx.Exec("UPDATE gone SET other = 'z' WHERE more = 'y'")
		if rows != 1 {
			t.Errorf("%d rows", rows)
		}
		return err
	})
}

func unique(t *testing.T, s *store.Store) {
	numbers(t, s)
	err := s.Write(t.Context(), func(tx *store.Tx) error { return errors.Join(add(tx, 1), add(tx, 1)) })
	constraint, is := store.IsUnique(err)
	want := map[store.Dialect]string{store.SQLite: "numbers.n", store.Postgres: "numbers_n_key"}[s.Dialect()]
	same(t, "constraint", constraint, want)
	if !is {
		t.Errorf("not unique: %v", err)
	}
	err = s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec("INSERT INTO numbers (n) VALUES (NULL)")
		return err
	})
	if _, is := store.IsUnique(err); is || err == nil {
		t.Errorf("a NULL in a NOT NULL column: %v", err)
	}
}

func ids(t *testing.T, s *store.Store) {
	const each = 1000
	var makers sync.WaitGroup
	made := make([][]hookflow.ID, 4)
	for i := range made {
		makers.Go(func() {
			for range each {
				made[i] = append(made[i], s.IDs().Next())
			}
		})
	}
	makers.Wait()
	all := slices.Concat(made...)
	slices.Sort(all)
	same(t, "different ids", len(slices.Compact(all)), each*len(made))
	if s.ProcessID() == "" {
		t.Error("the process has no name")
	}
}

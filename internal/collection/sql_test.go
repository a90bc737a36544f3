package collection_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// shop has customers with orders.
func (f fixture) shop(t testing.TB) {
	t.Helper()
	f.save(t, "customers",
		hookflow.Field{Name: "name", Type: "string", Unique: true},
		hookflow.Field{Name: "vip", Type: "boolean"},
	)
	f.save(t, "orders",
		hookflow.Field{Name: "no", Type: "integer", Required: true},
		hookflow.Field{Name: "total", Type: "decimal"},
		hookflow.Field{Name: "state", Type: "select", Default: []byte(`"new"`), Options: &hookflow.FieldOptions{Choices: []string{"new", "paid"}}},
		hookflow.Field{Name: "due", Type: "datetime"},
		hookflow.Field{Name: "extra", Type: "json"},
		hookflow.Field{Name: "customer", Type: "relation", Options: &hookflow.FieldOptions{Collection: "customers"}},
	)
	ann := f.create(t, "customers", `{"name": "Ann", "vip": true}`).Get("id").Text()
	f.create(t, "customers", `{"name": "Bob"}`)
	f.create(t, "orders", `[
		{"no": 1, "total": 10.50, "customer": "`+ann+`", "due": "2026-03-01T08:00:00+08:00", "extra": {"b": 1, "a": [2]}},
		{"no": 2, "total": 9.5, "customer": "`+ann+`", "state": "paid", "due": "2026-02-01T00:00:00.5Z"},
		{"no": 3, "total": 100}
	]`)
}

func (f fixture) sql(t testing.TB, sql, params string) value.Value {
	t.Helper()
	rows, err := f.SQL(t.Context(), collection.Statement{SQL: sql, Params: value.Raw(params)})
	if err != nil {
		t.Errorf("%s: %v", sql, err)
	}
	return rows
}

func (f fixture) sqlIn(t testing.TB, sql, params string) (result value.Value, err error) {
	t.Helper()
	err = f.store.Write(t.Context(), func(tx *store.Tx) error {
		result, err = f.SQLIn(tx, collection.Writer{}, collection.Statement{SQL: sql, Params: value.Raw(params), Write: true})
		return err
	})
	return result, err
}

func testSQL(t *testing.T, f fixture) {
	f.shop(t)
	tests := []struct{ sql, want string }{
		{`SELECT no, total, extra FROM orders ORDER BY no LIMIT 2`, `[{"no":1,"total":10.50,"extra":{"b": 1, "a": [2]}},{"no":2,"total":9.5,"extra":null}]`},
		{`select name, vip from customers order by name;`, `[{"name":"Ann","vip":true},{"name":"Bob","vip":null}]`},
		{`SELECT c.name, COUNT(*) AS orders FROM orders o JOIN customers c ON c.id = o.customer GROUP BY c.name`, `[{"name":"Ann","orders":2}]`},
		{`SELECT no FROM orders WHERE total > 9.6 ORDER BY total DESC -- dearest first`, `[{"no":3},{"no":1}]`},
		{`SELECT no FROM orders WHERE due < '2026-02-15' AND due >= '2026-02-01T08:00:00+08:00'`, `[{"no":2}]`},
		{`SELECT o."no" AS "the /* no */ ?" FROM "orders" AS o WHERE state = 'paid'`, `[{"the /* no */ ?":2}]`},
		{`WITH big AS (SELECT no, total FROM orders WHERE total >= 10) SELECT MAX(no) AS no FROM big`, `[{"no":3}]`},
		{`WITH orders (x) AS (SELECT 7) SELECT x FROM orders`, `[{"x":7}]`},
		{`SELECT CASE WHEN total IS NULL THEN 'none' ELSE 'some' END AS has, CAST(no AS text) AS text FROM orders WHERE no IN (3)`, `[{"has":"some","text":"3"}]`},
		{`SELECT name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders WHERE customer = c.id)`, `[{"name":"Bob"}]`},
		{`SELECT no, ROW_NUMBER() OVER (ORDER BY no DESC) AS place FROM orders ORDER BY place LIMIT 1`, `[{"no":3,"place":1}]`},
		{`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n`, `[{"i":1},{"i":2},{"i":3}]`},
		{`SELECT name || ' said ''hi''' AS said FROM customers WHERE lower(name) LIKE 'a%'`, `[{"said":"Ann said 'hi'"}]`},
	}
	for _, test := range tests {
		equal(t, test.sql, string(f.sql(t, test.sql, `{}`)), test.want)
	}
}

func testSQLParams(t *testing.T, f fixture) {
	f.shop(t)
	tests := []struct{ where, params, want string }{
		{`no = :no`, `{"no": 2}`, `2`},
		{`no = :no AND no = :no`, `{"no": 2}`, `2`},
		{`no IN (:list)`, `{"list": [1, 3, 9]}`, `1 3`},
		{`no IN (:list)`, `{"list": []}`, ``},
		{`total = :total`, `{"total": 10.5}`, `1`},
		{`total > :total`, `{"total": 9.75}`, `1 3`},
		{`state = :state`, `{"state": "paid"}`, `2`},
		{`state = :state`, `{"state": "paid' OR '1'='1"}`, ``},
		{`due > :due`, `{"due": "2026-02-20T00:00:00Z"}`, `1`},
		{`no = :null`, `{"null": null}`, ``},
		{`customer = (SELECT id FROM customers WHERE vip = :vip)`, `{"vip": true}`, `1 2`},
	}
	for _, test := range tests {
		rows := f.sql(t, "SELECT no FROM orders WHERE "+test.where+" ORDER BY no", test.params)
		var found []string
		for _, row := range rows.Items() {
			found = append(found, string(row.Get("no")))
		}
		equal(t, test.where+" "+test.params, strings.Join(found, " "), test.want)
	}
	_, err := f.SQL(t.Context(), collection.Statement{SQL: "SELECT :a", Params: value.Raw(`{}`)})
	fails(t, err, hookflow.CodeInvalid, "/params/a", "is missing")
}

// attacks try to reach what no statement may: system tables, files, settings, other sessions, and
// writes where only reading is allowed.
var attacks = []string{
	`SELECT * FROM hf_env`,
	`SELECT * FROM "hf_env"`,
	`SELECT * FROM main.hf_env`,
	`SELECT * FROM "main"."hf_env"`,
	`SELECT * FROM public.hf_env`,
	`SELECT * FROM "~hf_env"`,
	`SELECT * FROM """hf_env"""`,
	`SELECT * FROM "x" AS y, hf_users`,
	`SELECT no FROM orders UNION SELECT value FROM hf_env`,
	`SELECT no FROM orders UNION ALL SELECT password_hash FROM hf_users`,
	`SELECT (SELECT COUNT(*) FROM hf_sessions) FROM orders`,
	`WITH x AS (SELECT * FROM hf_api_keys) SELECT * FROM x`,
	`SELECT * FROM orders JOIN hf_env ON 1 = 1`,
	`SELECT * FROM sqlite_master`,
	`SELECT * FROM sqlite_schema`,
	`SELECT * FROM pragma_table_info('hf_env')`,
	`SELECT * FROM pragma_database_list`,
	`PRAGMA table_list`,
	`PRAGMA writable_schema = 1`,
	`ATTACH DATABASE '/etc/passwd' AS x`,
	`SELECT load_extension('/tmp/evil.so')`,
	`SELECT readfile('/etc/passwd')`,
	`SELECT writefile('/tmp/x', 'y')`,
	`SELECT hex(randomblob(1000000000))`,
	`SELECT zeroblob(1000000000)`,
	`SELECT fts3_tokenizer('x')`,
	`VACUUM INTO '/tmp/copy.db'`,
	`SELECT rowid FROM orders`,
	`SELECT * FROM pg_catalog.pg_authid`,
	`SELECT * FROM pg_shadow`,
	`SELECT * FROM information_schema.tables`,
	`SELECT pg_read_file('/etc/passwd')`,
	`SELECT "pg_read_file"('/etc/passwd')`,
	`SELECT pg_catalog.pg_read_file('/etc/passwd')`,
	`SELECT lo_import('/etc/passwd')`,
	`SELECT pg_sleep(60)`,
	`SELECT pg_terminate_backend(1)`,
	`SELECT set_config('role', 'postgres', false)`,
	`SELECT current_setting('data_directory')`,
	`SELECT query_to_xml('select * from hf_env', true, true, '')`,
	`SELECT dblink('dbname=postgres', 'select 1')`,
	`SELECT nextval('hf_x')`,
	`SELECT 'hf_env'::regclass`,
	`SELECT CAST('hf_env' AS regclass)`,
	`SELECT CAST(CAST('hf_env' AS text) AS regclass)`,
	`SELECT * INTO stolen FROM orders`,
	`SELECT * FROM orders FOR UPDATE`,
	`SELECT current_user FROM orders`,
	`SELECT version()`,
	`COPY orders TO '/tmp/x'`,
	`COPY (SELECT 1) TO PROGRAM 'id'`,
	`DO $$ BEGIN PERFORM 1; END $$`,
	`SELECT $1`,
	`SELECT ?`,
	`SELECT @x`,
	`SELECT E'\x27' FROM hf_env`,
	`SELECT U&"\0068f_env" FROM orders`,
	"SELECT * FROM `hf_env`",
	`SELECT * FROM [hf_env]`,
	`SELECT 1; DROP TABLE hf_env`,
	`SELECT 1;; SELECT 2`,
	`SELECT 1 /* ; */ ; DELETE FROM orders`,
	`SELECT 1) UNION SELECT * FROM hf_env --`,
	`SELECT 1) AS q; DELETE FROM hf_env; --`,
	`SELECT (1`,
	`SELECT 'open`,
	`SELECT "open`,
	"SELECT 1 \x00",
	"SELECT '\xff'",
	`INSERT INTO orders (no) VALUES (9)`,
	`UPDATE orders SET no = 9`,
	`DELETE FROM orders`,
	`WITH x AS (DELETE FROM orders RETURNING id) SELECT * FROM x`,
	`WITH x AS (INSERT INTO orders (no) VALUES (9) RETURNING id) SELECT * FROM x`,
	`EXPLAIN SELECT 1`,
	`BEGIN`,
	`COMMIT`,
	`ROLLBACK`,
	`SET ROLE postgres`,
	`LOCK TABLE hf_env`,
	`DROP TABLE orders`,
	`CREATE TABLE x (y text)`,
	`ALTER TABLE hf_env RENAME TO x`,
	`TABLE hf_env`,
	`VALUES ((SELECT 1 FROM hf_env))`,
	``,
	`;`,
}

func testSQLAttacks(t *testing.T, f fixture) {
	f.shop(t)
	for _, attack := range attacks {
		rows, err := f.SQL(t.Context(), collection.Statement{SQL: attack, Params: value.Raw(`{}`)})
		if code := hookflow.CodeOf(err); code != hookflow.CodeInvalid {
			t.Errorf("%s: %s, %v", attack, rows, err)
		}
	}
	physical := strings.NewReplacer("orders", f.physical(t), "no", "id")
	_, err := f.SQL(t.Context(), collection.Statement{SQL: physical.Replace("SELECT no FROM orders")})
	equal(t, "a table by its physical name", hookflow.CodeOf(err), hookflow.CodeInvalid)

	// Whatever a parameter holds is a value.
	for _, attack := range attacks {
		params := new(value.Object).Set("x", value.String(strings.ReplaceAll(strings.ToValidUTF8(attack, "?"), "\x00", ""))).Value()
		for _, sql := range []string{
			`SELECT no FROM orders WHERE state = :x`, `SELECT no FROM orders WHERE state IN (:x)`,
			`SELECT no FROM orders WHERE state LIKE :x`, `SELECT no FROM orders WHERE coalesce(state, :x) = :x || '!'`,
		} {
			equal(t, sql+" with "+attack, string(f.sql(t, sql, string(params))), "[]")
		}
	}
	equal(t, "orders", f.count(t, "orders", ""), 3)
}

// physical is the name of the first table of a user.
func (f fixture) physical(t testing.TB) string {
	t.Helper()
	var id hookflow.ID
	if err := f.store.QueryRow(t.Context(), "SELECT id FROM hf_collections LIMIT 1").Scan(&id); err != nil {
		t.Fatal(err)
	}
	return "ut_" + id.String()
}

func testSQLWrites(t *testing.T, f fixture) {
	f.shop(t)
	tests := []struct{ sql, params, want, check, holds string }{
		{`UPDATE orders SET total = total + 1, state = 'paid' WHERE no < :no`, `{"no": 3}`, `{"count":2}`, `SELECT no, state FROM orders WHERE total = 11.5`, `[{"no":1,"state":"paid"}]`},
		{`UPDATE orders AS o SET no = o.no + (SELECT COUNT(*) FROM customers)`, `{}`, `{"count":3}`, `SELECT MIN(no) AS no FROM orders`, `[{"no":3}]`},
		{`UPDATE customers SET vip = (name = 'Bob')`, `{}`, `{"count":2}`, `SELECT name FROM customers WHERE vip = true`, `[{"name":"Bob"}]`},
		{`INSERT INTO orders (no, total, extra) VALUES (:no, 1.10, :extra), (11, NULL, NULL)`, `{"no": 10, "extra": {"k": "v"}}`, `{"count":2}`, `SELECT no, state, extra FROM orders WHERE total = 1.1`, `[{"no":10,"state":"new","extra":{"k": "v"}}]`},
		{`INSERT INTO orders (no, customer) SELECT 20, id FROM customers WHERE name = 'Bob'`, `{}`, `{"count":1}`, `SELECT name FROM customers JOIN orders ON customer = customers.id WHERE no = 20`, `[{"name":"Bob"}]`},
		{`DELETE FROM orders WHERE no IN (:list)`, `{"list": [10, 11]}`, `{"count":2}`, `SELECT COUNT(*) AS n FROM orders`, `[{"n":4}]`},
		{`DELETE FROM orders AS o WHERE EXISTS (SELECT 1 FROM customers WHERE id = o.customer)`, `{}`, `{"count":3}`, `SELECT COUNT(*) AS n FROM orders`, `[{"n":1}]`},
		{`SELECT COUNT(*) AS n FROM orders`, `{}`, `[{"n":1}]`, `SELECT 1 AS one`, `[{"one":1}]`},
	}
	for _, test := range tests {
		result, err := f.sqlIn(t, test.sql, test.params)
		if err != nil || string(result) != test.want {
			t.Errorf("%s: %s, %v", test.sql, result, err)
		}
		equal(t, test.check, string(f.sql(t, test.check, `{}`)), test.holds)
	}
}

func testRefusedSQLWrites(t *testing.T, f fixture) {
	f.shop(t)
	tests := []struct{ sql, want string }{
		{`UPDATE hf_env SET value = 1`, "there is no collection"},
		{`DELETE FROM hf_users`, "there is no collection"},
		{`INSERT INTO hf_env (name) VALUES ('x')`, "there is no collection"},
		{`INSERT INTO main.orders (no) VALUES (1)`, "there is no collection"},
		{`UPDATE orders SET id = 'x'`, "is set by the server"},
		{`UPDATE orders SET createdAt = '2026-01-01T00:00:00Z'`, "is set by the server"},
		{`UPDATE orders SET nope = 1`, "there is no such field"},
		{`UPDATE orders SET state = 'lost'`, "one of the field's choices"},
		{`UPDATE orders SET no = NULL`, "is required"},
		{`UPDATE orders SET no = no + 0.5`, "must be a whole number"},
		{`UPDATE orders SET customer = '0000000000001'`, "is not the id of a record in customers"},
		{`UPDATE customers SET name = 'same'`, "with this value exists"},
		{`UPDATE orders SET no = (SELECT COUNT(*) FROM hf_env)`, "hf_env"},
		{`UPDATE orders SET no = 1 FROM customers`, ""},
		{`UPDATE orders SET no = 1) , (2`, "must go on with field = value"},
		{`UPDATE orders SET`, "must go on with field = value"},
		{`UPDATE orders`, "must go on with SET"},
		{`INSERT INTO orders (total) VALUES (1)`, "is required"},
		{`INSERT INTO orders (no, total) VALUES (1)`, "gives 1 values to 2 fields"},
		{`INSERT INTO orders DEFAULT VALUES`, "must list the fields"},
		{`INSERT INTO orders (no) VALUES (1) ON CONFLICT DO NOTHING`, ""},
		{`INSERT INTO orders (no) VALUES (1) RETURNING id`, ""},
		{`DELETE FROM orders RETURNING id`, "where WHERE is expected"},
		{`DELETE FROM orders; DELETE FROM customers`, "more than one statement"},
		{`TRUNCATE orders`, "must begin with"},
		{`DROP TABLE orders`, "must begin with"},
		{`MERGE INTO orders USING customers ON 1 = 1`, "must begin with"},
		{`WITH x AS (SELECT 1) DELETE FROM orders`, ""},
	}
	for _, test := range tests {
		_, err := f.sqlIn(t, test.sql, `{}`)
		var known *hookflow.Error
		if !errors.As(err, &known) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want an error that says %q", test.sql, err, test.want)
		}
	}
	equal(t, "orders", f.count(t, "orders", ""), 3)
	equal(t, "as they were", string(f.sql(t, `SELECT no FROM orders ORDER BY no`, `{}`)), `[{"no":1},{"no":2},{"no":3}]`)
}

const endless = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i > 0 AND i < 4000000000) SELECT COUNT(*) AS n FROM n`

func testSQLBounds(t *testing.T, f fixture) {
	f.shop(t)
	many := `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i FROM n`
	equal(t, "rows", f.sql(t, fmt.Sprintf(many, collection.MaxSQLRows), `{}`).Len(), collection.MaxSQLRows)
	_, err := f.SQL(t.Context(), collection.Statement{SQL: fmt.Sprintf(many, collection.MaxSQLRows+1)})
	equal(t, "too many rows", hookflow.CodeOf(err), hookflow.CodeTooLarge)
	for _, sql := range []string{strings.Repeat("x", 70_000), "SELECT " + strings.Repeat("1,", 6000) + "1"} {
		_, err := f.SQL(t.Context(), collection.Statement{SQL: sql})
		equal(t, "a long statement", hookflow.CodeOf(err), hookflow.CodeInvalid)
	}
	_, err = f.sqlIn(t, `UPDATE orders SET no = (`+endless+`)`, `{}`)
	equal(t, "a slow write", hookflow.CodeOf(err), hookflow.CodeTooLarge)
	f.create(t, "orders", `{"no": 4}`)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err = f.SQL(ctx, collection.Statement{SQL: endless})
	equal(t, "a slow query", hookflow.CodeOf(err), hookflow.CodeTooLarge)
}

// TestSQLiteValuesAreBounded: no expression makes this process run out of memory.
func TestSQLiteValuesAreBounded(t *testing.T) {
	t.Parallel()
	f := open(t, store.Options{Path: filepath.Join(t.TempDir(), "test.db")})
	sql := `SELECT length(` + strings.Repeat("replace(", 9) + `'a'` + strings.Repeat(`, 'a', 'aaaaaaaaaa')`, 9) + `) AS a`
	_, err := f.SQL(t.Context(), collection.Statement{SQL: sql})
	equal(t, "a value of a gigabyte", hookflow.CodeOf(err), hookflow.CodeInvalid)
}

// TestSQLiteFileStaysAlone: no statement makes or opens another file.
func TestSQLiteFileStaysAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := open(t, store.Options{Path: filepath.Join(dir, "test.db")})
	f.shop(t)
	before := files(t, dir)
	for _, attack := range append(attacks, `ATTACH '`+dir+`/stolen.db' AS x`, `VACUUM INTO '`+dir+`/stolen.db'`) {
		_, _ = f.sqlIn(t, attack, `{}`)
	}
	equal(t, "files", files(t, dir), before)
}

func files(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

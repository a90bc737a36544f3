package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
	"github.com/hookflow/hookflow/internal/pgtest"
)

// onBoth runs a test on a server with each kind of database.
func onBoth(t *testing.T, test func(*testing.T, *hookflowtest.Server)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, hookflowtest.Start(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, hookflowtest.Start(t, "HOOKFLOW_DATABASE_URL="+pgtest.URL(t)))
	})
}

func shop(t *testing.T, s *hookflowtest.Server) {
	t.Helper()
	s = s.For(t)
	s.Must(http.MethodPut, "/api/collections/customers", `{"fields":[{"name":"name","type":"string","unique":true},{"name":"spent","type":"decimal","default":0}]}`)
	s.Must(http.MethodPut, "/api/collections/buys", `{"fields":[{"name":"no","type":"integer"},{"name":"total","type":"decimal"},
		{"name":"customer","type":"relation","options":{"collection":"customers"}}]}`)
}

// TestRecordNodes: a workflow upserts, writes by SQL, reads what belongs together, computes and deletes.
func TestRecordNodes(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *hookflowtest.Server) {
		shop(t, s)
		key := save(t, s, manual(`
			{key: customer, type: create, config: {collection: customers, values: {name: "{{$context.name}}"}, upsertBy: [name]}},
			{key: buy, type: create, config: {collection: buys, values: {no: "{{$context.no}}", total: "{{$context.total}}", customer: "{{$steps.customer.id}}"}}},
			{key: spend, type: sql, config: {sql: "UPDATE customers SET spent = (SELECT SUM(total) FROM buys WHERE customer = customers.id) WHERE name = :name", params: {name: "{{$context.name}}"}, write: true}},
			{key: list, type: query, config: {collection: buys, sort: [no], with: [customer]}},
			{key: sum, type: aggregate, config: {collection: buys, function: sum, field: total}},
			{key: best, type: sql, config: {sql: "SELECT name FROM customers ORDER BY spent DESC LIMIT 1"}}`))
		run(t, s, key, `{"name":"Ann","no":1,"total":10.10}`)
		run(t, s, key, `{"name":"Bob","no":2,"total":5}`)
		e := run(t, s, key, `{"name":"Ann' OR '1'='1","no":3,"total":0.20}`)
		if e.Status != "succeeded" {
			t.Fatalf("%+v", e)
		}
		e = run(t, s, key, `{"name":"Ann","no":4,"total":0.20}`)
		if n := len(records(t, s, "customers")); n != 3 {
			t.Errorf("%d customers, want 3", n)
		}
		wantJSON(t, "the sum", `15.50`, string(e.step(t, "sum").Output))
		wantJSON(t, "the best", `[{"name":"Ann"}]`, string(e.step(t, "best").Output))
		wantJSON(t, "what SQL wrote", `{"count":1}`, string(e.step(t, "spend").Output))
		if list := string(e.step(t, "list").Output); strings.Count(list, `"name":"Ann"`) != 2 || !strings.Contains(list, `"total":10.10`) {
			t.Errorf("records with theirs: %s", list)
		}
	})
}

// TestTransactionTakesSQLBack: what SQL wrote is part of the transaction that it stands in.
func TestTransactionTakesSQLBack(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *hookflowtest.Server) {
		shop(t, s)
		key := save(t, s, manual(`
			{key: both, type: transaction, branches: {
				run: [
					{key: add, type: sql, config: {sql: "INSERT INTO customers (name) VALUES (:name)", params: {name: "{{$context.name}}"}, write: true}},
					{key: seen, type: sql, config: {sql: "SELECT COUNT(*) AS n FROM customers"}},
					{key: ok, type: condition, config: {left: "{{$context.ok}}", op: isTrue, mode: continue}}],
				rollback: [{key: counted, type: aggregate, config: {collection: customers, function: count}}]}}`))
		failed := run(t, s, key, `{"name":"Ann","ok":false}`)
		if failed.Status != "failed" || len(records(t, s, "customers")) != 0 {
			t.Errorf("%s, %v", failed.Status, records(t, s, "customers"))
		}
		wantJSON(t, "after the rollback", `0`, string(failed.step(t, "counted").Output))
		done := run(t, s, key, `{"name":"Ann","ok":true}`)
		wantJSON(t, "inside", `[{"n":1}]`, string(done.step(t, "seen").Output))
		if n := len(records(t, s, "customers")); done.Status != "succeeded" || n != 1 {
			t.Errorf("%s, %d records", done.Status, n)
		}
	})
}

// TestValidate: what does not match ends the workflow, unless it goes on with the violations.
func TestValidate(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	check := func(onError string) string {
		return `{key: check, type: validate, ` + onError + `config: {schema: {type: object, required: [name]}, source: "{{$context}}"}` +
			map[bool]string{true: `, branches: {error: [{key: caught, type: set, config: {values: {errors: "{{$scopes.check.result.errors}}"}}}]}`}[strings.Contains(onError, "branch")] + `}`
	}
	const wrong = `[{"pointer":"","detail":"missing property 'name'"}]`
	t.Run("fail", func(t *testing.T) {
		t.Parallel()
		key := save(t, s.For(t), manual(check("")))
		if e := run(t, s, key, `{}`); e.Status != "failed" || !strings.Contains(e.Error, "missing property 'name'") {
			t.Errorf("%s: %s", e.Status, e.Error)
		}
		wantJSON(t, "a match", `{"valid":true,"errors":[]}`, string(run(t, s, key, `{"name":1}`).step(t, "check").Output))
	})
	t.Run("go on", func(t *testing.T) {
		t.Parallel()
		key := save(t, s.For(t), manual(check("onError: continue, ")+`, {key: after, type: set, config: {values: {of: "{{$steps.check}}"}}}`))
		e := run(t, s, key, `{}`)
		wantJSON(t, "what went on", `{"of":{"valid":false,"errors":`+wrong+`}}`, string(e.step(t, "after").Output))
	})
	t.Run("catch", func(t *testing.T) {
		t.Parallel()
		key := save(t, s.For(t), manual(check("onError: branch, ")))
		wantJSON(t, "what was caught", `{"errors":`+wrong+`}`, string(run(t, s, key, `{}`).step(t, "caught").Output))
	})
}

// TestSchemaChangeWhileWorkflowsWrite: executions go on over the changes of their collection, and
// none of their records is lost.
func TestSchemaChangeWhileWorkflowsWrite(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *hookflowtest.Server) {
		s = s.For(t)
		path := "/api/collections/counts"
		s.Must(http.MethodPut, path, `{"fields":[{"name":"n","type":"integer"}]}`)
		key := save(t, s, webhook(``, `{key: save, type: create, config: {collection: counts, values: {n: "{{$context.data.n}}"}}}`))
		const each = 20
		for _, kind := range []string{"decimal", "string", "bigint"} {
			for range each {
				if r := post(t, s, key, `{"n":"5"}`, asJSON); r.Status != http.StatusOK {
					t.Fatalf("%d %s", r.Status, r.Body)
				}
			}
			s.Must(http.MethodPut, path, `{"fields":[{"name":"n","type":"`+kind+`"}]}`)
		}
		hookflowtest.Eventually(t, "all records are there", func() bool { return len(records(t, s, "counts")) == 3*each })
	})
}

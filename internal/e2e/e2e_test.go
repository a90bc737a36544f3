package e2e_test

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

func TestMain(m *testing.M) { os.Exit(hookflowtest.Main(m)) }

// reply is an answer of the program.
type reply struct {
	Status int
	Header http.Header
	Body   string
}

// raw is JSON as it came, which prints as text.
type raw string

func (r *raw) UnmarshalJSON(text []byte) error {
	*r = raw(text)
	return nil
}

const asJSON = "Content-Type: application/json"

// send sends a request to any path.
func send(t *testing.T, s *hookflowtest.Server, method, path, body string, headers ...string) reply {
	t.Helper()
	answer, content, err := s.Do(method, path, body, headers...)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(content)}
}

// post sends JSON to the webhook of a workflow.
func post(t *testing.T, s *hookflowtest.Server, path, body string, headers ...string) reply {
	t.Helper()
	return send(t, s, http.MethodPost, "/api/webhooks/"+path, body, append([]string{asJSON}, headers...)...)
}

// admin calls the admin API as an administrator.
func admin(t *testing.T, s *hookflowtest.Server, method, path, body string) reply {
	t.Helper()
	return as(t, s, s.Key(), method, path, body)
}

// as calls the admin API with a key.
func as(t *testing.T, s *hookflowtest.Server, key, method, path, body string) reply {
	t.Helper()
	return send(t, s, method, path, body, "Authorization: Bearer "+key, asJSON)
}

// delivery is what the admin API tells about a request.
type delivery struct {
	ID, Outcome, Reason, Detail, Method, URL, Path, IP string
	Workflow, Execution                                *string
	Status                                             int
	BodySize                                           int64
	Verification                                       *struct {
		Scheme string
		OK     bool
	}
	Request struct {
		Headers []struct{ Name, Value string }
		Body    raw
	}
	Answer *struct {
		Status  int
		Headers map[string]string
		Body    raw
	}
}

// deliveryOf looks up the delivery that an answer names; it tells the answer of a sync caller only
// after that has gone out.
func deliveryOf(t *testing.T, s *hookflowtest.Server, r reply) delivery {
	t.Helper()
	id := r.Header.Get("X-Hookflow-Delivery")
	if id == "" {
		t.Fatalf("the answer %d %q names no delivery", r.Status, r.Body)
	}
	var d delivery
	hookflowtest.Eventually(t, "delivery "+id+" tells what was answered", func() bool {
		d = delivery{}
		s.For(t).Into(&d, http.MethodGet, "/api/deliveries/"+id, "")
		return d.Status == r.Status
	})
	return d
}

// execution is what the admin API tells about an execution.
type execution struct {
	ID, Workflow, Status, Error, StartedBy string
	Revision                               int
	Delivery, RetryOf                      *string
	Input, Output                          raw
	Steps                                  []step
}

type step struct {
	NodeKey, Type, Status, Path, Error string
	Attempt                            int
	Input, Output                      raw
	Logs                               []struct{ Level, Text string }
}

// ended waits until an execution has ended.
func ended(t *testing.T, s *hookflowtest.Server, id string) execution {
	t.Helper()
	var e execution
	hookflowtest.Eventually(t, "execution "+id+" has ended", func() bool {
		e = execution{}
		s.For(t).Into(&e, http.MethodGet, "/api/executions/"+id, "")
		return e.Status != "queued" && e.Status != "running" && e.Status != "waiting"
	})
	return e
}

// executionOf waits for the end of the execution that an answer's delivery started.
func executionOf(t *testing.T, s *hookflowtest.Server, r reply) execution {
	t.Helper()
	d := deliveryOf(t, s, r)
	if d.Execution == nil {
		t.Fatalf("the delivery started nothing: %+v", d)
	}
	return ended(t, s, *d.Execution)
}

// step finds the last step of a node.
func (e execution) step(t *testing.T, key string) step {
	t.Helper()
	for i := len(e.Steps) - 1; i >= 0; i-- {
		if e.Steps[i].NodeKey == key {
			return e.Steps[i]
		}
	}
	t.Fatalf("execution %s has no step of %s: %+v", e.ID, key, e)
	return step{}
}

// webhook is the document of an enabled workflow with a webhook trigger, in JSON or YAML's flow
// style; "" for config is none.
func webhook(config, nodes string) string {
	return `{enabled: true, trigger: {type: webhook, config: ` + orBraces(config) + `}, nodes: [` + nodes + `]}`
}

// manual is the document of a workflow that only /run runs.
func manual(nodes string) string {
	return `{trigger: {type: manual}, nodes: [` + nodes + `]}`
}

func orBraces(config string) string {
	if config == "" {
		return "{}"
	}
	return config
}

// save makes a workflow of a YAML document and returns its key, made from the test's name.
func save(t *testing.T, s *hookflowtest.Server, document string) string {
	t.Helper()
	key := keyFor(t)
	if r := put(t, s, key, document); r.Status != http.StatusCreated {
		t.Fatalf("PUT %s answered %d %s", key, r.Status, r.Body)
	}
	return key
}

// put saves a YAML document under a key.
func put(t *testing.T, s *hookflowtest.Server, key, document string) reply {
	t.Helper()
	return send(t, s, http.MethodPut, "/api/workflows/"+key, document, "Authorization: Bearer "+s.Key(), "Content-Type: application/yaml")
}

var notInKeys = regexp.MustCompile(`[^a-z0-9]+`)

// keyFor is a key that no other test of the package has.
func keyFor(t *testing.T) string {
	t.Helper()
	name := strings.TrimPrefix(t.Name(), "Test")
	if _, rest, isSubtest := strings.Cut(name, "/"); isSubtest {
		name = rest
	}
	key := strings.Trim(notInKeys.ReplaceAllString(strings.ToLower(name), "-"), "-")
	return strings.Trim(key[max(0, len(key)-64):], "-")
}

// run runs a workflow by hand with a context and waits for its end.
func run(t *testing.T, s *hookflowtest.Server, key, context string) execution {
	t.Helper()
	var made struct{ Execution string }
	s.For(t).Into(&made, http.MethodPost, "/api/workflows/"+key+"/run", `{"context":`+context+`}`)
	return ended(t, s, made.Execution)
}

// records reads all records of a collection, newest first.
func records(t *testing.T, s *hookflowtest.Server, collection string) []map[string]raw {
	t.Helper()
	var page struct {
		Items []map[string]raw
	}
	s.For(t).Into(&page, http.MethodGet, "/api/collections/"+collection+"/records?limit=1000", "")
	return page.Items
}

// wantJSON compares two JSON texts by value.
func wantJSON(t *testing.T, what, want, got string) {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(want), &a); err != nil {
		t.Fatalf("%s: the expectation %s: %v", what, want, err)
	}
	if err := json.Unmarshal([]byte(got), &b); err != nil {
		t.Fatalf("%s is %q: %v", what, got, err)
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// text is a JSON string's text.
func text(t *testing.T, from raw) string {
	t.Helper()
	var s string
	if err := json.Unmarshal([]byte(from), &s); err != nil {
		t.Fatalf("%s is no string: %v", from, err)
	}
	return s
}

// decode reads an answer that must be a success in JSON.
func decode(t *testing.T, r reply, into any) {
	t.Helper()
	if r.Status/100 != 2 {
		t.Fatalf("%d %s", r.Status, r.Body)
	}
	if err := json.Unmarshal([]byte(r.Body), into); err != nil {
		t.Fatalf("%s: %v", r.Body, err)
	}
}

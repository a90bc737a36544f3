package e2e_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
	"github.com/hookflow/hookflow/internal/value"
)

// receiver is where request nodes send to; it keeps the bodies by path.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	bodies map[string]string
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{bodies: map[string]string{}}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.bodies[q.URL.Path] = string(body)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) body(path string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bodies[path]
}

// TestFidelity sends bodies whose spelling matters through everything that a workflow can do with
// them: the bytes stay, and a script sees what JSON.parse in Node makes of them.
func TestFidelity(t *testing.T) {
	t.Parallel()
	var fixtures struct {
		Cases []struct{ Name, Body, Seen string }
	}
	content, err := os.ReadFile("testdata/fidelity/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &fixtures); err != nil {
		t.Fatal(err)
	}
	probe, err := os.ReadFile("testdata/fidelity/probe.js")
	if err != nil {
		t.Fatal(err)
	}
	code, err := json.Marshal(string(probe))
	if err != nil {
		t.Fatal(err)
	}
	s, r := hookflowtest.Start(t), newReceiver(t)
	s.Must(http.MethodPut, "/api/collections/documents", `{"fields":[{"name":"document","type":"json"},{"name":"mixed","type":"text"}]}`)
	t.Run("cases", func(t *testing.T) {
		for _, c := range fixtures.Cases {
			t.Run(c.Name, func(t *testing.T) {
				t.Parallel()
				key := keyFor(t)
				save(t, s, webhook(`{mode: sync}`, `
					{key: save, type: create, config: {collection: documents, values: {document: "{{$context.data}}", mixed: "<{{$context.data}}>"}}},
					{key: found, type: query, config: {collection: documents, filter: {field: id, op: equals, value: "{{$steps.save.id}}"}, many: false}},
					{key: script, type: javascript, config: {code: `+string(code)+`}},
					{key: whole, type: request, config: {method: POST, url: "`+r.URL+`/whole/`+key+`", body: "{{$context.data}}"}},
					{key: wrapped, type: request, config: {method: POST, url: "`+r.URL+`/wrapped/`+key+`", body: {arrived: "{{$context.data}}", found: "{{$steps.found.document}}"}}},
					{key: reply, type: response, config: {body: {arrived: "{{$context.data}}", found: "{{$steps.found.document}}", mixed: "<{{$context.data}}>", stored: "{{$steps.found.mixed}}"}}}`))
				answer := post(t, s, key, c.Body)
				if answer.Status != http.StatusOK {
					t.Fatalf("%d %s", answer.Status, answer.Body)
				}
				data := strings.TrimSpace(c.Body)
				if want, got := `{"arrived":`+data+`,"found":`+data+`}`, r.body("/wrapped/"+key); got != want {
					t.Errorf("the receiver got\n%s\nwant\n%s", got, want)
				}
				if got := r.body("/whole/" + key); got != strings.Trim(data, `"`) {
					t.Errorf("the receiver got\n%s\nwant\n%s", got, data)
				}
				mixed := string(value.String("<" + strings.Trim(data, `"`) + ">"))
				want := `{"arrived":` + data + `,"found":` + data + `,"mixed":` + mixed + `,"stored":` + mixed + `}`
				if answer.Body != want {
					t.Errorf("the caller got\n%s\nwant\n%s", answer.Body, want)
				}
				if got := text(t, deliveryOf(t, s, answer).Request.Body); got != c.Body {
					t.Errorf("the log has\n%s\nwant\n%s", got, c.Body)
				}
				if got := executionOf(t, s, answer).step(t, "script").Output; string(got) != c.Seen {
					t.Errorf("the script saw\n%s\nwant\n%s", got, c.Seen)
				}
			})
		}
	})
}

// TestFidelityOfBytes: what is no text is kept as it came too.
func TestFidelityOfBytes(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	key := save(t, s, webhook(`{mode: sync}`, `{key: reply, type: response, config: {body: {data: "{{$context.data}}"}}}`))
	tests := []struct{ name, contentType, body, data string }{
		{"no text", "application/octet-stream", "\x00\xff\xfe", `{"base64":"AP/+","contentType":"application/octet-stream","size":3}`},
		{"broken text in JSON", "application/json", "{\"a\":\"\xff\"}", `{"a":"` + "�" + `"}`},
	}
	for _, test := range tests {
		answer := send(t, s, http.MethodPost, "/api/webhooks/"+key, test.body, "Content-Type: "+test.contentType)
		wantJSON(t, test.name, `{"data":`+test.data+`}`, answer.Body)
		logged := deliveryOf(t, s, answer).Request.Body
		wantJSON(t, test.name, `{"base64":"`+base64.StdEncoding.EncodeToString([]byte(test.body))+`"}`, string(logged))
	}
}

package webhook_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/webhook"
)

func TestDedupeKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, config, body string
		want               string // the text of the key, "" for none
	}{
		{"a text", `{"dedupe":{"key":"{{$context.data.id}}"}}`, `{"id":"e1"}`, "e1"},
		{"a number as spelt", `{"dedupe":{"key":"{{$context.data.id}}"}}`, `{"id":12345678901234567890}`, "12345678901234567890"},
		{"of two", `{"dedupe":{"key":"{{$context.data.id}}:{{$context.headers.x-topic}}"}}`, `{"id":"e1"}`, "e1:topic"},
		{"a list", `{"dedupe":{"key":["{{$context.data.id}}","{{$context.headers.x-topic}}"]}}`, `{"id":"e1"}`, `["e1","topic"]`},
		{"missing", `{"dedupe":{"key":"{{$context.data.id}}"}}`, `{}`, ""},
		{"null", `{"dedupe":{"key":"{{$context.data.id}}"}}`, `{"id":null}`, ""},
		{"empty", `{"dedupe":{"key":"{{$context.data.id}}"}}`, `{"id":""}`, ""},
		{"an empty list", `{"dedupe":{"key":"{{$context.data.events.id}}"}}`, `{"events":[]}`, ""},
		{"half missing", `{"dedupe":{"key":"{{$context.data.id}}:{{$context.data.type}}"}}`, `{"id":"e1"}`, ""},
		{"a credential", `{"dedupe":{"key":"{{$context.headers.authorization}}"}}`, `{}`, ""},
		{"none wanted", `{}`, `{"id":"e1"}`, "none"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &acceptor{}
			if w := send(door(t, a, test.config), post(flowPath, jsonType, test.body, "X-Topic", "topic", "Authorization", "Bearer t")); w.Code != 200 {
				t.Fatalf("answer = %d %q", w.Code, w.Body)
			}
			in := a.accepted[0]
			switch test.want {
			case "none", "":
				if in.Key != nil || (in.Delivery.Detail != "") != (test.want == "") {
					t.Errorf("key %v, detail %q", in.Key, in.Delivery.Detail)
				}
			default:
				want := &webhook.Key{Hash: sha256.Sum256([]byte(test.want)), Expires: noon.Add(24 * time.Hour)}
				if diff := cmp.Diff(want, in.Key); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}

// A duplicate gets what the first caller got.
func TestDuplicate(t *testing.T) {
	t.Parallel()
	const id = `{"dedupe":{"key":"{{$context.data.id}}","window":"1h"},"response":{"status":202,"body":"now"}}`
	const first hookflow.ID = 42
	tests := []struct {
		name         string
		first        webhook.First
		status       int
		answer       string
		retry        bool
		acknowledged string // header X-First
	}{
		{"acknowledged plainly", webhook.First{Status: 200}, 200, "ok", false, ""},
		{"acknowledged as configured then", webhook.First{Status: 201, Answer: &hookflow.Response{Status: 201, Headers: map[string]string{"X-First": "1"}, Body: []byte("then")}}, 201, "then", false, "1"},
		{"failed then", webhook.First{Status: 500, Answer: &hookflow.Response{Status: 500, Body: []byte("broke")}}, 500, "broke", false, ""},
		{"still running", webhook.First{Execution: execution}, 409, "the same event is being worked on, try again later", true, ""},
		{"ended while nobody waited", webhook.First{Execution: execution, Ended: hookflow.StatusFailed}, 500, `{"execution":"000000000002d","status":"failed"}`, false, ""},
		{"answered by the workflow while nobody waited", webhook.First{
			Execution: execution, Ended: hookflow.StatusSucceeded, Response: &hookflow.Response{Status: 418, Headers: map[string]string{"X-First": "2"}, Body: []byte("tea")},
		}, 418, "tea", false, "2"},
		{"no longer kept", webhook.First{Gone: true}, 202, "now", false, ""},
	}
	for _, test := range tests {
		for _, raced := range []bool{false, true} {
			t.Run(test.name, func(t *testing.T) {
				t.Parallel()
				answered := test.first
				answered.Delivery = first
				a := &racing{acceptor: acceptor{first: &answered}, raced: raced}
				w := send(door(t, a, id), post(flowPath, jsonType, `{"id":"e1"}`))
				h := w.Header()
				if w.Code != test.status || w.Body.String() != test.answer || h.Get("X-Hookflow-Duplicate") != "true" || h.Get("X-First") != test.acknowledged {
					t.Errorf("answer = %d %q %v", w.Code, w.Body, h)
				}
				if (h.Get("Retry-After") != "") != test.retry {
					t.Errorf("Retry-After = %q", h.Get("Retry-After"))
				}
				if len(a.accepted) > 0 || len(a.recorded) != 1 {
					t.Fatalf("accepted %d, recorded %d", len(a.accepted), len(a.recorded))
				}
				d := a.recorded[0]
				if d.Outcome != hookflow.OutcomeDuplicate || d.Reason != "" || d.ExecutionID != 0 || d.Status != test.status || !strings.Contains(d.Detail, first.String()) {
					t.Errorf("delivery = %+v", d)
				}
			})
		}
	}
}

// racing finds the first delivery only when the request is handed over, if it is raced.
type racing struct {
	acceptor
	raced bool
}

func (r *racing) Accept(ctx context.Context, in webhook.Accepted) (webhook.Ticket, error) {
	if !r.raced {
		return r.acceptor.Accept(ctx, in)
	}
	r.raced = false
	in.Delivery.ExecutionID = execution
	return nil, webhook.ErrDuplicate
}

func (r *racing) First(context.Context, hookflow.ID, [sha256.Size]byte, time.Time) (*webhook.First, error) {
	if r.raced {
		return nil, errors.New("the database does not answer")
	}
	return r.first, nil
}

// A workflow cannot say that its answer is a duplicate's.
func TestDuplicateHeaderIsOurs(t *testing.T) {
	t.Parallel()
	a := &acceptor{result: webhook.Result{Status: hookflow.StatusSucceeded, Response: &hookflow.Response{Status: 200, Headers: map[string]string{"x-hookflow-duplicate": "true"}}}}
	if w := send(door(t, a, `{"mode":"sync"}`), post(flowPath, jsonType, "{}")); w.Header().Get("X-Hookflow-Duplicate") != "" {
		t.Errorf("headers = %v", w.Header())
	}
}

package e2e_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
	"github.com/hookflow/hookflow/internal/pgtest"
)

// captured is a sample as the API has it.
type captured struct {
	From, Delivery, Outcome, Reason string
	Verified                        bool
	Verification                    struct{ Checks []struct{ Code string } }
	Request                         struct {
		Method string
		Body   json.RawMessage
	}
	Context struct{ Data json.RawMessage }
	Steps   map[string]json.RawMessage
}

const signedByGitHub = `{"key":"push","enabled":false,
	"trigger":{"type":"webhook","config":{"verification":{"scheme":"github","secret":"{{$env.HOOK_SECRET}}"}}},
	"nodes":[{"key":"keep","type":"set","config":{"values":"{{$context.data.ref}}"}},
		{"key":"save","type":"create","config":{"collection":"seen","values":{"ref":"{{$steps.keep}}"}}}]}`

func newPush(t *testing.T, s *hookflowtest.Server, query string) {
	t.Helper()
	s.Must("PUT", "/api/env/HOOK_SECRET", `{"value":"a-shared-secret","secret":true}`)
	s.Must("PUT", "/api/collections/seen", `{"name":"seen","fields":[{"name":"ref","type":"string"}]}`)
	s.Must("PUT", "/api/workflows/push"+query, signedByGitHub)
}

// A provider is connected while the workflow is only a draft: it sees that its request arrives, the
// editor sees what it sent and whether it is signed, and nothing runs.
func TestListenToDraft(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	newPush(t, s, "?draft=true")
	const body = `{"ref":"refs/heads/main","size":1.50}`
	headers := signed(body, "a-shared-secret", "push")

	if answer := post(t, s, "push", body, headers...); answer.Status != http.StatusNotFound {
		t.Errorf("before somebody listens: %+v", answer)
	}
	next := listen(t, s)
	if answer := post(t, s, "push", body, signed(body, "another-secret", "push")...); answer.Status != http.StatusUnauthorized {
		t.Errorf("a forger: %+v", answer)
	}
	if x := sampleIn(t, next()); x.Verified || x.Reason != "verification" || string(x.Request.Body) != body || len(x.Verification.Checks) == 0 {
		t.Errorf("the sample of a forger: %+v", x)
	}
	if answer := post(t, s, "push", body, headers...); answer.Status != http.StatusNotFound {
		t.Errorf("after the first request: %+v", answer)
	}

	next = listen(t, s)
	if answer := post(t, s, "push", body, headers...); answer.Status != http.StatusOK || answer.Body != "ok" {
		t.Errorf("while somebody listens: %+v", answer)
	}
	x := sampleIn(t, next())
	if !x.Verified || x.From != "listen" || x.Outcome != "filtered" || x.Request.Method != "POST" || string(x.Context.Data) != body {
		t.Errorf("the sample: %+v", x)
	}
	var list struct{ Items []logged }
	s.Into(&list, "GET", "/api/deliveries?workflow=push&outcome=filtered", "")
	if len(list.Items) != 1 || list.Items[0].ID != x.Delivery || !strings.HasPrefix(list.Items[0].Detail, "captured for the editor") || list.Items[0].Execution != "" {
		t.Errorf("deliveries: %+v", list.Items)
	}
	if records := s.Must("GET", "/api/collections/seen/records", ""); strings.Contains(string(records), "refs/heads") {
		t.Errorf("something ran: %s", records)
	}
}

// An enabled workflow runs as always while somebody listens. What it did is loaded into the editor:
// its results are pinned, and only the last node runs.
func TestListenAndDebugLoad(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	newPush(t, s, "")
	s.Must("POST", "/api/workflows/push/enable", "")
	const body = `{"ref":"refs/heads/main"}`
	next := listen(t, s)
	post(t, s, "push", body, signed(body, "a-shared-secret", "push")...)
	if x := sampleIn(t, next()); !x.Verified || x.Outcome != "accepted" {
		t.Errorf("the sample: %+v", x)
	}
	var runs struct{ Items []struct{ ID, Status string } }
	hookflowtest.Eventually(t, "it has run", func() bool {
		s.Into(&runs, "GET", "/api/executions?workflow=push", "")
		return len(runs.Items) == 1 && runs.Items[0].Status == "succeeded"
	})
	var x captured
	s.Into(&x, "PUT", "/api/workflows/push/sample", `{"execution":"`+runs.Items[0].ID+`"}`)
	if x.From != "execution" || string(x.Steps["keep"]) != `"refs/heads/main"` || string(x.Context.Data) != body {
		t.Fatalf("the sample of an execution: %+v", x)
	}
	var again struct{ Status string }
	s.Into(&again, "POST", "/api/workflows/push/run", `{"node":"save","dryRun":false,"context":{"data":`+string(x.Context.Data)+`},"pins":{"keep":"pinned"}}`)
	if records := string(s.Must("GET", "/api/collections/seen/records", "")); again.Status != "succeeded" || !strings.Contains(records, `"pinned"`) {
		t.Errorf("with its results pinned: %+v %s", again, records)
	}
	s.Must("DELETE", "/api/workflows/push/sample", "")
	if status, _ := s.Get("/api/workflows/push/sample"); status != http.StatusNotFound {
		t.Errorf("after it was deleted: %d", status)
	}
	listen(t, s)
	if err := s.Stop(); err != nil {
		t.Errorf("the server did not stop while somebody listened: %v", err)
	}
}

// Who listens at one process hears what comes to another.
func TestListenAcrossProcesses(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t, "HOOKFLOW_DATABASE_URL="+pgtest.URL(t))
	other := s.Beside()
	newPush(t, s, "")
	next := listen(t, s)
	const body = `{"ref":"far"}`
	headers := signed(body, "a-shared-secret", "push")
	hookflowtest.Eventually(t, "the other process knows", func() bool {
		return post(t, other, "push", body, headers...).Status == http.StatusOK
	})
	if x := sampleIn(t, next()); !x.Verified || string(x.Context.Data) != body {
		t.Errorf("the sample: %+v", x)
	}
}

// listen waits for the next request to the workflow push; each call of what it returns gives the next
// event.
func listen(t *testing.T, s *hookflowtest.Server) (next func() event) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/api/workflows/push/listen", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.Key())
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	return func() event {
		t.Helper()
		var e event
		for lines.Scan() {
			switch name, text, _ := strings.Cut(lines.Text(), ": "); {
			case name == "event":
				e.name = text
			case name == "data":
				e.data = text
			case e.data != "":
				return e
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return e
	}
}

// event is a server-sent event.
type event struct{ name, data string }

func sampleIn(t *testing.T, e event) captured {
	t.Helper()
	var x captured
	if err := json.Unmarshal([]byte(e.data), &x); err != nil || e.name != "sample" {
		t.Fatalf("the event %s %s: %v", e.name, e.data, err)
	}
	return x
}

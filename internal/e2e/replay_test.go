package e2e_test

import (
	"bufio"
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// logged is a delivery as lists and replays have it.
type logged struct {
	ID, Outcome, Reason, Detail, Execution, ReplayOf string
}

// What a wrong secret turned away runs once the secret is right, without being sent again.
func TestReplayAfterTheSecretIsFixed(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	s.Must("PUT", "/api/env/HOOK_TOKEN", `{"value":"wrong-token","secret":true}`)
	s.Must("PUT", "/api/collections/seen", `{"name":"seen","fields":[{"name":"n","type":"integer"},{"name":"delivery","type":"string"}]}`)
	s.Must("PUT", "/api/workflows/orders", `{"key":"orders","enabled":true,
		"trigger":{"type":"webhook","config":{"verification":{"scheme":"token","header":"X-Token","value":"{{$env.HOOK_TOKEN}}"}}},
		"nodes":[{"key":"save","type":"create","config":{"collection":"seen","values":{"n":"{{$context.data.n}}","delivery":"{{$context.deliveryId}}"}}}]}`)
	told := follow(t, s, "/api/deliveries/stream?workflow=orders")
	answer := post(t, s, "orders", `{"n":1}`, "X-Token: right-token")
	id := answer.Header.Get("X-Hookflow-Delivery")
	if answer.Status != http.StatusUnauthorized || id == "" {
		t.Fatalf("answered %+v", answer)
	}
	post(t, s, "orders", `{"n":2}`, "X-Token: right-token")
	path := "/api/deliveries/" + id + "/replay"
	var again logged
	s.Into(&again, "POST", path, "")
	if again.Outcome != "rejected" || again.Reason != "verification" || again.ReplayOf != id {
		t.Errorf("with the wrong secret: %+v", again)
	}
	s.Must("PUT", "/api/env/HOOK_TOKEN", `{"value":"right-token","secret":true}`)
	s.Into(&again, "POST", path, "")
	if again.Outcome != "accepted" || again.ReplayOf != id || again.Execution == "" {
		t.Fatalf("with the right secret: %+v", again)
	}
	hookflowtest.Eventually(t, "the replay has run", func() bool {
		return strings.Contains(string(s.Must("GET", "/api/collections/seen/records", "")), again.ID)
	})
	if status, body := s.Get("/api/deliveries/" + id); status != http.StatusOK || strings.Contains(string(body), "right-token") {
		t.Errorf("the token is shown: %d %s", status, body)
	}
	if _, body := s.Get("/api/deliveries/" + id + "?credentials=true"); !strings.Contains(string(body), "••••") {
		t.Errorf("a value that is a secret is shown: %s", body)
	}

	var count struct{ Count int64 }
	s.Into(&count, "POST", "/api/replays", `{"filter":{"workflow":"orders","outcome":"rejected"},"dryRun":true}`)
	var many struct {
		ID, Status          string
		Total, Done, Failed int64
	}
	s.Into(&many, "POST", "/api/replays", `{"filter":{"workflow":"orders","outcome":"rejected"}}`)
	if count.Count != 1 || many.Total != 1 { // neither replays nor what one has let in
		t.Errorf("counted %d, started %+v", count.Count, many)
	}
	hookflowtest.Eventually(t, "all are replayed", func() bool {
		s.Into(&many, "GET", "/api/replays/"+many.ID, "")
		return many.Status == "succeeded"
	})
	if many.Done != 1 || many.Failed != 0 {
		t.Errorf("replayed %+v", many)
	}

	var list struct{ Items []logged }
	s.Into(&list, "GET", "/api/deliveries?workflow=orders", "")
	var want, got []string
	for _, d := range list.Items {
		want, got = append(want, d.ID), append(got, told())
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" || len(want) != 5 {
		t.Errorf("told of %d (-logged +told):\n%s", len(got), diff)
	}
	if err := s.Stop(); err != nil {
		t.Errorf("the server did not stop while somebody watched: %v", err)
	}
}

// follow opens a stream of events; each call of what it returns gives the id of the next one.
func follow(t *testing.T, s *hookflowtest.Server, path string) (next func() string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.Key())
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	ids := make(chan string)
	go func() {
		defer close(ids)
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
				ids <- id
			}
		}
	}()
	return func() string {
		t.Helper()
		select {
		case id := <-ids:
			return id
		case <-time.After(time.Minute):
			t.Fatal("nothing is told")
			return ""
		}
	}
}

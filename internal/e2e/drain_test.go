package e2e_test

import (
	"fmt"
	"net/http"
	"syscall"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// TestDraining: SIGTERM lets a sync caller have its answer, tells everyone else to come back, and
// ends with 0.
func TestDraining(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	key := save(t, s, webhook(`{mode: sync}`, `{key: call, type: request, config: {url: "`+g.URL+`"}}, {key: r, type: response, config: {status: 201, body: done}}`))
	answered := make(chan string, 1)
	go func() {
		answer, content, err := s.Do(http.MethodPost, "/api/webhooks/"+key, `{}`)
		if err != nil {
			answered <- err.Error()
			return
		}
		answered <- fmt.Sprint(answer.StatusCode, " ", string(content))
	}()
	<-g.arrived
	s.Signal(syscall.SIGTERM)
	hookflowtest.Eventually(t, "it is not ready for more", func() bool {
		return send(t, s, http.MethodGet, "/readyz", "").Status == http.StatusServiceUnavailable
	})
	refused := post(t, s, key, `{}`)
	for what, r := range map[string]reply{
		"a webhook": refused,
		"the API":   admin(t, s, http.MethodGet, "/api/workflows", ""),
		"a run":     admin(t, s, http.MethodPost, "/api/workflows/"+key+"/run", `{}`),
	} {
		if r.Status != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d %v %s", what, r.Status, r.Header, r.Body)
		}
	}
	wantReply(t, "the process", send(t, s, http.MethodGet, "/healthz", ""), 200, `^ok`)
	g.release()
	if got := <-answered; got != "201 done" {
		t.Errorf("the caller got %s", got)
	}
	if err := s.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, s.Output())
	}
	s.Restart()
	if d := deliveryOf(t, s, refused); d.Outcome != "rejected" || d.Reason != "overloaded" {
		t.Errorf("the refused webhook is recorded as %+v", d)
	}
}

// TestDrainingWithoutCallers: what runs in the background is let finish, within bounds, and callers
// are told to come back until then.
func TestDrainingWithoutCallers(t *testing.T) {
	t.Parallel()
	s, g := hookflowtest.Start(t), newGate(t)
	key := save(t, s, webhook("", `{key: call, type: request, config: {url: "`+g.URL+`"}}`))
	accepted := post(t, s, key, `{}`)
	<-g.arrived
	s.Signal(syscall.SIGTERM)
	hookflowtest.Eventually(t, "webhooks are refused", func() bool {
		r := post(t, s, key, `{}`)
		return r.Status == http.StatusServiceUnavailable && r.Header.Get("Retry-After") != ""
	})
	g.release()
	if err := s.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, s.Output())
	}
	s.Restart()
	if e := executionOf(t, s, accepted); e.Status != "succeeded" {
		t.Errorf("%+v", e)
	}
}

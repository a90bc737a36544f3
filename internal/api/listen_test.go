package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

// notByHand knows one workflow to which no request can come.
func notByHand(_ context.Context, key string) error {
	if key == "by-hand" {
		return hookflow.Errorf(hookflow.CodeConflict, "the workflow %q has no webhook", key)
	}
	return nil
}

func TestListen(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.hush(t)
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	w := s.workflowID(t, "orders")
	d := order
	d.WorkflowID = w.ID
	s.deliver(t, d, `{"before":true}`)
	s.keys[auth.Viewer] = s.keys[auth.Editor] // who opens streams
	events := s.stream(t, web.URL+"/api/workflows/orders/listen")
	replay := d
	replay.ReplayOf = 1
	s.deliver(t, replay, `{"replay":true}`)
	wrong := d
	wrong.Reason = hookflow.ReasonMethod
	passed := s.deliver(t, wrong, "")
	id := s.deliver(t, d, orderBody)
	s.deliver(t, d, `{"late":true}`)
	first, second := events(), events()
	for _, want := range []string{"event: delivery\nid: " + passed.String(), `"reason":"method"`, `"why":"it was turned away (method)`} {
		if !strings.Contains(first, want) {
			t.Errorf("no %q in the first event %q", want, first)
		}
	}
	for _, want := range []string{"event: sample\n", `"from":"listen"`, `"delivery":"` + id.String() + `"`, `"verified":false`, `"total":1.50`, `"x-api-key":"••••"`} {
		if !strings.Contains(second, want) {
			t.Errorf("no %q in the second event %q", want, second)
		}
	}
	s.check(t, call{name: "it is kept", as: auth.Viewer, method: "GET", path: "/api/workflows/orders/sample", status: 200, want: []string{`"from":"listen"`, `"takenBy":"editor"`, id.String()}})

	if event := s.stream(t, web.URL+"/api/workflows/orders/listen?timeout=1ms")(); !strings.Contains(event, "event: timeout") {
		t.Errorf("after its time came %q", event)
	}
}

func TestListenIsRefused(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.workflowID(t, "orders")
	s.workflowID(t, "by-hand")
	listen := func(name, key string, as auth.Role, status int, headers map[string]string) call {
		return call{name: name, as: as, method: http.MethodGet, path: "/api/workflows/" + key, headers: headers, status: status}
	}
	s.checkAll(t, []call{
		listen("nobody", "orders/listen", "", 401, nil),
		listen("a viewer", "orders/listen", auth.Viewer, 403, nil),
		listen("no workflow", "none/listen", auth.Editor, 404, nil),
		listen("no webhook", "by-hand/listen", auth.Editor, 409, nil),
		listen("no time", "orders/listen?timeout=soon", auth.Editor, 400, nil),
		listen("another site", "orders/listen", auth.Editor, 403, map[string]string{"Sec-Fetch-Site": "cross-site"}),
	})
}

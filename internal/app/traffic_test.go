package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestTraffic: who is waited for at the end, and what the others are told.
func TestTraffic(t *testing.T) {
	t.Parallel()
	arrived, open := make(chan struct{}), make(chan struct{})
	defer close(open)
	front := newTraffic(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("wait") {
			arrived <- struct{}{}
			<-open
		}
		w.WriteHeader(http.StatusTeapot)
	}))
	send := func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		w := httptest.NewRecorder()
		front.ServeHTTP(w, r)
		return w
	}
	send("/api/before")
	go send("/api/deliveries/stream?wait")
	<-arrived
	front.drain(t.Context()) // a stream that goes on is not waited for
	for path, want := range map[string]int{
		"/api/workflows":         http.StatusServiceUnavailable,
		"/api/deliveries/stream": http.StatusServiceUnavailable,
		"/api/webhooks/a":        http.StatusTeapot,
		"/api/webhook:trigger/a": http.StatusTeapot,
		"/readyz":                http.StatusTeapot,
		"/metrics":               http.StatusTeapot,
	} {
		got := send(path)
		if got.Code != want || got.Header().Get("Connection") != "close" || (got.Header().Get("Retry-After") != "") != (want == http.StatusServiceUnavailable) {
			t.Errorf("%s: %d %v", path, got.Code, got.Header())
		}
	}
}

// TestTrafficWaits: what changes something and every webhook is waited for, as long as there is time.
func TestTrafficWaits(t *testing.T) {
	t.Parallel()
	for method, path := range map[string]string{http.MethodGet: "/api/webhooks/a", http.MethodPost: "/api/workflows/a/run"} {
		arrived, open := make(chan struct{}), make(chan struct{})
		front := newTraffic(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			arrived <- struct{}{}
			<-open
		}))
		go front.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), method, path, nil))
		<-arrived
		over, cancel := context.WithCancel(t.Context())
		cancel()
		front.drain(over) // the time is over at once
		select {
		case <-front.idle:
			t.Errorf("it is idle while %s %s is being served", method, path)
		default:
		}
		close(open)
		<-front.idle
	}
}

package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/live"
	"github.com/hookflow/hookflow/internal/search"
)

const (
	// heartbeat is how often a stream says that it is there.
	heartbeat = 15 * time.Second
	// recheck is how long a viewer who was let in stays in without being looked at again.
	recheck = 10 * time.Second
	// readTimeout is how long a viewer may take to read an event.
	readTimeout = 10 * time.Second
)

func (a *api) streamDeliveries(ctx context.Context, in *struct {
	search.Filter
	LastEventID textID `header:"Last-Event-ID" doc:"Id of the last event received: the stream goes on after it"`
},
) (*huma.StreamResponse, error) {
	query, err := a.deliveryQuery(ctx, &in.Filter)
	if err != nil {
		return nil, err
	}
	role := auth.From(ctx).Role
	key, err := json.Marshal(in.Filter)
	if err != nil {
		return nil, err
	}
	viewer, err := a.Live.Watch(strconv.FormatBool(role.Allows(auth.Admin))+string(key), *query, in.LastEventID.ID)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(inner huma.Context) {
		defer viewer.Close()
		_, w := humago.Unwrap(inner)
		stream := &eventStream{w: w, connection: http.NewResponseController(w)}
		stream.open()
		a.follow(inner.Context(), viewer, stream)
	}}, nil
}

// follow sends what the viewer missed and what comes, until one of the two has gone or the viewer is
// no longer let in.
func (a *api) follow(ctx context.Context, viewer *live.Viewer, to *eventStream) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	looked := a.Clock()
	letIn := func() bool {
		if a.Clock().Sub(looked) < recheck {
			return true
		}
		looked = a.Clock()
		return a.Auth.Holds(ctx)
	}
	send := func(d *hookflow.Delivery) bool {
		return letIn() && to.event("delivery", d.ID.String(), a.deliveryItem(ctx, d)) == nil
	}
	sendBeat := func() bool { return letIn() && to.write([]byte(": still here\n\n")) == nil }
	if err := viewer.Follow(ctx, beat.C, send, sendBeat); err != nil {
		a.Logger.WarnContext(ctx, "a live view could not be resumed", "error", err)
	}
}

// eventStream writes server-sent events.
type eventStream struct {
	w          http.ResponseWriter
	connection *http.ResponseController
}

func (s *eventStream) open() {
	s.w.Header().Set("Content-Type", "text/event-stream")
	s.w.Header().Set("X-Accel-Buffering", "no") // proxies would keep it
	s.w.WriteHeader(http.StatusOK)
	_ = s.write([]byte("retry: 2000\n\n")) // an error comes again with the first event
}

func (s *eventStream) event(name, id string, data any) error {
	var text bytes.Buffer
	fmt.Fprintf(&text, "event: %s\nid: %s\ndata: ", name, id)
	if err := marshal(&text, data); err != nil { // which ends the line
		return err
	}
	text.WriteString("\n")
	return s.write(text.Bytes())
}

// write fails when the other side does not read.
func (s *eventStream) write(text []byte) error {
	late := time.AfterFunc(readTimeout, func() {
		_ = s.connection.SetWriteDeadline(time.Unix(1, 0)) // a connection without deadlines keeps its own time
	})
	defer late.Stop()
	if _, err := s.w.Write(text); err != nil {
		return err
	}
	return s.connection.Flush()
}

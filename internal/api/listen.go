package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/sample"
)

const (
	// defaultListen and maxListen are how long somebody listens who says nothing, and at most.
	defaultListen = 5 * time.Minute
	maxListen     = time.Hour
)

func (a *api) registerListen() {
	register(a, operation{
		id: "listen-workflow", method: http.MethodGet, path: under("workflows", "{key}", "listen"), tag: "workflows", role: auth.Editor,
		summary: "Wait for the next request, also while the workflow is disabled or a draft, and keep it as the sample. Server-sent events: sample, which ends it; delivery, for a request that makes none; timeout",
		zh:      "等待下一个请求（工作流停用或仅有草稿时也可）并保存为样例数据。SSE 事件：sample（随即结束）、delivery（不能作为样例的请求）、timeout",
	}, a.listen)
}

func (a *api) listen(ctx context.Context, in *struct {
	ByKey
	Timeout string `query:"timeout" doc:"How long to wait, such as 90s or 10m; at most 1h" default:"5m"`
	Site    string `header:"Sec-Fetch-Site" hidden:"true"`
},
) (*huma.StreamResponse, error) {
	if in.Site == "cross-site" || in.Site == "same-site" { // it changes something, though it is a GET
		return nil, hookflow.Errorf(hookflow.CodeForbidden, "the request comes from another site")
	}
	timeout, err := parseTimeout("timeout", in.Timeout, defaultListen, maxListen)
	if err != nil {
		return nil, err
	}
	listener, err := a.Samples.Listen(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(inner huma.Context) {
		_, w := humago.Unwrap(inner)
		stream := &eventStream{w: w, connection: http.NewResponseController(w)}
		stream.open()
		a.await(inner.Context(), listener, timeout, stream)
	}}, nil
}

// await sends what comes until it makes a sample, the time is over or one of the two has gone.
func (a *api) await(ctx context.Context, listener *sample.Listener, timeout time.Duration, to *eventStream) {
	waiting, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	taken, err := listener.Wait(waiting, beat.C, sample.Told{
		Passed: func(d *hookflow.Delivery, why error) bool {
			return a.Auth.Holds(ctx) && to.event("delivery", d.ID.String(), passedOver{a.deliveryItem(ctx, d), a.Env.Masker().String(why.Error())}) == nil
		},
		Beat: func() bool { return a.Auth.Holds(ctx) && to.write([]byte(": still here\n\n")) == nil },
	})
	var item sampleItem
	if err == nil && taken != nil {
		item, err = a.sampleItem(ctx, taken)
	}
	switch {
	case ctx.Err() != nil:
	case err != nil && waiting.Err() == nil:
		a.Logger.WarnContext(ctx, "the next request could not be kept as a sample", "error", err)
	case taken != nil && a.Auth.Holds(ctx):
		_ = to.event("sample", item.ID.String(), item) // who has gone finds it kept
	case waiting.Err() != nil:
		_ = to.event("timeout", "", struct{}{})
	}
}

// passedOver is a request that came while somebody listened and makes no sample.
type passedOver struct {
	DeliveryItem
	Why string `json:"why" doc:"Why it is not the sample"`
}

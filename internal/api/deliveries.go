package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
)

type deliveryItem struct {
	ID           hookflow.ID      `json:"id"`
	Workflow     *string          `json:"workflow" doc:"Key; null when no workflow has the path"`
	ReceivedAt   time.Time        `json:"receivedAt"`
	Method       string           `json:"method"`
	URL          string           `json:"url"`
	Path         string           `json:"path" doc:"Below /api/webhooks/"`
	IP           string           `json:"ip"`
	BodySize     int64            `json:"bodySize" doc:"Bytes, after content decoding"`
	Outcome      hookflow.Outcome `json:"outcome" enum:"accepted,rejected,duplicate,filtered,handshake"`
	Reason       hookflow.Reason  `json:"reason" doc:"Code; empty when accepted"`
	Detail       string           `json:"detail" doc:"Why, in words"`
	Status       int              `json:"status" doc:"HTTP status answered"`
	Execution    *hookflow.ID     `json:"execution"`
	ReplayOf     *hookflow.ID     `json:"replayOf"`
	Verification *hookflow.Report `json:"verification" doc:"What the verification saw"`
}

type shownRequest struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers []hookflow.Header `json:"headers" nullable:"false"`
	Body    json.RawMessage   `json:"body" doc:"After content decoding: its text, or {base64}"`
}

type delivery struct {
	deliveryItem
	Request shownRequest   `json:"request"`
	Answer  *shownResponse `json:"answer" doc:"What was answered; null for a plain acknowledgement that status tells whole"`
}

type oneDelivery struct{ Body delivery }

func (a *api) registerDeliveries() {
	const tag = "deliveries"
	path := under("deliveries")
	register(a, operation{
		id: "list-deliveries", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List the requests received", zh: "请求记录列表",
	}, a.listDeliveries)
	register(a, operation{
		id: "get-delivery", method: http.MethodGet, path: path + "/{id}", tag: tag, role: auth.Viewer,
		summary: "Read a request with its answer; credentials are shown to administrators only", zh: "查看请求与应答；凭据仅管理员可见",
	}, a.getDelivery)
}

func (a *api) listDeliveries(ctx context.Context, in *struct {
	Page
	Workflow string           `query:"workflow" doc:"Key"`
	Outcome  hookflow.Outcome `query:"outcome" enum:"accepted,rejected,duplicate,filtered,handshake"`
	Reason   hookflow.Reason  `query:"reason"`
	From     time.Time        `query:"from"`
	To       time.Time        `query:"to"`
	Q        string           `query:"q" maxLength:"200" doc:"Text to look for in the URL, address and detail"`
},
) (*listOf[deliveryItem], error) {
	filter := store.DeliveryFilter{
		Workflow: in.Workflow, Outcome: in.Outcome, Reason: in.Reason, From: in.From, To: in.To, Q: in.Q,
	}
	rows, next, err := a.Store.Deliveries(ctx, filter, in.store())
	if err != nil {
		return nil, err
	}
	item := func(d hookflow.Delivery) deliveryItem { return a.deliveryItem(ctx, &d) }
	return listed(&in.Page, rows, next, item, func() (int64, error) { return a.Store.CountDeliveries(ctx, filter) })
}

func (a *api) deliveryItem(ctx context.Context, d *hookflow.Delivery) deliveryItem {
	item := deliveryItem{
		ID: d.ID, ReceivedAt: d.ReceivedAt.UTC(), Method: d.Method, URL: a.shownURL(ctx, d.URL), Path: d.Path, IP: d.IP,
		BodySize: d.BodySize, Outcome: d.Outcome, Reason: d.Reason, Detail: a.Env.Masker().String(d.Detail), Status: d.Status,
		Execution: idOrNil(d.ExecutionID), ReplayOf: idOrNil(d.ReplayOf), Verification: d.Report,
	}
	if d.WorkflowKey != "" {
		item.Workflow = &d.WorkflowKey
	}
	return item
}

func idOrNil(id hookflow.ID) *hookflow.ID {
	if id == 0 {
		return nil
	}
	return &id
}

func (a *api) shownURL(ctx context.Context, address string) string {
	if !auth.From(ctx).Role.Allows(auth.Admin) {
		address = maskedURL(address)
	}
	return a.Env.Masker().String(address)
}

func (a *api) getDelivery(ctx context.Context, in *ByID) (*oneDelivery, error) {
	d, err := a.Store.Delivery(ctx, in.ID.ID)
	if err != nil {
		return nil, err
	}
	body, err := a.Store.DeliveryBody(ctx, in.ID.ID)
	if err != nil && hookflow.CodeOf(err) != hookflow.CodeNotFound {
		return nil, err
	}
	out := &oneDelivery{delivery{deliveryItem: a.deliveryItem(ctx, d), Answer: a.shownResponse(d.Answer)}}
	out.Body.Request = shownRequest{
		Method: d.Method, URL: out.Body.URL, Headers: a.shownHeaders(ctx, d.Headers), Body: text(a.Env.Masker().Bytes(body)),
	}
	return out, nil
}

func (a *api) shownHeaders(ctx context.Context, headers []hookflow.Header) []hookflow.Header {
	out := append([]hookflow.Header{}, headers...)
	if !auth.From(ctx).Role.Allows(auth.Admin) {
		out = maskedHeaders(headers)
	}
	for i := range out {
		out[i].Value = a.Env.Masker().String(out[i].Value)
	}
	return out
}

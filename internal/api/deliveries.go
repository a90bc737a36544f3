package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/replay"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
)

// DeliveryItem is a delivery in lists; exported as ChannelView is.
type DeliveryItem struct {
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
	Test         bool             `json:"test" doc:"Whether it came to the test URL, which answers with the draft"`
	Verification *hookflow.Report `json:"verification" doc:"What the verification saw"`
}

type shownRequest struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers []hookflow.Header `json:"headers" nullable:"false"`
	Body    json.RawMessage   `json:"body" doc:"After content decoding: its text, or {base64}"`
}

type delivery struct {
	DeliveryItem
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
	register(a, operation{
		id: "stream-deliveries", method: http.MethodGet, path: path + "/stream", tag: tag, role: auth.Viewer,
		summary: "Follow the requests as they come: server-sent events, resumed with Last-Event-ID", zh: "实时跟踪请求（SSE，可用 Last-Event-ID 续传）",
	}, a.streamDeliveries)
	register(a, operation{
		id: "replay-delivery", method: http.MethodPost, path: path + "/{id}/replay", tag: tag, role: auth.Editor, body: replayBody{}, optional: true,
		summary: "Run a stored request again; 202 when it does, 200 when it was rejected again", zh: "重放请求；已执行返回 202，再次被拒绝返回 200",
	}, a.replayDelivery)
}

// deliveryList is a page of what was found.
type deliveryList struct {
	Items      []DeliveryItem `json:"items" nullable:"false"`
	NextCursor *string        `json:"nextCursor" doc:"Of the next page; null on the last one"`
	Total      *int64         `json:"total,omitempty" doc:"How many there are in all, with count=true; left out when too much would have to be read for it"`
	Scanned    *int           `json:"scanned,omitempty" doc:"How many were read, when q, header or body is looked for: the page may then have fewer items than there are, and its cursor goes on"`
	SearchedTo *time.Time     `json:"searchedTo,omitempty" doc:"How far back they were read; left out when that is all"`
}

type oneDeliveryList struct{ Body deliveryList }

func (a *api) listDeliveries(ctx context.Context, in *struct {
	Page
	search.Filter
},
) (*oneDeliveryList, error) {
	query, err := a.deliveryQuery(ctx, &in.Filter)
	if err != nil {
		return nil, err
	}
	found, err := query.Find(ctx, a.Store, in.store())
	if err != nil {
		return nil, err
	}
	out := &oneDeliveryList{deliveryList{Items: make([]DeliveryItem, len(found.Deliveries))}}
	for i := range found.Deliveries {
		out.Body.Items[i] = a.deliveryItem(ctx, &found.Deliveries[i])
	}
	if found.Next != "" {
		out.Body.NextCursor = &found.Next
	}
	if found.Scanned > 0 {
		out.Body.Scanned, out.Body.SearchedTo = &found.Scanned, timeOrNil(found.SearchedTo)
	}
	if in.Count {
		out.Body.Total, err = countExactly(query.Count(ctx, a.Store))
	}
	return out, err
}

func countExactly(n int64, exact bool, err error) (*int64, error) {
	if err != nil || !exact {
		return nil, err
	}
	return &n, nil
}

func (a *api) deliveryQuery(ctx context.Context, filter *search.Filter) (*search.Query, error) {
	query, problems := filter.Query(viewOf(a.Env, auth.From(ctx).Role))
	if len(problems) > 0 {
		return nil, hookflow.Invalid("the filter is not valid", problems...)
	}
	return &query, nil
}

// MaskedView is what those see of deliveries who are no administrators.
func MaskedView(env *secret.Env) search.View { return viewOf(env, auth.Viewer) }

// viewOf is what the role sees of deliveries.
func viewOf(env *secret.Env, role auth.Role) search.View {
	plain := role.Allows(auth.Admin)
	return search.View{
		Text: func(text string) string { return env.Masker().String(text) },
		URL: func(address string) string {
			if !plain {
				address = maskedURL(address)
			}
			return env.Masker().String(address)
		},
		Headers: func(headers []hookflow.Header) []hookflow.Header {
			shown := append([]hookflow.Header{}, headers...)
			if !plain {
				shown = maskedHeaders(headers)
			}
			for i := range shown {
				shown[i].Value = env.Masker().String(shown[i].Value)
			}
			return shown
		},
	}
}

func (a *api) deliveryItem(ctx context.Context, d *hookflow.Delivery) DeliveryItem {
	item := DeliveryItem{
		ID: d.ID, ReceivedAt: d.ReceivedAt.UTC(), Method: d.Method, URL: viewOf(a.Env, auth.From(ctx).Role).URL(d.URL), Path: a.Env.Masker().String(d.Path), IP: d.IP,
		BodySize: d.BodySize, Outcome: d.Outcome, Reason: d.Reason, Detail: a.Env.Masker().String(d.Detail), Status: d.Status,
		Execution: idOrNil(d.ExecutionID), ReplayOf: idOrNil(d.ReplayOf), Test: d.Test, Verification: d.Report,
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

// byDelivery is a delivery and whether to open what it shows masked.
type byDelivery struct {
	ID          textID `path:"id"`
	Credentials bool   `query:"credentials" doc:"Show what is masked as it came. Administrators only; it is noted in the audit log"`
}

func (a *api) getDelivery(ctx context.Context, in *byDelivery) (*oneDelivery, error) {
	d, err := a.Store.Delivery(ctx, in.ID.ID)
	if err != nil {
		return nil, err
	}
	body, err := a.Store.DeliveryBody(ctx, in.ID.ID)
	if err != nil && hookflow.CodeOf(err) != hookflow.CodeNotFound {
		return nil, err
	}
	role := auth.From(ctx).Role
	if in.Credentials && role.Allows(auth.Admin) {
		if err := a.openCredentials(ctx, d); err != nil {
			return nil, err
		}
	}
	out := &oneDelivery{delivery{DeliveryItem: a.deliveryItem(ctx, d), Answer: a.shownResponse(d.Answer)}}
	out.Body.Request = shownRequest{
		Method: d.Method, URL: out.Body.URL, Headers: viewOf(a.Env, role).Headers(d.Headers), Body: text(a.Env.Masker().Bytes(body)),
	}
	return out, nil
}

// openCredentials puts what was masked back into the delivery, and notes who wanted to see it before
// anybody does.
func (a *api) openCredentials(ctx context.Context, d *hookflow.Delivery) error {
	if len(d.Sealed) == 0 {
		return nil
	}
	credentials, err := replay.Credentials(a.Env, d)
	if err != nil {
		return err
	}
	err = a.Store.Write(ctx, func(tx *store.Tx) error { return a.record(tx, "read_credentials", "delivery", d.ID.String()) })
	if err != nil {
		return err
	}
	d.Headers, d.URL = credentials.Restore(d)
	return nil
}

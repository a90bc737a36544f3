package api

import (
	"testing"

	"github.com/hookflow/hookflow/internal/auth"
)

func TestWorkflowList(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.checkAll(t, []call{
		{
			name: "an endpoint", as: auth.Admin, method: "POST", path: "/api/workflows", status: 201, want: []string{`"tags":["shop","付款"]`},
			body: `{"key":"orders","title":"New orders","tags":["shop","付款"],"enabled":true,"options":{"onError":"by-hand","retain":{"failed":"30d"}},
				"trigger":{"type":"webhook","config":{"path":"in/orders","methods":["POST","PUT"],"mode":"sync","verification":{"scheme":"hmac","secret":"{{$env.KEY}}"}}},
				"nodes":[{"key":"save","title":"Save it","type":"create","config":{"collection":"orders"}},
					{"key":"tell","type":"notify","config":{"channel":"ops"}},{"key":"later","type":"call","config":{"workflow":"by-hand"}}]}`,
		},
		{
			name: "one by hand", as: auth.Admin, method: "POST", path: "/api/workflows?draft=true", status: 201,
			body: `{"key":"by-hand","trigger":{"type":"manual"},"nodes":[{"key":"again","type":"notify","config":{"channel":"ops"}}]}`,
		},
		{
			name: "list", as: auth.Viewer, method: "GET", path: "/api/workflows", status: 200,
			want: []string{
				`"key":"orders","title":"New orders","tags":["shop","付款"],"enabled":true,"revision":1,"hasDraft":false,"trigger":{"type":"webhook","path":"in/orders","methods":["POST","PUT"],"mode":"sync","scheme":"hmac"},"onError":"by-hand","retain":{"succeeded":null,"failed":"30d","deliveries":null}`,
				`{"pointer":"/trigger/config/verification/secret","kind":"env","name":"KEY","en":"There is no variable KEY","zh":"变量不存在：KEY"}`,
				`{"pointer":"/nodes/0/config/collection","kind":"collection","name":"orders",`, `{"pointer":"/nodes/1/config/channel","kind":"channel","name":"ops",`,
				`"key":"by-hand","title":"","tags":[],"enabled":false,"revision":0,"hasDraft":true,"trigger":{"type":"manual"}`,
			},
			wantNot: []string{`"stats"`, `"name":"by-hand"`},
		},
		{name: "by tag", as: auth.Viewer, method: "GET", path: "/api/workflows?tag=shop&count=true", status: 200, want: []string{`"key":"orders"`, `"total":1`}, wantNot: []string{"by-hand\",\"title"}},
		{name: "by a part of a tag", as: auth.Viewer, method: "GET", path: "/api/workflows?tag=sho", status: 200, want: []string{`"items":[]`}},
		{name: "by path", as: auth.Viewer, method: "GET", path: "/api/workflows?q=IN/ord", status: 200, want: []string{`"key":"orders"`}, wantNot: []string{"by-hand\",\"title"}},
		{name: "by key, first page", as: auth.Viewer, method: "GET", path: "/api/workflows?q=r&limit=1", status: 200, want: []string{`"key":"orders"`, `"nextCursor":null`}},
		{name: "bad tags", as: auth.Admin, method: "POST", path: "/api/workflows", status: 422, want: []string{`"/tags/0"`, `"/tags/2"`}, body: `{"key":"x","tags":[" a","b","b"],"trigger":{"type":"manual"},"nodes":[]}`},
	})
}

func TestWorkflowStats(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			seeded(t, s)
			s.check(t, call{
				name: "the newest two", as: auth.Viewer, method: "GET", path: "/api/workflows?stats=true&limit=2&count=true", status: 200,
				want: []string{`"stats":{"hours":[{"accepted":0,"rejected":0,"failed":0},`, `"lastDeliveryAt":"2026-03-01T11:5`, `"failed24h":1`, `"rejected24h":2`, `"total":4`},
			})
		})
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	s.checkAll(t, []call{
		{name: "env", as: auth.Admin, method: "PUT", path: "/api/env/URL", body: `{"value":"https://a.example"}`, status: 201},
		{name: "idle env", as: auth.Admin, method: "PUT", path: "/api/env/IDLE", body: `{"value":"x"}`, status: 201},
		{name: "collection", as: auth.Admin, method: "POST", path: "/api/collections", body: `{"name":"orders","fields":[{"name":"n","type":"integer"}]}`, status: 201},
		{
			name: "published", as: auth.Admin, method: "POST", path: "/api/workflows", status: 201,
			body: `{"key":"a","title":"A","trigger":{"type":"manual"},"nodes":[{"key":"r","type":"request","config":{"url":"{{$env.URL}}/x{{$env.URL}}"}}]}`,
		},
		{
			name: "draft", as: auth.Admin, method: "PUT", path: "/api/workflows/a?draft=true", status: 200,
			body: `{"key":"a","title":"A","trigger":{"type":"manual"},"nodes":[{"key":"r","type":"create","config":{"collection":"orders"}},{"key":"q","type":"request","config":{"url":"{{$env.URL}}"}}]}`,
		},
		{
			name: "env", as: auth.Viewer, method: "GET", path: "/api/env?usage=true", status: 200,
			want: []string{`"name":"IDLE","value":"x","secret":false,"updatedAt":"2026-03-01T12:00:00Z","usedBy":[]`, `"usedBy":[{"kind":"workflow","key":"a","title":"A"}]`},
		},
		{name: "env unasked", as: auth.Viewer, method: "GET", path: "/api/env", status: 200, wantNot: []string{"usedBy"}},
		{name: "collections", as: auth.Viewer, method: "GET", path: "/api/collections?usage=true", status: 200, want: []string{`"usedBy":[{"kind":"workflow","key":"a","title":"A"}]`}},
		{name: "channels", as: auth.Viewer, method: "GET", path: "/api/channels?usage=true", status: 200, want: []string{`"items":[]`}},
	})
}

func TestSearch(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	seeded(t, s)
	s.checkAll(t, []call{
		{name: "collection", as: auth.Admin, method: "POST", path: "/api/collections", body: `{"name":"shipments","title":"Sent","fields":[{"name":"n","type":"integer"}]}`, status: 201},
		{
			name: "workflow", as: auth.Admin, method: "POST", path: "/api/workflows", status: 201,
			body: `{"key":"shipping","title":"Parcels","tags":["post"],"trigger":{"type":"webhook","config":{"path":"dhl/in"}},"nodes":[{"key":"label","title":"Print a ship label","type":"request","config":{}}]}`,
		},
	})
	delivery := member(t, s.check(t, call{name: "newest", as: auth.Viewer, method: "GET", path: "/api/deliveries?limit=1", status: 200}), "items", "0", "id")
	const ship = `{"kind":"workflow","key":"shipping","title":"Parcels"}`
	s.checkAll(t, []call{
		{
			name: "everything", as: auth.Viewer, method: "GET", path: "/api/search?q=SHIP", status: 200,
			want: []string{`"items":[` + ship + `,{"kind":"collection","key":"shipments","title":"Sent"},{"kind":"node","key":"label","title":"Print a ship label","workflow":"shipping","type":"request"}]`},
		},
		{name: "tag", as: auth.Viewer, method: "GET", path: "/api/search?q=post", status: 200, want: []string{ship}},
		{name: "path", as: auth.Viewer, method: "GET", path: "/api/search?q=dhl/", status: 200, want: []string{ship}},
		{name: "id", as: auth.Viewer, method: "GET", path: "/api/search?q=" + delivery, status: 200, want: []string{`"items":[{"kind":"delivery","key":"` + delivery + `","title":"POST /orders","workflow":"w`}},
		{name: "nothing", as: auth.Viewer, method: "GET", path: "/api/search?q=nowhere", status: 200, want: []string{`"items":[]`}},
		{name: "no text", as: auth.Viewer, method: "GET", path: "/api/search?q=", status: 422},
		{name: "for nobody", method: "GET", path: "/api/search?q=a", status: 401},
	})
}

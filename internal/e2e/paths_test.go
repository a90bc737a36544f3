package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// saysWho is a sync endpoint at a path that answers which one it is and with which parameters.
func saysWho(path, methods, who string) string {
	return webhook(`{mode: sync, path: "`+path+`", methods: [`+methods+`]}`,
		`{key: r, type: response, config: {body: {who: "`+who+`", params: "{{$context.params}}", path: "{{$context.path}}"}}}`)
}

// TestPaths: patterns, their parameters and which of several wins.
func TestPaths(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	for _, endpoint := range []struct{ key, path, methods string }{
		{"literal", "orders/new/events", "POST"},
		{"one", "orders/:orderId/events", "POST"},
		{"two", "orders/:orderId/:kind", "POST"},
		{"rest", "orders/*rest", "POST"},
		{"rest-get", "orders/*all", "GET"},
		{"everything", "files/:area/*path", "POST, PUT"},
		{"plain", "", "POST"},
	} {
		if r := put(t, s, endpoint.key, saysWho(endpoint.path, endpoint.methods, endpoint.key)); r.Status != http.StatusCreated {
			t.Fatalf("%s: %s", endpoint.key, r.Body)
		}
	}
	tests := []struct{ method, path, who, params string }{
		{"POST", "webhooks/orders/new/events", "literal", `{}`},
		{"POST", "webhooks/orders/42/events", "one", `{"orderId":"42"}`},
		{"POST", "webhooks/orders/42/items", "two", `{"orderId":"42","kind":"items"}`},
		{"POST", "webhooks/orders/a/b/c", "rest", `{"rest":"a/b/c"}`},
		{"POST", "webhooks/orders/a", "rest", `{"rest":"a"}`},
		{"GET", "webhooks/orders/new/events", "rest-get", `{"all":"new/events"}`},
		{"POST", "webhooks/orders/a%2Fb%20c/events", "one", `{"orderId":"a/b c"}`},
		{"POST", "webhooks/orders/%E8%AE%A2%E5%8D%95/events", "one", `{"orderId":"订单"}`},
		{"POST", "webhooks/orders/a+b/events?orderId=no", "one", `{"orderId":"a+b"}`},
		{"PUT", "webhooks/files/public/a%20b/c.txt", "everything", `{"area":"public","path":"a b/c.txt"}`},
		{"POST", "webhooks/plain", "plain", `{}`},
		{"POST", "webhook:trigger/plain", "plain", `{}`},
		{"POST", "webhook:trigger/one", "one", `{}`},
		{"POST", "webhooks/orders//x", "", ""},
		{"POST", "webhooks/files/a/b//c", "everything", `{"area":"a","path":"b//c"}`},
		{"POST", "webhooks/files/a/../b", "everything", `{"area":"a","path":"../b"}`},
		{"POST", "webhooks/orders/", "", ""},
		{"POST", "webhooks/orders", "", ""},
		{"POST", "webhooks/one", "", ""},
		{"POST", "webhooks/Plain", "", ""},
		{"POST", "webhooks/plain/more", "", ""},
		{"POST", "webhook:trigger/orders/new/events", "", ""},
	}
	for _, test := range tests {
		r := send(t, s, test.method, "/api/"+test.path, "")
		if test.who == "" {
			if r.Status != http.StatusNotFound {
				t.Errorf("%s: %d %s", test.path, r.Status, r.Body)
			}
			continue
		}
		_, below, _ := strings.Cut(test.path, "/")
		below, _, _ = strings.Cut(below, "?")
		wantJSON(t, test.method+" "+test.path, `{"who":"`+test.who+`","params":`+test.params+`,"path":"`+below+`"}`, r.Body)
	}
	if r := admin(t, s, http.MethodGet, "/api/deliveries?outcome=rejected&count=true&q=orders//x", ""); !strings.Contains(r.Body, `"total":1`) {
		t.Errorf("the refused path with an empty segment is not on record: %s", r.Body)
	}
	if r := send(t, s, "PATCH", "/api/webhooks/orders/new/events", ""); r.Status != http.StatusMethodNotAllowed || r.Header.Get("Allow") != "GET, POST, HEAD" {
		t.Errorf("a method that none takes: %d %v", r.Status, r.Header)
	}
}

// TestPathConflicts: two enabled workflows may not claim the same method and pattern.
func TestPathConflicts(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	disabled := func(document string) string {
		return strings.Replace(document, "enabled: true", "enabled: false", 1)
	}
	put(t, s, "first", saysWho("a/:x/c", "POST, PUT", "first"))
	tests := []struct {
		name, document string
		status         int
	}{
		{"the same", saysWho("a/:x/c", "POST", "x"), 409},
		{"another name of the parameter", saysWho("a/:other/c", "GET, PUT", "x"), 409},
		{"another method", saysWho("a/:x/c", "GET", "x"), 201},
		{"more specific", saysWho("a/b/c", "POST", "x"), 201},
		{"disabled", disabled(saysWho("a/:x/c", "POST", "x")), 201},
		{"its key is another's path", saysWho("key-as-path", "POST", "x"), 201},
		{"key-as-path", saysWho("", "POST", "x"), 409},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := put(t, s, keyFor(t), test.document)
			if r.Status != test.status || r.Status == 409 && test.name != "key-as-path" && !strings.Contains(r.Body, "first") {
				t.Errorf("%d %s", r.Status, r.Body)
			}
		})
	}
	if r := admin(t, s, http.MethodPost, "/api/workflows/disabled/enable", ""); r.Status != http.StatusConflict || !strings.Contains(r.Body, "first") {
		t.Errorf("enabling it: %d %s", r.Status, r.Body)
	}
	s.Must(http.MethodPost, "/api/workflows/first/disable", "")
	s.Must(http.MethodPost, "/api/workflows/disabled/enable", "")
	if r := admin(t, s, http.MethodPost, "/api/workflows/first/enable", ""); r.Status != http.StatusConflict || !strings.Contains(r.Body, "disabled") {
		t.Errorf("enabling the first again: %d %s", r.Status, r.Body)
	}
	s.Must(http.MethodDelete, "/api/workflows/disabled", "")
	s.Must(http.MethodPost, "/api/workflows/first/enable", "")
}

// TestContext: what every parser makes of a request.
func TestContext(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	key := save(t, s, webhook(`{mode: sync, methods: [GET, POST, PUT]}`, `{key: r, type: response, config: {body: {got: "{{$context}}"}}}`))
	const form = "Content-Type: application/x-www-form-urlencoded"
	tests := []struct {
		name, query string
		headers     []string
		body        string
		want        string // what stands at the member
		member      string // data when ""
	}{
		{name: "json", headers: []string{asJSON}, body: `{"a":[1,{"b":null}]}`, want: `{"a":[1,{"b":null}]}`},
		{name: "json with a charset", headers: []string{"Content-Type: application/json; charset=ISO-8859-1"}, body: "\"caf\xe9\"", want: `"café"`},
		{name: "json in utf-16", headers: []string{asJSON}, body: "\xff\xfe\"\x00a\x00\"\x00", want: `"a"`},
		{name: "json with a byte order mark", headers: []string{asJSON}, body: "\xef\xbb\xbf[1]", want: `[1]`},
		{name: "+json", headers: []string{"Content-Type: application/cloudevents+json"}, body: `{"a":1}`, want: `{"a":1}`},
		{name: "json in capitals", headers: []string{"Content-Type: Application/JSON"}, body: `1`, want: `1`},
		{name: "form", headers: []string{form}, body: "a=1&b=x+y%21&c=%E4%BD%A0&d", want: `{"a":"1","b":"x y!","c":"你","d":""}`},
		{name: "form with brackets", headers: []string{form}, body: "a[b]=1&a[c][d]=2&l[]=1&l[]=2&r=1&r=2", want: `{"a":{"b":"1","c":{"d":"2"}},"l":["1","2"],"r":["1","2"]}`},
		{name: "form in gbk", headers: []string{form + "; charset=gbk"}, body: "a=%C4%E3", want: `{"a":"你"}`},
		{
			name: "xml", headers: []string{"Content-Type: application/xml"}, body: `<?xml version="1.0"?><o id="1"><i>a</i><i>b &amp; c</i><t x="y">z</t><e/></o>`,
			want: `{"o":{"@id":"1","i":["a","b & c"],"t":{"@x":"y","#text":"z"},"e":""}}`,
		},
		{name: "xml without entities of its own", headers: []string{"Content-Type: text/xml"}, body: `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>1</a>`, want: `{"a":"1"}`},
		{name: "text", headers: []string{"Content-Type: text/plain"}, body: "caf\u00e9\n", want: `"café\n"`},
		{name: "csv", headers: []string{"Content-Type: text/csv; charset=latin1"}, body: "caf\xe9", want: `"café"`},
		{name: "binary", headers: []string{"Content-Type: image/png"}, body: "\x89PNG", want: `{"base64":"iVBORw==","contentType":"image/png","size":4}`},
		{name: "nothing", headers: []string{asJSON}, want: `null`},
		{name: "nothing at all", want: `null`},

		{name: "query", query: "?a=1&b=2&b=3&c[]=4&d[e]=5&f=%26+x&g", want: `{"a":"1","b":["2","3"],"c":["4"],"d":{"e":"5"},"f":"& x","g":""}`, member: "query"},
		{name: "no query", want: `{}`, member: "query"},
		{name: "method", want: `"POST"`, member: "method"},
		{name: "ip", want: `"127.0.0.1"`, member: "ip"},
		{name: "path", query: "?a=1", want: `"` + key + `"`, member: "path"},
		{name: "url", query: "?a=%20", want: `"` + s.URL + "/api/webhooks/" + key + `?a=%20"`, member: "url"},
		{name: "raw body", headers: []string{asJSON}, body: "{ \"a\": 1 }\n", want: `"{ \"a\": 1 }\n"`, member: "rawBody"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := contextOf(t, send(t, s, http.MethodPost, "/api/webhooks/"+key+test.query, test.body, test.headers...))
			if test.member == "" {
				test.member = "data"
			}
			wantJSON(t, test.member, test.want, string(got[test.member]))
		})
	}
	t.Run("headers", func(t *testing.T) {
		t.Parallel()
		got := contextOf(t, post(t, s, key, `1`, "X-Twice: a", "X-Twice: b", "Authorization: Bearer abc", "User-Agent: test/1"))
		wantJSON(t, "headers", `{"content-type":"application/json","content-length":"1","x-twice":"a, b","authorization":"••••",
			"user-agent":"test/1","accept-encoding":"gzip","host":"`+strings.TrimPrefix(s.URL, "http://")+`"}`, string(got["headers"]))
	})
	t.Run("multipart", func(t *testing.T) {
		t.Parallel()
		body := strings.ReplaceAll("--x\nContent-Disposition: form-data; name=\"a[b]\"\n\n1\n--x\nContent-Disposition: form-data; name=\"doc\"; filename=\"r é.pdf\"\nContent-Type: application/pdf\n\n%PDF\n--x--\n", "\n", "\r\n")
		r := send(t, s, http.MethodPost, "/api/webhooks/"+key, body, "Content-Type: multipart/form-data; boundary=x")
		id := r.Header.Get("X-Hookflow-Delivery")
		wantJSON(t, "data", `{"a":{"b":"1"},"doc":{"name":"doc","filename":"r é.pdf","contentType":"application/pdf","size":4,"id":"`+id+`-1-65em56vq2k7dptpg9b1h4g0ma9bpj9hg"}}`, string(contextOf(t, r)["data"]))
	})
	t.Run("of this delivery", func(t *testing.T) {
		t.Parallel()
		r := post(t, s, key, `1`)
		got, d := contextOf(t, r), deliveryOf(t, s, r)
		if text(t, got["deliveryId"]) != d.ID || !strings.HasSuffix(text(t, got["receivedAt"]), "Z") {
			t.Errorf("%s %s, of delivery %s", got["deliveryId"], got["receivedAt"], d.ID)
		}
	})
}

func contextOf(t *testing.T, r reply) map[string]raw {
	t.Helper()
	var answer struct{ Got map[string]raw }
	decode(t, r, &answer)
	return answer.Got
}

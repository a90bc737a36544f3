package request_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/value"
)

var sample = request.Raw{
	Method: "POST",
	Path:   "orders/a%20b",
	URL:    "https://example.com/api/webhooks/orders/a%20b?x=1&tag=a&tag=b",
	IP:     "192.0.2.7",
	Headers: []hookflow.Header{
		{Name: "Content-Type", Value: "application/json"},
		{Name: "X-Tag", Value: "one"},
		{Name: "x-tag", Value: "two"},
	},
	Params:     hookflow.Params{{Name: "id", Value: "a b"}},
	Query:      "x=1&tag=a&tag=b",
	Body:       []byte(`{"n":12345678901234567890,"n2":1.50}`),
	ReceivedAt: time.Date(2026, 1, 2, 3, 4, 5, 678_901_234, time.FixedZone("", 3600)),
	DeliveryID: 1 << 40,
}

const sampleJSON = `{"data":{"n":12345678901234567890,"n2":1.50},"headers":{"content-type":"application/json","x-tag":"one, two"},` +
	`"query":{"x":"1","tag":["a","b"]},"params":{"id":"a b"},"method":"POST","path":"orders/a%20b",` +
	`"url":"https://example.com/api/webhooks/orders/a%20b?x=1&tag=a&tag=b","ip":"192.0.2.7",` +
	`"rawBody":"{\"n\":12345678901234567890,\"n2\":1.50}","receivedAt":"2026-01-02T02:04:05.678Z","deliveryId":"0000100000000"}`

func TestContextIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	for range 2 {
		context, err := request.Parse(sample)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sampleJSON, string(context.JSON())); diff != "" {
			t.Errorf("JSON (-want +got):\n%s", diff)
		}
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	tests := []struct{ path, want string }{
		{"$context.data.n2", "1.50"},
		{"$context.headers.x-tag", `"one, two"`},
		{"$context.headers.X-Tag", ""},
		{"$context.headers.none", ""},
		{"$context.headers", `{"content-type":"application/json","x-tag":"one, two"}`},
		{"$context.query.tag[1]", `"b"`},
		{"$context.params.id", `"a b"`},
		{"$context.method", `"POST"`},
		{"$context.none", ""},
		{"$context", sampleJSON},
	}
	context, err := request.Parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for _, test := range tests {
		wait.Go(func() {
			path, err := value.ParsePath(test.path)
			if got := string(context.Lookup(path.Segments...)); err != nil || got != test.want {
				t.Errorf("%s = %s, %v; want %s", test.path, got, err, test.want)
			}
		})
	}
	wait.Wait()
}

func TestNewHasNoData(t *testing.T) {
	t.Parallel()
	context := request.New(sample)
	if got := context.Lookup("data", "n2"); got != nil {
		t.Errorf("data.n2 = %s before parsing", got)
	}
	if got := string(context.Lookup("method")); got != `"POST"` {
		t.Errorf("method = %s", got)
	}
}

func TestFromDelivery(t *testing.T) {
	t.Parallel()
	original, err := request.Parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	rebuilt, err := request.FromDelivery(&hookflow.Delivery{
		ID: sample.DeliveryID, ReceivedAt: sample.ReceivedAt.Truncate(time.Microsecond), Method: sample.Method, URL: sample.URL,
		Path: "orders/a%20b", Pattern: "orders/:id", IP: sample.IP, Headers: sample.Headers,
	}, sample.Body)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(original.JSON()), string(rebuilt.JSON())); diff != "" {
		t.Errorf("(-received +rebuilt):\n%s", diff)
	}
}

func TestParseBody(t *testing.T) {
	t.Parallel()
	const xmlType = "application/xml"
	tests := []struct{ name, contentType, body, want, wantErr string }{
		{"empty", "application/json", "", `null`, ""},
		{"order and spelling", "application/json", ` {"b":1e2,"a":1,"b":2} `, `{"b":1e2,"a":1,"b":2}`, ""},
		{"suffix", "application/cloudevents+json; charset=UTF-8", `[1]`, `[1]`, ""},
		{"JSON BOM", "application/json", "\xef\xbb\xbf{}", `{}`, ""},
		{"JSON UTF-16", "application/json", "\xff\xfe[\x00]\x00", `[]`, ""},
		{"JSON malformed UTF-8", "application/json", "\"a\xe2\x82b\xff\"", "\"a\ufffdb\ufffd\"", ""},
		{"JSON GBK", "application/json;charset=gbk", "\"\xd6\xd0\"", `"中"`, ""},
		{"JSON broken", "application/json", "{\n \"a\": x}", "", "line 2, column 7"},
		{"JSON only space", "application/json", " ", "", "empty"},
		{"unknown charset", "application/json;charset=klingon", "{}", "", `"klingon" is not known`},

		{"form", "application/x-www-form-urlencoded", "a=1&b=x+y%21&c", `{"a":"1","b":"x y!","c":""}`, ""},
		{"form repeated", "application/x-www-form-urlencoded", "a=1&b=2&a=3", `{"a":["1","3"],"b":"2"}`, ""},
		{"form list of one", "application/x-www-form-urlencoded", "a[]=1", `{"a":["1"]}`, ""},
		{"form object", "application/x-www-form-urlencoded", "a[b]=1&a[c][d]=2&a%5Bb%5D=3", `{"a":{"b":["1","3"],"c":{"d":"2"}}}`, ""},
		{"form indexes", "application/x-www-form-urlencoded", "a[0]=x&a[1]=y", `{"a":["x","y"]}`, ""},
		{"form list of objects", "application/x-www-form-urlencoded", "a[][b]=1&a[][b]=2", `{"a":[{"b":"1"},{"b":"2"}]}`, ""},
		{"form both", "application/x-www-form-urlencoded", "a=1&a[b]=2", `{"a":["1",{"b":"2"}]}`, ""},
		{"form odd names", "application/x-www-form-urlencoded", "a[b=1&[c]=2&a]=3&a[b]c=4", `{"a[b":"1","[c]":"2","a]":"3","a[b]c":"4"}`, ""},
		{"form odd escapes", "application/x-www-form-urlencoded", "a=100%&b=%zz&c=%e4", `{"a":"100%","b":"%zz","c":"` + "\ufffd" + `"}`, ""},
		{"form GBK", "application/x-www-form-urlencoded; charset=GBK", "a=%D6%D0", `{"a":"中"}`, ""},
		{"form too many", "application/x-www-form-urlencoded", strings.Repeat("a&", 10_001), "", "more than 10000"},
		{"form deep", "application/x-www-form-urlencoded", "a" + strings.Repeat("[b]", 21) + "=1", `{"a` + strings.Repeat("[b]", 21) + `":"1"}`, ""},

		{
			"multipart", "multipart/form-data; boundary=x",
			"--x\r\nContent-Disposition: form-data; name=\"who\"\r\n\r\nAda\r\n--x\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x--\r\n",
			`{"who":"Ada","doc":{"name":"doc","filename":"a.txt","contentType":"text/plain","size":5,"id":"0000100000000-1-5ks4vejzp2hgw9q87cncbef2krdhc7jw"}}`, "",
		},
		{"multipart without boundary", "multipart/form-data", "x", "", "no boundary"},
		{"multipart cut short", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1", "", "part 1"},
		{"multipart of another boundary", "multipart/form-data; boundary=x", "--y\r\n", "", "part 1"},
		{
			"multipart too many", "multipart/form-data; boundary=x",
			strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n", 1001) + "--x--\r\n", "", "more than 1000 parts",
		},

		{"XML", xmlType, `<?xml version="1.0"?><xml><To><![CDATA[a<b]]></To><N>1</N></xml>`, `{"xml":{"To":"a<b","N":"1"}}`, ""},
		{"XML attributes", "text/xml", `<o id="7">x<i/> y &amp; z</o>`, `{"o":{"@id":"7","i":"","#text":"x y & z"}}`, ""},
		{"XML repeated", xmlType, "<l>\n <i>1</i>\n <j/>\n <i k='v'>2</i></l>", `{"l":{"i":["1",{"@k":"v","#text":"2"}],"j":""}}`, ""},
		{"XML prefixes", "application/soap+xml", `<s:E xmlns:s="urn:x"><s:B/></s:E>`, `{"s:E":{"@xmlns:s":"urn:x","s:B":""}}`, ""},
		{"XML declared charset", xmlType, "<?xml version='1.0' encoding='GBK'?><a>\xd6\xd0</a>", `{"a":"中"}`, ""},
		{"XML charset of the header", "text/xml; charset=gbk", "<?xml version='1.0' encoding='utf-8'?><a>\xd6\xd0</a>", `{"a":"中"}`, ""},
		{"XML document type", xmlType, `<!DOCTYPE a><a/>`, `{"a":""}`, ""},
		{"XML entity", xmlType, `<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>`, "", "entity"},
		{"XML external entity", xmlType, `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>`, "", "entity"},
		{"XML crossed", xmlType, "<a>\n<b></a></b>", "", "line 2"},
		{"XML open", xmlType, "<a>", "", "<a> is not closed"},
		{"XML two roots", xmlType, "<a/><b/>", "", "second root"},
		{"XML no root", xmlType, "<!-- -->", "", "no element"},
		{"XML text outside", xmlType, "<a/>x", "", "outside"},
		{"XML deep", xmlType, strings.Repeat("<a>", 101), "", "deeper than 100"},
		{"XML with many attributes", xmlType, "<a " + strings.Repeat("b='' ", 400_001) + "/>", "", "too many attributes"},
		{"XML wide", xmlType, "<a>" + strings.Repeat("<b/>", 100_000) + "</a>", "", "more than 100000"},

		{"text", "text/plain", "a\"b\n", `"a\"b\n"`, ""},
		{"text GBK", "text/csv; charset=gb2312", "\xd6\xd0", `"中"`, ""},
		{"binary", "image/png", "\x00\x01", `{"base64":"AAE=","contentType":"image/png","size":2}`, ""},
		{"no type", "", "x", `{"base64":"eA==","contentType":"","size":1}`, ""},
		{"broken type", "application/json; =", `[1]`, `[1]`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			context, err := request.Parse(request.Raw{
				Headers:    []hookflow.Header{{Name: "content-type", Value: test.contentType}},
				Body:       []byte(test.body),
				DeliveryID: 1 << 40,
			})
			if test.wantErr != "" {
				if err == nil || !strings.Contains(err.Error(), test.wantErr) {
					t.Errorf("error = %v, want %q", err, test.wantErr)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(context.Data())); diff != "" {
				t.Errorf("data (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRawBodyIsText(t *testing.T) {
	t.Parallel()
	context := request.New(request.Raw{
		Headers: []hookflow.Header{{Name: "Content-Type", Value: "text/plain; charset=gbk"}},
		Body:    []byte("\xd6\xd0"),
	})
	if got := string(context.Lookup("rawBody")); got != `"中"` {
		t.Errorf("rawBody = %s", got)
	}
}

func FuzzParseBody(f *testing.F) {
	seeds := []struct{ contentType, body string }{
		{"application/json", `{"a":[1,"\ud800",null]}`},
		{"application/json; charset=utf-16", "\xfe\xff\x00[\x00]"},
		{"application/x-www-form-urlencoded", "a[b][]=1&a[b][]=2&c=%E4%BD&a[0]=3"},
		{"application/x-www-form-urlencoded; charset=gbk", "a=%D6%D0"},
		{"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a[b]\"; filename=\"c\"\r\n\r\n1\r\n--x--"},
		{"text/xml", `<?xml version="1.0" encoding="gbk"?><a b="c">d<e/>&lt;<e>f</e></a>`},
		{"text/plain; charset=shift_jis", "\x83\x65"},
		{"", "\x00"},
	}
	for i, seed := range seeds {
		f.Add(uint8(i), []byte(seed.body))
	}
	f.Fuzz(func(t *testing.T, seed uint8, body []byte) {
		contentType := seeds[int(seed)%len(seeds)].contentType
		in := request.Raw{Headers: []hookflow.Header{{Name: "Content-Type", Value: contentType}}, Body: body, Query: string(body)}
		context, err := request.Parse(in)
		if err != nil {
			return
		}
		text := context.JSON()
		if !json.Valid(text) {
			t.Fatalf("not JSON: %q", text)
		}
		again, err := request.Parse(in)
		if err != nil || string(again.JSON()) != string(text) {
			t.Fatalf("differs the second time: %q, %v", text, err)
		}
	})
}

func BenchmarkLookup(b *testing.B) {
	context, err := request.Parse(sample)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		context.Lookup("headers", "x-tag")
		context.Lookup("data", "n2")
	}
}

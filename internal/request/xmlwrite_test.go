package request

import (
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

var xmlHeaders = []hookflow.Header{{Name: "Content-Type", Value: "application/xml"}}

// TestXML: what is written is read as the same.
func TestXML(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ value, xml, read string }{
		{`{"a":"1"}`, `<a>1</a>`, ""},
		{`{"a":{"@id":"7","b":["x","y"],"c":{"d":"<&>"}}}`, `<a id="7"><b>x</b><b>y</b><c><d>&lt;&amp;&gt;</d></c></a>`, ""},
		{`{"a":{"@x":"\"'\n","#text":"中"}}`, `<a x="&#34;&#39;&#xA;">中</a>`, ""},
		{`{"soap:Envelope":{"@xmlns:soap":"urn:s","soap:Body":""}}`, `<soap:Envelope xmlns:soap="urn:s"><soap:Body></soap:Body></soap:Envelope>`, ""},
		{`{"a":{"n":1.50,"t":true,"no":null,"@no":null,"bad":"\u0001"}}`, "<a><n>1.50</n><t>true</t><no></no><bad>�</bad></a>", `{"a":{"n":"1.50","t":"true","no":"","bad":"�"}}`},
		{`{"a":[]}`, "", ""},
		{`{"a":1,"b":2}`, "", ""},
		{`{}`, "", ""},
		{`[1]`, "", ""},
		{`{"a b":1}`, "", ""},
		{`{"a":{"b><c":1}}`, "", ""},
		{`{"a":{"@b=\"\" c":1}}`, "", ""},
	} {
		written, err := XML(value.Raw(test.value))
		if test.xml == "" {
			if err == nil {
				t.Errorf("%s: written as %s", test.value, written)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.value, err)
			continue
		}
		if _, document, _ := strings.Cut(string(written), "\n"); document != test.xml {
			t.Errorf("%s:\n got %s\nwant %s", test.value, document, test.xml)
		}
		if test.read == "" {
			test.read = test.value
		}
		back, err := Parse(Raw{Headers: xmlHeaders, Body: written})
		if err != nil || !value.Equal(back.Data(), value.Raw(test.read)) {
			t.Errorf("%s: read as %s (%v)", test.value, back.Data(), err)
		}
	}
}

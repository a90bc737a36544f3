package verify_test

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

func headers(lines ...string) (list []hookflow.Header) {
	for i := 0; i < len(lines); i += 2 {
		list = append(list, hookflow.Header{Name: lines[i], Value: lines[i+1]})
	}
	return list
}

func TestHandshakes(t *testing.T) {
	t.Parallel()
	zoom := func(body, key string) []hookflow.Header {
		signature := hex.EncodeToString(mac(hashOf["sha256"], key, "v0:"+testTime+":"+body))
		return headers("x-zm-request-timestamp", testTime, "x-zm-signature", "v0="+signature)
	}
	const (
		zoomBody   = `{"event":"endpoint.url_validation","payload":{"plainToken":"p\"q"}}`
		douyinBody = `{"event":"verify_webhook","client_key":"","content":{"challenge":12345}}`
		gridBody   = `[{"data":{"validationCode":"c1"}}]`
	)
	crc := "sha256=" + base64.StdEncoding.EncodeToString(mac(hashOf["sha256"], testKey, "abc="))
	type answer struct {
		Status int
		Type   string
		Body   string
	}
	tests := []struct {
		name, scheme string // with its settings besides the secret
		request      verify.Request
		want         *answer // nil: refused
	}{
		{
			"zoom", `zoom"`,
			verify.Request{Method: "POST", Body: []byte(zoomBody), Headers: zoom(zoomBody, testKey)},
			&answer{200, "application/json", `{"plainToken":"p\"q","encryptedToken":"` + hexMAC(`p"q`) + `"}`},
		},
		{"zoom unsigned", `zoom"`, verify.Request{Method: "POST", Body: []byte(zoomBody)}, nil},
		{"zoom signed by another", `zoom"`, verify.Request{Method: "POST", Body: []byte(zoomBody), Headers: zoom(zoomBody, "x")}, nil},
		{
			"douyin", `douyin"`,
			verify.Request{Method: "POST", Body: []byte(douyinBody), Headers: headers("X-Douyin-Signature", digest1(testKey+douyinBody))},
			&answer{200, "application/json", `{"challenge":12345}`},
		},
		{"douyin unsigned", `douyin"`, verify.Request{Method: "POST", Body: []byte(douyinBody)}, nil},
		{"x", `x_twitter"`, verify.Request{Method: "GET", Query: "crc_token=abc%3D&nonce=1"}, &answer{200, "application/json", `{"response_token":"` + crc + `"}`}},
		{"x is no oracle", `x_twitter"`, verify.Request{Method: "GET", Query: "crc_token=%7B%22a%22%3A1%7D"}, nil},
		{"dropbox", `dropbox"`, verify.Request{Method: "GET", Query: "challenge=%3Cb%3E"}, &answer{200, "text/plain; charset=utf-8", "<b>"}},
		{"dropbox by POST", `dropbox"`, verify.Request{Method: "POST", Query: "challenge=1"}, nil},
		{"meta", `meta","verifyToken":"v"`, verify.Request{Method: "GET", Query: "hub.mode=subscribe&hub.verify_token=v&hub.challenge=9"}, &answer{200, "text/plain; charset=utf-8", "9"}},
		{"meta with another token", `meta","verifyToken":"v"`, verify.Request{Method: "GET", Query: "hub.mode=subscribe&hub.verify_token=w&hub.challenge=9"}, nil},
		{"meta without a token", `meta"`, verify.Request{Method: "GET", Query: "hub.mode=subscribe&hub.verify_token=&hub.challenge=9"}, nil},
		{"meta in another mode", `meta","verifyToken":"v"`, verify.Request{Method: "GET", Query: "hub.mode=unsubscribe&hub.verify_token=v&hub.challenge=9"}, nil},
		{
			"event grid", `eventgrid"`,
			verify.Request{Method: "POST", Query: "code=" + strings.ReplaceAll(testKey, " ", "+"), Body: []byte(gridBody), Headers: headers("Aeg-Event-Type", "SubscriptionValidation")},
			&answer{200, "application/json", `{"validationResponse":"c1"}`},
		},
		{"event grid without the secret", `eventgrid"`, verify.Request{Method: "POST", Body: []byte(gridBody), Headers: headers("Aeg-Event-Type", "SubscriptionValidation")}, nil},
		{"trello", `trello"`, verify.Request{Method: "HEAD"}, &answer{Status: 200}},
		{"trello by GET", `trello"`, verify.Request{Method: "GET"}, nil},
		{"mailchimp", `mailchimp"`, verify.Request{Method: "GET", Query: "secret=" + strings.ReplaceAll(testKey, " ", "+")}, &answer{Status: 200}},
		{"mailchimp without the secret", `mailchimp"`, verify.Request{Method: "GET"}, nil},
		{"woocommerce", `woocommerce"`, verify.Request{Method: "POST", Body: []byte("webhook_id=12")}, &answer{Status: 200}},
		{"woocommerce with more", `woocommerce"`, verify.Request{Method: "POST", Body: []byte("webhook_id=12&a=1")}, nil},
		{"cloudevents", `cloudevents"`, verify.Request{Method: "OPTIONS", Headers: headers("WebHook-Request-Origin", "a.example")}, &answer{Status: 200}},
		{"cloudevents from a listed origin", `cloudevents","origins":["A.example"]`, verify.Request{Method: "OPTIONS", Headers: headers("WebHook-Request-Origin", "a.example")}, &answer{Status: 200}},
		{"cloudevents from another origin", `cloudevents","origins":["b.example"]`, verify.Request{Method: "OPTIONS", Headers: headers("WebHook-Request-Origin", "a.example")}, nil},
		{"asana, when its secret is known", `asana"`, verify.Request{Method: "POST", Headers: headers("X-Hook-Secret", "evil")}, nil},
		{"notion, when its secret is known", `notion"`, verify.Request{Method: "POST", Body: []byte(`{"verification_token":"evil"}`)}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			v := compile(t, `{"secret":"`+testKey+`","scheme":"`+test.scheme+`}`)
			test.request.Now = now
			verdict := v.Verify(t.Context(), &test.request, scope{})
			if verdict.Report.OK != (test.want != nil) {
				t.Fatalf("report = %+v", verdict.Report)
			}
			var got *answer
			if h := verdict.Handshake; h != nil {
				got = &answer{h.Status, h.Headers["Content-Type"], string(h.Body)}
				if h.Headers["X-Content-Type-Options"] != "nosniff" {
					t.Error("a browser may take it for a page")
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAllowedOrigin(t *testing.T) {
	t.Parallel()
	verdict := compile(t, `{"scheme":"cloudevents","secret":"s"}`).Verify(t.Context(), &verify.Request{
		Method: "OPTIONS", Headers: headers("WebHook-Request-Origin", "a.example", "WebHook-Request-Callback", "http://127.0.0.1/"),
	}, scope{})
	want := map[string]string{
		"WebHook-Allowed-Origin": "a.example", "WebHook-Allowed-Rate": "*", "Allow": "POST", "X-Content-Type-Options": "nosniff",
	}
	if diff := cmp.Diff(want, verdict.Handshake.Headers); diff != "" {
		t.Error(diff)
	}
}

func TestDiscordPings(t *testing.T) {
	t.Parallel()
	private := edwardsKey()
	public := hex.EncodeToString(private[32:])
	tests := []struct {
		mode, body string
		want       string // of the answer; "" for none
	}{
		{"interactions", `{"type":1}`, `200 {"type":1}`},
		{"interactions", `{"type":2}`, ""},
		{"webhook_events", `{"type":0}`, "204 "},
		{"webhook_events", `{"type":1}`, ""},
	}
	for _, test := range tests {
		v := compile(t, `{"scheme":"discord","publicKey":"`+public+`","mode":"`+test.mode+`"}`)
		request := &verify.Request{Method: "POST", Body: []byte(test.body), Now: now, Headers: headers(
			"X-Signature-Timestamp", testTime, "X-Signature-Ed25519", hex.EncodeToString(edwardsSign(private, testTime+test.body)))}
		verdict := v.Verify(t.Context(), request, scope{})
		if !verdict.Report.OK {
			t.Fatal(verdict.Report)
		}
		got := ""
		if h := verdict.Handshake; h != nil {
			got = map[int]string{200: "200 ", 204: "204 "}[h.Status] + string(h.Body)
		}
		if got != test.want {
			t.Errorf("%s, %s: %q", test.mode, test.body, got)
		}
		request.Body = append(request.Body, ' ')
		if verdict := v.Verify(t.Context(), request, scope{}); verdict.Report.OK || verdict.Handshake != nil {
			t.Errorf("%s: a ping with a wrong signature is answered", test.mode)
		}
	}
}

// A provider that chooses the secret itself hands it over once, while the endpoint has none.
func TestCapturedSecrets(t *testing.T) {
	t.Parallel()
	const chosen = "secret_chosen-by_3rd"
	asana := verify.Request{Method: "POST", Headers: headers("X-Hook-Secret", chosen)}
	notion := verify.Request{Method: "POST", Body: []byte(`{"verification_token":"` + chosen + `"}`)}
	tests := []struct {
		name, settings string
		env            scope
		request        verify.Request
		want           string
	}{
		{"asana", `{"scheme":"asana","secret":"{{$env.S}}"}`, scope{}, asana, chosen},
		{"notion", `{"scheme":"notion","secret":"{{$env.S}}"}`, scope{"$env.S": ""}, notion, chosen},
		{"the variable is set", `{"scheme":"asana","secret":"{{$env.S}}"}`, scope{"$env.S": "s"}, asana, ""},
		{"no whole variable", `{"scheme":"asana","secret":"a{{$env.S}}"}`, scope{}, asana, ""},
		{"two unset", `{"scheme":"asana","secret":"{{$env.S}}","secrets":["{{$env.T}}"]}`, scope{}, asana, ""},
		{"another provider", `{"scheme":"github","secret":"{{$env.S}}"}`, scope{}, asana, ""},
		{"another request", `{"scheme":"asana","secret":"{{$env.S}}"}`, scope{}, notion, ""},
		{"too short", `{"scheme":"asana","secret":"{{$env.S}}"}`, scope{}, verify.Request{Method: "POST", Headers: headers("X-Hook-Secret", "form-urlencoded")}, ""},
		{"no secret but a word", `{"scheme":"asana","secret":"{{$env.S}}"}`, scope{}, verify.Request{Method: "POST", Headers: headers("X-Hook-Secret", "application/json")}, ""},
		{"too long", `{"scheme":"notion","secret":"{{$env.S}}"}`, scope{}, verify.Request{
			Method: "POST", Body: []byte(`{"verification_token":"` + strings.Repeat("x", 501) + `"}`),
		}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			v := compile(t, test.settings)
			verdict := v.Verify(t.Context(), &test.request, test.env)
			if verdict.Captured != test.want || verdict.Report.OK != (test.want != "") || (verdict.Handshake != nil) != (test.want != "") {
				t.Errorf("verdict = %+v", verdict)
			}
			if test.want != "" && v.SecretVariable() != "S" {
				t.Errorf("the secret belongs into %q", v.SecretVariable())
			}
		})
	}
	verdict := compile(t, `{"scheme":"asana","secret":"{{$env.S}}"}`).Verify(t.Context(), &asana, scope{})
	if verdict.Handshake.Headers["X-Hook-Secret"] != chosen {
		t.Errorf("handshake = %+v", verdict.Handshake)
	}
}

func TestOwnRefusals(t *testing.T) {
	t.Parallel()
	verdict := compile(t, `{"scheme":"gocardless","secret":"s"}`).Verify(t.Context(), &verify.Request{Method: "POST"}, scope{})
	if verdict.Refusal == nil || verdict.Refusal.Status != 498 {
		t.Errorf("gocardless: %+v", verdict.Refusal)
	}
	verdict = compile(t, `{"scheme":"meta","secret":"s","verifyToken":"v"}`).Verify(t.Context(),
		&verify.Request{Method: "GET", Query: "hub.mode=subscribe&hub.verify_token=x"}, scope{})
	if verdict.Refusal == nil || verdict.Refusal.Status != 403 {
		t.Errorf("meta: %+v", verdict.Refusal)
	}
}

func TestMethodsOfHandshakes(t *testing.T) {
	t.Parallel()
	for scheme, want := range map[string][]string{
		"github": nil, "zoom": nil, "ms_graph": nil, "meta": {"GET"}, "trello": {"HEAD"}, "cloudevents": {"OPTIONS"},
	} {
		if diff := cmp.Diff(want, compile(t, `{"scheme":"`+scheme+`","secret":"s"}`).Methods()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", scheme, diff)
		}
	}
}

func TestAcknowledgment(t *testing.T) {
	t.Parallel()
	c := signedCase{scheme: "fanqier", body: `{"data":"d","time":5,"sign":"` + digest1("d5"+testKey) + `"}`}
	verdict := c.verifier(t, testKey).Verify(t.Context(), c.request(), scope{})
	if a := verdict.Acknowledgment; a == nil || string(a.Body) != "success" {
		t.Errorf("acknowledgment = %+v", a)
	}
}

package verify_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/verifytest"
)

const (
	sealToken = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo"
	sealKey   = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
	sealCorp  = "ww1436e0e65a779aee"
	sealNow   = 1767225600
)

// post is a message in its envelope, as XML.
func post(ciphertext, token string) *verify.Request {
	query := url.Values{
		"msg_signature": {verifytest.SignEnvelope(token, "1767225599", "n1", ciphertext)}, "timestamp": {"1767225599"}, "nonce": {"n1"},
	}
	return &verify.Request{
		Method: "POST", Query: query.Encode(), Now: time.Unix(sealNow, 0),
		Body: []byte("<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[" + ciphertext + "]]></Encrypt></xml>"),
	}
}

func TestEnvelopeLengths(t *testing.T) {
	t.Parallel()
	for _, receiver := range []string{"", sealCorp} {
		settings := `{"scheme":"wecom","token":"` + sealToken + `","encodingAESKey":"` + sealKey + `","receiveId":"` + receiver + `"}`
		verifier := compile(t, settings)
		for size := range 65 {
			message := strings.Repeat("é", size/2) + strings.Repeat("x", size%2)
			verdict := verifier.Verify(t.Context(), post(verifytest.SealEnvelope(t, sealKey, message, receiver), sealToken), none)
			if verdict.Payload == nil || string(verdict.Payload.Body) != message {
				t.Fatalf("%d bytes for %q: %+v", size, receiver, verdict)
			}
			if message == "" {
				continue
			}
			answer, err := verdict.Acknowledge(&hookflow.Response{Status: 200, Body: []byte(message)})
			if err != nil {
				t.Fatal(err)
			}
			if got := openWecom(t, answer, receiver); got != message {
				t.Errorf("the answer holds %q, want %q", got, message)
			}
		}
	}
}

func openWecom(t *testing.T, answer *hookflow.Response, receiver string) string {
	t.Helper()
	var body struct{ Encrypt, MsgSignature, TimeStamp, Nonce string }
	if err := xml.Unmarshal(answer.Body, &body); err != nil {
		t.Fatal(err)
	}
	if want := verifytest.SignEnvelope(sealToken, body.TimeStamp, body.Nonce, body.Encrypt); body.MsgSignature != want || body.TimeStamp != "1767225600" {
		t.Errorf("the answer is signed wrongly: %+v", body)
	}
	if answer.Headers["Content-Type"] != "application/xml" || answer.Status != 200 {
		t.Errorf("answer = %+v", answer)
	}
	return verifytest.OpenEnvelope(t, sealKey, body.Encrypt, receiver)
}

const wecomSettings = `{"scheme":"wecom","token":"` + sealToken + `","encodingAESKey":"` + sealKey + `","receiveId":"` + sealCorp + `"}`

// A + in the query that nobody escaped is one of the base64.
func TestWecomProbe(t *testing.T) {
	t.Parallel()
	verifier := compile(t, wecomSettings)
	pluses := 0
	for n := range 20 {
		text := fmt.Sprint("echo ", n)
		echo := verifytest.SealEnvelope(t, sealKey, text, sealCorp)
		pluses += strings.Count(echo, "+")
		request := post(echo, sealToken)
		request.Method, request.Body = "GET", nil
		request.Query += "&echostr=" + echo
		if verdict := verifier.Verify(t.Context(), request, none); verdict.Handshake == nil || string(verdict.Handshake.Body) != text {
			t.Errorf("%+v", verdict)
		}
	}
	if pluses == 0 {
		t.Error("no echostr had a +")
	}
}

// What no reply is goes out as it is.
func TestWecomAcknowledges(t *testing.T) {
	t.Parallel()
	verdict := compile(t, wecomSettings).Verify(t.Context(), post(verifytest.SealEnvelope(t, sealKey, "<xml/>", sealCorp), sealToken), none)
	for _, answer := range []*hookflow.Response{
		{Status: 200}, {Status: 200, Body: []byte("success")}, {Status: 204}, {Status: 500, Body: []byte("failed")},
	} {
		if got, err := verdict.Acknowledge(answer); err != nil || got != answer {
			t.Errorf("Acknowledge(%+v) = %+v, %v", answer, got, err)
		}
	}
	if got := verdict.Acknowledgment; got == nil || string(got.Body) != "success" {
		t.Errorf("the usual answer is %+v", got)
	}
}

// A robot sends JSON and takes JSON.
func TestWecomRobotReply(t *testing.T) {
	t.Parallel()
	ciphertext := verifytest.SealEnvelope(t, sealKey, `{"msgtype":"text"}`, "")
	request := post(ciphertext, sealToken)
	request.Body = []byte(` {"encrypt":"` + ciphertext + `"}`)
	verdict := compile(t, `{"scheme":"wecom","token":"`+sealToken+`","encodingAESKey":"`+sealKey+`"}`).Verify(t.Context(), request, none)
	answer, err := verdict.Acknowledge(&hookflow.Response{Status: 200, Body: []byte(`{"msgtype":"stream"}`)})
	if err != nil {
		t.Fatal(err)
	}
	var body struct{ Encrypt, MsgSignature, Timestamp, Nonce string }
	if err := json.Unmarshal(answer.Body, &body); err != nil {
		t.Fatal(err)
	}
	if body.MsgSignature != verifytest.SignEnvelope(sealToken, body.Timestamp, body.Nonce, body.Encrypt) {
		t.Errorf("the answer is signed wrongly: %s", answer.Body)
	}
	if got := verifytest.OpenEnvelope(t, sealKey, body.Encrypt, ""); got != `{"msgtype":"stream"}` {
		t.Errorf("the answer holds %s", got)
	}
}

// Every message to DingTalk says success, whatever the workflow says, unless it failed.
func TestDingtalkAcknowledges(t *testing.T) {
	t.Parallel()
	verifier := compile(t, `{"scheme":"dingtalk_event","token":"`+sealToken+`","aesKey":"`+sealKey+`","ownerKey":"`+sealCorp+`"}`)
	send := func(message string) *verify.Verdict {
		ciphertext := verifytest.SealEnvelope(t, sealKey, message, sealCorp)
		query := "signature=" + verifytest.SignEnvelope(sealToken, "1767225599123", "n", ciphertext) + "&timeStamp=1767225599123&nonce=n"
		return verifier.Verify(t.Context(), &verify.Request{
			Method: "POST", Query: query, Now: time.Unix(sealNow, 0), Body: []byte(`{"encrypt":"` + ciphertext + `"}`),
		}, none)
	}
	verdict := send(`{"EventType":"user_add_org"}`)
	answer, err := verdict.Acknowledge(&hookflow.Response{Status: 202, Body: []byte("mine")})
	if err != nil {
		t.Fatal(err)
	}
	if got := verifytest.OpenDingtalk(t, answer.Body, sealToken, sealKey, sealCorp); got != "success" || answer.Status != 200 {
		t.Errorf("the answer holds %q", got)
	}
	failed := &hookflow.Response{Status: 500}
	if got, err := verdict.Acknowledge(failed); err != nil || got != failed {
		t.Errorf("a failure is answered with %+v, %v", got, err)
	}
	for message, want := range map[string]string{
		`{"EventType":"check_url"}`:                              "success",
		`{"EventType":"check_update_suite_url","Random":"abc2"}`: "abc2",
	} {
		if verdict := send(message); verdict.Handshake == nil || verifytest.OpenDingtalk(t, verdict.Handshake.Body, sealToken, sealKey, sealCorp) != want {
			t.Errorf("%s is answered with %+v", message, verdict.Handshake)
		}
	}
}

func TestEnvelopeReports(t *testing.T) {
	t.Parallel()
	otherKey := "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
	good := verifytest.SealEnvelope(t, sealKey, "<xml/>", sealCorp)
	late := post(good, sealToken)
	late.Now = late.Now.Add(5 * time.Minute)
	early := post(good, sealToken)
	early.Now = early.Now.Add(-time.Hour)
	tests := []struct {
		name    string
		request *verify.Request
		want    string
	}{
		{"good", post(good, sealToken), ""},
		{"token", post(good, "other"), "signature_mismatch"},
		{"key", post(verifytest.SealEnvelope(t, otherKey, "<xml/>", sealCorp), sealToken), "decryption_failed"},
		{"receiver", post(verifytest.SealEnvelope(t, sealKey, "<xml/>", "ww2"), sealToken), "receiver_mismatch"},
		{"no receiver", post(verifytest.SealEnvelope(t, sealKey, "<xml/>", ""), sealToken), "receiver_mismatch"},
		{"signature with more", resigned(post(good, sealToken), "%szz"), "signature_mismatch"},
		{"signature with half a byte more", resigned(post(good, sealToken), "%s0"), "signature_mismatch"},
		{"signature without its end", resigned(post(good, sealToken), "%.38s"), "signature_mismatch"},
		{"late", late, "timestamp_expired"},
		{"early", early, "timestamp_expired"},
		{"half a block", post(good[:22]+"==", sealToken), "decryption_failed"},
		{"no base64", post("%", sealToken), "decryption_failed"},
		{"padding of 33", post(verifytest.EncryptEnvelope(t, sealKey, bytes.Repeat([]byte{33}, 64)), sealToken), "decryption_failed"},
		{"padding of 58", post(verifytest.EncryptEnvelope(t, sealKey, []byte("0123456789abcdef\x00\x00\x00\x00"+sealCorp+strings.Repeat(":", 58))), sealToken), "decryption_failed"},
		{"padding of 0", post(verifytest.EncryptEnvelope(t, sealKey, make([]byte, 64)), sealToken), "decryption_failed"},
		{"uneven padding", post(verifytest.EncryptEnvelope(t, sealKey, append(make([]byte, 63), 2)), sealToken), "decryption_failed"},
		{"nothing but padding", post(verifytest.EncryptEnvelope(t, sealKey, bytes.Repeat([]byte{32}, 32)), sealToken), "decryption_failed"},
		{"longer by one byte", post(verifytest.EncryptEnvelope(t, sealKey, []byte("0123456789abcdef\x00\x00\x00\x0bxxxxxxxxxx\x02\x02")), sealToken), "decryption_failed"},
		{"longer than it is", post(verifytest.EncryptEnvelope(t, sealKey, append(bytes.Repeat([]byte{255}, 31), 1)), sealToken), "decryption_failed"},
		{"no body", &verify.Request{Method: "POST", Query: late.Query, Now: late.Now}, "missing_signature"},
		{"entities", &verify.Request{
			Method: "POST", Query: late.Query, Now: late.Now,
			Body: []byte(`<!DOCTYPE x [<!ENTITY e "` + good + `">]><xml><Encrypt>&e;</Encrypt></xml>`),
		}, "missing_signature"},
		{"too deep", &verify.Request{
			Method: "POST", Query: late.Query, Now: late.Now,
			Body: []byte("<xml><a><Encrypt>" + good + "</Encrypt></a></xml>"),
		}, "missing_signature"},
		{"too far", &verify.Request{
			Method: "POST", Query: late.Query, Now: late.Now,
			Body: []byte("<xml>" + strings.Repeat("<a/>", 1000) + "<Encrypt>" + good + "</Encrypt></xml>"),
		}, "missing_signature"},
	}
	verifier := compile(t, wecomSettings)
	details := map[string]bool{}
	for _, test := range tests {
		verdict := verifier.Verify(t.Context(), test.request, none)
		last := lastCheck(verdict)
		if last.Code != test.want || verdict.Report.OK != (test.want == "") || (last.Remedy == "") != (test.want == "") {
			t.Errorf("%s: %+v", test.name, verdict.Report)
		}
		if test.want == "decryption_failed" {
			details[last.Detail] = true
		}
	}
	if len(details) != 1 {
		t.Errorf("ways to fail are told apart: %v", details)
	}
}

// resigned is a request with a signature made of the right one.
func resigned(r *verify.Request, format string) *verify.Request {
	query, _ := url.ParseQuery(r.Query)
	query.Set("msg_signature", fmt.Sprintf(format, query.Get("msg_signature")))
	r.Query = query.Encode()
	return r
}

func TestEnvelopeTolerance(t *testing.T) {
	t.Parallel()
	request := func(timestamp string) *verify.Request {
		ciphertext := verifytest.SealEnvelope(t, sealKey, "<xml/>", sealCorp)
		r := post(ciphertext, sealToken)
		r.Query = "nonce=n&timestamp=" + timestamp + "&msg_signature=" + verifytest.SignEnvelope(sealToken, timestamp, "n", ciphertext)
		return r
	}
	tests := []struct {
		tolerance, timestamp, want string
	}{
		{"5m", "1767225300", ""},
		{"5m", "1767225299", "timestamp_expired"},
		{"5m", "1767225900", ""},
		{"5m", "1767225901", "timestamp_expired"},
		{"1h", "1767225299", ""},
		{"5m", "9223372036854775807", "timestamp_expired"},
		{"5m", "-9223372036854775808", "timestamp_expired"},
		{"5m", "13569465600", "timestamp_expired"},
		{"5m", "yesterday", "malformed_timestamp"},
		{"0", "yesterday", ""},
	}
	for _, test := range tests {
		verifier := compile(t, strings.Replace(wecomSettings, "{", `{"tolerance":"`+test.tolerance+`",`, 1))
		if verdict := verifier.Verify(t.Context(), request(test.timestamp), none); lastCheck(verdict).Code != test.want || verdict.Report.OK != (test.want == "") {
			t.Errorf("%+v: %+v", test, verdict.Report)
		}
	}
}

// A key that comes from a variable is looked at when it is used.
func TestMalformedKeys(t *testing.T) {
	t.Parallel()
	for _, settings := range []string{
		`{"scheme":"wecom","token":"t","encodingAESKey":"{{$env.K}}"}`,
		`{"scheme":"wechat_mp","token":"t","encodingAESKey":"{{$env.K}}","receiveId":"r"}`,
		`{"scheme":"dingtalk_event","token":"t","aesKey":"{{$env.K}}","ownerKey":"o"}`,
		`{"scheme":"wechatpay_v3","apiV3Key":"` + apiV3Key + `","platformKeys":{"A":"{{$env.K}}"}}`,
		`{"scheme":"alipay_rsa2","publicKey":"{{$env.K}}","appId":"1"}`,
	} {
		verdict := compile(t, settings).Verify(t.Context(), &verify.Request{
			Method: "POST", Body: []byte("sign=x&sign_type=RSA2"),
			Headers: []hookflow.Header{{Name: "Wechatpay-Serial", Value: "A"}, {Name: "Wechatpay-Signature", Value: "x"}},
		}, scope{"$env.K": "no key"})
		if last := lastCheck(verdict); last.Code != "malformed_key" || strings.Contains(last.Detail, "no key") || verdict.Report.OK {
			t.Errorf("%s: %+v", settings, verdict.Report)
		}
	}
}

const wechatBody = "<xml><MsgId>1</MsgId></xml>"

func TestWechat(t *testing.T) {
	t.Parallel()
	plain := `{"scheme":"wechat_mp","token":"` + sealToken + `"}`
	safe := `{"scheme":"wechat_mp","token":"` + sealToken + `","encodingAESKey":"` + sealKey + `","receiveId":"wx1"}`
	query := "signature=" + verifytest.SignEnvelope(sealToken, "1767225599", "n1") + "&timestamp=1767225599&nonce=n1"
	encrypted := post(verifytest.SealEnvelope(t, sealKey, wechatBody, "wx1"), sealToken)
	encrypted.Query += "&encrypt_type=aes&signature=0"
	tests := []struct {
		name, settings         string
		request                *verify.Request
		code, payload, handled string
	}{
		{"probe", plain, &verify.Request{Method: "GET", Query: query + "&echostr=5%2B5"}, "", "", "5+5"},
		{"probe in safe mode", safe, &verify.Request{Method: "GET", Query: query + "&echostr=55"}, "", "", "55"},
		{"forged probe", safe, &verify.Request{Method: "GET", Query: "signature=00&timestamp=1767225599&nonce=n1&echostr=55"}, "signature_mismatch", "", ""},
		{"unsigned probe", safe, &verify.Request{Method: "GET", Query: "echostr=55"}, "missing_signature", "", ""},
		{"plain text", plain, &verify.Request{Method: "POST", Query: query, Body: []byte(wechatBody)}, "", "", ""},
		{"forged plain text", plain, &verify.Request{Method: "POST", Query: "signature=00&" + query[8:], Body: []byte(wechatBody)}, "signature_mismatch", "", ""},
		{"plain text in safe mode", safe, &verify.Request{Method: "POST", Query: query, Body: []byte(wechatBody)}, "missing_signature", "", ""},
		{"encrypted", safe, encrypted, "", wechatBody, ""},
		{"encrypted for another", safe, post(verifytest.SealEnvelope(t, sealKey, wechatBody, "wx2"), sealToken), "receiver_mismatch", "", ""},
	}
	for _, test := range tests {
		test.request.Now = time.Unix(sealNow, 0)
		verdict := compile(t, test.settings).Verify(t.Context(), test.request, none)
		var payload, handled string
		if verdict.Payload != nil {
			payload = string(verdict.Payload.Body)
		}
		if verdict.Handshake != nil {
			handled = string(verdict.Handshake.Body)
		}
		if lastCheck(verdict).Code != test.code || payload != test.payload || handled != test.handled {
			t.Errorf("%s: %q %q %+v", test.name, payload, handled, verdict.Report)
		}
	}
}

func FuzzEnvelope(f *testing.F) {
	good := post(verifytest.SealEnvelope(f, sealKey, "<xml/>", sealCorp), "guess")
	f.Add("POST", good.Query, string(good.Body))
	f.Add("POST", "signature=00&timeStamp=1767225599000&nonce=n", `{"encrypt":"AAAA"}`)
	f.Add("GET", "msg_signature=00&timestamp=-1&nonce=%zz&echostr=a+b", "")
	f.Add("POST", "signature=&msg_signature=x", `<!DOCTYPE a [<!ENTITY e "x">]><xml a="&e;"><Encrypt>&#x41;</Encrypt>`)
	settings := `"token":"` + sealToken + `","encodingAESKey":"` + sealKey + `","receiveId":"` + sealCorp + `"}`
	verifiers := []*verify.Verifier{
		compile(f, `{"scheme":"wecom",`+settings),
		compile(f, `{"scheme":"wechat_mp",`+settings),
		compile(f, `{"scheme":"wechat_mp","token":"`+sealToken+`"}`),
		compile(f, `{"scheme":"dingtalk_event","token":"`+sealToken+`","aesKey":"`+sealKey+`","ownerKey":"`+sealCorp+`"}`),
		compile(f, `{"scheme":"feishu","encryptKey":"`+sealKey+`","verificationToken":"`+sealToken+`"}`),
	}
	f.Fuzz(func(t *testing.T, method, query, body string) {
		for _, v := range verifiers {
			verdict := v.Verify(t.Context(), &verify.Request{Method: method, Query: query, Body: []byte(body), Now: time.Unix(sealNow, 0)}, none)
			if verdict.Report.OK || verdict.Handshake != nil || verdict.Payload != nil {
				t.Errorf("%s passes: %+v", v.Scheme(), verdict)
			}
		}
	})
}

// Whoever knows the token may still send any ciphertext.
func FuzzEnvelopeCiphertext(f *testing.F) {
	f.Add([]byte("0123456789abcdef\x00\x00\x00\x02{}" + sealCorp + "\x02\x02"))
	f.Add(bytes.Repeat([]byte{16}, 48))
	f.Add([]byte{1})
	wecom := compile(f, wecomSettings)
	f.Fuzz(func(t *testing.T, text []byte) {
		ciphertext := base64.StdEncoding.EncodeToString(text)
		if len(text)%16 == 0 {
			ciphertext = verifytest.EncryptEnvelope(t, sealKey, text)
		}
		verdict := wecom.Verify(t.Context(), post(ciphertext, sealToken), none)
		if verdict.Report.OK && !bytes.Contains(text, []byte(sealCorp)) {
			t.Errorf("passes without a receiver: %+v", verdict)
		}
	})
}

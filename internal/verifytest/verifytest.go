// Package verifytest reads the signed requests that all verification is tested
// with, and puts the settings they were made with into the product's words.
package verifytest

import (
	"encoding/json"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

// File is the file of vectors.
type File struct {
	PublicURL string // base of the URLs that the senders saw
	Count     int
	Vectors   []*Vector
}

// Vector is one request: how it was made, and what is to be said of it.
type Vector struct {
	ID       string
	Scheme   string         // the sender, whose scheme has the name that Key gives
	UnitOnly bool           // it cannot travel through an HTTP client as it is
	Config   map[string]any // in the sender's own words
	Now      int64          // the Unix second to judge it at
	Request  Request
	Expect   Expect
}

// Request is what the sender sent.
type Request struct {
	Method, Path, Query string
	Headers             map[string]string
	BodyBase64          []byte
	BodyRepeat          *Repetition // instead, for a large one
}

// Repetition is a text with a middle that comes Count times.
type Repetition struct {
	Prefix, Unit, Suffix string
	Count                int
}

// Expect is what is to be said of a request.
type Expect struct {
	Valid          bool
	Reason         string // the code of a check that fails; "" when the request is valid
	HandshakeReply *Reply
	DecryptedText  string
	DecryptedJSON  json.RawMessage
}

// Reply is the answer that a handshake demands, as far as it is set.
type Reply struct {
	Status         int
	BodyBase64     []byte
	JSONEquals     json.RawMessage
	Headers        map[string]string       // patterns, with * for any text
	EncryptedReply *struct{ Plain string } // in an envelope of DingTalk
	Fetches        string                  // the URL that is got before
}

// Read reads the file.
func Read(t testing.TB, name string) *File {
	t.Helper()
	text, err := os.ReadFile(name) //nolint:gosec // a test names it
	if err != nil {
		t.Fatal(err)
	}
	var file File
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Vectors) != file.Count || file.Count == 0 {
		t.Fatalf("%d vectors, the file says %d", len(file.Vectors), file.Count)
	}
	return &file
}

// Pages are what the senders have published, by URL.
func (f *File) Pages(t testing.TB) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, v := range f.Vectors {
		maps.Copy(pages, v.Pages(t))
	}
	return pages
}

// Body is the request's.
func (r *Request) Body() []byte {
	if b := r.BodyRepeat; b != nil {
		return []byte(b.Prefix + strings.Repeat(b.Unit, b.Count) + b.Suffix)
	}
	return r.BodyBase64
}

// Target is the path with the query.
func (r *Request) Target() string {
	if r.Query == "" {
		return r.Path
	}
	return r.Path + "?" + r.Query
}

// Judged is a vector's request as verification gets it, without anything to
// fetch through.
func (f *File) Judged(v *Vector) *verify.Request {
	base := f.PublicURL
	if own, ok := v.Config["publicUrl"].(string); ok {
		base = own
	}
	request := &verify.Request{
		Method: v.Request.Method, URL: base + v.Request.Target(), Query: v.Request.Query,
		Body: v.Request.Body(), Now: time.Unix(v.Now, 0),
	}
	for name, text := range v.Request.Headers {
		request.Headers = append(request.Headers, hookflow.Header{Name: name, Value: text})
	}
	return request
}

// Key is the key of the sender's scheme.
func (v *Vector) Key() string {
	switch {
	case v.Config["mode"] == "robot":
		return "dingtalk_robot"
	case v.Config["signingToken"] != nil:
		return "gitlab_signed"
	case v.Scheme == "gitee" && strings.Contains(v.ID, "-sign-"):
		return "gitee_sign"
	}
	if key, ok := keys[v.Scheme]; ok {
		return key
	}
	return v.Scheme
}

// keys are those of the schemes that the vectors call by another name.
var keys = map[string]string{
	"alipay": "alipay_rsa2", "bearer": "token", "dingtalk": "dingtalk_event", "gitee": "gitee_password",
	"gitlab": "gitlab_token", "hubspot": "hubspot_v3", "msgraph": "ms_graph", "rfc9421": "http_signature",
	"standard-webhooks": "standard_webhooks", "wechatpay": "wechatpay_v3",
}

// Settings are the config in the product's words, as JSON.
func (v *Vector) Settings(t testing.TB) string {
	t.Helper()
	settings := map[string]any{"scheme": v.Key()}
	if v.Scheme == "bearer" {
		settings["header"], settings["prefix"] = "Authorization", "Bearer "
	}
	for name, setting := range v.Config {
		v.set(settings, name, setting)
	}
	text, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// set takes over a setting; those of the scheme hmac about time are a part of their own.
func (v *Vector) set(settings map[string]any, name string, setting any) {
	name = v.setting(name)
	switch name {
	case "":
		return
	case "content":
		setting = strings.ReplaceAll(setting.(string), "{timestamp}", "{ts}")
	case "tolerance":
		setting = (time.Duration(setting.(float64)) * time.Second).String()
	}
	if part := map[string]string{"timestampHeader": "header", "timestampUnit": "unit", "tolerance": "tolerance"}[name]; v.Scheme == "hmac" && part != "" {
		if settings["timestamp"] == nil {
			settings["timestamp"] = map[string]any{}
		}
		settings, name = settings["timestamp"].(map[string]any), part
	}
	settings[name] = setting
}

// setting is the product's name of a setting, "" for what is none.
func (v *Vector) setting(name string) string {
	switch name {
	case "mode", "signType", "publicUrl", "jwks", "certificates":
		return ""
	case "jwksUrl":
		if v.Scheme == "pubsub" { // which knows it
			return ""
		}
		return "jwksURL"
	case "signingSecret", "signatureKey", "clientSecret", "secretToken", "channelSecret", "appSecret", "signingKey", "clientState", "signingToken", "authToken":
		return "secret"
	case "token", "tokens":
		return v.token() + strings.TrimPrefix(name, "token")
	case "queryName":
		return "query"
	case "template":
		return "content"
	case "maxAge":
		return "tolerance"
	case "alipayPublicKey":
		return "publicKey"
	default:
		return name
	}
}

// token is what the product calls a sender's token.
func (v *Vector) token() string {
	switch v.Scheme {
	case "bearer":
		return "value"
	case "wecom", "dingtalk":
		return "token"
	default:
		return "secret"
	}
}

// Pages are what the sender has published, by URL.
func (v *Vector) Pages(t testing.TB) map[string]string {
	t.Helper()
	pages := map[string]string{}
	if jwks, ok := v.Config["jwks"]; ok {
		text, err := json.Marshal(jwks)
		if err != nil {
			t.Fatal(err)
		}
		pages[v.Config["jwksUrl"].(string)] = string(text)
	}
	certificates, _ := v.Config["certificates"].(map[string]any)
	for url, certificate := range certificates {
		pages[url] = certificate.(string)
	}
	if reply := v.Expect.HandshakeReply; reply != nil && reply.Fetches != "" {
		pages[reply.Fetches] = "<ConfirmSubscriptionResponse/>"
	}
	return pages
}

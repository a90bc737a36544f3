package verify_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

type vector struct {
	ID, Scheme string
	Config     map[string]any
	Now        int64
	Request    struct {
		Method, Path, Query string
		Headers             map[string]string
		BodyBase64          []byte
		BodyRepeat          *struct {
			Prefix, Unit, Suffix string
			Count                int
		}
	}
	Expect struct {
		Valid          bool
		Reason         string
		HandshakeReply *struct {
			Status     int
			BodyBase64 []byte
			JSONEquals any
			Headers    map[string]string // patterns
		}
	}
}

// readVectors gives those of the presets and of the generic schemes.
func readVectors(t *testing.T) (publicURL string, vectors []vector) {
	t.Helper()
	text, err := os.ReadFile("testdata/signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		PublicURL string
		Vectors   []vector
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for _, v := range file.Vectors {
		if v.scheme() != "" {
			vectors = append(vectors, v)
		}
	}
	return file.PublicURL, vectors
}

// scheme is the key of what the vectors call by another name; "" where another test reads them.
func (v *vector) scheme() string {
	switch v.Scheme {
	case "wecom", "feishu", "wechatpay", "alipay", "jwt", "pubsub", "sns", "paypal", "twilio", "rfc9421":
		return ""
	case "dingtalk":
		if v.Config["mode"] == "robot" {
			return "dingtalk_robot"
		}
		return ""
	case "gitlab":
		if v.Config["signingToken"] != nil {
			return "gitlab_signed"
		}
		return "gitlab_token"
	case "gitee":
		if strings.Contains(v.ID, "-sign-") {
			return "gitee_sign"
		}
		return "gitee_password"
	default:
		names := map[string]string{
			"standard-webhooks": "standard_webhooks", "msgraph": "ms_graph", "hubspot": "hubspot_v3", "bearer": "token",
		}
		if name, ok := names[v.Scheme]; ok {
			return name
		}
		return v.Scheme
	}
}

func (v *vector) request(publicURL string) *verify.Request {
	r := &verify.Request{
		Method: v.Request.Method, URL: publicURL + v.Request.Path, Query: v.Request.Query,
		Body: v.Request.BodyBase64, Now: time.Unix(v.Now, 0),
	}
	if v.Request.Query != "" {
		r.URL += "?" + v.Request.Query
	}
	if b := v.Request.BodyRepeat; b != nil {
		r.Body = []byte(b.Prefix + strings.Repeat(b.Unit, b.Count) + b.Suffix)
	}
	for name, text := range v.Request.Headers {
		r.Headers = append(r.Headers, hookflow.Header{Name: name, Value: text})
	}
	return r
}

// settings are a vector's config in the words of this package.
func (v *vector) settings(t *testing.T) value.Value {
	t.Helper()
	settings := map[string]any{"scheme": v.scheme()}
	if v.Scheme == "bearer" {
		settings["header"], settings["prefix"] = "Authorization", "Bearer "
	}
	for name, setting := range v.Config {
		v.set(settings, name, setting)
	}
	text, err := value.Of(settings)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// set takes a setting over; those of the scheme hmac about time are a part of their own.
func (v *vector) set(settings map[string]any, name string, setting any) {
	timestamp := func(name string, setting any) {
		if settings["timestamp"] == nil {
			settings["timestamp"] = map[string]any{}
		}
		settings["timestamp"].(map[string]any)[name] = setting
	}
	switch name {
	case "mode":
	case "token", "tokens":
		names := map[string]string{"token": "secret", "tokens": "secrets"}
		if v.Scheme == "bearer" {
			names = map[string]string{"token": "value", "tokens": "values"}
		}
		settings[names[name]] = setting
	case "signingSecret", "signatureKey", "clientSecret", "secretToken", "channelSecret", "appSecret", "signingKey", "clientState", "signingToken":
		settings["secret"] = setting
	case "queryName":
		settings["query"] = setting
	case "template":
		settings["content"] = strings.ReplaceAll(setting.(string), "{timestamp}", "{ts}")
	case "timestampHeader":
		timestamp("header", setting)
	case "timestampUnit":
		timestamp("unit", setting)
	case "tolerance":
		text := (time.Duration(setting.(float64)) * time.Second).String()
		if v.Scheme == "hmac" {
			timestamp("tolerance", text)
		} else {
			settings["tolerance"] = text
		}
	default:
		settings[name] = setting
	}
}

func TestVectors(t *testing.T) {
	t.Parallel()
	publicURL, vectors := readVectors(t)
	if len(vectors) < 230 {
		t.Errorf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			verifier, problems := verify.Compile(v.settings(t))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			verdict := verifier.Verify(t.Context(), v.request(publicURL), scope{})
			report := verdict.Report
			if report.OK != v.Expect.Valid {
				t.Fatalf("OK = %v: %+v", report.OK, report.Checks)
			}
			if !v.Expect.Valid && !hasCode(report, v.Expect.Reason) {
				t.Errorf("%s is reported as %+v", v.Expect.Reason, report.Checks)
			}
			v.checkHandshake(t, verdict.Handshake)
		})
	}
}

func (v *vector) checkHandshake(t *testing.T, got *hookflow.Response) {
	t.Helper()
	want := v.Expect.HandshakeReply
	if (want == nil) != (got == nil) {
		t.Fatalf("handshake = %+v", got)
	}
	if want == nil {
		return
	}
	if got.Status != want.Status {
		t.Errorf("status = %d", got.Status)
	}
	if want.BodyBase64 != nil && !bytes.Equal(got.Body, want.BodyBase64) {
		t.Errorf("body = %q", got.Body)
	}
	if want.JSONEquals != nil {
		var body any
		if err := json.Unmarshal(got.Body, &body); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.JSONEquals, body); diff != "" {
			t.Error(diff)
		}
	}
	for name, pattern := range want.Headers {
		if ok, err := path.Match(strings.ReplaceAll(pattern, "/", "-"), strings.ReplaceAll(got.Headers[name], "/", "-")); !ok || err != nil {
			t.Errorf("%s = %q, want %s", name, got.Headers[name], pattern)
		}
	}
}

func hasCode(report hookflow.Report, code string) bool {
	for _, c := range report.Checks {
		if c.Code == code && !c.OK {
			return true
		}
	}
	return false
}

// No report holds a secret, or a signature that would be right.
func TestReportsKeepSecrets(t *testing.T) {
	t.Parallel()
	publicURL, vectors := readVectors(t)
	for _, v := range vectors {
		settings := v.settings(t)
		verifier, _ := verify.Compile(settings)
		text, err := json.Marshal(verifier.Verify(t.Context(), v.request(publicURL), scope{}).Report)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"secret", "password", "value", "verifyToken"} {
			if secret, ok := settings.Get(value.Segment(name)).Str(); ok && bytes.Contains(text, []byte(secret)) {
				t.Errorf("%s: the report tells its %s: %s", v.ID, name, text)
			}
		}
		for _, sent := range v.Request.Headers {
			if len(sent) > 30 && bytes.Contains(text, []byte(sent)) {
				t.Errorf("%s: the report tells the signature: %s", v.ID, text)
			}
		}
	}
}

package verify_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

// fetchedVector is a request that is signed over a canonical form, or with a key that is published.
type fetchedVector struct {
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
			Status  int
			Fetches string
		}
	}
}

func readFetchedVectors(t *testing.T) (publicURL string, vectors []fetchedVector) {
	t.Helper()
	text, err := os.ReadFile("testdata/signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		PublicURL string
		Vectors   []fetchedVector
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for _, v := range file.Vectors {
		switch v.Scheme {
		case "jwt", "pubsub", "sns", "paypal", "twilio", "rfc9421":
			vectors = append(vectors, v)
		}
	}
	if len(vectors) < 40 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	return file.PublicURL, vectors
}

// settings are a vector's config in the words of this package; pages are what it has published.
func (v *fetchedVector) settings(t *testing.T) (settings string, pages map[string]string) {
	t.Helper()
	written := map[string]any{"scheme": v.Scheme}
	if v.Scheme == "rfc9421" {
		written["scheme"] = "http_signature"
	}
	pages = map[string]string{}
	for name, setting := range v.Config {
		switch name {
		case "publicUrl", "jwksUrl":
		case "jwks":
			text, err := json.Marshal(setting)
			if err != nil {
				t.Fatal(err)
			}
			pages[v.Config["jwksUrl"].(string)] = string(text)
			if v.Scheme == "jwt" {
				written["jwksURL"] = v.Config["jwksUrl"]
			}
		case "certificates":
			for url, page := range setting.(map[string]any) {
				pages[url] = page.(string)
			}
		case "authToken":
			written["secret"] = setting
		case "maxAge":
			written["tolerance"] = (time.Duration(setting.(float64)) * time.Second).String()
		default:
			written[name] = setting
		}
	}
	text, err := value.Of(written)
	if err != nil {
		t.Fatal(err)
	}
	return string(text), pages
}

func (v *fetchedVector) request(publicURL string) *verify.Request {
	if own, ok := v.Config["publicUrl"].(string); ok {
		publicURL = own
	}
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

// failed is the first check that is not OK.
func failed(v *verify.Verdict) hookflow.Check {
	for _, c := range v.Report.Checks {
		if !c.OK {
			return c
		}
	}
	return hookflow.Check{}
}

func TestFetchedVectors(t *testing.T) {
	t.Parallel()
	publicURL, vectors := readFetchedVectors(t)
	for _, v := range vectors {
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			settings, pages := v.settings(t)
			var confirmed string
			if v.Expect.HandshakeReply != nil {
				confirmed = v.Expect.HandshakeReply.Fetches
				pages[confirmed] = "<ConfirmSubscriptionResponse/>"
			}
			w := newWeb(pages)
			request := v.request(publicURL)
			request.Remote = w.remote()
			verdict := compile(t, settings).Verify(t.Context(), request, none)
			if check := failed(verdict); verdict.Report.OK != v.Expect.Valid || check.Code != v.Expect.Reason || (check.Remedy == "") != v.Expect.Valid {
				t.Errorf("want %q: %+v", v.Expect.Reason, verdict.Report)
			}
			if reply := v.Expect.HandshakeReply; (reply != nil) != (verdict.Handshake != nil) || reply != nil && reply.Status != verdict.Handshake.Status {
				t.Errorf("the handshake is answered with %+v", verdict.Handshake)
			}
			text, err := json.Marshal(verdict.Report)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"Authorization", "X-Twilio-Signature", "Signature", "PayPal-Transmission-Sig"} {
				if sent := v.Request.Headers[name]; sent != "" && bytes.Contains(text, []byte(sent)) {
					t.Errorf("the report tells %s: %s", name, text)
				}
			}
			for _, url := range w.fetched {
				if _, published := pages[url]; !published {
					t.Errorf("fetched %s", url)
				}
			}
			if confirmed != "" && w.fetched[len(w.fetched)-1] != confirmed {
				t.Errorf("fetched %q, not %s", w.fetched, confirmed)
			}
		})
	}
}

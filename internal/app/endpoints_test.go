package app_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/workflow"
)

func (p *process) do(t *testing.T, method, path string, headers ...string) (status int, header http.Header, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+p.Addr()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(text)
}

// echo is the query by which WeChat checks a URL.
func echo(token string) string {
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	parts := []string{token, stamp, "n"}
	slices.Sort(parts)
	signature := sha1.Sum([]byte(strings.Join(parts, "")))
	return "?signature=" + hex.EncodeToString(signature[:]) + "&timestamp=" + stamp + "&nonce=n&echostr=an-echo"
}

// A URL can be proved to its provider before the workflow is published, and while it is disabled.
func TestHandshakeWhileBeingSetUp(t *testing.T) {
	t.Parallel()
	const document = `
key: wechat
enabled: false
trigger:
  type: webhook
  config: {verification: {scheme: wechat_mp, token: s3cret}}
nodes: []
`
	p := start(t, settings(t, ""))
	if _, _, body := p.do(t, http.MethodGet, "/api/webhooks/wechat"+echo("s3cret")); body != "no webhook here" {
		t.Errorf("before there is a workflow: %q", body)
	}
	for _, mode := range []workflow.Mode{workflow.Draft, workflow.Replace} {
		p.save(t, document, mode)
		if _, _, body := p.do(t, http.MethodGet, "/api/webhooks/wechat"+echo("s3cret")); body != "an-echo" {
			t.Errorf("saved as %v: %q", mode, body)
		}
		if status, _, _ := p.do(t, http.MethodPost, "/api/webhooks/wechat"+echo("s3cret")); status != http.StatusNotFound {
			t.Errorf("an event, saved as %v: %d", mode, status)
		}
	}
	n, err := p.Store.CountDeliveries(t.Context(), store.DeliveryFilter{Workflow: "wechat", Outcome: hookflow.OutcomeHandshake})
	if err != nil || n != 2 {
		t.Errorf("%d handshakes, %v", n, err)
	}
}

// The secret that a provider hands over once is the endpoint's from then on, also after a restart.
func TestCapturedSecretStays(t *testing.T) {
	t.Parallel()
	cfg := settings(t, "")
	p := start(t, cfg)
	p.save(t, `
key: asana
enabled: true
trigger:
  type: webhook
  config: {verification: {scheme: asana, secret: "{{$env.ASANA}}"}}
nodes: []
`, workflow.Replace)
	hello := func(secret string) (int, string) {
		status, header, _ := p.do(t, http.MethodPost, "/api/webhooks/asana", "X-Hook-Secret", secret)
		return status, header.Get("X-Hook-Secret")
	}
	if status, returned := hello("chosen-by-their-side"); status != http.StatusOK || returned != "chosen-by-their-side" {
		t.Errorf("the handshake: %d %q", status, returned)
	}
	p.stop()
	p = start(t, cfg)
	if status, returned := hello("chosen-by-another"); status < 400 || returned != "" {
		t.Errorf("a second handshake: %d %q", status, returned)
	}
	const signature = "a37d2b8d1d3b4c4f0f2c3ba5cd8a5d3a3c8e5d1a6f5ed9b1c8a7e6f5d4c3b2a1"
	if status, _, _ := p.do(t, http.MethodPost, "/api/webhooks/asana", "X-Hook-Signature", signature); status != http.StatusUnauthorized {
		t.Errorf("a forged event: %d", status)
	}
	if status, _, _ := p.do(t, http.MethodPost, "/api/webhooks/asana", "X-Hook-Signature", hmacOfNothing("chosen-by-their-side")); status != http.StatusOK {
		t.Errorf("an event: %d", status)
	}
}

func hmacOfNothing(secret string) string {
	return hex.EncodeToString(hmac.New(sha256.New, []byte(secret)).Sum(nil))
}

// A set that does not exist is refused when a workflow is saved.
func TestUnknownSet(t *testing.T) {
	t.Parallel()
	p := start(t, settings(t, ""))
	save := func(set string) error {
		text := `{"key":"a","trigger":{"type":"webhook","config":{"allowIPs":["` + set + `"]}},"nodes":[]}`
		d, err := workflow.Decode([]byte(text), "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Workflows.Save(t.Context(), d, workflow.Replace)
		return err
	}
	if err := save("@private"); err != nil {
		t.Errorf("a built-in set: %v", err)
	}
	var refused *hookflow.Error
	if err := save("@hooks"); !errors.As(err, &refused) || len(refused.Problems) != 1 || refused.Problems[0].Pointer != "/trigger/config/allowIPs/0" {
		t.Errorf("an unknown set: %v", err)
	}
}

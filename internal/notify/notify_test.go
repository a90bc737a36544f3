package notify_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/notify"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/smtptest"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func clock() time.Time { return now }

// world is a service with what is around it.
type world struct {
	*notify.Service
	t     *testing.T
	dir   string
	store *store.Store
	env   *secret.Env
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir()}
	log := slog.New(slog.DiscardHandler)
	var err error
	if w.store, err = store.Open(t.Context(), store.Options{Path: filepath.Join(w.dir, "test.db"), Clock: clock, Logger: log}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	if w.env, err = secret.NewEnv(t.Context(), w.store, secret.NewKey(), clock, log); err != nil {
		t.Fatal(err)
	}
	client := egress.New(egress.Policy{}, "test")
	t.Cleanup(client.Close)
	w.Service = notify.New(w.store, w.env, channel.Env{HTTP: client, Dialer: client, Clock: clock})
	return w
}

func (w *world) put(key, typ, config string) {
	w.t.Helper()
	if _, err := w.Put(w.t.Context(), notify.Channel{Key: key, Type: typ, Config: value.Raw(config)}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) config(key string) string {
	w.t.Helper()
	c, err := w.Get(w.t.Context(), key)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(c.Config)
}

// echo is a provider that answers what it was sent, head and body.
func echo(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		_, _ = fmt.Fprintf(w, "%s %s %s", r.URL, r.Header.Get("Authorization"), body)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestSecretsOfChannels(t *testing.T) {
	t.Parallel()
	w, server := newWorld(t), echo(t)
	if _, err := w.env.Put(t.Context(), "TOKEN", "token-of-env", true); err != nil {
		t.Fatal(err)
	}
	w.put("own", "http", `{"url":"`+server.URL+`/hooks/path-that-is-a-secret","headers":{"Authorization":"Bearer hush-hush","X-Env":"{{$env.TOKEN}}"},"body":"{{$message.text}} {{$env.TOKEN}}"}`)
	shown := `{"url":"••••","headers":{"Authorization":"••••","X-Env":"{{$env.TOKEN}}"},"body":"{{$message.text}} {{$env.TOKEN}}"}`
	if got := w.config("own"); got != shown {
		t.Errorf("shown: %s", got)
	}
	w.put("own", "http", strings.Replace(shown, "{{$message.text}}", "say {{$message.text}}", 1))
	answer, err := w.Notify(t.Context(), "own", node.Message{ID: "1", Text: "hi, hush-hush"})
	if err != nil {
		t.Fatal(err)
	}
	if want := `"/hooks/•••• •••• say hi, hush-hush token-of-env"`; string(answer.Body) != want {
		t.Errorf("answer %s, want %s", answer.Body, want)
	}
	if got := w.config("own"); strings.Contains(got, "hush") {
		t.Errorf("shown: %s", got)
	}
	w.checkFiles("hush-hush", "path-that-is-a-secret")
}

// checkFiles looks for secrets in the files of the database.
func (w *world) checkFiles(secrets ...string) {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.dir, "*"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, text := range secrets {
			if bytes.Contains(content, []byte(text)) {
				w.t.Errorf("%s holds %q", filepath.Base(file), text)
			}
		}
	}
}

// TestMasks: a mask stands for the secret of the same place of the same type,
// and for nothing else.
func TestMasks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put("robot", "dingtalk_robot", `{"url":"https://oapi.dingtalk.com/robot/send?access_token=x","secret":"SEC-one"}`)
	for name, test := range map[string]struct {
		channel notify.Channel
		pointer string
	}{
		"a new channel": {notify.Channel{Key: "new", Type: "slack", Config: value.Raw(`{"url":"••••"}`)}, "/config/url"},
		"another type":  {notify.Channel{Key: "robot", Type: "slack", Config: value.Raw(`{"url":"••••"}`)}, "/config/url"},
		"no such type":  {notify.Channel{Key: "robot", Type: "fax", Config: value.Raw(`{}`)}, "/type"},
		"no config":     {notify.Channel{Key: "robot", Type: "slack"}, "/config/url"},
		"a bad key":     {notify.Channel{Key: "A B", Type: "slack", Config: value.Raw(`{"url":"https://x"}`)}, "/key"},
		"too long":      {notify.Channel{Key: "robot", Type: "slack", Config: value.String(strings.Repeat("x", 64<<10))}, "/config"},
	} {
		_, err := w.Put(t.Context(), test.channel)
		if err == nil || !strings.Contains(err.Error(), test.pointer+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.put("robot", "dingtalk_robot", `{"url":"••••"}`)
	if got := w.config("robot"); got != `{"url":"••••"}` {
		t.Errorf("a secret that was left out: %s", got)
	}
	err := w.Create(t.Context(), notify.Channel{Key: "robot", Type: "slack", Config: value.Raw(`{"url":"https://x"}`)})
	if hookflow.CodeOf(err) != hookflow.CodeConflict {
		t.Errorf("made again: %v", err)
	}
}

func TestAuditOfChannels(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put("ops", "slack", `{"url":"https://hooks.slack.com/services/hush-hush"}`)
	w.put("ops", "slack", `{"url":"{{$env.SLACK}}"}`)
	if err := w.Delete(t.Context(), "ops"); err != nil {
		t.Fatal(err)
	}
	if err := w.Delete(t.Context(), "ops"); hookflow.CodeOf(err) != hookflow.CodeNotFound {
		t.Errorf("deleted again: %v", err)
	}
	entries, _, err := w.store.Audit(t.Context(), store.AuditFilter{ObjectKind: "channel"}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprintf("%s %s %s -> %s", e.Action, e.ObjectID, e.Before, e.After))
	}
	const first, second = `{"title":"","type":"slack","config":{"url":"••••"}}`, `{"title":"","type":"slack","config":{"url":"{{$env.SLACK}}"}}`
	if diff := cmp.Diff([]string{"delete ops " + second + " -> ", "update ops " + first + " -> " + second, "create ops  -> " + first}, got); diff != "" {
		t.Error(diff)
	}
}

func TestMailChannels(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := smtptest.Start(t, smtptest.Options{})
	config := fmt.Sprintf(`{"host":"127.0.0.1","port":%d,"security":"none","from":"hooks@example.com"}`, server.Port)
	mail := func(key string) (string, error) {
		return w.Mail(context.WithoutCancel(t.Context()), key, node.Message{ID: "1", To: []string{"a@example.com"}, Text: "x"})
	}
	wantError := func(what, key, want string) {
		t.Helper()
		if _, err := mail(key); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	wantID := func(what, key string) {
		t.Helper()
		if id, err := mail(key); err != nil || !strings.HasSuffix(id, "@example.com>") {
			t.Errorf("%s: %q, %v", what, id, err)
		}
	}
	w.put("ops", "slack", `{"url":"https://hooks.slack.com/services/x"}`)
	wantError("no channel", "", "there is no channel of type smtp")
	wantError("of another type", "ops", "of type slack")
	wantError("unknown", "mail", `there is no channel "mail"`)
	w.put("mail", "smtp", config)
	wantID("the only one", "")
	wantID("by its key", "mail")
	w.put("second", "smtp", config)
	wantError("several", "", "several channels of type smtp")
	wantID("one of several", "second")
	if n := len(server.Mails()); n != 3 {
		t.Errorf("%d mails arrived", n)
	}
}

// TestLimits: a provider that says when it takes messages again is not asked before.
func TestLimits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer server.Close()
	w.put("ops", "slack", `{"url":"`+server.URL+`"}`)
	_, err := w.Notify(t.Context(), "ops", node.Message{Text: "x"})
	if worthwhile, after := node.RetryOf(err); !worthwhile || after != 30*time.Second {
		t.Errorf("%v: worthwhile %t, after %s", err, worthwhile, after)
	}
}

// TestErrorsTellNoSecrets: what a provider quotes, an error does not.
func TestErrorsTellNoSecrets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `{"errcode":93000,"errmsg":"invalid webhook key %s"}`, r.URL.Query().Get("key"))
	}))
	defer server.Close()
	w.put("robot", "wecom_robot", `{"url":"`+server.URL+`/cgi-bin/webhook/send?key=693a91f6-7aoc-4bc4-97a0-0ec2sifa5aaa"}`)
	answer, err := w.Notify(t.Context(), "robot", node.Message{Text: "x"})
	const want = "channel robot: the provider has refused the message: 93000: invalid webhook key ••••"
	if err == nil || err.Error() != want {
		t.Errorf("error %v", err)
	}
	if got := string(answer.Body); got != `{"errcode":93000,"errmsg":"invalid webhook key ••••"}` {
		t.Errorf("answer %s", got)
	}
}

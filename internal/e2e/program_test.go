package e2e_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// result is how a command ended.
type result struct {
	code           int
	stdout, stderr string
}

// hookflow runs a command in a directory of its own.
func hookflow(t *testing.T, dir string, env []string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, hookflowtest.Binary(t), args...)
	command.Dir, command.Env = dir, append([]string{"PATH=" + os.Getenv("PATH")}, env...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{command.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// TestCommands: what each prints, and its exit code.
func TestCommands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	tests := []struct {
		name, line     string
		code           int
		stdout, stderr string // regular expressions
	}{
		{"version", "version", 0, `^hookflow \S+ go\S+ \S+\n$`, `^$`},
		{"migrate", "migrate", 0, `up to date`, `^$`},
		{"migrate again", "migrate", 0, `up to date`, `^$`},
		{"a user", "user create --email ada@example.com --password correct-horse --role admin", 0, `ada@example.com`, `^$`},
		{"the user again", "user create --email ada@example.com --password correct-horse --role admin", 1, `^$`, `^hookflow: [^\n]*already[^\n]*\n$`},
		{"a user without a role", "user create --email bob@example.com --password correct-horse", 2, `^$`, `^hookflow: [^\n]*--role[^\n]*\n$`},
		{"a user of no role", "user create --email bob@example.com --password correct-horse --role root", 2, `^$`, `^hookflow: [^\n]*viewer[^\n]*\n$`},
		{"a key", "api-key create --name ci --role editor", 0, `^hfk_[\w-]+\n$`, `^$`},
		{"a key without a name", "api-key create --role editor", 2, `^$`, `^hookflow: [^\n]*--name[^\n]*\n$`},
		{"nothing", "", 2, `^$`, `^hookflow: [^\n]*help[^\n]*\n$`},
		{"nonsense", "srve", 2, `^$`, `^hookflow: [^\n]*serve[^\n]*\n$`},
		{"an unknown flag", "serve --adr :1", 2, `^$`, `^hookflow: [^\n]*--addr[^\n]*\n$`},
		{"a bad address", "serve --addr 8080", 2, `^$`, `^hookflow: [^\n]*host:port[^\n]*\n$`},
		{"an address in use by nobody", "serve --addr 192.0.2.1:80", 1, ``, `hookflow: [^\n]*--addr[^\n]*\n$`},
		{"a database that is not there", "migrate --database-url postgres://127.0.0.1:1/none?connect_timeout=1", 1, `^$`, `hookflow: [^\n]*\n$`},
		{"help", "serve --help", 0, `(?s)--addr +HOOKFLOW_ADDR +addr .*--data-dir +HOOKFLOW_DATA_DIR +data-dir`, `^$`},
	}
	for _, test := range tests {
		got := hookflow(t, dir, nil, strings.Fields(test.line)...)
		if got.code != test.code || !regexp.MustCompile(test.stdout).MatchString(got.stdout) || !regexp.MustCompile(test.stderr).MatchString(got.stderr) {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}

// TestSettings: flags, then variables, then the file.
func TestSettings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "hookflow.yaml")
	if err := os.WriteFile(file, []byte("data-dir: from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		env, args []string
		made      string
	}{
		{nil, []string{"migrate"}, "from-file"},
		{[]string{"HOOKFLOW_DATA_DIR=from-variable"}, []string{"migrate"}, "from-variable"},
		{[]string{"HOOKFLOW_DATA_DIR=unused"}, []string{"migrate", "--data-dir", "from-flag"}, "from-flag"},
	}
	for _, test := range tests {
		if got := hookflow(t, dir, test.env, test.args...); got.code != 0 {
			t.Fatalf("%+v", got)
		}
		if _, err := os.Stat(filepath.Join(dir, test.made, "hookflow.db")); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "unused")); err == nil {
		t.Error("a variable won over a flag")
	}
}

// TestFirstStart: what an empty data directory becomes, and what is printed works as printed.
func TestFirstStart(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	key, err := os.Stat(filepath.Join(s.Dir, "secret.key"))
	if err != nil || key.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v %v", key, err)
	}
	curl := regexp.MustCompile(`curl -X POST (http://\S+)/api/webhooks/sample -H 'Content-Type: application/json' -H '(X-Sample-Token: \w+)' -d '([^']+)'`).FindStringSubmatch(s.Output())
	if curl == nil || curl[1] != s.URL {
		t.Fatalf("no curl for the sample: %s", s.Output())
	}
	r := post(t, s, "sample", curl[3], curl[2])
	wantReply(t, "the sample", r, 201, `Thank you, Ada!`)
	if kept := records(t, s, "sample_contacts"); len(kept) != 1 || kept[0]["email"] != `"ada@example.com"` {
		t.Errorf("%+v", kept)
	}
	wantReply(t, "the sample without its token", post(t, s, "sample", curl[3]), 401, `^verification failed$`)
	if out, err := exec.CommandContext(t.Context(), "sh", "-c", curl[0]).CombinedOutput(); err != nil || !strings.Contains(string(out), "Thank you, Ada!") {
		t.Errorf("the printed command: %v %s", err, out)
	}

	setup := regexp.MustCompile(`(?m)curl -X POST http://\S+/api/auth/setup .*$`).FindString(s.Output())
	if out, err := exec.CommandContext(t.Context(), "sh", "-c", setup).CombinedOutput(); err != nil || !strings.Contains(string(out), `"role":"admin"`) {
		t.Errorf("the printed set-up: %v %s", err, out)
	}
	if err := s.Stop(); err != nil {
		t.Fatalf("it ended with %v", err)
	}
	s.Restart()
	if out := s.Output(); strings.Contains(out, "/api/webhooks/sample") || strings.Contains(out, "auth/setup") {
		t.Errorf("the second start prints %s", out)
	}
	wantReply(t, "after the restart", post(t, s, "sample", curl[3], curl[2]), 201, `Thank you, Ada!`)
	s.Must(http.MethodDelete, "/api/workflows/sample", "")
	if err := s.Stop(); err != nil {
		t.Fatalf("it ended with %v", err)
	}
	s.Restart()
	wantReply(t, "a sample that was deleted stays so", admin(t, s, http.MethodGet, "/api/workflows/sample", ""), 404, ``)
}

// TestOneServer: a second one on the same data directory is refused; commands work beside the first.
func TestOneServer(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	second := hookflow(t, t.TempDir(), nil, "serve", "--addr", "127.0.0.1:0", "--data-dir", s.Dir)
	if second.code != 1 || !regexp.MustCompile(`^hookflow: [^\n]*\n$`).MatchString(second.stderr) || second.stdout != "" {
		t.Errorf("%+v", second)
	}
	beside := hookflow(t, t.TempDir(), nil, "api-key", "create", "--name", "beside", "--role", "viewer", "--data-dir", s.Dir)
	if beside.code != 0 {
		t.Fatalf("%+v", beside)
	}
	wantReply(t, "its key", as(t, s, strings.TrimSpace(beside.stdout), "GET", "/api/auth/me", ""), 200, `"type":"api_key".*"name":"beside","role":"viewer"`)
}

// TestSignals: SIGTERM and SIGINT end it with 0.
func TestSignals(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		s := hookflowtest.Start(t)
		s.Signal(signal)
		if err := s.Wait(); err != nil {
			t.Errorf("%s: it ended with %v: %s", signal, err, s.Output())
		}
	}
}

// TestProbes: what load balancers ask.
func TestProbes(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	for _, path := range []string{"/healthz", "/readyz"} {
		wantReply(t, path, send(t, s, http.MethodGet, path, ""), 200, `\n$`)
	}
}

// TestSecretKey: a key that the environment has needs no file, and another one does not open what it
// closed.
func TestSecretKey(t *testing.T) {
	t.Parallel()
	key := func(digit string) string { return "HOOKFLOW_SECRET_KEY=" + strings.Repeat(digit, 64) }
	s := hookflowtest.Start(t, key("1"))
	s.Must(http.MethodPut, "/api/env/TOKEN", `{"value":"kept-safe","secret":true}`)
	if _, err := os.Stat(filepath.Join(s.Dir, "secret.key")); err == nil {
		t.Error("a key file was made")
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(filepath.Join(s.Dir, "hookflow.db"+suffix))
		if err == nil && bytes.Contains(content, []byte("kept-safe")) {
			t.Error("the secret is in the database as it is")
		}
	}
	other := hookflow(t, t.TempDir(), []string{key("2")}, "serve", "--addr", "127.0.0.1:0", "--data-dir", s.Dir)
	if other.code != 1 || !strings.Contains(other.stderr, "key") {
		t.Errorf("with another key: %+v", other)
	}
}

// TestLimitsOfSettings: the public URL and the egress policy reach the workflows.
func TestLimitsOfSettings(t *testing.T) {
	t.Parallel()
	receiver := newReceiver(t)
	s := hookflowtest.Start(t, "HOOKFLOW_PUBLIC_URL=https://hooks.example/base", "HOOKFLOW_EGRESS_DENY=127.0.0.0/8")
	key := save(t, s, webhook(`{mode: sync}`, `{key: r, type: response, config: {body: "{{$context.url}}"}}`))
	wantReply(t, "the URL", post(t, s, key, `{}`, "Host: other.example"), 200, `^https://hooks\.example/base/api/webhooks/`+key+`$`)
	put(t, s, "out", manual(fmt.Sprintf(`{key: call, type: request, config: {url: %q, method: POST, body: x}}`, receiver.URL)))
	if e := run(t, s, "out", `{}`); e.Status != "error" || receiver.body("/") != "" {
		t.Errorf("%+v", e)
	}
	put(t, s, "metadata", manual(`{key: call, type: request, config: {url: "http://169.254.169.254/latest/meta-data/", timeout: 5s}}`))
	if e := run(t, s, "metadata", `{}`); e.Status != "error" || !strings.Contains(e.Error, "169.254.169.254") {
		t.Errorf("%+v", e)
	}
}

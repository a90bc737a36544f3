// Package hookflowtest drives the real program in tests: it builds the binary
// once, starts it on a free port, talks to it over HTTP, and kills it.
package hookflowtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait for the program.
const patience = 60 * time.Second

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "hookflowtest")
	if err != nil {
		return "", err
	}
	return compile(dir, "github.com/hookflow/hookflow/cmd/hookflow")
})

func compile(dir, main string) (string, error) {
	binary := filepath.Join(dir, "hookflow")
	out, err := exec.Command("go", "build", "-o", binary, main).CombinedOutput() //nolint:noctx // no test waits less for it
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return binary, nil
}

// Binary returns the path of the program, built once for all tests of a
// package.
func Binary(t testing.TB) string {
	t.Helper()
	binary, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// Main runs the tests of a package and removes the binary.
func Main(m *testing.M) int {
	defer func() {
		if binary, err := build(); err == nil {
			_ = os.RemoveAll(filepath.Dir(binary))
		}
	}()
	return m.Run()
}

// Server is a running program.
type Server struct {
	URL string // http://127.0.0.1:port, or https
	Dir string // data directory

	t       testing.TB
	env     []string
	binary  string // "": the program itself
	scheme  string
	client  *http.Client
	key     string
	command *exec.Cmd
	exited  chan error
	output  *output
}

// Start starts the program on an empty data directory, with HOOKFLOW_*
// variables as NAME=value, and stops it after the test.
func Start(t testing.TB, env ...string) *Server {
	t.Helper()
	return StartIn(t, t.TempDir(), env...)
}

// StartHTTPS is Start with settings for https, and the client that trusts what
// the server shows.
func StartHTTPS(t testing.TB, client *http.Client, env ...string) *Server {
	t.Helper()
	return start(&Server{t: t, Dir: t.TempDir(), env: env, scheme: "https://", client: client})
}

// StartAs is Start with another main package, which stands in for the program.
func StartAs(t testing.TB, main string, env ...string) *Server {
	t.Helper()
	binary, err := compile(t.TempDir(), main)
	if err != nil {
		t.Fatal(err)
	}
	return start(&Server{t: t, Dir: t.TempDir(), env: env, binary: binary, scheme: "http://", client: plainClient})
}

// StartIn is Start with a data directory of the caller's.
func StartIn(t testing.TB, dir string, env ...string) *Server {
	t.Helper()
	return start(&Server{t: t, Dir: dir, env: env, scheme: "http://", client: plainClient})
}

func start(s *Server) *Server {
	s.t.Helper()
	s.key = strings.TrimSpace(s.Run("api-key", "create", "--name", "test", "--role", "admin"))
	s.Restart()
	return s
}

// For is the same server for a subtest, which is what fails.
func (s *Server) For(t testing.TB) *Server {
	view := *s
	view.t = t
	return &view
}

// Key is an administrator's API key.
func (s *Server) Key() string { return s.key }

// PID is the program's process.
func (s *Server) PID() int { return s.command.Process.Pid }

// Beside starts another process with the same settings on the same database.
func (s *Server) Beside() *Server {
	s.t.Helper()
	other := &Server{t: s.t, Dir: s.t.TempDir(), env: s.env, scheme: s.scheme, client: s.client, key: s.key}
	if err := os.CopyFS(other.Dir, os.DirFS(s.Dir)); err != nil {
		s.t.Fatal(err)
	}
	other.Restart()
	return other
}

// Run runs a command of the program with the settings of the server and
// returns its standard output.
func (s *Server) Run(args ...string) string {
	s.t.Helper()
	command := s.program(args...)
	var failure bytes.Buffer
	command.Stderr = &failure
	out, err := command.Output()
	if err != nil {
		s.t.Fatalf("hookflow %s: %v\n%s", strings.Join(args, " "), err, failure.String())
	}
	return string(out)
}

func (s *Server) program(args ...string) *exec.Cmd {
	binary := s.binary
	if binary == "" {
		binary = Binary(s.t)
	}
	command := exec.Command(binary, args...) //nolint:noctx // the tests end it
	command.Dir = s.Dir
	command.Env = append([]string{
		"HOOKFLOW_DATA_DIR=" + s.Dir, "HOOKFLOW_ADDR=127.0.0.1:0", "PATH=" + os.Getenv("PATH"), "HOME=" + s.Dir,
	}, s.env...)
	return command
}

// Setenv changes the settings from the next start on.
func (s *Server) Setenv(setting string) { s.env = append(s.env, setting) }

// listening is the log line that the server begins to serve with: all that it
// prints at a start stands before it.
var listening = regexp.MustCompile(`msg=listening address=(\S+)`)

// Restart starts the program again on the same data and waits until it is
// ready.
func (s *Server) Restart() {
	s.t.Helper()
	s.command, s.output, s.exited = s.program("serve"), &output{}, make(chan error, 1)
	s.command.Stdout, s.command.Stderr = s.output, s.output
	if err := s.command.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(s.Kill)
	go func() { s.exited <- s.command.Wait() }()
	Eventually(s.t, "the server listens", func() bool {
		select {
		case err := <-s.exited:
			s.exited <- err
			s.t.Fatalf("the server ended: %v\n%s", err, s.Output())
		default:
		}
		found := listening.FindStringSubmatch(s.Output())
		if found != nil {
			s.URL = s.scheme + found[1]
		}
		return found != nil
	})
	Eventually(s.t, "the server is ready", func() bool {
		status, _ := s.Get("/readyz")
		return status == http.StatusOK
	})
}

// Output is everything that the program has printed since its last start.
func (s *Server) Output() string { return s.output.String() }

// Kill ends the program with SIGKILL. A program that has ended stays so.
func (s *Server) Kill() { _ = s.signal(syscall.SIGKILL) }

// Stop ends the program with SIGTERM and returns how it exited.
func (s *Server) Stop() error { return s.signal(syscall.SIGTERM) }

// Signal sends a signal and does not wait.
func (s *Server) Signal(signal syscall.Signal) {
	s.t.Helper()
	if err := s.command.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Server) signal(signal syscall.Signal) error {
	_ = s.command.Process.Signal(signal)
	return s.Wait()
}

// Wait waits for the program to end by itself and returns how it exited.
func (s *Server) Wait() error {
	select {
	case err := <-s.exited:
		s.exited <- err
		return err
	case <-time.After(patience):
		_ = s.command.Process.Kill()
		return errors.New("the program did not end")
	}
}

// Get fetches a path.
func (s *Server) Get(path string) (int, []byte) {
	s.t.Helper()
	return s.API(http.MethodGet, path, "")
}

// API calls the admin API as an administrator.
func (s *Server) API(method, path, body string) (int, []byte) {
	s.t.Helper()
	answer, content, err := s.Do(method, path, body, "Authorization: Bearer "+s.key, "Content-Type: application/json")
	if err != nil {
		return 0, []byte(err.Error())
	}
	return answer.StatusCode, content
}

// Must calls the admin API and fails the test on anything but a 2xx.
func (s *Server) Must(method, path, body string) []byte {
	s.t.Helper()
	status, content := s.API(method, path, body)
	if status/100 != 2 {
		s.t.Fatalf("%s %s: %d %s\n%s", method, path, status, content, s.Output())
	}
	return content
}

// Into calls the admin API and decodes the answer.
func (s *Server) Into(v any, method, path, body string) {
	s.t.Helper()
	content := s.Must(method, path, body)
	if err := json.Unmarshal(content, v); err != nil {
		s.t.Fatalf("%s %s answered %s: %v", method, path, content, err)
	}
}

// Answer is what came back, without the content.
type Answer struct {
	StatusCode int
	Header     http.Header
}

// Do sends any request; headers are "Name: value", and may repeat a name.
func (s *Server) Do(method, path, body string, headers ...string) (*Answer, []byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, s.URL+path, strings.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	for _, header := range headers {
		name, text, _ := strings.Cut(header, ": ")
		request.Header.Add(name, text)
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close() //nolint:errcheck // read whole
	content, err := io.ReadAll(answer.Body)
	return &Answer{answer.StatusCode, answer.Header}, content, err
}

var plainClient = &http.Client{
	Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Eventually waits until it is so.
func Eventually(t testing.TB, what string, so func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !so() {
		if time.Now().After(deadline) {
			t.Fatalf("it never came about that %s", what)
		}
		<-time.After(5 * time.Millisecond)
	}
}

// output collects what a process prints; it is safe for concurrent use.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// binary is the directory of the real program, which the scripts drive.
var binary string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "hookflow-cli")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	build := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(dir, "hookflow"), "../../cmd/hookflow") //nolint:noctx // there is no test's context yet
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build hookflow: %v\n%s", err, out)
		return 1
	}
	binary = dir
	return m.Run()
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			examples, err := filepath.Abs("../../examples")
			if err != nil {
				return err
			}
			env.Setenv("PATH", binary+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("EXAMPLES", examples)
			env.Values[serverKey{}] = &server{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"fails":        fails,
			"serve":        serve,
			"stop":         stop,
			"printed-curl": printedCurl,
			"readme":       readme,
		},
	})
}

// fails CODE program args... runs a program that must end with the code, with
// nothing on standard output and one line on standard error.
func fails(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fails code program [args...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || fmt.Sprint(exit.ExitCode()) != args[0] {
		ts.Fatalf("ended with %v, want exit status %s", err, args[0])
	}
	stderr := ts.ReadFile("stderr")
	if ts.ReadFile("stdout") != "" || strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "hookflow: ") {
		ts.Fatalf("want one line on standard error and nothing else")
	}
}

// server is the script's hookflow serve.
type server struct {
	process *os.Process
	ended   chan error
}

type serverKey struct{}

var serverURL = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// serve [flags...] starts the server on a free port with the data directory
// "data", waits until it is ready and sets URL. What it prints goes to the
// files printed and logged.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("unsupported: ! serve")
	}
	logged, err := os.Create(ts.MkAbs("logged"))
	ts.Check(err)
	program := exec.Command(filepath.Join(binary, "hookflow"), append([]string{"serve", "--addr", "127.0.0.1:0", "--data-dir", "data"}, args...)...) //nolint:noctx // stop ends it
	program.Dir = ts.MkAbs(".")
	program.Env = []string{"PATH=" + ts.Getenv("PATH")}
	program.Stderr = logged
	stdout, err := program.StdoutPipe()
	ts.Check(err)
	ts.Check(program.Start())

	s := ts.Value(serverKey{}).(*server)
	s.process, s.ended = program.Process, make(chan error, 1)
	found := make(chan string, 1)
	go func() {
		copyLines(ts.MkAbs("printed"), stdout, found)
		s.ended <- program.Wait()
		_ = logged.Close()
	}()
	ts.Defer(func() { _ = program.Process.Kill() })
	url, ok := <-found
	if !ok {
		ts.Fatalf("the server ended: %s", ts.ReadFile("logged"))
	}
	ts.Setenv("URL", url)
	waitReady(ts, url)
}

// copyLines writes what the server prints to a file until it ends; the first
// address goes to found, which is closed at the end.
func copyLines(name string, from io.Reader, found chan<- string) {
	defer close(found)
	out, err := os.Create(name) //nolint:gosec // in the script's own directory
	if err != nil {
		return
	}
	defer func() { _ = out.Close() }()
	sent := false
	for lines := bufio.NewScanner(from); lines.Scan(); {
		_, _ = fmt.Fprintln(out, lines.Text())
		if url := serverURL.FindString(lines.Text()); url != "" && !sent {
			found <- url
			sent = true
		}
	}
}

func waitReady(ts *testscript.TestScript, url string) {
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for range 1000 {
		response, err := http.Get(url + "/readyz") //nolint:noctx,gosec // the server just started
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		<-again.C
	}
	ts.Fatalf("%s/readyz did not answer 200: %s", url, ts.ReadFile("logged"))
}

// stop ends the server with SIGTERM; it must exit with 0.
func stop(ts *testscript.TestScript, neg bool, _ []string) {
	s := ts.Value(serverKey{}).(*server)
	if neg || s.process == nil {
		ts.Fatalf("usage: stop, after serve")
	}
	ts.Check(s.process.Signal(syscall.SIGTERM))
	ts.Check(<-s.ended)
}

// printed-curl writes the curl command that the server printed to curl.sh.
func printedCurl(ts *testscript.TestScript, neg bool, _ []string) {
	var command []string
	for line := range strings.Lines(ts.ReadFile("printed")) {
		line = strings.TrimSpace(line)
		if len(command) == 0 && !strings.HasPrefix(line, "curl ") {
			continue
		}
		command = append(command, line)
		if !strings.HasSuffix(line, `\`) {
			break
		}
	}
	if neg || len(command) == 0 {
		ts.Fatalf("the server printed no curl command: %s", ts.ReadFile("printed"))
	}
	ts.Check(os.WriteFile(ts.MkAbs("curl.sh"), []byte(strings.Join(command, "\n")+"\n"), 0o600))
}

// readme N writes the commands of the Nth sh block of the README to readme.sh,
// for the server at URL.
func readme(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: readme number")
	}
	text, err := os.ReadFile("../../README.md")
	ts.Check(err)
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	var number int
	if _, err := fmt.Sscan(args[0], &number); err != nil || number < 1 || number > len(blocks) {
		ts.Fatalf("the README has %d sh blocks", len(blocks))
	}
	script := strings.NewReplacer("http://127.0.0.1:8080", ts.Getenv("URL"), "./bin/hookflow", "hookflow", "examples/", ts.Getenv("EXAMPLES")+"/").
		Replace(blocks[number-1][1])
	ts.Check(os.WriteFile(ts.MkAbs("readme.sh"), []byte("set -euo pipefail\n"+script), 0o600))
}

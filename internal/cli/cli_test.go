package cli

import (
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
			"shutdown":     shutdown,
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

// serve [flags...] starts the server on a free port with the data directory
// "data", waits until it is ready and sets URL. What it prints goes to the
// files printed and logged.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("unsupported: ! serve")
	}
	printed, err := os.Create(ts.MkAbs("printed"))
	ts.Check(err)
	logged, err := os.Create(ts.MkAbs("logged"))
	ts.Check(err)
	program := exec.Command(filepath.Join(binary, "hookflow"), append([]string{"serve", "--addr", "127.0.0.1:0", "--data-dir", "data"}, args...)...) //nolint:noctx // command shutdown ends it
	program.Dir = ts.MkAbs(".")
	program.Env = []string{"PATH=" + ts.Getenv("PATH")}
	program.Stdout, program.Stderr = printed, logged
	ts.Check(program.Start())
	ts.Defer(func() { _ = program.Process.Kill() })

	s := ts.Value(serverKey{}).(*server)
	s.process, s.ended = program.Process, make(chan error, 1)
	go func() {
		s.ended <- errors.Join(program.Wait(), printed.Close(), logged.Close())
	}()
	waitReady(ts, s)
}

var serverURL = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// waitReady waits until the address that the server prints answers as ready.
func waitReady(ts *testscript.TestScript, s *server) {
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for range 1000 {
		if url := serverURL.FindString(ts.ReadFile("printed")); url != "" && ready(url) {
			ts.Setenv("URL", url)
			return
		}
		select {
		case err := <-s.ended:
			ts.Fatalf("the server ended with %v: %s", err, ts.ReadFile("logged"))
		case <-again.C:
		}
	}
	ts.Fatalf("/readyz did not answer 200: %s", ts.ReadFile("logged"))
}

func ready(url string) bool {
	response, err := http.Get(url + "/readyz") //nolint:noctx // the loop around it is bounded
	if err != nil {
		return false
	}
	return response.Body.Close() == nil && response.StatusCode == http.StatusOK
}

// shutdown ends the server with SIGTERM; it must exit with 0.
func shutdown(ts *testscript.TestScript, neg bool, _ []string) {
	s := ts.Value(serverKey{}).(*server)
	if neg || s.process == nil {
		ts.Fatalf("usage: shutdown, after serve")
	}
	ts.Check(s.process.Signal(syscall.SIGTERM))
	ts.Check(<-s.ended)
}

// printed-curl writes the curl command for the sample webhook that the server
// printed to curl.sh.
func printedCurl(ts *testscript.TestScript, neg bool, _ []string) {
	command := regexp.MustCompile(`(?m)^ *(curl .*/api/webhooks/.*)$`).FindStringSubmatch(ts.ReadFile("printed"))
	if neg || command == nil {
		ts.Fatalf("the server printed no curl command for a webhook: %s", ts.ReadFile("printed"))
	}
	ts.Check(os.WriteFile(ts.MkAbs("curl.sh"), []byte(command[1]+"\n"), 0o600))
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

package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// jsCase is one of js-cases.json; the README beside it says what the members mean.
type jsCase struct {
	Name, Context, Script string
	Expect                struct {
		Return, OrReturn *string
		Error            string
		Timeout, Memory  bool
	}
}

const (
	// memoryBound is what the server may take, in bytes. The scripts' own memory is their workers'.
	memoryBound = 512 << 20
	// caseSlots is how many cases run at once.
	caseSlots = 4
)

// TestScriptCases runs every case through the server, which answers other callers meanwhile and takes
// no harm.
func TestScriptCases(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../script/testdata/js-cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []jsCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	s := hookflowtest.Start(t)
	pid := s.PID()
	stop := keepCalling(t, s)
	peak := watchMemory(t, pid)

	slots := make(chan struct{}, caseSlots)
	t.Run("cases", func(t *testing.T) {
		for _, c := range cases {
			t.Run(c.Name, func(t *testing.T) {
				t.Parallel()
				slots <- struct{}{}
				defer func() { <-slots }()
				if problem := c.judge(c.run(t, s)); problem != "" {
					t.Error(problem)
				}
			})
		}
	})

	if calls := stop(); calls < len(cases) {
		t.Errorf("only %d calls were answered meanwhile", calls)
	}
	if bytes := peak(); bytes > memoryBound {
		t.Errorf("the server took %d MiB", bytes>>20)
	}
	if status, _ := s.Get("/healthz"); status != http.StatusOK || s.PID() != pid {
		t.Errorf("the server is not the same: %d", status)
	}
}

// run runs the case as a workflow of one node and returns that node's step.
func (c *jsCase) run(t *testing.T, s *hookflowtest.Server) step {
	t.Helper()
	timeout := "30s" // of a slow machine
	if c.Expect.Timeout || c.Expect.Memory {
		timeout = "1s"
	}
	document, err := json.Marshal(map[string]any{
		"trigger": map[string]any{"type": "manual"},
		"nodes": []any{map[string]any{
			"key": "script", "type": "javascript", "config": map[string]any{"code": c.Script, "timeout": timeout},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return run(t, s, save(t, s, string(document)), c.Context).step(t, "script")
}

// tooLong is what a script that its time, or nothing, would end is told.
var tooLong = regexp.MustCompile(`ran longer than 1s|waits for something that cannot happen`)

// judge says what is wrong with an outcome, "" for nothing.
func (c *jsCase) judge(got step) string {
	returned := string(got.Output)
	if returned == "" {
		returned = "undefined"
	}
	outcome := fmt.Sprintf("%s %.300s %s", got.Status, returned, got.Error)
	succeeded := got.Status == "succeeded"
	switch {
	case succeeded != (got.Error == ""):
		return "status and error do not fit: " + outcome
	case c.Expect.Memory:
		if succeeded {
			return "it should not end well: " + outcome
		}
	case succeeded && c.Expect.OrReturn != nil && *c.Expect.OrReturn == returned:
	case c.Expect.Timeout:
		if !tooLong.MatchString(got.Error) {
			return "want a timeout, got " + outcome
		}
	case c.Expect.Return != nil:
		if !succeeded || returned != *c.Expect.Return {
			return "want " + *c.Expect.Return + "\n got " + outcome
		}
	case succeeded || !strings.Contains(got.Error, c.Expect.Error):
		return "want error " + c.Expect.Error + ", got " + outcome
	}
	return ""
}

// keepCalling calls the sample webhook until it is told to stop, which tells how many calls there
// were. Each must be answered as the sample does.
func keepCalling(t *testing.T, s *hookflowtest.Server) (stop func() int) {
	t.Helper()
	token := regexp.MustCompile(`X-Sample-Token: \w+`).FindString(s.Output())
	if token == "" {
		t.Fatalf("no token was printed: %s", s.Output())
	}
	var over atomic.Bool
	calls, ended := 0, make(chan struct{})
	go func() {
		defer close(ended)
		for ; !over.Load(); calls++ {
			answer, content, err := s.Do(http.MethodPost, "/api/webhooks/sample", `{"name":"Ada","email":"ada@example.com"}`, asJSON, token)
			if err != nil || answer.StatusCode != http.StatusCreated {
				t.Errorf("call %d of the sample: %v %s", calls, err, content)
				return
			}
		}
	}()
	return func() int {
		over.Store(true)
		<-ended
		return calls
	}
}

// watchMemory reads the memory of a process again and again; peak ends that and tells the most.
func watchMemory(t *testing.T, pid int) (peak func() int64) {
	t.Helper()
	over, most := make(chan struct{}), make(chan int64)
	go func() {
		again := time.NewTicker(20 * time.Millisecond)
		defer again.Stop()
		var bytes int64
		for {
			bytes = max(bytes, residentMemory(pid))
			select {
			case <-over:
				most <- bytes
				return
			case <-again.C:
			}
		}
	}()
	return func() int64 {
		close(over)
		return <-most
	}
}

var residentSize = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// residentMemory is 0 where the system does not tell.
func residentMemory(pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	found := residentSize.FindSubmatch(status)
	if err != nil || found == nil {
		return 0
	}
	kilobytes, err := strconv.ParseInt(string(found[1]), 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes << 10
}

package script

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"
)

// testCase is one of testdata/js-cases.json and node-cases.json.
type testCase struct {
	Name    string
	Context string
	Script  string
	Expect  struct {
		Return   *string
		OrReturn *string
		Error    string
		Timeout  bool
		Memory   bool
	}
}

func readCases(t *testing.T) []testCase {
	t.Helper()
	var all []testCase
	for _, name := range []string{"testdata/js-cases.json", "testdata/node-cases.json"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var cases []testCase
		if err := json.Unmarshal(text, &cases); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, cases...)
	}
	return all
}

func newTestPool(t *testing.T, o Options) *Pool {
	t.Helper()
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	p := NewPool(o)
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func TestCases(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	for _, c := range readCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			if raceEnabled && (strings.HasPrefix(c.Name, "abuse/") || c.Name == "fidelity/deep-nesting-3000") {
				t.Skip("the race detector slows the engine too far")
			}
			run := Run{Code: c.Script, Context: json.RawMessage(c.Context), Timeout: long}
			if c.Expect.Timeout || c.Expect.Memory {
				run.Timeout = time.Second
			}
			result, err := pool.Run(t.Context(), run)
			if problem := c.judge(result, err); problem != "" {
				t.Error(problem)
			}
			if strings.HasPrefix(c.Name, "abuse/") {
				mustServe(t, pool)
			}
		})
	}
}

// judge says what is wrong with an outcome, "" for nothing.
func (c *testCase) judge(result Result, err error) string {
	got := "undefined"
	if result.Value != nil {
		got = string(result.Value)
	}
	var failed *Error
	switch {
	case err != nil && !errors.As(err, &failed):
		return "not a script's error: " + err.Error()
	case c.Expect.Memory:
		if failed == nil {
			return "returned " + got
		}
	case err == nil && c.Expect.OrReturn != nil && *c.Expect.OrReturn == got:
	case c.Expect.Timeout:
		if failed == nil || failed.Kind != KindTimeout {
			return "want a timeout, got " + got + " " + errorText(err)
		}
	case c.Expect.Return != nil:
		if err != nil || got != *c.Expect.Return {
			return "want " + *c.Expect.Return + "\n got " + got + " " + errorText(err)
		}
	case failed == nil || !strings.Contains(failed.Error(), c.Expect.Error):
		return "want error " + c.Expect.Error + ", got " + got + " " + errorText(err)
	}
	return ""
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func mustServe(t *testing.T, p *Pool) {
	t.Helper()
	if result, err := p.Run(t.Context(), Run{Code: "return 1 + 1"}); err != nil || string(result.Value) != "2" {
		t.Errorf("the next script: %s, %v", result.Value, err)
	}
}

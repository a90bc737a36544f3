package crashtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/hookflowtest"
)

const (
	outerRounds, innerRounds = 100, 100
	longBranches             = 20
	longTail                 = 12
)

// long is a workflow of more than sixty nodes: loops of 10,000 rounds in all, a
// wait of two days, twenty branches at once, and a row of calls.
func (w *world) long() string {
	done := func(key, round string) string {
		return fmt.Sprintf(`{"key": %q, "type": "create", "config": {"collection": "done", "values": {"ref": "{{$context.data.id}}", "round": %s}}}`, key, round)
	}
	tell := func(key string) string {
		return strings.Replace(w.request("tell", ""), `"tell"`, fmt.Sprintf("%q", key), 1)
	}
	nodes := []string{
		`{"key": "sum", "type": "set", "config": {"values": 0}}`,
		`{"key": "loop", "type": "loop", "config": {"over": ` + fmt.Sprint(outerRounds) + `}, "branches": {"body": [
			{"key": "inner", "type": "loop", "config": {"over": ` + fmt.Sprint(innerRounds) + `}, "branches": {"body": [
				{"key": "seen", "type": "set", "config": {"values": "{{$scopes.loop.index}}/{{$scopes.inner.index}}", "assign": {"node": "sum", "value": "{{$scopes.inner.index}}"}}}]}},
			` + tell("each") + `, ` + done("kept", `"{{$scopes.loop.index}}"`) + `]}}`,
		`{"key": "days", "type": "delay", "config": {"for": "2d"}}`,
	}
	var branches []string
	for i := range longBranches {
		branches = append(branches, fmt.Sprintf(`"b%d": [%s, %s]`, i, tell(fmt.Sprintf("branch%d", i)), done(fmt.Sprintf("branched%d", i), fmt.Sprint(1000+i))))
	}
	nodes = append(nodes, `{"key": "fan", "type": "parallel", "branches": {`+strings.Join(branches, ", ")+`}}`)
	for i := range longTail {
		nodes = append(nodes, tell(fmt.Sprintf("tail%d", i)))
	}
	return strings.Join(append(nodes, done("last", "2000")), ", ")
}

// A long workflow is killed at twenty points, some of them days apart, and ends
// with the records of one that was not, and no finished call repeated.
func TestLongWorkflowKilledOften(t *testing.T) {
	t.Parallel()
	const executions = 2
	w := begin(t, hookflowtest.StartAs(t, "github.com/hookflow/hookflow/internal/crashtest/ahead", "AHEAD=0s", workers), []string{"long"})
	chance := rand.New(rand.NewPCG(7, 0))
	w.sendAll(t, w.Server, "long", executions)
	killAt := func(kills, within int) {
		for range kills {
			await(t, "the point of the kill is reached", w.outside.after(1+chance.IntN(within)))
			w.kill(t)
			w.Restart()
		}
	}
	killAt(11, 2*outerRounds/11*executions/2)
	hookflowtest.Eventually(t, "all wait for days", func() bool {
		waiting := 0
		for _, e := range list[execution](w.Server, "/api/executions") {
			w.Into(&e, "GET", "/api/executions/"+e.ID, "")
			if n := len(e.Steps); e.Status == hookflow.StatusWaiting && n > 0 && e.Steps[n-1].Path == "loop" {
				waiting++
			}
		}
		return waiting == executions
	})
	w.kill(t)
	w.Setenv("AHEAD=49h")
	w.Restart()
	killAt(8, executions*(longBranches+longTail)/8)
	w.ended(t, w.Server)
	w.proveLong(t)
	w.proveCalls(t)
	for _, e := range list[execution](w.Server, "/api/executions") {
		if e.Status != hookflow.StatusSucceeded {
			t.Errorf("execution %s ended as %s: %s", e.ID, e.Status, e.Error)
		}
		proveJournal(t, w.Server, e.ID)
	}
	w.Kill()
	w.proveFile(t)
}

// proveLong: each execution has written every record that it should, once.
func (w *world) proveLong(t *testing.T) {
	t.Helper()
	count := map[string]int{}
	for _, r := range list[record](w.Server, "/api/collections/done/records") {
		count[fmt.Sprintf("%s/%d", r.Ref, r.Round)]++
	}
	wanted := []int{2000}
	for i := range outerRounds {
		wanted = append(wanted, i)
	}
	for i := range longBranches {
		wanted = append(wanted, 1000+i)
	}
	for id := range w.acknowledged() {
		for _, round := range wanted {
			if at := fmt.Sprintf("%s/%d", id, round); count[at] != 1 {
				t.Errorf("record %s is there %d times", at, count[at])
			}
		}
	}
	if want := len(wanted) * len(w.acknowledged()); len(count) != want {
		t.Errorf("there are %d different records, not %d", len(count), want)
	}
}

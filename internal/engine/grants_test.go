package engine_test

import (
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
)

// TestClosedVariables: a secret that was not granted reaches no node, whatever names it.
func TestClosedVariables(t *testing.T) {
	t.Parallel()
	for name, nodes := range map[string]string{
		"a template":              `[{"key":"x","type":"set","config":{"values":"{{$env.CLOSED}}"}}]`,
		"in a text":               `[{"key":"x","type":"set","config":{"values":{"a":["is {{$env.KEY}} {{ $env[\"CLOSED\"] }}"]}}}]`,
		"below it":                `[{"key":"x","type":"loop","config":{"over":"{{$env.CLOSED[0]}}"}}]`,
		"a condition":             `[{"key":"x","type":"condition","config":{"left":"{{$env.CLOSED}}","op":"startsWith","right":"h"}}]`,
		"spelt with escapes":      `[{"key":"x","type":"set","config":{"values":"{{$\u0065nv.\u0043LOSED}}"}}]`,
		"a list of names":         `[{"key":"x","type":"javascript","config":{"code":"return env","env":["KEY","CLOSED"]}}]`,
		"in another node's value": `[{"key":"a","type":"set","config":{"values":1}},{"key":"x","type":"set","config":{"assign":{"node":"a","value":"{{$env.CLOSED}}"}}}]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.begin(`{}`, nodes)
			e := w.await(id, hookflow.StatusSucceeded, hookflow.StatusFailed, hookflow.StatusError)
			if e.Status != hookflow.StatusError || !strings.HasPrefix(e.Error, "env_not_granted: $env.CLOSED ") {
				t.Errorf("ended as %s (%s)", e.Status, e.Error)
			}
			if story := w.story(id); !strings.HasSuffix(story, "x error") || strings.Contains(story, "CLOSED") {
				t.Errorf("steps:\n%s", story)
			}
		})
	}
	w := newWorld(t)
	id := w.begin(`{}`, `[{"key":"x","type":"set","config":{"values":["{{$env}}","{{$env.KEY}}"]}}]`)
	w.await(id, hookflow.StatusSucceeded)
	if got, want := w.story(id), `x succeeded [null,"•••• KEY"]`; got != want {
		t.Errorf("the rest is open: %s, want %s", got, want)
	}
}

package verify_test

import (
	"testing"

	"github.com/hookflow/hookflow/internal/verify"
)

// Every scheme is in a group and says in a few steps, in both languages, how it is set up.
func TestSetup(t *testing.T) {
	t.Parallel()
	popular := 0
	for _, s := range verify.Schemes() {
		group, steps := s.Group(), s.Setup()
		if group.Key == "" || group.Title.EN == "" || group.Title.ZH == "" {
			t.Errorf("%s is in no group", s.Key)
		}
		if len(steps) < 3 || len(steps) > 7 {
			t.Errorf("%s has %d steps", s.Key, len(steps))
		}
		for _, step := range steps {
			if step.EN == "" || step.ZH == "" || step.EN == step.ZH {
				t.Errorf("%s: %+v", s.Key, step)
			}
		}
		if s.Popular() {
			popular++
		}
		if s.Home() == "" && group.Key != "generic" {
			t.Errorf("%s has no home", s.Key)
		}
	}
	if popular < 10 || popular > 14 {
		t.Errorf("%d are popular", popular)
	}
}

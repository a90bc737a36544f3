package nodes_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// TestLoop drives a loop through all its rounds, as the engine does.
func TestLoop(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, config string
		fails        int    // number of the round that fails, from 1
		rounds       string // items by their labels
		want         string
	}{
		{"array", `{"over": [ 1.0 , "b,]" , [2,3] , {"a":[4]}, null ]}`, 0, `[0]=1.0 [1]="b,]" [2]=[2,3] [3]={"a":[4]} [4]=null`, `{"result":5}`},
		{"empty array", `{"over": []}`, 0, ``, `{"result":0}`},
		{"number", `{"over": 3}`, 0, `[0]=0 [1]=1 [2]=2`, `{"result":3}`},
		{"number spelt otherwise", `{"over": 2e0}`, 0, `[0]=0 [1]=1`, `{"result":2}`},
		{"zero", `{"over": 0}`, 0, ``, `{"result":0}`},
		{"negative", `{"over": -1}`, 0, ``, `{"error":"-1 is not a whole number of rounds between 0 and 10000"}`},
		{"text", `{"over": "a\"\u4e2d😀"}`, 0, `[0]="a" [1]="\"" [2]="\u4e2d" [3]="😀"`, `{"result":4}`},
		{"empty text", `{"over": ""}`, 0, ``, `{"result":0}`},
		{"object", `{"over": {"a": 1}}`, 0, `[0]={"a":·1}`, `{"result":1}`},
		{"true", `{"over": true}`, 0, `[0]=true`, `{"result":1}`},
		{"null", `{"over": null}`, 0, ``, `{"result":0}`},
		{"just the limit", `{"over": [1, 2], "limit": 2}`, 0, `[0]=1 [1]=2`, `{"result":2}`},
		{"number past the limit", `{"over": 3, "limit": 2}`, 0, ``, `{"error":"3 is not a whole number of rounds between 0 and 2"}`},
		{"text past the limit", `{"over": "中文字", "limit": 2}`, 0, ``, `{"error":"3 rounds are more than the limit of 2"}`},
		{"fail", `{"over": [1, 2, 3]}`, 2, `[0]=1 [1]=2`, `{"error":"round failed"}`},
		{"break", `{"over": [1, 2, 3], "onError": "break"}`, 2, `[0]=1 [1]=2`, `{"result":2}`},
		{"continue", `{"over": [1, 2, 3], "onError": "continue"}`, 2, `[0]=1 [1]=2 [2]=3`, `{"result":3}`},
		{"continue after the last", `{"over": [1], "onError": "continue"}`, 1, `[0]=1`, `{"result":1}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rounds, got := loop(t, test.config, test.fails)
			if diff := cmp.Diff(test.rounds, strings.Join(rounds, " ")); diff != "" {
				t.Errorf("rounds: %s", diff)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func loop(t *testing.T, config string, fails int) (rounds []string, end string) {
	t.Helper()
	tree, _ := value.Compile(value.Raw(config))
	run := &node.Run{NodeKey: "loop", Scope: scope{}}
	for {
		outcome, err := node.Lookup("loop").Run(t.Context(), tree, run)
		round, again := outcome.(node.Enter)
		if err != nil || !again {
			return rounds, string(told(t, outcome, err, nil))
		}
		item := strings.ReplaceAll(string(round.Scope.Get("item")), " ", "·")
		rounds = append(rounds, round.Label+"="+item)
		run.State, run.Branch = round.State, &node.Ended{Branch: round.Branch}
		if len(rounds) == fails {
			run.Branch.Err = errors.New("round failed")
		}
	}
}

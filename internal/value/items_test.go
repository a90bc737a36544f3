package value_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/value"
)

func TestItemAt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		json string
		want []string
	}{
		{`[]`, nil},
		{`[ ]`, nil},
		{`[1]`, []string{`1`}},
		{` [ 1 , "a,]" ,[2, 3],{"b":[4]} , null ] `, []string{`1`, `"a,]"`, `[2, 3]`, `{"b":[4]}`, `null`}},
		{`{"a":1}`, nil},
		{`"abc"`, nil},
		{`7`, nil},
		{``, nil},
	}
	for _, test := range tests {
		v := value.Raw(test.json)
		if diff := cmp.Diff(test.want, walk(v.ItemAt)); diff != "" {
			t.Errorf("%s: %s", test.json, diff)
		}
	}
}

func TestCharAt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		json string
		want []string
	}{
		{`""`, nil},
		{`"a中😀"`, []string{`"a"`, `"中"`, `"😀"`}},
		{`"\n\u00e9\"\ud83d\ude00"`, []string{`"\n"`, `"\u00e9"`, `"\""`, `"\ud83d\ude00"`}},
		{`"\ud83d\ud83d\ude00!"`, []string{`"\ud83d"`, `"\ud83d\ude00"`, `"!"`}},
		{`["a"]`, nil},
		{`7`, nil},
		{``, nil},
	}
	for _, test := range tests {
		v := value.Raw(test.json)
		got := walk(v.CharAt)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.json, diff)
		}
		if v.Kind() == value.KindString && len(got) != v.Len() {
			t.Errorf("%s: %d characters, its length is %d", test.json, len(got), v.Len())
		}
	}
}

func TestOffsetsOutside(t *testing.T) {
	t.Parallel()
	for _, offset := range []int{-1, 6, 100} {
		if item, _, ok := value.Raw(`[1,2]`).ItemAt(offset); ok {
			t.Errorf("an item at %d: %s", offset, item)
		}
		if char, _, ok := value.Raw(`"abc"`).CharAt(offset); ok {
			t.Errorf("a character at %d: %s", offset, char)
		}
	}
}

// walk asks for one after the other.
func walk(at func(offset int) (value.Value, int, bool)) []string {
	var all []string
	for part, next, ok := at(0); ok; part, next, ok = at(next) {
		all = append(all, string(part))
	}
	return all
}

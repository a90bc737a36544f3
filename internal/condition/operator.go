package condition

import (
	"strings"

	"github.com/hookflow/hookflow/internal/value"
)

type operator func(left, right value.Value) (bool, error)

// operators are the comparisons by name. What cannot be compared does not hold, so that the
// negated operators hold for it.
var operators = map[string]operator{
	"equals":      plain(value.Equal),
	"notEquals":   negated(plain(value.Equal)),
	"gt":          ordered(func(sign int) bool { return sign > 0 }),
	"gte":         ordered(func(sign int) bool { return sign >= 0 }),
	"lt":          ordered(func(sign int) bool { return sign < 0 }),
	"lte":         ordered(func(sign int) bool { return sign <= 0 }),
	"contains":    plain(contains),
	"notContains": negated(plain(contains)),
	"startsWith":  plain(texts(strings.HasPrefix)),
	"endsWith":    plain(texts(strings.HasSuffix)),
	"matches":     matches,
	"in":          plain(in),
	"notIn":       negated(plain(in)),
	"empty":       plain(empty),
	"notEmpty":    negated(plain(empty)),
	"exists":      plain(func(left, _ value.Value) bool { return left != nil }),
	"isTrue":      plain(func(left, _ value.Value) bool { return isBool(left, true) }),
	"isFalse":     plain(func(left, _ value.Value) bool { return isBool(left, false) }),
}

func plain(holds func(left, right value.Value) bool) operator {
	return func(left, right value.Value) (bool, error) { return holds(left, right), nil }
}

func negated(o operator) operator {
	return func(left, right value.Value) (bool, error) {
		holds, err := o(left, right)
		return !holds, err
	}
}

func ordered(holds func(sign int) bool) operator {
	return plain(func(left, right value.Value) bool {
		sign, ok := value.Compare(left, right)
		return ok && holds(sign)
	})
}

// texts compares strings, numbers and booleans by their text.
func texts(holds func(left, right string) bool) func(left, right value.Value) bool {
	return func(left, right value.Value) bool {
		l, leftOK := text(left)
		r, rightOK := text(right)
		return leftOK && rightOK && holds(l, r)
	}
}

func text(v value.Value) (string, bool) {
	switch v.Kind() {
	case value.KindString, value.KindNumber, value.KindBool:
		return v.Text(), true
	default:
		return "", false
	}
}

// contains looks for an equal item in an array, else for a part of a text.
func contains(left, right value.Value) bool {
	if left.Kind() != value.KindArray {
		return texts(strings.Contains)(left, right)
	}
	for _, item := range left.Items() {
		if value.Equal(item, right) {
			return true
		}
	}
	return false
}

func in(left, right value.Value) bool { return contains(right, left) }

func empty(left, _ value.Value) bool {
	switch left.Kind() {
	case value.KindNull, value.KindMissing:
		return true
	case value.KindString, value.KindArray:
		return left.Len() == 0
	case value.KindObject:
		for range left.Members() {
			return false
		}
		return true
	default:
		return false
	}
}

func isBool(v value.Value, wanted bool) bool {
	b, ok := v.Bool()
	return ok && b == wanted
}

func matches(left, right value.Value) (bool, error) {
	source, ok := text(right)
	if !ok {
		return false, nil
	}
	pattern, err := patterns.compile(source)
	if err != nil {
		return false, err
	}
	subject, ok := text(left)
	return ok && pattern.MatchString(subject), nil
}

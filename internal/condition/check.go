package condition

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/hookflow/hookflow"
)

var (
	errNoForm    = errors.New("a condition needs left, op and right, or one of all, any and not")
	errManyForms = errors.New("a condition is either a comparison (left, op, right) or one of all, any and not")
)

// Check finds what is wrong with a condition whatever its variables will hold; those may be nil.
func Check(c Condition) []hookflow.Problem { return check(c, "", 1) }

func check(c Condition, pointer string, depth int) []hookflow.Problem {
	problem := func(err error) []hookflow.Problem {
		return []hookflow.Problem{{Pointer: pointer, Detail: err.Error()}}
	}
	if depth > MaxDepth {
		return problem(fmt.Errorf("conditions nest deeper than %d", MaxDepth))
	}
	form, err := c.form()
	if err != nil {
		return problem(err)
	}
	switch form {
	case formAll:
		return checkList(c.All, pointer+"/all", depth)
	case formAny:
		return checkList(c.Any, pointer+"/any", depth)
	case formNot:
		return check(*c.Not, pointer+"/not", depth+1)
	default:
		return checkComparison(c, pointer)
	}
}

func checkList(conditions []Condition, pointer string, depth int) []hookflow.Problem {
	var problems []hookflow.Problem
	for i, c := range conditions {
		problems = append(problems, check(c, pointer+"/"+strconv.Itoa(i), depth+1)...)
	}
	return problems
}

func checkComparison(c Condition, pointer string) []hookflow.Problem {
	if _, ok := operators[c.Op]; !ok {
		return []hookflow.Problem{{Pointer: pointer + "/op", Detail: fmt.Sprintf("there is no operator %q", c.Op)}}
	}
	if c.Op != "matches" || c.Right == nil {
		return nil
	}
	if _, err := compilePattern(c.Right.Text()); err != nil {
		return []hookflow.Problem{{Pointer: pointer + "/right", Detail: err.Error()}}
	}
	return nil
}
